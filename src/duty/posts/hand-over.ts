import {
  type Acting,
  assertMay,
  assertSees,
  isSamePerson,
  nameOf,
  personOf,
} from '../../domain/acting.ts';
import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import { recordAudit } from '../../identity/index.ts';
import { type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { defineNoticeKinds, queueNotices } from '../../notify/index.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type DutyTrx, dutyDb } from '../duty-db.ts';
import { POST_SPECS, type Post } from './post.ts';
import { cleanHolder, currentHolding, maskedHolder, putHolding } from './put-holding.ts';
import { type DutySubject, requireSubject, type SubjectKey, trailSubject } from './subject.ts';

/** `given`: the other side has not said anything; the rest are ends. */
export const HANDOVER_STATES = ['given', 'taken', 'declined', 'takenBack'] as const;
export type HandoverState = (typeof HANDOVER_STATES)[number];

/** Working days in which what was handed over is to be taken; our own, no rule sets it. */
export const HANDOVER_WORKDAYS = 3;
export const ITEMS_MAX = 50;
const ITEM_MAX = 200;
const NOTE_MAX = 500;

defineNoticeKinds({
  'duty.handover': { name: '责任人员交接' },
  'duty.chase': { name: '责任人员催办' },
});

export interface HandoverInput extends SubjectKey {
  readonly post: Post;
  readonly to: { readonly name: string; readonly office: string; readonly phone: string };
  /** The first day of who takes over. */
  readonly takesOn: CalendarDate;
  /** What is handed over: accounts and passwords, keys, open cases; words only. */
  readonly items: readonly string[];
  readonly note: string;
  readonly at: Instant;
}

/**
 * Hands a post over: nothing changes until somebody else takes it. Throws {@link UserError} `identity.forbidden`, `duty.unknown`,
 * `duty.vacant`, `duty.handover-open`, `duty.items`, `duty.text`, `duty.dates`. Returns its id.
 */
export async function handOver(
  { store }: StoreDeps,
  acting: Acting,
  input: HandoverInput,
): Promise<{ id: number }> {
  assertMay(acting, 'duty.edit');
  const { post, takesOn, at } = input;
  const to = cleanHolder(post, { ...input.to, validFrom: takesOn, validTo: null });
  const items = cleanItems(input.items);
  const note = cleanNote(input.note);
  return store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await lockInTransaction(trx, 'registry');
    const subject = await requireSubject(dutyDb(trx), acting, input);
    const current = await currentHolding(trx, subject, post);
    const { title } = POST_SPECS[post];
    if (current === null)
      throw new UserError('duty.vacant', `还没有登记${title}，请直接登记，不用交接。`, {
        family: 'state',
      });
    if (takesOn < current.validFrom)
      throw new UserError('duty.dates', `接手日期不能早于 ${current.validFrom}。`, {
        field: 'takesOn',
      });
    await assertNoneOpen(trx, subject, post);
    const today = shanghaiDate(at);
    const dueOn = addWorkdaysOrWeekdays(takesOn > today ? takesOn : today, HANDOVER_WORKDAYS);
    const giver = personOf(acting);
    const { id } = await trx
      .insertInto('duty_handover')
      .values({
        ...{ kind: subject.kind, subject_id: subject.id, post, from_name: current.name },
        ...{ to_name: to.name, to_office: to.office, to_phone: to.phone, note, state: 'given' },
        ...{ takes_on: takesOn, due_on: dueOn, items: JSON.stringify(items) },
        ...{ given_by: giver.name, given_by_id: giver.userId, given_at: at },
        ...{ decided_by: null, decided_at: null },
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await recordAudit(trx, {
      ...{ actor: giver.name, action: 'duty.hand', subject: trailSubject(subject) },
      detail: { post: title, items, note, handover: id, dueOn },
      ...{ before: maskedHolder(post, current), after: maskedHolder(post, to) },
    });
    await queueNotices(trx, [notice(subject, { id, post, dueOn })], at);
    return { id };
  });
}

async function assertNoneOpen(trx: DutyTrx, { kind, id }: DutySubject, post: Post): Promise<void> {
  const open = await trx
    .selectFrom('duty_handover')
    .select('id')
    .where('kind', '=', kind)
    .where('subject_id', '=', id)
    .where('post', '=', post)
    .where('state', '=', 'given')
    .executeTakeFirst();
  if (open !== undefined)
    throw new UserError(
      'duty.handover-open',
      '这个岗位有一次交接还没有接收；请先接收、退回或撤回它。',
      { family: 'state' },
    );
}

const notice = (
  { kind, id: subjectId, name, unitId }: DutySubject,
  { id, post, dueOn }: { readonly id: number; readonly post: Post; readonly dueOn: CalendarDate },
) => ({
  ...{ key: `duty:handover:${id}`, kind: 'duty.handover', to: { unitId }, urgent: false },
  title: `“${name}”的${POST_SPECS[post].title}交接，等接手的人确认`,
  text: `请接手的人核对交接清单，在 ${dueOn} 前确认接收；清单不对的，写明原因退回。`,
  link: `/${kind}s/${subjectId}`,
});

function cleanItems(given: readonly string[]): string[] {
  const items = given.map((item) => item.trim()).filter((item) => item !== '');
  if (
    items.length === 0 ||
    items.length > ITEMS_MAX ||
    items.some((item) => item.length > ITEM_MAX)
  )
    throw new UserError(
      'duty.items',
      `请写明交接哪些事项（账号、密码和介质、没有办完的事），最多 ${ITEMS_MAX} 项，每项不超过 ${ITEM_MAX} 字。`,
      { field: 'items' },
    );
  return items;
}

function cleanNote(given: string): string {
  const note = given.trim();
  if (note.length > NOTE_MAX)
    throw new UserError('duty.text', `说明不超过 ${NOTE_MAX} 字。`, { field: 'note' });
  return note;
}

export type HandoverOutcome = Exclude<HandoverState, 'given'>;

/** Outcomes by the trail's word for them. */
const STEPS = { taken: 'take', declined: 'decline', takenBack: 'takeBack' } as const;

interface HeldHandover {
  readonly id: number;
  readonly kind: SubjectKey['kind'];
  readonly subjectId: number;
  readonly post: Post;
  readonly name: string;
  readonly office: string;
  readonly phone: string;
  readonly validFrom: CalendarDate;
  readonly state: HandoverState;
  readonly givenBy: string;
  readonly givenById: number | null;
}

/**
 * Takes a hand-over (another person than who gave it: the post changes hands), declines it with a reason, or takes it back (who gave it).
 * Throws {@link UserError} `identity.forbidden`, `duty.handover-unknown`, `duty.handover-closed`, `duty.same-person`, `duty.text`,
 * and what {@link putHolding} throws.
 */
export async function decideHandover(
  { store }: StoreDeps,
  acting: Acting,
  input: {
    readonly id: number;
    readonly outcome: HandoverOutcome;
    readonly note: string;
    readonly at: Instant;
  },
): Promise<void> {
  assertMay(acting, 'duty.edit');
  const { id, outcome, at } = input;
  const note = cleanNote(input.note);
  await store.transaction(async (any) => {
    const trx = any as unknown as DutyTrx;
    await lockInTransaction(trx, 'registry');
    const [held, subject] = await holdHandover(trx, acting, id);
    assertDecides(acting, held, outcome, note);
    await trx
      .updateTable('duty_handover')
      .set({ state: outcome, decided_by: nameOf(acting), decided_at: at, decision_note: note })
      .where('id', '=', id)
      .execute();
    const { post, name, office, phone, validFrom } = held;
    const holder = { name, office, phone, validFrom, validTo: null };
    if (outcome === 'taken')
      await putHolding(trx, acting, { subject, post, holder, origin: 'handover', at });
    const handoverStep = STEPS[outcome];
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), subject: trailSubject(subject) },
      action: `duty.${handoverStep}`,
      detail: { post: POST_SPECS[post].title, handover: id, note },
      ...{ before: { state: held.state }, after: { state: outcome } },
    });
  });
}

