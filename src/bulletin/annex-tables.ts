import { chineseDate } from '../lib/pure/dates.ts';
import type { Bulletin, OrderedUnitRow } from './bulletin.ts';

/** One annex as a plain table: what the .docx, the .xlsx and the PDF all print. */
export interface AnnexTable {
  readonly title: string;
  /** Column heads; `group` heads stand over several columns. */
  readonly columns: readonly {
    readonly head: string;
    readonly group?: string;
    readonly width: number;
  }[];
  readonly rows: readonly (readonly string[])[];
  /** The last row is a total: its first two cells are one. */
  readonly hasTotal: boolean;
  readonly note: string;
}

/** The four annexes in the founding document's columns, order and notes. */
export function annexTables(bulletin: Bulletin): AnnexTable[] {
  const [sites, failingSites, accounts, failingAccounts] = bulletin.text.annexTitles as readonly [
    string,
    string,
    string,
    string,
  ];
  const sampled = `注：检查采样时间为${chineseDate(bulletin.samplingWindow[0])}至${chineseDate(bulletin.samplingWindow[1])}`;
  return [
    unitTable(sites, '网站', bulletin.sitesByUnit, bulletin.sitesTotal, sampled),
    {
      title: failingSites,
      columns: [
        { head: '序号', width: 6 },
        { head: '市州/部门', width: 12 },
        { head: '网站名称', width: 24 },
        { head: '存在的突出问题', width: 34 },
        { head: '网站标识码', width: 14 },
      ],
      rows: bulletin.failingSites.map((row) => [
        String(row.order),
        row.unit,
        row.name,
        row.problems.join('\n'),
        row.siteCode,
      ]),
      hasTotal: false,
      note: '注：网站名称一栏显示均为各单位在名录中登记的名称。',
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
        { head: '序号', width: 6 },
        { head: '市州/部门', width: 12 },
        { head: '新媒体账号名称', width: 18 },
        { head: '存在的突出问题', width: 22 },
        { head: '代表主体名称', width: 20 },
        { head: '账号平台', width: 11 },
        { head: '最后更新时间', width: 14 },
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
      { head: '序号', width: 8 },
      { head: '单位', width: 18 },
      { head: `实际运行${noun}数`, width: 16 },
      { head: `检查${noun}数`, width: 14 },
      { head: `${noun}数`, group, width: 14 },
      { head: '占检查数比例', group, width: 16 },
    ],
    rows: [...rows.map((row) => cells(row, String(row.order))), cells(total, '')],
    hasTotal: true,
    note,
  };
}
