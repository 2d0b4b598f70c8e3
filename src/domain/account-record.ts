/** What the national reporting system asks of an account beyond platform, name, id, sponsor and status (new-media-apis.md §10). */

/** A choice's stored code and the words for it; the first is ours, the others are read as well. */
type Words = Readonly<Record<string, readonly [string, ...string[]]>>;

export type RecordFieldKind =
  | { readonly is: 'text'; readonly max: number }
  | { readonly is: 'creditCode' }
  | { readonly is: 'date' }
  | { readonly is: 'count' }
  | { readonly is: 'yesNo' }
  | { readonly is: 'url' }
  | { readonly is: 'choice'; readonly words: Words }
  /** Several of the words, stored as the words joined by 、 in the order given here. */
  | { readonly is: 'choices'; readonly words: readonly string[] };

export interface RecordFieldSpec {
  readonly title: string;
  readonly column: string;
  readonly kind: RecordFieldKind;
  /** A natural person's data: shown inside the unit's border only, masked wherever it is kept as a trace. */
  readonly isPersonal?: true;
}

const NAME = { is: 'text', max: 50 } as const;
const UNIT = { is: 'text', max: 200 } as const;

export const RECORD_FIELDS = {
  creditCode: {
    title: '统一社会信用代码',
    column: 'credit_code',
    kind: { is: 'creditCode' },
  },
  unitKind: {
    title: '单位类别',
    column: 'unit_kind',
    kind: {
      is: 'choice',
      words: {
        administrative: ['行政机关', '机关'],
        institution: ['承担行政职能事业单位', '承担行政职能的事业单位', '事业单位'],
        internal: ['内设机构'],
        other: ['其他'],
      },
    },
  },
  certifiedAs: { title: '认证主体', column: 'certified_as', kind: UNIT },
  certification: {
    title: '认证状态',
    column: 'certification',
    kind: {
      is: 'choice',
      words: {
        certified: ['已认证', '认证', '是'],
        uncertified: ['未认证', '否'],
        expired: ['认证过期', '已过期', '过期'],
      },
    },
  },
  accountType: {
    title: '账号类型',
    column: 'account_type',
    kind: {
      is: 'choice',
      words: {
        subscription: ['订阅号', '公众号'],
        service: ['服务号'],
        miniprogram: ['小程序', '微信小程序'],
        app: ['客户端', '移动客户端', 'APP'],
        other: ['其他'],
      },
    },
  },
  functions: {
    title: '功能定位',
    column: 'functions',
    kind: { is: 'choices', words: ['信息发布', '政务互动', '办事服务'] },
  },
  openedOn: { title: '开设日期', column: 'opened_on', kind: { is: 'date' } },
  closedOn: { title: '关停日期', column: 'closed_on', kind: { is: 'date' } },
  followers: { title: '粉丝数', column: 'followers', kind: { is: 'count' } },
  followersOn: { title: '粉丝数日期', column: 'followers_on', kind: { is: 'date' } },
  leader: { title: '分管领导', column: 'leader', kind: NAME, isPersonal: true },
  responsible: { title: '责任人', column: 'responsible', kind: NAME, isPersonal: true },
  contact: { title: '联系人', column: 'contact', kind: NAME, isPersonal: true },
  phone: { title: '联系电话', column: 'phone', kind: { is: 'text', max: 60 }, isPersonal: true },
  upkeep: {
    title: '运维方式',
    column: 'upkeep',
    kind: {
      is: 'choice',
      words: { own: ['自运维', '自行运维', '自主运维'], entrusted: ['委托', '委托运维'] },
    },
  },
  upkeepCompany: { title: '委托单位', column: 'upkeep_company', kind: UNIT },
  inNationalSystem: {
    title: '是否纳入报送系统',
    column: 'in_national_system',
    kind: { is: 'yesNo' },
  },
  nationalNumber: {
    title: '系统编号',
    column: 'national_number',
    kind: { is: 'text', max: 60 },
  },
  checkedOn: { title: '最近核对日期', column: 'checked_on', kind: { is: 'date' } },
  homeLink: { title: '主页链接', column: 'home_link', kind: { is: 'url' } },
  qrImage: { title: '二维码图片', column: 'qr_image', kind: { is: 'text', max: 300 } },
  remark: { title: '备注', column: 'remark', kind: { is: 'text', max: 500 } },
} as const satisfies Readonly<Record<string, RecordFieldSpec>>;

export type RecordField = keyof typeof RECORD_FIELDS;
export const RECORD_FIELD_NAMES = Object.keys(RECORD_FIELDS) as readonly RecordField[];

/** Text, a code of a choice, a date `YYYY-MM-DD`; a number for followers; a truth for 是/否; null = the register does not say. */
export type RecordValue = string | number | boolean | null;
/** One account's further columns. */
export type AccountRecord = Readonly<Record<RecordField, RecordValue>>;

export const EMPTY_RECORD = Object.fromEntries(
  RECORD_FIELD_NAMES.map((field) => [field, null]),
) as AccountRecord;

export const specOf = (field: RecordField): RecordFieldSpec => RECORD_FIELDS[field];

/** A value as people read and registers write it; empty for null. */
export function wordsOfRecord(field: RecordField, value: RecordValue): string {
  if (value === null) return '';
  const { kind } = specOf(field);
  if (kind.is === 'yesNo') return value === true ? '是' : '否';
  if (kind.is === 'choice') return kind.words[String(value)]?.[0] ?? String(value);
  return String(value);
}

/** For traces (audit, history, previews to people who may not): 张* and 138****1234; never the whole of a person's data. */
export function maskPersonal(field: RecordField, text: string): string {
  if (specOf(field).isPersonal !== true || text === '') return text;
  if (field !== 'phone')
    return `${[...text][0]}${'*'.repeat(Math.max(1, Math.min(3, [...text].length - 1)))}`;
  const kept = text.length >= 11 ? 3 : 0;
  return `${text.slice(0, kept)}****${text.length >= 7 ? text.slice(-2) : ''}`;
}