async function holdHandover(
  trx: DutyTrx,
  acting: Acting,
  id: number,
): Promise<readonly [HeldHandover, DutySubject]> {
  const unknown = (): UserError => new UserError('duty.handover-unknown', '没有这次交接。');
  const held = await trx
    .selectFrom('duty_handover')
    .select(['id', 'kind', 'subject_id as subjectId', 'post', 'state', 'to_name as name'])
    .select(['to_office as office', 'to_phone as phone', 'takes_on as validFrom'])
    .select(['given_by as givenBy', 'given_by_id as givenById'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  if (held === undefined) throw unknown();
  const subject = await requireSubject(dutyDb(trx), acting, held).catch((error: unknown) => {
    throw error instanceof UserError ? unknown() : error;
  });
  assertSees(acting, subject.unitId, unknown);
  return [held, subject];
}

function assertDecides(
  acting: Acting,
  held: HeldHandover,
  outcome: HandoverOutcome,
  note: string,
): void {
  if (held.state !== 'given')
    throw new UserError('duty.handover-closed', '这次交接已经办完。', { family: 'state' });
  const giver = { name: held.givenBy, userId: held.givenById };
  const isGiver = isSamePerson(giver, personOf(acting));
  if (outcome === 'takenBack' && !isGiver)
    throw new UserError('duty.same-person', '只有发起交接的人能撤回；您可以写明原因退回。', {
      family: 'state',
    });
  if (outcome !== 'takenBack' && isGiver)
    throw new UserError('duty.same-person', '交接要两个人办：发起的人不能自己接收。', {
      family: 'state',
    });
  if (outcome === 'declined' && note === '')
    throw new UserError('duty.text', '请写明为什么退回。', { field: 'note' });
}
