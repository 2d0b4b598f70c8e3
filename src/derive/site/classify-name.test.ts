import { expect, test } from 'vitest';
import {
  classifyName,
  cleanName,
  isConsultName,
  isFurniture,
  isSpecialChannelName,
} from './classify-name.ts';

const KINDS = {
  news: '动态要闻 新闻动态 工作动态 政务动态 部门动态 乡镇动态 图片新闻 今日要闻 新闻中心 县区动态 党建动态 时政要闻',
  notice: '通知公告 公示公告 公告栏 通知 公告 最新公告 通告',
  policy: '政策文件 规范性文件 政策法规 文件 法律法规 本级文件 市政府文件 上级政策 政策',
  interpretation: '政策解读 回应关切 图解政策',
  disclosure:
    '信息公开 政务公开 财政预决算 人事信息 招标采购 行政处罚 重点领域信息公开 规划计划 信息公开目录',
  data: '统计数据 数据发布 统计信息 数据开放 统计公报',
  interaction:
    '互动交流 政民互动 在线咨询 局长信箱 网上调查 意见征集 在线访谈 网上信访 投诉举报 留言选登 咨询投诉',
  service:
    '办事服务 网上办事 办事指南 政务服务 服务大厅 便民服务 表格下载 一网通办 个人办事 法人办事 服务指南',
  page: '机构概况 机构职能 领导之窗 领导信息 单位简介 内设机构 公开指南 信息公开指南 信息公开年报 依申请公开 县情概况 走进某县',
  channel: '专题专栏',
  list: '乡村振兴 机关党建 优化营商环境',
} as const;

test.each(
  Object.entries(KINDS).flatMap(([kind, names]) =>
    names.split(' ').map((name) => [name, kind] as const),
  ),
)('%s is %s', (name, kind) => {
  expect(classifyName(name).kind).toBe(kind);
});

test.each([
  '首页',
  '网站地图',
  '联系我们',
  '更多',
  '设为首页',
  '登录',
  '注册',
  'English',
  '无障碍浏览',
  '下一页',
  '2',
  '微信',
  '繁体版',
  '我为政府网站找错',
])('%s is furniture', (name) => {
  expect(isFurniture(name)).toBe(true);
});

test.each(['新闻动态', '关于本县', '机构职能', '便民服务', '政策文件'])(
  '%s is no furniture',
  (name) => {
    expect(isFurniture(name)).toBe(false);
  },
);

test.each([
  ['县长信箱', true, false],
  ['我要咨询', true, false],
  ['建言献策', true, false],
  ['互动交流', true, false],
  ['在线留言', true, false],
  ['投诉建议', true, false],
  ['咨询投诉', true, false],
  ['我要写信', true, false],
  ['网络问政', true, false],
  ['意见建议', true, false],
  ['网上信访', false, true],
  ['纪检举报', false, true],
  ['监督举报', false, true],
  ['投诉举报', false, true],
  ['12380举报', false, true],
  ['纪委信箱', false, true],
  ['举报信箱', false, true],
  ['扫黑除恶', false, true],
  ['网上调查', false, false],
  ['意见征集', false, false],
  ['在线访谈', false, false],
  ['政策解读', false, false],
  ['通知公告', false, false],
])('%s: consult %s, special %s', (name, consult, special) => {
  expect([isConsultName(name), isSpecialChannelName(name)]).toEqual([consult, special]);
});

test.each([
  ['【通知公告】', '通知公告'],
  ['· 工 作 动 态 >>', '工作动态'],
  ['通知公告 更多', '通知公告'],
  ['填写样例（样表）', '填写样例(样表)'],
  ['《取水许可登记表》下载', '《取水许可登记表》下载'],
  ['\u3000政策\u3000文件\u00a0', '政策文件'],
])('clean %s', (raw, clean) => {
  expect(cleanName(raw)).toBe(clean);
});
