import { describe, expect, test } from 'vitest';
import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import type { Fact } from '../../domain/fact.ts';
import type { SectionView } from '../../domain/site-facts.ts';
import { createSiteReader, type SiteFacts } from './index.ts';

const TODAY = '2020-09-17';
const HOME = 'http://www.x.gov.cn/';

type Answer = string | { readonly status?: number; readonly outcome?: FetchedPage['outcome']; readonly body?: string; readonly type?: string; readonly url?: string };

function fetched(request: CrawlRequest, answer: Answer | undefined): FetchedPage {
  const full = typeof answer === 'string' ? { body: answer } : (answer ?? { status: 404, outcome: 'http-error' as const });
  return {
    request,
    url: full.url ?? request.url,
    outcome: full.outcome ?? 'ok',
    status: full.status ?? 200,
    headers: { 'content-type': full.type ?? 'text/html; charset=utf-8' },
    body: new TextEncoder().encode(full.body ?? ''),
    truncated: false,
    snapshot: 'a'.repeat(64),
    fetchedAt: '2020-09-17T10:00:00.000Z',
  };
}

interface Crawl extends SiteFacts {
  readonly asked: readonly CrawlRequest[];
  readonly value: { readonly sections: readonly SectionView[] };
}

/** Crawls a site of hand-written pages, by priority, within a budget. */
function crawl(pages: Readonly<Record<string, Answer>>, budget = 80): Crawl {
  const reader = createSiteReader({ homeUrl: HOME, siteCode: '4300000041', today: TODAY, monitoredAt: '2020-09-17T15:59:59.999Z' });
  const queue: CrawlRequest[] = [...reader.start()];
  const asked: CrawlRequest[] = [];
  while (queue.length > 0 && asked.length < budget) {
    queue.sort((one, other) => one.priority - other.priority);
    const request = queue.shift()!;
    asked.push(request);
    const path = request.url.replace('http://www.x.gov.cn', '');
    queue.push(...reader.read(fetched(request, pages[path])));
  }
  const facts = reader.facts();
  return { ...facts, asked, value: { sections: valueOf(facts.sections) } };
}

function valueOf<T>(fact: Fact<T>): T {
  if (fact.state !== 'observed') throw new Error(`expected a value: ${JSON.stringify(fact)}`);
  return fact.value;
}

const list = (folder: string, dates: readonly string[]): string =>
  `<ul class="list">${dates.map((date, at) => `<li><a href="${folder}${date.replaceAll('-', '')}_${at}.html">关于某项重要工作情况的报道之${at}</a><span>${date}</span></li>`).join('')}</ul>`;
const html = (title: string, body: string): string => `<html><head><title>${title}</title></head><body>${body}<div class="footer">主办单位：某局 网站标识码：4300000041</div></body></html>`;

