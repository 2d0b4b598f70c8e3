import type {
  Ability,
  AccountItem,
  FindingItem,
  ItemOf,
  ParamsOf,
  Role,
  RoundItem,
  SiteItem,
} from '../api/types.ts';

// The Chinese of the closed lists that the server speaks of in English (GLOSSARY.md).

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  systemAdmin: '系统管理员',
  securityAdmin: '安全保密管理员',
  auditor: '安全审计员',
  supervisor: '主管单位',
  manager: '市（部门）管理员',
  sponsor: '主办单位',
  leader: '单位负责人',
  inspector: '检查人员',
  editor: '编辑',
  reviewer: '审稿人',
};

export const ABILITY_WORDS: Readonly<Record<Ability, string>> = {
  'registry.read': '查看名录',
  'registry.import': '导入名录',
  'registry.quiet': '设定网站的不访问时段',
  'registry.edit': '改账号的登记信息',
  'registry.contact': '查看联系电话',
  'registry.export': '导出名录',
  'case.read': '查看账号事项',
  'case.apply': '申请账号事项',
  'case.review': '初审账号事项',
  'case.approve': '终审账号事项',
  'upkeep.read': '查看每月维护',
  'upkeep.confirm': '确认每月维护',
  'alert.read': '查看账号提醒',
  'alert.acknowledge': '确认账号提醒',
  'discovery.read': '查看系统外账号',
  'discovery.decide': '决定系统外账号',
  'sweep.read': '查看账号巡看',
  'sweep.run': '运行账号巡看',
  'finderror.read': '查看找错留言',
  'finderror.assign': '交办找错留言',
  'finderror.reply': '答复找错留言',
  'duty.read': '查看责任和制度',
  'duty.edit': '登记责任人员、办理交接、发布制度',
  'duty.measure': '提出和决定问责措施',
  'selfcheck.read': '查看市级自查',
  'selfcheck.open': '布置、结束市级自查',
  'selfcheck.submit': '填报自查结果',
  'assessment.read': '查看年度考核',
  'assessment.report': '报送年度考核自评',
  'assessment.review': '开始、核定年度考核',
  'assessment.publish': '公布年度考核结果',
  'yearly.read': '查看年度报表',
  'yearly.fill': '填报年度报表',
  'yearly.sign': '签发年度报表',
  'yearly.open': '开始一年的年度报表',
  'round.read': '查看批次',
  'round.run': '运行批次',
  'round.freeze': '冻结批次',
  'finding.read': '查看问题',
  'finding.review': '审核问题',
  'finding.contest': '提出申辩',
  'finding.enter': '登记问题',
  'observation.enter': '登记人工观察',
  'observation.withdraw': '撤回他人的人工观察',
  'bulletin.read': '查看通报',
  'bulletin.build': '生成通报',
  'bulletin.sign': '签发通报',
  'rectification.read': '看整改事项',
  'rectification.open': '下发整改通知',
  'rectification.answer': '签收、填报整改',
  'rectification.approve': '审核上报整改情况',
  'rectification.decide': '确认、退回整改，决定延期',
  'ruleset.read': '查看规则',
  'ruleset.change': '修改规则',
  'evidence.read': '查看证据',
  'user.read': '查看用户',
  'user.manage': '管理用户',
  'role.grant': '授予角色',
  'audit.read': '查看操作记录',
  'system.read': '查看系统状况',
  'system.manage': '管理系统',
  'token.own': '管理自己的接口令牌',
};

export const STATUS_WORDS: Readonly<Record<SiteItem['status'], string>> = {
  applied: '申请中',
  running: '正常运行',
  suspended: '暂停',
  closing: '关停中',
  closed: '已关停',
  deregistered: '已注销',
  migrated: '已迁移',
};

/** Fields of an account's record that may be asked for; `any` = whatever is missing. */
export const MISSING_WORDS: Readonly<
  Record<NonNullable<NonNullable<ParamsOf<'/api/v1/accounts'>['query']>['missing']>, string>
> = {
  any: '任何一项',
  accountId: '账号ID',
  creditCode: '统一社会信用代码',
  unitKind: '单位类别',
  certification: '认证状态',
  certifiedAs: '认证主体',
  accountType: '账号类型',
  functions: '功能定位',
  openedOn: '开设日期',
  closedOn: '关停日期',
  followers: '粉丝数',
  followersOn: '粉丝数日期',
  leader: '分管领导',
  responsible: '责任人',
  contact: '联系人',
  phone: '联系电话',
  upkeep: '运维方式',
  upkeepCompany: '委托单位',
  inNationalSystem: '是否纳入报送系统',
  nationalNumber: '系统编号',
  checkedOn: '最近核对日期',
  homeLink: '主页链接',
};

export const ROUND_STATE_WORDS: Readonly<Record<RoundItem['state'], string>> = {
  planned: '已计划',
  gathering: '采集中',
  judging: '判定中',
  reviewing: '待审核',
  frozen: '已冻结',
  issued: '已签发',
};

export const FINDING_STATUS_WORDS: Readonly<Record<FindingItem['status'], string>> = {
  breached: '成立',
  undetermined: '无法判定',
  met: '符合要求',
  notApplicable: '不适用',
};

export const REVIEW_WORDS: Readonly<Record<FindingItem['review'], string>> = {
  open: '待审核',
  once: '一人已确认',
  confirmed: '已确认',
  rejected: '已驳回',
  cannotJudge: '人工无法判断',
  waived: '免审核',
};

export const KIND_WORDS = { site: '政府网站', account: '政务新媒体' } as const;

export const RULE_CLASS_WORDS: Readonly<Record<FindingItem['rule']['class'], string>> = {
  veto: '单项否决',
  deduction: '扣分指标',
  bonus: '加分指标',
  notice: '提示',
};

export const SOURCE_KIND_WORDS: Readonly<Record<AccountItem['sources'][number], string>> = {
  wechat: '微信接口',
  weibo: '微博接口',
  douyin: '抖音接口',
  rss: 'RSS',
  atom: 'Atom',
  jsonfeed: 'JSON Feed',
  article: '文章链接',
  submission: '单位报送',
  observation: '人工观察',
};

/** How a source stands after it was asked. */
export const SOURCE_STATE_WORDS: Readonly<
  Record<ItemOf<'/api/v1/accounts/{id}/sources'>['state'], string>
> = {
  ...{ new: '还没看过', ok: '正常', expired: '授权过期' },
  ...{ banned: '被封禁', parked: '停看', failing: '看不了' },
};

/** The kinds of an account's sources; one without any is looked at by people. */
export const sourceWords = (sources: AccountItem['sources']): string =>
  sources.length === 0
    ? '人工观察'
    : [...new Set(sources)].map((kind) => SOURCE_KIND_WORDS[kind]).join('、');
