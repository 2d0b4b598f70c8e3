import { defineIndicator } from '../../domain/indicator.ts';
import type { HomeView, NewestItem } from '../../domain/site-facts.ts';
import { addDays, type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import {
  judgementWithoutSite,
  SITE_PARAMETERS,
  undeterminedWithoutPage,
  VISIT_FACTS,
} from '../shared/unreachable-site.ts';

export const homeStale = defineIndicator({
  id: 'site.veto.home-stale',
  clause: '国办秘函〔2019〕19号 检查指标 第一部分 首页不更新',
  title: { met: '首页按要求更新', breached: '首页不更新' },
  kind: 'veto',
  appliesTo: 'site',
  needs: [...VISIT_FACTS, 'site.home'],
  parameters: { ...SITE_PARAMETERS, days: { unit: '天', default: 14, why: '监测2周' } },
  judge(facts, parameters) {
    const without = judgementWithoutSite(facts, parameters);
    if (without) return without;
    const monitored = facts['round.monitoredAt'];
    const home = facts['site.home'];
    if (monitored?.state !== 'observed')
      return undetermined('没有监测时间点', ['round.monitoredAt']);
    if (home?.state !== 'observed') {
      return undeterminedWithoutPage({ facts, parameters }, '没能看到首页', home, 'site.home');
    }
    const view = home.value;
    const day = shanghaiDate(monitored.value);
    const oldest = addDays(day, -parameters.days);
    const { newest, hidden } = newestUpTo(view, day);
    if (newest && newest.date.value >= oldest) return met;
    // An old date beside an item whose date could not be looked up is no proof of an old page: that item may be of today.
    // (Items whose own page was read and prints no date are not among them: 未注明发布时间的视为不更新.)
    if (view.undatedCount > 0)
      return undetermined(`首页有 ${view.undatedCount} 条信息的日期无法识别`, ['site.home']);
    if (view.kind === 'navigation' && view.secondLevelUnknown > 0) {
      return undetermined(`首页只是栏目入口，${view.secondLevelUnknown} 个二级页面没能看全`, [
        'site.sections',
      ]);
    }
    if (hidden)
      return undetermined('最新的日期晚于监测时间点，看不出此前最后一次更新在何时', ['site.home']);
    if (!newest) return undetermined('首页上没有找到带日期的信息', ['site.home']);
    const where = view.kind === 'navigation' ? '首页只是栏目入口，二级页面' : '首页';
    const excerpt = `${where}最新一条为 ${newest.date.value}“${newest.title}”，监测时间点 ${day}`;
    return breached(1, [evidenceOf(home, newest.url, excerpt, newest.snapshot)], excerpt);
  },
});

/**
 * The newest item that can be trusted: its year known (month and day alone prove nothing), its date not after the monitoring
 * day. A future date is no proof of an update, and no proof against one: what stood in its place is judged. The view names
 * its dated items newest first, so the first past one behind a future one is the newest; where only future ones are named,
 * the real newest is `hidden`.
 */
function newestUpTo(
  view: HomeView,
  day: CalendarDate,
): { newest: NewestItem | null; hidden: boolean } {
  const named =
    view.kind === 'navigation'
      ? [[view.newest, ...view.recent], [view.secondLevelNewest]]
      : [[view.newest, ...view.recent]];
  let newest: NewestItem | null = null;
  let hidden = false;
  for (const items of named) {
    const dated = items.filter((item) => item !== null && !item.date.yearUnknown) as NewestItem[];
    const past = dated.filter((item) => item.date.value <= day);
    if (past.length === 0 && dated.length > 0) hidden = true;
    for (const item of past) if (!newest || item.date.value > newest.date.value) newest = item;
  }
  return { newest, hidden };
}
