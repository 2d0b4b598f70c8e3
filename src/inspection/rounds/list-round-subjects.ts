import { sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import type { Verdict } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { countMaxOf, type Sought } from '../read/find-words.ts';
import {
  allOf,
  holdsWords,
  IDENTITY,
  isSeen,
  isSponsorIn,
  SPONSOR_ID,
  SPONSOR_NAME,
  SUBJECT_NAME,
} from '../subject-columns.ts';
import type { SubjectStage } from '../tables.ts';

export const SUBJECT_SORTS = ['order', 'name', 'stage'] as const;
export type SubjectSort = (typeof SUBJECT_SORTS)[number];

export interface SubjectFilter {
  readonly roundId: number;
  readonly scope: Scope;
  readonly kind?: SubjectKind;
  readonly stage?: SubjectStage;
  /** `none`: not judged yet. */
  readonly verdict?: Verdict['kind'] | 'none';
  readonly checked?: boolean;
  readonly sought?: Sought;
  readonly unitIds?: readonly number[];
}

/** A subject of a round as its list shows it. */
export interface SubjectItem {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly name: string;
  readonly identity: string;
  readonly unitId: number;
  readonly unitName: string;
  readonly printRow: string;
  readonly checked: boolean;
  readonly monitoredAt: Instant;
  readonly stage: SubjectStage;
  readonly verdict: Verdict | null;
  readonly pages: number;
  readonly feeds: number;
  /** Why its gathering was given up in the last run. */
  readonly failure: string | null;
}

const ORDER = {
  order: sql`s.kind desc, s.registry_order, s.subject_id`,
  name: sql`s.name, s.kind, s.subject_id`,
  stage: sql`s.stage, s.kind desc, s.registry_order, s.subject_id`,
} as const;

/** One page of a round's subjects, and how many there are. */
export async function listSubjectItems(
  db: InspectionDb,
  filter: SubjectFilter,
  page: { readonly limit: number; readonly offset: number; readonly sort: SubjectSort },
): Promise<{ items: SubjectItem[]; total: number; totalIsExact: boolean }> {
  const where = isAskedFor(filter);
  const order = ORDER[page.sort];
  // The page first, its rows then: only what is shown is read.
  const { rows } = await sql<SubjectItem>`
    with few as (select s.round_id, s.kind, s.subject_id from round_subject s where ${where}
                  order by ${order} limit ${page.limit} offset ${page.offset})
    select s.kind, s.subject_id as id, ${SUBJECT_NAME} as name, ${IDENTITY} as identity, ${SPONSOR_ID} as "unitId",
           ${SPONSOR_NAME} as "unitName", s.print_row as "printRow", s.checked, s.monitored_at as "monitoredAt", s.stage,
           s.verdict, s.pages, s.feeds,
           (select t.failure from round_task t
             where t.round_id = s.round_id and t.kind = s.kind and t.done_at is null and t.failure is not null
               and (t.payload->'subjectId' = to_jsonb(s.subject_id) or t.payload->'subjectIds' @> to_jsonb(s.subject_id))
             limit 1) as failure
      from few join round_subject s using (round_id, kind, subject_id) order by ${order}`.execute(
    db,
  );
  const most = countMaxOf(filter.sought);
  const counted = await sql<{ count: number }>`
    select count(*)::int as count
      from (select 1 from round_subject s where ${where} limit ${most + 1}) few`.execute(db);
  const count = counted.rows[0]?.count ?? 0;
  return {
    items: rows.map((row) => ({ ...row, monitoredAt: new Date(row.monitoredAt).toISOString() })),
    total: Math.min(count, most),
    totalIsExact: count <= most,
  };
}

function isAskedFor({ roundId, scope, ...filter }: SubjectFilter) {
  const { kind, stage, verdict, checked, sought, unitIds } = filter;
  return allOf([
    sql<boolean>`s.round_id = ${roundId}`,
    isSeen(scope),
    ...(kind ? [sql<boolean>`s.kind = ${kind}`] : []),
    ...(stage ? [sql<boolean>`s.stage = ${stage}`] : []),
    ...(verdict === 'none' ? [sql<boolean>`s.verdict is null`] : []),
    ...(verdict && verdict !== 'none' ? [sql<boolean>`s.verdict_kind = ${verdict}`] : []),
    ...(checked === undefined ? [] : [sql<boolean>`s.checked = ${checked}`]),
    ...(sought ? [holdsWords(sought)] : []),
    ...(unitIds ? [isSponsorIn(unitIds)] : []),
  ]);
}
