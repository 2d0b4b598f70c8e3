import { createHash } from 'node:crypto';
import { type Acting, assertSees } from '../../domain/acting.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { type LifecycleDb, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { type Duty, type DutyItem, findDuty, itemsOf } from './duty.repository.ts';

export interface DutyView {
  readonly duty: Duty;
  readonly items: readonly DutyItem[];
  /** Stands for what is shown: whoever confirms says what he saw. */
  readonly seen: string;
  /** Cases made for these items that are under way or done, by item. */
  readonly cases: readonly DutyCase[];
}

export interface DutyCase {
  readonly id: number;
  readonly accountId: number;
  readonly state: string;
}

/** Throws {@link UserError} `upkeep.unknown`, also for what lies outside of somebody's sight. */
export const unknownDuty = (): UserError => new UserError('upkeep.unknown', '没有这项维护确认。');

/** One unit's duty of one month. Throws {@link UserError} `upkeep.unknown`. */
export async function readDuty(
  { store }: LifecycleDeps,
  acting: Acting,
  dutyId: number,
): Promise<DutyView> {
  const db = lifecycleDb(store.db);
  const duty = await findDuty(db, dutyId);
  if (duty === null) throw unknownDuty();
  assertSees(acting, duty.unitId, unknownDuty);
  const items = await itemsOf(db, dutyId);
  return { duty, items, seen: digestOf(items), cases: await casesOf(db, dutyId) };
}

/** What the live items show, as one text: it changes with any value that somebody confirms. */
export function digestOf(items: readonly DutyItem[]): string {
  const live = items.filter(({ isLive }) => isLive);
  const shown = live.map(({ kind, subjectId, values }) => [kind, subjectId, values]);
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 32);
}

/** Cases that were made out of a duty and were not taken back or refused. */
export async function casesOf(db: LifecycleDb, dutyId: number): Promise<DutyCase[]> {
  const rows = await db
    .selectFrom('account_case')
    .select(['id', 'account_id', 'state'])
    .where('origin', '=', 'upkeep')
    .where('origin_ref', '=', `duty:${dutyId}`)
    .where('state', 'not in', ['withdrawn', 'rejected'])
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, account_id: accountId, state }) =>
    accountId === null ? [] : [{ id, accountId, state }],
  );
}
