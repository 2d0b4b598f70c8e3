import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import type { SubjectKind, SubjectStatus } from '../../domain/subject.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { allOf } from '../subject-columns.ts';
import { countMaxOf, eachIn, hasSponsorLike, idList, type Sought } from './find-words.ts';
import { newestVerdicts, type VerdictView } from './verdict-views.ts';

export const REGISTER_SORTS = [
  'order',
  'name',
  'siteCode',
  'accountId',
  'sponsor',
  'printRow',
  'status',
  'platform',
  'completeness',
] as const;
export type RegisterSort = (typeof REGISTER_SORTS)[number];

/** Which sites or accounts of the register somebody asks for; what is left out does not narrow. */
export interface RegisterFilter {
  readonly kind: SubjectKind;
  readonly scope: Scope;
  readonly id?: number | undefined;
  readonly sought?: Sought | undefined;
  /** A unit and all below it. */
  readonly unitIds?: readonly number[] | undefined;
  readonly status?: SubjectStatus | undefined;
  readonly platform?: string | undefined;
  readonly printRow?: string | undefined;
  /** Accounts whose record lacks that field, or any. */
  readonly missing?: string | undefined;
  /** How the register looked at the end of that day, Asia/Shanghai. */
  readonly asOf?: CalendarDate | undefined;
}

export interface RegisterPage {
  readonly limit: number;
  readonly offset: number;
  readonly sort: RegisterSort;
  readonly descending: boolean;
}

/** A site or account as the register's list shows it. */
export interface RegisterItem {
  readonly id: number;
  readonly name: string;
  readonly sponsor: { readonly id: number; readonly name: string };
  readonly printRow: string;
  readonly status: SubjectStatus;
  /** Only what belongs to the kind is there. */
  readonly own: Readonly<Record<string, unknown>>;
  readonly lastVerdict: VerdictView | null;
  readonly lastRound: string | null;
}

/** How complete the account's record is now, also where the list is of a past day; null for what was not computed. */
function completeness(): RawBuilder<number | null> {
  return sql`(select r.completeness from account_record r where r.account_id = t.id)`;
}

const OWN_COLUMNS: Readonly<Record<SubjectKind, RawBuilder<unknown>>> = {
  site: sql`json_build_object('siteCode', t.site_code, 'homeUrl', t.home_url, 'isPortal', t.is_portal,
    'hasService', t.has_service)`,
  account: sql`json_build_object('platform', t.platform, 'accountId', t.account_id, 'sources', (
    select coalesce(json_agg(k.kind order by k.position, k.id), '[]') from account_source k
     where k.account_id = t.id and k.removed_at is null), 'completeness', ${completeness()})`,
};
const SEARCHED: Readonly<Record<SubjectKind, readonly RawBuilder<string>[]>> = {
  site: [sql`t.name`, sql`t.site_code`, sql`t.home_url`],
  account: [sql`t.name`, sql`t.account_id`],
};

/** One page of the register, with what became of each in its last round. */
export async function listRegister(
  db: InspectionDb,
  filter: RegisterFilter,
  printRows: ReadonlyMap<number, string>,
  page: RegisterPage,
): Promise<{ items: RegisterItem[]; total: number; totalIsExact: boolean }> {
  const from = sourceOf(filter);
  const where = isAskedFor(filter, printRows);
  const direction = page.descending ? sql`desc` : sql`asc`;
  const order = sql`${sql.join(
    [...columnsOf(filter.kind, page.sort), sql`t.id`].map((column) => sql`${column} ${direction}`),
  )}`;
  // The page first, its rows then: only what is shown is read.
  const { rows } = await sql<Row>`
    with few as (select t.id from ${from} where ${where} order by ${order}
                  limit ${page.limit} offset ${page.offset})
    select t.id, t.name, t.sponsor_id, u.name as sponsor_name, t.print_row, t.status, ${OWN_COLUMNS[filter.kind]} as own
      from few, ${from}, unit u where t.id = few.id and u.id = t.sponsor_id order by ${order}`.execute(
    db,
  );
  const most = countMaxOf(filter.sought);
  const count = hitCount(filter) ?? (await countUpTo(db, sql`${from} where ${where}`, most + 1));
  const verdicts = await newestVerdicts(
    db,
    filter.kind,
    rows.map(({ id }) => id),
  );
  return {
    items: rows.map((row) => ({
      id: row.id,
      name: row.name,
      sponsor: { id: row.sponsor_id, name: row.sponsor_name },
      printRow: row.print_row ?? printRows.get(row.sponsor_id) ?? '',
      status: row.status,
      own: row.own,
      lastVerdict: verdicts.get(row.id)?.verdict ?? null,
      lastRound: verdicts.get(row.id)?.period ?? null,
    })),
    total: Math.min(count, most),
    totalIsExact: count <= most,
  };
}

/** What was found is what there is, where nothing but the words narrows the present register. */
function hitCount({ kind, sought, scope, ...narrowing }: RegisterFilter): number | null {
  const isNarrowed = scope !== 'all' || Object.values(narrowing).some((each) => each !== undefined);
  return isNarrowed ? null : (sought?.hits?.[kind].length ?? null);
}

