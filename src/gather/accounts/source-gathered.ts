import type { SourceView } from '../../domain/account-sources.ts';
import type { Fact } from '../../domain/fact.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';

/** Somebody has to do something before the source can be asked with use again. */
export interface SourceAlarm {
  readonly errcode: number;
  readonly audience: 'owner' | 'operations';
  /** Chinese, ending with the next step; without secrets. */
  readonly message: string;
}

/** How a source stands after it was asked; plain data that the caller stores and acts on. Nothing in here waits. */
export interface SourceStanding {
  /**
   * `working` it answered · `waiting` busy or over a limit, ask again after `parkUntil` · `expired` its owner has to authorise anew ·
   * `lacking` the interface is not granted · `stopped` it is of no use until somebody mended it.
   */
  readonly state: 'working' | 'waiting' | 'expired' | 'lacking' | 'stopped';
  /** Before this instant another try would learn nothing; null = at any time. */
  readonly parkUntil: Instant | null;
  readonly alarm: SourceAlarm | null;
}

export const WORKING: SourceStanding = { state: 'working', parkUntil: null, alarm: null };

/** What asking one source gave. */
export interface CountedFollowers {
  readonly on: CalendarDate;
  readonly followers: number;
}

export interface SourceGathered {
  readonly fact: Fact<SourceView>;
  readonly standing: SourceStanding;
  /** Every answer but those with tokens, secrets taken out; for the archive. */
  readonly received: readonly ReceivedResponse[];
  readonly calls: number;
  /** The account's name as the platform shows it beside what it published; null or absent = it does not tell. */
  readonly shownName?: string | null;
  /** How many followed the account on which days, as the platform counts; absent = it does not tell. */
  readonly followers?: readonly CountedFollowers[];
}
