import { parsePeriod } from '../domain/period.ts';
import type { Subject } from '../domain/subject.ts';
import type { FailingSubject, FrozenRound } from '../inspection/index.ts';
import type { BulletinAccountRow, BulletinSiteRow } from './bulletin.ts';
import type { TextFacts } from './compose-text.ts';
import { predicatesOf, problemWords } from './problem-words.ts';
import { figure, joinRich, joinRichWords, type Rich, rich } from './rich-text.ts';
import { countWord, joinWords, previousPeriodWords, thisPeriod } from './text-words.ts';

/** Names in one sentence; the annexes name everybody. */
export const NAMED_MAX = 10;
/** Examples where the founding document gives examples. */
const EXAMPLES_MAX = 2;
/** Print rows that are groups of departments: no place stands before a site's name for them. */
export const GROUP_ROW = /(部门|单位|机构|委办局)$/;

/** 二、发现的主要问题: one paragraph a theme, themes without data left out. Empty when everything passed. */
export function composeProblems(facts: TextFacts, frozen: FrozenRound): Rich[] {
  return [repeatTheme(facts, frozen), siteTheme(facts, frozen), accountTheme(facts, frozen)].filter(
    (theme) => theme.length > 0,
  );
}

/** Several problems of one subject as the text names them together: 更新不及时和未提供有效互动功能. */
export function topicsOf({ round }: FrozenRound, rules: readonly string[]): string {
  return joinWords(rules.map((rule) => problemWords(round.ruleset, rule).topic));
}

function repeatTheme({ order, periodLabel }: TextFacts, frozen: FrozenRound): Rich {
  const repeated = order(frozen.failing.filter((each) => each.repeatedRules.length > 0));
  if (repeated.length === 0) return [];
  const byTopic = groupBy(repeated, (each) => topicsOf(frozen, each.repeatedRules));
  const previous = frozen.previousPeriod === null ? null : parsePeriod(frozen.previousPeriod).label;
  const when = previousPeriodWords(previous, periodLabel);
  const sentences = [...byTopic].map(
    ([topic, each]) =>
      rich`${subjectNames(each, topic)}，在${when}被通报${topic}问题后，未对照发现的问题，举一反三，抓好自查整改，${thisPeriod(frozen.round.period)}仍存在相同问题`,
  );
  return rich`个别单位整改落实不到位。${joinRich(sentences, '；')}。`;
}

function subjectNames(failing: readonly FailingSubject[], topics: string): Rich {
  const named = failing.slice(0, NAMED_MAX).map(({ subject }) => subjectName(subject));
  const count = figure(failing.length, { rows: 'repeat', topics });
  return rich`${named.join('、')}${failing.length > NAMED_MAX ? rich`等${count}家` : ''}`;
}

function subjectName(subject: Subject): string {
  return subject.kind === 'site'
    ? siteName(subject.printRow, subject.name)
    : `${subject.printRow}“${subject.name}”${subject.platform}`;
}

/**
 * A site as the founding document names it: registered name + 网站 (once), the place before it unless the name says it.
 * A name with figures stands in quotation marks, so that they are not taken for counts.
 */
function siteName(unit: string, name: string): string {
  const quoted = /\d/.test(name) ? `“${name}”` : name;
  const stem = unit.replace(/(?:自治州|地区|自治县|[市州县区盟])$/, '');
  const place = GROUP_ROW.test(unit) || name.includes(stem) ? '' : unit;
  return `${place}${quoted}${name.endsWith('网站') ? '' : '网站'}`;
}

