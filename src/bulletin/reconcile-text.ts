import type { Ruleset } from '../domain/ruleset.ts';
import { chineseDate, isCalendarDate } from '../lib/pure/dates.ts';
import { formatPassRate, formatRatio } from '../scoring/index.ts';
import { annexTables } from './annex-tables.ts';
import type { Bulletin } from './bulletin.ts';
import { GROUP_ROW, NO_ITEMS } from './problem-groups.ts';
import { predicatesOf, problemWords } from './problem-words.ts';

/** As in the founding document's template: it is read back by another hand, so its limits stand here once more. */
const NAMED_MAX = 10;
const SHARE_NAMED_PERCENT = 20;

/** A row of annex 1 or 3, read back from the printed cells. */
interface PrintedRow {
  readonly unit: string;
  readonly running: number;
  readonly checked: number;
  readonly failing: number;
}

/**
 * Reads the figures back out of the written text and computes them again from the printed annexes.
 * Each sentence that was understood is taken away; a figure that is left over has no origin, which is a mismatch too.
 * What the office wrote itself is not looked at. Returns the disagreements in Chinese.
 */
export function reconcileText(bulletin: Bulletin, ruleset: Ruleset): string[] {
  const text = new ReadText(bulletin);
  const [sites, , accounts] = annexTables(bulletin).map(({ rows }) => rows.map(readRow));
  checkOverview(text, '政府网站', '网站', sites ?? [], ruleset);
  checkOverview(text, '政务新媒体', '政务新媒体', accounts ?? [], ruleset);
  checkRepeats(text, bulletin);
  checkSites(text, bulletin, ruleset);
  checkShares(text, accounts ?? [], ruleset);
  checkNone(text, bulletin);
  checkSeveral(text, bulletin, ruleset);
  text.refuseLeftovers(bulletin);
  return text.found;
}

/** The platform's own paragraphs, read sentence by sentence. */
class ReadText {
  readonly found: string[] = [];
  readonly whole: string;
  #rest: string;

  constructor({ text }: Bulletin) {
    this.whole = text.paragraphs
      .filter(({ author }) => author === 'platform')
      .map((paragraph) => paragraph.text)
      .join('\n');
    this.#rest = this.whole;
  }

  /** Takes the first match out of the text; null when there is none. */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = pattern.exec(this.#rest);
    if (match)
      this.#rest = `${this.#rest.slice(0, match.index)}□${this.#rest.slice(match.index + match[0].length)}`;
    return match;
  }

  expect(what: string, printed: string | undefined, wanted: string | number): void {
    if (printed !== String(wanted))
      this.found.push(`正文“${what}”印为 ${printed ?? '（没有）'}，按附件应为 ${wanted}`);
  }

  /** Figures that belong to names, dates and document numbers are no counts. */
  refuseLeftovers(bulletin: Bulletin): void {
    const { rectificationDeadline: deadline, issuer, periodLabel } = bulletin;
    const known = [
      issuer,
      periodLabel,
      '国办秘函〔2019〕19号',
      isCalendarDate(deadline) ? chineseDate(deadline) : deadline,
      ...[...bulletin.failingSites, ...bulletin.failingAccounts].map(({ name }) => `“${name}”`),
      ...[...bulletin.sitesByUnit, ...bulletin.accountsByUnit].map(({ unit }) => unit),
      ...bulletin.failingAccounts.map(({ platform }) => platform),
    ];
    let rest = this.#rest;
    for (const words of known) if (words.length > 1) rest = rest.replaceAll(words, '□');
    const stray = /.{0,12}\d[\d.%]*.{0,12}/.exec(rest.replace(/“[^”]*”/g, '□'))?.[0];
    if (stray !== undefined) this.found.push(`正文里有一个数字在附件中没有来历：“${stray}”`);
  }
}

function readRow(cells: readonly string[]): PrintedRow {
  const [running, checked, failing] = [cells[2], cells[3], cells[4]].map(Number);
  return {
    unit: cells[1] ?? '',
    running: running ?? Number.NaN,
    checked: checked ?? Number.NaN,
    failing: failing ?? Number.NaN,
  };
}

function checkOverview(
  text: ReadText,
  what: string,
  noun: string,
  rows: readonly PrintedRow[],
  { percent }: Ruleset,
): void {
  const total = rows.at(-1);
  const clause = text.take(
    new RegExp(
      `正常运行的(\\d+)家${what}(?:未安排检查|(?:进行(?:全覆盖检查|普查)|抽查(\\d+)家，抽查比例([^，]+))，(?:发现(\\d+)家存在问题|未发现突出问题)，总体合格率([^，；。]+)(?:，其中(.+?)${noun}检查合格率${escapeRegExp(percent.hundred)})?)(?=；|。)`,
    ),
  );
  if (!clause || !total) {
    text.found.push(`正文没有说明${what}的检查情况`);
    return;
  }
  const [, running, checked, checkedRatio, failing, rate, sound] = clause;
  text.expect(`${what}运行数`, running, total.running);
  if (total.checked === 0) return;
  // Without a figure of its own the text says that everything which runs was checked.
  text.expect(`${what}检查数`, checked ?? running, total.checked);
  if (checked !== undefined) {
    const ratio = formatRatio(total.checked, total.running, percent);
    text.expect(`${what}抽查比例`, checkedRatio, ratio);
  }
  text.expect(`${what}问题数`, failing ?? '0', total.failing);
  text.expect(`${what}合格率`, rate, formatPassRate(total.failing, total.checked, percent));
  if (total.failing === 0) return;
  const named = rows
    .slice(0, -1)
    .filter((row) => row.checked > 0 && row.failing === 0 && !GROUP_ROW.test(row.unit));
  text.expect(`${what}全部合格的单位`, sound ?? '', named.map(({ unit }) => unit).join('、'));
}

