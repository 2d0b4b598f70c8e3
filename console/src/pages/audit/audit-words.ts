import { instantText } from '../../util/dates.ts';
import { SECTION_KINDS } from '../../util/fact-words.ts';
import { ABILITY_WORDS, REVIEW_WORDS, ROLE_WORDS, ROUND_STATE_WORDS } from '../../util/words.ts';
import { CONTEST_WORDS, DECISION_WORDS } from '../findings/decision-words.ts';

/** Fields as people call them. One that is not here keeps its own name, for a record must lose nothing. */
const FIELDS: Readonly<Record<string, string>> = {
  creditCode: '统一社会信用代码',
  unitKind: '单位类别',
  certifiedAs: '认证主体',
  certification: '认证状态',
  accountType: '账号类型',
  functions: '功能定位',
  openedOn: '开设日期',
  closedOn: '关停日期',
  followersOn: '粉丝数日期',
  leader: '分管领导',
  responsible: '责任人',
  contact: '联系人',
  phone: '联系电话',
  upkeepCompany: '委托单位',
  inNationalSystem: '是否纳入报送系统',
  nationalNumber: '系统编号',
  checkedOn: '最近核对日期',
  homeLink: '主页链接',
  qrImage: '二维码图片',
  remark: '备注',
  followers: '粉丝数',
  upkeep: '运维方式',
  definition: '定义',
  columns: '各列',
  constants: '固定值',
  blank: '空格子',
  sheet: '工作表',
  titles: '标题行',
  abilities: '权限',
  account: '账号',
  accountId: '账号 ID',
  action: '动作',
  added: '新增',
  address: '地址',
  breached: '成立的问题',
  builtAt: '生成时间',
  by: '经由',
  bytes: '字节数',
  class: '问题类别',
  clock: '采集方式',
  confirmedBy: '另一确认人',
  confirmAll: '免予审核的理由',
  corrected: '更正',
  coverage: '检查范围',
  ended: '不用确认',
  createdAt: '开始于',
  expiresAt: '有效期至',
  expiresOn: '有效期至',
  external: '统一身份',
  failures: '连续输错次数',
  file: '文件',
  files: '文件',
  hash: '校验值',
  hasPassword: '有密码',
  id: '编号',
  isDraft: '是否草案',
  kind: '类别',
  leaveUndetermined: '不计入的理由',
  lockedUntil: '锁定到',
  monitoredAt: '监测时间点',
  months: '月份',
  newestOn: '最新一条日期',
  observedAt: '观察时间',
  picture: '图片',
  ways: '互动方式',
  paused: '暂停',
  publishedOn: '公告日期',
  queue: '队列',
  reported: '报告问题',
  resolve: '域名指向',
  severity: '程度',
  rows: '行数',
  rule: '规则',
  ruleset: '规则集',
  rulesetHash: '规则集校验值',
  running: '正在运行',
  sha256: '校验值',
  sessions: '登录处数',
  signatures: '签名',
  source: '来源',
  stage: '进度',
  status: '判断',
  accounts: '政务新媒体',
  sites: '政府网站',
  units: '单位',
  told: '提醒',
  unchanged: '没有变化',
  until: '有效到',
  url: '网址',
  urlPrefix: '网址开头',
  undetermined: '无法判定',
  unmatched: '没有对上的',
  pagesPerSite: '每站最多访问的地址',
  wholeSites: '全站普查',
  waived: '免予审核的问题',
  warnings: '提醒',
  window: '采样时间',
  windows: '不访问时段',
  contest: '申辩',
  decision: '决定',
  isOn: '启用',
  login: '登录名',
  name: '姓名',
  note: '说明',
  case: '补登记事项',
  reason: '理由',
  review: '审核',
  reviewWaived: '免予审核的理由',
  roles: '角色',
  secondFactor: '第二因素',
  state: '状态',
  text: '内容',
  tries: '试过次数',
  undeterminedWaived: '不计入的理由',
  unit: '单位',
  unitId: '单位编号',
  version: '版本',
};

const STATES: Readonly<Record<string, string>> = {
  ...CONTEST_WORDS,
  ...REVIEW_WORDS,
  ...ROUND_STATE_WORDS,
  ...{ active: '正常', disabled: '已停用', locked: '已锁定', issued: '已签发' },
  ...{ ready: '待确认', faulty: '有错误', done: '已完成', failed: '失败', retry: '等待再做' },
};
const VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  review: REVIEW_WORDS,
  contest: CONTEST_WORDS,
  secondFactor: { none: '没有', pending: '等待确认', on: '已开启' },
  kind: SECTION_KINDS,
  stage: { planned: '没有采集', visited: '已访问', gathered: '已采集', judged: '已判定' },
  status: { breached: '成立' },
  state: STATES,
  from: STATES,
  decision: DECISION_WORDS,
  abilities: ABILITY_WORDS,
  clock: { live: '实时', replay: '补采' },
  by: { setup: '首次设置', link: '一次性链接', password: '密码' },
  roles: ROLE_WORDS,
};

const INSTANT = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

export function fieldWords(path: string): string {
  return FIELDS[lastOf(path)] ?? path;
}

/** A value of a closed list in words; anything else as it stands. */
export function valueWords(path: string, value: string): string {
  if (INSTANT.test(value)) return instantText(value);
  const words = VALUES[lastOf(path)];
  return words
    ? value
        .split('、')
        .map((each) => words[each] ?? each)
        .join('、')
    : value;
}

const lastOf = (path: string): string => path.split('.').at(-1) ?? path;
