import { z } from 'zod';
import { UserError } from '../../lib/pure/errors.ts';

/** A file of facts is some kilobytes; more is another kind of file. */
const FACTS_BYTES_MAX = 4 * 1024 * 1024;
/** So large a count times 10⁶ (four decimals) is still an exact integer. */
const COUNT_MAX = 1_000_000_000;
const LIST_MAX = 5_000;
const TEXT_MAX = 4_000;
const COMPLAINTS_MAX = 20;

const Count = z
  .int({ error: '应为非负整数' })
  .min(0, { error: '应为非负整数' })
  .max(COUNT_MAX, { error: `不能大于 ${COUNT_MAX}` })
  .nullish();
const Words = z
  .string({ error: '应为文字' })
  .max(TEXT_MAX, { error: `不能超过 ${TEXT_MAX} 字` })
  .nullish();
const list = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item, { error: '应为数组' })
    .max(LIST_MAX, { error: `不能超过 ${LIST_MAX} 项` })
    .nullish();

/** Counts of one kind of subject and the rates that are printed beside them; unknown fields stay, some of them are rates. */
const Counted = z.looseObject(
  { running: Count, checked: Count, failing: Count },
  { error: '应为一个对象' },
);

const Facts = z.looseObject(
  {
    id: Words,
    coverage_mode: Words,
    sites: Counted.nullish(),
    accounts: Counted.nullish(),
    breakdowns: list(
      z.looseObject(
        {
          of: Words,
          parts: z
            .record(z.string(), z.union([Count, Counted]), { error: '应为一个对象' })
            .nullish(),
        },
        { error: '应为一个对象' },
      ),
    ),
    per_unit_rows: list(Counted.extend({ unit: Words })),
    rate_checks: list(
      z.looseObject(
        {
          what: Words,
          printed: Words,
          numerator: Count,
          denominator: Count,
          counts_basis: Words,
        },
        { error: '应为一个对象' },
      ),
    ),
    other_facts: list(Words),
  },
  { error: '应为一个对象（一份通报的事实）' },
);

export type CountedFacts = z.output<typeof Counted>;
export type BulletinFacts = z.output<typeof Facts>;

/**
 * Reads the facts of one bulletin. Everything may be missing; what is there has to be of its kind.
 * Throws {@link UserError} `facts.file` naming each wrong field in Chinese.
 */
export function readFacts(bytes: Uint8Array, fileName: string): BulletinFacts {
  if (bytes.byteLength > FACTS_BYTES_MAX)
    throw refusal(`${fileName} 超过 ${FACTS_BYTES_MAX / 1_048_576} MB，不是一份通报的事实。`);
  const parsed = Facts.safeParse(parseJson(bytes, fileName));
  if (parsed.success) return parsed.data;
  const details = parsed.error.issues
    .slice(0, COMPLAINTS_MAX)
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}：${message}`));
  throw refusal(`${fileName} 的内容不对，请改正后再运行。`, details);
}

function parseJson(bytes: Uint8Array, fileName: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw refusal(`${fileName} 不是有效的 JSON（UTF-8）。`, [], cause);
  }
}

function refusal(message: string, details: readonly string[] = [], cause?: unknown): UserError {
  return new UserError('facts.file', message, { field: 'file', details, cause });
}
