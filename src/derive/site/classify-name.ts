import type { SectionKind } from '../../domain/site-facts.ts';

/** What a section's name alone says of its kind. `confidence` 0–100; page contents may correct it. */
export interface NamedKind {
  readonly kind: SectionKind;
  readonly confidence: number;
}

/** A name below this says nothing: the section may be anything. */
export const KNOWN_NAME = 60;

type KindRule = readonly [pattern: RegExp, kind: SectionKind, confidence: number];

/** Links of every page's furniture: they are no sections. */
const FURNITURE = new RegExp(
  `^(${[
    '(网站|本站|返回|回到|进入|政府|门户)?(首\\s*页|主页)',
    '(设为|加入|添加)(首页|收藏|主页|到收藏夹?)|收藏(本站|本页)?',
    '(用户|会员|个人|立即|请|法人|系统|后台|统一)?(登\\s*录|登陆|注\\s*册|退出|登入)(注册|中心|系统)?',
    '(登录|注册)[|/·]?(登录|注册)',
    '(网站|站点)(地图|导航|声明|帮助|说明|纠错|无障碍|支持ipv6|标识码.*)|(本网站)?支持ipv6.*',
    '联系(我们|方式|本站)|关于(我们|本站|网站)|(使用|网站)帮助|帮助(中心)?|(法律|免责|版权|隐私|网站)(声明|保护|安全|政策|条款)+',
    '(无障碍|长者|适老|老年|关怀|大字|盲人|语音)(版|模式|浏览|阅读|辅助|导航|服务|工具)*|进入(无障碍|关怀|适老|长者).*|适老化.*|长者助手',
    '(繁|简)(體|体)?(中文|版)?|繁體中文|中文版?|english|en|英文(版)?|(手机|移动|电脑|触屏|pc|wap)(版|端|门户|客户端)?',
    '(官方|政务|政府)?(微\\s*信|微\\s*博|客户端|抖音(号)?|头条(号)?|公众号|app|新媒体(矩阵)?|小程序|视频号)(公众号|平台|账号|下载|矩阵)?|两微一端|rss(订阅)?|订阅|扫一扫',
    '(查看|点击|阅读|了解|显示)?(更多|全文|详情|详细|全部|more)\\S{0,3}|展开|收起|换一[批换组]',
    '(上|下|前|后|末|尾|第)\\S{0,3}(页|条|篇)|转到|跳转|go|\\d+|[«»<>‹›]+|[大中小]号?|字号|打印(本页|此页)?|关闭(窗口|本页)?|分享(到)?|返回(顶部|列表|上一?级|旧版)?|回到顶部|top|顶部',
    '(全站|站内|高级|智能|综合|网站)?(搜\\s*索|检\\s*索)|智能(问答|机器人|客服)|机器人|搜一下',
    '(我为)?政府网站找错|找错|纠错|事业单位|党政机关|.*公网安备.*|.*icp备.*|.*网站标识码.*',
    '(友情|网站|常用|相关|部门|外部|快速|省内外?)?链接|友情网站|(旧|老)版(网站|入口)?|(网站)?旧版',
    '(访问|浏览|点击)(统计|量|数).*|流量统计|(投稿|供稿|信息报送|办公|oa|邮箱|邮件)(系统|平台|登录|入口|办公)*|内网.*|(协同|网上|移动)办公.*',
  ].join('|')})$`,
  'iu',
);

/** Petition, discipline and reporting channels (网上信访、纪检举报等专门渠道). */
const SPECIAL =
  /信访|纪检|纪委|监察|举报|监督|12380|12388|12389|扫黑|除恶|打黑|找错|纠错|廉政|反腐|督查|12315|违法违规|巡视|巡察/u;
/** Words that promise a way to consult or make suggestions. */
const CONSULT =
  /咨询|建言|留言|信箱|互动|问政|问计|献策|写信|来信|(意见|建议).{0,4}(建议|意见|箱|反馈|提交|收集)|我要(提问|投诉|建议|咨询|留言|问)|提问|投诉|民意(通|直通|反映|留言)|公众(参与|交流)|网民|市长热线|12345|民声|有话(要)?说|百姓(心声|呼声)|领导.{0,2}信(箱|件)|直通车/u;
const STRONG_CONSULT = /咨询|建言|留言|信箱|建议|来信|写信|问政|互动/u;
/** Surveys and interviews belong to 互动交流, but nobody can ask anything there. */
const NOT_CONSULT =
  /调查|征集|访谈|问卷|征求|听证|投票|评议|发布会|常见问|热点问答|知识库|回应关切|机构|公司|解读|统计|公示|公告|通知|动态|新闻|办法|指南/u;

