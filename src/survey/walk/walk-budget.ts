/** What one site may cost. Hitting a limit is recorded, and what waits stays unvisited: `unobserved`, never `absent`. */
export interface WalkBudget {
  readonly requests: number;
  /** Of unpacked bodies. */
  readonly bytes: number;
  readonly milliseconds: number;
}

/** Enough for a county's site in one night at two requests a second. */
export const WALK_BUDGET: WalkBudget = {
  requests: 50_000,
  bytes: 8 * 1024 ** 3,
  milliseconds: 6 * 3_600_000,
};

/** Counts what a walk spends. */
export class Spending {
  readonly #budget: WalkBudget;
  readonly #endsAt: number;
  requests = 0;
  bytes = 0;

  /** `now` in milliseconds of any clock that only runs forward; `before` = what an interrupted walk spent already. */
  constructor(
    budget: WalkBudget,
    now: number,
    before: { requests: number; bytes: number } = { requests: 0, bytes: 0 },
  ) {
    this.#budget = budget;
    this.#endsAt = now + budget.milliseconds;
    this.requests = before.requests;
    this.bytes = before.bytes;
  }

  get endsAt(): number {
    return this.#endsAt;
  }

  /** The limit that is reached, in Chinese, or null. */
  limitHit(now: number): string | null {
    if (this.requests >= this.#budget.requests)
      return `已达单站 ${this.#budget.requests} 次请求的上限`;
    if (this.bytes >= this.#budget.bytes)
      return `已达单站 ${Math.round(this.#budget.bytes / 1_048_576)} MB 的上限`;
    if (now >= this.#endsAt)
      return `已达单站 ${Math.round(this.#budget.milliseconds / 1_000)} 秒的上限`;
    return null;
  }
}
