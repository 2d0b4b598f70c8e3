import type { FactKey, FactMap, FactSet, RecordedFact } from '../../domain/fact.ts';
import type { Evidence, Judgement } from '../../domain/finding.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { breached, met, undetermined } from './evidence.ts';
import type { Observed } from './notice.ts';
import {
  judgementWithoutSite,
  type ReachabilityParameters,
  undeterminedWithoutPage,
  VISIT_FACTS,
} from './unreachable-site.ts';

/** Parts of the standard that portals alone are judged by. */
export const PART_TWO = '国办秘函〔2019〕19号 检查指标 第二部分';
export const PART_THREE = '国办秘函〔2019〕19号 检查指标 第三部分';

/** What every portal rule declares: whether the site was there, and when it was looked at. */
export const PORTAL_FACTS = VISIT_FACTS;

/** Places kept of one finding; beyond it the same place might be charged twice, never wrongly once. */
const PLACES_MAX = 500;

/** More than any cap allows: how many there could be of what nobody could count. */
export const ANY_NUMBER = 10_000;

export interface PortalCase {
  readonly facts: FactSet;
  readonly parameters: ReachabilityParameters;
}

/**
 * Runs a rule on a fact that was observed, of a site that was there; `day` is the monitoring day in Asia/Shanghai. Where we looked
 * and it is not there, `whenAbsent` speaks.
 */
export function withPortalFact<K extends FactKey>(
  { facts, parameters }: PortalCase,
  { key, what }: { readonly key: K; readonly what: string },
  judge: (fact: Observed<FactMap[K]>, day: CalendarDate) => Judgement,
  whenAbsent?: (fact: RecordedFact<FactMap[K]>) => Judgement,
): Judgement {
  const without = judgementWithoutSite(facts, parameters);
  if (without) return without;
  const monitored = facts['round.monitoredAt'];
  if (monitored?.state !== 'observed') return undetermined('没有监测时间点', ['round.monitoredAt']);
  const fact = facts[key] as RecordedFact<FactMap[K]> | undefined;
  if (fact?.state === 'observed')
    return judge(fact as Observed<FactMap[K]>, shanghaiDate(monitored.value));
  if (fact?.state === 'absent' && whenAbsent) return whenAbsent(fact);
  return undeterminedWithoutPage({ facts, parameters }, `没能看到${what}`, fact, key);
}

/** Occurrences of a scored rule, certain ones and those that could be. */
export interface Charge {
  /** One piece for each occurrence, unless `occurrences` counts otherwise. */
  readonly evidence: readonly Evidence[];
  readonly occurrences?: number;
  /** How many more there could be among what was not seen. */
  readonly unseen: number;
  /** Chinese: what could not be seen; '' when everything was. */
  readonly unseenReason: string;
  readonly missing: readonly FactKey[];
  readonly places?: readonly string[];
  readonly note?: string;
}

/** What was seen is charged; where nothing was, but something could be, nobody can tell; else the rule is met. */
export function charge(given: Charge): Judgement {
  const { evidence, unseen, unseenReason, missing, places = [], note } = given;
  const [first, ...rest] = evidence;
  if (first)
    return {
      ...breached(
        given.occurrences ?? evidence.length,
        [first, ...rest],
        note ?? (unseen > 0 && unseenReason !== '' ? `另外${unseenReason}` : undefined),
      ),
      ...(places.length === 0 ? {} : { places: [...new Set(places)].slice(0, PLACES_MAX) }),
      ...(unseen === 0 ? {} : { unseen }),
    } as Judgement;
  if (unseen > 0)
    return {
      ...undetermined(unseenReason, missing),
      ...(unseen >= ANY_NUMBER ? {} : { atMost: unseen }),
    } as Judgement;
  return note === undefined ? met : { status: 'met', note };
}

/** Nobody can tell whether one thing is there. */
export function oneInDoubt(reason: string, missing: FactKey): Judgement {
  return charge({ evidence: [], unseen: 1, unseenReason: reason, missing: [missing] });
}
