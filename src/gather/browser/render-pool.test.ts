import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  htmlOf,
  openRenderRoom,
  type RenderRoom,
  SITE,
} from '../../testing/browser/render-room.ts';
import { answer, cookieGate, hang, redirect, routes } from '../../testing/servers/behaviours.ts';
import type { Handler } from '../../testing/servers/start-server.ts';
import { TEST_NOW, testFetcher } from '../../testing/servers/test-fetcher.ts';
import { RenderPool } from './render-pool.ts';

const LIST = `<!doctype html><html lang="zh-CN"><head><title>通知公告</title><link rel="stylesheet" href="/s.css"></head>
<body><ul id="list"></ul><script src="/s.js"></script><script>
fetch('/api', { method: 'POST', body: 'page=1' }).then((answer) => answer.json()).then((rows) => {
  list.innerHTML = rows.map((row) => '<li><a href="/n/' + row + '.html">通知' + row + '</a></li>').join('');
});</script></body></html>`;
const tall: Handler = answer(200, '<div style="height:30000px">高</div>');
const noisy: Handler = answer(
  200,
  `<canvas id="c" width="1366" height="7000"></canvas><script>
const context = c.getContext('2d'), pixels = context.createImageData(1366, 7000);
for (let at = 0; at < pixels.data.length; at += 1) pixels.data[at] = Math.random() * 256;
context.putImageData(pixels, 0, 0);</script>`,
);
const echo: Handler = (request, response) => {
  answer(
    200,
    `<p id="said">${request.headers['user-agent']}</p><p id="seen"></p><script>
seen.textContent = [navigator.userAgent, navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone, innerWidth].join('|');
</script>`,
  )(request, response);
};

const signalListeners = () =>
  ['SIGINT', 'SIGTERM', 'SIGHUP'].map((name) => process.listenerCount(name)).join();
/** Before any browser was started. */
const LISTENERS_BEFORE = signalListeners();

let room: RenderRoom;
beforeAll(async () => {
  room = await openRenderRoom(
    routes({
      '/list': answer(200, LIST),
      '/s.css': answer(200, 'li { color: red }', { 'content-type': 'text/css' }),
      '/s.js': answer(200, 'window.ready = 1', { 'content-type': 'text/javascript' }),
      '/api': answer(200, '[1,2,3]', { 'content-type': 'application/json' }),
      '/old/': redirect('http://news.x.gov.cn/list'),
      '/gate': cookieGate(LIST),
      '/gbk': answer(200, iconv.encode('<meta charset="gbk"><p>网站标识码</p>', 'gbk'), {
        'content-type': 'text/html',
      }),
      '/wrong': answer(200, '<meta charset="gb2312"><p>网站标识码</p>', {
        'content-type': 'text/html',
      }),
      '/zip': answer(200, gzipSync('<p>压缩的网页</p>'), { 'content-encoding': 'gzip' }),
      '/gone': answer(404, '<p>没有这个页面</p>'),
      '/broken': answer(
        200,
        '<script>console.error("坏");no.such.thing()</script><p>还在</p><img src="/none.png">',
      ),
      '/tall': tall,
      '/noisy': noisy,
      '/echo': echo,
      '/hang': hang,
    }),
    { pagesPerBrowser: 8 },
  );
});
afterAll(() => room?.[Symbol.asyncDispose]());

