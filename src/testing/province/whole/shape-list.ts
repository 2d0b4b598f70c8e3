import { ARTICLES_PER_SECTION, articlePath } from '../sites/address.ts';
import { drawFrom } from '../sites/draw.ts';
import type { ListItem } from '../sites/list-items.ts';
import type { Section } from '../sites/section.ts';
import type { SitePlan } from '../sites/site-plan.ts';
import type { SiteTraits } from '../sites/traits.ts';
import { READING_TITLES } from './structure-words.ts';

/** How many of the newest policy files have an interpretation. */
export const PAIRS = 6;

/** The list of a section that repeats `source`: the same links, or the same articles once more in its own folder. */
export function repeated(
  { system }: SiteTraits,
  section: Section,
  source: readonly ListItem[],
): ListItem[] {
  if (section.repeats?.as === 'links') return [...source];
  return source.slice(0, ARTICLES_PER_SECTION - 50).map((item, at) => {
    const id = section.index * ARTICLES_PER_SECTION + at;
    return { ...item, id, path: articlePath(system, section, id, item.date) };
  });
}

/** The list of interpretations: the first ones speak of the first policy files, one each. */
export function interpreting(
  plan: SitePlan,
  readings: readonly ListItem[],
  policies: readonly ListItem[],
): ListItem[] {
  const draw = drawFrom(plan.seed, 'whole/readings');
  return readings.map((item, at) => {
    const file = at < PAIRS ? policies[at] : undefined;
    if (!file) return item;
    const bare = file.title.replace(/[《》]/g, '');
    const title = draw.pick(READING_TITLES).replace('{file}', bare).replace('{org}', plan.sponsor);
    return { ...item, title };
  });
}
