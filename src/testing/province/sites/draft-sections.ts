import { growSections } from '../whole/grow-sections.ts';
import { type Draw, drawFrom } from './draw.ts';
import type { Named, Pace, SectionDraft, SectionMode } from './section.ts';
import type { SitePlan } from './site-plan.ts';
import type { TitleSet } from './words.ts';

const LEAD_NEWS: readonly Named[] = [
  ['政务要闻', 'zwyw'],
  ['本地要闻', 'bdyw'],
  ['今日要闻', 'jryw'],
  ['时政要闻', 'szyw'],
];
const MORE_NEWS: readonly Named[] = [
  ['工作动态', 'gzdt'],
  ['部门动态', 'bmdt'],
  ['基层动态', 'jcdt'],
  ['行业动态', 'hydt'],
  ['图片新闻', 'tpxw'],
];
const RECORDS: readonly Named[] = [
  ['规划计划', 'ghjh'],
  ['财政信息', 'czxx'],
  ['人事信息', 'rsxx'],
  ['重大项目', 'zdxm'],
  ['应急管理', 'yjgl'],
  ['环境保护', 'hjbh'],
  ['食品药品监管', 'spyp'],
  ['扶贫工作', 'fpgz'],
  ['教育信息', 'jyxx'],
  ['医疗卫生', 'ylws'],
  ['社会保障', 'shbz'],
  ['议案提案办理', 'yata'],
  ['行政处罚', 'xzcf'],
  ['双随机一公开', 'ssjygk'],
  ['政府采购', 'zfcg'],
  ['统计数据', 'tjsj'],
  ['会议公开', 'hygk'],
  ['招商引资', 'zsyz'],
  ['安全监管', 'aqjg'],
  ['土地征收', 'tdzs'],
];
const TOPICS: readonly Named[] = [
  ['优化营商环境专栏', 'yhyshj'],
  ['双拥工作专栏', 'sygz'],
  ['法治政府建设专栏', 'fzzf'],
  ['疫情防控专栏', 'yqfk'],
  ['文明城市创建', 'wmcs'],
  ['乡村振兴专栏', 'xczx'],
];
const MAIL: readonly Named[] = [
  ['我要咨询', 'wyzx'],
  ['在线咨询', 'zxzx'],
  ['咨询建言', 'zxjy'],
  ['建言献策', 'jyxc'],
  ['网上咨询', 'wszx'],
];
const BOARDS: readonly Named[] = [
  ['留言板', 'lyb'],
  ['公众留言', 'gzly'],
  ['咨询留言', 'zxly'],
  ['来信选登', 'lxxd'],
  ['互动留言', 'hdly'],
];
const LEADER_BOXES: readonly Named[] = [
  ['领导信箱', 'ldxx'],
  ['局长信箱', 'jzxx'],
  ['主任信箱', 'zrxx'],
];

interface DraftOptions {
  readonly pace?: Pace;
  readonly titles?: TitleSet;
  readonly under?: string;
  readonly anchor?: boolean;
}

function draft([name, slug]: Named, mode: SectionMode, more: DraftOptions = {}): SectionDraft {
  const { pace = 'record', titles = 'record', under = null, anchor = false } = more;
  return { slug, name, mode, pace, titles, under, anchor };
}

const has = (plan: SitePlan, rule: string): boolean => plan.problems.includes(`site.veto.${rule}`);

function draftNews(plan: SitePlan, draw: Draw): SectionDraft[] {
  const wide = plan.isPortal || has(plan, 'column-stale.key') || has(plan, 'home-stale');
  const more = wide ? MORE_NEWS : draw.some(MORE_NEWS, draw.int(3, 4));
  const hub: Named = draw.pick([
    ['新闻动态', 'xwdt'],
    ['新闻中心', 'xwzx'],
    ['政务动态', 'zwdt'],
  ] as const);
  const options = { pace: 'news', titles: 'news', under: hub[1] } as const;
  return [
    draft(hub, 'hub', { pace: 'news', titles: 'news', anchor: true }),
    draft(draw.pick(LEAD_NEWS), 'list', { ...options, anchor: true }),
    ...more.map((named) => draft(named, 'list', options)),
  ];
}

function draftAbout(draw: Draw): SectionDraft[] {
  const hub: Named = draw.pick([
    ['机构概况', 'jggk'],
    ['机构设置', 'jgsz'],
    ['走进我们', 'zjwm'],
  ] as const);
  const under = hub[1];
  return [
    draft(hub, 'single'),
    draft(['机构职能', 'jgzn'], 'single', { under }),
    draft(['领导信息', 'ldxxi'], 'single', { under }),
    draft(['内设机构', 'nsjg'], 'single', { under }),
  ];
}

