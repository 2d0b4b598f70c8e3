import type { WalkOutcome } from '../../domain/walk.ts';
import type { RefusedEntry } from './frontier.ts';

/** What a walk came to. */
export interface WalkResult {
  /** Records by outcome. */
  readonly outcomes: Readonly<Partial<Record<WalkOutcome, number>>>;
  readonly requests: number;
  readonly bytes: number;
  /** Chinese names of the budgets and limits that were hit. */
  readonly hitLimits: readonly string[];
  /** Addresses that were not visited, by reason (Chinese): how many, and the first few. */
  readonly skipped: readonly {
    readonly reason: string;
    readonly count: number;
    readonly examples: readonly string[];
  }[];
  /** Chinese; what else a reader of the result should know. */
  readonly notes: readonly string[];
  /** Known addresses that still waited at the end. */
  readonly waiting: number;
  /** Nothing waited and no limit was hit: what was not found is not there, as far as links lead. */
  readonly complete: boolean;
}

const EXAMPLES_MAX = 5;
const NOTES_MAX = 50;

/** Counts while a walk runs. */
export class WalkTally {
  readonly #outcomes = new Map<WalkOutcome, number>();
  readonly #skipped = new Map<string, { count: number; examples: string[] }>();
  readonly #limits = new Set<string>();
  readonly #notes: string[] = [];

  saw(outcome: WalkOutcome): void {
    this.#outcomes.set(outcome, (this.#outcomes.get(outcome) ?? 0) + 1);
  }

  refused(entries: readonly RefusedEntry[]): void {
    for (const { entry, reason } of entries) {
      const known = this.#skipped.get(reason) ?? { count: 0, examples: [] };
      known.count += 1;
      if (known.examples.length < EXAMPLES_MAX) known.examples.push(entry.url);
      this.#skipped.set(reason, known);
    }
  }

  hit(limit: string): void {
    this.#limits.add(limit);
  }

  note(text: string): void {
    if (this.#notes.length < NOTES_MAX) this.#notes.push(text);
  }

  result(spent: { requests: number; bytes: number }, waiting: number): WalkResult {
    return {
      outcomes: Object.fromEntries(this.#outcomes),
      requests: spent.requests,
      bytes: spent.bytes,
      hitLimits: [...this.#limits],
      skipped: [...this.#skipped].map(([reason, { count, examples }]) => ({
        reason,
        count,
        examples,
      })),
      notes: this.#notes,
      waiting,
      complete: waiting === 0 && this.#limits.size === 0,
    };
  }
}
