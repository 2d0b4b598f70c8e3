import { type SqlBool, sql } from 'kysely';
import { maskPersonal } from '../../domain/account-record.ts';
import { type Acting, assertMay, may, scopeOf } from '../../domain/acting.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { StoreDeps } from '../../store/store.ts';
import { isRecordField, titleOf } from '../account-fields.ts';
import type { SheetReading } from '../read-register-files.ts';
import { type RegistryDb, registryDb } from '../registry.repository.ts';
import { unitsBelow } from '../units-below.ts';
import { whyNotAdopt } from './adoptable.ts';
import type { DiffKind, StoredDifference } from './stored-difference.ts';

export const DIFF_KINDS = ['differs', 'theirs', 'ours'] as const satisfies readonly DiffKind[];
export const DIFF_STATES = ['open', 'adopted', 'takenBack'] as const;
export type DiffState = (typeof DIFF_STATES)[number];

export interface KeptDiff {
  readonly id: number;
  readonly fileName: string;
  readonly mapName: string | null;
  readonly madeBy: string;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
}

/** A comparison with its numbers, as far as somebody sees. */
export interface DiffSummary extends KeptDiff {
  /** Accounts by kind. */
  readonly counts: Readonly<Record<DiffKind, number>>;
  /** Accounts that agree; null for who sees a part only: it is known of the whole. */
  readonly same: number | null;
  readonly fields: readonly {
    readonly field: string;
    readonly title: string;
    readonly count: number;
  }[];
  readonly adopted: number;
  /** What their file says that could not be read, and how its headers were understood; empty for who sees a part only. */
  readonly unread: readonly string[];
  readonly unreadLeftOut: number;
  readonly sheets: readonly SheetReading[];
}

export interface DiffFilter {
  readonly kind?: DiffKind | undefined;
  readonly field?: string | undefined;
  readonly unitId?: number | undefined;
  readonly state?: DiffState | undefined;
  readonly q?: string | undefined;
}

/** One difference as lists show it. */
export interface DiffItem {
  readonly number: number;
  readonly kind: DiffKind;
  readonly accountId: number | null;
  readonly platform: string;
  readonly name: string;
  readonly sponsor: string;
  readonly fileRow: number | null;
  readonly field: string | null;
  readonly title: string | null;
  readonly ours: string;
  readonly theirs: string;
  readonly state: DiffState;
  readonly adoptedBy: string | null;
  readonly adoptedAt: Instant | null;
  /** Why this person cannot adopt it, in words; null = he can. */
  readonly whyNot: string | null;
}

export const unknownDiff = (): UserError =>
  new UserError('register-diff.unknown', '没有这次比对；可能已过保存期限，请重新上传。');

/** Comparisons that are kept, the newest first. */
export async function listDiffs({ store }: StoreDeps, acting: Acting): Promise<KeptDiff[]> {
  assertMay(acting, 'registry.read');
  const rows = await registryDb(store.db)
    .selectFrom('register_diff')
    .select(['id', 'file_name', 'map_name', 'made_by', 'made_at', 'expires_at'])
    .orderBy('id', 'desc')
    .execute();
  return rows.map(keptOf);
}

const keptOf = (row: {
  readonly id: number;
  readonly file_name: string;
  readonly map_name: string | null;
  readonly made_by: string;
  readonly made_at: string;
  readonly expires_at: string;
}): KeptDiff => ({
  ...{ id: row.id, fileName: row.file_name, mapName: row.map_name, madeBy: row.made_by },
  madeAt: new Date(row.made_at).toISOString(),
  expiresAt: new Date(row.expires_at).toISOString(),
});

