import type { ContestDesk } from '../../inspection/index.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { defineNoticeKinds, type NoticeDraft } from '../../notify/index.ts';
import type { Deadline } from '../clock/deadline.ts';
import { deadlineWords } from '../tell-people.ts';

defineNoticeKinds({
  'contest.letter': { name: '公布以前核对问题' },
  'contest.chase': { name: '申辩期将满' },
  'contest.closed': { name: '申辩期满' },
  'contest.lodged': { name: '收到申辩' },
  'contest.waits': { name: '申辩等待答复' },
  'contest.answered': { name: '申辩答复' },
});

type Lodged = Parameters<ContestDesk['tellLodged']>[1];
type Answered = Parameters<ContestDesk['tellAnswered']>[1][number];

const letterLink = (id: number): string => `/contests?letter=${id}`;

/** To a unit: what was found of it, before it is published. */
export function letterDraft(given: {
  readonly id: number;
  readonly number: string;
  readonly unitId: number;
  readonly deadline: Deadline;
  readonly findings: number;
}): NoticeDraft {
  const { id, number, unitId, deadline, findings } = given;
  return {
    ...{ key: `contest:letter:${id}`, kind: 'contest.letter', to: { unitId } },
    title: `${number}：请在公布以前核对 ${findings} 件问题`,
    text: `请打开清单核对证据；有异议的，在 ${deadlineWords(deadline.on, deadline.provisional)} 以前逐件提出申辩。到期没有提出的，按无异议办理。`,
    ...{ link: letterLink(id), urgent: true },
  };
}

export interface ToldLetter {
  readonly id: number;
  readonly number: string;
  readonly unitId: number;
  readonly deadlineOn: CalendarDate;
}

/** To a unit that has not objected: its days are nearly over. `what` = `before:2`. */
export function letterChaseDraft(letter: ToldLetter, what: string): NoticeDraft {
  const { id, number, unitId, deadlineOn } = letter;
  return {
    ...{ key: `contest:chase:${id}:${what}`, kind: 'contest.chase', to: { unitId } },
    title: `${number}：还有 ${what.split(':')[1]} 个工作日可以提出申辩`,
    text: `最后一天是 ${deadlineOn}。对清单中的问题有异议的，请写明事实和理由；没有异议的，不需要办理。`,
    ...{ link: letterLink(id), urgent: false },
  };
}

/** To a unit: its days are over, and what is recorded. */
export function letterClosedDraft(letter: ToldLetter, objections: number): NoticeDraft {
  const { id, number, unitId, deadlineOn } = letter;
  return {
    ...{ key: `contest:closed:${id}`, kind: 'contest.closed', to: { unitId } },
    title:
      objections === 0
        ? `${number}：申辩期满，没有收到申辩，按无异议办理`
        : `${number}：申辩期满，收到申辩 ${objections} 条`,
    text: `申辩期于 ${deadlineOn} 届满。此后、公布以前提出的申辩注明逾期，照样答复。`,
    ...{ link: letterLink(id), urgent: false },
  };
}

/** To supervisors: an objection came, and by when it is to be answered. */
export function lodgedDraft(given: Lodged): NoticeDraft {
  const { id, findingId, period, unit, isLate, answerDueOn, provisional } = given;
  return {
    ...{ key: `contest:lodged:${id}`, kind: 'contest.lodged', to: { role: 'supervisor' as const } },
    title: `${unit}对问题 ${findingId} 提出申辩${isLate ? '（逾期提出）' : ''}，等待答复`,
    text: `批次 ${period}。请核对证据，在 ${deadlineWords(answerDueOn, provisional)} 以前答复；没有答复的申辩，批次不能冻结。`,
    ...{ link: `/findings/${findingId}`, urgent: false },
  };
}

/** Objections of a round that a supervisor still owes an answer, as one pass of the clock finds them. */
export interface WaitingContests {
  readonly period: string;
  /** `before:1`, `after:1` */
  readonly what: string;
  readonly dueOn: CalendarDate;
  readonly contests: number;
}

export function waitingDraft(given: WaitingContests, today: CalendarDate): NoticeDraft {
  const { period, what, dueOn, contests } = given;
  const [when, days] = what.split(':');
  const words =
    when === 'before' ? `还有 ${days} 个工作日就到答复期限` : `已超过答复期限 ${days} 个工作日`;
  return {
    key: `contest:waits:${period}:${dueOn}:${what}:${today}`,
    ...{ kind: 'contest.waits', to: { role: 'supervisor' as const } },
    title: `${contests} 条申辩${words}`,
    text: `批次 ${period}，答复期限 ${dueOn}。请核对证据，逐条答复；没有答复的申辩，批次不能冻结。`,
    link: `/findings?period=${encodeURIComponent(period)}&view=contested`,
    urgent: when === 'after',
  };
}

/** To a unit: what its objection was answered. Whoever objected for no unit is told nothing. */
export function answeredDraft({ id, unitId, findingId, state, answer }: Answered): NoticeDraft[] {
  if (unitId === null || state === 'open') return [];
  return [
    {
      ...{ key: `contest:answered:${id}`, kind: 'contest.answered', to: { unitId } },
      title: `对问题 ${findingId} 的申辩${state === 'upheld' ? '成立，这一条不再计入' : '不成立'}`,
      ...{ text: answer ?? '', link: `/findings/${findingId}`, urgent: false },
    },
  ];
}
