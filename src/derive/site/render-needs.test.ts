import { describe, expect, it } from 'vitest';
import type { CrawlRequest, FetchedPage } from '../../domain/crawl.ts';
import { createSiteReader } from './index.ts';
import { factValue, find, HOME, list, TODAY } from './test-sites.ts';

const html = (title: string, body: string): string =>
  `<html><head><title>${title}</title></head><body>${body}</body></html>`;

const MENU = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwdt/">新闻动态</a></li><li><a href="/tzgg/">通知公告</a></li>
<li><a href="/zcwj/">政策文件</a></li></ul></div>`;
const FOOT =
  '<div class="footer">网站标识码：4300000041 湘ICP备05000618号 湘公网安备 43010202000001号</div>';
const NEWS = list('/xwdt/', ['2020-09-16', '2020-09-10', '2020-09-01']);
const BY_SCRIPT = `<ul class="list" id="l"></ul><script>$.getJSON('/api/rows',function(d){$('#l').html(d)})</script>`;
const EMPTY_FOOT = '<div class="footer" id="foot"></div><script src="/js/foot.js"></script>';

type Rendered = 'whole' | 'partly';

/** Reads pages as they were sent, then those that need a browser as `after` has them. */
function read(
  before: Record<string, string>,
  after: Record<string, string> = {},
  how: Rendered = 'whole',
) {
  const reader = createSiteReader({
    homeUrl: HOME,
    siteCode: '4300000041',
    today: TODAY,
    monitoredAt: '2020-09-17T15:59:59.999Z',
  });
  const page = (
    request: CrawlRequest,
    body: string | undefined,
    rendered?: Rendered,
  ): FetchedPage => ({
    ...{ request, url: request.url, headers: { 'content-type': 'text/html; charset=utf-8' } },
    ...{
      outcome: body === undefined ? 'http-error' : 'ok',
      status: body === undefined ? 404 : 200,
    },
    ...{
      body: new TextEncoder().encode(body ?? ''),
      truncated: false,
      snapshot: (rendered ? 'b' : 'a').repeat(64),
    },
    ...{ fetchedAt: '2020-09-17T10:00:00.000Z', ...(rendered ? { rendered } : {}) },
  });
  const pathOf = ({ url }: CrawlRequest): string => url.replace('http://www.x.gov.cn', '');
  const queue = [...reader.start()];
  for (let request = queue.shift(); request; request = queue.shift())
    queue.push(...reader.read(page(request, before[pathOf(request)])));
  const needs = reader.renderNeeds();
  for (const { request } of needs) {
    const body = after[pathOf(request)];
    if (body !== undefined) reader.read(page(request, body, how));
  }
  return {
    needs: needs.map(({ request, cause }) => [pathOf(request), cause]),
    facts: reader.facts(),
    reader,
  };
}

const SITE = {
  '/': html('某局', `${MENU}${NEWS}${FOOT}`),
  '/xwdt/': html('新闻动态', `${MENU}${NEWS}`),
  '/tzgg/': html('通知公告', `${MENU}${list('/tzgg/', ['2020-09-12'])}`),
  '/zcwj/': html('政策文件', `${MENU}${list('/zcwj/', ['2020-08-12'])}`),
};

describe('pages that need a browser', () => {
  it('a site that is read as it was sent needs none', () => {
    expect(read(SITE).needs).toEqual([]);
  });

  it.each([
    [
      'a list by script',
      { '/tzgg/': html('通知公告', `${MENU}${BY_SCRIPT}`) },
      [['/tzgg/', 'list']],
    ],
    ['a footer by script', { '/': html('某局', `${MENU}${NEWS}${EMPTY_FOOT}`) }, [['/', 'footer']]],
    [
      'a home page by script',
      { '/': html('某局', '<div id="app"></div><script src="/app.js"></script>') },
      [['/', 'home']],
    ],
    [
      'both',
      {
        '/': html('某局', `${MENU}${NEWS}${EMPTY_FOOT}`),
        '/zcwj/': html('政策文件', `${MENU}${BY_SCRIPT}`),
      },
      [
        ['/', 'footer'],
        ['/zcwj/', 'list'],
      ],
    ],
  ])('%s', (_name, pages, needs) => {
    expect(read({ ...SITE, ...pages }).needs).toEqual(needs);
  });
});

describe('a page that was rendered is read by the same reader', () => {
  const scripted = { ...SITE, '/tzgg/': html('通知公告', `${MENU}${BY_SCRIPT}`) };

  it('its list counts, with where it comes from', () => {
    const shown = html(
      '通知公告',
      `${MENU}<ul class="list" id="l">${list('/tzgg/', ['2020-09-14', '2020-09-02'])}</ul>`,
    );
    const { facts, reader } = read(scripted, { '/tzgg/': shown });
    expect(find({ ...facts, asked: [] }, '通知公告')).toMatchObject({
      ...{ content: 'listed', itemCount: 2, rendered: true, snapshot: 'b'.repeat(64) },
      newest: { date: { value: '2020-09-14' } },
    });
    expect(reader.renderNeeds()).toEqual([]);
  });

  it.each([
    ['its scripts ran and no list came', BY_SCRIPT, 'whole', 'unobserved', '渲染后仍没有看到列表'],
    [
      'something did not come',
      BY_SCRIPT,
      'partly',
      'unobserved',
      '渲染时有内容没有取到，没有看到列表',
    ],
    [
      'it says that there is nothing',
      '<ul class="list" id="l">暂无内容</ul>',
      'whole',
      'blank',
      '暂无内容',
    ],
  ] as const)('%s', (_name, body, how, content, reason) => {
    const { facts } = read(scripted, { '/tzgg/': html('通知公告', `${MENU}${body}`) }, how);
    expect(find({ ...facts, asked: [] }, '通知公告')).toMatchObject({
      content,
      reason,
      rendered: true,
    });
  });

  it.each([
    [
      'is there after scripts',
      `${MENU}${NEWS}${FOOT}`,
      'whole',
      { siteCode: '4300000041', byScript: false, rendered: true },
    ],
    [
      'is not there though all scripts ran',
      `${MENU}${NEWS}${EMPTY_FOOT}`,
      'whole',
      { siteCode: null, byScript: false, rendered: true },
    ],
    [
      'may be missing for a script that did not come',
      `${MENU}${NEWS}${EMPTY_FOOT}`,
      'partly',
      { siteCode: null, byScript: true, rendered: true },
    ],
  ] as const)('a footer %s', (_name, body, how, footer) => {
    const { facts } = read(
      { ...SITE, '/': html('某局', `${MENU}${NEWS}${EMPTY_FOOT}`) },
      { '/': html('某局', body) },
      how,
    );
    expect(factValue(facts.footer)).toMatchObject(footer);
  });

  it('a home page by script leads on to its sections', () => {
    const { facts } = read(
      { '/': html('某局', '<div id="app"></div><script src="/app.js"></script>') },
      { '/': html('某局', `<div id="app">${MENU}${NEWS}${FOOT}</div>`) },
    );
    expect(factValue(facts.home)).toMatchObject({
      rendered: true,
      newest: { date: { value: '2020-09-16' } },
    });
    expect(factValue(facts.sections).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['新闻动态', '通知公告', '政策文件']),
    );
  });
});
