import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';
import { actionWords, subjectWords } from './action-words.ts';
import type { AuditDb, AuditTables } from './audit-tables.ts';

/** A row of the trail as people read it. */
export interface AuditItem {
  readonly id: number;
  readonly at: Instant;
  readonly actor: string;
  readonly userId: number | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly action: string;
  readonly actionWords: string;
  readonly subject: string | null;
  readonly subjectWords: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly detail: unknown;
  readonly position: number | null;
  readonly keyId: string | null;
  readonly previousHash: string | null;
  readonly hash: string | null;
}

export interface AuditFilter {
  /** Inclusive instants. */
  readonly from?: Instant | undefined;
  readonly to?: Instant | undefined;
  /** A part of the actor's name. */
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** Words anywhere in a row; looked for in the newest {@link SEARCHED_MAX} rows that fit the rest. */
  readonly q?: string | undefined;
}

/** Rows in which words are looked for: what a person would page through; a filter by time reaches the older ones. */
export const SEARCHED_MAX = 5_000;
/** Names that failed sign-ins leave are anybody's: so many are looked at. */
const ACTORS_MAX = 10_000;
/** Counting stops here. */
const COUNTED_MAX = 10_000;

export interface AuditPage {
  readonly items: readonly AuditItem[];
  readonly total: number;
  readonly totalIsExact: boolean;
}

type Builder = ExpressionBuilder<AuditTables, 'audit'>;

function conditions(eb: Builder, { filter, actors }: Asked) {
  const { from, to, action, subject } = filter;
  return eb.and([
    ...(from === undefined ? [] : [eb('at', '>=', from)]),
    ...(to === undefined ? [] : [eb('at', '<=', to)]),
    ...(actors === null ? [] : [sql<SqlBool>`actor = any(${actors}::text[])`]),
    ...(action === undefined ? [] : [eb('action', '=', action)]),
    ...(subject === undefined ? [] : [eb('subject', '=', subject)]),
  ]);
}

/** A filter whose part of a name was looked up: null = any actor. */
interface Asked {
  readonly filter: AuditFilter;
  readonly actors: readonly string[] | null;
}

/** People are few and rows are many: their names are read off the index, one step a name. */
async function lookUp(db: AuditDb, filter: AuditFilter): Promise<Asked> {
  const { actor } = filter;
  if (actor === undefined) return { filter, actors: null };
  const { rows } = await sql<{ actor: string }>`
    with recursive names as (
      (select actor from audit order by actor limit 1)
      union all
      select (select audit.actor from audit where audit.actor > names.actor order by audit.actor limit 1)
        from names where names.actor is not null
    )
    select actor from (select actor from names limit ${sql.lit(ACTORS_MAX)}) as named
     where strpos(actor, ${actor}) > 0`.execute(db);
  return { filter, actors: rows.map((row) => row.actor) };
}

/** The rows that fit, as a query that the list, the count and the export share. */
function matching(db: AuditDb, asked: Asked) {
  const { q } = asked.filter;
  const fitting = db.selectFrom('audit').where((eb) => conditions(eb, asked));
  if (q === undefined) return fitting;
  const newest = fitting.select('id').orderBy('id', 'desc').limit(SEARCHED_MAX);
  return db
    .selectFrom('audit')
    .where('id', 'in', newest)
    .where(
      sql<SqlBool>`strpos(lower(concat_ws(' ', actor, action, subject, address, request_id, detail::text, before::text, after::text)), lower(${q})) > 0`,
    );
}

/** One page, newest first unless `oldestFirst`. */
export async function listAudit(
  db: AuditDb,
  filter: AuditFilter,
  page: { readonly limit: number; readonly offset: number; readonly oldestFirst: boolean },
): Promise<AuditPage> {
  const order = page.oldestFirst ? 'asc' : 'desc';
  const asked = await lookUp(db, filter);
  if (filter.q !== undefined) {
    // Looking for words reads thousands of rows: once, not once for the page and once for the count.
    const found = await matching(db, asked).select('id').orderBy('id', order).execute();
    const ids = found.slice(page.offset, page.offset + page.limit).map(({ id }) => id);
    const rows = ids.length === 0 ? [] : await rowsOf(db, ids, order);
    return { items: rows.map(toItem), total: found.length, totalIsExact: true };
  }
  const rows = await matching(db, asked)
    .selectAll()
    .orderBy('id', order)
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const some = matching(db, asked)
    .select('id')
    .limit(COUNTED_MAX + 1)
    .as('some');
  const counted = await db
    .selectFrom(some)
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const count = Number(counted.count);
  return {
    items: rows.map(toItem),
    total: Math.min(count, COUNTED_MAX),
    totalIsExact: count <= COUNTED_MAX,
  };
}

function rowsOf(db: AuditDb, ids: readonly number[], order: 'asc' | 'desc') {
  return db.selectFrom('audit').selectAll().where('id', 'in', ids).orderBy('id', order).execute();
}

/** Rows of an export, oldest first, a thousand at a time, at most `max`. */
export async function* exportAudit(
  db: AuditDb,
  filter: AuditFilter,
  max: number,
): AsyncGenerator<AuditItem> {
  const asked = await lookUp(db, filter);
  let after = 0;
  for (let given = 0; given < max; ) {
    const rows = await matching(db, asked)
      .selectAll()
      .where('id', '>', after)
      .orderBy('id')
      .limit(Math.min(EXPORT_PAGE, max - given))
      .execute();
    if (rows.length === 0) return;
    for (const row of rows) yield toItem(row);
    given += rows.length;
    after = rows.at(-1)!.id;
  }
}

const EXPORT_PAGE = 1_000;
/** Rows about one thing: its plan, its reviews, its freezing. */
const ABOUT_MAX = 2_000;

/** Rows about these subjects (`finding:17`), oldest first. */
export async function auditAbout(db: AuditDb, subjects: readonly string[]): Promise<AuditItem[]> {
  const rows = await db
    .selectFrom('audit')
    .selectAll()
    .where('subject', 'in', subjects)
    .orderBy('id')
    .limit(ABOUT_MAX)
    .execute();
  return rows.map(toItem);
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

function toItem(row: Row): AuditItem {
  return {
    id: row.id,
    at: instantOf(row.at),
    actor: row.actor,
    userId: row.user_id,
    address: row.address,
    requestId: row.request_id,
    action: row.action,
    actionWords: actionWords(row.action) ?? row.action,
    subject: row.subject,
    subjectWords: subjectWords(row.subject),
    before: row.before,
    after: row.after,
    detail: row.detail,
    position: row.position,
    keyId: row.key_id,
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}

/** A row of before the chain may hold what is no time (`infinity`): shown as it is. */
function instantOf(at: unknown): Instant {
  const time = new Date(at as string);
  return Number.isNaN(time.getTime()) ? String(at) : time.toISOString();
}
