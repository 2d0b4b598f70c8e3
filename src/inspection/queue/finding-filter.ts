import { type RawBuilder, sql } from 'kysely';
import type { Person } from '../../domain/acting.ts';
import type { Scope } from '../../domain/actor.ts';
import type { Judgement, ReviewState } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { idList, type Sought } from '../read/find-words.ts';
import { allOf, holdsWords, isAmong } from '../subject-columns.ts';
import type { ContestState } from '../tables.ts';

/** Which findings of a round somebody asks for; what is left out does not narrow. */
export interface FindingFilter {
  readonly roundId: number;
  readonly scope: Scope;
  readonly statuses: readonly Judgement['status'][];
  readonly reviews?: readonly ReviewState[];
  readonly kind?: SubjectKind;
  readonly subject?: { readonly kind: SubjectKind; readonly id: number };
  readonly ruleId?: string;
  /** Sponsors: a unit and all below it. */
  readonly unitIds?: readonly number[];
  readonly sought?: Sought;
  readonly contested?: ContestState;
  /** `waiting`: for this person's decision; `decided`: he decided something. */
  readonly mine?: { readonly how: 'waiting' | 'decided'; readonly person: Person };
}

export const FINDING_SORTS = ['id', 'unit', 'rule', 'review'] as const;
export type FindingSort = (typeof FINDING_SORTS)[number];

/** What findings are ordered by, before their id. */
export const SORT_KEY: Readonly<Record<FindingSort, RawBuilder<unknown>>> = {
  id: sql`f.id`,
  unit: sql`s.print_row`,
  rule: sql`f.rule_id`,
  review: sql`f.review`,
};

/** Findings with the subjects that they are about. */
export const FINDINGS: RawBuilder<unknown> = sql`finding f
  join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id`;

/** Whether a filter looks at the subjects too; one that does not is counted without them. */
export const asksOfSubjects = ({ sought }: FindingFilter): boolean => sought?.hits === null;

/** All that a finding may be: whoever asks for each of these does not narrow. */
const STATUSES: readonly Judgement['status'][] = [
  'breached',
  'undetermined',
  'met',
  'notApplicable',
];

export function isAskedFor(filter: FindingFilter): RawBuilder<boolean> {
  const { kind, subject, ruleId, unitIds, sought, contested, mine, reviews } = filter;
  return allOf([
    sql<boolean>`f.round_id = ${filter.roundId}`,
    ...(filter.scope === 'all' ? [] : [isOf(filter.scope)]),
    ...(STATUSES.every((status) => filter.statuses.includes(status))
      ? []
      : [sql<boolean>`f.status = any(${textList(filter.statuses)}::text[])`]),
    ...(reviews ? [sql<boolean>`f.review = any(${textList(reviews)}::text[])`] : []),
    ...(kind ? [sql<boolean>`f.kind = ${kind}`] : []),
    ...(subject ? [sql<boolean>`f.kind = ${subject.kind} and f.subject_id = ${subject.id}`] : []),
    ...(ruleId ? [sql<boolean>`f.rule_id = ${ruleId}`] : []),
    ...(unitIds ? [isOf(unitIds)] : []),
    ...(sought ? [holds(sought)] : []),
    ...(contested
      ? [
          sql<boolean>`exists (select 1 from contest c where c.finding_id = f.id and c.state = ${contested})`,
        ]
      : []),
    ...(mine ? [isMine(mine)] : []),
  ]);
}

const isOf = (unitIds: Iterable<number>): RawBuilder<boolean> =>
  sql<boolean>`f.sponsor_id = any(${idList(unitIds)}::int[])`;

const holds = (sought: Sought): RawBuilder<boolean> =>
  sought.hits === null ? holdsWords(sought) : isAmong(sought.hits, sql`f.kind`, sql`f.subject_id`);

function isMine({ how, person }: NonNullable<FindingFilter['mine']>): RawBuilder<boolean> {
  const decided = sql<boolean>`exists (
    select 1 from finding_review r
     where r.finding_id = f.id and r.decision in ('confirm', 'reject', 'cannotJudge')
       and ${
         person.userId === null
           ? sql`r.reviewer_id is null and r.reviewer = ${person.name}`
           : sql`r.reviewer_id = ${person.userId}`
       })`;
  if (how === 'decided') return decided;
  return sql<boolean>`(f.review = 'open' or f.review = 'once' and not ${decided})`;
}

/** Statuses and states are words of ours: no quoting needed inside an array literal. */
const textList = (words: readonly string[]): string => `{${words.join(',')}}`;
