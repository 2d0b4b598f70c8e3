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
export const SEARCHED_MAX = 20_000;
/** Counting stops here. */
const COUNTED_MAX = 10_000;

export interface AuditPage {
  readonly items: readonly AuditItem[];
  readonly total: number;
  readonly totalIsExact: boolean;
}

type Builder = ExpressionBuilder<AuditTables, 'audit'>;

function conditions(eb: Builder, filter: AuditFilter) {
  const { from, to, actor, action, subject } = filter;
  return eb.and([
    ...(from === undefined ? [] : [eb('at', '>=', from)]),
    ...(to === undefined ? [] : [eb('at', '<=', to)]),
    ...(actor === undefined ? [] : [sql<SqlBool>`strpos(actor, ${actor}) > 0`]),
    ...(action === undefined ? [] : [eb('action', '=', action)]),
    ...(subject === undefined ? [] : [eb('subject', '=', subject)]),
  ]);
}

/** The rows that fit, as a query that the list, the count and the export share. */
function matching(db: AuditDb, filter: AuditFilter) {
  const { q } = filter;
  const fitting = db.selectFrom('audit').where((eb) => conditions(eb, filter));
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
  const rows = await matching(db, filter)
    .selectAll()
    .orderBy('id', page.oldestFirst ? 'asc' : 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const counted = await db
    .selectFrom(
      matching(db, filter)
        .select('id')
        .limit(COUNTED_MAX + 1)
        .as('some'),
    )
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  const total = Math.min(Number(counted.count), COUNTED_MAX);
  return {
    items: rows.map(toItem),
    total,
    totalIsExact: Number(counted.count) <= COUNTED_MAX,
  };
}

/** Rows of an export, oldest first, a thousand at a time, at most `max`. */
export async function* exportAudit(
  db: AuditDb,
  filter: AuditFilter,
  max: number,
): AsyncGenerator<AuditItem> {
  let after = 0;
  for (let given = 0; given < max; ) {
    const rows = await matching(db, filter)
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
const rowsOf = (db: AuditDb) => db.selectFrom('audit').selectAll().execute();

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