describe('a page in a browser', () => {
  it('shows the list that its scripts write', async () => {
    const result = await room.render('/list');
    expect(htmlOf(result).match(/<li><a href="\/n\/\d/g)).toHaveLength(3);
    expect(result).toMatchObject({
      state: 'rendered',
      title: '通知公告',
      status: 200,
      finalUrl: `${SITE}/list`,
      address: '127.0.0.1',
      renderedAt: TEST_NOW,
      consoleErrors: 0,
      isStopped: false,
      isWhole: true,
      hitLimits: [],
      requests: { made: 4, refused: 0, failed: 0 },
      picture: { type: 'image/png', width: 1366, height: 768, cut: false },
      timing: { loadMs: expect.any(Number), domContentLoadedMs: expect.any(Number) },
      browser: expect.stringMatching(/^Chromium \d+/),
    });
  });

  it('leaves the signals to whoever runs us: a process that ends at once leaves its database open', async () => {
    expect(await room.render('/list')).toMatchObject({ state: 'rendered' });
    expect(signalListeners()).toBe(LISTENERS_BEFORE);
  });

  it('is opened where a redirect leads to, so that its links are right', async () => {
    expect(await room.render('/old/')).toMatchObject({
      finalUrl: 'http://news.x.gov.cn/list',
      status: 200,
      title: '通知公告',
    });
  });

  it.each([
    ['in GBK', '/gbk', '网站标识码'],
    ['compressed', '/zip', '压缩的网页'],
    ['with status 404', '/gone', '没有这个页面'],
    ['with scripts that fail', '/broken', '还在'],
  ])('%s', async (_name, path, words) => {
    expect(htmlOf(await room.render(path))).toContain(words);
  });

  it('whose encoding is declared wrongly is shown in the one it is in, when the caller knows', async () => {
    const charsetOf = () => 'utf-8';
    expect(htmlOf(await room.render('/wrong'))).not.toContain('网站标识码');
    expect(htmlOf(await room.render('/wrong', { charsetOf }))).toContain('网站标识码');
  });

  it('counts the errors of its console', async () => {
    const result = await room.render('/broken');
    expect(result.state === 'rendered' && result.consoleErrors).toBeGreaterThanOrEqual(2);
  });

  it('is told honestly who looks, in Chinese, at a fixed size and time zone', async () => {
    const html = htmlOf(await room.render('/echo'));
    expect(html).toContain('<p id="said">Xunjian/test</p>');
    expect(html).toContain('Xunjian/test|zh-CN|Asia/Shanghai|1366');
  });

  it('is pictured down to a limit, and as JPEG when it is too colourful', async () => {
    const high = await room.render('/tall');
    expect(high).toMatchObject({
      picture: { height: 8000, cut: true },
      hitLimits: ['截图只到 8000 像素'],
    });
    const loud = await room.render('/noisy');
    expect(loud).toMatchObject({ picture: { type: 'image/jpeg' } });
  });

  it('that does not answer was not seen', async () => {
    const fetcher = {
      ...room.fetcher,
      fetch: (url: string) => room.fetcher.fetch(url, { timeoutMs: 200 }),
    };
    expect(await room.render('/hang', { fetcher })).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('页面没有打开'),
      requests: { made: 1, failed: 1 },
    });
  });

  it('of nowhere was not seen', async () => {
    expect(await room.render('http://10.1.2.3/')).toMatchObject({
      state: 'unobserved',
      reason: '没有访问：地址 10.1.2.3 不是公网地址，不访问',
      requests: { made: 1, refused: 1 },
    });
  });

  it('is left when the caller stops', async () => {
    const stop = new AbortController();
    const rendering = room.render('/hang', { signal: stop.signal });
    stop.abort(new Error('停'));
    await expect(rendering).rejects.toThrow('停');
  });
});

describe('the browsers of a pool', () => {
  it('share style sheets and scripts: a guest asks for them once', async () => {
    const before = room.server.seen.length;
    await room.render('/list');
    await room.render('/list');
    const asked = room.server.seen.slice(before).map(({ url }) => url);
    expect(asked.filter((url) => url.startsWith('/s.'))).toEqual([]);
    expect(asked.filter((url) => url === '/api')).toHaveLength(2);
  });

  it('share no cookie', async () => {
    for (const _ of [1, 2]) {
      const before = room.server.seen.length;
      await room.render('/gate');
      expect(room.server.seen[before]).toMatchObject({ url: '/gate', headers: {} });
      expect(room.server.seen[before]?.headers.cookie).toBeUndefined();
    }
  });

  it('are as many as allowed, and replaced after so many pages', async () => {
    await using small = await openRenderRoom(answer(200, LIST), { pagesPerBrowser: 2 });
    const versions = await Promise.all(['/1', '/2', '/3', '/4'].map((path) => small.render(path)));
    expect(versions.map(({ state }) => state)).toEqual(Array(4).fill('rendered'));
    expect(small.pool.browsers).toBe(0);
  });
});

describe('a browser that dies', () => {
  /** Kills the browser whenever the page asks for `/die`, `times` times. */
  async function dying(times: number) {
    let left = times;
    await using small = await openRenderRoom((request, response) => {
      if (request.url === '/die' && left > 0) {
        left -= 1;
        for (const id of small.pool.processes()) process.kill(id, 'SIGKILL');
        return;
      }
      answer(200, '<p>在</p><script src="/die"></script>')(request, response);
    });
    return { result: await small.render('/'), left };
  }

  it('is replaced, and the page tried once more', async () => {
    const { result, left } = await dying(1);
    expect(htmlOf(result)).toContain('在');
    expect(left).toBe(0);
  });

  it('twice on the same page: that page was not seen', async () => {
    expect((await dying(5)).result).toMatchObject({
      state: 'unobserved',
      reason: '浏览器中途退出（试了 2 次）',
    });
  });
});

describe('without a browser', () => {
  const request = async (pool: RenderPool) => {
    await using fetcher = testFetcher();
    return pool.render({ url: SITE, fetcher, signal: new AbortController().signal });
  };

  it('says so when it does not start', async () => {
    const pool = new RenderPool({
      chromiumPath: '/bin/false',
      userAgent: 'x',
      now: () => TEST_NOW,
    });
    expect(await request(pool)).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('Chromium 没有启动'),
    });
    await pool.close();
  });
});
