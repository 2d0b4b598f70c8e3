import { type Kysely, type SqlBool, sql } from 'kysely';
import { type Acting, assertMay, assertSees, may, nameOf, scopeOf } from '../domain/acting.ts';
import { isInScope } from '../domain/actor.ts';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import {
  type AssessmentDeps,
  type AssessmentState,
  assessmentDb,
  type UnitState,
} from './assessment-db.ts';
import { type LineFile, listFiles } from './line-files.ts';
import { countedValue, valuesOf } from './line-values.ts';
import type { Evidence } from './measures/measure.ts';
import { type AssessmentRule, parseScheme, rulesInForce, type Scheme } from './scheme.ts';
import { type Outcome, type Score, scoreUnit } from './score.ts';
import { unknownAssessment } from './steps/hold-unit.ts';

/** Assessments that a list shows; one is opened a year. */
const ASSESSMENTS_MAX = 200;

export interface ListedAssessment {
  readonly id: number;
  readonly year: number;
  readonly name: string;
  readonly state: AssessmentState;
  readonly reportBy: CalendarDate;
  readonly measuredOn: CalendarDate;
  readonly publishedAt: Instant | null;
  readonly units: number;
  readonly reported: number;
  readonly reviewed: number;
}

export interface ListedUnit {
  readonly unitId: number;
  readonly unitName: string;
  readonly state: UnitState;
  readonly version: number;
  readonly returnReason: string;
  /** As it stands; kept once it is published. */
  readonly outcome: Outcome;
  readonly rank: number | null;
  /** Figures of the platform that the unit contradicts. */
  readonly objections: number;
  /** Whether what stands behind the score may be opened: by the unit, whoever is above it, the office. */
  readonly mayOpen: boolean;
}

export interface ReadLine {
  readonly rule: AssessmentRule;
  readonly measured: number | null;
  readonly evidence: readonly Evidence[];
  readonly claimed: number | null;
  readonly claimNote: string;
  readonly decided: number | null;
  readonly decisionNote: string;
  readonly decidedBy: string | null;
  /** What counts, and what it takes or gives in hundredths of a point; null = not decided. */
  readonly value: number | null;
  readonly centipoints: number | null;
  readonly files: readonly LineFile[];
}

/** A unit of the assessment lies in somebody's sight. */
const inSight = (acting: Acting) => {
  const scope = scopeOf(acting);
  return scope === 'all'
    ? sql<SqlBool>`true`
    : sql<SqlBool>`u.unit_id = any(${`{${[...scope].join(',')}}`}::int[])`;
};

const HEAD = sql`
  a.id, a.year, a.name, a.state, a.report_by as "reportBy", a.measured_on as "measuredOn", a.published_at as "publishedAt",
  count(*)::int as units, count(*) filter (where u.state <> 'reporting')::int as reported,
  count(*) filter (where u.state = 'reviewed')::int as reviewed`;

/** Assessments with a unit in somebody's sight, the newest first. Throws {@link UserError} `identity.forbidden`. */
export async function listAssessments(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
): Promise<ListedAssessment[]> {
  assertMay(acting, 'assessment.read');
  const { rows } = await sql<ListedAssessment>`
    select ${HEAD} from assessment a join assessment_unit u on u.assessment_id = a.id
     where ${inSight(acting)} group by a.id order by a.year desc, a.id desc limit ${ASSESSMENTS_MAX}`.execute(
    store.db,
  );
  return rows;
}

interface Found {
  readonly head: ListedAssessment;
  readonly scheme: Scheme;
}

async function require(
  db: Kysely<unknown>,
  acting: Acting,
  id: number,
  sight: ReturnType<typeof inSight>,
): Promise<Found> {
  assertMay(acting, 'assessment.read');
  const { rows } = await sql<ListedAssessment & { scheme: string }>`
    select ${HEAD}, a.scheme from assessment a join assessment_unit u on u.assessment_id = a.id
     where a.id = ${id} and ${sight} group by a.id`.execute(db);
  const [row] = rows;
  if (row === undefined) throw unknownAssessment();
  const { scheme, ...head } = row;
  return { head, scheme: parseScheme(JSON.parse(scheme)) };
}

export interface AssessmentPage {
  readonly head: ListedAssessment;
  readonly scheme: Scheme;
  readonly units: readonly ListedUnit[];
  readonly may: {
    readonly withdraw: boolean;
    /** Why it cannot be published now (Chinese), null = it can; undefined = somebody else's to do. */
    readonly publish?: string | null;
  };
}

/**
 * An assessment and its units: before publication those in somebody's sight, then all, because the result is public; best first, then
 * in the register's order. Throws {@link UserError} `assessment.unknown`.
 */
