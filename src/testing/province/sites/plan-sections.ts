import { addDays, type CalendarDate, calendarDate } from '../../../lib/pure/dates.ts';
import { ARTICLES_PER_SECTION, listPath, sectionFolder } from './address.ts';
import { draftSections } from './draft-sections.ts';
import { type Draw, drawFrom } from './draw.ts';
import { EMPTY_FORMS, type EmptyForm, type Section, type SectionDraft } from './section.ts';
import type { SitePlan } from './site-plan.ts';
import { hasDatedUrls, type ListForm, type SiteTraits } from './traits.ts';

/** How many sections of each sort are neglected. */
interface Neglect {
  readonly keys: number;
  readonly records: number;
  readonly empty: number;
}

/**
 * A sound site stays below every threshold (5 key, 10 due, 5 empty), now and then just below; a site with a problem
 * passes its own threshold, sometimes only just, and is otherwise well kept.
 */
function neglectOf(plan: SitePlan, draw: Draw): Neglect {
  const broken = (rule: string): boolean => plan.problems.includes(`site.veto.${rule}`);
  const failing = plan.problems.length > 0;
  const near = !failing && draw.chance(0.12);
  const keys = near ? draw.int(3, 4) : draw.int(0, failing ? 0 : 1);
  const records = near ? draw.int(6, 9) : draw.int(0, failing ? 1 : 3);
  const empty = near ? draw.int(3, 4) : draw.int(0, failing ? 1 : 2);
  return {
    keys: broken('column-stale.key') ? draw.int(5, 6) : broken('home-stale') ? 2 : keys,
    records: broken('column-stale.should') ? draw.int(10, 13) : records,
    empty: broken('column-stale.blank') ? draw.int(5, 7) : empty,
  };
}

/** Annual reports come out in January: the newest one is at most twelve months old. */
function reportDate(monitoredOn: CalendarDate): CalendarDate {
  const year = Number(monitoredOn.slice(0, 4));
  const thisYear = calendarDate(year, 1, 24)!;
  return thisYear <= monitoredOn ? thisYear : calendarDate(year - 1, 1, 24)!;
}

/** Days between the monitoring date and the newest item of a section. */
function ageOf(
  plan: SitePlan,
  draft: SectionDraft,
  draw: Draw,
  stale: boolean,
  edge: boolean,
): number {
  const quietHome = plan.problems.includes('site.veto.home-stale');
  if (draft.pace === 'news') {
    if (stale) return quietHome ? draw.int(25, 120) : draw.int(24, 300);
    return edge ? 14 : draw.int(0, draft.anchor ? 4 : 11);
  }
  const least = quietHome || edge ? 18 : 2;
  if (draft.pace === 'notice') return stale ? draw.int(215, 500) : draw.int(least, 100);
  if (draft.pace === 'policy') return stale ? draw.int(215, 700) : draw.int(least + 3, 150);
  return stale ? draw.int(420, 1300) : draw.int(least, 75);
}

/** Numbers of a section's articles that stay free (`whole/plan-planted.ts`). */
const GROWN_MAX = ARTICLES_PER_SECTION - 50;

/** How many times as long the lists of a grown site are. */
function growthOf(plan: SitePlan, drafts: readonly SectionDraft[]): number {
  if (!plan.whole) return 1;
  const usual = drafts
    .filter((draft) => draft.mode === 'list' && draft.pace !== 'report')
    .reduce((sum, draft) => sum + COUNTS[draft.pace], 0);
  return plan.whole.pages / Math.max(1, usual);
}

const grow = (count: number, growth: number): number =>
  growth === 1 ? count : Math.min(GROWN_MAX, Math.max(5, Math.round(count * growth)));

const COUNTS = { news: 34, notice: 26, policy: 22, record: 16, report: 5 } as const;
const GAPS = { news: 2, notice: 7, policy: 19, record: 17, report: 365 } as const;

