import type { Account, Site } from '../domain/subject.ts';
import type { FailingSubject, FrozenRound } from '../inspection/index.ts';
import { chineseDate } from '../lib/pure/dates.ts';
import { formatPassRate, formatRatio } from '../scoring/index.ts';
import type {
  Bulletin,
  BulletinAccountRow,
  BulletinSiteRow,
  Issue,
  OrderedUnitRow,
  UndeterminedRow,
} from './bulletin.ts';
import { TO_FILL } from './bulletin.ts';
import { composeText } from './compose-text.ts';

/** Units that hold at least this share of the failing accounts are named with it (湘政务函〔2020〕25号 names 25.71 %). */
export const SHARE_NAMED_PERCENT = 20;

/** The whole bulletin from a frozen round: counts first, then rows, then text written from both. Pure. */
export function composeBulletin(frozen: FrozenRound, issue: Issue): Bulletin {
  const { round } = frozen;
  const percent = round.ruleset.percent;
  const tables = composeTables(frozen);
  const isDraft = round.reviewWaived !== null || round.clock === 'replay';
  const head = {
    title: titleOf(frozen),
    documentNumber: issue.documentNumber ?? TO_FILL,
    issuer: issue.issuer ?? TO_FILL,
    issuedOn: issue.issuedOn ?? TO_FILL,
    period: round.period,
    samplingWindow: round.window,
    rectificationDeadline: issue.rectificationDeadline ?? TO_FILL,
    contact: issue.contact ?? TO_FILL,
    printed: {
      sitePassRate: formatPassRate(tables.sitesTotal.failing, tables.sitesTotal.checked, percent),
      accountPassRate: formatPassRate(
        tables.accountsTotal.failing,
        tables.accountsTotal.checked,
        percent,
      ),
      shareOfFailingAccounts: sharesOf(
        tables.accountsByUnit,
        tables.accountsTotal.failing,
        (part, whole) => formatRatio(part, whole, percent),
      ),
    },
    coverage: round.coverage,
    replay: round.clock === 'replay',
    reviewWaived: round.reviewWaived,
    isDraft,
  };
  const withoutText = { ...head, ...tables };
  return { ...withoutText, text: composeText(withoutText, frozen, issue) };
}

export type Tables = Pick<
  Bulletin,
  | 'repeatOffenders'
  | 'sitesByUnit'
  | 'sitesTotal'
  | 'failingSites'
  | 'accountsByUnit'
  | 'accountsTotal'
  | 'failingAccounts'
  | 'undetermined'
>;

function titleOf({ round }: FrozenRound): string {
  const sampled =
    round.coverage.sites.mode === 'sample' || round.coverage.accounts.mode === 'sample';
  return `关于${round.label}全省政府网站与政务新媒体${sampled ? '抽查' : '检查'}情况的通报`;
}

function composeTables(frozen: FrozenRound): Tables {
  const rowOrder = new Map(frozen.printRows.map((row, index) => [row.name, index]));
  const failing = [...frozen.failing].sort(
    (a, b) =>
      (rowOrder.get(a.subject.printRow) ?? 1e9) - (rowOrder.get(b.subject.printRow) ?? 1e9) ||
      a.subject.registryOrder - b.subject.registryOrder,
  );
  const sites = failing.filter(({ subject }) => subject.kind === 'site');
  const accounts = failing.filter(({ subject }) => subject.kind === 'account');
  return {
    repeatOffenders: [...accounts, ...sites]
      .filter(({ repeatedRules }) => repeatedRules.length > 0)
      .map(({ subject }) => ({ unit: subject.printRow, name: subject.name })),
    sitesByUnit: unitRows(frozen, 'site'),
    sitesTotal: totalRow(frozen, unitRows(frozen, 'site')),
    failingSites: sites.map((each, index) => siteRow(frozen, each, index + 1)),
    accountsByUnit: unitRows(frozen, 'account'),
    accountsTotal: totalRow(frozen, unitRows(frozen, 'account')),
    failingAccounts: accounts.map((each, index) => accountRow(frozen, each, index + 1)),
    undetermined: frozen.undetermined.map(
      ({ subject, rule, reason }): UndeterminedRow => ({
        kind: subject.kind,
        unit: subject.printRow,
        name: subject.name,
        ...(subject.kind === 'site'
          ? { siteCode: subject.siteCode }
          : { platform: subject.platform, accountId: subject.accountId }),
        rule,
        reason,
      }),
    ),
  };
}

/** Annex rows in print order: rows that have any registered subject of the kind, or had one in the round. */
function unitRows(frozen: FrozenRound, kind: 'site' | 'account'): OrderedUnitRow[] {
  const counts = new Map<string, { running: number; checked: number }>();
  for (const { subject, checked } of frozen.subjects) {
    if (subject.kind !== kind) continue;
    const known = counts.get(subject.printRow) ?? { running: 0, checked: 0 };
    counts.set(subject.printRow, {
      running: known.running + 1,
      checked: known.checked + (checked ? 1 : 0),
    });
  }
  const listed = frozen.printRows.filter(
    (row) => (kind === 'site' ? row.hasSites : row.hasAccounts) || counts.has(row.name),
  );
  return listed.map(({ name }, index) => {
    const { running, checked } = counts.get(name) ?? { running: 0, checked: 0 };
    const failing = frozen.failing.filter(
      ({ subject }) => subject.kind === kind && subject.printRow === name,
    ).length;
    return {
      order: index + 1,
      unit: name,
      running,
      checked,
      failing,
      ratio: formatRatio(failing, checked, frozen.round.ruleset.percent),
    };
  });
}

function totalRow(frozen: FrozenRound, rows: readonly OrderedUnitRow[]): Bulletin['sitesTotal'] {
  const sum = (field: 'running' | 'checked' | 'failing'): number =>
    rows.reduce((total, row) => total + row[field], 0);
  const [running, checked, failing] = [sum('running'), sum('checked'), sum('failing')];
  return {
    unit: '合计',
    running,
    checked,
    failing,
    ratio: formatRatio(failing, checked, frozen.round.ruleset.percent),
  };
}

function labelsOf(frozen: FrozenRound, rules: readonly string[]): string[] {
  const labels = new Map(frozen.round.ruleset.rules.map((rule) => [rule.id, rule.printedLabel]));
  return rules.map((rule) => labels.get(rule) ?? rule);
}

function siteRow(
  frozen: FrozenRound,
  { subject, rules }: FailingSubject,
  order: number,
): BulletinSiteRow {
  const site = subject as Site;
  return {
    order,
    unit: site.printRow,
    name: site.name,
    problems: labelsOf(frozen, rules),
    siteCode: site.siteCode,
    rules,
  };
}

function accountRow(
  frozen: FrozenRound,
  { subject, rules, lastUpdate }: FailingSubject,
  order: number,
): BulletinAccountRow {
  const account = subject as Account;
  return {
    order,
    unit: account.printRow,
    name: account.name,
    problems: labelsOf(frozen, rules),
    operator: account.sponsorName,
    platform: account.platform,
    accountId: account.accountId,
    lastUpdated: lastUpdate.date,
    lastUpdatedPrinted:
      lastUpdate.date !== null ? chineseDate(lastUpdate.date) : lastUpdate.none ? '无动态信息' : '',
    rules,
  };
}

function sharesOf(
  rows: readonly OrderedUnitRow[],
  total: number,
  format: (part: number, whole: number) => string,
): Record<string, string> {
  const named = rows.filter((row) => total > 0 && row.failing * 100 >= total * SHARE_NAMED_PERCENT);
  return Object.fromEntries(named.map((row) => [row.unit, format(row.failing, total)]));
}
