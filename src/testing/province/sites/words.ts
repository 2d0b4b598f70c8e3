import type { Draw } from './draw.ts';

/** What the pages talk about. Plain official prose; no names of persons. */
const TOPICS = [
  '安全生产',
  '乡村振兴',
  '脱贫攻坚',
  '生态环境保护',
  '优化营商环境',
  '项目建设',
  '防汛抗旱',
  '疫情防控',
  '教育改革',
  '医疗保障',
  '食品安全',
  '文明创建',
  '农村人居环境整治',
  '河长制',
  '森林防火',
  '道路交通安全',
  '就业创业',
  '社会保险',
  '政务公开',
  '数字政府建设',
  '招商引资',
  '城市管理',
  '老旧小区改造',
  '粮食生产',
  '水利建设',
  '文化旅游',
  '养老服务',
  '消防安全',
  '扫黑除恶',
  '科技创新',
  '知识产权保护',
  '统计调查',
  '市场监管',
  '法治政府建设',
  '双随机抽查',
] as const;

const NEWS = [
  '{place}召开{topic}工作推进会',
  '{org}组织开展{topic}专题培训',
  '市领导调研{topic}工作',
  '{org}扎实推进{topic}各项工作',
  '{place}{topic}工作取得阶段性成效',
  '{org}赴基层督导{topic}',
  '{org}召开党组会议专题研究{topic}',
  '{place}多措并举抓好{topic}',
  '{org}开展{topic}宣传活动',
  '{place}{topic}现场观摩会举行',
  '{org}机关干部下沉一线助力{topic}',
  '省检查组来{place}检查{topic}',
  '{org}举办{topic}知识竞赛',
  '上半年{place}{topic}情况综述',
  '{place}部署下一阶段{topic}任务',
] as const;

const NOTICES = [
  '关于开展{topic}专项检查的通知',
  '关于{topic}项目评审结果的公示',
  '关于征集{topic}意见的公告',
  '关于做好{topic}有关工作的通知',
  '{org}公开招聘工作人员公告',
  '{topic}项目中标结果公告',
  '关于举办{topic}培训班的通知',
  '关于{topic}专家名单的公示',
  '{org}{topic}服务采购公告',
  '关于表彰{topic}先进集体的通报',
  '关于调整{topic}受理时间的公告',
  '{place}{topic}行政许可公示',
] as const;

const POLICIES = [
  '{place}{topic}管理办法',
  '关于印发《{place}{topic}实施方案》的通知',
  '关于加强{topic}工作的意见',
  '关于印发《{place}{topic}三年行动计划》的通知',
  '{place}{topic}工作规则',
  '关于修订{topic}有关规定的通知',
  '{place}{topic}考核办法',
  '关于进一步规范{topic}的若干措施',
] as const;

const READINGS = [
  '《{place}{topic}管理办法》解读',
  '一图读懂{place}{topic}政策',
  '{org}负责人就{topic}答记者问',
  '《{topic}实施方案》政策问答',
  '专家谈{topic}新政策',
  '{topic}政策要点解读',
] as const;

const RECORDS = [
  '{place}{topic}资金安排情况',
  '{org}{topic}工作计划',
  '{topic}抽查结果公开表',
  '{place}{topic}情况统计表',
  '{org}关于{topic}的实施情况',
  '{topic}监督检查结果',
  '{place}{topic}项目清单',
  '{org}{topic}信息公开表',
  '关于{topic}提案的答复',
] as const;

/** Reports of a whole site, as its editors head them: two halves, a quotation, a figure of speech. */
const DISPATCHES = [
  '{topic}“扫街”行动走进社区',
  '冒雨巡查保平安——{org}全力做好{topic}',
  '{place}：{topic}跑出“加速度”',
  '送政策上门 解企业难题',
  '我局干部职工参加义务植树',
  '{topic}见实效 群众点赞添信心',
  '聚焦{topic} {org}开出“良方”',
  '{place}{topic}按下“快进键”',
  '{org}到联点村走访慰问困难党员',
  '赴邻市考察学习{topic}经验',
  '{topic}专题讲座在{place}开讲',
  '全市{topic}现场推进会在我县召开',
  '{org}党支部开展主题党日活动',
  '小网格托起{topic}大民生',
  '{place}打响{topic}攻坚战',
] as const;