/** Which drafts are neglected: slugs of stale and of empty ones. */
function chooseNeglected(
  plan: SitePlan,
  drafts: readonly SectionDraft[],
  neglect: Neglect,
): { stale: Set<string>; empty: Set<string> } {
  const draw = drawFrom(plan.seed, 'neglect');
  const lists = drafts.filter((draft) => draft.mode === 'list' && !draft.anchor);
  const news = lists.filter((draft) => draft.pace === 'news');
  const others = lists.filter((draft) => draft.pace === 'notice' || draft.pace === 'policy');
  const quietHome = plan.problems.includes('site.veto.home-stale');
  const keys = quietHome && neglect.keys < 5 ? news : [...news, ...others];
  const records = lists.filter((draft) => draft.pace === 'record');
  const staleRecords = draw.some(records, neglect.records);
  const free = records.filter((draft) => !staleRecords.includes(draft));
  return {
    stale: new Set([...draw.some(keys, neglect.keys), ...staleRecords].map((draft) => draft.slug)),
    empty: new Set(draw.some(free, neglect.empty).map((draft) => draft.slug)),
  };
}

const SCRIPTED: readonly ListForm[] = ['source', 'frame'];

function chooseForm(draw: Draw, traits: SiteTraits, draft: SectionDraft): ListForm {
  const forms = draft.anchor
    ? traits.forms.filter((form) => !SCRIPTED.includes(form))
    : traits.forms;
  const form = draw.pick(forms);
  // A report list spans years, so a date without its year would be read from nothing.
  if (draft.pace === 'report') return 'span';
  return form === 'articleOnly' && hasDatedUrls(traits.system) ? 'span' : form;
}

function emptyForms(traits: SiteTraits): readonly EmptyForm[] {
  return EMPTY_FORMS.filter((form) => form !== 'island' || traits.system === 'jcms');
}

/** The sections of a site, with their dates: everything that its pages show follows from them. */
export function planSections(plan: SitePlan, traits: SiteTraits): Section[] {
  const draw = drawFrom(plan.seed, 'pace');
  const neglect = neglectOf(plan, draw);
  const spare = plan.isPortal ? 8 : 5;
  const drafts = draftSections(plan, Math.min(20, neglect.records + neglect.empty + spare));
  const { stale, empty } = chooseNeglected(plan, drafts, neglect);
  const quietHome = plan.problems.includes('site.veto.home-stale');
  const slugs = drafts.map((draft) => draft.slug);
  const growth = growthOf(plan, drafts);
  return drafts.map((draft, index): Section => {
    const isStale = stale.has(draft.slug);
    const old =
      quietHome && draft.pace === 'news' && plan.problems.includes('site.veto.column-stale.key');
    const age = ageOf(
      plan,
      draft,
      draw,
      isStale || (old && draft.mode === 'list'),
      traits.onTheEdge,
    );
    const newest =
      draft.pace === 'report' ? reportDate(plan.monitoredOn) : addDays(plan.monitoredOn, -age);
    const mode = empty.has(draft.slug) ? 'empty' : draft.mode;
    const parent = draft.under === null ? null : slugs.indexOf(draft.under);
    const place = { system: traits.system, slug: draft.slug, under: draft.under, index };
    const freshNews = draft.pace === 'news' && !isStale;
    return {
      ...{
        index,
        slug: draft.slug,
        name: draft.name,
        mode,
        pace: draft.pace,
        titles: draft.titles,
      },
      ...{ parent, path: listPath(place, mode), folder: sectionFolder(place), newest },
      count:
        draft.pace === 'report'
          ? COUNTS.report
          : grow(COUNTS[draft.pace] + draw.int(-7, 9), growth),
      // A longer list goes back further, and no site is older than the web.
      gapDays: Math.ceil(GAPS[draft.pace] / Math.max(1, growth / 3)),
      form: chooseForm(draw, traits, draft),
      empty: draw.pick(emptyForms(traits)),
      onHome:
        mode === 'list' && draft.titles !== 'notice' ? !(quietHome && freshNews) : mode === 'list',
      stale: isStale,
      ...(draft.repeats ? { repeats: draft.repeats } : {}),
    };
  });
}
