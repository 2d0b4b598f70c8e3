import { type Acting, assertMay, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { caseBriefs } from '../../rectification/index.ts';
import { unitsBelow } from '../../registry/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type DutyDb, type DutyTrx, dutyDb } from '../duty-db.ts';
import { type MeasureKind, measureKind } from './measure.ts';
import { mayJudge } from './sight.ts';

export interface ProposalInput {
  readonly unitId: number;
  readonly kind: MeasureKind;
  readonly reason: string;
  readonly demand: string;
  /** How many people are called to account (问责人次); 0 = the unit as a whole. */
  readonly people: number;
  /** Until when the unit is to do what is demanded; Asia/Shanghai. */
  readonly dueOn: CalendarDate | null;
  /** Cases of rectification that it is about. */
  readonly caseIds: readonly number[];
  readonly at: Instant;
}

export const CASES_MAX = 100;

/**
 * Proposes a measure against a unit that one supervises; nothing comes of it before somebody else decides. Throws {@link UserError}
 * `identity.forbidden`, `measure.unit`, `measure.cases`. Returns its id.
 */
export async function proposeMeasure(
  { store }: StoreDeps,
  acting: Acting,
  input: ProposalInput,
): Promise<{ id: number }> {
  assertMay(acting, 'duty.measure');
  const { unitId, kind, reason, demand, people, dueOn, at } = input;
  if (!mayJudge(acting, unitId) || (await unitsBelow(store.db, unitId)).length === 0)
    throw new UserError('measure.unit', '没有这个单位，或不由您监管；对本单位的措施由上级提出。', {
      field: 'unitId',
    });
  return store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    const cases = await casesOf(trx, unitId, input.caseIds);
    const { name, userId } = personOf(acting);
    const { id } = await trx
      .insertInto('accountability')
      .values({
        ...{ unit_id: unitId, kind, reason, demand, people, due_on: dueOn, state: 'proposed' },
        ...{ proposed_by: name, proposed_by_id: userId, proposed_at: at },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    if (cases.length > 0)
      await trx
        .insertInto('accountability_case')
        .values(
          cases.map((each) => ({ accountability_id: id, case_id: each.id, words: each.words })),
        )
        .execute();
    await recordAudit(trx, {
      ...{ actor: name, action: 'measure.propose', subject: `measure:${id}` },
      detail: { kind: measureKind(kind).title, unitId, cases: cases.map((each) => each.id) },
      ...{ before: null, after: { reason, demand, people, dueOn } },
    });
    return { id };
  });
}

async function casesOf(db: DutyDb, unitId: number, ids: readonly number[]) {
  if (ids.length === 0) return [];
  const below = new Set(await unitsBelow(dutyDb(db), unitId));
  const wanted = new Set(ids);
  const cases = (await caseBriefs(db, [...wanted])).filter((each) => below.has(each.unitId));
  if (cases.length !== wanted.size)
    throw new UserError('measure.cases', '有的整改事项不存在，或不是这个单位及其下属的。', {
      field: 'caseIds',
    });
  return cases;
}