async function countUpTo(
  db: InspectionDb,
  rows: RawBuilder<unknown>,
  most: number,
): Promise<number> {
  const counted = await sql<{ count: number }>`
    select count(*)::int as count from (select 1 from ${rows} limit ${most}) few`.execute(db);
  return counted.rows[0]?.count ?? 0;
}

/** What a list is sorted by, before the id; a column that the kind does not have leaves the register's own order. */
function columnsOf(kind: SubjectKind, sort: RegisterSort): RawBuilder<unknown>[] {
  const own = kind === 'site' ? 'siteCode' : 'accountId';
  if (sort === 'name') return [sql`t.name`];
  if (sort === 'status') return [sql`t.status`, sql`t.registry_order`];
  if (sort === 'sponsor' || sort === 'printRow') return [sql`t.sponsor_id`, sql`t.registry_order`];
  if (sort === own) return [kind === 'site' ? sql`t.site_code` : sql`t.account_id`];
  if (sort === 'completeness' && kind === 'account') return [completeness(), sql`t.registry_order`];
  if (sort === 'platform' && kind === 'account') return [sql`t.platform`, sql`t.registry_order`];
  return [sql`t.registry_order`];
}

interface Row {
  id: number;
  name: string;
  sponsor_id: number;
  sponsor_name: string;
  print_row: string | null;
  status: SubjectStatus;
  own: Record<string, unknown>;
}

/** The register's table as it is, or as history says it was: the newest value of each not after that day. */
function sourceOf({ kind, asOf, scope, unitIds, sought }: RegisterFilter): RawBuilder<unknown> {
  if (asOf === undefined) return kind === 'site' ? sql`site t` : sql`account t`;
  const columns =
    kind === 'site'
      ? sql`h.value->>'site_code' as site_code, h.value->>'home_url' as home_url,
            (h.value->>'is_portal')::boolean as is_portal, (h.value->>'has_service')::boolean as has_service`
      : sql`h.value->>'platform' as platform, h.value->>'account_id' as account_id`;
  // Who was once theirs, or was once called so: the few whose value of that day is worth reading.
  const may = [
    ...(scope === 'all' ? [] : [wasOf(kind, scope)]),
    ...(unitIds ? [wasOf(kind, unitIds)] : []),
    ...(sought?.hits ? [sql<boolean>`now.id = any(${idList(sought.hits[kind])}::int[])`] : []),
  ];
  return sql`(
    select now.id, now.registry_order, h.value->>'name' as name, h.sponsor_id,
           h.value->>'print_row' as print_row, h.value->>'status' as status, ${columns}
      from ${kind === 'site' ? sql`site` : sql`account`} now cross join lateral (
        select value, sponsor_id from register_history
         where kind = ${kind} and subject_id = now.id and valid_from <= ${asOf}::date
         order by valid_from desc, id desc limit 1) h
     where ${allOf(may)}) t`;
}

const wasOf = (kind: SubjectKind, unitIds: Iterable<number>): RawBuilder<boolean> =>
  sql<boolean>`now.id in (select subject_id from register_history
    where kind = ${kind} and sponsor_id = any(${idList(unitIds)}::int[]))`;

function isAskedFor(
  filter: RegisterFilter,
  printRows: ReadonlyMap<number, string>,
): RawBuilder<boolean> {
  const { scope, id, sought, unitIds, status, platform, printRow, missing } = filter;
  return allOf([
    ...(scope === 'all' ? [] : [isSponsoredBy(scope)]),
    ...(id === undefined ? [] : [sql<boolean>`t.id = ${id}`]),
    ...(unitIds ? [isSponsoredBy(unitIds)] : []),
    ...(status ? [sql<boolean>`t.status = ${status}`] : []),
    ...(platform ? [sql<boolean>`t.platform = ${platform}`] : []),
    ...(printRow ? [standsIn(printRow, printRows)] : []),
    ...(missing ? [lacks(missing)] : []),
    ...(sought ? [holds(filter, sought)] : []),
  ]);
}

const lacks = (field: string): RawBuilder<boolean> =>
  sql<boolean>`exists (select 1 from account_record r where r.account_id = t.id and ${
    field === 'any' ? sql`r.missing <> '{}'` : sql`${field} = any(r.missing)`
  })`;

const isSponsoredBy = (unitIds: Iterable<number>): RawBuilder<boolean> =>
  sql<boolean>`t.sponsor_id = any(${idList(unitIds)}::int[])`;

/** Its own print row, or none and the sponsor's is that one. */
function standsIn(printRow: string, printRows: ReadonlyMap<number, string>): RawBuilder<boolean> {
  const units = [...printRows].flatMap(([id, row]) => (row === printRow ? [id] : []));
  return sql<boolean>`(t.print_row = ${printRow} or t.print_row is null and ${isSponsoredBy(units)})`;
}

/** Those found in the present register are named; what history says on a day, and what is too many to name, is compared. */
function holds({ kind, asOf }: RegisterFilter, { words, hits }: Sought): RawBuilder<boolean> {
  if (asOf === undefined && hits !== null)
    return sql<boolean>`t.id = any(${idList(hits[kind])}::int[])`;
  return eachIn(words, SEARCHED[kind], hasSponsorLike);
}
