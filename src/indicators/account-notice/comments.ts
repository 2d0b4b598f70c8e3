import type { AccountComment } from '../../domain/account-facts.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import { REPLY_WORKDAYS } from '../../domain/reply-clock.ts';
import { addKnownWorkdays } from '../../domain/workday.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, notApplicable, undetermined } from '../shared/evidence.ts';
import { observedOr } from '../shared/notice.ts';

export const comments = defineIndicator({
  id: 'media.notice.comments',
  clause: '国办发〔2018〕123号 认真做好公众留言的审看和答复；期限和条数没有见到条文',
  title: { met: '评论有答复', breached: '评论一直没有答复' },
  kind: 'notice',
  appliesTo: 'account',
  needs: ['round.monitoredAt', 'account.comments'],
  parameters: {
    replyWorkdays: { unit: '工作日', default: REPLY_WORKDAYS, why: '没有见到条文，做成参数' },
    count: { unit: '条', default: 3, why: '一两条没有答复的可能不需要答复' },
  },
  judge(facts, { replyWorkdays, count }) {
    const monitored = facts['round.monitoredAt'];
    if (facts['account.comments']?.state === 'absent') return notApplicable('账号没有评论功能');
    const seen = observedOr(facts, 'account.comments', '评论和答复');
    if ('instead' in seen) return seen.instead;
    if (monitored?.state !== 'observed')
      return undetermined('没有监测时间点', ['round.monitoredAt']);
    const { read, answered, comments: shown } = seen.fact.value;
    if (read === 0) return notApplicable('没有人评论');
    if (answered > 0) return met;
    const day = shanghaiDate(monitored.value);
    const overdue = shown.filter((each) => isOverdue(each, day, replyWorkdays));
    const [first] = overdue;
    if (!first || overdue.length < count) return met;
    const words = `看过的 ${read} 条评论一条也没有答复，${overdue.length} 条超过 ${replyWorkdays} 个工作日`;
    return breached(
      1,
      [evidenceOf(seen.fact, 'comment/list', `${words}，如“${first.excerpt}”`)],
      words,
    );
  },
});

/** Beyond the known holiday notices nobody can count working days: then nothing is overdue. */
function isOverdue(
  { writtenAt, answeredAt }: AccountComment,
  day: CalendarDate,
  workdays: number,
): boolean {
  const due = addKnownWorkdays(shanghaiDate(writtenAt), workdays);
  return answeredAt === null && due !== null && day > due;
}
