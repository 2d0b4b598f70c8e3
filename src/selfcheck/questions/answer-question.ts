import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { addWorkdaysOrWeekdays } from '../../domain/workday.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { queueNotices } from '../../notify/index.ts';
import type { StoreDeps } from '../../store/store.ts';
import { requireUnit } from '../hold-unit.ts';
import type { SelfCheckTrx } from '../open-self-check.ts';
import { selfCheckDb } from '../self-check-db.ts';
import { ASKED_BACK_WORKDAYS } from './chase-questions.ts';
import { holdQuestion, type Question, requireLine, type SeenQuestion } from './hold-question.ts';
import { REASONS, STAND_WORDS } from './question.ts';

/**
 * A city's answer to what the comparison asks on a line, with the files that were added; it may be replaced until the province accepts
 * it. Audited; the supervisors are told once a day. Throws {@link UserError} `identity.forbidden`, `selfcheck.reason`,
 * `selfcheck.answered`, and what `requireLine` and `holdQuestion` throw.
 */
export async function answerQuestion(
  deps: StoreDeps,
  acting: Acting,
  input: SeenQuestion & { readonly reason: string; readonly note: string; readonly at: Instant },
): Promise<{ version: number }> {
  assertMay(acting, 'selfcheck.submit');
  const { reason, at, ...seen } = input;
  const note = input.note.trim();
  const { compared, line } = await requireLine(deps, acting, seen);
  const words = Object.hasOwn(REASONS[line.category], reason) ? REASONS[line.category][reason] : '';
  if (!words)
    throw new UserError('selfcheck.reason', '请从列出的原因里选一个。', { field: 'reason' });
  if (reason === 'other' && note === '')
    throw new UserError('selfcheck.reason', '选“其他”请写明情况。', { field: 'note' });
  return deps.store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const question = await holdQuestion(trx, seen, line);
    if (question.stand === 'accepted') throw refuse(question);
    const answerId = await addStep(trx, question, {
      ...{ step: 'answer', reason, note, by_name: nameOf(acting), at },
    });
    await trx
      .updateTable('self_check_file')
      .set({ answer_id: answerId })
      .where('question_id', '=', question.id)
      .where('answer_id', 'is', null)
      .execute();
    const version = await moveTo(trx, question, { stand: 'answered', due_on: null });
    await recordAudit(anyTrx, {
      ...{ actor: nameOf(acting), action: 'selfcheck.answer', subject: `selfcheck:${seen.id}` },
      ...{ detail: detailOf(question), before: { stand: question.stand } },
      after: { reason: words, note },
    });
    const notice = {
      ...{ key: `selfcheck:${seen.id}:answered:${seen.unitId}:${shanghaiDate(at)}` },
      ...{ kind: 'selfcheck.answer', to: { role: 'supervisor' as const }, urgent: false },
      ...{ title: '自查比对有答复', text: `${compared.unitName}答复了比对里的问题，请核对。` },
      link: `/self-checks/${seen.id}/units/${seen.unitId}?view=comparison&stand=answered`,
    };
    await queueNotices(anyTrx, [notice], at);
    return { version };
  });
}

/**
 * The province's word on an answer: it is accepted, or asked back with what is still missing. Audited; the unit is told of what is
 * asked back. Throws {@link UserError} `identity.forbidden`, `selfcheck.reason`, `selfcheck.not-answered`, and what `holdQuestion` throws.
 */
export async function decideQuestion(
  deps: StoreDeps,
  acting: Acting,
  input: SeenQuestion & {
    readonly isAccepted: boolean;
    readonly note: string;
    readonly at: Instant;
  },
): Promise<{ version: number }> {
  assertMay(acting, 'selfcheck.open');
  const { isAccepted, at, ...seen } = input;
  const note = input.note.trim();
  await requireUnit(deps, acting, seen);
  if (!isAccepted && note === '')
    throw new UserError('selfcheck.reason', '追问请写明还要说明什么，市里会看到。', {
      field: 'note',
    });
  return deps.store.transaction(async (anyTrx) => {
    const trx = selfCheckDb(anyTrx) as SelfCheckTrx;
    const question = await holdQuestion(trx, seen, null);
    if (question.stand !== 'answered') throw refuse(question);
    await addStep(trx, question, {
      ...{ step: isAccepted ? 'accept' : 'return', reason: '', note, by_name: nameOf(acting), at },
    });
    const dueOn = isAccepted ? null : addWorkdaysOrWeekdays(shanghaiDate(at), ASKED_BACK_WORKDAYS);
    const stand = isAccepted ? 'accepted' : 'returned';
    const version = await moveTo(trx, question, { stand, due_on: dueOn });
    await recordAudit(anyTrx, {
      actor: nameOf(acting),
      action: isAccepted ? 'selfcheck.accept' : 'selfcheck.return',
      ...{ subject: `selfcheck:${seen.id}`, detail: detailOf(question) },
      ...{ before: { stand: question.stand }, after: { note } },
    });
    if (!isAccepted) {
      const notice = {
        ...{ key: `selfcheck:${seen.id}:returned:${seen.unitId}:${shanghaiDate(at)}` },
        ...{ kind: 'selfcheck.question', to: { unitId: seen.unitId }, urgent: false },
        ...{ title: '自查比对：省里追问', text: `请在 ${dueOn} 前补充说明。${note}` },
        link: `/self-checks/${seen.id}/units/${seen.unitId}?view=comparison&stand=returned`,
      };
      await queueNotices(anyTrx, [notice], at);
    }
    return { version };
  });
}

const refuse = ({ stand }: Question): UserError =>
  stand === 'accepted'
    ? new UserError('selfcheck.answered', '省里已经认可，不能再改。', { family: 'state' })
    : new UserError(
        'selfcheck.not-answered',
        `这个问题${STAND_WORDS[stand]}；市里答复以后才能办。`,
        { family: 'state' },
      );

const detailOf = (question: Question) => ({
  ...{ unitId: question.unit_id, category: question.category },
  ...{ kind: question.kind, subjectId: question.subject_id },
});

interface Step {
  readonly step: 'answer' | 'accept' | 'return';
  readonly reason: string;
  readonly note: string;
  readonly by_name: string;
  readonly at: Instant;
}

async function addStep(trx: SelfCheckTrx, question: Question, step: Step): Promise<number> {
  const { id } = await trx
    .insertInto('self_check_answer')
    .values({ question_id: question.id, ...step })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function moveTo(
  trx: SelfCheckTrx,
  { id, version }: Question,
  to: Pick<Question, 'stand' | 'due_on'>,
): Promise<number> {
  await trx
    .updateTable('self_check_question')
    .set({ ...to, version: version + 1 })
    .where('id', '=', id)
    .execute();
  return version + 1;
}
