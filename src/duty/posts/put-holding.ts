import { maskPersonal } from '../../domain/account-record.ts';
import { type Acting, personOf } from '../../domain/acting.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { changeRecord } from '../../registry/index.ts';
import { type DutyTrx, dutyDb } from '../duty-db.ts';
import { OFFICE_MAX, PHONE_MAX, POST_SPECS, type Post } from './post.ts';
import type { DutySubject } from './subject.ts';

/** Who holds a post; dates in Asia/Shanghai, both included, `validTo` null = until somebody else does. */
export interface Holder {
  readonly name: string;
  readonly office: string;
  readonly phone: string;
  readonly validFrom: CalendarDate;
  readonly validTo: CalendarDate | null;
}

export interface CurrentHolding extends Holder {
  readonly id: number;
}

export const HOLDER_COLUMNS = [
  ...(['id', 'name', 'office', 'phone'] as const),
  ...(['valid_from as validFrom', 'valid_to as validTo'] as const),
] as const;

/** The holding of a post that no other has replaced; its days may be over. */
export async function currentHolding(
  trx: DutyTrx,
  { kind, id }: Pick<DutySubject, 'kind' | 'id'>,
  post: Post,
): Promise<CurrentHolding | null> {
  const row = await trx
    .selectFrom('duty_holding')
    .select(HOLDER_COLUMNS)
    .where('kind', '=', kind)
    .where('subject_id', '=', id)
    .where('post', '=', post)
    .where('replaced_at', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** Trimmed and within its limits. Throws {@link UserError} `duty.text`, `duty.dates`. */
export function cleanHolder(post: Post, given: Holder): Holder {
  const { title, nameMax } = POST_SPECS[post];
  const [name, office, phone] = [given.name.trim(), given.office.trim(), given.phone.trim()];
  const refuse = (field: string, message: string): UserError =>
    new UserError('duty.text', `${title}：${message}`, { field });
  if (name === '' || name.length > nameMax)
    throw refuse('name', `请写明姓名或单位名称，不超过 ${nameMax} 字。`);
  if (office.length > OFFICE_MAX) throw refuse('office', `部门和职务不超过 ${OFFICE_MAX} 字。`);
  if (phone.length > PHONE_MAX || !/^[\d\s+()（）、,，;；*转-]*$/u.test(phone))
    throw refuse('phone', `电话只写号码，不超过 ${PHONE_MAX} 字；两个号码用“、”隔开。`);
  const { validFrom, validTo } = given;
  if (validTo !== null && validTo < validFrom)
    throw new UserError('duty.dates', '截止日期早于起始日期。', { field: 'validTo' });
  return { name, office, phone, validFrom, validTo };
}

/** What the trail and notices tell of a holder: never the whole of a person's data. */
export const maskedHolder = (post: Post, { name, office, phone, validFrom, validTo }: Holder) => ({
  ...{ office, validFrom, validTo, phone: maskPersonal('phone', phone) },
  name: post === 'operator' ? name : maskPersonal('responsible', name),
});

interface Putting {
  readonly subject: DutySubject;
  readonly post: Post;
  readonly holder: Holder;
  readonly origin: 'console' | 'import' | 'handover';
  readonly at: Instant;
}

/**
 * Replaces the holding of a post, in the caller's transaction, which holds the register's lock and audits. One of the same first day is
 * a correction: the former was never in force. An account's register says the same from then on. Throws {@link UserError} `duty.dates`,
 * and what the register throws.
 */
export async function putHolding(
  trx: DutyTrx,
  acting: Acting,
  { subject, post, holder, origin, at }: Putting,
): Promise<void> {
  const current = await currentHolding(trx, subject, post);
  const eve = addDays(holder.validFrom, -1);
  if (current !== null) {
    if (holder.validFrom < current.validFrom)
      throw new UserError(
        'duty.dates',
        `现在的${POST_SPECS[post].title}从 ${current.validFrom} 起；起始日期不能更早。`,
        { field: 'validFrom' },
      );
    const endedBefore = current.validTo !== null && current.validTo < eve;
    await trx
      .updateTable('duty_holding')
      .set({ replaced_at: at, valid_to: endedBefore ? current.validTo : eve })
      .where('id', '=', current.id)
      .execute();
  }
  const { name: setBy, userId } = personOf(acting);
  const { name, office, phone, validFrom, validTo } = holder;
  await trx
    .insertInto('duty_holding')
    .values({
      ...{ kind: subject.kind, subject_id: subject.id, post, name, office, phone, origin },
      ...{ valid_from: validFrom, valid_to: validTo, replaced_at: null },
      ...{ set_by: setBy, set_by_id: userId, set_at: at },
    })
    .execute();
  if (subject.kind === 'account') await tellRegister(trx, { subject, post, holder, at });
}

async function tellRegister(
  trx: DutyTrx,
  { subject, post, holder, at }: Omit<Putting, 'origin'>,
): Promise<void> {
  const { registerName, registerPhone } = POST_SPECS[post];
  await changeRecord(dutyDb(trx), {
    accountId: subject.id,
    changes: [
      { field: registerName, value: holder.name },
      ...(registerPhone === undefined || holder.phone === ''
        ? []
        : [{ field: registerPhone, value: holder.phone }]),
    ],
    ...{ today: shanghaiDate(at), source: '责任人员' },
  });
}
