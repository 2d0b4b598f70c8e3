import type { PercentStyle } from '../domain/ruleset.ts';
import { UserError } from '../lib/pure/errors.ts';
import { formatPassRate, formatRatio } from '../scoring/index.ts';
import type { Bulletin, OrderedUnitRow } from './bulletin.ts';

/**
 * Reads the numbers back out of the written text and computes them again from the annex rows; sums totals from their rows.
 * Throws {@link UserError} `bulletin.mismatch` naming every disagreement: then nothing is written.
 */
export function reconcile(bulletin: Bulletin, percent: PercentStyle): void {
  const problems = [
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
    ...checkText(bulletin, percent),
  ];
  if (problems.length > 0)
    throw new UserError('bulletin.mismatch', '通报正文与附件的数字对不上，没有生成任何文件。', {
      family: 'state',
      details: problems,
    });
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
  failing.forEach((row, index) => {
    if (row.order !== index + 1) found.push(`${name}对应名单的序号在第 ${index + 1} 行断开`);
  });
  return found;
}

/** Sentences and what they must say; a sentence that is not there is a mismatch too. */
function checkText(bulletin: Bulletin, percent: PercentStyle): string[] {
  const text = bulletin.text.paragraphs.map((paragraph) => paragraph.text).join('\n');
  const found: string[] = [];
  const expect = (what: string, printed: string | undefined, wanted: string | number): void => {
    if (printed !== String(wanted))
      found.push(`正文“${what}”印为 ${printed ?? '（没有）'}，按附件应为 ${wanted}`);
  };
  const kinds = [
    { what: '政府网站', total: bulletin.sitesTotal },
    { what: '政务新媒体', total: bulletin.accountsTotal },
  ];
  for (const { what, total } of kinds) {
    expect(`${what}运行数`, new RegExp(`正常运行的(\\d+)家${what}`).exec(text)?.[1], total.running);
    if (total.checked === 0) continue;
    const sentence = new RegExp(`正常运行的\\d+家${what}([^；。]*)`).exec(text)?.[1] ?? '';
    expect(
      `${what}合格率`,
      /总体合格率([\d.]+%|0|—)/.exec(sentence)?.[1],
      formatPassRate(total.failing, total.checked, percent),
    );
    if (total.failing > 0)
      expect(`${what}问题数`, /发现(\d+)家存在问题/.exec(sentence)?.[1], total.failing);
    if (/抽查\d+家/.test(sentence))
      expect(`${what}抽查数`, /抽查(\d+)家/.exec(sentence)?.[1], total.checked);
  }
  if (bulletin.accountsTotal.failing > 0) {
    expect(
      '新媒体问题总数',
      /检查共有(\d+)家存在问题/.exec(text)?.[1],
      bulletin.accountsTotal.failing,
    );
    for (const row of bulletin.accountsByUnit) {
      const share = bulletin.printed.shareOfFailingAccounts[row.unit];
      if (share !== undefined)
        expect(
          `${row.unit}占比`,
          text.includes(share) ? share : undefined,
          formatRatio(row.failing, bulletin.accountsTotal.failing, percent),
        );
    }
    const double = bulletin.failingAccounts.filter((row) => row.problems.length >= 2).length;
    if (double > 0)
      expect('同时存在两项问题', /等(\d+)家政务新媒体同时存在/.exec(text)?.[1], double);
  }
  return found;
}
