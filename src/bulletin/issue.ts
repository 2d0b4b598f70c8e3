import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';
import type { Issue } from './bulletin.ts';
import { GIVEN_FIELDS } from './template/fields.ts';

export const TEXT_MAX = 200;
export const PARAGRAPH_MAX = 2000;
export const PARAGRAPHS_MAX = 20;

/** Null, empty or blank is the same as absent: it prints 待填. */
const absent = (value: unknown): unknown =>
  value === null || (typeof value === 'string' && value.trim() === '') ? undefined : value;
const OneLine = z.preprocess(
  absent,
  z
    .string({ error: '应为文字' })
    .trim()
    .max(TEXT_MAX, { error: `不能超过 ${TEXT_MAX} 字` })
    .regex(/^\P{Cc}*$/u, { error: '只能写一行' })
    .optional(),
);
const DateText = z.preprocess(
  absent,
  z.iso.date({ error: '应为真实的日期，写成 2020-09-29' }).optional(),
);
const Paragraphs = z.preprocess(
  absent,
  z
    .array(
      z
        .string({ error: '应为文字' })
        .trim()
        .min(1, { error: '不能为空' })
        .max(PARAGRAPH_MAX, { error: `不能超过 ${PARAGRAPH_MAX} 字` }),
      { error: '应为文字的数组' },
    )
    .max(PARAGRAPHS_MAX, { error: `不能超过 ${PARAGRAPHS_MAX} 段` })
    .optional(),
);

/** Counts of other work that a bulletin tells of: some tens at most. */
export const FIGURES_MAX = 40;
const FigureFile = z.strictObject(
  {
    name: z.enum(
      Object.keys(GIVEN_FIELDS).filter((name) => GIVEN_FIELDS[name] === 'given'),
      { error: '没有这个数；见操作手册的清单' },
    ),
    count: z.int({ error: '应为非负整数' }).min(0, { error: '应为非负整数' }).max(1_000_000_000),
    source: z
      .string({ error: '要写明来源' })
      .trim()
      .min(2, { error: '要写明来源：哪份台账或导出、哪一天' })
      .max(TEXT_MAX, { error: `不能超过 ${TEXT_MAX} 字` }),
  },
  { error: '应写 name、count、source' },
);
const Figures = z.preprocess(
  absent,
  z
    .array(FigureFile, { error: '应为数组' })
    .max(FIGURES_MAX, { error: `不能超过 ${FIGURES_MAX} 个` })
    .refine((all) => new Set(all.map(({ name }) => name)).size === all.length, {
      error: '同一个数写了两次',
    })
    .optional(),
);

const IssueFile = z.strictObject(
  {
    documentNumber: OneLine,
    issuer: OneLine,
    issuedOn: DateText,
    rectificationDeadline: DateText,
    contact: OneLine,
    praise: Paragraphs,
    requirements: Paragraphs,
    template: OneLine,
    figures: Figures,
  },
  { error: (issue) => (issue.code === 'invalid_type' ? '应为一个对象' : undefined) },
);

/**
 * Reads `--issue FILE.json`: what the office says of one issue.
 * Throws {@link UserError} `bulletin.issue` naming each wrong field in Chinese.
 */
export function parseIssue(text: string, fileName: string): Issue {
  return readIssue(parseJson(text, fileName), fileName);
}

/** The same of what is no text any more; `source` names it in the complaint. */
export function readIssue(value: unknown, source: string): Issue {
  const parsed = IssueFile.safeParse(value);
  const details = parsed.success ? orderOfDates(parsed.data) : parsed.error.issues.map(complaint);
  if (parsed.success && details.length === 0) return parsed.data;
  throw new UserError(
    'bulletin.issue',
    `${source} 的内容不对；可写 ${Object.keys(IssueFile.shape).join('、')}。`,
    { field: 'issue', details },
  );
}

function parseJson(text: string, fileName: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError('bulletin.issue', `${fileName} 不是有效的 JSON。`, {
      field: 'issue',
      cause,
    });
  }
}

function complaint(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `不认识的字段：${issue.keys.join('、')}`;
  return issue.path.length === 0 ? issue.message : `${issue.path.join('.')}：${issue.message}`;
}

function orderOfDates({ issuedOn, rectificationDeadline: deadline }: Issue): string[] {
  return issuedOn !== undefined && deadline !== undefined && deadline < issuedOn
    ? [`rectificationDeadline：整改期限 ${deadline} 早于印发日期 ${issuedOn}`]
    : [];
}

/** 机关代字〔年〕序号 (GB/T 9704-2012 7.2.5). */
const DOCUMENT_NUMBER = /^[\u4e00-\u9fa5]{1,12}〔\d{4}〕[1-9]\d*号$/;

/** Why a document number is not written by the standard, or null; the office may print it all the same. */
export function documentNumberRemark(documentNumber: string | undefined): string | null {
  return documentNumber === undefined || DOCUMENT_NUMBER.test(documentNumber)
    ? null
    : `文号“${documentNumber}”与 GB/T 9704 的写法不同（应如 湘政务函〔2020〕25号：六角括号，不加“第”，序号不编虚位），已照原样印出`;
}
