import { sql } from 'kysely';
import { type Acting, assertMay, scopeOf } from '../domain/acting.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import type { StoreDeps } from '../store/store.ts';
import { FIND_ERROR_STATES, type FindErrorState, type Origin } from './find-error.ts';

/** A message as its list shows it. */
export interface ListedMessage {
  readonly id: number;
  readonly number: string | null;
  readonly origin: Origin;
  readonly siteName: string;
  readonly pageUrl: string;
  readonly problemType: string;
  readonly content: string;
  readonly unitId: number | null;
  readonly unitName: string | null;
  readonly state: FindErrorState;
  readonly receivedAt: Instant;
  readonly handOnBy: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly isExtended: boolean;
  readonly isProvisional: boolean;
  readonly isLate: boolean;
  /** Nobody has it yet, and the day to hand it on is over. */
  readonly isHandOnLate: boolean;
  readonly answeredOn: CalendarDate | null;
  readonly answer: string | null;
  readonly isTrue: boolean | null;
  readonly isPublished: boolean;
  readonly version: number;
}

export const MESSAGE_STANDS = [...FIND_ERROR_STATES, 'overdue'] as const;

export interface MessageFilter {
  readonly stands?: (typeof MESSAGE_STANDS)[number] | undefined;
  readonly unitIds?: readonly number[] | undefined;
  /** In its number, its site's name, or what it says. */
  readonly q?: string | undefined;
  readonly id?: number | undefined;
  readonly limit: number;
  readonly offset: number;
  readonly today: CalendarDate;
}

/** Counting stops here. */
const COUNT_MAX = 10_000;
const listOf = (ids: Iterable<number>): string => `{${[...ids].join(',')}}`;

const matches = (q: string) => sql`
  (position(${q} in coalesce(f.number, '')) > 0 or position(${q} in f.site_name) > 0 or position(${q} in f.content) > 0
    or f.id::text = ${q})`;

/** Messages within somebody's sight: what is open and due first, then the newest. Throws {@link UserError} `identity.forbidden`. */
export async function listMessages(
  { store }: StoreDeps,
  acting: Acting,
  { stands, unitIds, q, id, limit, offset, today }: MessageFilter,
): Promise<{ items: ListedMessage[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'finderror.read');
  const scope = scopeOf(acting);
  const due = sql`coalesce(f.extended_to, f.due_on)`;
  const isLate = sql<boolean>`coalesce(f.answered_on, ${today}::date) > ${due}`;
  const conditions = [
    ...(scope === 'all' ? [sql`true`] : [sql`f.unit_id = any(${listOf(scope)}::int[])`]),
    ...(unitIds === undefined ? [] : [sql`f.unit_id = any(${listOf(unitIds)}::int[])`]),
    ...(id === undefined ? [] : [sql`f.id = ${id}`]),
    ...(q === undefined || q === '' ? [] : [matches(q)]),
    ...(stands === undefined
      ? []
      : stands === 'overdue'
        ? [sql`f.state <> 'answered' and ${isLate}`]
        : [sql`f.state = ${stands}`]),
  ];
  const where = sql.join(conditions, sql` and `);
  const { rows } = await sql<ListedMessage>`
    select f.id, f.number, f.origin, f.site_name as "siteName", f.page_url as "pageUrl", f.problem_type as "problemType",
           f.content, f.unit_id as "unitId", u.name as "unitName", f.state, f.received_at as "receivedAt",
           f.hand_on_by as "handOnBy", ${due} as "dueOn", f.extended_to is not null as "isExtended",
           f.is_provisional as "isProvisional", ${isLate} as "isLate", f.answered_on as "answeredOn", f.answer,
           f.unit_id is null and f.hand_on_by < ${today}::date as "isHandOnLate", f.published_at is not null as "isPublished",
           f.is_true as "isTrue", f.version
      from find_error f left join unit u on u.id = f.unit_id where ${where}
     order by f.state = 'answered', ${due}, f.id desc limit ${limit} offset ${offset}`.execute(
    store.db,
  );
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from (select 1 from find_error f where ${where} limit ${COUNT_MAX + 1}) found`.execute(
    store.db,
  );
  const total = counted.rows[0]?.total ?? 0;
  return { items: rows, total: Math.min(total, COUNT_MAX), totalIsExact: total <= COUNT_MAX };
}
