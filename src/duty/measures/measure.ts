/** A kind of measure: what it is called, and how its letter reads. */
interface MeasureKindSpec {
  readonly title: string;
  /** Of its letter, after 关于对某某单位. */
  readonly letterTitle: string;
  /** What the letter says is done, before what is demanded. */
  readonly sentence: string;
}

/**
 * As provinces' bulletins name them (问责、约谈、提醒、通报批评、书面检查): a province's further kind is a line here. Which conduct calls for
 * which is nobody's rule here: people propose and decide.
 */
const KINDS = {
  remind: {
    title: '提醒',
    letterTitle: '进行工作提醒的函',
    sentence: '现就上述问题对你单位进行提醒。',
  },
  interview: {
    title: '约谈',
    letterTitle: '进行约谈的通知',
    sentence: '现决定就上述问题约谈你单位有关负责人。',
  },
  circulate: {
    title: '通报批评',
    letterTitle: '予以通报批评的通知',
    sentence: '现对你单位予以通报批评。',
  },
  written: {
    title: '书面检查',
    letterTitle: '作出书面检查的通知',
    sentence: '现责成你单位就上述问题作出书面检查。',
  },
} as const satisfies Readonly<Record<string, MeasureKindSpec>>;

export type MeasureKind = keyof typeof KINDS;
export const MEASURE_KINDS = Object.keys(KINDS) as readonly MeasureKind[];
export const measureKind = (kind: MeasureKind): MeasureKindSpec => KINDS[kind];

/** `proposed`: one person wants it; `decided`: another agreed, the unit is told; `done`: the unit did what was demanded. */
export const MEASURE_STATES = ['proposed', 'decided', 'refused', 'withdrawn', 'done'] as const;
export type MeasureState = (typeof MEASURE_STATES)[number];

/** States in which a measure is in force: what the unit sees, and what is counted. */
export const IN_FORCE = ['decided', 'done'] as const satisfies readonly MeasureState[];

/** 〔2026〕3号, after what the kind is called. */
export const measureNumber = (kind: MeasureKind, year: number, serial: number): string =>
  `${KINDS[kind].title}〔${year}〕${serial}号`;