export const TITLE_SETS = {
  news: NEWS,
  notice: NOTICES,
  policy: POLICIES,
  reading: READINGS,
  record: RECORDS,
  dispatch: DISPATCHES,
} as const;
export type TitleSet = keyof typeof TITLE_SETS;

const BODIES = [
  '会议指出，{topic}事关群众切身利益，各有关单位要提高认识，压实责任，确保各项任务落到实处。',
  '近年来，{org}坚持问题导向，围绕{topic}健全工作机制，形成了上下联动、齐抓共管的工作格局。',
  '会议要求，要对照任务清单逐项抓好落实，加强督促检查，及时研究解决工作中遇到的困难和问题。',
  '下一步，{org}将继续聚焦{topic}重点环节，细化措施，强化保障，不断提升群众获得感和满意度。',
  '活动现场，工作人员向群众发放宣传资料，耐心解答有关{topic}的疑问，受到大家一致好评。',
  '各乡镇（街道）、各有关单位要结合实际制定具体方案，明确时间节点，确保{topic}有序推进。',
  '据介绍，{place}把{topic}列入年度重点工作，建立台账，销号管理，目前总体进展顺利。',
  '通知明确，各单位要加强组织领导，落实经费保障，做好信息报送，重要情况及时报告。',
] as const;

export interface Scene {
  readonly place: string;
  readonly org: string;
}

const fill = (template: string, scene: Scene, topic: string): string =>
  template
    .replaceAll('{place}', scene.place)
    .replaceAll('{org}', scene.org)
    .replaceAll('{topic}', topic);

export function makeTitle(draw: Draw, set: TitleSet, scene: Scene): string {
  return fill(draw.pick(TITLE_SETS[set]), scene, draw.pick(TOPICS));
}

/** Paragraphs of an article, `count` of them. */
export function makeParagraphs(draw: Draw, scene: Scene, count: number): string[] {
  const topic = draw.pick(TOPICS);
  return Array.from({ length: count }, () => fill(draw.pick(BODIES), scene, topic));
}

export const SERVICES = [
  '公共场所卫生许可',
  '建设工程规划许可证核发',
  '食品经营许可',
  '社会团体成立登记',
  '取水许可审批',
  '城镇职工参保登记',
  '户外广告设置审批',
  '医疗机构执业登记',
  '施工许可证核发',
  '民办学校设立审批',
  '林木采伐许可证核发',
  '道路运输经营许可',
  '企业设立登记',
  '残疾人证办理',
  '高龄津贴申领',
  '排水许可证核发',
  '档案查阅利用',
  '生育登记服务',
  '农药经营许可',
  '特种设备使用登记',
] as const;

const QUESTIONS = [
  '关于办理居住证需要什么材料的问题',
  '小区二次供水水质问题',
  '公交线路能否延伸到开发区',
  '农村危房改造补助申请条件',
  '夜间施工噪音扰民',
  '社保卡丢失如何补办',
  '路灯损坏多日未修',
  '城乡居民医保缴费时间',
  '关于子女入学报名的咨询',
  '老旧小区加装电梯如何申请',
  '企业开办补贴政策咨询',
  '建议增设停车泊位',
  '退休手续办理流程咨询',
  '自来水停水无通知',
  '关于公租房申请条件的咨询',
  '建议在路口增设红绿灯',
  '灵活就业人员社保缴费咨询',
] as const;

/** The subject of a citizen's message; `at` chooses it so that a board hardly repeats itself. */
export const questionAt = (at: number): string => QUESTIONS[at % QUESTIONS.length]!;

/** Text into HTML. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
