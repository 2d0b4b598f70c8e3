/** A year of rectification as data: what happens, and what must come of it. Dates are Asia/Shanghai. */

export interface Policy {
  readonly deadlineWorkdays: number;
  readonly chaseBefore: readonly number[];
  readonly chaseAfter: readonly number[];
  readonly escalateAfter: number;
  readonly returnWorkdays: number;
  readonly maxExtensions: number;
  readonly maxExtensionWorkdays: number;
  readonly acknowledgeWorkdays: number;
  readonly recheckOnDemandPerDay: number;
  readonly repeatWithinDays: number;
  readonly remindersIgnored: number;
}

export interface ScenarioRound {
  readonly key: string;
  readonly windowTo: string;
  readonly openedOn: string;
  readonly deadlineOn: string | null;
  /** Subjects that the round looked at. */
  readonly checked: readonly string[];
  readonly breaches: readonly { readonly subject: string; readonly rule: string }[];
}

/** What somebody does with a case; the case is `ROUND/SUBJECT/RULE`. */
export interface Act {
  readonly on: string;
  readonly case: string;
  readonly do:
    | 'acknowledge'
    | 'plan'
    | 'answer'
    | 'approve'
    | 'approveAsAuthor'
    | 'sendBack'
    | 'askExtension'
    | 'grantExtension'
    | 'refuseExtension'
    | 'close'
    | 'return'
    | 'check';
  readonly wishedOn?: string;
  readonly deadlineOn?: string;
  readonly mended?: boolean;
}

export interface YearScenario {
  readonly policy: Policy;
  /** The clock passes on each of these days but those in `off`. */
  readonly from: string;
  readonly to: string;
  readonly off: readonly string[];
  readonly subjects: readonly { readonly id: string; readonly unit: string }[];
  readonly rounds: readonly ScenarioRound[];
  /** How a subject stands under a rule from a day on; breached before its first entry. */
  readonly world: readonly {
    readonly subject: string;
    readonly rule: string;
    readonly from: string;
    readonly state: 'met' | 'breached' | 'undetermined';
  }[];
  /** In order of time; the order within a day counts. */
  readonly acts: readonly Act[];
}

export interface Marks {
  readonly consecutive: number;
  readonly withinYear: number;
  readonly relapsed: boolean;
  readonly unmendedSince: string | null;
  readonly remindersIgnored: boolean;
}

export interface YearEvent {
  readonly on: string;
  readonly case: string;
  readonly event: string;
  readonly [field: string]: unknown;
}

type Counts = Readonly<Record<string, number>>;

export interface YearLog {
  readonly events: readonly YearEvent[];
  readonly counts: Readonly<
    Record<string, { readonly all: Counts; readonly units: Readonly<Record<string, Counts>> }>
  >;
  readonly final: Readonly<
    Record<
      string,
      {
        readonly state: string;
        readonly deadline: string;
        readonly provisional: boolean;
        readonly remindersIgnored: boolean;
        readonly mended: boolean | null;
      }
    >
  >;
}
