import { SOURCE_KIND_WORDS, STATUS_WORDS } from '../../util/words.ts';

/** Fields of the register in the order in which people read them. Others are inner matters and are left out. */
const FIELDS: Readonly<Record<string, string>> = {
  name: '名称',
  siteCode: '网站标识码',
  platform: '平台',
  accountId: '账号 ID',
  sponsorName: '主办单位',
  printRow: '通报行',
  status: '状态',
  homeUrl: '首页',
  isPortal: '门户网站',
  hasService: '对外服务职能',
  feedKind: '信源',
  feedUrl: '信源地址',
};

export interface FieldChange {
  readonly field: string;
  readonly from: string;
  readonly to: string;
}

type Entry = Readonly<Record<string, unknown>>;

/** What two states of a register entry differ in, in words. */
export function changesBetween(before: Entry, after: Entry): FieldChange[] {
  return Object.entries(FIELDS).flatMap(([key, field]) => {
    const [from, to] = [valueWords(key, before[key]), valueWords(key, after[key])];
    return from === to ? [] : [{ field, from, to }];
  });
}

function valueWords(key: string, value: unknown): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'boolean') return value ? '是' : '否';
  const text = String(value);
  const words: Readonly<Record<string, string>> =
    key === 'status'
      ? STATUS_WORDS
      : key === 'feedKind'
        ? { ...SOURCE_KIND_WORDS, none: '无' }
        : {};
  return words[text] ?? text;
}