function siteTheme({ failingSites }: TextFacts, { round }: FrozenRound): Rich {
  if (failingSites.length === 0) return [];
  const byPredicate = new Map<string, { ruleId: string | null; rows: BulletinSiteRow[] }>();
  for (const row of failingSites)
    for (const { predicate, ruleId } of predicatesOf(round.ruleset, row)) {
      const known = byPredicate.get(predicate) ?? { ruleId, rows: [] };
      byPredicate.set(predicate, { ...known, rows: [...known.rows, row] });
    }
  const sentences = [...byPredicate].map(([predicate, { ruleId, rows }]) => {
    const names = rows.slice(0, NAMED_MAX).map((row) => siteName(row.unit, row.name));
    const ref = ruleId === null ? { byScore: true } : { ruleId };
    const count = figure(rows.length, { rows: 'failing-sites', ...ref });
    return rich`${names.join('、')}${rows.length > NAMED_MAX ? rich`等${count}家` : ''}${predicate}`;
  });
  return rich`个别网站功能建设和运行维护有待完善。${joinRich(sentences, '；')}。`;
}

function accountTheme(facts: TextFacts, frozen: FrozenRound): Rich {
  const { failing } = facts.accountsTotal;
  if (failing === 0) return [];
  const count = figure(failing, { rows: 'failing-accounts' });
  const sentences = [
    rich`${thisPeriod(frozen.round.period)}政务新媒体检查共有${count}家存在问题${sharesClause(facts)}`,
    noneSentence(facts.failingAccounts),
    ...severalSentences(facts.failingAccounts, frozen),
  ].filter((sentence) => sentence.length > 0);
  return rich`政务新媒体运维管理仍需规范。${joinRich(sentences, '。')}。`;
}

/** Units that hold a large share of the failing accounts; the denominator is said (bulletin-form §2). */
function sharesClause({ accountsByUnit, printed }: TextFacts): Rich {
  const held = accountsByUnit.flatMap((row) => {
    const share = printed.shareOfFailingAccounts[row.unit];
    if (share === undefined) return [];
    const ref = { rows: 'failing-accounts', printRow: row.unit } as const;
    return [
      { unit: row.unit, count: rich`${figure(row.failing, ref)}家`, share: figure(share, ref) },
    ];
  });
  if (held.length === 0) return [];
  const each = held.length > 1 ? '分别有' : '有';
  const counts = joinRichWords(held.map(({ count }) => count));
  const shares = joinRichWords(held.map(({ share }) => share));
  return rich`，其中${held.map(({ unit }) => unit).join('、')}${each}${counts}，占问题总数的${shares}`;
}

function noneSentence(accounts: readonly BulletinAccountRow[]): Rich {
  const none = accounts.filter((row) => row.lastUpdatedPrinted === NO_ITEMS);
  if (none.length === 0) return [];
  const count = figure(none.length, { rows: 'failing-accounts', noItems: true });
  const more = none.length > EXAMPLES_MAX ? rich`等${count}家政务新媒体` : '';
  return rich`${examples(none)}${more}未开设动态信息`;
}

/** Printed instead of a date when an account has no item at all. */
export const NO_ITEMS = '无动态信息';

/** One sentence for every combination of problems that accounts have at once. */
function severalSentences(accounts: readonly BulletinAccountRow[], frozen: FrozenRound): Rich[] {
  const several = accounts.filter((row) => row.rules.length > 1);
  const combinations = groupBy(several, ({ rules }) => topicsOf(frozen, rules));
  return [...combinations].map(([topics, rows]) => {
    const ref = { rows: 'failing-accounts', topics } as const;
    const count = rows.length > EXAMPLES_MAX ? rich`等${figure(rows.length, ref)}家政务新媒体` : '';
    const each = figure(countWord(rows[0]?.rules.length ?? 0), ref);
    return rich`${examples(rows)}${count}同时存在${topics}${each}项问题`;
  });
}

/** The first account of each of the first units. */
function examples(rows: readonly BulletinAccountRow[]): string {
  const firsts = [...groupBy(rows, (row) => row.unit).values()].flatMap((each) => each.slice(0, 1));
  const chosen = [...firsts, ...rows.filter((row) => !firsts.includes(row))];
  return chosen
    .slice(0, EXAMPLES_MAX)
    .map((row) => `${row.unit}“${row.name}”${row.platform}`)
    .join('、');
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
