import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { FeedView } from '../../domain/account-facts.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { testFetcher } from '../../testing/servers/test-fetcher.ts';
import { type FeedGathered, gatherFeed } from './gather-feed.ts';

const MONITORED_AT = '2020-09-17T15:59:59.999Z';
const XML = { 'content-type': 'application/rss+xml; charset=utf-8' };
const item = (date: string, more = ''): string =>
  `<item><title>标题${date}</title><link>http://a.cn/${date}</link><pubDate>${date}</pubDate>${more}</item>`;
const rss = (items: string, head = ''): string => `${head}<rss><channel>${items}</channel></rss>`;

async function gather(handler: Handler): Promise<FeedGathered & { asked: number }> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const input = { kind: 'rss' as const, url: `${server.url}/feed`, monitoredAt: MONITORED_AT };
  const gathered = await gatherFeed({ ...input, fetcher });
  return { ...gathered, asked: server.seen.length };
}

async function viewOf(
  body: string | Uint8Array,
  headers: Record<string, string> = XML,
): Promise<FeedView> {
  const { fact } = await gather(behave.answer(200, body, headers));
  if (fact.state !== 'observed') throw new Error(JSON.stringify(fact));
  return fact.value;
}

describe('a feed that answers', () => {
  it('its newest item is the newest by date, not by place', async () => {
    const view = await viewOf(rss(item('2020-08-01') + item('2020-09-02') + item('2020-07-01')));
    expect(view).toMatchObject({
      itemCount: 3,
      newest: { title: '标题2020-09-02', url: 'http://a.cn/2020-09-02', publishedOn: '2020-09-02' },
    });
  });

  it('items after the monitoring day are the future, that day itself is not', async () => {
    const view = await viewOf(rss(item('2020-09-18') + item('2020-09-17') + item('2020-09-01')));
    expect(view).toMatchObject({ newest: { publishedOn: '2020-09-17' }, futureItems: 1 });
  });

  it('days are those of Shanghai', async () => {
    const view = await viewOf(rss(item('2020-09-16T17:00:00Z')));
    expect(view.newest?.publishedOn).toBe('2020-09-17');
  });

  it('deleted and undated items prove nothing', async () => {
    const deleted = item('2020-09-16', '<deleted>true</deleted>');
    const view = await viewOf(rss(`${deleted}${item('昨天')}${item('2020-08-01')}`));
    expect(view).toMatchObject({
      newest: { publishedOn: '2020-08-01' },
      undatedItems: 1,
      itemCount: 2,
    });
  });

  it('a feed of which only taken back items are left is a feed', async () => {
    const view = await viewOf(rss(item('2020-09-16', '<deleted>true</deleted>')));
    expect(view).toMatchObject({ itemCount: 0, newest: null });
  });

  it('items dated beyond time are the future, those dated 1970 have no date', async () => {
    const view = await viewOf(rss(item('9999-12-31') + item('1970-01-01') + item('2020-08-01')));
    expect(view).toMatchObject({
      newest: { publishedOn: '2020-08-01' },
      futureItems: 1,
      undatedItems: 1,
      itemCount: 3,
    });
  });

  it.each([
    ['one id for all', '<guid>same</guid>', '<guid>same</guid>', 2],
    ['the same item twice', '<guid>a</guid>', '<guid>a</guid>', 2],
    ['no id and no link', '', '', 2],
  ])('repeated ids lose no item: %s', async (_name, one, other, count) => {
    const bare = (date: string, id: string): string =>
      `<item><title>标题</title>${id}<pubDate>${date}</pubDate></item>`;
    const items = bare('2020-08-01', one) + bare('2020-09-10', other);
    const view = await viewOf(rss(`${items}${bare('2020-09-10', other)}`));
    expect(view).toMatchObject({ newest: { publishedOn: '2020-09-10' }, itemCount: count });
  });

  it('its posts are told as every source tells them, and prove no silence', async () => {
    const body = rss(item('2020-08-01') + item('2020-09-02T17:00:00Z'));
    const { source } = await gather(behave.answer(200, body, XML));
    expect(source).toMatchObject({
      state: 'observed',
      value: {
        kind: 'rss',
        level: 'B',
        completeFrom: null,
        posts: [
          { publishedAt: '2020-09-02T17:00:00.000Z', publishedOn: '2020-09-03', quiet: null },
          { publishedOn: '2020-08-01' },
        ],
      },
    });
  });

  it.each([
    ['GBK declared as UTF-8', XML, 'gbk', '<?xml version="1.0" encoding="UTF-8"?>'],
    [
      'GBK declared as GB2312',
      { 'content-type': 'text/xml' },
      'gbk',
      '<?xml version="1.0" encoding="gb2312"?>',
    ],
    [
      'GB18030 declared by the header',
      { 'content-type': 'text/xml; charset=GB18030' },
      'gb18030',
      '',
    ],
    ['Big5', { 'content-type': 'text/xml; charset=big5' }, 'big5', ''],
    ['UTF-8 declared as GBK', { 'content-type': 'text/xml; charset=gbk' }, 'utf8', ''],
    ['UTF-16 with a BOM', XML, 'utf16', ''],
  ])('%s', async (_name, headers, charset, head) => {
    const body = iconv.encode(rss(item('2020-09-02'), head), charset);
    expect((await viewOf(body, headers)).newest?.title).toContain('2020-09-02');
    const title = (await viewOf(body, headers)).newest?.title ?? '';
    expect(title).toBe(charset === 'big5' ? title : '标题2020-09-02');
  });
});

