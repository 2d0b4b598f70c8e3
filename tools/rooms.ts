/** Who may import whom (DESIGN §2), as data: the tidy test enforces it and ARCHITECTURE.md's copy is made from it. */
export interface Room {
  /** Folder below `src/`; the longest match wins. */
  readonly path: string;
  /** Rooms it may import besides itself; `door:x` = only `x/index.ts`. */
  readonly may: readonly string[];
  /** Whether it may import npm packages and Node's modules beyond the pure ones. */
  readonly io: boolean;
  readonly why: string;
}

const PURE = ['lib/pure', 'domain'];
const KIT = ['lib/pure', 'lib/node', 'domain'];
const ALL_KITS = [
  ...KIT,
  'derive',
  'indicators',
  'scoring',
  'gather',
  'documents',
  'connectors',
  'store',
  'http',
  'jobs',
  'cli',
];

export const ROOMS: readonly Room[] = [
  { path: 'lib/pure', may: [], io: false, why: '不认识领域的纯函数' },
  { path: 'lib/node', may: ['lib/pure'], io: true, why: '不认识领域的 Node 工具' },
  { path: 'domain', may: ['lib/pure'], io: false, why: '名词和它们的规律，没有输入输出' },
  { path: 'derive', may: PURE, io: false, why: '从页面得出事实，同样的输入总得同样的结果' },
  { path: 'indicators', may: [...PURE, 'derive'], io: false, why: '只判断，不接触外界' },
  { path: 'scoring', may: PURE, io: false, why: '问题和规则集得出判定，只用整数' },
  { path: 'gather', may: KIT, io: true, why: '接触外界，从不判断' },
  { path: 'documents', may: KIT, io: true, why: '由普通模型生成文档' },
  { path: 'connectors', may: KIT, io: true, why: '向外发布' },
  { path: 'store', may: KIT, io: true, why: '数据库与档案，不认识功能' },
  { path: 'http', may: KIT, io: true, why: '服务器工具，不认识功能' },
  { path: 'jobs', may: [...KIT, 'store'], io: true, why: '任务工具，不认识功能' },
  { path: 'cli', may: KIT, io: true, why: '命令行工具，不认识功能' },
  { path: 'identity', may: ALL_KITS, io: true, why: '谁在做事、留痕' },
  { path: 'registry', may: [...ALL_KITS, 'door:identity'], io: true, why: '名录' },
  {
    path: 'notify',
    may: [...ALL_KITS, 'door:identity', 'door:registry'],
    io: true,
    why: '通知：收件箱，邮件、接口和群机器人的发送',
  },
  {
    path: 'rulesets',
    may: [...ALL_KITS, 'door:identity'],
    io: true,
    why: '规则集的版本：查看、比较、修改',
  },
  {
    path: 'survey',
    may: [...ALL_KITS, 'door:identity', 'door:registry', 'door:wording'],
    io: true,
    why: '全站普查：走遍一个网站',
  },
  {
    path: 'sources',
    may: [...ALL_KITS, 'door:identity', 'door:registry'],
    io: true,
    why: '信源：账号的密钥、各处信源、定期巡看和看到的内容',
  },
  {
    path: 'inspection',
    may: [...ALL_KITS, 'door:identity', 'door:registry', 'door:survey', 'door:sources'],
    io: true,
    why: '批次：采集、判定、审核、冻结',
  },
  {
    path: 'wechat',
    may: [...ALL_KITS, 'door:identity', 'door:registry'],
    io: true,
    why: '公众号授权：第三方平台的票据、授权和回调',
  },
  {
    path: 'bulletin',
    may: [...ALL_KITS, 'door:identity', 'door:registry', 'door:inspection'],
    io: true,
    why: '通报',
  },
  {
    path: 'rectification',
    may: [...ALL_KITS, 'door:identity', 'door:registry', 'door:notify', 'door:inspection'],
    io: true,
    why: '整改：通知、期限、催办、复核、屡改屡犯',
  },
  {
    path: 'courtesy',
    may: [...ALL_KITS, 'door:inspection'],
    io: true,
    why: '对被访问网站的礼貌：联系页、放行材料',
  },
  {
    path: 'evidence',
    may: [...ALL_KITS, 'door:identity', 'door:survey', 'door:inspection'],
    io: true,
    why: '一行通报背后的原件：打开、打包、离线核验、保存期限',
  },
  {
    path: 'wording',
    may: [...ALL_KITS, 'door:identity', 'door:registry'],
    io: true,
    why: '表述：词库、检查、忽略',
  },
  {
    path: 'lifecycle',
    may: [...ALL_KITS, 'door:identity', 'door:registry', 'door:notify'],
    io: true,
    why: '账号的开设、变更、关停，每月维护确认',
  },
  {
    path: 'finderror',
    may: [...ALL_KITS, 'door:identity', 'door:registry', 'door:notify'],
    io: true,
    why: '我为政府网站找错：收留言、交办、答复、计数',
  },
  {
    path: 'assessment',
    may: [
      ...[...ALL_KITS, 'door:identity', 'door:registry', 'door:notify', 'door:inspection'],
      ...['door:rectification', 'door:finderror', 'door:lifecycle'],
    ],
    io: true,
    why: '监管工作年度考核：计数、自评、核定、公布；年度报表',
  },
  {
    path: 'duty',
    may: [
      ...[...ALL_KITS, 'door:identity', 'door:registry', 'door:notify', 'door:inspection'],
      ...['door:rectification', 'door:finderror', 'door:lifecycle'],
    ],
    io: true,
    why: '责任和机制：责任人员、交接、制度、问责措施',
  },
  {
    path: 'selfcheck',
    may: [...ALL_KITS, 'door:identity', 'door:registry', 'door:notify', 'door:inspection'],
    io: true,
    why: '市级自查：导入、对名录、报送，与省级批次比对',
  },
  {
    path: 'discovery',
    // Home pages that rounds gathered are looked at again; an adopted account becomes a case.
    may: [
      ...[...ALL_KITS, 'door:identity', 'door:registry', 'door:survey', 'door:inspection'],
      'door:lifecycle',
    ],
    io: true,
    why: '系统外账号：网页上有而名录里没有的政务新媒体',
  },
  {
    path: 'matrix',
    may: [
      ...[...ALL_KITS, 'door:identity', 'door:registry', 'door:notify'],
      ...['door:sources', 'door:inspection'],
    ],
    io: true,
    why: '账号矩阵：账号的发布情况、传播参考指数、横向比较、到期提醒',
  },
  {
    path: 'main',
    may: [
      ...ALL_KITS,
      'identity',
      'registry',
      'notify',
      'rulesets',
      'survey',
      'sources',
      'inspection',
      'bulletin',
      'rectification',
      'evidence',
      'wording',
      'wechat',
      'courtesy',
      'lifecycle',
      'discovery',
      'matrix',
      'finderror',
      'assessment',
      'duty',
      'selfcheck',
    ],
    io: true,
    why: '唯一认识所有人的地方',
  },
  { path: 'testing', may: ['*'], io: true, why: '测试用的外界；没有人导入它' },
];

/** The room of a path below `src/`, by the longest matching prefix. */
export function roomOf(path: string): Room | undefined {
  return ROOMS.filter((room) => path.startsWith(`${room.path}/`)).sort(
    (a, b) => b.path.length - a.path.length,
  )[0];
}

/** Why `from` (path below src/) may not import `to`, or null when it may. */
export function refuseImport(from: string, to: string): string | null {
  const [source, target] = [roomOf(from), roomOf(to)];
  if (!source || !target) return `${!source ? from : to} 不在任何房间里（tools/rooms.ts）`;
  if (source === target || source.may.includes('*') || source.may.includes(target.path))
    return null;
  if (source.may.includes(`door:${target.path}`)) {
    return to === `${target.path}/index.ts`
      ? null
      : `${source.path} 只能走 ${target.path} 的门（index.ts）`;
  }
  return `${source.path}（${source.why}）不能导入 ${target.path}`;
}
