import type { FactSet } from '../../domain/fact.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';

/** When an account last published, over all sources; `none` = an inspector saw that there is nothing at all (无动态信息). */
export interface LastUpdate {
  readonly date: CalendarDate | null;
  readonly none: boolean;
}

type SourceFacts = Pick<
  FactSet,
  'round.monitoredAt' | 'account.feed' | 'account.wechat' | 'account.observations'
>;

/** The newest date not later than the monitoring day; later ones are the future of this judgement. */
export function lastUpdateOf(facts: SourceFacts): LastUpdate {
  const monitored = facts['round.monitoredAt'];
  const day = monitored?.state === 'observed' ? shanghaiDate(monitored.value) : null;
  const [feed, wechat, observations] = [
    facts['account.feed'],
    facts['account.wechat'],
    facts['account.observations'],
  ];
  const seen = observations?.state === 'observed' ? observations.value : [];
  const dates = [
    feed?.state === 'observed' ? feed.value.newest?.publishedOn : undefined,
    wechat?.state === 'observed' ? wechat.value.newest?.publishedOn : undefined,
    ...seen.map((sight) => (sight.newestOn === 'none' ? undefined : (sight.newestOn ?? undefined))),
  ].filter((date): date is CalendarDate => date !== undefined && (day === null || date <= day));
  const newest = dates.reduce<CalendarDate | null>(
    (best, date) => (best === null || date > best ? date : best),
    null,
  );
  return { date: newest, none: newest === null && seen.some((sight) => sight.newestOn === 'none') };
}
