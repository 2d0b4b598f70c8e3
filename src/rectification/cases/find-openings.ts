import { sql } from 'kysely';
import type { Ruleset } from '../../domain/ruleset.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { RectificationDb } from '../rectification-db.ts';
import type { CaseRule, CaseSubject, RectificationState } from './case.ts';
import { type EarlierCase, kindOfPeriod } from './repeat-marks.ts';

/** A confirmed breach of an issued round that a case is opened for. */
export interface Opening {
  readonly findingId: number;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly unitId: number;
  readonly subject: CaseSubject;
  readonly rule: CaseRule;
}

interface OpenedRound {
  readonly id: number;
  readonly period: string;
  readonly window: readonly [CalendarDate, CalendarDate];
  readonly ruleset: Ruleset;
}

/** A round holds at most so many confirmed breaches; more than every subject of a province under several rules. */
const OPENINGS_MAX = 100_000;

/** Confirmed vetoes and deductions of a round that have no case yet, by unit and in the order of the findings; several of one rule are one. */
export async function findOpenings(db: RectificationDb, round: OpenedRound): Promise<Opening[]> {
  const rules = new Map(
    round.ruleset.rules
      .filter(({ part }) => part === 'veto' || part === 'deduct')
      .map((rule) => [rule.id, rule]),
  );
  const { rows } = await sql<Omit<Opening, 'rule'> & { readonly ruleId: string }>`
    select distinct on (f.kind, f.subject_id, f.rule_id)
           f.id as "findingId", f.kind, f.subject_id as "subjectId", f.rule_id as "ruleId",
           (s.subject->>'sponsorId')::int as "unitId",
           jsonb_build_object('name', s.subject->>'name',
             'identity', coalesce(s.subject->>'siteCode', s.subject->>'accountId', ''),
             'place', coalesce(s.subject->>'homeUrl', s.subject->>'platform', '')) as subject
      from finding f
      join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id
     where f.round_id = ${round.id} and f.status = 'breached' and f.review = 'confirmed' and s.checked
       and f.rule_id = any(${arrayLiteral([...rules.keys()])}::text[])
       and not exists (select 1 from rectification_case c where c.round_id = f.round_id and c.kind = f.kind
                        and c.subject_id = f.subject_id and c.rule_id = f.rule_id)
     order by f.kind, f.subject_id, f.rule_id, f.id
     limit ${OPENINGS_MAX}`.execute(db);
  return rows
    .map(({ ruleId, ...row }) => ({ ...row, rule: caseRule(round.ruleset, ruleId) }))
    .sort((a, b) => a.unitId - b.unitId || a.findingId - b.findingId);
}

export function caseRule(ruleset: Ruleset, ruleId: string): CaseRule {
  const rule = ruleset.rules.find(({ id }) => id === ruleId)!;
  const indicator = INDICATORS.find(({ id }) => id === ruleId);
  return {
    ...{ id: ruleId, label: rule.printedLabel, clause: indicator?.clause ?? rule.shortName },
    ...{ rulesetId: ruleset.id, rulesetVersion: ruleset.version ?? 1, rulesetHash: ruleset.hash },
    parameters: rule.parameters,
  };
}

export const keyOf = (given: {
  readonly kind: string;
  readonly subjectId: number;
  readonly ruleId: string;
}): string => `${given.kind}:${given.subjectId}:${given.ruleId}`;

/** An earlier case of the same subject and rule, with what has to become of it. */
export type KnownCase = EarlierCase & { readonly id: number; readonly state: RectificationState };

const columnsOf = (openings: readonly Opening[]) => sql`
  unnest(${arrayLiteral(openings.map(({ kind }) => kind))}::text[],
         ${arrayLiteral(openings.map(({ subjectId }) => subjectId))}::int[],
         ${arrayLiteral(openings.map(({ rule }) => rule.id))}::text[])`;

/** Cases of the same subjects and rules in rounds whose window ended earlier, oldest first, by {@link keyOf}. */
export async function earlierCases(
  db: RectificationDb,
  round: OpenedRound,
  openings: readonly Opening[],
): Promise<Map<string, KnownCase[]>> {
  const { rows } = await sql<
    KnownCase & { readonly kind: SubjectKind; readonly subjectId: number; readonly ruleId: string }
  >`
    select c.id, c.kind, c.subject_id as "subjectId", c.rule_id as "ruleId", c.state, c.noticed_on as "noticedOn",
           coalesce(c.mended, false) as mended, c.reminders_ignored as "remindersIgnored"
      from ${columnsOf(openings)} as o (kind, subject_id, rule_id)
      join rectification_case c on c.kind = o.kind and c.subject_id = o.subject_id and c.rule_id = o.rule_id
      join round r on r.id = c.round_id
     where (r.window_to, r.id) < (${round.window[1]}::date, ${round.id}::int)
     order by c.noticed_on, c.id`.execute(db);
  return Map.groupBy(rows, keyOf);
}

/** Earlier issued rounds of the same kind that looked at the subject, newest first: whether the rule was breached there, by {@link keyOf}. */
export async function earlierRounds(
  db: RectificationDb,
  round: OpenedRound,
  openings: readonly Opening[],
): Promise<Map<string, boolean[]>> {
  const issued = await sql<{ id: number; period: string }>`
    select id, period from round
     where state = 'issued' and (window_to, id) < (${round.window[1]}::date, ${round.id}::int)`.execute(
    db,
  );
  const kind = kindOfPeriod(round.period);
  const ids = issued.rows.filter(({ period }) => kindOfPeriod(period) === kind).map(({ id }) => id);
  const { rows } = await sql<{
    kind: SubjectKind;
    subjectId: number;
    ruleId: string;
    breached: boolean;
  }>`
    select o.kind, o.subject_id as "subjectId", o.rule_id as "ruleId",
           exists (select 1 from finding f where f.round_id = r.id and f.kind = o.kind and f.subject_id = o.subject_id
                     and f.rule_id = o.rule_id and f.status = 'breached' and f.review = 'confirmed') as breached
      from ${columnsOf(openings)} as o (kind, subject_id, rule_id)
      join round_subject s on s.kind = o.kind and s.subject_id = o.subject_id and s.checked
      join round r on r.id = s.round_id
     where r.id = any(${arrayLiteral(ids)}::int[])
     order by r.window_to desc, r.id desc`.execute(db);
  return new Map(
    [...Map.groupBy(rows, keyOf)].map(([key, of]) => [key, of.map(({ breached }) => breached)]),
  );
}
