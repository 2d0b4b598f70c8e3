import type { Fact } from '../../domain/fact.ts';
import { absent, observed, unobserved } from '../../domain/fact.ts';
import type { Leader, LeadersView } from '../../domain/facts/structure-facts.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import type { LeaderReading } from '../structure/read-leaders.ts';
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
  for (const { page } of sections)
    if (page?.outcome === 'ok') addPeople(people, page, page.structure.people);
  for (const [key, { name, url }] of state.structure.leaders) {
    const page = state.page(key);
    const known = people.get(name);
    if (page?.outcome === 'ok') people.set(name, ownPage(page, name, known));
    else if (!known)
      people.set(name, { name, post: '', hasResume: null, hasDuties: null, url, snapshot: null });
    else
      people.set(name, {
        ...known,
        hasResume: known.hasResume || null,
        hasDuties: known.hasDuties || null,
      });
  }
  const unread = sections.find(
    ({ page, section }) => page?.outcome !== 'ok' && section.kind === 'leaders',
  );
  const unclear = people.size === 0 ? '领导信息页面没有认出姓名和职务' : null;
  const reason = unread ? `栏目“${unread.section.name}”未能读取` : unclear;
  return observed({
    sections: named(sections),
    people: [...people.values()],
    complete:
      reason === null &&
      [...people.values()].every(
        ({ hasResume, hasDuties }) => hasResume !== null && hasDuties !== null,
      ),
    ...(reason === null ? {} : { incompleteReason: reason }),
  });
}

/** What a list of leaders says. What it does not say may stand on a page of each: unknown while links may lead there. */
function addPeople(
  people: Map<string, Leader>,
  page: PageSummary,
  readings: readonly LeaderReading[],
): void {
  for (const { name, post, hasResume, hasDuties } of readings) {
    const known = people.get(name);
    people.set(name, {
      name,
      post: cutText(known?.post || post, 60),
      hasResume: hasResume || (known?.hasResume ?? false),
      hasDuties: hasDuties || (known?.hasDuties ?? false),
      url: page.url,
      snapshot: page.snapshot,
    });
  }
}

function ownPage(page: PageSummary, name: string, known: Leader | undefined): Leader {
  const own = page.structure.people.find((person) => person.name === name);
  return {
    name,
    post: cutText(known?.post || own?.post || '', 60),
    hasResume: page.structure.tellsResume || known?.hasResume === true,
    hasDuties: page.structure.tellsDuties || known?.hasDuties === true,
    url: page.url,
    snapshot: page.snapshot,
  };
}
