import { type Kysely, sql } from 'kysely';
import type { SubjectKind } from '../../domain/subject.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { requireRound, requireRoundById } from '../round.repository.ts';
import type { Round } from '../round.ts';

/** A subject of a round as it was registered then. */
export interface OutcomeSubject {
  readonly kind: SubjectKind;
  readonly id: number;
  readonly name: string;
  readonly sponsorName: string;
  /** Whether the round checked it: a sample leaves most out. */
  readonly checked: boolean;
}

/** What a round says of a subject and a rule that enters bulletins, rejected findings aside; a doubted breach is undetermined. */
export interface OutcomeFinding {
  readonly id: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly ruleId: string;
  readonly status: 'breached' | 'undetermined';
}

/** A round by its id or its period. Throws {@link UserError} `round.unknown`. */
export async function findRoundBy<Tables>(
  db: Kysely<Tables>,
  by: { readonly id: number } | { readonly period: string },
): Promise<Round> {
  const own = db as unknown as InspectionDb;
  return 'id' in by ? requireRoundById(own, by.id) : requireRound(own, by.period);
}

type SubjectOf = Pick<OutcomeSubject, 'kind' | 'id'>;

export interface RoundOutcome {
  /** Subjects of the sponsors in the round's register, checked or not. */
  readonly total: number;
  /** Those that are asked for, or that something stands against, in the register's order. */
  readonly subjects: readonly OutcomeSubject[];
  readonly findings: readonly OutcomeFinding[];
}

/**
 * What a round says of the subjects of some sponsors: all breaches, and what is undetermined of the subjects asked for. A province's
 * round leaves many accounts undetermined: of those that nobody asks for nothing is read.
 */
export async function readRoundOutcome<Tables>(
  db: Kysely<Tables>,
  round: Round,
  {
    unitIds,
    asked,
  }: {
    readonly unitIds: readonly number[];
    readonly asked: readonly SubjectOf[];
  },
): Promise<RoundOutcome> {
  const units = sql`any(${arrayLiteral(unitIds)}::int[])`;
  const named = sql`(kind, subject_id) in (select * from ${subjectsTable(asked)})`;
  const findings = await sql<OutcomeFinding>`
    select id, kind, subject_id as "subjectId", rule_id as "ruleId",
           case when review = 'cannotJudge' then 'undetermined' else status end as status
      from finding
     where ${standing(round, unitIds)} and (status = 'breached' and review <> 'cannotJudge' or ${named})
     order by id`.execute(db);
  const failing = findings.rows.flatMap(({ status, kind, subjectId }) =>
    status === 'breached' ? [{ kind, id: subjectId }] : [],
  );
  const subjects = await sql<OutcomeSubject>`
    select kind, subject_id as id, subject->>'name' as name, subject->>'sponsorName' as "sponsorName", checked
      from round_subject
     where round_id = ${round.id} and sponsor_id = ${units}
       and (kind, subject_id) in (select * from ${subjectsTable([...asked, ...failing])})
     order by kind desc, registry_order, subject_id`.execute(db);
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from round_subject
     where round_id = ${round.id} and sponsor_id = ${units}`.execute(db);
  const total = counted.rows[0]?.total ?? 0;
  return { total, subjects: subjects.rows, findings: findings.rows };
}

/**
 * Of some subjects: how many the round's register has under the sponsors, and how many of those it checked and neither found anything
 * against nor left undetermined. Only counted: a city looks at thousands of which nothing is to be said.
 */
export async function countOutcome<Tables>(
  db: Kysely<Tables>,
  round: Round,
  { unitIds, asked }: { readonly unitIds: readonly number[]; readonly asked: readonly SubjectOf[] },
): Promise<{ readonly known: number; readonly good: number }> {
  const { rows } = await sql<{ known: number; good: number }>`
    select count(*)::int as known, count(*) filter (where s.checked and f.subject_id is null)::int as good
      from ${subjectsTable(asked)} as a (kind, subject_id)
      join round_subject s on s.round_id = ${round.id} and s.kind = a.kind and s.subject_id = a.subject_id
       and s.sponsor_id = any(${arrayLiteral(unitIds)}::int[])
      left join (select distinct kind, subject_id from finding where ${standing(round, unitIds)}) f
        on f.kind = s.kind and f.subject_id = s.subject_id`.execute(db);
  return rows[0]!;
}

const subjectsTable = (subjects: readonly SubjectOf[]) =>
  sql`unnest(${arrayLiteral(subjects.map(({ kind }) => kind))}::text[], ${arrayLiteral(subjects.map(({ id }) => id))}::int[])`;

/** Findings against subjects of the sponsors that enter bulletins, rejected ones aside. */
function standing(round: Round, unitIds: readonly number[]) {
  const rules = round.ruleset.rules.flatMap(({ id, part }) =>
    part === 'veto' || part === 'deduct' ? [id] : [],
  );
  return sql`round_id = ${round.id} and sponsor_id = any(${arrayLiteral(unitIds)}::int[])
    and status in ('breached', 'undetermined') and review <> 'rejected'
    and rule_id = any(${arrayLiteral(rules)}::text[])`;
}
