import { z } from 'zod';
import type { PercentStyle } from '../../domain/ruleset.ts';
import type { Condition } from '../../lib/pure/template/condition.ts';
import type { Sentence } from '../../lib/pure/template/sentence.ts';
import type { ProblemWords } from '../problem-words.ts';

/** How a bulletin of some office is put together: data, so that another office's habits need no code. */
export interface Template {
  readonly id: string;
  readonly name: string;
  /** Whose habits these are, and where they can be read. */
  readonly basis: string;
  /** How percentages are printed; null = as the round's ruleset says. */
  readonly percent: PercentStyle | null;
  readonly measure: { readonly sites: string; readonly accounts: string };
  readonly limits: Limits;
  /** The office's own words for rules. */
  readonly words: Readonly<Record<string, ProblemWords>>;
  readonly title: Sentence;
  readonly sections: readonly Section[];
  readonly annexes: readonly AnnexTemplate[];
  /** The file itself: kept with what is built, so that it can be made again. */
  readonly file: TemplateFile;
  /** SHA-256 (hex) of the file's canonical JSON: which version of the template it was. */
  readonly sha256: string;
}

export interface Limits {
  /** Names in one sentence; the annexes name everybody. */
  readonly named: number;
  readonly examples: number;
  /** Units that hold at least this share of the failing accounts are named with it. */
  readonly sharePercent: number;
}

/** A section, numbered 一、二、 where it has a heading; left out when nothing in it is printed. */
export interface Section {
  readonly heading: string;
  readonly when: Condition | null;
  readonly blocks: readonly Block[];
}

/** What stands in a section. `key` is how drafts refer to it, within its section's heading. */
export type Block =
  /** One computed paragraph; not printed when it comes out empty. */
  | { readonly is: 'text'; readonly key: string; readonly text: Sentence }
  /** Paragraphs numbered （一）（二）; those that come out empty are left out, and `none` stands for all of them. */
  | {
      readonly is: 'numbered';
      readonly key: string;
      readonly texts: readonly Sentence[];
      readonly none: Sentence;
    }
  /** What the office wrote in the issue's fields, or its default. */
  | {
      readonly is: 'office';
      readonly key: string;
      readonly field: OfficeField;
      readonly otherwise: readonly string[];
      readonly numbered: boolean;
    };

export const OFFICE_FIELDS = ['praise', 'requirements', 'contact'] as const;
export type OfficeField = (typeof OFFICE_FIELDS)[number];

export interface AnnexTemplate {
  readonly of: string;
  readonly title: Sentence;
  readonly columns: readonly {
    readonly head: string;
    readonly group?: string | undefined;
    readonly width: number;
    readonly field: string;
  }[];
  readonly order: 'print' | 'failing' | 'passRate';
  readonly note: Sentence;
}

const text = (max: number, min = 0) =>
  z
    .string({ error: '应为文字' })
    .min(min, { error: '不能为空' })
    .max(max, { error: `不能超过 ${max} 字` });
const whole = (min: number, max: number) =>
  z
    .int({ error: '应为整数' })
    .min(min, { error: `至少 ${min}` })
    .max(max, { error: `最多 ${max}` });
const KEY = z
  .string({ error: '应为文字' })
  .regex(/^[a-z][a-z0-9-]{0,39}$/, { error: '只能用小写字母、数字和连字符，以字母开头' });
const strict = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.strictObject(shape, {
    error: (issue) => (issue.code === 'invalid_type' ? '应为一个对象' : undefined),
  });
const list = <Item extends z.ZodType>(item: Item, max: number) =>
  z.array(item, { error: '应为数组' }).max(max, { error: `不能超过 ${max} 项` });
/** Compiled by hand afterwards: the complaints are clearer than a union's. */
const Part = z.unknown();

const Percent = strict({
  decimals: z.union([z.literal(0), z.literal(1), z.literal(2)], { error: '应为 0、1 或 2' }),
  rounding: z.enum(['half-up', 'truncate'], { error: '应为 half-up 或 truncate' }),
  zero: text(10, 1),
  hundred: text(10, 1),
  nothingChecked: text(10, 1),
});

const BlockFile = strict({
  key: KEY,
  text: Part.optional(),
  numbered: list(Part, 20).optional(),
  none: Part.optional(),
  office: z.enum(OFFICE_FIELDS, { error: `应为 ${OFFICE_FIELDS.join('、')}` }).optional(),
  otherwise: list(text(2_000, 1), 20).optional(),
});

const AnnexFile = strict({
  of: text(40, 1),
  title: Part,
  columns: list(
    strict({
      head: text(30, 1),
      group: text(30, 1).optional(),
      width: z
        .number({ error: '应为数' })
        .min(2, { error: '至少 2' })
        .max(100, { error: '最多 100' }),
      field: text(40, 1),
    }),
    12,
  ).min(1, { error: '至少一列' }),
  order: z
    .enum(['print', 'failing', 'passRate'], { error: '应为 print、failing 或 passRate' })
    .default('print'),
  note: Part.default(''),
});

/** The outer form of a template file; the sentences in it are compiled afterwards. */
export const TemplateFile = strict({
  id: KEY,
  name: text(60, 1),
  basis: text(300, 1),
  percent: Percent.nullable(),
  measure: strict({ sites: text(4, 1), accounts: text(4, 1) }),
  limits: strict({ named: whole(1, 100), examples: whole(1, 20), sharePercent: whole(1, 100) }),
  words: z
    .record(z.string(), strict({ topic: text(60, 1), predicate: text(60, 1) }), {
      error: '应为一个对象',
    })
    .default({}),
  title: Part,
  sections: list(
    strict({
      heading: text(30),
      when: Part.optional(),
      blocks: list(BlockFile, 30).min(1, { error: '至少一段' }),
    }),
    20,
  ).min(1, { error: '至少一节' }),
  annexes: list(AnnexFile, 10),
});
export type TemplateFile = z.output<typeof TemplateFile>;
export type BlockFile = z.output<typeof BlockFile>;
