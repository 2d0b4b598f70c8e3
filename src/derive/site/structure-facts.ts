import type { Fact } from '../../domain/fact.ts';
import { observed, unobserved } from '../../domain/fact.ts';
import type { StructureFactMap } from '../../domain/facts/structure-facts.ts';
import type { ChannelView, SectionView, ServicesView } from '../../domain/site-facts.ts';
import { deriveOddities } from './derive-oddities.ts';
import { deriveLeaders } from './derive-people.ts';
import { derivePolicyLinks } from './derive-policy-links.ts';
import {
  deriveBoards,
  deriveGuideForms,
  deriveSearch,
  deriveStatistics,
  deriveSurveys,
} from './derive-structure.ts';
import { deriveTree, treeFact } from './derive-tree.ts';
import type { SiteState } from './site-state.ts';

/** The facts of part 4, by the names that the reader gives them. */
export type StructureFacts = {
  readonly [K in keyof StructureFactMap as K extends `site.${infer Name}` ? Name : never]: Fact<
    StructureFactMap[K]
  >;
};

/** What part 4 tells of a site; all unobserved when the home page was not read or shows no section. */
export function structureFacts(
  state: SiteState,
  reason: string | null,
  {
    sections,
    channels,
    services,
  }: {
    readonly sections: readonly SectionView[];
    readonly channels: Fact<ChannelView>;
    readonly services: Fact<ServicesView>;
  },
): StructureFacts {
  const why = reason ?? (sections.length > 0 ? null : '首页上没有认出栏目');
  const tree = why === null ? deriveTree(state, sections) : [];
  const unless = <T>(fact: () => Fact<T>): Fact<T> => (why === null ? fact() : unobserved(why));
  return {
    tree: unless(() => treeFact(state, tree)),
    sectionOddities: unless(() => observed(deriveOddities(state, tree))),
    leaders: unless(() => deriveLeaders(state, tree)),
    policyLinks: unless(() => derivePolicyLinks(state, tree)),
    search: deriveSearch(state),
    guideForms: unless(() => deriveGuideForms(state, services)),
    statistics: unless(() => deriveStatistics(state, tree)),
    surveys: unless(() => deriveSurveys(state, tree)),
    boards: unless(() => deriveBoards(state, tree, channels)),
  };
}
