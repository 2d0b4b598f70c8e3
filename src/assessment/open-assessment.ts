import type { Transaction } from 'kysely';
import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import {
  type CalendarDate,
  type Instant,
  isCalendarDate,
  shanghaiDate,
} from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { queueNotices } from '../notify/index.ts';
import { loadUnitTree, unitsBelow } from '../registry/index.ts';
import { type AssessmentDeps, type AssessmentTables, assessmentDb } from './assessment-db.ts';
import { measureUnits } from './measures/index.ts';
import type { Figure, MeasuredUnit, MeasuredYear } from './measures/measure.ts';
import { type MeasureId, rulesInForce, type Scheme } from './scheme.ts';

/** Units of one assessment; a province has some 14 cities and 60 departments. */
export const UNITS_MAX = 500;
const FIRST_YEAR = 2017;

export interface NewAssessment {
  readonly year: number;
  /** Units that are assessed, each with all below it. */
  readonly unitIds: readonly number[];
  /** The last day on which units report. */
  readonly reportBy: CalendarDate;
  readonly at: Instant;
}

/** The days of a year that can be counted by `today`. Throws {@link UserError} `assessment.year`: of a year to come there is nothing to count. */
export function measuredYear(year: number, today: CalendarDate): MeasuredYear {
  const present = Number(today.slice(0, 4));
  if (!Number.isInteger(year) || year < FIRST_YEAR || year > present)
    throw new UserError('assessment.year', `请写 ${FIRST_YEAR} 至 ${present} 之间的年份。`, {
      field: 'year',
    });
  const [from, end] = [`${year}-01-01`, `${year}-12-31`];
  return { year, from, to: end < today ? end : today, today };
}

/** The figures that the scheme wants. */
export const wantedFigures = (scheme: Scheme): ReadonlySet<MeasureId> =>
  new Set(rulesInForce(scheme).flatMap(({ measure }) => (measure === null ? [] : [measure])));

export async function measuredUnits(
  { store }: Pick<AssessmentDeps, 'store'>,
  unitIds: readonly number[],
): Promise<MeasuredUnit[]> {
  const units: MeasuredUnit[] = [];
  for (const unitId of unitIds)
    units.push({ unitId, below: new Set(await unitsBelow(store.db, unitId)) });
  return units;
}

/**
 * Opens the assessment of a year: counts what the platform knows, and asks every unit for the rest. Returns its id. Throws
 * {@link UserError} `assessment.year`, `assessment.units`, `assessment.report-by`, `assessment.exists`.
 */
export async function openAssessment(
  deps: AssessmentDeps,
  acting: Acting,
  { year, unitIds, reportBy, at }: NewAssessment,
): Promise<number> {
  assertMay(acting, 'assessment.review');
  const today = shanghaiDate(at);
  const measured = measuredYear(year, today);
  if (!isCalendarDate(reportBy) || reportBy < today)
    throw new UserError('assessment.report-by', '自评的期限请写今天以后的日期，如 2027-01-20。', {
      field: 'reportBy',
    });
  const named = await unitsOf(deps, unitIds);
  const { assessment: scheme, store } = deps;
  const figures = await measureUnits(store, {
    wanted: wantedFigures(scheme),
    units: await measuredUnits(deps, unitIds),
    year: measured,
  });
  const actor = nameOf(acting);
  return store.transaction(async (anyTrx) => {
    const trx = assessmentDb(anyTrx) as Transaction<AssessmentTables>;
    const row = await trx
      .insertInto('assessment')
      .values({
        ...{ year, name: scheme.name, scheme: JSON.stringify(scheme), state: 'open' },
        ...{ report_by: reportBy, measured_on: today, opened_at: at, opened_by: actor },
        ...{ published_at: null, published_by: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined)
      throw new UserError('assessment.exists', `${year} 年的“${scheme.name}”已经开了。`, {
        family: 'state',
      });
    const { id } = row;
    for (const [place, { unitId, name }] of named.entries())
      await insertUnit(trx, { id, place, unitId, name, scheme, figures });
    await recordAudit(anyTrx, {
      ...{ actor, action: 'assessment.open', subject: `assessment:${id}` },
      ...{ detail: { units: unitIds.length }, before: null, after: { year, reportBy } },
    });
    const text = `${year} 年${scheme.name}已开始，请在 ${reportBy} 前填报自评。`;
    await queueNotices(
      anyTrx,
      named.map(({ unitId }) => ({
        ...{ key: `assessment:${id}:open:${unitId}`, kind: 'assessment.open', to: { unitId } },
        ...{ title: '请填报年度考核自评', text, link: `/assessments/${id}`, urgent: false },
      })),
      at,
    );
    return id;
  });
}

/** The chosen units by name, in the order of the register. None may lie below another: it would be assessed twice. */
async function unitsOf(
  { store }: Pick<AssessmentDeps, 'store'>,
  unitIds: readonly number[],
): Promise<{ unitId: number; name: string }[]> {
  const wrong = (words: string): UserError =>
    new UserError('assessment.units', words, { field: 'unitIds' });
  const chosen = new Set(unitIds);
  if (chosen.size === 0 || chosen.size !== unitIds.length || chosen.size > UNITS_MAX)
    throw wrong(`请选 1 至 ${UNITS_MAX} 个单位，每个一次。`);
  const tree = await loadUnitTree(store.db);
  const units = unitIds.map((id) => {
    const unit = tree.get(id);
    if (unit === undefined) throw wrong(`没有编号为 ${id} 的单位。`);
    const above = tree.chain(id).find((other) => other.id !== id && chosen.has(other.id));
    if (above) throw wrong(`“${unit.name}”在“${above.name}”之下，不能两个都选。`);
    return unit;
  });
  return units
    .sort((one, other) => one.printOrder - other.printOrder || one.id - other.id)
    .map(({ id, name }) => ({ unitId: id, name }));
}

async function insertUnit(
  trx: Transaction<AssessmentTables>,
  {
    id,
    place,
    unitId,
    name,
    scheme,
    figures,
  }: {
    readonly id: number;
    readonly place: number;
    readonly unitId: number;
    readonly name: string;
    readonly scheme: Scheme;
    readonly figures: ReadonlyMap<MeasureId, ReadonlyMap<number, Figure>>;
  },
): Promise<void> {
  const row = await trx
    .insertInto('assessment_unit')
    .values({
      ...{ assessment_id: id, unit_id: unitId, unit_name: name, place, state: 'reporting' },
      ...{ reported_at: null, reported_by: null, reviewed_at: null, reviewed_by: null },
      ...{ result: null, rank: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const lines = rulesInForce(scheme).map(({ id: ruleId, measure }) => {
    const figure = measure === null ? undefined : figures.get(measure)?.get(unitId);
    return {
      ...{ assessment_unit_id: row.id, rule_id: ruleId, measured: figure?.count ?? null },
      ...{ evidence: JSON.stringify(figure?.evidence ?? []), claimed: null, decided: null },
      decided_by: null,
    };
  });
  await trx.insertInto('assessment_line').values(lines).execute();
}
