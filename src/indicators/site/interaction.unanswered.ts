import { defineIndicator } from '../../domain/indicator.ts';
import { addMonths, shanghaiDate } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import {
  judgementWithoutSite,
  SITE_PARAMETERS,
  undeterminedWithoutPage,
  VISIT_FACTS,
} from '../shared/unreachable-site.ts';

export const interactionUnanswered = defineIndicator({
  id: 'site.veto.interaction.unanswered',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 互动回应差',
  title: { met: '及时回应留言', breached: '超过3个月未回应有效留言' },
  kind: 'veto',
  appliesTo: 'site',
  needs: [...VISIT_FACTS, 'site.channels'],
  parameters: {
    ...SITE_PARAMETERS,
    lookbackMonths: { unit: '月', default: 12, why: '监测时间点前1年内的留言' },
    overdueMonths: { unit: '月', default: 3, why: '超过3个月未回应' },
  },
  judge(facts, parameters) {
    const { lookbackMonths, overdueMonths } = parameters;
    const without = judgementWithoutSite(facts, parameters);
    if (without) return without;
    const monitored = facts['round.monitoredAt'];
    const fact = facts['site.channels'];
    if (monitored?.state !== 'observed')
      return undetermined('没有监测时间点', ['round.monitoredAt']);
    if (fact?.state !== 'observed') {
      return undeterminedWithoutPage({ facts, parameters }, '没能看到留言', fact, 'site.channels');
    }
    const day = shanghaiDate(monitored.value);
    const [from, before] = [addMonths(day, -lookbackMonths), addMonths(day, -overdueMonths)];
    const overdue = fact.value.messages.filter(
      (message) => !message.answered && message.askedOn >= from && message.askedOn < before,
    );
    const [first, ...rest] = overdue.map((message) =>
      evidenceOf(
        fact,
        message.url,
        `${message.askedOn}留言“${message.title}”，至${day}未回应`,
        message.snapshot,
      ),
    );
    if (first) return breached(overdue.length, [first, ...rest]);
    if (fact.value.unreadMessages > 0)
      return undetermined(`有 ${fact.value.unreadMessages} 条留言看不出是否答复`, [
        'site.channels',
      ]);
    return met;
  },
});
