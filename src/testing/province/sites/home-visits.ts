import { drawFrom } from './draw.ts';
import type { SitePlan } from './site-plan.ts';

/** What happens to one request of the home page, or to every request of a dead site. */
export type VisitFate = 'ok' | 'reset' | 'hang' | 'challenge' | 500 | 502 | 503 | 504;

/** How a site behaves over its home requests; none of it depends on a clock. */
export interface VisitPattern {
  /** The whole site is gone, not only its home page. */
  readonly dead: boolean;
  /** The fate of home request `visit` (from 1). */
  fateOf(visit: number): VisitFate;
}

const FAILURES: readonly VisitFate[] = ['reset', 503, 502, 500, 504, 'reset'];

const MAX_HANGING = 3;

/** A site that cannot be reached: always, or at every `period`-th request (so in any 140 there are at least 17). */
function failing(plan: SitePlan): VisitPattern {
  const draw = drawFrom(plan.seed, 'outage');
  const kind = draw.pick(FAILURES);
  if (draw.chance(0.4)) return { dead: true, fateOf: () => kind };
  const period = draw.pick([2, 3, 5, 8]);
  const offset = draw.int(0, period - 1);
  const hanging = draw.chance(0.5) ? draw.int(1, MAX_HANGING) : 0;
  return {
    dead: false,
    fateOf(visit) {
      if (visit % period !== offset) return 'ok';
      const failure = Math.floor(visit / period);
      // The first few hang, once and for all: a visitor waits fifteen seconds for each.
      if (failure >= 2 && failure < 2 + hanging) return 'hang';
      return FAILURES[(failure + plan.seed) % FAILURES.length]!;
    },
  };
}

/** A sound site: at most four slips in any 140 requests, never two close together. */
function sound(plan: SitePlan): VisitPattern {
  const draw = drawFrom(plan.seed, 'slips');
  if (!draw.chance(0.35)) return { dead: false, fateOf: () => 'ok' };
  const period = draw.int(36, 97);
  const offset = draw.int(11, period - 1);
  const kinds = draw.some<VisitFate>(['reset', 503, 'challenge', 502], 2);
  return {
    dead: false,
    fateOf(visit) {
      if (visit % period !== offset) return 'ok';
      return kinds[Math.floor(visit / period) % kinds.length]!;
    },
  };
}

export const visitPatternOf = (plan: SitePlan): VisitPattern =>
  plan.problems.includes('site.veto.unreachable') ? failing(plan) : sound(plan);
