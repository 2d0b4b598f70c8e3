import type { BoardsView } from '../../domain/facts/structure-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import { defineIndicator } from '../../domain/indicator.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met } from '../shared/evidence.ts';
import { oneInDoubt, PART_TWO, PORTAL_FACTS, withPortalFact } from '../shared/judge-portal.ts';
import type { Observed } from '../shared/notice.ts';
import { monthsBefore } from '../shared/section-state.ts';
import { SITE_PARAMETERS, undeterminedAbsence } from '../shared/unreachable-site.ts';

const KEY = 'site.boards';

export const portalMessagesOpen = defineIndicator({
  id: 'portal.deduct.messages-open',
  clause: `${PART_TWO} 留言公开`,
  title: {
    met: '网民留言和答复两个月内有更新',
    breached: '未公开网民留言和答复，或监测时间点前2个月内未更新',
  },
  kind: 'deduction',
  appliesTo: 'site',
  needs: [...PORTAL_FACTS, KEY],
  parameters: {
    ...SITE_PARAMETERS,
    months: { unit: '月', default: 2, why: '监测时间点前2个月内未更新留言答复' },
  },
  judge: (facts, parameters) => {
    const given = { facts, parameters };
    return withPortalFact(
      given,
      { key: KEY, what: '公开的留言' },
      (fact, day) => judgeBoards(fact, monthsBefore(day, parameters.months)),
      (fact) => {
        const words = '没有找到公开网民留言和答复的栏目';
        return (
          undeterminedAbsence(given, fact, words, KEY) ??
          breached(1, [evidenceOf(fact, KEY, words, fact.snapshots[0] ?? null)])
        );
      },
    );
  },
});

function judgeBoards(fact: Observed<BoardsView>, oldest: CalendarDate): Judgement {
  const { newestAskedOn, newestRepliedOn, boards, messages, complete, incompleteReason } =
    fact.value;
  // What is newest of either shows that the board lives: a message that waits for its answer is another rule's.
  const newest = [newestAskedOn, newestRepliedOn].reduce<CalendarDate | null>(
    (best, date) => (date !== null && (best === null || date > best) ? date : best),
    null,
  );
  if (newest !== null && newest >= oldest) return met;
  if (!complete) return oneInDoubt(`留言没有看全：${incompleteReason ?? '原因不明'}`, KEY);
  if (newest === null)
    return oneInDoubt(
      messages === 0 ? '留言栏目里没有读到留言' : `读到 ${messages} 条留言，都看不出日期`,
      KEY,
    );
  const [board] = boards;
  const words = `最新的留言或答复是 ${newest} 的`;
  return {
    ...breached(1, [evidenceOf(fact, board?.url ?? KEY, words, fact.snapshots[0] ?? null)]),
    ...(board ? { places: [board.url] } : {}),
  } as Judgement;
}
