import type { Fact, FactKey, FactSet, RecordedFact } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import { maintenanceOn } from '../../domain/maintenance.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { notApplicable, undetermined } from './evidence.ts';

type VisitFacts = Pick<
  FactSet,
  'site.visits' | 'site.sharedOutage' | 'site.maintenance' | 'round.monitoredAt'
>;

export type Reachability =
  | { readonly state: 'reachable' }
  | { readonly state: 'unreachable'; readonly failed: number; readonly counted: number }
  | { readonly state: 'shared'; readonly failed: number; readonly shared: number }
  | { readonly state: 'unknown'; readonly reason: string };

/** The numbers of the rule 站点无法访问. */
export const REACHABILITY_PARAMETERS = {
  failPercent: { unit: '%', default: 5, why: '失败次数累计占比超过（含）5%' },
  visitsMin: { unit: '次', default: 140, why: '连续1周、每天20次以上的最低分母' },
  daysMin: { unit: '天', default: 7, why: '连续监测1周' },
} as const;

const OF = { of: 'site.veto.unreachable' } as const;

/** The same numbers as every other site rule declares them: a ruleset states once when a site was not there. */
export const SITE_PARAMETERS = {
  failPercent: { ...REACHABILITY_PARAMETERS.failPercent, ...OF },
  visitsMin: { ...REACHABILITY_PARAMETERS.visitsMin, ...OF },
  daysMin: { ...REACHABILITY_PARAMETERS.daysMin, ...OF },
} as const;

export type ReachabilityParameters = {
  readonly [K in keyof typeof REACHABILITY_PARAMETERS]: number;
};

/**
 * Sums up the visits: failures inside announced maintenance do not count as failed, failures shared with the neighbours on
 * the same address are set apart, a blocked visit is an answer. The share is taken of all scheduled visits, the excused ones
 * among them: the rule counts 失败次数 against every visit made, and a base without them would turn 6 failures of 140 into
 * a veto only because the site announced its maintenance. Integer arithmetic: 7 of 140 is exactly 5 %.
 */
export function reachabilityOf(
  facts: VisitFacts,
  parameters: ReachabilityParameters,
): Reachability {
  const visits = facts['site.visits'];
  if (visits?.state !== 'observed')
    return {
      state: 'unknown',
      reason: visits?.state === 'unobserved' ? visits.reason : '没有访问记录',
    };
  const { value } = visits;
  const exempt = exemptFailures(facts);
  const failed = value.failed - exempt;
  const counted = Math.max(value.scheduled, parameters.visitsMin);
  const over = (count: number): boolean =>
    counted > 0 && count > 0 && count * 100 >= counted * parameters.failPercent;
  const shared =
    facts['site.sharedOutage']?.state === 'observed'
      ? Math.min(facts['site.sharedOutage'].value.sharedFailures, failed)
      : 0;
  if (over(failed - shared)) return { state: 'unreachable', failed, counted };
  if (over(failed)) return { state: 'shared', failed, shared };
  const unseen =
    Math.max(0, value.scheduled - value.done) +
    value.own +
    Math.max(0, parameters.visitsMin - value.scheduled);
  if (over(failed + unseen))
    return {
      state: 'unknown',
      reason: `应访问 ${counted} 次，有 ${unseen} 次没有做成（本端网络或时间不足）`,
    };
  if (value.days < parameters.daysMin)
    return { state: 'unknown', reason: `只监测了 ${value.days} 天，不足 ${parameters.daysMin} 天` };
  return { state: 'reachable' };
}

/** Failed visits that fell into an announced maintenance window. */
function exemptFailures(facts: VisitFacts): number {
  const visits = facts['site.visits'];
  const maintenance = facts['site.maintenance'];
  if (visits?.state !== 'observed' || maintenance?.state !== 'observed') return 0;
  return visits.value.failures.filter(
    ({ scheduledAt }) => maintenanceOn(maintenance.value, shanghaiDate(scheduledAt)) !== null,
  ).length;
}

/** What every other site rule says of a site that was not there: not applicable, or not to be told; null when it was. */
export function judgementWithoutSite(
  facts: VisitFacts,
  parameters: ReachabilityParameters,
): Judgement | null {
  const reachability = reachabilityOf(facts, parameters);
  if (reachability.state === 'unreachable') return notApplicable('站点无法访问，其他指标不再评');
  return null;
}

/** For a fact that could not be seen; when the visits failed together with the neighbours', that is the reason to give. */
export function undeterminedWithoutPage(
  { facts, parameters }: { facts: VisitFacts; parameters: ReachabilityParameters },
  what: string,
  fact: Fact<unknown> | undefined,
  missing: FactKey,
): Judgement {
  const reason = fact?.state === 'unobserved' ? fact.reason : '没有记录';
  const shared =
    reachabilityOf(facts, parameters).state === 'shared'
      ? '（同一地址多站同时失败，疑似共同原因）'
      : '';
  return undetermined(`${what}：${reason}${shared}`, [missing]);
}

/**
 * For rules that accuse by what was not found: nothing found proves nothing where no page was read, or where nobody knows
 * whether the site was there at all (then it may be unreachable, and no other rule is its breach). Null when the site was seen.
 */
export function undeterminedAbsence(
  { facts, parameters }: { facts: VisitFacts; parameters: ReachabilityParameters },
  fact: RecordedFact<unknown>,
  words: string,
  missing: FactKey,
): Judgement | null {
  if (fact.snapshots.length === 0)
    return undetermined(`${words}，但没有抓取到任何页面，不能证明`, [missing]);
  const reachability = reachabilityOf(facts, parameters);
  if (reachability.state !== 'unknown') return null;
  return undetermined(`${words}，但网站能否访问还不清楚：${reachability.reason}`, ['site.visits']);
}

/** The facts that {@link judgementWithoutSite} reads: every site rule declares them. */
export const VISIT_FACTS = [
  'site.visits',
  'site.sharedOutage',
  'site.maintenance',
  'round.monitoredAt',
] as const;