const MENU = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/jggk/">机构概况</a></li><li><a href="/xwdt/">新闻动态</a></li>
<li><a href="/zwgk/">政务公开</a><ul><li><a href="/zwgk/tzgg/">通知公告</a></li><li><a href="/zwgk/zcwj/">政策文件</a></li></ul></li>
<li><a href="/bsfw/">办事服务</a></li><li><a href="/hdjl/">互动交流</a></li></ul></div>`;
const GUIDE = `<table>${['事项名称', '设定依据', '申请条件', '申报材料', '受理地点', '办公时间', '咨询电话', '办理流程'].map((label) => `<tr><td>${label}</td><td>答案</td></tr>`).join('')}</table>`;

const HEALTHY: Record<string, Answer> = {
  '/': html('某局', `${MENU}<div class="main"><h3>新闻动态<a href="/xwdt/">更多&gt;&gt;</a></h3>${list('/xwdt/', ['2020-09-16', '2020-09-10'])}</div>`),
  '/jggk/': html('机构概况', `${MENU}<div class="content"><p>${'本局负责全市有关工作的组织协调和监督管理。'.repeat(10)}</p></div>`),
  '/xwdt/': html('新闻动态', `${MENU}${list('/xwdt/', ['2020-09-16', '2020-09-10', '2020-08-01'])}`),
  '/zwgk/': html('政务公开', `${MENU}<h3>通知公告</h3>${list('/zwgk/tzgg/', ['2020-08-16'])}<h3>政策文件</h3>${list('/zwgk/zcwj/', ['2020-07-16'])}`),
  '/zwgk/tzgg/': html('通知公告', `${MENU}${list('/zwgk/tzgg/', ['2020-08-16'])}`),
  '/zwgk/zcwj/': html('政策文件', `${MENU}${list('/zwgk/zcwj/', ['2020-07-16'])}`),
  '/bsfw/': html('办事服务', `${MENU}<ul class="list"><li><a href="/bsfw/1.html">某某许可证办理指南</a></li><li><a href="/bsfw/2.html">某某登记备案办理指南</a></li></ul>`),
  '/bsfw/1.html': html('某某许可证办理指南', `${MENU}${GUIDE}`),
  '/bsfw/2.html': html('某某登记备案办理指南', `${MENU}${GUIDE}`),
  '/hdjl/': html('互动交流', `${MENU}<a href="/hdjl/write.html">我要写信</a><table><tr><th>标题</th><th>写信时间</th><th>办理状态</th></tr>
    <tr><td><a href="/hdjl/1.html">咨询某项政策的办理问题</a></td><td>2020-09-01</td><td>已回复</td></tr><tr><td><a href="/hdjl/2.html">反映某处问题请处理</a></td><td>2020-05-01</td><td>未回复</td></tr></table>`),
  '/hdjl/write.html': html('我要写信', `${MENU}<form><input name="name"><textarea name="content"></textarea></form>`),
};

const find = (crawled: Crawl, name: string): SectionView => {
  const found = crawled.value.sections.find((section) => section.name === name);
  if (!found) throw new Error(`no section ${name}: ${crawled.value.sections.map((section) => section.name).join()}`);
  return found;
};

describe('a healthy site with a drop-down menu', () => {
  const crawled = crawl(HEALTHY);
  test('home page', () => {
    const home = valueOf(crawled.home);
    expect(home.kind).toBe('content');
    expect(home.newest?.date.value).toBe('2020-09-16');
    expect(home.undatedCount).toBe(0);
  });
  test.each([
    ['机构概况', 1, 'page', 'single', null],
    ['新闻动态', 1, 'news', 'listed', '2020-09-16'],
    ['政务公开', 1, 'channel', 'listed', '2020-08-16'],
    ['通知公告', 2, 'notice', 'listed', '2020-08-16'],
    ['政策文件', 2, 'policy', 'listed', '2020-07-16'],
    ['办事服务', 1, 'service', 'listed', null],
    ['互动交流', 1, 'interaction', 'listed', '2020-09-01'],
  ] as const)('section %s', (name, level, kind, content, newest) => {
    const section = find(crawled, name);
    expect([section.level, section.kind, section.content, section.newest?.date.value ?? null]).toEqual([level, kind, content, newest]);
  });
  test('channels and messages', () => {
    const channels = valueOf(crawled.channels);
    expect(channels.complete).toBe(true);
    expect(channels.channels.map(({ name, state }) => [name, state])).toEqual([['互动交流', 'board'], ['我要写信', 'form']]);
    expect(channels.messages.map(({ askedOn, answered }) => [askedOn, answered])).toEqual([['2020-09-01', true], ['2020-05-01', false]]);
    expect(channels.unreadMessages).toBe(0);
  });
  test('services', () => {
    const services = valueOf(crawled.services);
    expect(services.entries.map(({ name }) => name)).toEqual(['办事服务']);
    expect(services.guides.map(({ missing }) => missing)).toEqual([[], []]);
    expect(services.complete).toBe(true);
  });
  test('pages asked', () => {
    expect(crawled.asked.length).toBeLessThanOrEqual(14);
    expect(new Set(crawled.asked.map(({ url }) => url)).size).toBe(crawled.asked.length);
  });
});
