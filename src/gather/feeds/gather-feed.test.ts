import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import type { FeedView } from '../../domain/account-facts.ts';
import type { Fact } from '../../domain/fact.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { impatient, testFetcher } from '../../testing/servers/test-fetcher.ts';
import { gatherFeed } from './gather-feed.ts';

const MONITORED_AT = '2020-09-17T15:59:59.999Z';
const XML = { 'content-type': 'application/rss+xml; charset=utf-8' };
const item = (date: string, more = ''): string =>
  `<item><title>标题${date}</title><link>http://a.cn/${date}</link><pubDate>${date}</pubDate>${more}</item>`;
const rss = (items: string, head = ''): string => `${head}<rss><channel>${items}</channel></rss>`;

async function gather(handler: Handler): Promise<{ fact: Fact<FeedView>; asked: number }> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const input = { kind: 'rss' as const, url: `${server.url}/feed`, monitoredAt: MONITORED_AT };
  const { fact } = await gatherFeed({ ...input, fetcher: impatient(fetcher, 1500) });
  return { fact, asked: server.seen.length };
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

  it('an empty feed is a feed', async () => {
    expect(await viewOf(rss(''))).toMatchObject({ itemCount: 0, newest: null });
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

describe('a feed that does not answer is unobserved, with the reason', () => {
  it.each<[string, Handler, string, number]>([
    ['404', behave.answer(404, '没有'), '404', 1],
    ['503 again', behave.answer(503), '503', 2],
    ['403', behave.answer(403), '403', 1],
    ['a reset', behave.reset, '打不开', 2],
    ['a feed of 50 MB', behave.endless('application/rss+xml'), '5 MB', 1],
    ['a gzip bomb', behave.gzipBomb(50_000_000), '5 MB', 1],
    ['a line that breaks off', behave.truncated, '没有读全', 1],
    [
      'a page instead of a feed',
      behave.answer(200, '<html><body><p>您访问的页面不存在，请检查地址</p></body></html>'),
      '网页',
      1,
    ],
    ['a script-only page', behave.answer(200, behave.SCRIPT_ONLY_PAGE), '拦截', 1],
    ['an empty answer', behave.answer(200, '', XML), '为空', 1],
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
