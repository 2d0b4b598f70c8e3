import type { Kysely } from 'kysely';
import type { CalendarDate, Instant } from '../lib/pure/dates.ts';
import {
  always,
  content,
  defineNoticeKinds,
  type NoticeDraft,
  queueNotices,
  when,
  wordedBy,
} from '../notify/index.ts';
import type { RectificationCase, RectificationStep } from './cases/case.ts';
import { STEP_WORDS } from './cases/case-words.ts';
import type { ChaserName, Deadline } from './clock/deadline.ts';

const DEADLINE = { kind: 'words', words: '整改期限', sample: '2026-12-21' } as const;
const CASES = { kind: 'count', words: '事项的件数', sample: 3 } as const;

defineNoticeKinds({
  'rectify.notice': {
    name: '整改通知',
    words: {
      fields: {
        number: { kind: 'words', words: '通知的文号', sample: '整改通知〔2026〕3号' },
        ...{ cases: CASES, deadline: DEADLINE },
      },
      content: content(
        [always('收到整改通知 {number}：{cases} 件问题')],
        [
          always(
            '请先签收，查清问题、完成整改，并在 {deadline} 以前填报整改情况，经本单位负责人审核后上报。',
          ),
        ],
      ),
    },
  },
  'rectify.chase': {
    name: '整改催办',
    words: {
      fields: {
        cases: CASES,
        deadline: DEADLINE,
        before: { kind: 'count', words: '还有几个工作日到期（到期以前才有）', sample: 5 },
        after: { kind: 'count', words: '逾期几个工作日（逾期以后才有）', sample: null },
      },
      content: content(
        [
          when('has before', '{cases} 件整改事项还有 {before} 个工作日到期'),
          when('has after', '{cases} 件整改事项已逾期 {after} 个工作日'),
          when('not has before and not has after', '{cases} 件整改通知还没有签收'),
        ],
        [
          always('整改期限是 {deadline}。请尽快填报整改情况，经本单位负责人审核后上报；'),
          when('has after', '继续逾期将升级督办。'),
          when('not has after', '确有困难的，请在期限以前申请延期。'),
        ],
      ),
    },
  },
  'rectify.escalated': {
    name: '整改逾期督办',
    words: {
      fields: { unit: { kind: 'words', words: '单位', sample: '岳阳市' }, cases: CASES },
      content: content(
        [always('{unit}：{cases} 件整改事项逾期，已升级督办')],
        [always('催办以后仍没有上报整改情况。请督促，必要时约谈。')],
      ),
    },
  },
  'rectify.decided': {
    name: '整改办理结果',
    words: {
      fields: {
        step: { kind: 'words', words: '怎样办理的', sample: '退回重改' },
        subject: { kind: 'words', words: '网站或账号', sample: '岳阳市人民政府门户网站' },
        rule: { kind: 'words', words: '问题', sample: '首页不更新' },
        note: { kind: 'words', words: '办理时写的话（没有写就没有）', sample: '首页仍没有更新。' },
      },
      content: content(
        [always('{step}：{subject}（{rule}）')],
        [when('has note', '{note}'), when('not has note', '请打开整改事项查看。')],
      ),
    },
  },
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
    ...wordedBy('rectify.notice', {
      ...{ number, cases, deadline: deadlineWords(deadline.on, deadline.provisional) },
    }),
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
  const [side, days] = what.split(':');
  const workdays = (of: string): number | null => (side === of ? Number(days) : null);
  return {
    key: `rectify:chase:${unitId}:${deadlineOn}:${what}:${today}`,
    ...{ kind: 'rectify.chase', to: { unitId } },
    ...wordedBy('rectify.chase', {
      ...{ cases, deadline: deadlineOn, before: workdays('before'), after: workdays('after') },
    }),
    link: `/rectification?deadlineOn=${deadlineOn}&owing=yes`,
    urgent: side === 'after',
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
    ...wordedBy('rectify.escalated', { unit: given.unitName, cases: given.cases }),
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
    ...wordedBy('rectify.decided', {
      ...{ step: STEP_WORDS[step], subject: subject.name, rule: rule.label },
      note: note === '' ? null : note,
    }),
    ...{ link: `/rectification/${id}`, urgent: step === 'return' || step === 'escalate' },
  };
}