function draftDisclosure(plan: SitePlan, draw: Draw, records: number): SectionDraft[] {
  const hub: Named = draw.pick([
    ['政务公开', 'zwgk'],
    ['信息公开', 'xxgk'],
    ['政府信息公开', 'zfxxgk'],
  ] as const);
  const under = hub[1];
  const chosen = draw.some(RECORDS, records);
  const first = chosen.slice(0, 6);
  const rest = chosen.slice(6);
  const field: Named = ['重点领域信息公开', 'zdly'];
  const lists = (named: readonly Named[], parent: string): SectionDraft[] =>
    named.map((entry, at) => draft(entry, 'list', { under: parent, anchor: at === 0 }));
  return [
    draft(hub, 'hub', { anchor: true }),
    draft(['信息公开指南', 'gkzn'], 'single', { under }),
    draft(['信息公开年报', 'gknb'], 'list', { under, pace: 'report', anchor: true }),
    draft(['规范性文件', 'gfxwj'], 'list', { under, titles: 'policy', anchor: true }),
    ...lists(first, under),
    ...(plan.isPortal || draw.chance(0.3) ? [draft(['信息检索', 'xxjs'], 'query', { under })] : []),
    ...(rest.length > 0 ? [draft(field, 'hub', { anchor: true }), ...lists(rest, field[1])] : []),
  ];
}

function draftInteraction(plan: SitePlan, draw: Draw): SectionDraft[] {
  const hub: Named = draw.pick([
    ['互动交流', 'hdjl'],
    ['公众参与', 'gzcy'],
    ['政民互动', 'zmhd'],
  ] as const);
  const under = hub[1];
  const special = [
    draft(['网上信访', 'wsxf'], 'petition', { under }),
    draft(['纪检举报', 'jjjb'], 'petition', { under }),
  ];
  const survey = draft(['民意征集', 'myzj'], 'list', { under, titles: 'notice', anchor: true });
  if (has(plan, 'interaction.no-channel')) return [draft(hub, 'meeting'), ...special, survey];
  const board = draft(draw.pick(BOARDS), 'board', { under });
  const mail = draft(draw.pick(MAIL), 'mail', { under });
  const box = draft(draw.pick(LEADER_BOXES), 'mail', { under });
  const open = has(plan, 'interaction.unanswered')
    ? [mail, board]
    : draw.pick([
        [mail, board, box],
        [mail, board],
        [box, board],
        [mail, box],
      ]);
  return [draft(hub, 'meeting'), ...open, ...draw.some(special, draw.int(1, 2)), survey];
}

function draftService(plan: SitePlan, draw: Draw): SectionDraft[] {
  if (!plan.hasService || has(plan, 'service.none')) return [];
  const named: Named = draw.pick([
    ['办事服务', 'bsfw'],
    ['网上办事', 'wsbs'],
    ['政务服务', 'zwfw'],
    ['办事指南', 'bszn'],
  ] as const);
  return [draft(named, 'guides')];
}

/** The sections of a site in navigation order, children right after their group. `records` = lists of records wanted. */
export function draftSections(plan: SitePlan, records: number): SectionDraft[] {
  const draw = drawFrom(plan.seed, 'sections');
  const topics = draw.some(TOPICS, draw.int(2, 3));
  const gone: Named = draw.pick([
    ['网站旧版', 'jiuban'],
    ['视频专区', 'spzq'],
    ['English', 'en'],
  ] as const);
  const drafts = [
    ...draftAbout(draw),
    ...draftNews(plan, draw),
    draft(['通知公告', 'tzgg'], 'list', { pace: 'notice', titles: 'notice' }),
    ...draftDisclosure(plan, draw, records),
    draft(['政策文件', 'zcwj'], 'list', { pace: 'policy', titles: 'policy' }),
    draft(['政策解读', 'zcjd'], 'list', { titles: 'reading', anchor: true }),
    ...draftService(plan, draw),
    ...draftInteraction(plan, draw),
    draft(['专题专栏', 'ztzl'], 'hub', { anchor: true }),
    ...topics.map((named, at) => draft(named, 'list', { under: 'ztzl', anchor: at === 0 })),
    ...(draw.chance(0.15) ? [draft(gone, 'gone')] : []),
  ];
  return plan.whole ? growSections(plan, drafts) : drafts;
}
