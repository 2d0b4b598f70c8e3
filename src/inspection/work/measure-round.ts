import type { InspectionDb } from '../inspection-db.ts';
import type { RunCounters } from '../progress.ts';
import { countStages, countTotals } from '../round.repository.ts';
import { countByEnd } from './task.repository.ts';

/** Work units of one subject over all stages, so that the bar moves evenly: measured costs, rounded. */
const UNITS = { visit: 1, site: 60, survey: 2_000, account: 10, judge: 1 } as const;
const VISITS_PER_SITE = 140;

export interface RoundMeasure {
  readonly done: number;
  readonly total: number;
  readonly counters: Omit<RunCounters, 'records'>;
}

/** How far a round is, whoever works on it. */
export async function measureRound(db: InspectionDb, roundId: number): Promise<RoundMeasure> {
  const totals = await countTotals(db, roundId);
  let total = 0;
  let done = totals.probes * UNITS.visit;
  for (const { kind, stage, checked, count } of await countStages(db, roundId)) {
    if (!checked) continue;
    const gather = kind === 'site' ? UNITS.site : UNITS.account;
    total += count * ((kind === 'site' ? VISITS_PER_SITE * UNITS.visit : 0) + gather + UNITS.judge);
    if (stage === 'gathered' || stage === 'judged') done += count * gather;
    if (stage === 'judged') done += count * UNITS.judge;
  }
  const surveys = await countByEnd(db, roundId, 'survey');
  total += (surveys.done + surveys.open) * UNITS.survey;
  done += surveys.done * UNITS.survey;
  return { done, total, counters: totals };
}
