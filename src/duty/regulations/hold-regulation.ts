import { sql } from 'kysely';
import { type Acting, assertMay, type Person } from '../../domain/acting.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { DutyTrx } from '../duty-db.ts';
import { within } from '../within.ts';
import { unknownRegulation } from './sight.ts';

export interface HeldRegulation {
  readonly id: number;
  readonly issuerId: number;
  readonly repealedOn: CalendarDate | null;
}

export interface HeldDraft {
  readonly id: number;
  readonly title: string;
  readonly body: string;
  readonly addresseeId: number | null;
  readonly effectiveOn: CalendarDate;
  readonly readBy: CalendarDate | null;
  readonly revision: number;
  readonly drafter: Person;
  readonly hasFile: boolean;
}

/** A regulation that somebody may write, locked. Throws {@link UserError} `identity.forbidden`, `regulation.unknown`, `regulation.repealed`. */
export async function holdRegulation(
  trx: DutyTrx,
  acting: Acting,
  id: number,
): Promise<HeldRegulation> {
  assertMay(acting, 'duty.edit');
  const { rows } = await sql<HeldRegulation>`
    select id, issuer_id as "issuerId", repealed_on as "repealedOn" from regulation
     where id = ${id} and ${within(acting, 'issuer_id')} for update`.execute(trx);
  const [held] = rows;
  if (held === undefined) throw unknownRegulation();
  if (held.repealedOn !== null)
    throw new UserError('regulation.repealed', `这项制度已于 ${held.repealedOn} 废止。`, {
      family: 'state',
    });
  return held;
}

/** The draft of a regulation that is held. */
export async function draftOf(trx: DutyTrx, regulationId: number): Promise<HeldDraft | null> {
  const { rows } = await sql<
    Omit<HeldDraft, 'drafter'> & { readonly name: string; readonly userId: number | null }
  >`
    select v.id, title, body, addressee_id as "addresseeId", effective_on as "effectiveOn", read_by as "readBy", revision,
           drafted_by as name, drafted_by_id as "userId", f.version_id is not null as "hasFile"
      from regulation_version v left join regulation_file f on f.version_id = v.id
     where regulation_id = ${regulationId} and state = 'draft'`.execute(trx);
  const [row] = rows;
  if (row === undefined) return null;
  const { name, userId, ...draft } = row;
  return { ...draft, drafter: { name, userId } };
}

/** The draft as somebody saw it. Throws {@link UserError} `regulation.no-draft`, `regulation.changed`. */
export async function requireDraft(
  trx: DutyTrx,
  regulationId: number,
  revision: number,
): Promise<HeldDraft> {
  const draft = await draftOf(trx, regulationId);
  if (draft === null)
    throw new UserError('regulation.no-draft', '这项制度没有待发布的草稿。', { family: 'state' });
  assertRevision(draft, revision);
  return draft;
}

export function assertRevision(draft: HeldDraft | null, seen: number | null): void {
  if ((draft?.revision ?? null) !== seen)
    throw new UserError('regulation.changed', '您打开以后别人改过草稿，请刷新后再办。', {
      family: 'state',
    });
}

export const trailRegulation = (id: number): string => `regulation:${id}`;
