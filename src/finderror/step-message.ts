import { sql } from 'kysely';
import { type Acting, assertMay, assertSees, personOf } from '../domain/acting.ts';
import type { Ability } from '../domain/actor.ts';
import { recordAudit } from '../identity/index.ts';
import { addMonths, type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { queueNotices } from '../notify/index.ts';
import type { StoreDeps } from '../store/store.ts';
import type { FindErrorState } from './find-error.ts';
import { findErrorDb } from './find-error-db.ts';

/** One step of a message: what it needs, from which states it may be taken, and what it changes. */
export interface Step {
  readonly name: string;
  readonly ability: Ability;
  readonly from: readonly FindErrorState[];
}

/** A message as a step finds it. */
export interface HeldMessage {
  readonly id: number;
  readonly unitId: number | null;
  readonly state: FindErrorState;
  readonly siteName: string;
  readonly receivedOn: CalendarDate;
  readonly dueOn: CalendarDate;
  readonly extendedTo: CalendarDate | null;
  readonly publishedAt: Instant | null;
  readonly version: number;
}

/** What somebody decided on: the message as he saw it. */
export interface Seen {
  readonly id: number;
  readonly version: number;
  readonly at: Instant;
}

export interface Change {
  readonly set: Readonly<Record<string, unknown>>;
  readonly note: string;
  readonly tellUnitId?: number;
}

const unknown = (): UserError => new UserError('finderror.unknown', '没有这条找错留言。');

/** Holds the message, asks `decide`, writes it, the step and the trail: two people at once cannot both decide. */
export async function takeStep(
  { store }: StoreDeps,
  acting: Acting,
  { step, seen, decide }: { step: Step; seen: Seen; decide: (held: HeldMessage) => Change },
): Promise<void> {
  assertMay(acting, step.ability);
  const { id, version, at } = seen;
  await store.transaction(async (trx) => {
    const { rows } = await sql<HeldMessage>`
      select id, unit_id as "unitId", state, site_name as "siteName", received_on as "receivedOn", due_on as "dueOn",
             extended_to as "extendedTo", published_at as "publishedAt", version from find_error where id = ${id} for update`.execute(
      trx,
    );
    const [held] = rows;
    if (held === undefined) throw unknown();
    assertSees(acting, held.unitId ?? 0, unknown);
    if (held.version !== version)
      throw new UserError('finderror.changed', '您打开以后别人办过这条留言，请重新打开再办。', {
        family: 'state',
      });
    if (!step.from.includes(held.state))
      throw new UserError('finderror.state', '这条留言现在不能这样办。', { family: 'state' });
    const { set, note, tellUnitId } = decide(held);
    const db = findErrorDb(trx);
    await db
      .updateTable('find_error')
      .set({ ...set, version: version + 1 })
      .where('id', '=', id)
      .execute();
    const { name, userId } = personOf(acting);
    await db
      .insertInto('find_error_step')
      .values({ find_error_id: id, step: step.name, by_name: name, by_id: userId, at, note })
      .execute();
    await recordAudit(trx, {
      ...{ actor: name, action: `finderror.${step.name}`, subject: `finderror:${id}` },
      ...{ detail: { note }, before: { state: held.state }, after: { state: held.state, ...set } },
    });
    if (tellUnitId !== undefined) await queueNotices(trx, [assignedNotice(held, tellUnitId)], at);
  });
}

const assignedNotice = (
  { id, siteName, dueOn, extendedTo, version }: HeldMessage,
  unitId: number,
) => ({
  ...{ key: `finderror:${id}:assigned:${unitId}:${version}`, kind: 'finderror.assigned' },
  ...{ to: { unitId }, title: '有一条找错留言待答复' },
  ...{ link: `/find-errors/${id}`, urgent: false },
  text: `“${siteName || '（没有写明网站）'}”的一条找错留言交给您单位，请在 ${extendedTo ?? dueOn} 前答复。`,
});

const NOTE_MAX = 500;
export const ANSWER_MAX = 2_000;

/** Throws {@link UserError} `finderror.text`. */
export function assertText(text: string, field: string, max: number): string {
  const clean = text.trim();
  if (clean === '' || clean.length > max)
    throw new UserError('finderror.text', `请写明，不超过 ${max} 字。`, { field });
  return clean;
}

/**
 * Gives a message to a unit: the office at first, later the unit that has it and says why it is another's (转办). The clock runs on from
 * the receipt. Throws {@link UserError} `finderror.unknown`, `finderror.state`, `finderror.changed`, `finderror.unit`.
 */
export async function assignMessage(
  deps: StoreDeps,
  acting: Acting,
  input: Seen & { readonly unitId: number; readonly note: string },
): Promise<void> {
  const { unitId, at } = input;
  const { rows } = await sql`select 1 from unit where id = ${unitId}`.execute(deps.store.db);
  if (rows.length === 0)
    throw new UserError('finderror.unit', '没有这个单位。', { field: 'unitId' });
  const step: Step = {
    ...{ name: 'assign', ability: 'finderror.assign', from: ['received', 'assigned', 'accepted'] },
  };
  await takeStep(deps, acting, {
    ...{ step, seen: input },
    decide: (held) => {
      if (held.unitId === unitId)
        throw new UserError('finderror.unit', '这条留言已经在这个单位。', { field: 'unitId' });
      const note = held.unitId === null ? input.note : assertText(input.note, 'note', NOTE_MAX);
      return {
        set: { unit_id: unitId, state: 'assigned', assigned_on: shanghaiDate(at) },
        ...{ note: note.slice(0, NOTE_MAX), tellUnitId: unitId },
      };
    },
  });
}

/** The unit says that the message is its own. Throws as {@link assignMessage}. */
export async function acceptMessage(deps: StoreDeps, acting: Acting, seen: Seen): Promise<void> {
  const step: Step = { name: 'accept', ability: 'finderror.reply', from: ['assigned'] };
  const decide = () => ({ set: { state: 'accepted' }, note: '' });
  await takeStep(deps, acting, { step, seen, decide });
}

/**
 * A complex matter is given longer, until a calendar month after its receipt at the most, before its day is over. Throws as
 * {@link assignMessage}, and `finderror.until`.
 */
export async function extendMessage(
  deps: StoreDeps,
  acting: Acting,
  input: Seen & { readonly until: CalendarDate; readonly reason: string },
): Promise<void> {
  const step: Step = {
    ...{ name: 'extend', ability: 'finderror.assign', from: ['assigned', 'accepted'] },
  };
  const note = assertText(input.reason, 'reason', NOTE_MAX);
  await takeStep(deps, acting, {
    ...{ step, seen: input },
    decide: (held) => {
      const due = held.extendedTo ?? held.dueOn;
      const latest = addMonths(held.receivedOn, 1);
      if (shanghaiDate(input.at) > due)
        throw new UserError('finderror.until', `期限（${due}）已过，不能再延期。`, {
          ...{ field: 'until', family: 'state' },
        });
      if (input.until <= due || input.until > latest)
        throw new UserError('finderror.until', `请写 ${due} 之后、${latest} 以前的日期。`, {
          field: 'until',
        });
      return { set: { extended_to: input.until }, note };
    },
  });
}

/** The unit answers: whether it is true, and what was done. Throws as {@link assignMessage}, and `finderror.text`. */
export async function answerMessage(
  deps: StoreDeps,
  acting: Acting,
  input: Seen & { readonly isTrue: boolean; readonly answer: string },
): Promise<void> {
  const answer = assertText(input.answer, 'answer', ANSWER_MAX);
  const { isTrue, at } = input;
  const step: Step = {
    ...{ name: 'answer', ability: 'finderror.reply', from: ['assigned', 'accepted'] },
  };
  const set = {
    ...{ state: 'answered', answered_at: at, answered_on: shanghaiDate(at) },
    ...{ answer, is_true: isTrue },
  };
  await takeStep(deps, acting, {
    ...{ step, seen: input },
    decide: () => ({ set, note: isTrue ? '属实' : '不属实' }),
  });
}
