import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';

/** Figures that the platform counts by itself (measures/). */
export const MEASURES = [
  'failedForExpression',
  'failedSites',
  'quartersNotInspected',
  'findErrorUnfinished',
  'findErrorOverMonth',
  'rectificationLate',
  'rectificationRepeated',
  'upkeepMissed',
] as const;
export type MeasureId = (typeof MEASURES)[number];

export const PARTS = ['veto', 'deduct', 'bonus'] as const;
export type Part = (typeof PARTS)[number];

/** How sure we are of a rule: read in two places, in one, or remembered (待核). */
export const CONFIDENCES = ['verified', 'oneSource', 'memory'] as const;

const RULES_MAX = 100;
/** Two decimals at the most: scores are kept in hundredths of a point. */
const Points = z
  .number()
  .min(0)
  .max(1_000)
  .refine((points) => Number.isInteger(Math.round(points * 1e6) / 1e4), '最多两位小数');

const Form = z.discriminatedUnion('kind', [
  /** A veto: so many cases end the assessment. */
  z.strictObject({ kind: z.literal('atLeast'), count: z.int().min(1).max(10_000) }),
  /** So many points for each case beyond the free ones. */
  z.strictObject({
    kind: z.literal('each'),
    points: Points,
    free: z.int().min(0).max(10_000),
  }),
  /** A person says the points. */
  z.strictObject({ kind: z.literal('points') }),
]);

const Rule = z
  .strictObject({
    id: z.string().regex(/^assess\.(veto|deduct|bonus)\.[a-z0-9.-]{1,60}$/),
    part: z.enum(PARTS),
    title: z.string().min(1).max(100),
    /** Null: the unit is asked (`question`), and a person decides. */
    measure: z.enum(MEASURES).nullable(),
    form: Form,
    /** The most that the rule takes or gives; a veto has none. */
    max: Points.optional(),
    question: z.string().max(200).optional(),
    enabled: z.boolean(),
    confidence: z.enum(CONFIDENCES),
    note: z.string().max(300),
  })
  .refine(({ id, part }) => id.split('.')[1] === part, '编号和部分对不上')
  .refine(({ part, form }) => (part === 'veto') === (form.kind === 'atLeast'), '写法和部分对不上')
  .refine(({ part, max }) => part === 'veto' || max !== undefined, '没有写总分值')
  .refine(
    ({ measure, form }) => measure === null || form.kind !== 'points',
    '平台数得出的要写每个多少分',
  );

const Scheme = z
  .strictObject({
    id: z.string().min(1).max(100),
    version: z.int().min(1).max(1_000_000),
    name: z.string().min(1).max(100),
    source: z.string().max(200),
    /** Below it the result is 不合格. */
    passAt: Points,
    /** Above it the bonus counts. */
    bonusAbove: Points,
    deductMax: Points,
    bonusMax: Points,
    rules: z.array(Rule).min(1).max(RULES_MAX),
  })
  .refine(({ rules }) => new Set(rules.map(({ id }) => id)).size === rules.length, '编号写了两次')
  .refine(({ rules }) => rules.some(({ enabled }) => enabled), '没有启用的指标')
  .readonly();

/** Indicators of a year's assessment of supervision work (assessment-2019.md), as data: what is 待核 is switched off. */
export type Scheme = z.infer<typeof Scheme>;
export type AssessmentRule = Scheme['rules'][number];

/** Throws {@link UserError} `assessment.scheme` naming what is wrong. */
export function parseScheme(content: unknown): Scheme {
  const parsed = Scheme.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UserError('assessment.scheme', '考核办法文件写法不对。', {
    details: parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`),
  });
}

/** Reads a scheme file. Throws {@link UserError} `assessment.scheme`. */
export async function readScheme(file: string): Promise<Scheme> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError('assessment.scheme', `读不出考核办法文件 ${file}；请检查路径和写法。`, {
      cause: error,
    });
  }
  return parseScheme(content);
}

/** The rules that count. */
export const rulesInForce = ({ rules }: Scheme): readonly AssessmentRule[] =>
  rules.filter(({ enabled }) => enabled);
