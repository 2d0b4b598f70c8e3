import { ID_KIND_WORDS, ID_KINDS, type IdKind } from '../domain/account-identity.ts';
import { RECORD_FIELD_NAMES, RECORD_FIELDS, type RecordField } from '../domain/account-record.ts';

/** Fields of an account in files, maps and differences: its own, its identities (`id.gh`), its further ones. */

/** Own fields and the words that registers use for them; the first is our own header. */
export const OWN_FIELDS = {
  platform: ['平台', '账号平台', '平台类别', '平台类型', 'platform'],
  name: ['账号名称', '新媒体账号名称', '新媒体名称', '名称', 'name'],
  accountId: ['账号ID', '账号id', '账号', 'accountId'],
  sponsor: [
    '主办单位',
    '代表主体名称',
    '主办单位全称',
    '主办单位全称(代表主体名称)',
    '主办单位名称',
    '开设主体',
    '代表主体',
    'sponsor',
  ],
  printRow: ['通报行', '市州/部门', '市州部门', 'printRow'],
  status: ['状态', '运行状态', '账号状态', 'status'],
  feedKind: ['信源种类', '信源类型', 'feedKind'],
  feedUrl: ['信源地址', '信源网址', '接口地址', 'feedUrl'],
  appId: ['AppID', 'appId'],
  appSecret: ['AppSecret', 'appSecret'],
  monitoredAt: ['监测时间点', '监测时间', 'monitoredAt'],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;
export type OwnField = keyof typeof OWN_FIELDS;

export type IdField = `id.${IdKind}`;
export const idField = (kind: IdKind): IdField => `id.${kind}`;
/** The kinds in the order in which one of them stands in for a missing 账号ID: what the platform made before what people chose. */
export const ID_FIELD_KINDS: readonly IdKind[] = [
  ...(['gh', 'wxid', 'appid', 'uid', 'sec_uid', 'token', 'mid', 'bundle', 'biz'] as const),
];

const ID_WORDS: Readonly<Partial<Record<IdKind, readonly string[]>>> = {
  wxid: ['微信号'],
  gh: ['原始ID', '原始id(gh_)', '公众号原始ID'],
  biz: ['biz'],
  uid: ['微博UID', 'UID'],
  sec_uid: ['secuid'],
  bundle: ['包名'],
};

const RECORD_WORDS: Readonly<Partial<Record<RecordField, readonly string[]>>> = {
  creditCode: ['信用代码', '社会信用代码', '统一信用代码', '组织机构代码'],
  unitKind: ['单位类型', '单位性质', '主体类别'],
  certifiedAs: ['认证主体名称', '账号主体'],
  certification: ['是否认证', '认证情况'],
  accountType: ['公众号类型', '新媒体类型'],
  functions: ['功能', '主要功能', '服务类型'],
  openedOn: ['开设时间', '开通日期', '开通时间', '注册时间'],
  closedOn: ['关停时间', '注销日期', '注销时间'],
  followers: ['粉丝量', '关注数', '订阅数', '粉丝人数'],
  followersOn: ['粉丝统计日期', '粉丝数统计时间'],
  leader: ['分管负责人', '分管领导姓名'],
  responsible: ['责任人姓名', '负责人', '负责人姓名'],
  contact: ['联系人姓名', '联络员', '管理员'],
  phone: ['电话', '手机', '手机号', '手机号码', '联系方式', '联系人电话', '办公电话'],
  upkeep: ['运维方式(自运维/委托)', '运营方式', '维护方式'],
  upkeepCompany: ['运维单位', '委托运维单位', '受托单位'],
  inNationalSystem: ['是否纳入全国系统', '是否报送', '是否在全国系统'],
  nationalNumber: ['全国系统编号', '报送系统编号', '新媒体编号'],
  checkedOn: ['核对日期', '最近核对时间'],
  homeLink: ['主页地址', '主页网址', '账号链接', '链接'],
  qrImage: ['二维码'],
  remark: ['说明'],
};

/** Every field's title and other words. */
export const ACCOUNT_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  ...OWN_FIELDS,
  ...Object.fromEntries(
    ID_FIELD_KINDS.map((kind) => [idField(kind), [ID_KIND_WORDS[kind], ...(ID_WORDS[kind] ?? [])]]),
  ),
  ...Object.fromEntries(
    RECORD_FIELD_NAMES.map((field) => [
      field,
      [RECORD_FIELDS[field].title, ...(RECORD_WORDS[field] ?? []), field],
    ]),
  ),
};

export const isRecordField = (field: string): field is RecordField =>
  Object.hasOwn(RECORD_FIELDS, field);
export const isIdField = (field: string): field is IdField =>
  field.startsWith('id.') && (ID_KINDS as readonly string[]).includes(field.slice(3));
export const titleOf = (field: string): string => ACCOUNT_COLUMNS[field]?.[0] ?? field;
export const isAccountField = (field: string): boolean => Object.hasOwn(ACCOUNT_COLUMNS, field);
