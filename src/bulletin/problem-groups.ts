import type { Subject } from '../domain/subject.ts';
import type { FailingSubject, FrozenRound } from '../inspection/index.ts';
import type { BulletinAccountRow, BulletinSiteRow } from './bulletin.ts';
import { type ProblemWords, predicatesOf, problemWords } from './problem-words.ts';
import { joinWords } from './text-words.ts';

/** Print rows that are groups of departments: no place stands before a site's name for them. */
export const GROUP_ROW = /(部门|单位|机构|委办局)$/;
/** Printed instead of a date when an account has no item at all. */
export const NO_ITEMS = '无动态信息';

/** Words of a template for rules, before the platform's own. */
export type OwnWords = Readonly<Record<string, ProblemWords>>;

/** Several problems of one subject as the text names them together: 更新不及时和未提供有效互动功能. */
export function topicsOf(
  { round }: FrozenRound,
  rules: readonly string[],
  own: OwnWords = {},
): string {
  return joinWords(rules.map((rule) => problemWords(round.ruleset, rule, own).topic));
}

/** A site or an account as a sentence names it. */
export function subjectName(subject: Subject): string {
  return subject.kind === 'site'
    ? siteName(subject.printRow, subject.name)
    : accountName({ ...subject, unit: subject.printRow });
}

export function accountName({
  unit,
  name,
  platform,
}: Pick<BulletinAccountRow, 'unit' | 'name' | 'platform'>): string {
  return `${unit}“${name}”${platform}`;
}

/**
 * A site as the founding document names it: registered name + 网站 (once), the place before it unless the name says it.
 * A name with figures stands in quotation marks, so that they are not taken for counts.
 */
export function siteName(unit: string, name: string): string {
  const quoted = /\d/.test(name) ? `“${name}”` : name;
  const stem = unit.replace(/(?:自治州|地区|自治县|[市州县区盟])$/, '');
  const place = GROUP_ROW.test(unit) || name.includes(stem) ? '' : unit;
  return `${place}${quoted}${name.endsWith('网站') ? '' : '网站'}`;
}

/** Subjects that the previous round named for the same, by what it was. */
export function groupRepeats(
  frozen: FrozenRound,
  repeated: readonly FailingSubject[],
): ReadonlyMap<string, readonly FailingSubject[]> {
  return groupBy(repeated, (each) => topicsOf(frozen, each.repeatedRules));
}

/** The rows under one predicate, and the rule behind it; null where the rows fail by their score. */
export interface ProblemGroup<Row> {
  readonly ruleId: string | null;
  readonly rows: readonly Row[];
}

/** Rows by the platform's words for what they did wrong, in the order in which the annex comes to it. A row with several problems stands under each. */
export function groupProblems<Row extends BulletinSiteRow | BulletinAccountRow>(
  { round }: FrozenRound,
  rows: readonly Row[],
): ReadonlyMap<string, ProblemGroup<Row>> {
  const groups = new Map<string, { ruleId: string | null; rows: Row[] }>();
  for (const row of rows)
    for (const { predicate, ruleId } of predicatesOf(round.ruleset, row)) {
      const known = groups.get(predicate);
      // The last rule that reads so is the one whose rows are opened.
      if (known) known.ruleId = ruleId;
      else groups.set(predicate, { ruleId, rows: [] });
      groups.get(predicate)?.rows.push(row);
    }
  return groups;
}

/** Accounts that have several problems at once, by the combination. */
export function groupSeveral(
  frozen: FrozenRound,
  accounts: readonly BulletinAccountRow[],
): ReadonlyMap<string, readonly BulletinAccountRow[]> {
  const several = accounts.filter((row) => row.rules.length > 1);
  return groupBy(several, ({ rules }) => topicsOf(frozen, rules));
}

/** The first account of each of the first units. */
export function examplesOf(rows: readonly BulletinAccountRow[], max: number): string {
  const firsts = [...groupBy(rows, (row) => row.unit).values()].flatMap((each) => each.slice(0, 1));
  const isFirst = new Set(firsts);
  const chosen = [...firsts, ...rows.filter((row) => !isFirst.has(row))];
  return chosen.slice(0, max).map(accountName).join('、');
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const known = groups.get(keyOf(item));
    if (known) known.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
