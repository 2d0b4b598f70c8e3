import type { AnnexTable } from '../documents/official-document.ts';
import { chineseDate } from '../lib/pure/dates.ts';
import type { Bulletin, OrderedUnitRow } from './bulletin.ts';

/** The four annexes in the founding document's columns, order and notes. */
export function annexTables(bulletin: Bulletin): AnnexTable[] {
  const [sites, failingSites, accounts, failingAccounts] = bulletin.text.annexTitles;
  const sampled = `注：检查采样时间为${windowWords(bulletin.samplingWindow)}`;
  return [
    unitTable(sites, '网站', bulletin.sitesByUnit, bulletin.sitesTotal, sampled),
    {
      title: failingSites,
      columns: [
        { head: '序号', width: 8, isCount: true },
        { head: '市州/部门', width: 14 },
        { head: '网站名称', width: 25 },
        { head: '存在的突出问题', width: 36 },
        { head: '网站标识码', width: 17 },
      ],
      rows: bulletin.failingSites.map((row) => [
        String(row.order),
        row.unit,
        row.name,
        row.problems.join('\n'),
        row.siteCode,
      ]),
      hasTotal: false,
      note: '注：网站名称一栏显示均为全国政府网站信息填报系统中各单位自行填报的内容。',
    },
    unitTable(
      accounts,
      '政务新媒体',
      bulletin.accountsByUnit,
      bulletin.accountsTotal,
      `${sampled}。`,
    ),
    {
      title: failingAccounts,
      columns: [
        { head: '序号', width: 6, isCount: true },
        { head: '市州/部门', width: 13 },
        { head: '新媒体账号名称', width: 15 },
        { head: '存在的突出问题', width: 18 },
        { head: '代表主体名称', width: 15.5 },
        { head: '账号平台', width: 13 },
        { head: '最后更新时间', width: 19.5 },
      ],
      rows: bulletin.failingAccounts.map((row) => [
        String(row.order),
        row.unit,
        row.name,
        row.problems.join('\n'),
        row.operator,
        row.platform,
        row.lastUpdatedPrinted,
      ]),
      hasTotal: false,
      note: '',
    },
  ];
}

function unitTable(
  title: string,
  noun: string,
  rows: readonly OrderedUnitRow[],
  total: Bulletin['sitesTotal'],
  note: string,
): AnnexTable {
  const group = `发现存在突出问题的${noun}`;
  const cells = (row: Bulletin['sitesTotal'], first: string): string[] => [
    first,
    row.unit,
    String(row.running),
    String(row.checked),
    String(row.failing),
    row.ratio,
  ];
  return {
    title,
    columns: [
      { head: '序号', width: 8, isCount: true },
      { head: '单位', width: 16 },
      { head: `实际运行${noun}数`, width: 18, isCount: true },
      { head: `检查${noun}数`, width: 17, isCount: true },
      { head: `${noun}数`, group, width: 20.5, isCount: true },
      { head: '占检查数比例', group, width: 20.5 },
    ],
    rows: [...rows.map((row) => cells(row, String(row.order))), cells(total, '')],
    hasTotal: true,
    note,
  };
}

/** `2020年7月7日至9月17日`: the second year is said only when it is another. */
function windowWords([from, to]: Bulletin['samplingWindow']): string {
  const until = chineseDate(to);
  return `${chineseDate(from)}至${from.slice(0, 4) === to.slice(0, 4) ? until.slice(5) : until}`;
}
