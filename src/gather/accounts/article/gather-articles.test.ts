import { describe, expect, it } from 'vitest';
import { parseResolveRule, type ResolveRule } from '../../../lib/node/http/resolve-rule.ts';
import {
  type ArticlePlan,
  writeArticle,
} from '../../../testing/platforms/article/write-article.ts';
import * as behave from '../../../testing/servers/behaviours.ts';
import {
  type Handler,
  startServer,
  type TestServer,
} from '../../../testing/servers/start-server.ts';
import { testFetcher } from '../../../testing/servers/test-fetcher.ts';
import type { SourceGathered } from '../source-gathered.ts';
import { type ArticleAccount, gatherArticles } from './gather-articles.ts';

const ACCOUNT: ArticleAccount = { biz: 'MzA5ODEyMzQ1Ng==', ghId: null, name: '清溪发布' };
const page = (on: string, more: Partial<ArticlePlan> = {}): Handler => {
  const plan: ArticlePlan = {
    path: '',
    biz: 'MzA5ODEyMzQ1Ng==',
    ghId: 'gh_0a1b2c3d4e5f',
    nickname: '清溪发布',
    title: `公告 ${on}`,
    on,
    time: '10:00',
    state: 'shown',
    form: 'text',
    ...more,
  };
  return behave.answer(200, writeArticle(plan));
};

/** The platform's own name leads to the test's server. */
const ruleTo = ({ port }: TestServer): ResolveRule =>
  parseResolveRule(`mp.weixin.qq.com=127.0.0.1:${port}`);

async function gather(
  pages: Readonly<Record<string, Handler>>,
  account = ACCOUNT,
  links: readonly string[] = Object.keys(pages),
): Promise<SourceGathered & { asked: number }> {
  await using server = await startServer(behave.routes(pages));
  await using fetcher = testFetcher({ resolve: [ruleTo(server)] });
  const gathered = await gatherArticles({
    links: links.map((path) => (path.startsWith('/') ? `http://mp.weixin.qq.com${path}` : path)),
    account,
    monitoredAt: '2020-09-17T15:59:59.999Z',
    fetcher,
  });
  return { ...gathered, asked: server.seen.length };
}

describe('articles that links lead to', () => {
  it('the newest of the account counts, and proves no silence', async () => {
    const { fact, standing } = await gather({
      '/s/a': page('2020-08-20'),
      '/s/b': page('2020-09-10'),
      '/s/c': page('2020-09-18'),
    });
    expect(fact).toMatchObject({
      state: 'observed',
      value: {
        kind: 'article',
        level: 'C',
        newest: { publishedOn: '2020-09-10', title: '公告 2020-09-10' },
        futureItems: 1,
        completeFrom: null,
      },
    });
    expect(standing.state).toBe('working');
  });

  it.each<[string, ArticleAccount, Partial<ArticlePlan>, string]>([
    ['by biz', ACCOUNT, { nickname: '改了名' }, 'observed'],
    ['another biz of the same name', ACCOUNT, { biz: 'MzB5ODEyMzQ1Ng==' }, 'unobserved'],
    [
      'by original id',
      { ...ACCOUNT, biz: null, ghId: 'GH_0a1b2c3d4e5f' },
      { nickname: '改了名' },
      'observed',
    ],
    ['another original id', { ...ACCOUNT, biz: null, ghId: 'gh_ffffffffffff' }, {}, 'unobserved'],
    ['by name', { ...ACCOUNT, biz: null }, {}, 'observed'],
    ['another name', { ...ACCOUNT, biz: null }, { nickname: '清溪' }, 'unobserved'],
  ])('are the account’s %s', async (_name, account, more, state) => {
    const { fact } = await gather({ '/s/a': page('2020-09-10', more) }, account);
    expect(fact.state).toBe(state);
  });

  it('what is gone, broken or another’s is told beside what was read', async () => {
    const { fact, asked } = await gather({
      '/s/a': page('2020-09-10', { state: 'deleted' }),
      '/s/b': page('2020-09-10', { biz: 'MzB5ODEyMzQ1Ng==' }),
      '/s/c': behave.answer(500),
      '/s/d': page('2020-09-01'),
    });
    expect(fact).toMatchObject({
      value: {
        newest: { publishedOn: '2020-09-01' },
        refused: [
          { message: expect.stringContaining('删除') },
          { message: expect.stringContaining('别的公众号') },
          { message: expect.stringContaining('500') },
        ],
      },
    });
    expect(asked).toBe(4);
  });

  it('at a verification wall it stops, and leaves the platform alone for hours', async () => {
    const { fact, standing, asked } = await gather({
      '/s/a': page('2020-09-10', { state: 'verify' }),
      '/s/b': page('2020-09-10'),
    });
    expect(fact).toMatchObject({ state: 'unobserved', reason: expect.stringContaining('验证') });
    expect(standing).toMatchObject({ state: 'waiting', parkUntil: '2020-09-17T10:00:00.000Z' });
    expect(asked).toBe(1);
  });

  it.each<[string, string]>([
    ['another host', 'http://127.0.0.2/s/a'],
    ['a host that only begins like it', 'http://mp.weixin.qq.com.example.cn/s/a'],
    ['a host that only ends like it', 'http://x.mp.weixin.qq.com/s/a'],
    ['a profile', '/mp/profile_ext?action=home'],
    ['another scheme', 'ftp://mp.weixin.qq.com/s/a'],
    ['no address', 'http://['],
  ])('%s is no article and is never asked', async (_name, link) => {
    const { fact, asked } = await gather({}, ACCOUNT, [link]);
    expect(fact).toMatchObject({
      state: 'unobserved',
      reason: expect.stringContaining('不是公众号文章'),
    });
    expect(asked).toBe(0);
  });

  it('a redirect out of the platform is not believed', async () => {
    await using elsewhere = await startServer(page('2020-09-10'), { host: '127.0.0.3' });
    await using server = await startServer(behave.redirect(`${elsewhere.url}/s/x`));
    await using fetcher = testFetcher({
      allowAddresses: ['127.0.0.3'],
      resolve: [ruleTo(server)],
    });
    const { fact } = await gatherArticles({
      links: ['http://mp.weixin.qq.com/s/a'],
      account: ACCOUNT,
      monitoredAt: '2020-09-17T15:59:59.999Z',
      fetcher,
    });
    expect(elsewhere.seen).toHaveLength(1);
    expect(fact).toMatchObject({ state: 'unobserved', reason: expect.stringContaining('跳转') });
  });

  it('opens so many links and no more, each once, and says so', async () => {
    const links = Array.from({ length: 30 }, (_, at) => `/s/${at}`);
    const pages = Object.fromEntries(links.map((link) => [link, page('2020-09-10')]));
    const { fact, asked } = await gather(pages, ACCOUNT, [...links, ...links]);
    expect(asked).toBe(20);
    expect(fact).toMatchObject({
      value: { refused: [{ message: expect.stringContaining('还有 10 个') }] },
    });
  });

  it('no links are no source', async () => {
    expect((await gather({})).fact).toMatchObject({ state: 'unobserved' });
  });
});