/** In order: the first pattern that fits decides. */
const KIND_RULES: readonly KindRule[] = [
  [/^(专题|专栏|专题专栏|热点专题|专题(集锦|汇总|回顾|列表)|特色专栏|往期专题)$/u, 'channel', 80],
  [/(解读|回应关切|热点回应|图解|一图读懂|政策(问答|百问))/u, 'interpretation', 90],
  [
    /^((工作|政务|政府|部门|本局|我局|本厅|县区|区县|市县|市州|乡镇|镇街|街道|基层|本地|综合|时政|本市|本县|地方|系统)?(动态|要闻|新闻|快讯|要情|简讯)|(新闻|动态)(动态|要闻|资讯|快讯)|图片新闻|今日要闻|头条新闻|政务要闻|信息动态)$/u,
    'news',
    95,
  ],
  [
    /^(新闻|资讯|信息|新闻资讯|新闻中心|新闻发布|政务资讯|信息中心|资讯中心|要闻动态)$/u,
    'news',
    85,
  ],
  [
    /^(通知|公告|公示|通告|通知公告|公告通知|通知公示|公示公告|公告公示|公告栏|公示栏|公告信息|通知通告|通告公告|公告通告|最新(公告|通知)|政府公告|政务公告|重要通知)$/u,
    'notice',
    95,
  ],
  [/年报|年度报告|年度报表|工作报表/u, 'page', 85],
  [/(公开|办事|服务|申请).{0,4}(指南|规定|制度|流程|须知)$/u, 'page', 45],
  [
    /概况|简介|介绍|职能|职责|机构(设置|信息|概览|领导|编制|名录)|内设机构|(下|直)属(单位|机构|部门)|组织(机构|架构)|^机构$|领导(之窗|信息|分工|班子|成员|团队|名录|简历|集体)?$|(局|厅|县|市|区|主任|州|部|院|委|秘书)长(之窗|信息)?$|^(市|县|区|省|州|镇|乡)情|通讯录|历史沿革|大事记|联系电话|办公电话|交通指南/u,
    'page',
    80,
  ],
  [/公开(指南|规定)|依申请公开|申请公开|公开申请/u, 'page', 85],
  [
    /^(走进|走近|魅力|印象|认识|人文|自然|风光|美丽|风土|名人|名胜|旅游|投资|感知|关于|图说|视频|影像|影音|美食|景点|民俗|历史|地理|文化).{0,8}$/u,
    'page',
    50,
  ],
  [
    /统计公报|统计(数据|信息|资料|分析|快报|月报|年鉴)|数据(发布|开放|公开|中心|解读)?$|^(数据|统计)|经济(运行|数据|指标)|(主要|月度)(指标|数据)/u,
    'data',
    85,
  ],
  [
    /(招标|采购|中标|招考|招录|招聘|招生|拍卖|征地|拆迁|环评|环境影响|处罚|抽检|土地|价格|双公示|许可|任前|拟任|干部|选拔|人事|职称|执法|财政|预算|决算|预决算|三公|规划|计划|权责|清单|建议提案|提案|议案|重点领域|应急|安全生产|项目|会议|扶贫|社会救助|公益|审计)/u,
    'disclosure',
    70,
  ],
  [/(动态|要闻|新闻|快讯|简讯|时政)/u, 'news', 80],
  [/(通知|公告|公示|通告)/u, 'notice', 80],
  [/政府公报|公报$/u, 'disclosure', 60],
  [
    /(政策|规范性|政府|部门|办公室|本级|上级|国家|省级|市级|中央|发文|其他|有关|行政|局|厅)?文件(库|选登|汇编|公开|通知)?$|规范性文件|文件$/u,
    'policy',
    90,
  ],
  [
    /^(最新|惠企|惠民|利企|重要|有关|相关|产业|上级|国家|本级|行业)?政策(法规|规章|库|发布|信息|公开|查询)?$|(法律|政策|行政)?(法规|规章)|法律|政府令|政策/u,
    'policy',
    80,
  ],
  [/公开|信息公示/u, 'disclosure', 75],
];

const SERVICE =
  /^(办事|服务|我要办|大厅|审批|便民)|(办事|政务|公共|便民|网上|在线|为民|个人|法人|企业|行政)(服务|办事|办理|审批|大厅)|服务(大厅|指南|事项|中心|平台|窗口|超市)|办事(指南|大厅|服务|流程|事项)|一网通办|一件事|最多跑一次|表格下载|(办事)?下载(中心|专区)?$|(结果|进度|办件|在线)查询|^查询|事项(清单|目录|库)?$|审批(服务|事项)/u;
/** `办事公开`, `政务服务动态` … are lists about services, not services. */
const ABOUT_SERVICE = /公开|动态|新闻|通知|公告|公示|文件|政策|数据|统计|结果公|服务业|志愿/u;

