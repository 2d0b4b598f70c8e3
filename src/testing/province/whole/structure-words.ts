import type { Draw } from '../sites/draw.ts';
import type { Named } from '../sites/section.ts';

// Words of what a whole site offers, as sites of cities, counties and bureaus write them; none is taken from the rules that read them.

export const LEADER_SECTIONS = [
  '领导信息',
  '领导之窗',
  '领导分工',
  '班子成员',
  '现任领导',
  '局领导',
  '领导简介',
] as const;

const SURNAMES = '李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕';
const GIVEN = [
  ...[
    '建国',
    '志刚',
    '丽娟',
    '晓东',
    '国华',
    '文斌',
    '海燕',
    '立新',
    '永红',
    '卫民',
    '德胜',
    '俊杰',
  ],
  ...['伟', '敏', '涛', '静', '勇', '磊', '娟', '斌', '芳', '强', '辉', '霞'],
] as const;

/** A name of nobody. */
export const drawName = (draw: Draw): string => `${draw.pick([...SURNAMES])}${draw.pick(GIVEN)}`;

export const FIRST_POSTS = ['党组书记、局长', '局长', '党委书记、局长', '主任、党组书记'] as const;
export const OTHER_POSTS = [
  ...[
    '党组成员、副局长',
    '副局长',
    '党组副书记、副局长',
    '总工程师',
    '派驻纪检监察组组长',
    '四级调研员',
  ],
  ...['二级调研员', '办公室主任'],
] as const;

/** What a page tells of a life; `{y}` is the year of birth, `{w}` the one in which work began. */
export const LIVES = [
  '男，汉族，{y}年5月出生，大学学历，{w}年8月参加工作，中共党员。',
  '女，汉族，{y}年11月生，湖南平江人，研究生学历，工程师。',
  '{y}.03出生，本科文化，{w}.07参加工作，历任科员、副科长、科长。',
  '汉族，{y}年9月生，省委党校研究生，{w}年加入中国共产党。',
  '{w}.09—1999.07 某某大学土木工程专业学习；1999.07— 在县水利局工作，任技术员、股长。',
] as const;

export const DUTIES_TOLD = [
  '主持全面工作。',
  '分管办公室、财务、人事、机关后勤。',
  '负责项目审批、质量监督和招投标工作。',
  '协助局长抓党建、意识形态和精神文明建设，分管人事教育科。',
  '牵头抓安全生产、防汛值守，联系各县区。',
  '具体抓执法监督、信访维稳、普法宣传等工作。',
] as const;

export const READING_TITLES = [
  '《{file}》政策解读',
  '解读《{file}》',
  '图解：{file}',
  '一图看懂《{file}》',
  '{org}有关负责同志就《{file}》答记者问',
  '关于《{file}》的起草说明',
] as const;

export const TO_READING = ['相关解读：', '解读材料：', '政策解读》', '链接：', '延伸阅读'] as const;
export const TO_FILE = ['相关文件：', '文件原文：', '政策原文》', '点击查看全文', '附：'] as const;

export const FORM_NAMES = [
  ...['{item}申请表', '申请表（空表）', '{item}申报表', '填写样例（样表）', '承诺书（示范文本）'],
  ...['授权委托书模板', '《{item}登记表》下载', '申请书范本'],
] as const;
export const FORM_LABELS = ['表格下载', '空白表格', '样表下载', '相关附件'] as const;

export const FIGURE_SECTIONS: Readonly<Record<'service' | 'messages', readonly Named[]>> = {
  service: [
    ['办件统计', 'bjtj'],
    ['办事统计', 'bstj'],
    ['办理情况统计', 'blqk'],
    ['月度办件统计', 'ydbj'],
  ],
  messages: [
    ['留言统计', 'lytj'],
    ['信件统计', 'xjtj'],
    ['来信办理统计', 'lxtj'],
    ['互动统计', 'hdtj'],
  ],
};

/** A second section with what stands in one that the site has already: its slug, and other names for the same thing. */
export const COPIES: Readonly<Record<'tzgg' | 'zcwj', readonly Named[]>> = {
  tzgg: [
    ['公示公告', 'gsgg'],
    ['通知通告', 'tztg'],
    ['公告栏', 'ggl'],
  ],
  zcwj: [
    ['政府文件', 'zfwj'],
    ['文件发布', 'wjfb'],
    ['本级文件', 'bjwj'],
  ],
};

/** Sections whose name promises something that the reports listed in them are not. */
export const MISNAMED: readonly Named[] = [
  ['政策图解', 'zctj'],
  ['文件解读', 'wjjd'],
  ['意见征集', 'yjzj'],
  ['网上调查', 'wsdc'],
  ['政策法规', 'zcfg'],
  ['部门文件', 'bmwj'],
  ['统计公报', 'tjgb'],
];

/** A search that finds nothing says so. */
export const NOTHING_FOUND = [
  '抱歉，没有找到与“{q}”相关的内容，请更换关键词重试。',
  '很遗憾，您要查找的“{q}”未检索到任何结果',
  '搜索“{q}”：共找到 0 条结果，用时 0.02 秒',
  '检索词：{q}　对不起，没有符合条件的记录！',
  '您的检索结果为空（{q}），建议缩短检索词',
  '“{q}”查询结果：0条',
] as const;
