import { type Acting, assertMay, assertSees, nameOf, personOf } from '../../domain/acting.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { markChecked } from '../../registry/index.ts';
import { type LifecycleDb, lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { type Duty, type DutyItem, itemsOf, lockDuty } from './duty.repository.ts';
import { casesOf, type DutyCase, digestOf, unknownDuty } from './read-duty.ts';

/** What an operator says of one item. */
export interface AnsweredItem {
  readonly kind: 'site' | 'account';
  readonly subjectId: number;
  /** `corrected`: an account's case says what changes; `reported`: the note does (sites have no cases). */
  readonly answer: 'unchanged' | 'corrected' | 'reported';
  readonly note: string;
}

export interface ConfirmInput {
  readonly dutyId: number;
  /** {@link DutyView.seen} of what was looked at. */
  readonly seen: string;
  readonly items: readonly AnsweredItem[];
  readonly note: string;
  readonly at: Instant;
}

/**
 * Confirms a unit's duty: every item that is still its own is answered, by what was really looked at. Throws {@link UserError}
 * `identity.forbidden`, `upkeep.unknown`, `upkeep.state`, `upkeep.changed`, `upkeep.items`.
 */
export async function confirmDuty(
  { store }: LifecycleDeps,
  acting: Acting,
  input: ConfirmInput,
): Promise<void> {
  assertMay(acting, 'upkeep.confirm');
  const person = personOf(acting);
  await store.transaction(async (trx) => {
    const db = lifecycleDb(trx);
    const duty = await lockDuty(db, input.dutyId);
    if (duty === null) throw unknownDuty();
    assertSees(acting, duty.unitId, unknownDuty);
    assertOpen(duty);
    const items = await itemsOf(db, duty.id);
    if (input.seen !== digestOf(items))
      throw new UserError(
        'upkeep.changed',
        '您打开之后，名录里的内容又变了；请刷新，核对新的内容再确认。',
        { family: 'state' },
      );
    const answered = answersFor(items, input.items, await casesOf(db, duty.id));
    await writeAnswers(db, duty.id, answered);
    await db
      .updateTable('upkeep_duty')
      .set({
        ...{ state: 'confirmed', confirmed_by: person.name, confirmed_by_id: person.userId },
        ...{ confirmed_at: input.at, note: input.note.trim() },
      })
      .where('id', '=', duty.id)
      .execute();
    const checked = answered.filter(
      ({ item, answer }) => item.kind === 'account' && answer !== 'gone',
    );
    await markChecked(
      trx,
      checked.map(({ item }) => item.subjectId),
      shanghaiDate(input.at),
    );
    const count = (answer: string): number =>
      answered.filter((each) => each.answer === answer).length;
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'upkeep.confirm', subject: `duty:${duty.id}` },
      detail: { month: duty.month, unit: duty.unitName },
      before: { state: '待确认' },
      after: {
        ...{ state: '已确认', unchanged: count('unchanged'), corrected: count('corrected') },
        reported: count('reported'),
      },
    });
  });
}

function assertOpen({ state, confirmedBy }: Duty): void {
  if (state === 'open') return;
  throw new UserError(
    'upkeep.state',
    state === 'confirmed'
      ? `${confirmedBy} 已经确认过了，不用再确认。`
      : '这个单位已没有要确认的网站和账号，不用确认。',
    { family: 'state' },
  );
}

interface KeptAnswer {
  readonly item: DutyItem;
  readonly answer: NonNullable<DutyItem['answer']>;
  readonly caseId: number | null;
  readonly note: string;
}

const keyOf = ({ kind, subjectId }: { kind: string; subjectId: number }): string =>
  `${kind}:${subjectId}`;

/** Each item with its answer; whoever left one out, or named one that is not his, is told which. */
function answersFor(
  items: readonly DutyItem[],
  given: readonly AnsweredItem[],
  cases: readonly DutyCase[],
): KeptAnswer[] {
  const byKey = new Map(given.map((each) => [keyOf(each), each]));
  const known = new Set(items.map(keyOf));
  const refuse = (message: string): UserError =>
    new UserError('upkeep.items', message, { field: 'items' });
  if (given.some((each) => !known.has(keyOf(each))))
    throw refuse('其中有不属于这项维护确认的网站或账号。');
  return items.map((item) => {
    if (!item.isLive) return { item, answer: 'gone', caseId: null, note: '' };
    const said = byKey.get(keyOf(item));
    const name = item.values?.name ?? item.name;
    if (said === undefined) throw refuse(`“${name}”还没有核对。`);
    const note = said.note.trim();
    if (said.answer === 'reported' && note === '') throw refuse(`“${name}”要写明哪里不对。`);
    const made = cases.findLast(
      ({ accountId, state }) =>
        item.kind === 'account' && accountId === item.subjectId && state !== 'draft',
    );
    if (said.answer === 'corrected' && made === undefined)
      throw refuse(`“${name}”选了更正，但还没有提交它的事项；请先办理并提交。`);
    const caseId = said.answer === 'corrected' ? (made?.id ?? null) : null;
    return { item, answer: said.answer, caseId, note };
  });
}

async function writeAnswers(
  db: LifecycleDb,
  dutyId: number,
  answers: readonly KeptAnswer[],
): Promise<void> {
  for (const { item, answer, caseId, note } of answers)
    await db
      .updateTable('upkeep_item')
      .set({ answer, case_id: caseId, note })
      .where('duty_id', '=', dutyId)
      .where('kind', '=', item.kind)
      .where('subject_id', '=', item.subjectId)
      .execute();
}
