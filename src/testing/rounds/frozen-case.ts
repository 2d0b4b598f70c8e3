import { readFileSync } from 'node:fs';
import type { CaseFile } from '../../domain/case-file.ts';
import { parsePeriod } from '../../domain/period.ts';
import type { Ruleset } from '../../domain/ruleset.ts';
import type { Subject, SubjectKind } from '../../domain/subject.ts';
import type { FailingSubject, FrozenRound } from '../../inspection/index.ts';
import { invariant } from '../../lib/pure/errors.ts';
import { ruleByLabel } from '../../scoring/index.ts';
import { testRuleset } from '../test-ruleset.ts';

const PLATFORMS = ['微信公众号', '新浪微博', '头条号'] as const;

/** A file of the package, read as JSON: `samples/hunan-2020q3.json`. */
export function readPackageJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8'));
}

/** The frozen round that a case file describes, as if the inspection had found exactly its tables. `change` alters the round. */
export function frozenCase(
  given: CaseFile,
  change: Partial<FrozenRound['round']> = {},
  previousPeriod: string | null = null,
): FrozenRound {
  const ruleset = testRuleset('hunan-2020');
  const period = parsePeriod(given.period);
  const failing = [
    ...given.failingSites.map((row, index) => failingSite(given, ruleset, row, index)),
    ...given.failingAccounts.map((row, index) => failingAccount(given, ruleset, row, index)),
  ];
  const rows = [...new Set([...given.sitesByUnit, ...given.accountsByUnit].map((row) => row.unit))];
  return {
    round: {
      id: 1,
      period: period.key,
      label: period.label,
      window: given.samplingWindow,
      monitoredAt: `${given.samplingWindow[1]}T15:59:59.999Z`,
      ruleset,
      clock: 'live',
      coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
      wholeSites: { sites: 'none', pagesPerSite: 5_000 },
      resolveRules: [],
      state: 'frozen',
      paused: false,
      reviewWaived: null,
      undeterminedWaived: null,
      createdAt: '2020-07-01T00:00:00.000Z',
      frozenAt: '2020-09-28T00:00:00.000Z',
      ...change,
    },
    roots: ['湖南省'],
    printRows: rows.map((name) => ({
      name,
      hasSites: given.sitesByUnit.some((row) => row.unit === name),
      hasAccounts: given.accountsByUnit.some((row) => row.unit === name),
    })),
    subjects: [...subjectsOf(given, 'site', failing), ...subjectsOf(given, 'account', failing)],
    // Turned round: the order of the bulletin is its own work.
    failing: failing.reverse(),
    undetermined: [],
    previousPeriod,
    previousListed:
      previousPeriod === null
        ? []
        : failing
            .filter(({ repeatedRules }) => repeatedRules.length > 0)
            .map(({ subject }) => ({ kind: subject.kind, id: subject.id })),
  };
}

/** 湘西土家族苗族自治州 of annex 4 is 湘西自治州 of annex 3. */
export function printRowName(unit: string): string {
  return unit === '湘西土家族苗族自治州' ? '湘西自治州' : unit;
}

type Row = CaseFile['failingSites'][number] | CaseFile['failingAccounts'][number];

function base(row: Row, index: number) {
  return {
    id: index + 1,
    name: row.name,
    sponsorId: 1,
    printRow: printRowName(row.unit),
    status: 'running',
    registryOrder: index,
    monitoredAt: null,
  } as const;
}

function failingOf(
  given: CaseFile,
  ruleset: Ruleset,
  row: Row,
  subject: Subject,
): Omit<FailingSubject, 'lastUpdate'> {
  const rules = row.problems.map((problem) => {
    const rule = ruleByLabel(ruleset, subject.kind, problem);
    invariant(rule !== null, `样例里的问题“${problem}”不是规则`);
    return rule;
  });
  const repeated = given.repeatOffenders.some(
    (each) => each.unit === row.unit && each.name === row.name,
  );
  return {
    subject,
    rules,
    score: null,
    repeatedRules: repeated ? rules.slice(0, 1) : [],
  };
}

function failingSite(
  given: CaseFile,
  ruleset: Ruleset,
  row: CaseFile['failingSites'][number],
  index: number,
): FailingSubject {
  const subject: Subject = {
    ...base(row, index),
    kind: 'site',
    sponsorName: row.name,
    siteCode: row.siteCode,
    homeUrl: 'https://www.example.test/',
    isPortal: false,
    hasService: true,
  };
  return { ...failingOf(given, ruleset, row, subject), lastUpdate: { date: null, none: false } };
}

function failingAccount(
  given: CaseFile,
  ruleset: Ruleset,
  row: CaseFile['failingAccounts'][number],
  index: number,
): FailingSubject {
  const subject: Subject = {
    ...base(row, index),
    kind: 'account',
    sponsorName: row.operator,
    platform: row.platform,
    accountId: `id-${index + 1}`,
  };
  return {
    ...failingOf(given, ruleset, row, subject),
    lastUpdate: { date: row.lastUpdated, none: row.lastUpdated === null },
  };
}

/** Every running subject of a kind: the failing ones, and healthy ones to fill each row up to its counts. */
function subjectsOf(
  given: CaseFile,
  kind: SubjectKind,
  failing: readonly FailingSubject[],
): FrozenRound['subjects'] {
  const rows = kind === 'site' ? given.sitesByUnit : given.accountsByUnit;
  return rows.flatMap((row, rowIndex) => {
    const known = failing
      .map(({ subject }) => subject)
      .filter((subject) => subject.kind === kind && subject.printRow === row.unit);
    const healthy = Array.from({ length: row.running - known.length }, (_, index) =>
      healthySubject(kind, row.unit, 1000 * (rowIndex + 1) + index),
    );
    return [...known, ...healthy].map((subject, index) => ({
      subject,
      checked: index < row.checked,
      monitoredAt: `${given.samplingWindow[1]}T15:59:59.999Z`,
      stage: 'judged',
      pages: 0,
      apiCalls: 0,
      feeds: 0,
      lastUpdate: { date: null, none: false },
      verdict: null,
    }));
  });
}

function healthySubject(kind: SubjectKind, unit: string, id: number): Subject {
  const shared = {
    ...base({ order: id, unit, name: `${unit}健康${id}`, problems: [], siteCode: '' }, id),
    sponsorName: unit,
  };
  return kind === 'site'
    ? {
        ...shared,
        kind,
        siteCode: String(id),
        homeUrl: 'https://www.example.test/',
        isPortal: false,
        hasService: true,
      }
    : {
        ...shared,
        kind,
        platform: PLATFORMS[id % PLATFORMS.length] ?? PLATFORMS[0],
        accountId: `healthy-${id}`,
      };
}