export async function readAssessment(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  id: number,
): Promise<AssessmentPage> {
  const { head, scheme } = await require(store.db as Kysely<unknown>, acting, id, inSight(acting));
  const db = assessmentDb(store.db);
  const sight = head.state === 'published' ? sql<SqlBool>`true` : inSight(acting);
  const units = await db
    .selectFrom('assessment_unit as u')
    .selectAll()
    .where('u.assessment_id', '=', id)
    .where(sight)
    .orderBy(sql`u.rank nulls last`)
    .orderBy('u.place')
    .execute();
  const lines = await db
    .selectFrom('assessment_line')
    .selectAll()
    .where(
      'assessment_unit_id',
      'in',
      units.map((unit) => unit.id),
    )
    .execute();
  const byUnit = Map.groupBy(lines, (line) => line.assessment_unit_id);
  const measured = new Set(rulesInForce(scheme).flatMap((rule) => (rule.measure ? [rule.id] : [])));
  const isOpen = head.state === 'open';
  return {
    ...{ head, scheme },
    may: {
      withdraw: isOpen && may(acting, 'assessment.review'),
      ...(isOpen && may(acting, 'assessment.publish') && { publish: whyNotPublish(acting, units) }),
    },
    units: units.map((unit) => ({
      ...{ unitId: unit.unit_id, unitName: unit.unit_name, state: unit.state },
      ...{ version: unit.version, returnReason: unit.return_reason, rank: unit.rank },
      mayOpen: isInScope(scopeOf(acting), unit.unit_id),
      objections: (byUnit.get(unit.id) ?? []).filter(
        ({ rule_id: ruleId, claim_note: note }) => measured.has(ruleId) && note !== '',
      ).length,
      outcome:
        unit.result === null
          ? scoreUnit(scheme, valuesOf(byUnit.get(unit.id) ?? [])).outcome
          : (JSON.parse(unit.result) as Score).outcome,
    })),
  };
}

function whyNotPublish(
  acting: Acting,
  units: readonly { readonly state: UnitState; readonly reviewed_by: string | null }[],
): string | null {
  const open = units.filter(({ state }) => state !== 'reviewed').length;
  if (open > 0) return `还有 ${open} 个单位没有核定。`;
  return units.some((unit) => unit.reviewed_by === nameOf(acting))
    ? '您核定过其中的单位，请由另一个人公布。'
    : null;
}

export interface AssessedUnit {
  readonly head: ListedAssessment;
  readonly unit: ListedUnit;
  readonly lines: readonly ReadLine[];
  /** What somebody may do here now. */
  readonly may: {
    readonly report: boolean;
    readonly review: boolean;
    /** Give the report back, or open its review again. */
    readonly return: boolean;
  };
}

/** One unit with all that stands in its lines: for itself, whoever is above it, and the office. Throws {@link UserError} `assessment.unknown`. */
export async function readAssessedUnit(
  deps: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  { id, unitId }: { readonly id: number; readonly unitId: number },
): Promise<AssessedUnit> {
  assertSees(acting, unitId, unknownAssessment);
  const { head, scheme, units } = await readAssessment(deps, acting, id);
  const unit = units.find((each) => each.unitId === unitId);
  if (unit === undefined) throw unknownAssessment();
  const rows = await assessmentDb(deps.store.db)
    .selectFrom('assessment_line as l')
    .innerJoin('assessment_unit as u', 'u.id', 'l.assessment_unit_id')
    .selectAll('l')
    .where('u.assessment_id', '=', id)
    .where('u.unit_id', '=', unitId)
    .execute();
  const { lines: scored } = scoreUnit(scheme, valuesOf(rows));
  const files = await listFiles(assessmentDb(deps.store.db), { id, unitId });
  const lines = rulesInForce(scheme).flatMap((rule): ReadLine[] => {
    const row = rows.find((each) => each.rule_id === rule.id);
    if (row === undefined) return [];
    return [
      {
        ...{ rule, measured: row.measured, evidence: JSON.parse(row.evidence) as Evidence[] },
        ...{ claimed: row.claimed, claimNote: row.claim_note, decided: row.decided },
        ...{ decisionNote: row.decision_note, decidedBy: row.decided_by, value: countedValue(row) },
        centipoints: scored.find(({ ruleId }) => ruleId === rule.id)?.centipoints ?? null,
        files: files.filter(({ ruleId }) => ruleId === rule.id),
      },
    ];
  });
  const isOpen = head.state === 'open';
  return {
    ...{ head, unit, lines },
    may: {
      report: isOpen && unit.state === 'reporting' && may(acting, 'assessment.report'),
      review: isOpen && unit.state !== 'reviewed' && may(acting, 'assessment.review'),
      return: isOpen && unit.state !== 'reporting' && may(acting, 'assessment.review'),
    },
  };
}
