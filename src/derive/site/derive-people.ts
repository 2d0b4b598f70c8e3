import type { Fact } from '../../domain/fact.ts';
import { absent, observed, unobserved } from '../../domain/fact.ts';
import type { Leader, LeadersView } from '../../domain/facts/structure-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import { named, seenWhole } from './derive-structure.ts';
import type { TreeNode } from './derive-tree.ts';
import type { PageSummary } from './page-summary.ts';
import type { SiteState } from './site-state.ts';

/** Leaders with what is published of each: from the sections of that kind and the pages of single leaders. */
export function deriveLeaders(state: SiteState, tree: readonly TreeNode[]): Fact<LeadersView> {
  const sections = tree.filter(({ section }) => section.kind === 'leaders');
  if (sections.length === 0) {
    const why = seenWhole(state, tree);
    return why === null ? absent : unobserved(`没有认出领导信息栏目，${why}`);
  }
  const people = new Map<string, Leader>();
  for (const { page } of sections) if (page?.outcome === 'ok') addPeople(people, page);
  let unread = 0;
  for (const [key, { name }] of state.structure.leaders) {
    const page = state.page(key);
    if (page?.outcome === 'ok') people.set(name, ownPage(page, name, people.get(name)));
    else unread += 1;
  }
  const reason = whyIncomplete(sections, [...people.values()], unread);
  return observed({
    sections: named(sections),
    people: [...people.values()],
    complete: reason === null,
    ...(reason === null ? {} : { incompleteReason: reason }),
  });
}

function whyIncomplete(
  sections: readonly TreeNode[],
  people: readonly Leader[],
  unread: number,
): string | null {
  const closed = sections.find(({ page }) => page?.outcome !== 'ok');
  if (closed) return `栏目“${closed.section.name}”未能读取`;
  if (people.length === 0) return '领导信息页面没有认出姓名和职务';
  if (unread > 0) return `${unread} 位领导的页面未能读取`;
  const unseen = people.filter((each) => each.hasResume === null || each.hasDuties === null);
  return unseen.length > 0 ? `${unseen.length} 位领导的简历、分工没有看到` : null;
}

/**
 * What a list of leaders says. A page that tells nobody's life and duties is a list: what is published of each stands elsewhere,
 * so that it is unknown and not missing.
 */
function addPeople(people: Map<string, Leader>, page: PageSummary): void {
  const readings = page.structure.people;
  const tells = readings.some(({ hasResume, hasDuties }) => hasResume || hasDuties);
  const said = (seen: boolean, before: boolean | null | undefined): boolean | null =>
    seen || before === true || (tells ? false : (before ?? null));
  for (const { name, post, hasResume, hasDuties } of readings) {
    const known = people.get(name);
    people.set(name, {
      name,
      post: cutText(known?.post || post, POST_MAX) || ELSEWHERE,
      hasResume: said(hasResume, known?.hasResume),
      hasDuties: said(hasDuties, known?.hasDuties),
      url: page.url,
      snapshot: page.snapshot,
    });
  }
}

const POST_MAX = 60;
/** A post that is printed somewhere on the page and could not be told apart: it is not missing. */
const ELSEWHERE = '见页面';

function ownPage(page: PageSummary, name: string, known: Leader | undefined): Leader {
  const { people, tellsPost, tellsResume, tellsDuties } = page.structure;
  const own = people.find((person) => person.name === name);
  const post = cutText(known?.post || own?.post || '', POST_MAX);
  return {
    name,
    post: post || (tellsPost ? ELSEWHERE : ''),
    hasResume: tellsResume || known?.hasResume === true,
    hasDuties: tellsDuties || known?.hasDuties === true,
    url: page.url,
    snapshot: page.snapshot,
  };
}
