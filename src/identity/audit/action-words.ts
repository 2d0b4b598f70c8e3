/** What the trail's actions are about. */
const NOUNS: Readonly<Record<string, string>> = {
  registry: '名录',
  unit: '单位',
  site: '网站',
  account: '新媒体',
  observation: '人工观察',
  round: '批次',
  subject: '对象',
  finding: '问题',
  contest: '申辩',
  bulletin: '通报',
  ruleset: '规则集',
  evidence: '证据',
  data: '数据',
  audit: '审计记录',
  user: '用户',
  role: '角色',
  session: '登录',
  password: '口令',
  token: '接口令牌',
  totp: '二次验证',
  setup: '首次设置',
  oidc: '统一身份登录',
  identity: '身份',
  system: '系统',
  job: '任务',
  setting: '设置',
  import: '导入草稿',
  lexicon: '词库',
  text: '表述',
};

const VERBS: Readonly<Record<string, string>> = {
  import: '导入',
  export: '导出',
  plan: '计划',
  run: '运行',
  pause: '暂停',
  resume: '继续',
  retry: '重做',
  freeze: '冻结',
  ignore: '忽略',
  activate: '启用',
  confirm: '确认',
  reject: '驳回',
  annotate: '批注',
  withdraw: '撤回',
  enter: '录入',
  contest: '申辩',
  answer: '答复',
  uphold: '支持',
  dismiss: '不支持',
  review: '审核',
  build: '生成',
  sign: '签发',
  unsign: '撤回签发',
  download: '下载',
  change: '修改',
  create: '新建',
  update: '修改',
  remove: '删除',
  delete: '删除',
  enable: '启用',
  disable: '停用',
  lock: '锁定',
  unlock: '解锁',
  grant: '授予',
  roles: '改角色',
  revoke: '吊销',
  reset: '重置',
  set: '设置',
  start: '开始',
  open: '打开',
  end: '退出',
  close: '关闭',
  fail: '失败',
  refuse: '拒绝',
  copy: '搬移',
  restore: '恢复',
  backup: '备份',
  prune: '按保存期限清理',
  verify: '核验',
};

/** Where noun and verb side by side would not be Chinese. */
const WHOLE: Readonly<Record<string, string>> = {
  'finding.cannotJudge': '认定问题无法判定',
  'finding.export-chain': '导出问题的完整链条',
  'round.gathering': '开始采集',
  'round.judging': '开始判定',
  'round.judge': '完成判定',
  'round.import-history': '导入上期不合格名单',
  'registry.import': '导入名录',
  'evidence.budget': '证据到达容量上限',
  'audit.rekey': '更换审计密钥',
  'import.discard': '放弃导入草稿',
  'identity.sign-in': '登录',
  'identity.sign-in-failed': '登录失败',
  'identity.locked': '输错次数太多，被锁定',
  'identity.sign-out': '退出登录',
  'identity.totp-offer': '取得两步验证的二维码',
  'identity.totp-on': '开启两步验证',
  'identity.totp-off': '关闭两步验证',
  'identity.oidc-link': '绑定统一身份',
  'identity.oidc-link-failed': '绑定统一身份失败',
  'identity.oidc-unlink': '解除统一身份的绑定',
  'session.end': '结束一处登录',
  'token.make': '新建接口令牌',
  'user.add': '新建用户',
  'user.grant': '授予角色',
  'user.offer-password': '给出设密码的链接',
  'user.offer-sign-in': '给出登录的链接',
  'user.password': '设置密码',
  'user.sign-out': '让用户在所有地方退出',
  'contest.open': '提出申辩',
  'contest.answer': '答复申辩',
  'round.issue': '签发批次的通报',
  'bulletin.withdraw': '撤回签名',
  'section.decide': '认定栏目类别',
  'section.forget': '撤销栏目类别的认定',
};

/** Chinese words of an action, or null for one that has none yet. */
export function actionWords(action: string): string | null {
  const whole = WHOLE[action];
  if (whole !== undefined) return whole;
  const dot = action.indexOf('.');
  const [noun, verb] = [NOUNS[action.slice(0, dot)], VERBS[action.slice(dot + 1)]];
  return noun === undefined || verb === undefined ? null : `${verb}${noun}`;
}

/** `finding:17` → 问题 17. */
export function subjectWords(subject: string | null): string | null {
  if (subject === null) return null;
  const colon = subject.indexOf(':');
  const noun = NOUNS[subject.slice(0, colon)];
  return noun === undefined ? subject : `${noun} ${subject.slice(colon + 1)}`;
}
