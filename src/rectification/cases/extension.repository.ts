import type { Person } from '../../domain/acting.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { RectificationDb, RectificationTables } from '../rectification-db.ts';

/** A request for more time (延期申请). */
export interface Extension {
  readonly id: number;
  readonly state: RectificationTables['rectification_extension']['state'];
  /** The deadline when it was asked. */
  readonly deadlineOn: CalendarDate;
  readonly wishedOn: CalendarDate;
  readonly grantedOn: CalendarDate | null;
  readonly reason: string;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly note: string;
}

export async function listExtensions(db: RectificationDb, caseId: number): Promise<Extension[]> {
  return db
    .selectFrom('rectification_extension')
    .select(['id', 'state', 'deadline_on as deadlineOn', 'wished_on as wishedOn', 'reason', 'note'])
    .select(['granted_on as grantedOn', 'asked_by as askedBy', 'asked_at as askedAt'])
    .select(['decided_by as decidedBy', 'decided_at as decidedAt'])
    .where('case_id', '=', caseId)
    .orderBy('id')
    .execute();
}

export async function pendingExtension(
  db: RectificationDb,
  caseId: number,
): Promise<Extension | null> {
  return (await listExtensions(db, caseId)).find(({ state }) => state === 'pending') ?? null;
}

export async function insertExtension(
  db: RectificationDb,
  caseId: number,
  asked: Pick<Extension, 'deadlineOn' | 'wishedOn' | 'reason'> & {
    readonly by: Person;
    readonly at: Instant;
  },
): Promise<void> {
  await db
    .insertInto('rectification_extension')
    .values({
      ...{ case_id: caseId, state: 'pending', deadline_on: asked.deadlineOn },
      ...{ wished_on: asked.wishedOn, granted_on: null, reason: asked.reason },
      ...{ asked_by: asked.by.name, asked_by_id: asked.by.userId, asked_at: asked.at },
      ...{ decided_by: null, decided_at: null },
    })
    .execute();
}

export async function decideExtension(
  db: RectificationDb,
  id: number,
  decided: {
    readonly grantedOn: CalendarDate | null;
    readonly by: Person;
    readonly at: Instant;
    readonly note: string;
  },
): Promise<void> {
  await db
    .updateTable('rectification_extension')
    .set({
      state: decided.grantedOn === null ? 'refused' : 'granted',
      ...{ granted_on: decided.grantedOn, decided_by: decided.by.name },
      ...{ decided_at: decided.at, note: decided.note },
    })
    .where('id', '=', id)
    .execute();
}

/** A request that nothing hangs on any more. */
export async function lapseExtension(
  db: RectificationDb,
  caseId: number,
  at: Instant,
): Promise<void> {
  await db
    .updateTable('rectification_extension')
    .set({ state: 'lapsed', decided_at: at })
    .where('case_id', '=', caseId)
    .where('state', '=', 'pending')
    .execute();
}
