import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { isCalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { CONFIDENCES } from '../scheme.ts';

/** Whose form it is: each site's work, or an office's supervision. */
export const FORM_KINDS = ['site', 'office'] as const;
export type FormKind = (typeof FORM_KINDS)[number];

export const FIELD_KINDS = ['text', 'count', 'decimal', 'yesNo', 'url', 'date'] as const;
const TEXT_MAX = 200;
export const NOTE_MAX = 500;

const Field = z.strictObject({
  id: z.string().regex(/^[a-zA-Z0-9.]{1,60}$/),
  title: z.string().min(1).max(60),
  kind: z.enum(FIELD_KINDS),
  unit: z.string().max(10).optional(),
  /** What of the platform's own knowledge fills it (known-values.ts); nothing: it is asked. */
  known: z.string().max(60).optional(),
  required: z.boolean().optional(),
  /** Field whose figure this one cannot exceed. */
  notAbove: z.string().optional(),
  confidence: z.enum(CONFIDENCES),
  note: z.string().max(200).optional(),
});

export type FormField = z.infer<typeof Field>;

export function fieldsOf({
  sections,
}: {
  readonly sections: readonly { readonly fields: readonly FormField[] }[];
}): readonly FormField[] {
  return sections.flatMap(({ fields }) => fields);
}

const Form = z
  .strictObject({
    id: z.string().min(1).max(60),
    version: z.int().min(1).max(1_000),
    kind: z.enum(FORM_KINDS),
    name: z.string().min(1).max(60),
    source: z.string().max(300),
    /** Last day in the year after, MM-DD. */
    dueOn: z.string().regex(/^\d\d-\d\d$/),
    sections: z
      .array(
        z.strictObject({
          title: z.string().min(1).max(60),
          /** How sure we are that the source has this section; its fields have their own. */
          confidence: z.enum(CONFIDENCES),
          fields: z.array(Field).min(1).max(60),
        }),
      )
      .min(1)
      .max(30),
  })
  .refine((form) => {
    const ids = fieldsOf(form).map(({ id }) => id);
    return new Set(ids).size === ids.length;
  }, '栏目编号写了两次')
  .refine(
    (form) =>
      fieldsOf(form).every(
        ({ notAbove }) =>
          notAbove === undefined || fieldsOf(form).some((other) => other.id === notAbove),
      ),
    'notAbove 指的栏目没有',
  );

/** A yearly form (年度报表) as data. */
export type YearlyForm = z.infer<typeof Form>;

/** Throws {@link UserError} `yearly.form` naming what is wrong. */
export function parseForm(content: unknown): YearlyForm {
  const parsed = Form.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UserError('yearly.form', '年度报表的格式文件写法不对。', {
    details: parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`),
  });
}

export type YearlyForms = Readonly<Record<FormKind, YearlyForm>>;
const FILES = { site: 'site-work-2018.json', office: 'office-supervision-2018.json' } as const;

/** Reads both forms from a folder. Throws {@link UserError} `yearly.form`. */
export async function readForms(folder: string): Promise<YearlyForms> {
  const read = async (kind: FormKind): Promise<YearlyForm> =>
    parseForm(JSON.parse(await readFile(join(folder, FILES[kind]), 'utf8')));
  return { site: await read('site'), office: await read('office') };
}

/** What the platform knows of a field, and where from. */
export interface Known {
  readonly value: string;
  readonly origin: { readonly words: string; readonly link: string | null };
}
export type KnownValues = Readonly<Record<string, Known>>;

/** What people wrote in a field; `note`: why it differs from what the platform knows. */
export interface Written {
  readonly value: string;
  readonly note: string;
}
export type WrittenValues = Readonly<Record<string, Written>>;

/** What stands in a field: what people wrote, else what the platform knows; empty = nothing. */
export const valueIn = (
  { id }: Pick<FormField, 'id'>,
  { known, written }: { readonly known: KnownValues; readonly written: WrittenValues },
): string => written[id]?.value ?? known[id]?.value ?? '';

const PATTERNS: Readonly<Record<FormField['kind'], (value: string) => string | null>> = {
  text: (value) => (value.length <= TEXT_MAX ? null : `不超过 ${TEXT_MAX} 字`),
  count: (value) => (/^\d{1,12}$/.test(value) ? null : '要写 0 以上的整数'),
  decimal: (value) =>
    /^\d{1,9}(\.\d{1,2})?$/.test(value) ? null : '要写 0 以上的数，最多两位小数',
  yesNo: (value) => (value === '是' || value === '否' ? null : '要选“是”或“否”'),
  url: (value) => (/^https?:\/\/[^\s]{3,500}$/.test(value) ? null : '要写完整的网址'),
  date: (value) => (isCalendarDate(value) ? null : '要写日期，如 2027-01-15'),
};

export interface FieldProblem {
  readonly fieldId: string;
  /** Chinese. */
  readonly words: string;
}

/** What is wrong with a form as it is filled; `isWhole`: what is required must stand too. */
export function problemsOf(
  form: YearlyForm,
  filled: { readonly known: KnownValues; readonly written: WrittenValues },
  isWhole: boolean,
): FieldProblem[] {
  const fields = fieldsOf(form);
  const problems: FieldProblem[] = Object.keys(filled.written)
    .filter((id) => !fields.some((field) => field.id === id))
    .map((id) => ({ fieldId: id, words: '表里没有这一栏' }));
  for (const field of fields) {
    const words = problemOf(field, filled, isWhole) ?? tooMuch(field, fields, filled);
    if (words !== null) problems.push({ fieldId: field.id, words });
  }
  return problems;
}

function problemOf(
  field: FormField,
  filled: { readonly known: KnownValues; readonly written: WrittenValues },
  isWhole: boolean,
): string | null {
  const value = valueIn(field, filled);
  if (value === '') return isWhole && field.required !== false ? '还没有填' : null;
  const wrong = PATTERNS[field.kind](value);
  if (wrong !== null) return wrong;
  const [known, written] = [filled.known[field.id], filled.written[field.id]];
  const differs = known !== undefined && written !== undefined && written.value !== known.value;
  return isWhole && differs && written.note === ''
    ? `与平台数的 ${known.value} 不同，请写明为什么`
    : null;
}

function tooMuch(
  field: FormField,
  fields: readonly FormField[],
  filled: { readonly known: KnownValues; readonly written: WrittenValues },
): string | null {
  const whole = fields.find(({ id }) => id === field.notAbove);
  if (whole === undefined) return null;
  const [part, all] = [valueIn(field, filled), valueIn(whole, filled)];
  return part !== '' && all !== '' && Number(part) > Number(all)
    ? `不能大于“${whole.title}”（${all}）`
    : null;
}
