/** Callbacks remembered at once: a thousand accounts' events of ten minutes. Only rightly signed ones get in. */
const NONCES_MAX = 20_000;

/** Which callbacks were taken, for as long as their time stamp would still be believed. */
export class NonceMemory {
  readonly #keepMs: number;
  readonly #max: number;
  readonly #until = new Map<string, number>();
  /** Forgotten before their time because there were too many. */
  dropped = 0;

  constructor(keepMs: number, max: number = NONCES_MAX) {
    this.#keepMs = keepMs;
    this.#max = max;
  }

  /** False = taken before, or being taken now. */
  take(nonce: string, now: number): boolean {
    for (const [old, until] of this.#until) {
      if (until > now && this.#until.size < this.#max) break;
      if (until > now) this.dropped += 1;
      this.#until.delete(old);
    }
    if (this.#until.has(nonce)) return false;
    this.#until.set(nonce, now + this.#keepMs);
    return true;
  }

  /** What could not be carried out may come again: the platform sends it up to three times. */
  release(nonce: string): void {
    this.#until.delete(nonce);
  }
}
