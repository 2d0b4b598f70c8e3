import type { Transaction } from 'kysely';
import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { countWorkdaysOrWeekdays } from '../domain/workday.ts';
import { recordAudit } from '../identity/index.ts';
import { findRoundBy } from '../inspection/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { queueNotices } from '../notify/index.ts';
import { listUnits } from '../registry/index.ts';
import type { StoreDeps } from '../store/store.ts';
import { type SelfCheckTables, selfCheckDb } from './self-check-db.ts';

export type SelfCheckTrx = Transaction<SelfCheckTables>;

/** A province has some 14 cities and 60 departments. */
export const UNITS_MAX = 500;
export const WORKDAYS_MAX = 60;

export const unknownSelfCheck = (): UserError =>
  new UserError('selfcheck.unknown', '没有这次自查。');

/** The units right below the topmost one: who is asked when nobody is named. */
export async function citiesOf({ store }: StoreDeps): Promise<{ id: number; name: string }[]> {
  const units = await listUnits(store.db);
  const roots = new Set(units.flatMap(({ id, parentId }) => (parentId === null ? [id] : [])));
  return units.filter(({ parentId }) => parentId !== null && roots.has(parentId));
}

export interface NewSelfCheck {
  readonly period: string;
  /** Empty: the units right below the topmost one. */
  readonly unitIds: readonly number[];
  /** Working days to hand in, the day of opening not counted. */
  readonly workdays: number;
  readonly note: string;
  readonly at: Instant;
}

/**
 * Asks units for their own checks of a round; each is told. Returns its id and the last day. Throws {@link UserError}
 * `identity.forbidden`, `round.unknown`, `selfcheck.workdays`, `selfcheck.units`, `selfcheck.exists`.
 */
export async function openSelfCheck(
  deps: StoreDeps,
  acting: Acting,
  { period, unitIds, workdays, note, at }: NewSelfCheck,
): Promise<{ id: number; dueOn: CalendarDate; units: number }> {
  assertMay(acting, 'selfcheck.open');
  if (!Number.isInteger(workdays) || workdays < 1 || workdays > WORKDAYS_MAX)
    throw new UserError('selfcheck.workdays', `期限请写 1 至 ${WORKDAYS_MAX} 个工作日。`, {
      field: 'workdays',
    });
  const units = await unitsNamed(deps, unitIds);
  const round = await findRoundBy(deps.store.db, { period });
  const due = countWorkdaysOrWeekdays(shanghaiDate(at), workdays);
  const actor = nameOf(acting);
  return deps.store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const row = await trx
      .insertInto('self_check')
      .values({
        ...{ round_id: round.id, state: 'open', workdays, due_on: due.date, note },
        ...{ is_provisional: due.provisional, opened_at: at, opened_by: actor },
        ...{ closed_at: null, closed_by: null },
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (row === undefined)
      throw new UserError('selfcheck.exists', `批次 ${period} 已经布置过自查。`, {
        family: 'state',
      });
    const { id } = row;
    await trx
      .insertInto('self_check_unit')
      .values(
        units.map((unit, place) => ({
          ...{ self_check_id: id, unit_id: unit.id, unit_name: unit.name, place },
        })),
      )
      .execute();
    await recordAudit(anyTrx, {
      ...{ actor, action: 'selfcheck.open', subject: `selfcheck:${id}` },
      ...{ detail: { units: units.length }, before: null },
      after: { period, dueOn: due.date, workdays },
    });
    const text = `请对照${round.label}的指标自查所辖网站和新媒体，在 ${due.date} 前导入自查结果。${note}`;
    await queueNotices(
      anyTrx,
      units.map((unit) => ({
        ...{ key: `selfcheck:${id}:open:${unit.id}`, kind: 'selfcheck.open' },
        ...{ to: { unitId: unit.id }, title: '请填报自查结果', text, urgent: false },
        link: `/self-checks/${id}/units/${unit.id}`,
      })),
      at,
    );
    return { id, dueOn: due.date, units: units.length };
  });
}

async function unitsNamed(
  deps: StoreDeps,
  unitIds: readonly number[],
): Promise<{ id: number; name: string }[]> {
  const all = await listUnits(deps.store.db);
  const wanted = new Set(unitIds);
  const units =
    unitIds.length === 0 ? await citiesOf(deps) : all.filter(({ id }) => wanted.has(id));
  if (
    units.length === 0 ||
    units.length > UNITS_MAX ||
    (wanted.size > 0 && units.length < wanted.size)
  )
    throw new UserError('selfcheck.units', `请选择名录里的单位，1 至 ${UNITS_MAX} 个。`, {
      field: 'unitIds',
    });
  return units;
}

/** Ends it: nothing is handed in any more, nobody reminded. Throws {@link UserError} `selfcheck.unknown`, `selfcheck.closed`. */
export async function closeSelfCheck(
  { store }: StoreDeps,
  acting: Acting,
  { id, at }: { readonly id: number; readonly at: Instant },
): Promise<void> {
  assertMay(acting, 'selfcheck.open');
  await store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const row = await trx
      .selectFrom('self_check')
      .select('state')
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst();
    if (row === undefined) throw unknownSelfCheck();
    if (row.state === 'closed') throw closed();
    await trx
      .updateTable('self_check')
      .set({ state: 'closed', closed_at: at, closed_by: nameOf(acting) })
      .where('id', '=', id)
      .execute();
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: 'selfcheck.close', subject: `selfcheck:${id}` },
      ...{ detail: {}, before: { state: 'open' }, after: { state: 'closed' } },
    });
  });
}

export const closed = (): UserError =>
  new UserError('selfcheck.closed', '这次自查已经结束，不能再填报；确需更正请联系主管单位。', {
    family: 'state',
  });
