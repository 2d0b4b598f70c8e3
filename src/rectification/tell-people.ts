import type { Kysely } from 'kysely';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import { defineNoticeKinds, type NoticeDraft, queueNotices } from '../notify/index.ts';
import type { RectificationCase, RectificationStep } from './cases/case.ts';
import { STEP_WORDS } from './cases/case-words.ts';
import type { ChaserName, Deadline } from './clock/deadline.ts';

defineNoticeKinds({
  'rectify.notice': { name: '整改通知' },
  'rectify.chase': { name: '整改催办' },
  'rectify.escalated': { name: '整改逾期督办' },
  'rectify.decided': { name: '整改办理结果' },
});

/** Queues what people are to be told, in the transaction that makes it true. */
export const tellPeople = <Tables>(
  trx: Kysely<Tables>,
  drafts: readonly NoticeDraft[],
  at: Instant,
): Promise<number> => queueNotices(trx, drafts, at);

export const deadlineWords = (on: CalendarDate, provisional: boolean): string =>
  provisional ? `${on}（暂定：该年节假日安排尚未公布）` : on;

/** To a unit: it has a notice to mend things. */
export function noticeDraft(given: {
  readonly unitId: number;
  readonly noticeId: number;
  readonly number: string;
  readonly deadline: Deadline;
  readonly cases: number;
}): NoticeDraft {
  const { unitId, noticeId, number, deadline, cases } = given;
  return {
    ...{ key: `rectify:notice:${noticeId}`, kind: 'rectify.notice', to: { unitId } },
    title: `收到整改通知 ${number}：${cases} 件问题`,
    text: `请先签收，查清问题、完成整改，并在 ${deadlineWords(deadline.on, deadline.provisional)} 以前填报整改情况，经本单位负责人审核后上报。`,
    ...{ link: `/rectification?noticeId=${noticeId}`, urgent: true },
  };
}

/** Cases of one unit that one pass of the clock reminds of: told once, not case by case. */
export interface ChasedUnit {
  readonly unitId: number;
  readonly what: ChaserName;
  readonly deadlineOn: CalendarDate;
  readonly cases: number;
}

export function chaseDraft(
  { unitId, what, deadlineOn, cases }: ChasedUnit,
  today: CalendarDate,
): NoticeDraft {
  const [when, days] = what.split(':');
  const title =
    what === 'ack'
      ? `${cases} 件整改通知还没有签收`
      : when === 'before'
        ? `${cases} 件整改事项还有 ${days} 个工作日到期`
        : `${cases} 件整改事项已逾期 ${days} 个工作日`;
  return {
    key: `rectify:chase:${unitId}:${deadlineOn}:${what}:${today}`,
    ...{ kind: 'rectify.chase', to: { unitId }, title },
    text: `整改期限是 ${deadlineOn}。请尽快填报整改情况，经本单位负责人审核后上报；${
      when === 'after' ? '继续逾期将升级督办。' : '确有困难的，请在期限以前申请延期。'
    }`,
    link: `/rectification?deadlineOn=${deadlineOn}&owing=yes`,
    urgent: when === 'after',
  };
}

/** To the supervisors: what a pass of the clock escalated of one unit. */
export function escalationDraft(
  given: { readonly unitId: number; readonly unitName: string; readonly cases: number },
  today: CalendarDate,
): NoticeDraft {
  return {
    key: `rectify:escalated:${given.unitId}:${today}`,
    ...{ kind: 'rectify.escalated', to: { role: 'supervisor' as const } },
    title: `${given.unitName}：${given.cases} 件整改事项逾期，已升级督办`,
    text: '催办以后仍没有上报整改情况。请督促，必要时约谈。',
    link: `/rectification?unitId=${given.unitId}&escalated=yes`,
    urgent: true,
  };
}

/** To a unit: what the supervisor decided of one of its cases; each decision has a version of its own. */
export function decidedDraft(
  given: RectificationCase,
  step: RectificationStep,
  note: string,
): NoticeDraft {
  const { id, version, unitId, subject, rule } = given;
  return {
    ...{ key: `rectify:case:${id}:${version}`, kind: 'rectify.decided', to: { unitId } },
    title: `${STEP_WORDS[step]}：${subject.name}（${rule.label}）`,
    text: note === '' ? '请打开整改事项查看。' : note,
    ...{ link: `/rectification/${id}`, urgent: step === 'return' || step === 'escalate' },
  };
}
