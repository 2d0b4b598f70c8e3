import type { FactSet } from '../../domain/fact.ts';
import type { StatisticsBlock } from '../../domain/facts/structure-facts.ts';
import type { Judgement } from '../../domain/finding.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met } from './evidence.ts';
import { oneInDoubt, type PortalCase, withPortalFact } from './judge-portal.ts';
import { undeterminedAbsence } from './unreachable-site.ts';

interface StatisticsRule {
  readonly about: StatisticsBlock['about'];
  /** 办事统计数据 */
  readonly name: string;
  /** First day that is still in time; null when any figures will do. */
  readonly oldestOf: ((day: CalendarDate) => CalendarDate) | null;
}

/** Whether figures of a kind are published, and new enough. One occurrence at most. */
export function judgeStatistics(
  given: PortalCase & { readonly facts: FactSet },
  { about, name, oldestOf }: StatisticsRule,
): Judgement {
  const key = 'site.statistics';
  const none = (fact: Parameters<typeof undeterminedAbsence>[1]): Judgement => {
    const words = `没有找到${name}`;
    return (
      undeterminedAbsence(given, fact, words, key) ??
      breached(1, [evidenceOf(fact, key, words, fact.snapshots[0] ?? null)])
    );
  };
  return withPortalFact(
    given,
    { key, what: name },
    (fact, day) => {
      const { blocks, complete, incompleteReason } = fact.value;
      const own = blocks.filter((block) => block.about === about);
      const oldest = oldestOf?.(day) ?? null;
      if (own.length === 0)
        return complete
          ? none(fact)
          : oneInDoubt(`没有找到${name}，但没有看全：${incompleteReason ?? '原因不明'}`, key);
      const isFresh = ({ latestOn }: StatisticsBlock): boolean =>
        oldest === null || (latestOn !== null && latestOn >= oldest);
      if (own.some(isFresh)) return met;
      const undated = own.find(({ latestOn }) => latestOn === null);
      if (undated) return oneInDoubt(`“${undated.name}”看不出是哪一期的`, key);
      // Older figures beside pages that were not read prove nothing: the newer ones may stand there.
      if (!complete)
        return oneInDoubt(
          `找到的${name}都已过期，但没有看全：${incompleteReason ?? '原因不明'}`,
          key,
        );
      const newest = own.reduce((best, each) =>
        (each.latestOn ?? '') > (best.latestOn ?? '') ? each : best,
      );
      const words = `${newest.name}：最新一期到 ${newest.latestOn}`;
      return {
        ...breached(1, [evidenceOf(fact, newest.url, words, newest.snapshot)]),
        places: [newest.url],
      } as Judgement;
    },
    none,
  );
}
