import { hash } from 'node:crypto';

const MODULUS = 1n << 256n;

/**
 * Count and checksum of a set of lines in any order: the sum of their SHA-256 modulo 2^256. Two sets with the same lines have
 * the same checksum, and equal lines count as often as they stand there (an exclusive-or would cancel them).
 */
export class RowDigest {
  #rows = 0;
  #sum = 0n;

  add(line: string): void {
    this.#rows += 1;
    this.#sum = (this.#sum + BigInt(`0x${hash('sha256', line, 'hex')}`)) % MODULUS;
  }

  get rows(): number {
    return this.#rows;
  }

  /** 64 hex digits. */
  get checksum(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}
