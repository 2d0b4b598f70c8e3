import type { Ruleset } from '../domain/ruleset.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { RoundState } from './tables.ts';
import type { WholeSites } from './whole-sites.ts';

/** Coverage of one kind of subject: everything that runs, or a sample with how it was drawn. */
export type KindCoverage =
  | { readonly mode: 'census' }
  | {
      readonly mode: 'sample';
      readonly by: 'ratio';
      readonly percent: number;
      readonly seed: number;
    }
  | { readonly mode: 'sample'; readonly by: 'list'; readonly file: string };

export interface Coverage {
  readonly sites: KindCoverage;
  readonly accounts: KindCoverage;
}

/** A round (批次). `window` and dates are Asia/Shanghai; `resolveRules` are recorded because they replaced name resolution. */
export interface Round {
  readonly id: number;
  readonly period: string;
  readonly label: string;
  readonly window: readonly [CalendarDate, CalendarDate];
  readonly monitoredAt: Instant;
  readonly ruleset: Ruleset;
  readonly clock: 'live' | 'replay';
  readonly coverage: Coverage;
  readonly wholeSites: WholeSites;
  readonly resolveRules: readonly string[];
  readonly state: RoundState;
  /** A person asked it to stop; only a person makes it go on. */
  readonly paused: boolean;
  readonly reviewWaived: string | null;
  readonly undeterminedWaived: string | null;
  readonly createdAt: Instant;
  readonly frozenAt: Instant | null;
}

/** planned → gathering → judging → reviewing → frozen → issued; re-judging goes back from reviewing. */
const NEXT: Readonly<Record<RoundState, readonly RoundState[]>> = {
  planned: ['gathering'],
  gathering: ['judging'],
  judging: ['reviewing'],
  reviewing: ['judging', 'frozen'],
  frozen: ['issued'],
  issued: [],
};

const STATE_WORDS: Readonly<Record<RoundState, string>> = {
  planned: '已计划',
  gathering: '采集中',
  judging: '判定中',
  reviewing: '待审核',
  frozen: '已冻结',
  issued: '已印发',
};

/** Chinese name of a round state, for people. */
export function stateWords(state: RoundState): string {
  return STATE_WORDS[state];
}

/** Throws {@link UserError} `round.state` unless the round may go from its state to `to`. */
export function assertTransition(round: Pick<Round, 'period' | 'state'>, to: RoundState): void {
  if (round.state === to || NEXT[round.state].includes(to)) return;
  throw new UserError(
    'round.state',
    `批次 ${round.period} ${stateWords(round.state)}，不能改为${stateWords(to)}。`,
    { family: 'state' },
  );
}

/** A frozen or issued round never changes again. */
export function isClosed(state: RoundState): boolean {
  return state === 'frozen' || state === 'issued';
}
