import type { Instant } from '../../lib/pure/dates.ts';

/** A look at every source that is due, outside of rounds (巡看), as it stands. */
export interface Sweep {
  readonly id: number;
  readonly startedAt: Instant;
  readonly startedBy: string;
  /** A platform of the register, or a kind of source; null = all. */
  readonly platform: string | null;
  /** Sources asked at the most; null = all that are due. */
  readonly limit: number | null;
  readonly state: 'running' | 'done' | 'stopped';
  readonly total: number;
  readonly asked: number;
  /** Asked and answered: what they show could be read. */
  readonly told: number;
  /** Due, and left alone for a quota or a limit. */
  readonly postponed: number;
  readonly endedAt: Instant | null;
}

export interface NewSweep {
  readonly by: string;
  readonly platform: string | null;
  readonly limit: number | null;
  readonly now: Instant;
}
