import { drawFrom } from '../sites/draw.ts';
import type { Named, SectionDraft } from '../sites/section.ts';
import type { SitePlan } from '../sites/site-plan.ts';
import { COPIES, FIGURE_SECTIONS, LEADER_SECTIONS, MISNAMED } from './structure-words.ts';

/** How many of the grown sites repeat a section, or list under a name what it does not promise. */
const SHARE_ODD = 0.6;

const PLAIN = {
  mode: 'list',
  pace: 'record',
  titles: 'record',
  under: null,
  anchor: true,
} as const;

/** The sections of a whole site: those of an ordinary one, with people, figures, and now and then an odd section. */
export function growSections(plan: SitePlan, drafts: readonly SectionDraft[]): SectionDraft[] {
  const draw = drawFrom(plan.seed, 'whole/sections');
  const leaders = draw.pick(LEADER_SECTIONS);
  const hub = drafts.find(({ slug }) => slug === 'gkzn')?.under ?? null;
  const service = drafts.find(({ mode }) => mode === 'guides');
  const meeting = drafts.find(({ mode }) => mode === 'meeting');
  const figures = (about: keyof typeof FIGURE_SECTIONS, under: string): SectionDraft => {
    const [name, slug] = draw.pick(FIGURE_SECTIONS[about]);
    return { ...PLAIN, name, slug, under, mode: 'figures' };
  };
  const copied = draw.chance(SHARE_ODD) ? draw.pick(['tzgg', 'zcwj'] as const) : null;
  const more: SectionDraft[] = [
    ...(service ? [figures('service', service.slug)] : []),
    // Without a way to ask there are no letters to count.
    ...(meeting && drafts.some(({ mode }) => mode === 'board')
      ? [figures('messages', meeting.slug)]
      : []),
    ...(copied === null
      ? []
      : [copyOf(drafts, copied, draw.pick(COPIES[copied]), draw.chance(0.5))]),
  ];
  if (draw.chance(SHARE_ODD)) {
    const [name, slug] = draw.pick(MISNAMED);
    more.push({ ...PLAIN, name, slug, under: hub, titles: 'dispatch' });
  }
  const grown = drafts.map((draft): SectionDraft => {
    if (draft.slug === 'ldxxi') return { ...draft, name: leaders, mode: 'leaders' };
    // Were it neglected, its copy would be as well, and two count where one was meant.
    return draft.slug === copied ? { ...draft, anchor: true } : draft;
  });
  return withChildren(grown, more);
}

function copyOf(
  drafts: readonly SectionDraft[],
  slug: string,
  [name, own]: Named,
  linked: boolean,
): SectionDraft {
  const source = drafts.find((draft) => draft.slug === slug)!;
  return {
    ...{ ...source, name, slug: own, anchor: true },
    repeats: { slug, as: linked ? 'links' : 'articles' },
  };
}

/** Each new section stands after the others of its group, those of no group at the end. */
function withChildren(
  drafts: readonly SectionDraft[],
  more: readonly SectionDraft[],
): SectionDraft[] {
  const grown = [...drafts];
  for (const draft of more) {
    const last = grown.findLastIndex(({ slug, under }) =>
      [slug, under].includes(draft.under ?? ''),
    );
    grown.splice(last < 0 ? grown.length : last + 1, 0, draft);
  }
  return grown;
}
