import { type RawBuilder, sql } from 'kysely';
import type { Judgement, ReviewState } from '../../domain/finding.ts';
import type { Rule } from '../../domain/ruleset.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { countMaxOf } from '../read/find-words.ts';
import { contestedOf, listContestsOf } from '../review/contest.repository.ts';
import { listReviewsOf } from '../review/review.repository.ts';
import { neededIn } from '../review/review-finding.ts';
import { standingOf } from '../review/review-state.ts';
import type { Round } from '../round.ts';
import { IDENTITY, SPONSOR_ID, SPONSOR_NAME, SUBJECT_NAME } from '../subject-columns.ts';
import type { ContestState } from '../tables.ts';
import {
  asksOfSubjects,
  FINDINGS,
  type FindingFilter,
  type FindingSort,
  isAskedFor,
  SORT_KEY,
} from './finding-filter.ts';

/** A finding as lists show it. */
export interface FindingItem {
  readonly id: number;
  readonly period: string;
  readonly kind: SubjectKind;
  readonly subject: {
    readonly id: number;
    readonly name: string;
    readonly identity: string;
    readonly unitId: number;
    readonly unitName: string;
    readonly printRow: string;
  };
  readonly rule: {
    readonly id: string;
    readonly label: string;
    readonly class: 'veto' | 'deduction' | 'bonus' | 'notice';
    readonly unverified: boolean;
  };
  readonly status: Judgement['status'];
  readonly review: ReviewState;
  readonly contested: ContestState | null;
  readonly source: string;
  readonly excerpt: string | null;
  readonly reason: string | null;
  /** Those that count now. */
  readonly confirmations: readonly { readonly by: string; readonly at: Instant }[];
}

export interface FindingOrder {
  readonly by: FindingSort;
  readonly descending: boolean;
}

/** One page of findings, and how many there are. */
export async function listFindingItems(
  db: InspectionDb,
  round: Round,
  filter: FindingFilter,
  page: { readonly limit: number; readonly offset: number; readonly order: FindingOrder },
): Promise<{ items: FindingItem[]; total: number; totalIsExact: boolean }> {
  const direction = page.order.descending ? sql`desc` : sql`asc`;
  const order = sql`${SORT_KEY[page.order.by]} ${direction}, f.id ${direction}`;
  // The page first, its subjects then: only what is shown is looked up.
  const { rows } = await sql<FindingRow>`
    with few as (select f.id from ${sourceOf(filter, page.order)} where ${isAskedFor(filter)}
                  order by ${order} limit ${page.limit} offset ${page.offset})
    select ${ITEM_COLUMNS} from few join ${FINDINGS} on f.id = few.id order by ${order}`.execute(
    db,
  );
  const count = await countFindings(db, filter);
  const most = countMaxOf(filter.sought);
  return {
    items: await toItems(db, round, rows),
    total: Math.min(count, most),
    totalIsExact: count <= most,
  };
}

/** Findings, with their subjects only where the filter or the order asks of these. */
const sourceOf = (filter: FindingFilter, order?: FindingOrder): RawBuilder<unknown> =>
  asksOfSubjects(filter) || order?.by === 'unit' ? FINDINGS : sql`finding f`;

/** How many findings a filter lets through; counting stops one beyond {@link countMaxOf}. */
export async function countFindings(db: InspectionDb, filter: FindingFilter): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select 1 from ${sourceOf(filter)} where ${isAskedFor(filter)} limit ${countMaxOf(filter.sought) + 1}) few`.execute(
    db,
  );
  return rows[0]?.count ?? 0;
}

/** One finding as lists show it; null when the round has none of that id. */
export async function findFindingItem(
  db: InspectionDb,
  round: Round,
  id: number,
): Promise<FindingItem | null> {
  const { rows } = await sql<FindingRow>`
    select ${ITEM_COLUMNS} from ${FINDINGS} where f.round_id = ${round.id} and f.id = ${id}`.execute(
    db,
  );
  return (await toItems(db, round, rows))[0] ?? null;
}

/** The findings before and after one in a list of this filter and order, whether or not it is in the list itself. */
export async function neighboursOf(
  db: InspectionDb,
  filter: FindingFilter,
  order: FindingOrder,
  id: number,
): Promise<{ prevId: number | null; nextId: number | null }> {
  const key = SORT_KEY[order.by];
  const source = sourceOf(filter, order);
  const step = async (isForward: boolean): Promise<number | null> => {
    const [compare, direction] =
      isForward === order.descending ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
    // By id alone an index leads to the neighbour; by another key the list is walked.
    const { rows } =
      order.by === 'id'
        ? await sql<{ id: number }>`
            select f.id from ${source} where ${isAskedFor(filter)} and f.id ${compare} ${id}
             order by f.id ${direction} limit 1`.execute(db)
        : await sql<{ id: number }>`
            with here as (select ${key} as key, f.id from ${FINDINGS} where f.id = ${id})
            select f.id from ${source}, here
             where ${isAskedFor(filter)} and (${key}, f.id) ${compare} (here.key, here.id)
             order by ${key} ${direction}, f.id ${direction} limit 1`.execute(db);
    return rows[0]?.id ?? null;
  };
  return { prevId: await step(false), nextId: await step(true) };
}

interface FindingRow {
  id: number;
  kind: SubjectKind;
  subject_id: number;
  rule_id: string;
  status: Judgement['status'];
  review: ReviewState;
  source: string;
  excerpt: string | null;
  reason: string | null;
  name: string;
  identity: string;
  sponsor_id: number;
  sponsor_name: string;
  print_row: string;
}

const ITEM_COLUMNS = sql`f.id, f.kind, f.subject_id, f.rule_id, f.status, f.review, f.source, s.print_row,
  f.judgement#>>'{evidence,0,excerpt}' as excerpt, coalesce(f.judgement->>'reason', f.judgement->>'note') as reason,
  ${SUBJECT_NAME} as name, ${IDENTITY} as identity, ${SPONSOR_ID} as sponsor_id, ${SPONSOR_NAME} as sponsor_name`;

async function toItems(
  db: InspectionDb,
  round: Round,
  rows: readonly FindingRow[],
): Promise<FindingItem[]> {
  const ids = rows.map(({ id }) => id);
  const reviews = await listReviewsOf(db, ids);
  const contests = await listContestsOf(db, ids);
  const rules = new Map(round.ruleset.rules.map((rule) => [rule.id, rule]));
  return rows.map((row) => ({
    id: row.id,
    period: round.period,
    kind: row.kind,
    subject: {
      id: row.subject_id,
      name: row.name,
      identity: row.identity,
      unitId: row.sponsor_id,
      unitName: row.sponsor_name,
      printRow: row.print_row,
    },
    rule: ruleView(row.rule_id, rules.get(row.rule_id)),
    status: row.status,
    review: row.review,
    contested: contestedOf(contests.get(row.id) ?? []),
    source: row.source,
    excerpt: row.excerpt,
    reason: row.reason,
    confirmations: standingOf(
      reviews.get(row.id) ?? [],
      neededIn(round, row.rule_id),
    ).confirmations.map(({ reviewer, reviewedAt }) => ({ by: reviewer, at: reviewedAt })),
  }));
}

const CLASSES = { veto: 'veto', deduct: 'deduction', bonus: 'bonus', notice: 'notice' } as const;

function ruleView(id: string, rule: Rule | undefined): FindingItem['rule'] {
  return {
    id,
    label: rule?.printedLabel ?? id,
    class: rule ? CLASSES[rule.part] : 'notice',
    unverified: rule?.confidence === 'recall-unverified',
  };
}
