import { addMonths, type CalendarDate } from '../../../lib/pure/dates.ts';
import { type Draw, drawFrom } from '../sites/draw.ts';
import type { ListItem } from '../sites/list-items.ts';
import { guidesOf, sharedHost } from '../sites/plan-guides.ts';
import type { Section } from '../sites/section.ts';
import { listOf, type SiteModel } from '../sites/site-model.ts';
import { PAIRS } from './shape-list.ts';
import {
  DUTIES_TOLD,
  drawName,
  FIRST_POSTS,
  FORM_NAMES,
  LIVES,
  OTHER_POSTS,
} from './structure-words.ts';

/** One leader as the site publishes him; null = the fault: nothing is told of it. */
export interface PlannedLeader {
  readonly name: string;
  readonly post: string;
  readonly life: string | null;
  readonly duties: string | null;
}

/** `blocks`: all on one page; `cards`: a page each; `table`: posts and duties in a table, lives on a page each. */
export const LEADER_FORMS = ['blocks', 'cards', 'table'] as const;

/** A policy file with its interpretation, and which of them leads to the other. */
export interface PlannedPair {
  readonly policy: ListItem;
  readonly reading: ListItem;
  readonly policyLinks: boolean;
  readonly readingLinks: boolean;
}

/** `opens`, `wordPage`: sound (Word saved it as a web page); the others do not open, or are only named. */
export const FORM_STATES = [
  'opens',
  'wordPage',
  'gone',
  'emptyFile',
  'errorPage',
  'unlinked',
] as const;
export type FormState = (typeof FORM_STATES)[number];

export interface PlannedForm {
  readonly name: string;
  readonly path: string;
  readonly state: FormState;
}

/** `works`: finds; `nothing`: never does; `broken`: answers with an error. */
export type SearchState = 'works' | 'nothing' | 'broken';

export interface PlannedFigures {
  readonly about: 'service' | 'messages';
  readonly section: Section;
  /** First day of the newest month that it tells of. */
  readonly month: CalendarDate;
  readonly isOld: boolean;
}

/** What a whole site offers beside its articles, sound or at fault. */
export interface WholeStructure {
  readonly leaderForm: (typeof LEADER_FORMS)[number];
  readonly leaders: readonly PlannedLeader[];
  readonly pairs: readonly PlannedPair[];
  readonly search: SearchState;
  readonly figures: readonly PlannedFigures[];
  /** Forms by guide, in the order of the guides. */
  readonly forms: readonly (readonly PlannedForm[])[];
}

const planned = new WeakMap<SiteModel, WholeStructure>();

/** The structure of a grown site; null of an ordinary one. */
export function structureOf(model: SiteModel): WholeStructure | null {
  if (!model.plan.whole) return null;
  const known = planned.get(model) ?? plan(model);
  planned.set(model, known);
  return known;
}

function plan(model: SiteModel): WholeStructure {
  const draw = drawFrom(model.plan.seed, 'whole/structure');
  return {
    leaderForm: draw.pick(LEADER_FORMS),
    leaders: planLeaders(draw, Number(model.plan.monitoredOn.slice(0, 4))),
    pairs: planPairs(model, draw),
    search: draw.chance(0.5) ? 'works' : draw.pick(['nothing', 'nothing', 'broken'] as const),
    figures: planFigures(model, draw),
    forms: planForms(model, draw),
  };
}

function planLeaders(draw: Draw, year: number): PlannedLeader[] {
  const names = new Set<string>();
  const count = draw.int(4, 6);
  while (names.size < count) names.add(drawName(draw));
  const [lifeless, idle] = [draw.int(-1, count - 1), draw.int(-1, count - 1)];
  return [...names].map((name, at) => {
    const born = year - draw.int(38, 58);
    const life = draw
      .pick(LIVES)
      .replaceAll('{y}', String(born))
      .replaceAll('{w}', String(born + 21));
    const duties = at === 0 ? DUTIES_TOLD[0] : draw.pick(DUTIES_TOLD.slice(1));
    return {
      name,
      post: at === 0 ? draw.pick(FIRST_POSTS) : draw.pick(OTHER_POSTS),
      life: at === lifeless ? null : life,
      // The first leads everything: nobody leaves that out.
      duties: at === idle && at > 0 && at !== lifeless ? null : duties,
    };
  });
}

function planPairs(model: SiteModel, draw: Draw): PlannedPair[] {
  const listed = (slug: string): ListItem[] => {
    const section = model.sections.find((each) => each.slug === slug && each.mode === 'list');
    return section ? listOf(model, section).slice(0, PAIRS) : [];
  };
  const [policies, readings] = [listed('zcwj'), listed('zcjd')];
  return readings.flatMap((reading, at) => {
    const policy = policies[at];
    if (!policy || policy.href !== null || reading.href !== null) return [];
    const fault = draw.chance(0.35) ? draw.pick(['policy', 'reading'] as const) : null;
    return { policy, reading, policyLinks: fault !== 'policy', readingLinks: fault !== 'reading' };
  });
}

/** Figures are renewed every month or quarter; older than this nobody keeps them. */
const OLD_MONTHS = [13, 30] as const;

function planFigures(model: SiteModel, draw: Draw): PlannedFigures[] {
  return model.sections
    .filter(({ mode }) => mode === 'figures')
    .map((section): PlannedFigures => {
      const isOld = draw.chance(0.4);
      const ago = isOld ? draw.int(...OLD_MONTHS) : draw.int(1, 2);
      const month = `${addMonths(model.plan.monitoredOn, -ago).slice(0, 7)}-01`;
      const parent = section.parent === null ? undefined : model.sections[section.parent];
      return { about: parent?.mode === 'guides' ? 'service' : 'messages', section, month, isOld };
    });
}

const ENDINGS = ['doc', 'docx', 'xls', 'pdf', 'wps'] as const;
/** The first guides offer two forms, the others one. */
const TWO_FORMS = 2;

function planForms(model: SiteModel, draw: Draw): (readonly PlannedForm[])[] {
  if (sharedHost(model.plan) !== null) return [];
  return guidesOf(model.plan).map(({ title }, guide) =>
    draw.some(FORM_NAMES, guide < TWO_FORMS ? 2 : 1).map((words, at): PlannedForm => {
      const state = draw.chance(0.65) ? 'opens' : draw.pick(FORM_STATES.slice(1));
      // Word saves a page under .doc; a PDF that is a page never opens.
      const ending = state === 'wordPage' ? 'doc' : draw.pick(ENDINGS);
      return {
        name: words.replace('{item}', title),
        path: `/attach/bg/${model.plan.monitoredOn.slice(0, 4)}/${300 + guide * 10 + at}.${ending}`,
        state,
      };
    }),
  );
}
