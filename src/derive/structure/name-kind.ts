import type { StandardKind } from '../../domain/facts/structure-facts.ts';
import { isConsultName, isServiceName, isSpecialChannelName } from '../site/classify-name.ts';
import type { KindVote } from './kind-vote.ts';

type Rule = readonly [pattern: RegExp, kind: StandardKind, weight: number];

/**
 * In order: the first pattern that fits decides. What a word means depends on its neighbours (领导信箱 is no 领导信息, 办件统计 is
 * no 统计数据), so the narrow meanings stand before the wide ones.
 */
const RULES: readonly Rule[] = [
  // 法治政府建设专栏 is a topic; 信息公开专栏 is the place of disclosure.
  [/^(?!.*公开).*(专题|专栏|专题网)$/u, 'topic', 85],
  // Reports, guides and catalogues of disclosure, whatever they report on.
  [/(信息公开|政务公开|公开工作)?(年报|年度报告|年度报表)$|法治政府建设/u, 'disclosure', 80],
  [
    /公开(指南|目录|制度|规定|条例|平台|专栏|专区)|依申请公开|申请公开|公开申请|主动公开/u,
    'disclosure',
    90,
  ],
  [
    /(建议|提案|议案).{0,2}(办理|答复|公开|提案|议案)|人大代表|政协(委员|提案)|两会(建议|提案)|复文公开/u,
    'disclosure',
    80,
  ],
  [/^(统计|经济)?数据解读$/u, 'data', 75],
  [
    /解读|图解|读懂|政策(问答|百问|百科|答疑|一问一答)|回应关切|热点回应|关切回应|舆情回应/u,
    'interpretation',
    90,
  ],
  // Talks before surveys and boards: 在线访谈 is a kind of its own.
  [/访谈|做客|(网络|在线|网上|视频|政务|现场)直播|^直播(间|预告|回顾)?$/u, 'interview', 90],
  [/事故调查|征地调查|调查(报告|处理|研究|队)|调研|普查|统计调查|调查总队/u, 'disclosure', 50],
  [/征集|调查|问卷|征求意见|意见征(求|询)|听证|投票|民意测评|民主评议|政风行风/u, 'survey', 85],
  // Leaders: people, not their letters, doings and words.
  [
    /领导.{0,2}(活动|动态|讲话|调研|足迹|行踪)|(市长|县长|区长|省长|局长|书记)(活动|动态|讲话)/u,
    'news',
    75,
  ],
  [
    /领导(之窗|信息|分工|班子|成员|团队|名录|简历|集体|简介|介绍|机构|概况)?$|^(市|县|区|省|州|局|厅|委)?(政府|现任|历任|主要|班子)?领导$|(局|厅|县|市|区|主任|州|部|院|委|秘书|镇|乡|行|关|盟|旗)长(之窗|信息|简介|介绍|简历)?$|负责人(信息|介绍|简介)?$|^(局|厅|委|院)?(班子|党组)成员|^政府组成人员|^常务会组成/u,
    'leaders',
    90,
  ],
  [
    /职能|职责|三定|机构(设置|信息|编制|名录|简介|介绍|一览)?$|内设|(处室|科室|股室)(设置|介绍|职责|信息|一览)?$|(下|直|所)属(单位|机构|部门|事业单位)|派出机构|组织(机构|架构|结构)|事业单位(设置|名录|一览)?$|政府(部门|机构|组成部门)$|通讯录|办公电话|联系电话/u,
    'functions',
    85,
  ],
];

const LATER_RULES: readonly Rule[] = [
  // What a list is by its last word, whatever it is about: 财政动态 is news, 审计政策法规 are policy files.
  [/(动态|要闻|新闻|快讯|简讯|要情)$/u, 'news', 88],
  [/(政策|法规|规章|文件|政策文件|法律法规|规范性文件)$/u, 'policy', 86],
  [
    /概况|概览|^.{0,6}(简介|介绍)$|^(今日)?.{0,3}(市|县|区|省|州|镇|乡|旗|盟|侨|街|国)情(概况|网|介绍)?$|历史沿革|建置沿革|行政区划|大事记|人口民族|自然(地理|资源|环境|概况)|(历史|人文|民俗|地方|民族)(文化|风情|历史|地理)|地理(位置|环境|气候)|区位|气候/u,
    'overview',
    85,
  ],
  [
    /^(走进|走近|魅力|印象|认识|美丽|感知|感受|品味|风采|了解|悠游|畅游|图说|影像|活力|幸福|大美|最美).{1,8}$|名优特产|风景名胜|旅游(景点|资源|文化)|投资环境|城市(名片|荣誉|风貌)|(名胜|风景|地方特产|特色美食)/u,
    'overview',
    60,
  ],
  [
    /统计(公报|数据|信息|资料|分析|快报|月报|年鉴|季报|报告|指标|服务)|数据(发布|开放|公开|中心|资源|专区|查询|之窗)?$|^(数据|统计)|经济(运行|数据|指标|社会发展)|(主要|月度|季度)(指标|数据)|(空气|水|环境|水环境)(质量|质)|指数$|监测(数据|预报|日报|月报)/u,
    'data',
    85,
  ],
  [
    /招标|采购|中标|招考|招录|招聘|招生|拍卖|征地|拆迁|征收|环评|环境影响|处罚|抽检|土地|价格|双公示|行政许可|许可(公示|结果|信息)|任前|任免|拟任|干部|选拔|人事|职称|执法|财政|预算|决算|三公|规划|计划|权责|权力|清单|重点领域|应急|安全生产|重大(项目|决策|工程)|项目(公示|建设|信息|审批结果)|常务会议|政府会议|会议公开|扶贫|社会救助|社会保障|公益|审计|资金|食品(安全|药品)|双随机|信用|公共资源|工作报告|党务公开|办事公开|政务五公开|基层政务|结果公(开|示|布)|公示公开|标准化|试点领域/u,
    'disclosure',
    75,
  ],
  [/(通知|公告|公示|通告)$|^(通知|公告|公示|通告)|(通知|公告|公示|通告)/u, 'notice', 85],
  [
    /动态|要闻|新闻|快讯|简讯|要情|时政|^资讯|资讯$|头条|媒体(聚焦|报道|看|关注|视角|观察)|今日.{0,4}关注|简报|热点(聚焦|关注)?$|^(信息|信息中心|信息快递|信息播报|信息速递)$|国务院信息|最新(信息|消息|发布)$|信息发布$|播报/u,
    'news',
    85,
  ],
  [/公报$|公文(公开|发布)?$|政府令|令$/u, 'policy', 65],
  [
    /文件|规章|法规|法律(依据|规章|制度|文件|条文)?$|规范性|政策|条例|规范标准|地方标准|制度规定/u,
    'policy',
    85,
  ],
  [
    /^(专题|专栏)|(专题|专栏|专区|专题网|特别策划)(集锦|汇总|回顾|列表|专栏|报道|网站)?$|主题教育|往期专题|热点专题/u,
    'topic',
    85,
  ],
  [/公开|信息公示/u, 'disclosure', 80],
];

