import { interpreting, repeated } from '../whole/shape-list.ts';
import type { ListItem } from './list-items.ts';
import { itemsOf } from './list-items.ts';
import { planSections } from './plan-sections.ts';
import type { Section } from './section.ts';
import type { SitePlan } from './site-plan.ts';
import { type SiteTraits, traitsOf } from './traits.ts';

/** A site as its pages see it. */
export interface SiteModel {
  readonly plan: SitePlan;
  readonly traits: SiteTraits;
  readonly sections: readonly Section[];
  /** `` or `http://host`: what links of lists begin with. */
  readonly origin: string;
}

export function modelOf(plan: SitePlan): SiteModel {
  const traits = traitsOf(plan);
  const origin = traits.absoluteLinks ? `http://${plan.host}` : '';
  return { plan, traits, sections: planSections(plan, traits), origin };
}

export const childrenOf = (model: SiteModel, section: Section): Section[] =>
  model.sections.filter((other) => other.parent === section.index);

export const topSections = (model: SiteModel): Section[] =>
  model.sections.filter((section) => section.parent === null);

/** Lists of grown sites are long and asked for by every article; a province of ordinary ones keeps none. */
const grownLists = new WeakMap<SiteModel, Map<Section, ListItem[]>>();

export function listOf(model: SiteModel, section: Section): ListItem[] {
  if (!model.plan.whole) return itemsOf(model.plan, model.traits, section);
  const lists = grownLists.get(model) ?? new Map<Section, ListItem[]>();
  grownLists.set(model, lists);
  const known = lists.get(section) ?? grownList(model, section);
  lists.set(section, known);
  return known;
}

/** Lists of a grown site that depend on others: repeated ones, and interpretations of the policy files. */
function grownList(model: SiteModel, section: Section): ListItem[] {
  const listed = (slug: string): ListItem[] => {
    const other = model.sections.find((each) => each.slug === slug);
    return other ? listOf(model, other) : [];
  };
  if (section.repeats) return repeated(model.traits, section, listed(section.repeats.slug));
  const items = itemsOf(model.plan, model.traits, section);
  return section.slug === 'zcjd' ? interpreting(model.plan, items, listed('zcwj')) : items;
}

/** The section and its ancestors, outermost first. */
export function trailOf(model: SiteModel, section: Section): Section[] {
  const parent = section.parent === null ? undefined : model.sections[section.parent];
  return parent ? [...trailOf(model, parent), section] : [section];
}
