export type RoundState = 'planned' | 'gathering' | 'judging' | 'reviewing' | 'frozen' | 'issued';

export type KindCoverage =
  | { readonly mode: 'census' }
  | { readonly mode: 'sample'; readonly percent: number; readonly seed?: number };

export interface RoundItem {
  readonly id: number;
  readonly period: string;
  readonly label: string;
  readonly state: RoundState;
  readonly paused: boolean;
  readonly window: readonly [string, string];
  readonly monitoredAt: string;
  readonly ruleset: {
    readonly id: string;
    readonly name: string;
    readonly version: number;
    readonly hash: string;
  };
  readonly clock: 'live' | 'replay';
  readonly coverage: { readonly sites: KindCoverage; readonly accounts: KindCoverage };
  readonly reviewWaived: string | null;
  readonly undeterminedWaived: string | null;
  readonly createdAt: string;
  readonly frozenAt: string | null;
}

/** What a running round tells about itself; `etaSeconds` is null while unknown. */
export interface RoundProgress {
  readonly period: string;
  readonly stage: string;
  readonly done: number;
  readonly total: number;
  readonly pages: number;
  readonly feeds: number;
  readonly probes: number;
  readonly apiCalls: number;
  readonly records: number;
  readonly pagesPerSecond: number;
  readonly etaSeconds: number | null;
  readonly at: string;
}

export interface RoundView extends RoundItem {
  readonly stages: readonly {
    readonly kind: 'site' | 'account';
    readonly stage: string;
    readonly checked: boolean;
    readonly count: number;
  }[];
  readonly findings: readonly {
    readonly status: string;
    readonly review: string;
    readonly count: number;
  }[];
  readonly totals: { readonly pages: number; readonly probes: number; readonly feeds: number };
  readonly progress: RoundProgress | null;
  readonly running: boolean;
  readonly blockers: {
    readonly open: number;
    readonly undetermined: number;
    readonly contested: number;
  };
}