/** Letters, questions, suggestions: what people ask, with or without an answer. */
const CONSULTATION =
  /咨询|建言|留言|信箱|来信|写信|问政|问计|献策|提问|信件|(互动|网友|网民|百姓|群众|在线|热点)问答|常见问题|常见问答|知识库|^我要(问|说|提|投诉|建议|留言|写信|咨询)|(答复|回复)选登|意见(箱|建议|反馈|提交)|投诉|12345|市长热线|政务热线|便民热线|民声|有话(要)?说|百姓(心声|呼声)|网民|民意(通|直通|反映|留言)|直通车|问题解答|在线(答疑|交流)|网上交流|纠错留言/u;
const NO_CONSULTATION =
  /公司|机构|服务业|电话$|办法|通知|公告|公示|动态|新闻|文件|指南|监理|招标|造价/u;
const INTERACTION =
  /互动|公众参与|政民|民意|交流平台|信访|举报|纪检|纪委|监察|监督|投诉举报|廉政|找错|督查/u;

/** Figures about services and letters belong to what they count. */
const FIGURES: readonly Rule[] = [
  [/(办件|办事|服务|审批|事项).{0,4}统计|办理统计/u, 'service', 75],
  [/(留言|信件|来信|咨询|互动|问政|诉求|热线|受理).{0,4}统计/u, 'consultation', 75],
];

/** What a section's name alone says; a name that says nothing is `list` of weight 20. */
export function nameKind(name: string): KindVote {
  const vote = (kind: StandardKind, weight: number): KindVote => ({ kind, weight, from: 'name' });
  const first = firstRule(FIGURES, name) ?? specialKind(name) ?? firstRule(RULES, name);
  if (first) return vote(...first);
  if (isServiceKindName(name)) return vote('service', 88);
  if (CONSULTATION.test(name) && !NO_CONSULTATION.test(name))
    return vote('consultation', isConsultName(name) ? 90 : 75);
  if (INTERACTION.test(name) && !/动态|新闻|公告|公示|文件|通报|检查|管理|抽查|计划/u.test(name))
    return vote('interaction', 75);
  const later = firstRule(LATER_RULES, name);
  return later ? vote(...later) : vote('list', 20);
}

function firstRule(rules: readonly Rule[], name: string): readonly [StandardKind, number] | null {
  const rule = rules.find(([pattern]) => pattern.test(name));
  return rule ? [rule[1], rule[2]] : null;
}

/** Petition and reporting channels are no consultation (网上信访、纪检举报等专门渠道除外). */
function specialKind(name: string): readonly [StandardKind, number] | null {
  const reports = /举报|信访|纪检|纪委|找错|1238\d|12315/u.test(name);
  return reports && isSpecialChannelName(name) && !/动态|新闻|公告|公示|文件|通报/u.test(name)
    ? ['interaction', 80]
    : null;
}

const ABOUT_SERVICE = /公示|公告|通知|动态|新闻|文件|政策|法规|解读|统计|结果公|志愿|服务业|业务/u;
const MORE_SERVICE =
  /^(个人|法人|企业|公民|自然人|部门|涉外|场景|特色|主题|便民|利企|热门|高频|重点|跨省|跨域|全程)(办事|服务|事项|通办|办理)|办事|服务(大厅|指南|事项|中心|平台|窗口|超市|导航|专区|入口)|便民(服务|查询|信息|电话|地图)|(网上|在线|我要|掌上)(办|申报|申请|预约|审批|查询|服务)|(进度|结果|办件|信息|在线|综合|便民)查询$|^查询(服务|系统|中心)?$|一网通办|一件事|最多跑一次|一次办|秒批|(表格|资料|文件|软件|样表|办事)下载|^下载(中心|专区)?$|政务服务|公共服务$|审批(服务|事项|大厅)|事项(清单|目录|库)$|法律援助|法律服务|预约(挂号|服务|办理)/u;

const isServiceKindName = (name: string): boolean =>
  !ABOUT_SERVICE.test(name) && (isServiceName(name) || MORE_SERVICE.test(name));