describe('broken encodings', () => {
  const long = rss(
    Array.from({ length: 30 }, (_, at) =>
      item(
        `2020-08-${String(at + 1).padStart(2, '0')}`,
        `<description>政务公开信息第${at}条，请各单位认真落实</description>`,
      ),
    ).join(''),
  );
  it('a title cut inside a character spoils that title and no other', async () => {
    const bytes = Buffer.from(long);
    const at = bytes.indexOf('标题2020-08-30');
    const view = await viewOf(Buffer.concat([bytes.subarray(0, at + 2), bytes.subarray(at + 3)]));
    expect(view.newest?.publishedOn).toBe('2020-08-30');
    expect(view.newest?.title).toContain('题2020-08-30');
  });

  it.each<[string, Uint8Array]>([
    [
      'UTF-16 with half a character at its end',
      Buffer.concat([iconv.encode(long, 'utf16'), Buffer.from([0x3c])]),
    ],
    ['GBK with half a character', Buffer.concat([iconv.encode(long, 'gbk'), Buffer.from([0xb1])])],
    ['UTF-8 behind two BOMs', Buffer.from(`\uFEFF\uFEFF${long}`)],
    ['an unknown charset', Buffer.from(`<?xml version="1.0" encoding="x-none"?>${long}`)],
  ])('%s', async (_name, body) => {
    expect((await viewOf(body)).newest).toMatchObject({ title: '标题2020-08-30' });
  });

  it.each<[string, Uint8Array]>([
    ['random bytes', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 197 + 13) % 256))],
    ['nothing but zeros', Buffer.alloc(5000)],
    ['a picture', Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64')],
  ])('%s are no feed', async (_name, body) => {
    expect((await gather(behave.answer(200, body, XML))).fact.state).toBe('unobserved');
  });
});

