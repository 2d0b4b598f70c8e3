import { defineIndicator } from '../../domain/indicator.ts';
import type { NewestItem } from '../../domain/site-facts.ts';
import { addDays, shanghaiDate } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, undetermined } from '../shared/evidence.ts';
import {
  judgementWithoutSite,
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
  parameters: { days: { unit: '天', default: 14, why: '监测2周' } },
  judge(facts, { days }) {
    const without = judgementWithoutSite(facts);
    if (without) return without;
    const monitored = facts['round.monitoredAt'];
    const home = facts['site.home'];
    if (monitored?.state !== 'observed')
      return undetermined('没有监测时间点', ['round.monitoredAt']);
    if (home?.state !== 'observed') {
      return undeterminedWithoutPage(
        facts,
        '没能看到首页',
        home?.state === 'unobserved' ? home.reason : '没有记录',
        ['site.home'],
      );
    }
    const view = home.value;
    const day = shanghaiDate(monitored.value);
    const oldest = addDays(day, -days);
    const newest = newestKnown(
      view.kind === 'navigation' ? [view.newest, view.secondLevelNewest] : [view.newest],
    );
    if (newest && newest.date.value >= oldest) return met;
    if (view.undatedCount > 0)
      return undetermined(`首页有 ${view.undatedCount} 条信息的日期无法识别`, ['site.home']);
    if (view.kind === 'navigation' && view.secondLevelUnknown > 0) {
      return undetermined(`首页只是栏目入口，${view.secondLevelUnknown} 个二级页面没能看全`, [
        'site.sections',
      ]);
    }
    if (!newest) return undetermined('首页上没有找到带日期的信息', ['site.home']);
    const where = view.kind === 'navigation' ? '首页只是栏目入口，二级页面' : '首页';
    const excerpt = `${where}最新一条为 ${newest.date.value}“${newest.title}”，监测时间点 ${day}`;
    return breached(1, [evidenceOf(home, newest.url, excerpt, newest.snapshot)], excerpt);
  },
});

/** The newest of items whose year is known: month and day alone prove nothing. */
function newestKnown(items: readonly (NewestItem | null)[]): NewestItem | null {
  return items.reduce<NewestItem | null>(
    (best, item) =>
      item && !item.date.yearUnknown && (!best || item.date.value > best.date.value) ? item : best,
    null,
  );
}
