import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { ClockTime } from './clock-times.ts';

/** Work that the calendar wants once a day (定时任务). */
export interface Clock {
  /** Unique for ever: it stands in the database. */
  readonly name: string;
  /** As people read it. */
  readonly words: string;
  readonly time: ClockTime;
  /**
   * Does the day's work, and what was missed of the days before. An aborted signal asks it to stop where it can go on later; what it
   * throws is tried again. Must be safe to run twice.
   */
  readonly work: (signal: AbortSignal) => Promise<unknown>;
}

/** How a clock stands. */
export interface ClockStanding {
  readonly name: string;
  /** The last day whose work is done; null = none yet. */
  readonly doneFor: CalendarDate | null;
  readonly beganAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly isRunning: boolean;
  /** When it begins, or is tried again. */
  readonly nextAt: Instant;
  /** Chinese; '' = the last try went well. */
  readonly problem: string;
}
