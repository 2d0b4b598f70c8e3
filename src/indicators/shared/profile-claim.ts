import type { Observation } from '../../domain/account-facts.ts';
import type { FactSet } from '../../domain/fact.ts';
import type { Judgement } from '../../domain/finding.ts';
import { daysBetween, shanghaiDate, shanghaiText } from '../../lib/pure/dates.ts';
import { breached, evidenceOf, pictureOf, undetermined } from './evidence.ts';

export const PROFILE_NEEDS = ['round.monitoredAt', 'account.observations'] as const;
export type ProfileFacts = Pick<FactSet, (typeof PROFILE_NEEDS)[number]>;

/** How old a look at the profile may be. */
export const SEEN_DAYS = {
  unit: '天',
  default: 90,
  why: '账号资料变得慢，一个季度里看过的算数；更早看的可能已经变了',
} as const;

/** One thing that a sight tells, and what follows from the newest telling of it. */
export interface Claim<T> {
  /** Chinese, for people. */
  readonly what: string;
  /** Null = that sight does not tell. */
  readonly pick: (sight: Observation) => T | null;
  /** `report` makes the breach, with the sight as its evidence. */
  readonly judge: (value: T, report: (words: string) => Judgement, sight: Observation) => Judgement;
}

/**
 * Judges by the newest sight that tells something of the profile: what was so before it was mended says nothing. Without one, or
 * with one that is too old, nobody can tell.
 */
export function judgeClaim<T>(facts: ProfileFacts, seenDays: number, claim: Claim<T>): Judgement {
  const monitored = facts['round.monitoredAt'];
  const fact = facts['account.observations'];
  if (monitored?.state !== 'observed') return undetermined('没有监测时间点', ['round.monitoredAt']);
  const sights = fact?.state === 'observed' ? fact.value : [];
  const newest = sights
    .filter((sight) => claim.pick(sight) !== null)
    .reduce<Observation | null>(
      (best, sight) => (best === null || sight.observedAt > best.observedAt ? sight : best),
      null,
    );
  const value = newest && claim.pick(newest);
  if (fact === undefined || newest === null || value === null)
    return undetermined(`没有人看过${claim.what}；请检查人员看一次并登记`, [
      'account.observations',
    ]);
  const age = daysBetween(shanghaiDate(newest.observedAt), shanghaiDate(monitored.value));
  const at = `${shanghaiText(newest.observedAt)} 人工观察`;
  if (Math.abs(age) > seenDays)
    return undetermined(`${at}离监测时间点超过 ${seenDays} 天，请再看一次${claim.what}`, [
      'account.observations',
    ]);
  const report = (words: string): Judgement => {
    const excerpt = `${at}：${words}`;
    return breached(
      1,
      [evidenceOf(fact, newest.origin, excerpt, pictureOf(fact, newest))],
      excerpt,
    );
  };
  return claim.judge(value, report, newest);
}

/** Whether an app or a mini program opens: who saw its items or its ways to interact, was inside. */
export function opensOf({ opens, newestOn, ways }: Observation): boolean | null {
  if (opens !== undefined && opens !== null) return opens;
  const wasInside = (newestOn !== null && newestOn !== 'none') || ways !== null;
  return wasInside ? true : null;
}
