import type { StandardKind } from '../../domain/facts/structure-facts.ts';

/** Kinds that the titles of a list can show. */
export type TitleKind = Extract<
  StandardKind,
  | 'news'
  | 'notice'
  | 'policy'
  | 'interpretation'
  | 'survey'
  | 'interview'
  | 'data'
  | 'service'
  | 'consultation'
  | 'leaders'
>;

type Rule = readonly [pattern: RegExp, kind: TitleKind];

const DOCUMENT_NUMBER =
  /[\p{Script=Han}]{2,12}[〔[（(【]\s?(?:19|20)\d{2}\s?[〕\]）)】]\s?第?\d{1,4}号/u;

/** In order: what a title is by its form. 解读 before 办法, 征求意见 before 通知, 公示 before 规划. */
const RULES: readonly Rule[] = [
  [/解读|图解|一图(读|看)懂|读懂|答记者问|政策问答|有关问题的?说明$/u, 'interpretation'],
  [
    /征求.{0,40}意见|征集.{0,40}(意见|建议|线索|项目|方案|作品)|意见征集|问卷(调查)?|(满意度|民意|网上|有奖)调查|听证会?(公告|通知)?$|网上投票/u,
    'survey',
  ],
  [/访谈|做客|在线直播|网络直播|嘉宾：/u, 'interview'],
  [
    /统计公报|主要(经济)?指标|经济运行(情况|分析)?|[1-9]-?\d{0,2}月份?.{0,20}(统计|数据|指标|价格|生产|销售)|(统计|监测)(数据|月报|季报|年报|日报)|空气质量|(月|季|年)度?(报|报表|数据)$|年鉴/u,
    'data',
  ],
  [
    /^关于印发.{2,80}的?(通知|函)?$|^关于.{2,80}的?(意见|决定|批复|办法|方案|措施|规定|细则)(（.{1,12}）|\(.{1,12}\))?$|印发.{2,80}(办法|方案|规定|细则|意见|规划|条例|制度)|的?(实施意见|指导意见|管理办法|暂行办法|实施办法|暂行规定|实施细则|若干规定|若干措施|条例|规程)(（.{1,12}）|\(.{1,12}\))?$|人民政府(办公室|办公厅)?关于.{2,60}的?(意见|决定|通知|通告|批复)$|令（?第?\d{1,4}号/u,
    'policy',
  ],
  [
    /(公告|公示|通告|通报|启事|通知|招标|中标|成交|采购|公开招聘|拟录用|名单)(（.{1,16}）|\(.{1,16}\))?$|^(公告|公示|通告|通知)|公示表?$|公告\S{0,12}$/u,
    'notice',
  ],
  [
    /(许可证?|登记|备案|审批|核准|证书?|资格|补贴|申领|补办|换发|年检|注销|变更|认定|给付|确认|办理|核发|注册)(（.{1,20}）|\(.{1,20}\))?(办事指南|服务指南|办理指南|指南)?$|办事指南|服务指南/u,
    'service',
  ],
];
/** Letters: how people ask. */
const LETTER =
  /咨询|请问|投诉|反映|求助|建议(?!书|提案)|希望|为什么|为何|怎么|如何办|能否|是否可以|什么时候|[?？]$/u;
const NEWS =
  /召开|举行|举办|开展|调研|督导|督查|部署|推进|启动|走访|慰问|出席|会见|赴|深入|检查|圆满|顺利|成功|荣获|助力|打造|加快|强化|扎实|积极|全力|稳步|会议|座谈|培训|活动|演练|宣讲|纪实|亮点|成效|掀起|吹响|全面|我[市县区省局厅]|全[市县区省]|市委|县委|区委|省委|书记|市长|县长|局长/u;

/** How reports are headed beside their plain verbs: what was visited, held, achieved, and the figures of speech for it. */
const REPORT =
  /走进|走访|考察|参观|慰问|看望|义诊|义务(植树|劳动)|党日|党课|党支部|讲座|开讲|开班|揭牌|签约|点赞|见实效|见成效|出实招|暖民心|保平安|惠民生|(跑|干|晒)出|按下|打响|吹响|奏响|绘就|织密|筑牢|点燃|激活|擦亮|交出|托起|护航|赋能|开出|送.{1,8}(上门|下乡|进)|在行动|进行时|侧记|纪实|见闻|加速度|快进键|“.{2,10}”.{0,8}(走|进|出|开|下|忙|亮|活)/u;

/** What one title is by its form; null when it tells nothing. */
export function titleKind(title: string): TitleKind | null {
  const text = title.slice(0, 120).replace(/^[[【（(][^\]】）)]{1,8}[\]】）)]/u, '');
  if (DOCUMENT_NUMBER.test(text) && !/解读/u.test(text)) return 'policy';
  for (const [pattern, kind] of RULES) if (pattern.test(text)) return kind;
  if (LETTER.test(text) && !NEWS.test(text)) return 'consultation';
  return NEWS.test(text) || REPORT.test(text) ? 'news' : null;
}

/** The document number (文号) that a text names, e.g. 甲政发〔2020〕12号; null when none. */
export function documentNumberIn(text: string): string | null {
  return DOCUMENT_NUMBER.exec(text.slice(0, 4000))?.[0].replace(/\s/gu, '') ?? null;
}

export interface TitleCount {
  readonly kind: TitleKind;
  /** Titles of this kind, of how many looked at. */
  readonly count: number;
  readonly of: number;
}

/** Titles looked at: enough to tell a list, and bounded. */
const TITLES_MAX = 40;

/** The kind that most titles of a list are of; null for none. */
export function titlesKind(titles: readonly string[]): TitleCount | null {
  const looked = titles.slice(0, TITLES_MAX);
  const counts = new Map<TitleKind, number>();
  for (const title of looked) {
    const kind = titleKind(title);
    if (kind !== null) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  const [best] = [...counts].sort(([, one], [, other]) => other - one);
  return best ? { kind: best[0], count: best[1], of: looked.length } : null;
}
