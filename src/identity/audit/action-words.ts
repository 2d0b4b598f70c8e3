/** Actions of one kind, as the auditor chooses among them. */
export interface ActionGroup {
  readonly title: string;
  /** Chinese words by the action's code. */
  readonly actions: Readonly<Record<string, string>>;
}

/** Every action that the program writes into the trail; a test reads the program and names one that is missing here. */
export const ACTION_GROUPS: readonly ActionGroup[] = [
  {
    title: '登录与本人账户',
    actions: {
      'identity.sign-in': '登录',
      'identity.sign-in-failed': '登录失败',
      'identity.locked': '输错次数太多，被锁定',
      'identity.sign-out': '退出登录',
      'session.end': '结束一处登录',
      'identity.totp-offer': '取得两步验证的二维码',
      'identity.totp-on': '开启两步验证',
      'identity.totp-off': '关闭两步验证',
      'identity.oidc-link': '绑定统一身份',
      'identity.oidc-link-failed': '绑定统一身份失败',
      'identity.oidc-unlink': '解除统一身份的绑定',
      'token.make': '新建接口令牌',
      'token.revoke': '吊销接口令牌',
    },
  },
  {
    title: '用户与角色',
    actions: {
      'user.add': '新建用户',
      'user.change': '修改用户',
      'user.grant': '授予角色',
      'user.password': '设置密码',
      'user.offer-password': '给出设密码的链接',
      'user.offer-sign-in': '给出登录的链接',
      'user.unlock': '解锁用户',
      'user.sign-out': '让用户在所有地方退出',
    },
  },
  {
    title: '名录与网站',
    actions: {
      'registry.import': '导入名录',
      'registry.export': '导出名录',
      'import.create': '新建导入草稿',
      'import.discard': '放弃导入草稿',
      'import.submit': '提交导入给第二个人批准',
      'import.refuse': '退回别人提交的导入',
      'register-diff.make': '与报送系统比对',
      'register-diff.adopt': '采用报送系统的值',
      'register-diff.take-back': '退回采用前的值',
      'register-diff.discard': '删除与报送系统的比对',
      'register-diff.export': '导出与报送系统的比对',
      'source.add': '添加信源',
      'source.credential': '更换信源的密钥',
      'source.remove': '去掉信源',
      'source.test': '测试信源',
      'source.report': '报送账号的更新',
      'source.sweep': '巡看信源',
      'account.record': '改账号的登记信息',
      'registry.map-save': '保存列映射',
      'registry.map-delete': '删除列映射',
      'site.quiet-hours': '设定不访问时段',
      'site.survey': '全站普查一个网站',
      'section.decide': '认定栏目类别',
      'section.forget': '撤销栏目类别的认定',
    },
  },
  {
    title: '公众号授权',
    actions: {
      'wechat.invite': '生成公众号授权链接',
      'wechat.authorised': '公众号授权',
      'wechat.withdrawn': '公众号取消授权',
      'wechat.withdraw': '撤回公众号授权',
    },
  },
  {
    title: '系统外账号',
    actions: {
      'discovery.collect': '查找系统外账号',
      'discovery.adopt': '纳入系统外账号',
      'discovery.dismiss': '不予纳入系统外账号',
      'discovery.reopen': '撤回对系统外账号的决定',
      'discovery.export': '导出系统外账号',
    },
  },
  {
    title: '账号事项与每月维护',
    actions: {
      'case.draft': '新建账号事项',
      'case.attach': '给账号事项附文件',
      'case.detach': '去掉账号事项的文件',
      'case.amend': '修改账号事项',
      'case.submit': '提交账号事项',
      'case.withdraw': '撤回账号事项',
      'case.review': '初审通过账号事项',
      'case.takeBack': '收回账号事项的初审',
      'case.approve': '终审批准账号事项',
      'case.revoke': '撤销账号事项的批准',
      'case.return': '退回账号事项',
      'case.reject': '不予批准账号事项',
      'case.announce': '登记账号关停公告',
      'case.complete': '办结账号事项',
      'upkeep.open': '建立每月维护确认',
      'upkeep.chase': '提醒每月维护确认',
      'upkeep.confirm': '确认每月维护',
      'upkeep.export': '导出每月维护确认',
    },
  },
  {
    title: '整改',
    actions: {
      'rectification.open': '下发整改通知',
      'rectification.acknowledge': '签收整改通知',
      'rectification.plan': '填报整改计划',
      'rectification.answer': '填报整改情况',
      'rectification.attach': '添加整改附件',
      'rectification.detach': '去掉整改附件',
      'rectification.approve': '审核上报整改情况',
      'rectification.sendBack': '把整改情况退回经办人',
      'rectification.askExtension': '申请整改延期',
      'rectification.grantExtension': '同意整改延期',
      'rectification.refuseExtension': '不同意整改延期',
      'rectification.check': '整改自测',
      'rectification.recheck': '再次复核整改',
      'rectification.rechecked': '系统复核整改',
      'rectification.close': '办结整改',
      'rectification.return': '退回重改',
      'rectification.escalate': '整改升级督办',
      'rectification.clock': '整改催办',
      'rectification.export': '导出整改事项',
    },
  },
  {
    title: '账号矩阵与提醒',
    actions: {
      'matrix.export': '导出账号矩阵',
      'index.change': '修改传播参考指数的权重',
      'matrix.fill': '用以前批次补全账号矩阵',
      'alert.watch': '提醒快到更新期限和与登记不一致的账号',
      'alert.acknowledge': '知悉账号提醒',
    },
  },
  {
    title: '批次',
    actions: {
      'round.plan': '计划批次',
      'round.gathering': '开始采集',
      'round.judging': '开始判定',
      'round.judge': '完成判定',
      'round.pause': '暂停批次',
      'round.retry': '重做批次里的对象',
      'round.freeze': '冻结批次',
      'round.issue': '签发批次的通报',
      'round.import-history': '导入上期不合格名单',
      'observation.import': '导入人工观察',
      'observation.enter': '登记人工观察',
      'observation.withdraw': '撤回人工观察',
      'observation.picture': '上传人工观察的图片',
    },
  },
  {
    title: '问题与申辩',
    actions: {
      'finding.enter': '录入问题',
      'finding.confirm': '确认问题',
      'finding.reject': '驳回问题',
      'finding.annotate': '批注问题',
      'finding.cannotJudge': '认定问题无法判定',
      'finding.withdraw': '撤回问题的审核',
      'finding.contest': '提出申辩',
      'contest.uphold': '支持申辩',
      'contest.dismiss': '不支持申辩',
      'contest.show': '把问题给单位核对',
      'contest.clock': '申辩期限的提醒',
      'contest.close': '申辩期满',
      'finding.export': '导出问题',
      'finding.export-chain': '导出问题的完整链条',
    },
  },
  {
    title: '通报',
    actions: {
      'bulletin.build': '生成通报',
      'bulletin.block': '改通报的插入段或批注',
      'bulletin.sign': '签发通报',
      'bulletin.withdraw': '撤回签名',
      'bulletin.correct': '起草更正通知',
      'bulletin.correct-sign': '签更正通知',
      'bulletin.correct-withdraw': '撤下更正通知',
    },
  },
  {
    title: '规则与词库',
    actions: {
      'ruleset.change': '修改规则集',
      'lexicon.import': '导入词库',
      'lexicon.activate': '启用词库',
      'lexicon.disable': '停用词库',
      'text.ignore': '忽略表述',
      'text.unignore': '取消忽略表述',
    },
  },
  {
    title: '找错留言',
    actions: {
      'finderror.receive': '收下找错留言',
      'finderror.assign': '交办找错留言',
      'finderror.accept': '受理找错留言',
      'finderror.extend': '延期答复找错留言',
      'finderror.answer': '答复找错留言',
      'finderror.publish': '公布找错留言',
      'finderror.withdraw': '撤下公布的找错留言',
    },
  },
  {
    title: '年度考核',
    actions: {
      'assessment.open': '开始年度考核',
      'assessment.report': '报送自评',
      'assessment.decide': '核定一项',
      'assessment.review': '核定一个单位',
      'assessment.return': '退回自评',
      'assessment.publish': '公布考核结果',
      'assessment.withdraw': '撤销年度考核',
      'assessment.attach': '附自评材料',
      'assessment.detach': '去掉自评材料',
      'assessment.export': '导出年度考核',
    },
  },
  {
    title: '年度报表',
    actions: {
      'yearly.open': '开始年度报表',
      'yearly.fill': '填报年度报表',
      'yearly.recount': '平台重新数',
      'yearly.submit': '提交年度报表',
      'yearly.sign': '签发年度报表',
      'yearly.return': '退回年度报表',
      'yearly.publish': '公开年度报表',
      'yearly.export': '导出年度报表',
    },
  },
  {
    title: '系统与审计',
    actions: {
      'channel.keep': '保存发送通道',
      'channel.test': '测试发送通道',
      'delivery.resend': '重发通知',
      'notice.preferences': '设定本人的通知',
      'job.retry': '重做任务',
      'data.copy': '搬移数据',
      'data.restore': '恢复数据',
      'data.backup': '备份数据',
      'evidence.take': '取出证据',
      'evidence.budget': '证据到达容量上限',
      'evidence.prune': '按保存期限清理证据',
      'audit.export': '导出审计记录',
      'audit.prune': '按保存期限清理审计记录',
      'audit.rekey': '更换审计密钥',
      'key.rotate': '更换安装密钥',
    },
  },
];

