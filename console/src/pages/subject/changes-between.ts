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
  account_id: '账号 ID',
  site_code: '网站标识码',
  print_row: '通报行',
  home_url: '首页',
  'id.gh': '原始ID',
  'id.wxid': '微信号',
  'id.biz': '__biz',
  'id.uid': 'uid',
  'id.sec_uid': 'sec_uid',
  creditCode: '统一社会信用代码',
  certification: '认证状态',
  functions: '功能定位',
  openedOn: '开设日期',
  closedOn: '关停日期',
  leader: '分管领导',
  responsible: '责任人',
  contact: '联系人',
  phone: '联系电话',
  upkeep: '运维方式',
  inNationalSystem: '是否纳入报送系统',
  nationalNumber: '系统编号',
  checkedOn: '最近核对日期',
  homeLink: '主页链接',
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
