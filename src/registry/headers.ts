import { ACCOUNT_COLUMNS } from './account-fields.ts';

/** The columns of the four sheets and the other words that registers use for them. Compared without spaces, case and width. */
export type SheetKind = 'unit' | 'site' | 'account' | 'source';

export const SHEET_TITLES: Readonly<Record<SheetKind, string>> = {
  unit: '单位',
  site: '网站',
  account: '新媒体',
  source: '信源',
};

type Synonyms = Readonly<Record<string, readonly string[]>>;

/** First of each list is the contract's own header. */
export const COLUMNS: Readonly<Record<SheetKind, Synonyms>> = {
  unit: {
    name: ['名称', '单位名称', '单位', '单位全称', 'name'],
    parent: ['上级', '上级单位', '主管单位', '上级主管单位', 'parent'],
    aliases: ['别名', '简称', '其他名称', 'aliases'],
    formerNames: ['曾用名', '原名称', 'formerNames'],
    printRow: ['通报行', '市州/部门', '市州部门', 'printRow'],
    printOrder: ['打印次序', '排序', '次序', '序位', 'printOrder'],
    divisionCode: ['区划代码', '行政区划代码', 'divisionCode'],
  },
  site: {
    siteCode: ['网站标识码', '标识码', '政府网站标识码', 'siteCode'],
    name: ['网站名称', '名称', 'name'],
    sponsor: ['主办单位', '主办单位全称', '代表主体名称', '主办单位名称', 'sponsor'],
    printRow: ['通报行', '市州/部门', '市州部门', 'printRow'],
    homeUrl: ['首页网址', '首页', '网址', '首页地址', '网站地址', '域名', 'homeUrl', 'url'],
    status: ['状态', '运行状态', '网站状态', 'status'],
    isPortal: ['是否门户', '是否门户网站', '门户', 'isPortal'],
    hasService: ['有无对外服务职能', '对外服务职能', '有无对外服务', 'hasService'],
    monitoredAt: ['监测时间点', '监测时间', 'monitoredAt'],
  },
  account: ACCOUNT_COLUMNS,
  // Further sources of accounts that are registered already, or in the same import.
  source: {
    platform: ['平台', '账号平台', '平台类别', '平台类型', 'platform'],
    accountId: ['账号ID', '账号id', '账号', '微信号', '原始ID', 'accountId'],
    name: ['账号名称', '新媒体账号名称', '新媒体名称', 'name'],
    feedKind: ['信源种类', '信源类型', 'feedKind', 'kind'],
    feedUrl: ['信源地址', '信源网址', '接口地址', 'feedUrl', 'address'],
    appId: ['身份', 'AppID', 'appId', 'identity'],
    appSecret: ['密钥', 'AppSecret', 'appSecret', 'secret'],
  },
};

/** A row of 新媒体 may name several sources: 信源种类、信源种类2 … 信源种类5, and so their other columns. */
export const SOURCE_NUMBERS = ['', '2', '3', '4', '5'] as const;
const SOURCE_FIELDS = ['feedKind', 'feedUrl', 'appId', 'appSecret'] as const;

const FURTHER_SOURCES: readonly (readonly [string, readonly string[]])[] = SOURCE_NUMBERS.slice(
  1,
).flatMap((number) =>
  SOURCE_FIELDS.map(
    (field) =>
      [`${field}${number}`, COLUMNS.account[field]!.map((word) => `${word}${number}`)] as const,
  ),
);

/** Columns without which a sheet is not that sheet. */
const NEEDED: Readonly<Record<SheetKind, readonly string[]>> = {
  unit: ['name'],
  site: ['siteCode', 'name', 'sponsor', 'homeUrl'],
  account: ['platform', 'name', 'sponsor'],
  source: ['platform', 'feedKind'],
};

/** Spaces, width and case aside: `账号 ＩＤ` is `账号id`. */
export function foldHeader(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\s*＊:：]+/g, '')
    .toLowerCase();
}

export interface FoundHeader {
  readonly kind: SheetKind;
  /** Index of the header row in the sheet; title rows may stand above it. */
  readonly rowIndex: number;
  /** Column index by field name. */
  readonly columns: ReadonlyMap<string, number>;
  /** Headers that mean nothing here, for a note. */
  readonly unknown: readonly string[];
}

/** Title rows above the headers: a name, a date, a filling guide. */
const TITLE_ROWS_MAX = 10;

/** Finds the header row of a sheet by its words; `preferred` breaks ties for sheets that bear a name of ours. */
export function findHeader(
  rows: readonly (readonly string[])[],
  preferred: SheetKind | null,
): FoundHeader | null {
  const kinds: readonly SheetKind[] = preferred
    ? [preferred]
    : ['site', 'account', 'source', 'unit'];
  for (let rowIndex = 0; rowIndex < Math.min(TITLE_ROWS_MAX, rows.length); rowIndex += 1) {
    for (const kind of kinds) {
      const found = readHeader(rows[rowIndex]!, kind, rowIndex);
      if (
        found &&
        NEEDED[kind].every((field) => found.columns.has(field)) &&
        !(kind === 'unit' && found.columns.size < 2)
      )
        return found;
    }
  }
  return null;
}

function readHeader(
  cells: readonly string[],
  kind: SheetKind,
  rowIndex: number,
): FoundHeader | null {
  const fieldByWord = new Map(
    [...Object.entries(COLUMNS[kind]), ...(kind === 'account' ? FURTHER_SOURCES : [])].flatMap(
      ([field, words]) => words.map((word) => [foldHeader(word), field] as const),
    ),
  );
  const columns = new Map<string, number>();
  const unknown: string[] = [];
  cells.forEach((cell, index) => {
    const field = fieldByWord.get(foldHeader(cell));
    if (field !== undefined && !columns.has(field)) columns.set(field, index);
    else if (cell !== '' && field === undefined) unknown.push(cell);
  });
  return columns.size > 0 ? { kind, rowIndex, columns, unknown } : null;
}

/** The kind that a sheet's name says, or null. */
export function kindByTitle(title: string): SheetKind | null {
  const folded = foldHeader(title);
  if (/信源/.test(folded)) return 'source';
  if (/新媒体|账号/.test(folded)) return 'account';
  if (/网站/.test(folded)) return 'site';
  return /单位/.test(folded) ? 'unit' : null;
}
