import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSiteReader } from '../../derive/site/index.ts';
import type { Fact } from '../../domain/fact.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import { crawlSite } from '../../gather/crawl/crawl-site.ts';
import { openRenderRoom, type RenderRoom, SITE } from '../../testing/browser/render-room.ts';
import { answer, routes } from '../../testing/servers/behaviours.ts';
import { TEST_NOW } from '../../testing/servers/test-fetcher.ts';
import { type RenderSiteInput, renderSite } from './render-site.ts';
import type { KeptBytes } from './rendered-page.ts';

const MENU = `<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/xwdt/">新闻动态</a></li><li><a href="/tzgg/">通知公告</a></li>
<li><a href="/zcwj/">政策文件</a></li></ul></div>`;
const rows = (folder: string, days: readonly string[]): string =>
  days
    .map(
      (day, at) =>
        `<li><a href="${folder}${at}.html">关于某项重要工作情况的报道之${at}</a><span>${day}</span></li>`,
    )
    .join('');
const list = (folder: string, days: readonly string[]): string =>
  `<ul class="list">${rows(folder, days)}</ul>`;
const page = (title: string, body: string): string =>
  `<!doctype html><html lang="zh-CN"><head><title>${title}</title></head><body>${body}</body></html>`;
const byScript = (name: string): string =>
  `<ul class="list" id="l"></ul><script>fetch('/api/${name}').then((a)=>a.text()).then((t)=>{l.innerHTML=t})</script>`;
const html = (title: string, body: string) => answer(200, page(title, body));

/** A home page that writes itself, and two sections of which one does so too. */
const handler = routes({
  '/': html('某局', '<div id="app"></div><script src="/app.js"></script>'),
  '/app.js': answer(
    200,
    `document.getElementById('app').innerHTML = ${JSON.stringify(`${MENU}${list('/xwdt/', ['2020-09-16', '2020-09-10'])}<div class="footer">网站标识码：4300000041</div>`)}`,
    { 'content-type': 'text/javascript; charset=utf-8' },
  ),
  '/xwdt/': html('新闻动态', `${MENU}${list('/xwdt/', ['2020-09-16', '2020-09-10'])}`),
  '/tzgg/': html('通知公告', `${MENU}${byScript('tzgg')}`),
  '/zcwj/': html('政策文件', `${MENU}${byScript('none')}`),
  '/api/tzgg': answer(200, rows('/tzgg/', ['2020-09-14', '2020-09-01'])),
});

let room: RenderRoom;
beforeAll(async () => {
  room = await openRenderRoom(handler);
});
afterAll(() => room?.[Symbol.asyncDispose]());

async function inspect(more: Partial<RenderSiteInput> = {}) {
  const { fetcher, pool } = room;
  const { signal } = new AbortController();
  const now = () => TEST_NOW;
  const reader = createSiteReader({
    homeUrl: `${SITE}/`,
    siteCode: '4300000041',
    today: '2020-09-17',
    monitoredAt: '2020-09-17T15:59:59.999Z',
  });
  const budget = { requests: 60, bytes: 10_000_000, milliseconds: 60_000 };
  const crawl: RenderSiteInput['crawl'] = async (of) => {
    await crawlSite({ reader: of, fetcher, budget, signal, now, onPage: async () => undefined });
  };
  await crawl(reader);
  const before = reader.facts();
  const kept: KeptBytes[] = [];
  const keep = async (each: readonly KeptBytes[]) => void kept.push(...each);
  const facts = await renderSite({
    reader,
    homeUrl: `${SITE}/`,
    today: '2020-09-17',
    pool,
    fetcher,
    signal,
    crawl,
    keep,
    ...more,
  });
  return { before, facts, after: reader.facts(), kept };
}

const known = <T>(fact: Fact<T>): T => {
  if (fact.state !== 'observed') throw new Error(JSON.stringify(fact));
  return fact.value;
};

describe('a site whose pages are written by scripts', () => {
  it('is read as a visitor sees it, page by page where needed', async () => {
    const { before, after, facts, kept } = await inspect();
    expect(before.home).toMatchObject({ state: 'unobserved' });
    expect(known(after.home)).toMatchObject({
      rendered: true,
      newest: { date: { value: '2020-09-16' } },
    });
    expect(known(after.footer)).toMatchObject({ siteCode: '4300000041', rendered: true });
    const sections = Object.fromEntries(known(after.sections).map((each) => [each.name, each]));
    expect(sections.新闻动态).not.toHaveProperty('rendered');
    expect(sections.通知公告).toMatchObject({
      content: 'listed',
      itemCount: 2,
      rendered: true,
      newest: { date: { value: '2020-09-14' } },
    });
    expect(sections.政策文件).toMatchObject({ content: 'unobserved', rendered: true });
    expect(
      known(facts.rendered).pages.map(({ url, cause, itemsBefore, itemsAfter }) => [
        new URL(url).pathname,
        cause,
        itemsBefore,
        itemsAfter,
      ]),
    ).toEqual([
      ['/', 'home', null, 2],
      ['/tzgg/', 'list', 0, 2],
      ['/zcwj/', 'list', 0, 0],
    ]);
    expect(kept).toHaveLength(6);
    expect(facts.accessibility.state).toBe('unobserved');
  });

  it('pages beyond the budget are counted', async () => {
    const { facts, after } = await inspect({ budget: { pages: 2 } });
    expect(known(facts.rendered)).toMatchObject({ pages: { length: 2 }, leftOut: 1 });
    expect(known(after.sections).find(({ name }) => name === '政策文件')).toMatchObject({
      content: 'script',
    });
  });

  it('the home page is looked at for its accessibility', async () => {
    const { facts } = await inspect({ looks: true, budget: { pages: 1 } });
    const { rules, screenshot, engine } = known(facts.accessibility);
    expect(rules).toHaveLength(8);
    expect(rules.find(({ id }) => id === 'pageLanguage')).toMatchObject({ result: 'passed' });
    expect(screenshot).toMatchObject({
      type: 'image/png',
      snapshot: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(engine).toMatch(/^\d+\.\d+/);
  });

  it('without a browser nothing is said of them, and nothing else is lost', async () => {
    const pool = new RenderPool({
      chromiumPath: '/bin/false',
      userAgent: 'x',
      now: () => TEST_NOW,
    });
    const { facts, after } = await inspect({ pool, looks: true });
    expect(known(facts.rendered).pages[0]).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('Chromium'),
    });
    expect(facts.accessibility).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('Chromium'),
    });
    expect(after.home).toMatchObject({
      state: 'unobserved',
      reason: '首页内容由脚本写入，需渲染后才能查看',
    });
  });
});
