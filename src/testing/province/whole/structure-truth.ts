import { guidePath, guidesOf, sharedHost } from '../sites/plan-guides.ts';
import type { Section } from '../sites/section.ts';
import { listOf, type SiteModel } from '../sites/site-model.ts';
import { structureOf, type WholeStructure } from './plan-structure.ts';
import type { StructureKind, TruthRow } from './truth-row.ts';

type Row = Pick<TruthRow, 'expected' | 'page' | 'target' | 'words'> & {
  readonly kind: StructureKind;
};

/** Rules that a single look can judge: a week of visits and what people enter are none. */
const NO_LOOK = /unreachable|security/;

/** What `site inspect` should say of the structure of a grown site, and nothing else. */
export function structureTruth(model: SiteModel): TruthRow[] {
  const structure = structureOf(model);
  if (!structure) return [];
  const rows: Row[] = [
    ...leaderRows(model, structure),
    ...pairRows(structure),
    ...searchRows(structure),
    ...figureRows(structure),
    ...guideRows(model, structure),
    ...model.sections.flatMap((section) => sectionRows(model, section)),
    ...model.plan.problems
      .filter((rule) => !NO_LOOK.test(rule))
      .map((rule): Row => ({ kind: 'veto', expected: rule, page: '/', target: null, words: rule })),
  ];
  return rows.map((row) => ({ host: model.plan.host, by: 'inspect', ...row }));
}

function leaderRows(model: SiteModel, { leaders }: WholeStructure): Row[] {
  const page = model.sections.find(({ mode }) => mode === 'leaders')?.path;
  if (page === undefined) return [];
  return leaders.flatMap(({ name, life, duties }): Row[] => {
    const about = { page, target: null, words: name };
    return [
      ...(life === null ? [{ kind: 'leaderLife' as const, expected: 'noResume', ...about }] : []),
      ...(duties === null
        ? [{ kind: 'leaderDuties' as const, expected: 'noDuties', ...about }]
        : []),
    ];
  });
}

function pairRows({ pairs }: WholeStructure): Row[] {
  return pairs.flatMap(({ policy, reading, policyLinks, readingLinks }): Row[] => {
    if (policyLinks && readingLinks) return [];
    const [from, to] = policyLinks ? [reading, policy] : [policy, reading];
    return [
      {
        ...{ page: from.path, target: to.path, words: to.title },
        ...(policyLinks
          ? { kind: 'readingUnlinked', expected: 'interpretationLinks' }
          : { kind: 'policyUnlinked', expected: 'policyLinks' }),
      },
    ];
  });
}

function searchRows({ search }: WholeStructure): Row[] {
  if (search === 'works') return [];
  const expected = search === 'nothing' ? 'miss' : 'failed';
  return [{ kind: 'search', expected, page: '/', target: '/search', words: search }];
}

function figureRows({ figures }: WholeStructure): Row[] {
  return figures
    .filter(({ isOld }) => isOld)
    .map(({ about, section, month }) => ({
      ...{ kind: 'figuresOld', expected: about, page: section.path, target: null },
      words: month.slice(0, 7),
    }));
}

function guideRows(model: SiteModel, { forms }: WholeStructure): Row[] {
  const section = model.sections.find(({ mode }) => mode === 'guides');
  if (!section || sharedHost(model.plan) !== null) return [];
  return guidesOf(model.plan).flatMap(({ lacks }, at): Row[] => {
    const page = guidePath(section, at);
    const own = (forms[at] ?? []).flatMap(({ name, path, state }): Row[] => {
      const about = { page, target: path, words: name };
      if (state === 'opens') return [];
      if (state === 'wordPage') return [{ kind: 'formWordPage', expected: null, ...about }];
      return state === 'unlinked'
        ? [{ kind: 'formUnlinked', expected: 'missing', ...about, target: null }]
        : [{ kind: 'formBroken', expected: 'broken', ...about }];
    });
    if (lacks.length === 0) return own;
    const words = lacks.join('、');
    return [{ kind: 'guideElements', expected: 'missing', page, target: null, words }, ...own];
  });
}

function sectionRows(model: SiteModel, section: Section): Row[] {
  const { mode, repeats, titles, path: page } = section;
  const about = { page, target: null, words: section.name };
  if (mode === 'empty') return [{ kind: 'emptySection', expected: 'blank', ...about }];
  if (mode !== 'list') return [];
  if (repeats) {
    const target = model.sections.find(({ slug }) => slug === repeats.slug)!.path;
    return [{ kind: 'repeatedSection', expected: 'duplicate', ...about, target }];
  }
  if (titles === 'dispatch') return [{ kind: 'misnamedSection', expected: 'misplaced', ...about }];
  if (!section.stale) return [];
  const dates = listOf(model, section).map(({ date }) => date);
  const newest = dates.reduce((best, date) => (date > best ? date : best), '');
  return [{ kind: 'staleSection', expected: 'stale', ...about, words: newest }];
}
