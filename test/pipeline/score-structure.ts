import type { SiteReport } from '../../src/inspection/structure/site-report.ts';
import type { TruthRow } from '../../src/testing/province/whole/truth-row.ts';

/** Something that an inspection said against a site although nothing of the kind was planted. */
export interface FalseAccusation {
  readonly what: string;
  readonly url: string;
  readonly reason: string;
}

export interface StructureScore {
  readonly missed: readonly TruthRow[];
  readonly wrong: readonly FalseAccusation[];
}

const pathOf = (url: string | null): string => {
  if (url === null) return '';
  const { pathname, search } = new URL(url);
  return pathname + search;
};
/** `/xw/` and `/xw/index.html` are one page. */
const pageOf = (url: string | null): string => pathOf(url).replace(/index\.\w+$/, '');
const samePage = (url: string, path: string): boolean =>
  pageOf(url) === path.replace(/index\.\w+$/, '');

const plain = (name: string): string => name.normalize('NFKC');

/** One thing said: what a truth row must match, by kind. */
interface Said extends FalseAccusation {
  readonly isOf: (row: TruthRow) => boolean;
}

/** Holds what `site inspect --json` said of one site against what was planted in it. */
export function scoreStructure(report: SiteReport, truth: readonly TruthRow[]): StructureScore {
  const said = everythingSaid(report);
  const faults = truth.filter((row) => row.by === 'inspect' && row.expected !== null);
  const isKnown = (each: Said): boolean =>
    faults.some(each.isOf) || isOfStaleSource(each, faults, report);
  return {
    missed: faults.filter(
      (row) =>
        !said.some(({ isOf }) => isOf(row)) &&
        !readAsStale(row, report) &&
        !wantsVisits(row, report),
    ),
    wrong: said
      .filter((each) => !isKnown(each))
      .map(({ what, url, reason }) => ({ what, url, reason })),
  };
}

/** A section of no kind that has a time limit is not called stale; that its newest day was read is what counts. */
function readAsStale(row: TruthRow, { sections }: SiteReport): boolean {
  return (
    row.kind === 'staleSection' &&
    sections.some(({ url, latestOn }) => samePage(url, row.page) && latestOn === row.words)
  );
}

/** Everything that a look can see says so; only a week of visits is wanting, which one look does not have. */
function wantsVisits(row: TruthRow, { findings }: SiteReport): boolean {
  const found = findings.find(({ rule }) => rule === row.expected);
  return (
    row.kind === 'veto' &&
    found?.status === 'undetermined' &&
    found.reason?.endsWith('没有访问记录') === true
  );
}

/** What repeats a stale section is stale as well. */
function isOfStaleSource(
  { what, url }: Said,
  faults: readonly TruthRow[],
  { sections }: SiteReport,
): boolean {
  const newest = sections.find((each) => each.url === url)?.latestOn;
  return (
    what === 'stale' &&
    faults.some(({ kind, words }) => kind === 'staleSection' && words === newest)
  );
}

function everythingSaid(report: SiteReport): Said[] {
  return [
    ...saidOfSections(report),
    ...saidOfPeople(report),
    ...saidOfPolicies(report),
    ...saidOfServices(report),
    ...saidOfTheRest(report),
  ];
}

function saidOfSections({ oddities }: SiteReport): Said[] {
  // A section that answers 404 is planted by the case itself, and told by `site links` (`isPlantedLink`).
  const told = oddities.filter(({ oddity, url }) => oddity !== 'gone' || !isOldPlace(url));
  return told.map(({ oddity, url, others, reason }) => ({
    ...{ what: oddity, url, reason },
    isOf: (row) =>
      row.expected === oddity &&
      [url, ...others.map((other) => other.url)].some((each) => samePage(each, row.page)),
  }));
}

/** Names under which sites leave what is no longer there. */
export const isOldPlace = (url: string): boolean => /^\/(?:jiuban|spzq|en)\b/.test(pathOf(url));

function saidOfPeople({ leaders }: SiteReport): Said[] {
  const say = (what: string, name: string, url: string): Said => ({
    ...{ what, url, reason: name },
    isOf: (row) => row.expected === what && row.words === name,
  });
  return (leaders?.people ?? []).flatMap(({ name, post, hasResume, hasDuties, url }) => [
    ...(hasResume === false ? [say('noResume', name, url)] : []),
    ...(hasDuties === false ? [say('noDuties', name, url)] : []),
    ...(post === '' ? [say('noPost', name, url)] : []),
  ]);
}

function saidOfPolicies({ policyLinks }: SiteReport): Said[] {
  const say = (what: string, from: string, to: string): Said => ({
    ...{ what, url: from, reason: to },
    isOf: (row) => row.expected === what && pathOf(from) === row.page && pathOf(to) === row.target,
  });
  return (policyLinks?.pairs ?? []).flatMap((pair) => {
    const [policy, reading] = [pair.policy.url, pair.interpretation.url];
    return [
      ...(pair.policyLinks === false ? [say('policyLinks', policy, reading)] : []),
      ...(pair.interpretationLinks === false ? [say('interpretationLinks', reading, policy)] : []),
    ];
  });
}

function saidOfServices({ guideForms }: SiteReport): Said[] {
  return (guideForms?.guides ?? []).flatMap((guide): Said[] => {
    const missing = guide.missing.join('、');
    const forms = guide.forms
      .filter(({ state }) => state === 'broken' || state === 'missing')
      .map(
        ({ name, url, state, reason = '' }): Said => ({
          ...{ what: state, url: url ?? guide.url, reason: `${name}：${reason}` },
          isOf: (row) =>
            row.expected === state &&
            (url === null
              ? plain(row.words) === plain(name) && samePage(guide.url, row.page)
              : pathOf(url) === row.target),
        }),
      );
    if (missing === '') return forms;
    const isOf = (row: TruthRow): boolean =>
      row.kind === 'guideElements' && samePage(guide.url, row.page) && row.words === missing;
    return [{ what: 'guide', url: guide.url, reason: missing, isOf }, ...forms];
  });
}

/** Figures older than this are no longer renewed: they come every month, at the latest every half year. */
const OLD_DAYS = 190;

function saidOfTheRest({ url, at, search, statistics, findings }: SiteReport): Said[] {
  const said: Said[] = findings
    .filter(({ rule, status }) => rule.startsWith('site.veto.') && status === 'breached')
    .map(({ rule, reason }) => ({
      ...{ what: rule, url, reason: reason ?? '' },
      isOf: (row) => row.expected === rule,
    }));
  if (search?.outcome === 'miss' || search?.outcome === 'failed')
    said.push({
      ...{ what: search.outcome, url: search.resultUrl ?? url, reason: search.title ?? '' },
      isOf: (row) => row.kind === 'search' && row.expected === search.outcome,
    });
  for (const { about, latestOn, url: page, name } of statistics?.blocks ?? []) {
    const age = latestOn === null ? 0 : Date.parse(at) - Date.parse(latestOn);
    if (age > OLD_DAYS * 86_400_000)
      said.push({
        ...{ what: 'figures', url: page, reason: `${name} ${latestOn}` },
        isOf: (row) =>
          row.kind === 'figuresOld' &&
          row.expected === about &&
          row.words === latestOn?.slice(0, 7),
      });
  }
  return said;
}