/** Interaction beyond consulting: surveys, interviews, petition pages. */
const INTERACTION =
  /互动|调查|征集|访谈|问卷|征求意见|意见|建议(?!提案|案)|信访|举报|投诉|信箱|咨询|留言|建言|民意|问政|来信|写信|12345|听证|公众参与|常见问题|热点问答|知识库|网民|有话/u;

/** A link's words without decoration: numbering, brackets, arrows, `更多`. */
export function cleanName(text: string): string {
  const bare = text
    .normalize('NFKC')
    .replace(/[\u200b\ufeff]/gu, '')
    .replace(/\s+/gu, (gap) => (gap.length > 3 ? '|' : ' '))
    .replace(/(?<=\p{Script=Han}) (?=\p{Script=Han})/gu, '')
    .replace(/^[\s|·•◆■□●○▪▶►>»\-–—_:.,★☆※【[(（<《]+/u, '')
    .replace(/[\s|·•>»›\-–—_:.…+】\])）》]+$/u, '')
    .replace(/(更多|more)$/iu, '')
    .trim();
  return closeBrackets(bare);
}

const BRACKETS = ['()', '《》', '【】', '[]'] as const;

/** 样例(样表 → 样例(样表): half a pair was no decoration. */
function closeBrackets(name: string): string {
  let closed = name;
  for (const [open, close] of BRACKETS as unknown as readonly [string, string][]) {
    const [first, end] = [closed.indexOf(open), closed.indexOf(close)];
    if (end > 0 && (first < 0 || first > end)) closed = open + closed;
    if (closed.lastIndexOf(open) > closed.lastIndexOf(close)) closed += close;
  }
  return closed;
}

/** Whether the name is a page's furniture (首页, 登录, 网站地图, 更多, 下一页 …) and so no section. */
export function isFurniture(name: string): boolean {
  return name === '' || FURNITURE.test(name);
}

/** Whether the name promises a special channel that does not count as consulting (信访, 举报 …). */
export function isSpecialChannelName(name: string): boolean {
  return (
    SPECIAL.test(name) &&
    !STRONG_CONSULT.test(
      name.replace(/(举报|监督|纪检|纪委|监察|廉政|信访|反腐)\S{0,2}(信箱|留言|来信)/u, ''),
    )
  );
}

/** Whether the name promises a way to consult or make suggestions, special ones not included. */
export function isConsultName(name: string): boolean {
  if (name.length > 10 || isSpecialChannelName(name)) return false;
  return (
    CONSULT.test(name) &&
    (!NOT_CONSULT.test(name) || (/^(咨询|留言|互动|领导信箱)/u.test(name) && name.length <= 6))
  );
}

/** Whether the name is that of a group of channels (互动交流), not of one channel. */
export function isChannelHub(name: string): boolean {
  return /^\S{0,4}(互动|交流|参与)(交流|互动|平台|中心|栏目|专区)?$/u.test(name);
}

/** Whether a list's title is a citizen's letter rather than news, a poll or a notice. */
export function soundsLikeLetter(title: string): boolean {
  return (
    /咨询|反映|投诉|求助|建议|请问|诉求|恳请|希望|为什么|为何|怎么|如何|能否|是否|什么时候|[?？]$/u.test(
      title,
    ) &&
    !/征集|征求|调查|问卷|访谈|直播|公告|通知|通报|公示|报告|会议|答复函|提案|议案/u.test(title)
  );
}

/** Whether replies on boards of this name are no consulting either (访谈, 征集, 信访, 举报 …). */
export function isExcludedBoardName(name: string): boolean {
  return (
    isSpecialChannelName(name) ||
    (/调查|征集|访谈|问卷|征求/u.test(name) && !STRONG_CONSULT.test(name))
  );
}

export function isServiceName(name: string): boolean {
  return SERVICE.test(name) && !ABOUT_SERVICE.test(name) && !isSpecialChannelName(name);
}

/** Kind of a section by its name; a name that says nothing is `list` of low confidence. */
export function classifyName(name: string): NamedKind {
  if (isServiceName(name)) return { kind: 'service', confidence: 85 };
  if (isSpecialChannelName(name) && /信访|举报|信箱|纪检|纪委|监督$|找错|123\d\d/u.test(name)) {
    return { kind: 'interaction', confidence: 80 };
  }
  if (INTERACTION.test(name) && !/公告|公示|动态|新闻|解读|文件|结果|回应/u.test(name)) {
    return { kind: 'interaction', confidence: 85 };
  }
  for (const [pattern, kind, confidence] of KIND_RULES) {
    if (pattern.test(name)) return { kind, confidence };
  }
  return { kind: 'list', confidence: 20 };
}
