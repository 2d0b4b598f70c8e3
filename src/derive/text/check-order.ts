import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Candidate } from './candidate.ts';
import { holdsAt, type Role } from './lexicon.ts';
import { buildTermAutomaton, scanTerms } from './term-automaton.ts';

export type OrderChecker = (text: string, at: CalendarDate | null) => Candidate[];

interface Place {
  readonly person: string;
  readonly start: number;
  readonly end: number;
}

/** Between two names of one list; a comma may part two sentences, a blank two cells of a table. */
const BETWEEN = /^[、和及]$/;
/** Said near a list, its order is another one. */
const OTHER_ORDER =
  /(?:姓氏|笔画|拼音|字母|音序|报到|发言|到会)[^。\n]{0,6}(?:为序|排序|顺序|排列)|排名不分先后/;
const SAID_WITHIN = 40;

/**
 * Whether names that stand in one list (张三、李四) stand in the order that the office's table ranks them on the day of the article.
 * Speaks of no list in which anybody is not ranked that day, and of none that says that its order is another. Without ranks in the
 * table it is silent.
 */
export function createOrderChecker(roles: readonly Role[]): OrderChecker {
  const ranked = roles.filter(({ rank }) => rank !== undefined);
  const persons = [...new Set(ranked.map((role) => role.person))].filter((one) => one.length >= 2);
  if (persons.length < 2) return () => [];
  const automaton = buildTermAutomaton(persons);
  return (text, at) => {
    if (at === null) return [];
    const places: Place[] = [];
    scanTerms(automaton, text, (index, end) => {
      const person = persons[index]!;
      places.push({ person, start: end - person.length, end });
    });
    places.sort((a, b) => a.start - b.start);
    return listsOf(text, places).flatMap((list) => judge(text, list, ranked, at) ?? []);
  };
}

/** Runs of two and more names with nothing but a separator between them, and nobody else at either end. */
function listsOf(text: string, places: readonly Place[]): Place[][] {
  const lists: Place[][] = [];
  for (const place of places) {
    const list = lists.at(-1);
    const last = list?.at(-1);
    if (list && last && BETWEEN.test(text.slice(last.end, place.start))) list.push(place);
    else lists.push([place]);
  }
  return lists.filter((list) => list.length > 1 && !goesOn(text, list));
}

/** Names beside the list that the table does not rank: who stands where among them is not ours to say. */
const goesOn = (text: string, list: readonly Place[]): boolean =>
  text[list[0]!.start - 1] === '、' || text[list.at(-1)!.end] === '、';

function judge(
  text: string,
  list: readonly Place[],
  ranked: readonly Role[],
  at: CalendarDate,
): Candidate | null {
  const { start } = list[0]!;
  const { end } = list.at(-1)!;
  const near = text.slice(Math.max(0, start - SAID_WITHIN), end + SAID_WITHIN);
  if (OTHER_ORDER.test(near)) return null;
  const ranks = list.map(({ person }) => rankOf(person, ranked, at));
  if (ranks.includes(null) || new Set(list.map(({ person }) => person)).size < list.length)
    return null;
  const order = list
    .map(({ person }, index) => ({ person, rank: ranks[index]! }))
    .sort((a, b) => a.rank - b.rank);
  if (order.every(({ rank }, index) => rank === ranks[index])) return null;
  const suggestion = list
    .map(
      ({ end: from }, index) =>
        order[index]!.person + text.slice(from, list[index + 1]?.start ?? from),
    )
    .join('');
  return {
    ...{ start, end, suggestion, class: 'order', severity: 'serious', confidence: CONFIDENCE },
    rule: `order:${order.map(({ person }) => person).join('/')}`,
    reason: `职务表在 ${at} 的排序是${order.map(({ person }) => person).join('、')}`,
  };
}

/** A list may follow something else than rank, e.g. who spoke first. */
const CONFIDENCE = 0.7;

/** The foremost of the ranks that somebody holds that day; null = none. */
function rankOf(person: string, ranked: readonly Role[], at: CalendarDate): number | null {
  const held = ranked.flatMap((role) =>
    role.person === person && role.rank !== undefined && holdsAt(role, at) ? [role.rank] : [],
  );
  return held.length === 0 ? null : Math.min(...held);
}
