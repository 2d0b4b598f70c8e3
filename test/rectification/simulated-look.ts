import { type FactKey, type FactMap, observed, unobserved } from '../../src/domain/fact.ts';
import { recordFact } from '../../src/inspection/record-facts.ts';
import {
  addDays,
  type CalendarDate,
  type Instant,
  shanghaiDate,
} from '../../src/lib/pure/dates.ts';
import { sight } from '../../src/testing/facts/account-views.ts';
import { home, newest, visits } from '../../src/testing/facts/site-views.ts';
import type { YearScenario } from './scenario.ts';

type WorldState = YearScenario['world'][number]['state'];
type LookedFact = ReturnType<typeof recordFact>;

/** How a subject stands on a day. */
export function stateOf(
  { world }: Pick<YearScenario, 'world'>,
  subject: string,
  rule: string,
  on: CalendarDate,
): WorldState {
  const known = world
    .filter((each) => each.subject === subject && each.rule === rule && each.from <= on)
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  return known.at(-1)?.state ?? 'breached';
}

/** What the gatherers would bring of a subject in that state: the rule's own indicator judges it. */
export function simulatedFacts(
  subject: { readonly kind: 'site' | 'account'; readonly id: number },
  state: WorldState,
  at: Instant,
): LookedFact[] {
  const today = shanghaiDate(at);
  const on = state === 'met' ? addDays(today, -1) : addDays(today, -60);
  const record = <K extends FactKey>(key: K, value: FactMap[K] | null): LookedFact =>
    recordFact(key, value === null ? unobserved('被拦截，没有看到') : observed(value), {
      ...{ subjectId: subject.id, gatherer: 'simulated', gatheredAt: at },
      snapshots: ['a'.repeat(64)],
    });
  if (subject.kind === 'account')
    return [
      record(
        'account.observations',
        state === 'undetermined' ? [] : [sight({ observedAt: at, newestOn: on })],
      ),
    ];
  const item = { ...newest(on), snapshot: 'a'.repeat(64) };
  return [
    record('site.visits', visits(0)),
    record('site.home', state === 'undetermined' ? null : home({ newest: item })),
  ];
}
