/** Slots at the start; a power of two. */
const SLOTS_MIN = 1_024;
/** Part of the slots that may be taken: fuller tables are searched longer. */
const FULL = 0.6;

/**
 * Keys (urlKey) met so far, in eight bytes each. Bounded: at `max` keys everything is forgotten, and what comes again counts as new;
 * whoever asks must be able to stand that (the database knows for sure).
 */
export class SeenKeys {
  readonly #max: number;
  /** Key + 1; 0 = free. */
  #slots = new Float64Array(SLOTS_MIN);
  #size = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#size;
  }

  /** Whether the key is new; it is known from now on. */
  add(key: number): boolean {
    if (this.#size >= this.#slots.length * FULL) this.#grow();
    const slot = this.#find(key);
    if (this.#slots[slot] !== 0) return false;
    this.#slots[slot] = key + 1;
    this.#size += 1;
    return true;
  }

  #find(key: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    const wanted = key + 1;
    let slot = key & mask;
    for (let held = slots[slot]!; held !== 0 && held !== wanted; held = slots[slot]!)
      slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const before = this.#slots;
    const forget = this.#size >= this.#max;
    this.#slots = new Float64Array(forget ? SLOTS_MIN : before.length * 2);
    this.#size = 0;
    if (forget) return;
    for (const held of before) {
      if (held === 0) continue;
      this.#slots[this.#find(held - 1)] = held;
      this.#size += 1;
    }
  }
}
