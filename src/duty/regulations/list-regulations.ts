import { sql } from 'kysely';
import { type Acting, assertMay } from '../../domain/acting.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { StoreDeps } from '../../store/store.ts';
import { within } from '../within.ts';
import { ADDRESSED, BELOW, READER } from './readers.ts';
import type { RegulationKind } from './regulation.ts';
import { seenDrafts, seenVersions } from './sight.ts';

export interface ListedRegulation {
  readonly id: number;
  readonly title: string;
  readonly kind: RegulationKind;
  readonly documentNumber: string;
  readonly issuerName: string;
  /** Null: everybody. */
  readonly addresseeName: string | null;
  readonly effectiveOn: CalendarDate;
  readonly readBy: CalendarDate | null;
  readonly publishedOn: CalendarDate | null;
  /** Of the version in force or, before there is one, null. */
  readonly number: number | null;
  readonly repealedOn: CalendarDate | null;
  readonly hasDraft: boolean;
  /** People within one's sight who are asked to read the version in force, and those of them who confirmed it. */
  readonly asked: number;
  readonly read: number;
  /** Whether oneself is still to confirm it. */
  readonly isToRead: boolean;
}

export const REGULATION_STANDS = ['inForce', 'draft', 'repealed', 'toRead'] as const;

export interface RegulationFilter {
  readonly stands?: (typeof REGULATION_STANDS)[number] | undefined;
  readonly kind?: RegulationKind | undefined;
  /** In its title, document number or words. */
  readonly q?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Regulations within somebody's sight: drafts first, then the latest published. Throws {@link UserError} `identity.forbidden`. */
export async function listRegulations(
  { store }: StoreDeps,
  acting: Acting,
  filter: RegulationFilter,
): Promise<{ items: ListedRegulation[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'duty.read');
  const where = sql.join(conditionsOf(filter), sql` and `);
  const { rows } = await sql<ListedRegulation & { readonly total: number }>`
    with recursive ${BELOW}, ${READER},
    shown as (${shownOf(acting)}),
    page as (select v.*, count(*) over ()::int as total from shown v where ${where}
              order by v."publishedOn" is null desc, v."publishedOn" desc, v.id desc limit ${filter.limit} offset ${filter.offset}),
    asked as (select v.id, count(*)::int as asked, count(d.read_at)::int as read from page v
                join reader p on ${ADDRESSED} and ${within(acting, 'p.unit_id')}
                left join regulation_reader d on d.version_id = v."versionId" and d.user_id = p.id
               where v.number is not null and v."repealedOn" is null group by v.id)
    select v.id, v.title, v.kind, v."documentNumber", i.name as "issuerName", a.name as "addresseeName", v."effectiveOn",
           v."readBy", v."publishedOn", v.number, v."repealedOn", v."hasDraft", v."isToRead", v.total,
           coalesce(c.asked, 0) as asked, coalesce(c.read, 0) as read
      from page v join unit i on i.id = v.issuer_id left join unit a on a.id = v.addressee_id left join asked c on c.id = v.id
     order by v."publishedOn" is null desc, v."publishedOn" desc, v.id desc`.execute(store.db);
  const total = rows[0]?.total ?? 0;
  return { items: rows.map(({ total: _all, ...each }) => each), total, totalIsExact: true };
}

/** Each regulation with the version that stands for it: the last one published or, where there is none, its draft. */
function shownOf(acting: Acting) {
  const userId = typeof acting === 'string' ? null : acting.userId;
  return sql`
    select r.id, v.id as "versionId", r.issuer_id, v.addressee_id, v.title, v.kind, v.document_number as "documentNumber", v.body,
           v.effective_on as "effectiveOn", v.read_by as "readBy", v.published_on as "publishedOn", v.number,
           r.repealed_on as "repealedOn", (v.state = 'draft' or d.id is not null) as "hasDraft",
           v.number is not null and r.repealed_on is null
             and exists (select 1 from reader p where p.id = ${userId}::int and ${ADDRESSED})
             and not exists (select 1 from regulation_reader c where c.version_id = v.id and c.user_id = ${userId}::int
                                and c.read_at is not null) as "isToRead"
      from regulation r
      left join regulation_version d on d.regulation_id = r.id and d.state = 'draft' and ${seenDrafts(acting)}
      join regulation_version v on v.regulation_id = r.id
       and (v.state = 'published' and ${seenVersions(acting)} or v.id = d.id)
       and not exists (select 1 from regulation_version l where l.regulation_id = r.id and l.number > coalesce(v.number, 0))`;
}

function conditionsOf({ stands, kind, q }: RegulationFilter) {
  return [
    sql`true`,
    ...(kind === undefined ? [] : [sql`v.kind = ${kind}`]),
    ...(q === undefined || q === ''
      ? []
      : [
          sql`(position(${q} in v.title) > 0 or position(${q} in v."documentNumber") > 0 or position(${q} in v.body) > 0)`,
        ]),
    ...(stands === 'inForce' ? [sql`v.number is not null and v."repealedOn" is null`] : []),
    ...(stands === 'draft' ? [sql`v."hasDraft"`] : []),
    ...(stands === 'repealed' ? [sql`v."repealedOn" is not null`] : []),
    ...(stands === 'toRead' ? [sql`v."isToRead"`] : []),
  ];
}
