import type { Account, Site } from '../domain/subject.ts';
import type { FailingSubject, FrozenRound } from '../inspection/index.ts';
import { chineseDate } from '../lib/pure/dates.ts';
import { formatPoints, formatRatio } from '../scoring/index.ts';
import type {
  Bulletin,
  BulletinAccountRow,
  BulletinSiteRow,
  OrderedUnitRow,
  UndeterminedRow,
} from './bulletin.ts';
import { GROUP_ROW, NO_ITEMS } from './problem-groups.ts';

/** The rows of the four annexes, and what stands beside them. */
type Tables = Pick<
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

/** Print rows in their order, registry order inside one; sites before accounts, as the annexes stand. */
export function inPrintOrder(
  { printRows }: FrozenRound,
  failing: FrozenRound['failing'],
): FrozenRound['failing'] {
  const place = new Map(printRows.map((row, index) => [row.name, index]));
  const rank = ({ subject }: FailingSubject): readonly number[] => [
    subject.kind === 'site' ? 0 : 1,
    place.get(subject.printRow) ?? printRows.length,
    subject.registryOrder,
  ];
  return [...failing].sort((a, b) => compareRanks(rank(a), rank(b)));
}

function compareRanks(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((value, index) => value !== b[index]);
  return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
}

export function composeTables(frozen: FrozenRound): Tables {
  const failing = inPrintOrder(frozen, frozen.failing);
  const [sitesByUnit, accountsByUnit] = [unitRows(frozen, 'site'), unitRows(frozen, 'account')];
  const kind = (wanted: 'site' | 'account'): FailingSubject[] =>
    failing.filter(({ subject }) => subject.kind === wanted);
  return {
    repeatOffenders: failing
      .filter(({ repeatedRules }) => repeatedRules.length > 0)
      .map(({ subject }) => ({ unit: subject.printRow, name: subject.name })),
    sitesByUnit,
    sitesTotal: totalRow(frozen, sitesByUnit),
    failingSites: kind('site').map((each, index) => siteRow(frozen, each, index + 1)),
    accountsByUnit,
    accountsTotal: totalRow(frozen, accountsByUnit),
    failingAccounts: kind('account').map((each, index) => accountRow(frozen, each, index + 1)),
    undetermined: frozen.undetermined.map(undeterminedRow),
  };
}

function undeterminedRow({
  subject,
  rule,
  reason,
}: FrozenRound['undetermined'][number]): UndeterminedRow {
  const identity =
    subject.kind === 'site'
      ? { siteCode: subject.siteCode }
      : { platform: subject.platform, accountId: subject.accountId };
  const { kind, printRow, name } = subject;
  return { kind, unit: printRow, name, ...identity, rule, reason };
}

/** Annex rows in print order: rows that have any registered subject of the kind, or had one in the round. */
export function unitRows(frozen: FrozenRound, kind: 'site' | 'account'): OrderedUnitRow[] {
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

/** A place of which something was checked, and nothing failed; groups of departments are no places. */
export function isSoundPlace(row: OrderedUnitRow): boolean {
  return row.checked > 0 && row.failing === 0 && !GROUP_ROW.test(row.unit);
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
  { subject, rules, score }: FailingSubject,
  order: number,
): BulletinSiteRow {
  const site = subject as Site;
  const labels = labelsOf(frozen, rules);
  return {
    order,
    unit: site.printRow,
    name: site.name,
    problems: score === null ? labels : [scoreWords(score), ...labels],
    siteCode: site.siteCode,
    rules,
    ...(score === null ? {} : { score: formatPoints(score.centipoints) }),
  };
}

/** `扣分指标得分55分，低于60分` */
export function scoreWords({
  centipoints,
  failBelow,
}: NonNullable<FailingSubject['score']>): string {
  return `扣分指标得分${formatPoints(centipoints)}分，低于${formatPoints(failBelow)}分`;
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
    lastUpdatedPrinted: printedUpdate(lastUpdate),
    rules,
  };
}

/** The date; 无动态信息 when there is no item at all; nothing when nobody could see. */
export function printedUpdate({ date, none }: FailingSubject['lastUpdate']): string {
  if (date !== null) return chineseDate(date);
  return none ? NO_ITEMS : '';
}
