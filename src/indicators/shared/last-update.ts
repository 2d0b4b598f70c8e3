import type { FactSet } from '../../domain/fact.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';

/**
 * When an account last published, over all sources; `none` = an inspector saw that there is nothing at all (无动态信息), and no
 * source shows anything, not even an item without a date or with one in the future.
 */
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
  ].filter((date): date is CalendarDate => date !== undefined);
  const past = dates.filter((date) => day === null || date <= day);
  const newest = past.reduce<CalendarDate | null>(
    (best, date) => (best === null || date > best ? date : best),
    null,
  );
  const feedShows = feed?.state === 'observed' && feed.value.itemCount > 0;
  const none = dates.length === 0 && !feedShows && seen.some((sight) => sight.newestOn === 'none');
  return { date: newest, none };
}
