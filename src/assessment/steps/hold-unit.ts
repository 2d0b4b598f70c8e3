import type { Selectable, Transaction, Updateable } from 'kysely';
import { type Acting, assertSees, nameOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import {
  type AssessmentDeps,
  type AssessmentTables,
  assessmentDb,
  type UnitState,
} from '../assessment-db.ts';
import { parseScheme, type Scheme } from '../scheme.ts';

export type AssessmentTrx = Transaction<AssessmentTables>;

export const unknownAssessment = (): UserError =>
  new UserError('assessment.unknown', '没有这次考核。');

/** A unit of an assessment as somebody saw it: who decides on an older one is told so. */
export interface SeenUnit {
  readonly id: number;
  readonly unitId: number;
  readonly version: number;
  readonly at: Instant;
}

export interface HeldUnit {
  readonly id: number;
  readonly unitId: number;
  readonly unitName: string;
  readonly state: UnitState;
  readonly assessmentId: number;
  readonly scheme: Scheme;
}

interface Step {
  /** Of the audit trail, behind `assessment.`. */
  readonly name: string;
  readonly from: readonly UnitState[];
}

interface Change {
  readonly set: Updateable<AssessmentTables['assessment_unit']>;
  readonly detail: Readonly<Record<string, unknown>>;
}

/**
 * Holds one unit of an open assessment, lets `work` write, then writes the unit and the trail. Throws {@link UserError}
 * `assessment.unknown`, `assessment.state`, `assessment.changed`.
 */
export async function stepUnit(
  { store }: Pick<AssessmentDeps, 'store'>,
  acting: Acting,
  {
    step,
    seen,
    work,
  }: {
    readonly step: Step;
    readonly seen: SeenUnit;
    readonly work: (trx: AssessmentTrx, held: HeldUnit) => Promise<Change>;
  },
): Promise<void> {
  const { id, unitId, version } = seen;
  const { name: unitStep } = step;
  await store.transaction(async (anyTrx) => {
    const trx = assessmentDb(anyTrx) as AssessmentTrx;
    const head = await requireOpen(trx, id);
    const row = await trx
      .selectFrom('assessment_unit')
      .selectAll()
      .where('assessment_id', '=', id)
      .where('unit_id', '=', unitId)
      .forUpdate()
      .executeTakeFirst();
    assertSees(acting, unitId, unknownAssessment);
    if (row === undefined) throw unknownAssessment();
    if (row.version !== version)
      throw new UserError('assessment.changed', '您打开以后别人办过，请重新打开再办。', {
        family: 'state',
      });
    if (!step.from.includes(row.state))
      throw new UserError('assessment.state', '这个单位的考核现在不能这样办。', {
        family: 'state',
      });
    const { set, detail } = await work(trx, {
      ...{ id: row.id, unitId, unitName: row.unit_name, state: row.state, assessmentId: id },
      scheme: parseScheme(JSON.parse(head.scheme)),
    });
    await trx
      .updateTable('assessment_unit')
      .set({ ...set, version: version + 1 })
      .where('id', '=', row.id)
      .execute();
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: `assessment.${unitStep}` },
      ...{ subject: `assessment:${id}`, detail: { unitId, ...detail } },
      ...{ before: { state: row.state }, after: { state: set.state ?? row.state } },
    });
  });
}

/** The assessment, held against its end. Throws {@link UserError} `assessment.unknown`, `assessment.closed`. */
export async function requireOpen(
  trx: AssessmentTrx,
  id: number,
): Promise<Selectable<AssessmentTables['assessment']>> {
  const row = await trx
    .selectFrom('assessment')
    .selectAll()
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  if (row === undefined) throw unknownAssessment();
  if (row.state !== 'open')
    throw new UserError(
      'assessment.closed',
      row.state === 'published' ? '考核结果已经公布，不能再改。' : '这次考核已经撤销。',
      { family: 'state' },
    );
  return row;
}
