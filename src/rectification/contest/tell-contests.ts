import type { ContestDesk } from '../../inspection/index.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import {
  always,
  content,
  defineNoticeKinds,
  type NoticeDraft,
  when,
  wordedBy,
} from '../../notify/index.ts';
import type { Deadline } from '../clock/deadline.ts';
import { deadlineWords } from '../tell-people.ts';

const NUMBER = { kind: 'words', words: '告知书的文号', sample: '申辩告知〔2026〕3号' } as const;
const DEADLINE = { kind: 'words', words: '可以申辩的最后一天', sample: '2026-11-30' } as const;

defineNoticeKinds({
  'contest.letter': {
    name: '公布以前核对问题',
    words: {
      fields: {
        number: NUMBER,
        findings: { kind: 'count', words: '要核对的问题件数', sample: 3 },
        deadline: DEADLINE,
      },
      content: content(
        [always('{number}：请在公布以前核对 {findings} 件问题')],
        [
          always(
            '请打开清单核对证据；有异议的，在 {deadline} 以前逐件提出申辩。到期没有提出的，按无异议办理。',
          ),
        ],
      ),
    },
  },
  'contest.chase': {
    name: '申辩期将满',
    words: {
      fields: {
        number: NUMBER,
        days: { kind: 'count', words: '还有几个工作日', sample: 2 },
        deadline: DEADLINE,
      },
      content: content(
        [always('{number}：还有 {days} 个工作日可以提出申辩')],
        [
          always(
            '最后一天是 {deadline}。对清单中的问题有异议的，请写明事实和理由；没有异议的，不需要办理。',
          ),
        ],
      ),
    },
  },
  'contest.closed': {
    name: '申辩期满',
    words: {
      fields: {
        number: NUMBER,
        objections: { kind: 'count', words: '收到的申辩条数', sample: 1 },
        deadline: DEADLINE,
      },
      content: content(
        [
          when('objections = 0', '{number}：申辩期满，没有收到申辩，按无异议办理'),
          when('objections > 0', '{number}：申辩期满，收到申辩 {objections} 条'),
        ],
        [always('申辩期于 {deadline} 届满。此后、公布以前提出的申辩注明逾期，照样答复。')],
      ),
    },
  },
  'contest.lodged': { name: '收到申辩' },
  'contest.waits': {
    name: '申辩等待答复',
    words: {
      fields: {
        contests: { kind: 'count', words: '申辩的条数', sample: 2 },
        period: { kind: 'words', words: '批次', sample: '2026Q3' },
        due: { kind: 'words', words: '答复期限', sample: '2026-12-07' },
        before: { kind: 'count', words: '还有几个工作日到期（到期以前才有）', sample: null },
        after: { kind: 'count', words: '超过几个工作日（超过以后才有）', sample: 1 },
      },
      content: content(
        [
          when('has before', '{contests} 条申辩还有 {before} 个工作日就到答复期限'),
          when('has after', '{contests} 条申辩已超过答复期限 {after} 个工作日'),
          when('not has before and not has after', '{contests} 条申辩等待答复'),
        ],
        [
          always(
            '批次 {period}，答复期限 {due}。请核对证据，逐条答复；没有答复的申辩，批次不能冻结。',
          ),
        ],
      ),
    },
  },
  'contest.answered': {
    name: '申辩答复',
    words: {
      fields: {
        finding: { kind: 'words', words: '问题的编号', sample: '12' },
        upheld: { kind: 'flag', words: '申辩成立', sample: true },
        answer: { kind: 'words', words: '答复', sample: '经核对，首页当日有更新。' },
      },
      content: content(
        [
          when('upheld', '对问题 {finding} 的申辩成立，这一条不再计入'),
          when('not upheld', '对问题 {finding} 的申辩不成立'),
        ],
        [always('{answer}')],
      ),
    },
  },
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
    ...wordedBy('contest.letter', {
      ...{ number, findings, deadline: deadlineWords(deadline.on, deadline.provisional) },
    }),
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
    ...wordedBy('contest.chase', {
      ...{ number, days: Number(what.split(':')[1]), deadline: deadlineOn },
    }),
    ...{ link: letterLink(id), urgent: false },
  };
}

/** To a unit: its days are over, and what is recorded. */
export function letterClosedDraft(letter: ToldLetter, objections: number): NoticeDraft {
  const { id, number, unitId, deadlineOn } = letter;
  return {
    ...{ key: `contest:closed:${id}`, kind: 'contest.closed', to: { unitId } },
    ...wordedBy('contest.closed', { number, objections, deadline: deadlineOn }),
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
  const [side, days] = what.split(':');
  const workdays = (of: string): number | null => (side === of ? Number(days) : null);
  return {
    key: `contest:waits:${period}:${dueOn}:${what}:${today}`,
    ...{ kind: 'contest.waits', to: { role: 'supervisor' as const } },
    ...wordedBy('contest.waits', {
      ...{ contests, period, due: dueOn, before: workdays('before'), after: workdays('after') },
    }),
    link: `/findings?period=${encodeURIComponent(period)}&view=contested`,
    urgent: side === 'after',
  };
}

/** To a unit: what its objection was answered. Whoever objected for no unit is told nothing. */
export function answeredDraft({ id, unitId, findingId, state, answer }: Answered): NoticeDraft[] {
  if (unitId === null || state === 'open') return [];
  return [
    {
      ...{ key: `contest:answered:${id}`, kind: 'contest.answered', to: { unitId } },
      ...wordedBy('contest.answered', {
        ...{ finding: String(findingId), upheld: state === 'upheld', answer },
      }),
      ...{ link: `/findings/${findingId}`, urgent: false },
    },
  ];
}
