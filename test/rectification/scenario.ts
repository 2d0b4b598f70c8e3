/** A year of contests and rectification as data: what happens, and what must come of it. Dates are Asia/Shanghai. */

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
  /** Before publication. Days are working days. */
  readonly contest: {
    readonly workdays: number;
    readonly chaseBefore: readonly number[];
    readonly answerWorkdays: number;
    readonly chaseAnswerBefore: readonly number[];
    readonly chaseAnswerAfter: readonly number[];
  };
}

/** A try to freeze a round; without a reason it may not end anybody's days to object. */
export interface Freeze {
  readonly on: string;
  readonly endContests: string | null;
}

export interface ScenarioRound {
  readonly key: string;
  readonly windowTo: string;
  /** Days on which units are shown what was found of them. */
  readonly shownOn: readonly string[];
  /** In order; the last succeeds no later than on the day of opening. */
  readonly freezes: readonly Freeze[];
  readonly openedOn: string;
  readonly deadlineOn: string | null;
  /** Subjects that the round looked at. */
  readonly checked: readonly string[];
  /** What the machine found, and since when two people have confirmed it. */
  readonly breaches: readonly {
    readonly subject: string;
    readonly rule: string;
    readonly confirmedOn: string;
  }[];
}

export type ContestDo = 'object' | 'acceptObjection' | 'rejectObjection';
export type CaseDo =
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

/** What somebody does with a finding before publication, or with the case that it becomes: `ROUND/SUBJECT/RULE`. */
export interface Act {
  readonly on: string;
  readonly case: string;
  readonly do: ContestDo | CaseDo;
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
  /** `ROUND/SUBJECT/RULE`; before publication also a letter `ROUND/UNIT#1`, or the round alone. */
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
