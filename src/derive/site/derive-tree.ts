import type { Fact } from '../../domain/fact.ts';
import { observed } from '../../domain/fact.ts';
import type { SiteTree, StandardKind, TreeSection } from '../../domain/facts/structure-facts.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import type { ContentSigns } from '../structure/content-kind.ts';
import { sectionKind } from '../structure/section-kind.ts';
import { titlesKind } from '../structure/title-kind.ts';
import { findWidgets, ownLists } from './derive-sections.ts';
import { informationOf, listsWithParts } from './newest-items.ts';
import { pageKey } from './page-links.ts';
import type { ItemSummary, PageSummary } from './page-summary.ts';
import type { SectionNode, SiteState } from './site-state.ts';

/** A section of the tree with what it was made from; the other structure facts are read from these. */
export interface TreeNode {
  readonly section: TreeSection;
  readonly node: SectionNode;
  readonly page: PageSummary | undefined;
  /** Items of its own lists. */
  readonly items: readonly ItemSummary[];
}

/** Every section with the kind of the standard. */
export function deriveTree(
  state: SiteState,
  sections: readonly SectionView[],
): readonly TreeNode[] {
  const widgets = findWidgets(state);
  const kinds = new Map<string, StandardKind>();
  const views = new Map(sections.map((view) => [pageKey(view.url), view]));
  const made = new Map<string, TreeNode>();
  const make = (key: string): TreeNode | null => {
    const known = made.get(key);
    const node = state.sections.get(key);
    const view = views.get(key);
    if (known || !node || !view) return known ?? null;
    const page = state.page(key);
    const items = page?.outcome === 'ok' ? itemsOf(state, node, page, widgets) : [];
    const parentKind =
      node.parentKey === null ? null : parentKindOf(state, node.parentKey, kinds, make);
    const section = viewTree({ state, node, view, page, items, parentKind });
    kinds.set(key, section.kind);
    const tree = { section, node, page, items };
    made.set(key, tree);
    return tree;
  };
  return sections.flatMap((view) => make(pageKey(view.url)) ?? []);
}

/** Parents first; a circle of parents cannot arise (levels grow), and a parent that is no section of its own says nothing. */
function parentKindOf(
  state: SiteState,
  key: string,
  kinds: ReadonlyMap<string, StandardKind>,
  make: (key: string) => TreeNode | null,
): StandardKind | null {
  const known = kinds.get(key);
  if (known) return known;
  const parent = state.sections.get(key);
  return parent && parent.parentKey !== key ? (make(key)?.section.kind ?? null) : null;
}

interface Made {
  readonly state: SiteState;
  readonly node: SectionNode;
  readonly view: SectionView;
  readonly page: PageSummary | undefined;
  readonly items: readonly ItemSummary[];
  readonly parentKind: StandardKind | null;
}

function viewTree({ state, node, view, page, items, parentKind }: Made): TreeSection {
  const read = page?.outcome === 'ok';
  const override = state.options.overrides?.get(node.key) ?? null;
  const combined = sectionKind({
    name: view.name,
    url: view.url,
    parentKind,
    columnType: read ? (page.tags.columntype ?? '') : '',
    content: read ? signsOf(page, items) : null,
    shape: view.content === 'single' && view.kind !== 'channel' ? 'page' : 'list',
    override,
  });
  const external = view.kind === 'external' && override === null;
  const { name, url, level, parent, content, reason, gone, itemCount, newest, snapshot } = view;
  return {
    ...{ name, url, level, parent },
    kind: external ? 'external' : combined.kind,
    confidence: external ? EXTERNAL_CONFIDENCE : combined.confidence,
    sources: external ? ['url'] : combined.sources,
    content,
    ...(reason === undefined ? {} : { reason }),
    ...(view.kind === 'channel' ? { gathers: true as const } : {}),
    ...(gone ? { gone } : {}),
    ...{ itemCount, newest, snapshot },
  };
}

/** The host says so; a redirect may be a mistake of the day. */
const EXTERNAL_CONFIDENCE = 95;

function itemsOf(
  state: SiteState,
  node: SectionNode,
  page: PageSummary,
  widgets: ReadonlySet<string>,
): readonly ItemSummary[] {
  return informationOf(state, ownLists(node, page, listsWithParts(state, page), widgets));
}

function signsOf(page: PageSummary, items: readonly ItemSummary[]): ContentSigns {
  const { people, tellsFunctions } = page.structure;
  return {
    titles: titlesKind(items.map(({ title }) => title)),
    messages: page.board.filter(({ askedOn }) => askedOn !== null).length,
    canWrite: page.forms.canWrite,
    guideLabels: Math.max(0, ...page.guides.map(({ labels }) => labels)),
    people: items.length > people.length * 2 ? 0 : people.filter(({ post }) => post !== '').length,
    tellsFunctions: tellsFunctions && items.length === 0,
  };
}

export function treeFact(state: SiteState, tree: readonly TreeNode[]): Fact<SiteTree> {
  return observed({ sections: tree.map(({ section }) => section), leftOut: state.sectionsLeftOut });
}
