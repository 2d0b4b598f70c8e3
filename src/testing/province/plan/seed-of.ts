import { createHash } from 'node:crypto';

/** A whole number from 1 to 2^31 − 1 that the words alone decide. */
export function seedOf(...words: readonly string[]): number {
  return (
    createHash('sha256').update(words.join('\u0000')).digest().readUInt32BE(0) % 0x7fff_ffff || 1
  );
}
