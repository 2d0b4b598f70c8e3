import { describe, expect, it } from 'vitest';
import { readSight } from './read-sight.ts';
import { wrongTargetReason } from './wrong-target.ts';

const WORDS =
  '各乡镇人民政府，县直各单位：现将有关事项通知如下，请结合实际认真抓好贯彻落实。'.repeat(4);

function reason(
  text: string,
  title: string,
  body: string,
  more: { url?: string; home?: string } = {},
) {
  const html = `<html><head><title>${title}</title></head><body>${body}</body></html>`;
  const page = readSight({ contentType: 'text/html', body: new TextEncoder().encode(html) })!;
  const url = more.url ?? 'http://x.gov.cn/a/1.html';
  return wrongTargetReason({ text, url, endedAt: url, sameSite: true, page });
}

describe('links whose words promise something else', () => {
  it.each([
    ['another place', '岳阳市人民政府', '长沙市人民政府门户网站', '<h2>要闻</h2>'],
    ['another bureau', '长沙市民政局', '长沙市财政局', '<h2>动态</h2>'],
    [
      'another document',
      '关于开展农村危房改造验收的通知',
      '县长调研企业',
      `<h1>县长调研企业</h1>${WORDS}`,
    ],
    [
      'a short title of another subject, on a page of the same place',
      '《青阳县养老服务管理办法》',
      '青阳县召开项目建设推进会-青阳县人民政府',
      `<h1>青阳县召开项目建设推进会</h1>${WORDS}`,
    ],
    [
      'a subject that only the menu names',
      '《关于修订招商引资有关规定的通知》',
      '青阳县开展森林防火宣传活动-青阳县人民政府',
      `<ul><li><a href="/zsyz/">招商引资</a></li></ul><h1>青阳县开展森林防火宣传活动</h1>${WORDS}`,
    ],
  ])('%s', (_name, text, title, body) => {
    expect(reason(text, title, body)).toMatch(/链接文字是/);
  });
  it.each([
    [
      'the sponsor stands in the footer',
      '长沙市民政局',
      '长沙市财政局',
      '<p>主办：长沙市民政局</p>',
    ],
    ['a title without unit', '长沙市民政局', '民政在线', '<h2>动态</h2>'],
    ['a section', '通知公告', '长沙市财政局', '<h2>动态</h2>'],
    [
      'the document within a list',
      '关于开展农村危房改造验收的通知',
      '通知公告',
      `<li>关于开展农村危房改造验收的通知</li>${WORDS}`,
    ],
    [
      'a page that says only that it is a notice, in other words for the same',
      '关于2026年城乡居民医保缴费标准的公告',
      '公告-青阳县人民政府',
      `<h1>公告</h1><p>居民基本医疗保险个人缴费每人420元</p>${WORDS}`,
    ],
    ['a page too short to tell', '关于开展农村危房改造验收的通知', '通知', '<p>见附件</p>'],
    [
      'other words for the same',
      '《青阳县城市供水管理办法》政策解读',
      '一图读懂城市供水管理',
      `<h1>城市供水管理办法图解</h1>${WORDS}`,
    ],
    [
      'the notice that brings the document',
      '《青阳县养老服务管理办法》',
      '关于印发有关办法的通知-青阳县人民政府',
      `<h1>青阳县人民政府关于印发有关办法的通知</h1>${WORDS}<p>推动养老事业健康发展</p>`,
    ],
    ['news, not a document', '全县掀起学习热潮', '县委召开会议', `<h1>县委召开会议</h1>${WORDS}`],
  ])('nothing: %s', (_name, text, title, body) => {
    expect(reason(text, title, body)).toBeNull();
  });
  it.each([
    ['a short one', '《关于加强粮食生产工作的意见》', '县长调研企业', WORDS],
    ['one of the same place', '《青阳县统计调查管理办法》', '青阳县召开管理工作会', WORDS],
    [
      'a plan whose words are all common',
      '《关于印发江西省项目建设三年行动计划的通知》',
      '江西省部署下一阶段河长制任务',
      WORDS,
    ],
    [
      'a notice on food, under a heading on markets',
      '《关于印发青阳县食品安全实施方案的通知》',
      '青阳县多措并举抓好市场监管',
      `全力保障生产安全。${WORDS}`,
    ],
  ])('another document: %s', (_name, text, title, words) => {
    expect(reason(text, title, `<h1>${title}</h1>${words}`)).toMatch(/正文里没有它/);
  });
  it.each([
    ['shown in a reader', `<iframe src="/a.pdf"></iframe>${WORDS}`],
    ['shown as pictures', '<img src="/1.jpg"><img src="/2.jpg"><p>信息公开</p>'],
    ['under a title of its own', `<h1>统计调查这样做</h1>${WORDS}`],
  ])('no other document: %s', (_name, body) => {
    expect(reason('《青阳县统计调查管理办法》', '信息公开', body)).toBeNull();
  });
  it('a service that is only the home page', () => {
    const url = 'http://x.gov.cn/index.html';
    expect(reason('不动产登记网上查询', '青阳县人民政府', '<h2>要闻</h2>', { url })).toMatch(
      /首页/,
    );
    expect(reason('网上办事大厅', '青阳县人民政府', '<h2>要闻</h2>', { url })).toBeNull();
    expect(reason('社保查询', '社保查询', '<h2>登录</h2>', { url })).toBeNull();
  });
});