function checkRepeats(text: ReadText, bulletin: Bulletin): void {
  const listed = [...bulletin.failingSites, ...bulletin.failingAccounts];
  const { repeatOffenders } = bulletin;
  const counted = text.whole.match(/等\d+家，在/g) ?? [];
  for (const { unit, name } of repeatOffenders) {
    if (!listed.some((row) => row.unit === unit && row.name === name))
      text.found.push(`“${unit}${name}”被写为屡犯，但不在问题名单里`);
    if (counted.length === 0 && !text.whole.includes(name))
      text.found.push(`正文没有点名屡犯“${unit}${name}”`);
  }
  let sum = 0;
  for (let match = takeRepeat(text); match !== null; match = takeRepeat(text))
    sum += Number(match[1] ?? 0);
  if (sum > repeatOffenders.length) text.expect('屡犯数', String(sum), repeatOffenders.length);
}

function takeRepeat(text: ReadText): RegExpExecArray | null {
  return text.take(/(?:等(\d+)家)?，在[^，。；]+被通报.+?问题后/);
}

function checkSites(text: ReadText, { failingSites }: Bulletin, ruleset: Ruleset): void {
  const said = failingSites.flatMap((row) =>
    predicatesOf(ruleset, row).map(({ predicate }) => ({ predicate, row })),
  );
  for (const predicate of new Set(said.map((each) => each.predicate))) {
    const rows = said.filter((each) => each.predicate === predicate).map(({ row }) => row);
    const match = text.take(new RegExp(`(?:等(\\d+)家)?${escapeRegExp(predicate)}`));
    if (!match) text.found.push(`正文没有写到网站问题“${predicate}”`);
    else if (match[1] !== undefined || rows.length > NAMED_MAX)
      text.expect(`${predicate}的网站数`, match[1], rows.length);
    else
      for (const { name } of rows)
        if (!text.whole.includes(name)) text.found.push(`正文没有点名网站“${name}”`);
  }
}

function checkShares(text: ReadText, rows: readonly PrintedRow[], { percent }: Ruleset): void {
  const total = rows.at(-1)?.failing ?? 0;
  const match = text.take(
    /政务新媒体检查共有(\d+)家存在问题(?:，其中(.+?)(?:分别)?有((?:\d+家[、和]?)+)，占问题总数的([^。]+))?/,
  );
  if (total === 0 && match === null) return;
  text.expect('政务新媒体问题总数', match?.[1], total);
  const held = rows
    .slice(0, -1)
    .filter((row) => row.failing > 0 && row.failing * 100 >= total * SHARE_NAMED_PERCENT);
  const list = (printed: string | undefined): string => (printed ?? '').replaceAll('和', '、');
  const units = held.map(({ unit }) => unit).join('、');
  text.expect('问题较多的单位', match?.[2] ?? '', units);
  text.expect(
    '问题较多单位的问题数',
    list(match?.[3]),
    held.map((row) => `${row.failing}家`).join('、'),
  );
  text.expect(
    '问题较多单位的占比',
    list(match?.[4]),
    held.map((row) => formatRatio(row.failing, total, percent)).join('、'),
  );
}

function checkNone(text: ReadText, { failingAccounts }: Bulletin): void {
  const none = failingAccounts.filter((row) => row.lastUpdatedPrinted === NO_ITEMS);
  const match = text.take(/(?:等(\d+)家政务新媒体)?未开设动态信息/);
  if ((match !== null) !== none.length > 0)
    text.found.push(`附件4有 ${none.length} 个账号${NO_ITEMS}，正文${match ? '写了' : '没有写'}`);
  if (match?.[1] !== undefined) text.expect('未开设动态信息', match[1], none.length);
}

function checkSeveral(text: ReadText, { failingAccounts }: Bulletin, ruleset: Ruleset): void {
  const combinations = new Map<string, number>();
  for (const { rules, problems } of failingAccounts) {
    if (problems.length < 2) continue;
    const topics = rules.map((rule) => problemWords(ruleset, rule).topic).join('、');
    combinations.set(topics, (combinations.get(topics) ?? 0) + 1);
  }
  for (const [topics, count] of combinations) {
    const match = text.take(/(?:等(\d+)家政务新媒体)?同时存在(.+?)[两三四五六七八九十]+项问题/);
    text.expect(
      '同时存在的问题',
      match?.[2]?.replaceAll('和', '、'),
      topics.replaceAll('和', '、'),
    );
    if (match?.[1] !== undefined) text.expect('同时存在几项问题的账号数', match[1], count);
    else if (count > 2) text.found.push(`正文没有写明“${topics}”同时存在的 ${count} 家`);
  }
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