/** Throws {@link UserError} `register-diff.unknown`. */
export async function readDiff(
  { store }: StoreDeps,
  acting: Acting,
  id: number,
): Promise<DiffSummary> {
  assertMay(acting, 'registry.read');
  const db = registryDb(store.db);
  const row = await db
    .selectFrom('register_diff')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknownDiff();
  const seesAll = scopeOf(acting) === 'all';
  const seen = seenRows(acting, id);
  const { rows: kinds } = await sql<{ kind: DiffKind; count: number; adopted: number }>`
    select kind, count(distinct coalesce(account_id, -number))::int as count,
           (count(*) filter (where adopted = 'theirs'))::int as adopted
      from register_diff_row where ${seen} group by kind`.execute(db);
  const { rows: fields } = await sql<{ field: string; count: number }>`
    select field, count(*)::int as count from register_diff_row
     where ${seen} and field is not null group by field order by count desc, field`.execute(db);
  const countOf = (kind: DiffKind): number => kinds.find((each) => each.kind === kind)?.count ?? 0;
  return {
    ...keptOf(row),
    counts: { differs: countOf('differs'), theirs: countOf('theirs'), ours: countOf('ours') },
    same: seesAll ? row.same : null,
    fields: fields.map((each) => ({ ...each, title: titleOf(each.field) })),
    adopted: kinds.reduce((sum, { adopted }) => sum + adopted, 0),
    unread: seesAll ? (row.unread as unknown as string[]) : [],
    unreadLeftOut: seesAll ? row.unread_left_out : 0,
    sheets: seesAll ? (row.sheets as unknown as SheetReading[]) : [],
  };
}

/** Rows of a comparison within somebody's border; what no unit of ours answers for is shown to who sees the whole register. */
export function seenRows(acting: Acting, id: number) {
  const scope = scopeOf(acting);
  if (scope === 'all') return sql<SqlBool>`diff_id = ${id}`;
  return sql<SqlBool>`diff_id = ${id} and unit_id = any(${arrayLiteral([...scope])}::int[])`;
}

const STATE_SQL: Readonly<Record<DiffState, string>> = {
  open: 'adopted is null',
  adopted: "adopted = 'theirs'",
  takenBack: "adopted = 'ours'",
};

/** Differences in the order of their file, a page of them. Throws {@link UserError} `register-diff.unknown`. */
export async function listDifferences(
  { store }: StoreDeps,
  acting: Acting,
  id: number,
  filter: DiffFilter,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ readonly items: DiffItem[]; readonly total: number }> {
  assertMay(acting, 'registry.read');
  const db = registryDb(store.db);
  const kept = await db
    .selectFrom('register_diff')
    .select('id')
    .where('id', '=', id)
    .executeTakeFirst();
  if (kept === undefined) throw unknownDiff();
  const where = await whereOf(db, acting, id, filter);
  const rows = await db
    .selectFrom('register_diff_row')
    .selectAll()
    .where(where)
    .orderBy('number')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from register_diff_row where ${where}`.execute(db);
  return {
    items: rows.map((row) => itemOf(row as StoredDifference, acting)),
    total: counted.rows[0]?.count ?? 0,
  };
}

async function whereOf(db: RegistryDb, acting: Acting, id: number, filter: DiffFilter) {
  const { kind, field, unitId, state, q } = filter;
  const parts = [seenRows(acting, id)];
  if (kind !== undefined) parts.push(sql<SqlBool>`kind = ${kind}`);
  if (field !== undefined) parts.push(sql<SqlBool>`field = ${field}`);
  if (state !== undefined) parts.push(sql<SqlBool>`${sql.raw(STATE_SQL[state])}`);
  if (unitId !== undefined)
    parts.push(sql<SqlBool>`unit_id = any(${arrayLiteral(await unitsBelow(db, unitId))}::int[])`);
  const words = q?.trim().toLowerCase() ?? '';
  // What is masked is not searched either: who may not see a phone does not find it by trying.
  if (words !== '')
    parts.push(
      sql<SqlBool>`position(${words} in lower(concat_ws(' ', name, sponsor,
        case when field = 'phone' then '' else ours || ' ' || theirs end))) > 0`,
    );
  return sql.join<SqlBool>(parts, sql` and `);
}

function itemOf(row: StoredDifference, acting: Acting): DiffItem {
  const { number, kind, platform, name, sponsor, field } = row;
  const isHidden = field === 'phone' && !may(acting, 'registry.contact');
  const shown = (text: string): string =>
    isHidden && field !== null && isRecordField(field) ? maskPersonal(field, text) : text;
  return {
    ...{ number, kind, accountId: row.account_id, platform, name, sponsor, field },
    ...{ fileRow: row.file_row, title: field === null ? null : titleOf(field) },
    ...{ ours: shown(row.ours), theirs: shown(row.theirs), adoptedBy: row.adopted_by },
    state: row.adopted === null ? 'open' : row.adopted === 'theirs' ? 'adopted' : 'takenBack',
    adoptedAt: row.adopted_at === null ? null : new Date(row.adopted_at).toISOString(),
    whyNot: whyNotAdopt(row, acting),
  };
}
