import type { Kysely } from 'kysely';
import { z } from 'zod';
import { comparePeriods, parsePeriod } from '../domain/period.ts';
import type { Subject, SubjectKind } from '../domain/subject.ts';
import { recordAudit } from '../identity/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listAccounts, listSites, loadUnitTree } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { inTransaction } from './inspection-db.ts';

const SubjectRow = z.object({
  kind: z.enum(['site', 'account']),
  unit: z.string(),
  name: z.string().min(1),
  siteCode: z.string().optional(),
  platform: z.string().optional(),
  accountId: z.string().optional(),
  problems: z.array(z.string().min(1)).min(1),
});
const HistoryFile = z.object({ period: z.string(), subjects: z.array(SubjectRow).max(200_000) });
type HistoryRow = z.infer<typeof SubjectRow>;

interface HistoryTables {
  previous_failure: {
    period: string;
    kind: SubjectKind;
    subject_id: number | null;
    unit: string;
    name: string;
    identity: string;
    problems: string;
  };
}

/** A subject that an earlier bulletin named, with the problems as that bulletin printed them. */
export interface PreviousFailure {
  readonly period: string;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly problems: readonly string[];
}

const INSERT_BATCH = 1000;

/** The schema's complaints by code, for people. */
const WORDS: Readonly<Record<string, string>> = {
  invalid_type: '缺少，或类型不对',
  invalid_value: '只能写 site 或 account',
  too_small: '不能为空',
  too_big: '太多',
};

/** Imports the previous round's failing subjects; importing a period again replaces it. Unmatched rows are kept and reported. */
export async function importHistory(
  deps: { store: Store },
  actor: string,
  input: { fileName: string; bytes: Uint8Array },
): Promise<{ period: string; matched: number; unmatched: string[] }> {
  const file = parseHistory(input);
  return inTransaction(deps.store, async (trx) => {
    const subjects = [...(await listSites(trx)), ...(await listAccounts(trx))];
    const tree = await loadUnitTree(trx);
    const match = matcher(subjects, (unit) => {
      const [found] = tree.named(unit);
      return found ? tree.printRowOf(found.id) : unit;
    });
    const rows = file.subjects.map((row) => ({ row, subjectId: match(row) }));
    const db = trx as unknown as Kysely<HistoryTables>;
    const earlier = await db
      .deleteFrom('previous_failure')
      .where('period', '=', file.period)
      .executeTakeFirst();
    for (let start = 0; start < rows.length; start += INSERT_BATCH) {
      const values = rows.slice(start, start + INSERT_BATCH).map(({ row, subjectId }) => ({
        period: file.period,
        kind: row.kind,
        subject_id: subjectId,
        unit: row.unit,
        name: row.name,
        identity: row.siteCode ?? `${row.platform ?? ''} ${row.accountId ?? ''}`,
        problems: JSON.stringify(row.problems),
      }));
      await db.insertInto('previous_failure').values(values).execute();
    }
    const unmatched = rows
      .filter(({ subjectId }) => subjectId === null)
      .map(({ row }) => `${row.unit}“${row.name}”`);
    await recordAudit(trx, {
      actor,
      action: 'round.import-history',
      subject: `round:${file.period}`,
      detail: { file: input.fileName, unmatched: unmatched.length },
      before: { rows: Number(earlier.numDeletedRows) },
      after: { rows: rows.length },
    });
    return { period: file.period, matched: rows.length - unmatched.length, unmatched };
  });
}

function parseHistory(input: { fileName: string; bytes: Uint8Array }): {
  period: string;
  subjects: HistoryRow[];
} {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8').decode(input.bytes).replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError('history.json', `${input.fileName} 不是有效的 JSON。`, { cause });
  }
  const parsed = HistoryFile.safeParse(value);
  if (!parsed.success) {
    const details = parsed.error.issues
      .slice(0, 100)
      .map((issue) => `${issue.path.join('.') || '整个文件'}：${WORDS[issue.code] ?? '写法不对'}`);
    throw new UserError(
      'history.json',
      `${input.fileName} 的内容不对。应写成 {period, subjects: [{kind, unit, name, siteCode 或 platform 与 accountId, problems}]}。`,
      { details },
    );
  }
  return { period: parsePeriod(parsed.data.period).key, subjects: parsed.data.subjects };
}

/** By identity; else by print row and name, only when that names exactly one subject. */
function matcher(
  subjects: readonly Subject[],
  printRowOf: (unit: string) => string,
): (row: HistoryRow) => number | null {
  const byIdentity = new Map(
    subjects.map((subject) => [
      subject.kind === 'site'
        ? `site ${subject.siteCode}`
        : `account ${subject.platform} ${subject.accountId}`,
      subject.id,
    ]),
  );
  const byName = new Map<string, number | null>();
  for (const subject of subjects) {
    const key = `${subject.kind} ${subject.printRow} ${subject.name}`;
    byName.set(key, byName.has(key) ? null : subject.id);
  }
  return (row) => {
    const identity =
      row.siteCode !== undefined
        ? `site ${row.siteCode.toLowerCase()}`
        : row.accountId !== undefined
          ? `account ${row.platform ?? ''} ${row.accountId}`
          : null;
    if (identity !== null) return byIdentity.get(identity) ?? null;
    return byName.get(`${row.kind} ${printRowOf(row.unit)} ${row.name}`) ?? null;
  };
}

/**
 * The failing subjects of the newest earlier period that are still registered. A later period never counts: a round that is made up for
 * the past would accuse a subject of not having mended what was found afterwards. One whose name does not say when it was is taken for
 * the previous one, as which the office imported it, when no other is known to be earlier.
 */
export async function previousFailures<Tables>(
  anyDb: Kysely<Tables>,
  before: string,
): Promise<PreviousFailure[]> {
  const db = anyDb as unknown as Kysely<HistoryTables>;
  const periods = (
    await db.selectFrom('previous_failure').select('period').distinct().execute()
  ).map((row) => row.period);
  const of = (order: 'earlier' | 'unknown'): string[] =>
    periods.filter((period) => comparePeriods(period, before) === order).sort();
  const previous =
    of('earlier').reduce<string | undefined>(
      (newest, period) =>
        newest !== undefined && comparePeriods(period, newest) !== 'later' ? newest : period,
      undefined,
    ) ?? of('unknown').at(-1);
  if (previous === undefined) return [];
  const rows = await db
    .selectFrom('previous_failure')
    .selectAll()
    .where('period', '=', previous)
    .execute();
  return rows.flatMap((row) =>
    row.subject_id === null
      ? []
      : [
          {
            period: row.period,
            kind: row.kind,
            subjectId: row.subject_id,
            problems: row.problems as unknown as string[],
          },
        ],
  );
}