describe('self-hosted bridges', () => {
  const JSON_FEED = { 'content-type': 'application/feed+json' };
  it.each<[string, string, Record<string, string>, string]>([
    [
      'RSSHub',
      `<?xml version="1.0" encoding="UTF-8"?><rss xmlns:atom="http://www.w3.org/2005/Atom" version="2.0"><channel><title><![CDATA[清溪发布]]></title><link>https://weibo.com/u/1</link><atom:link href="http://hub/weibo/user/1" rel="self" type="application/rss+xml"/><generator>RSSHub</generator><ttl>5</ttl><lastBuildDate>Thu, 17 Sep 2020 02:00:00 GMT</lastBuildDate>${item('Wed, 02 Sep 2020 02:00:00 GMT')}</channel></rss>`,
      XML,
      '2020-09-02',
    ],
    [
      'wewe-rss',
      JSON.stringify({
        version: 'https://jsonfeed.org/version/1',
        title: '清溪发布',
        home_page_url: 'http://wewe',
        items: [
          {
            id: 'Ab3',
            url: 'https://mp.weixin.qq.com/s/Ab3',
            title: '公告',
            date_modified: '2020-09-02T02:00:00.000Z',
          },
        ],
      }),
      JSON_FEED,
      '2020-09-02',
    ],
    [
      'we-mp-rss',
      `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>清溪发布</title><item><id>1</id><title>公告</title><link>https://mp.weixin.qq.com/s/Ab3</link><updated>2020-09-02T10:00:00+08:00</updated></item></channel></rss>`,
      XML,
      '2020-09-02',
    ],
  ])('%s', async (_name, body, headers, newest) => {
    expect((await viewOf(body, headers)).newest?.publishedOn).toBe(newest);
  });

  it.each<[string, Handler]>([
    [
      'RSSHub’s page of an error',
      behave.answer(503, '<html><body><h1>Looks like something went wrong</h1></body></html>'),
    ],
    [
      'wewe-rss without any item',
      behave.answer(200, '{"version":"https://jsonfeed.org/version/1","items":[]}', JSON_FEED),
    ],
    [
      'we-mp-rss at its login',
      behave.answer(200, '<!DOCTYPE html><html><title>登录</title><body>请扫码登录</body></html>'),
    ],
    [
      'a redirect to a login page',
      behave.routes({
        '/feed': behave.redirect('/login'),
        '/login': behave.answer(200, '<html>登录</html>'),
      }),
    ],
    ['a refusal as JSON', behave.answer(200, '{"code":401,"message":"token expired"}')],
  ])('says nothing of the account: %s', async (_name, handler) => {
    expect((await gather(handler)).fact.state).toBe('unobserved');
  });
});

describe('a feed that does not answer is unobserved, with the reason', () => {
  it.each<[string, Handler, string, number]>([
    ['404', behave.answer(404, '没有'), '404', 1],
    ['503 again', behave.answer(503), '503', 2],
    ['403', behave.answer(403), '403', 1],
    ['a reset', behave.reset, '打不开', 2],
    ['a feed of 50 MB', behave.endless('application/rss+xml'), '5 MB', 1],
    ['a gzip bomb', behave.gzipBomb(8_000_000), '5 MB', 1],
    ['a line that breaks off', behave.truncated, '没有读全', 1],
    [
      'a page instead of a feed',
      behave.answer(200, '<html><body><p>您访问的页面不存在，请检查地址</p></body></html>'),
      '网页',
      1,
    ],
    ['a script-only page', behave.answer(200, behave.SCRIPT_ONLY_PAGE), '拦截', 1],
    ['an empty answer', behave.answer(200, '', XML), '为空', 1],
    ['a feed without any item', behave.answer(200, rss(''), XML), '信源是空的', 1],
    ['a redirect loop', behave.redirect('/feed'), '打不开', 2],
    ['our own network', behave.redirect('http://127.0.0.2/'), '打不开', 1],
  ])('%s', async (_name, handler, words, requests) => {
    const { fact, asked } = await gather(handler);
    expect(fact).toMatchObject({ state: 'unobserved', reason: expect.stringContaining(words) });
    expect(asked).toBe(requests);
  });

  it('a 503 in passing is forgiven', async () => {
    const { fact } = await gather(
      behave.inTurn(behave.answer(503), behave.answer(200, rss(item('2020-09-02')), XML)),
    );
    expect(fact.state).toBe('observed');
  });
});
