import { pageKey } from '../../derive/site/index.ts';
import type { Scope } from '../../domain/actor.ts';
import type { Fact } from '../../domain/fact.ts';
import type {
  KindSource,
  OddityClass,
  SectionOddity,
  SiteTree,
  StandardKind,
  TreeSection,
} from '../../domain/facts/structure-facts.ts';
import type { Site } from '../../domain/subject.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { requireRoundSubject } from '../read/require-round-subject.ts';
import { type DecidedSection, decidedSections } from './section-kind.repository.ts';

/** What is odd about a section, in words. */
export interface SectionMark {
  readonly oddity: OddityClass;
  readonly reason: string;
}

/** One section as a round saw it, and what a person decided it to be. */
export interface SectionItem {
  readonly name: string;
  readonly url: string;
  /** Address of the section above; null on the first level. */
  readonly parent: string | null;
  readonly level: number;
  readonly kind: StandardKind;
  readonly confidence: number;
  readonly sources: readonly KindSource[];
  readonly content: TreeSection['content'];
  readonly reason: string | null;
  readonly itemCount: number;
  readonly latestTitle: string | null;
  /** As the page prints it; null when none is known. */
  readonly latestOn: CalendarDate | null;
  readonly snapshot: string | null;
  readonly marks: readonly SectionMark[];
  readonly decision: DecidedSection | null;
}

/** The section tree of a site in one round. */
export interface SiteSections {
  readonly state: 'observed' | 'absent' | 'unobserved';
  /** Why it was not seen. */
  readonly reason: string | null;
  readonly items: readonly SectionItem[];
  /** Sections met and not kept, by a limit. */
  readonly leftOut: number;
  /** Odd sections that stand below the levels that are read. */
  readonly below: readonly (SectionMark & { readonly name: string; readonly url: string })[];
  /** Decisions about addresses that this round did not show as sections. */
  readonly unseenDecisions: readonly DecidedSection[];
}

/**
 * The section tree that a round saw, each section with what is odd about it and with what a person decided. Throws `round.unknown`, or
 * `site.unknown` when the round does not have the site or it lies outside the scope.
 */
export async function readSiteSections(
  db: InspectionDb,
  scope: Scope,
  asked: { readonly id: number; readonly period: string },
): Promise<SiteSections> {
  const { round, subject } = await requireRoundSubject(db, scope, { kind: 'site', ...asked });
  const tree = await factOf<SiteTree>(db, round.id, asked.id, 'site.tree');
  const oddities = await factOf<readonly SectionOddity[]>(
    db,
    round.id,
    asked.id,
    'site.sectionOddities',
  );
  const decisions = await decidedSections(db, (subject as Site).siteCode);
  return viewSections(tree, oddities.state === 'observed' ? oddities.value : [], decisions);
}

/** Pure: the tree, its oddities and the decisions about it, joined by address. */
export function viewSections(
  tree: Fact<SiteTree>,
  oddities: readonly SectionOddity[],
  decisions: readonly DecidedSection[],
): SiteSections {
  const sections = tree.state === 'observed' ? tree.value.sections : [];
  const keys = new Set(sections.map(({ url }) => pageKey(url)));
  const marks = marksByKey(oddities);
  const decided = new Map(decisions.map((each) => [each.sectionKey, each]));
  return {
    state: tree.state,
    reason: tree.state === 'unobserved' ? tree.reason : null,
    items: sections.map((section) => {
      const key = pageKey(section.url);
      return itemOf(section, marks.get(key) ?? [], decided.get(key) ?? null);
    }),
    leftOut: tree.state === 'observed' ? tree.value.leftOut : 0,
    below: oddities
      .filter(({ url }) => !keys.has(pageKey(url)))
      .map(({ oddity, reason, name, url }) => ({ oddity, reason, name, url })),
    unseenDecisions: decisions.filter(({ sectionKey }) => !keys.has(sectionKey)),
  };
}

/** A duplicate is told once, of the first section; people look at any of them. */
function marksByKey(oddities: readonly SectionOddity[]): ReadonlyMap<string, SectionMark[]> {
  const marks = new Map<string, SectionMark[]>();
  const add = (url: string, mark: SectionMark): void => {
    const key = pageKey(url);
    marks.set(key, [...(marks.get(key) ?? []), mark]);
  };
  for (const { oddity, name, url, reason, others } of oddities) {
    add(url, { oddity, reason });
    for (const other of others) add(other.url, { oddity, reason: `与“${name}”的内容完全相同` });
  }
  return marks;
}

function itemOf(
  section: TreeSection,
  marks: readonly SectionMark[],
  decision: DecidedSection | null,
): SectionItem {
  const { name, url, parent, level, kind, confidence, sources, content } = section;
  const { itemCount, newest, snapshot, reason = null } = section;
  const date = newest?.date ?? null;
  return {
    ...{
      name,
      url,
      parent,
      level,
      kind,
      confidence,
      sources,
      content,
      reason,
      itemCount,
      snapshot,
    },
    latestTitle: newest?.title ?? null,
    latestOn: date === null || date.yearUnknown ? null : date.value,
    ...{ marks, decision },
  };
}

/** A fact of one site; a round that never gathered it did not look. */
async function factOf<T>(
  db: InspectionDb,
  roundId: number,
  siteId: number,
  key: 'site.tree' | 'site.sectionOddities',
): Promise<Fact<T>> {
  const row = await db
    .selectFrom('fact')
    .select(['state', 'value', 'reason'])
    .where('round_id', '=', roundId)
    .where('kind', '=', 'site')
    .where('subject_id', '=', siteId)
    .where('key', '=', key)
    .executeTakeFirst();
  if (!row) return { state: 'unobserved', reason: '这个批次没有采集栏目' };
  if (row.state === 'observed') return { state: 'observed', value: row.value as T };
  return row.state === 'absent'
    ? { state: 'absent' }
    : { state: 'unobserved', reason: row.reason ?? '' };
}
