import type { SourceKind } from '../../domain/account-sources.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { SourceState } from '../../registry/index.ts';

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
  /** How the sources that were asked stood afterwards: so many of each state. */
  readonly states: Readonly<Partial<Record<SourceState, number>>>;
  /** Platforms whose limit for us as a whole was reached, and until when they were left alone. */
  readonly stops: Readonly<Partial<Record<SourceKind, Instant>>>;
  /** Accounts of which a source was asked; null while it runs. */
  readonly accounts: number | null;
  readonly endedAt: Instant | null;
}

export interface NewSweep {
  readonly by: string;
  readonly platform: string | null;
  readonly limit: number | null;
  /** Leaves alone what stands at names that only a resolve rule finds: the sample province. */
  readonly isPublicOnly: boolean;
  readonly now: Instant;
}
