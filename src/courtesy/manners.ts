import { VISIT_DAYS, VISITS_PER_DAY } from '../gather/probe/visit-schedule.ts';
import { PACE_PER_ADDRESS_MS } from '../inspection/index.ts';
import type { Manners } from './crawler-identity.ts';

/** What we really do, for the page and the letters that promise it. */
export const MANNERS: Manners = {
  visitsPerDay: VISITS_PER_DAY,
  visitDays: VISIT_DAYS,
  paceMs: PACE_PER_ADDRESS_MS,
};
