import type { PercentStyle, Ruleset } from '../domain/ruleset.ts';
import { UserError } from '../lib/pure/errors.ts';
import { formatRatio } from '../scoring/index.ts';
import type { Bulletin, OrderedUnitRow } from './bulletin.ts';
import { reconcileText } from './reconcile-text.ts';

/**
 * Reads the numbers back out of the written text and computes them again from the annex rows; sums totals from their rows.
 * Throws {@link UserError} `bulletin.mismatch` naming every disagreement: then nothing is written.
 */
export function reconcile(
  bulletin: Bulletin,
  ruleset: Ruleset,
  again: Bulletin | null = null,
): void {
  const problems = findMismatches(bulletin, ruleset, again);
  if (problems.length > 0)
    throw new UserError('bulletin.mismatch', '通报正文与附件的数字对不上，没有生成任何文件。', {
      family: 'state',
      details: problems,
    });
}

/**
 * The disagreements in Chinese; none when the text says what the annexes say. The founding document's sentences are read by another
 * hand; those of another template are compared with `again`, the same bulletin composed once more from the frozen round.
 */
export function findMismatches(
  bulletin: Bulletin,
  ruleset: Ruleset,
  again: Bulletin | null = null,
): string[] {
  const percent = bulletin.template?.percent ?? ruleset.percent;
  const tables = [
    ...checkTable(
      '附件1',
      bulletin.sitesByUnit,
      bulletin.sitesTotal,
      bulletin.failingSites,
      percent,
    ),
    ...checkTable(
      '附件3',
      bulletin.accountsByUnit,
      bulletin.accountsTotal,
      bulletin.failingAccounts,
      percent,
    ),
  ];
  return bulletin.template === undefined
    ? [...tables, ...reconcileText(bulletin, ruleset)]
    : [...tables, ...compareAgain(bulletin, again)];
}

/** Every computed paragraph and cell as it would be written now. What the office wrote itself is not looked at. */
function compareAgain(bulletin: Bulletin, again: Bulletin | null): string[] {
  if (again === null) return ['没有模板可以复算正文，请重新生成'];
  const own = ({ text }: Bulletin): string[] =>
    text.paragraphs.filter(({ author }) => author === 'platform').map((each) => each.text);
  const [printed, computed] = [own(bulletin), own(again)];
  const texts = Array.from({ length: Math.max(printed.length, computed.length) }, (_, index) => {
    const [is, should] = [printed[index] ?? '（没有）', computed[index] ?? '（没有）'];
    return is === should ? null : `正文印为“${is.slice(0, 60)}”，复算为“${should.slice(0, 60)}”`;
  });
  const annexes = (bulletin.annexes ?? []).map((annex, index) =>
    JSON.stringify(annex) === JSON.stringify(again.annexes?.[index])
      ? null
      : `附件${index + 1}“${annex.title}”与复算的不同`,
  );
  return [...texts, ...annexes].filter((each) => each !== null);
}

function checkTable(
  name: string,
  rows: readonly OrderedUnitRow[],
  total: Bulletin['sitesTotal'],
  failing: readonly { readonly unit: string; readonly order: number }[],
  percent: PercentStyle,
): string[] {
  const found: string[] = [];
  for (const field of ['running', 'checked', 'failing'] as const) {
    const sum = rows.reduce((all, row) => all + row[field], 0);
    if (sum !== total[field])
      found.push(`${name}合计的 ${field} 为 ${total[field]}，各行之和为 ${sum}`);
  }
  for (const row of [...rows, { ...total, order: 0 }]) {
    const ratio = formatRatio(row.failing, row.checked, percent);
    if (ratio !== row.ratio) found.push(`${name}“${row.unit}”比例印为 ${row.ratio}，应为 ${ratio}`);
  }
  for (const row of rows) {
    const listed = failing.filter((each) => each.unit === row.unit).length;
    if (listed !== row.failing)
      found.push(`${name}“${row.unit}”有问题 ${row.failing} 个，名单里有 ${listed} 个`);
  }
  if (failing.length !== total.failing)
    found.push(`${name}合计有问题 ${total.failing} 个，名单里有 ${failing.length} 个`);
  failing.forEach((row, index) => {
    if (row.order !== index + 1) found.push(`${name}对应名单的序号在第 ${index + 1} 行断开`);
  });
  return found;
}
