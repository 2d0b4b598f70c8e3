import type { Selectable } from 'kysely';
import { type Acting, assertSees } from '../domain/acting.ts';
import { findRoundBy } from '../inspection/index.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { closed, type SelfCheckTrx, unknownSelfCheck } from './open-self-check.ts';
import { type SelfCheckTables, selfCheckDb } from './self-check-db.ts';

export type HandIn = Selectable<SelfCheckTables['self_check_hand_in']>;

/** What a unit hands in of a self-check. */
export interface AskedUnit {
  readonly id: number;
  readonly unitId: number;
}

/** The self-check, if the unit is asked and somebody sees it. Throws {@link UserError} `selfcheck.unknown`. */
export async function requireUnit(
  { store }: StoreDeps,
  acting: Acting,
  { id, unitId }: AskedUnit,
): Promise<{
  readonly check: Selectable<SelfCheckTables['self_check']>;
  readonly unitName: string;
  readonly revision: number;
  readonly askedOn: CalendarDate | null;
}> {
  assertSees(acting, unitId, unknownSelfCheck);
  const db = selfCheckDb(store.db);
  const check = await db
    .selectFrom('self_check')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  const unit = await db
    .selectFrom('self_check_unit')
    .select(['unit_name', 'revision', 'asked_on'])
    .where('self_check_id', '=', id)
    .where('unit_id', '=', unitId)
    .executeTakeFirst();
  if (check === undefined || unit === undefined) throw unknownSelfCheck();
  const { unit_name: unitName, revision, asked_on: askedOn } = unit;
  return { check, unitName, revision, askedOn };
}

/** The round that a self-check is of. */
export const roundOf = ({ store }: StoreDeps, check: { readonly round_id: number }) =>
  findRoundBy(store.db, { id: check.round_id });

/**
 * Holds what a unit hands in until the transaction ends: its newest version, if there is any. Throws {@link UserError}
 * `selfcheck.unknown`, `selfcheck.closed`.
 */
export async function holdUnit(
  trx: SelfCheckTrx,
  { id, unitId }: AskedUnit,
): Promise<{ readonly revision: number; readonly newest: HandIn | undefined }> {
  const check = await trx
    .selectFrom('self_check')
    .select('state')
    .where('id', '=', id)
    .forShare()
    .executeTakeFirst();
  const unit = await trx
    .selectFrom('self_check_unit')
    .select('revision')
    .where('self_check_id', '=', id)
    .where('unit_id', '=', unitId)
    .forUpdate()
    .executeTakeFirst();
  if (check === undefined || unit === undefined) throw unknownSelfCheck();
  if (check.state === 'closed') throw closed();
  const newest = await trx
    .selectFrom('self_check_hand_in')
    .selectAll()
    .where('self_check_id', '=', id)
    .where('unit_id', '=', unitId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return { revision: unit.revision, newest };
}

/** Counts a change of what a unit hands in. */
export async function countChange(
  trx: SelfCheckTrx,
  { id, unitId }: AskedUnit,
  revision: number,
): Promise<number> {
  await trx
    .updateTable('self_check_unit')
    .set({ revision: revision + 1 })
    .where('self_check_id', '=', id)
    .where('unit_id', '=', unitId)
    .execute();
  return revision + 1;
}

/** The draft as somebody saw it. Throws {@link UserError} `selfcheck.no-draft`, `selfcheck.changed`. */
export function requireDraft(
  { newest, revision }: { readonly newest: HandIn | undefined; readonly revision: number },
  seen: number,
): HandIn {
  if (newest === undefined || newest.state !== 'draft')
    throw new UserError('selfcheck.no-draft', '没有草稿；请先导入自查结果。', { family: 'state' });
  if (revision !== seen)
    throw new UserError('selfcheck.changed', '您打开以后草稿改过，请重新打开再办。', {
      family: 'state',
    });
  return newest;
}