const ACTIONS: ReadonlyMap<string, string> = new Map(
  ACTION_GROUPS.flatMap(({ actions }) => Object.entries(actions)),
);

/** What the trail's subjects are. */
const NOUNS: Readonly<Record<string, string>> = {
  site: '网站',
  'yearly-form': '年度报表',
  round: '批次',
  finding: '问题',
  ruleset: '规则集',
  user: '用户',
  token: '接口令牌',
  job: '任务',
  import: '导入草稿',
  sweep: '信源巡看',
  lexicon: '词库',
  case: '账号事项',
  wechat: '公众号',
  finderror: '找错留言',
  assessment: '年度考核',
  channel: '发送通道',
  delivery: '发送记录',
  duty: '维护确认',
  rectification: '整改事项',
  letter: '申辩告知书',
  alert: '账号提醒',
  index: '参考指数',
};

/** Chinese words of an action, or null for one that has none. */
export function actionWords(action: string): string | null {
  return ACTIONS.get(action) ?? null;
}

/** `finding:17` → 问题 17. */
export function subjectWords(subject: string | null): string | null {
  if (subject === null) return null;
  const colon = subject.indexOf(':');
  const noun = NOUNS[subject.slice(0, colon)];
  return noun === undefined ? subject : `${noun} ${subject.slice(colon + 1)}`;
}
