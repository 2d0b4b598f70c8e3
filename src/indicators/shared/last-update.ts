import type { FactSet } from '../../domain/fact.ts';
import { type CalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { type SourceFacts, sourceSightsOf } from './source-sights.ts';

/**
 * When an account last published, over all sources; `none` = an inspector saw that there is nothing at all (无动态信息), and no
 * source shows anything, not even an item without a date or with one in the future.
 */
export interface LastUpdate {
  readonly date: CalendarDate | null;
  readonly none: boolean;
}

type UpdateFacts = SourceFacts & Pick<FactSet, 'round.monitoredAt' | 'account.observations'>;

/** The newest date not later than the monitoring day; later ones are the future of this judgement. */
export function lastUpdateOf(facts: UpdateFacts): LastUpdate {
  const monitored = facts['round.monitoredAt'];
  const day = monitored?.state === 'observed' ? shanghaiDate(monitored.value) : null;
  const observations = facts['account.observations'];
  const seen = observations?.state === 'observed' ? observations.value : [];
  const sources = sourceSightsOf(facts);
  const dates = [
    ...sources.map(({ newest }) => newest?.publishedOn),
    ...seen.map((sight) => (sight.newestOn === 'none' ? undefined : (sight.newestOn ?? undefined))),
  ].filter((date): date is CalendarDate => date !== undefined);
  const past = dates.filter((date) => day === null || date <= day);
  const newest = past.reduce<CalendarDate | null>(
    (best, date) => (best === null || date > best ? date : best),
    null,
  );
  const isEmpty = dates.length === 0 && !sources.some(({ showsItems }) => showsItems);
  const none = isEmpty && seen.some((sight) => sight.newestOn === 'none');
  return { date: newest, none };
}
