import type { CountOwn } from '../bulletin/index.ts';
import { countMeasures } from '../duty/index.ts';
import { countFindError, keepsMessages } from '../finderror/index.ts';
import type { Store } from '../store/store.ts';

/** The template's fields of measures of accountability: how many people, by kind. */
const MEASURES: Readonly<Record<string, string>> = {
  interview: 'accountability.talked',
  written: 'accountability.written',
  circulate: 'accountability.criticised',
};

/**
 * What the platform's own records say of the work that a bulletin tells of besides its round. A platform to which no message ever came keeps
 * no records of them; while a message is open and may still be answered in time, nobody knows how many will have been. Measures that
 * nobody took are not told of.
 */
export function countOwnOf(store: Pick<Store, 'db'>): CountOwn {
  return async ({ from, to, today }) => {
    const counts = new Map<string, number>();
    if (await keepsMessages(store, today)) {
      const { received, inTime, open, overdue } = await countFindError(store, { from, to, today });
      counts.set('findError.received', received);
      if (open === overdue) counts.set('findError.onTime', inTime);
    }
    for (const { kind, people } of await countMeasures(store, { from, to })) {
      const field = MEASURES[kind];
      if (field !== undefined && people > 0) counts.set(field, (counts.get(field) ?? 0) + people);
    }
    return counts;
  };
}
