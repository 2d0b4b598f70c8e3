import { describe, expect, it } from 'vitest';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { scoringRuleset } from '../../testing/scoring-ruleset.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { startServer } from '../../testing/servers/start-server.ts';
import { testRuleset } from '../../testing/test-ruleset.ts';
import { gatherLinks, type LinkContext } from './gather-links.ts';

const PORTAL = { id: 7, homeUrl: 'http://www.x.gov.cn/', isPortal: true };
const page = (body: string) =>
  behave.answer(200, `<title>某市</title>${body}<p>现将有关事项通知如下，请各单位遵照执行。</p>`, {
    'content-type': 'text/html; charset=utf-8',
  });
const SITE = behave.routes({
  '/': page('<a href="/yw/">要闻</a><a href="/gone.html">旧闻</a>'),
  '/yw/': page('<a href="/">首页</a><a href="/yw/lost.html">丢了</a>'),
});

async function look(change: Partial<LinkContext['round']>, site = PORTAL) {
  await using server = await startServer(SITE);
  const resolveRules = [`*.x.gov.cn=127.0.0.1:${server.port}`];
  const now = () => '2020-09-17T04:00:00.000Z';
  const resolve = resolveRules.map(parseResolveRule);
  const outside = createFetcher({ userAgent: 'test', resolve, pacePerAddressMs: 0, now });
  const intake = { add: () => 'kept', settle: async () => undefined, index: async () => undefined };
  const archive = { begin: () => intake } as unknown as LinkContext['deps']['archive'];
  const round = {
    id: 1,
    clock: 'live' as const,
    resolveRules,
    ruleset: scoringRuleset(),
    ...change,
  };
  try {
    const deps = { userAgent: 'test', archive };
    const context = { outside, now, deps, round, browser: null };
    return (await gatherLinks(context, site, new AbortController().signal)).facts;
  } finally {
    await outside.close();
  }
}

describe('the links of a portal in a round', () => {
  it('are a fact where the ruleset counts them; broken ones point at what was kept of them', async () => {
    const [fact, ...more] = await look({});
    expect(more).toEqual([]);
    expect(fact).toMatchObject({ key: 'site.links', state: 'observed' });
    const value = (fact as unknown as { value: { failing: unknown[]; home: { dead: number } } })
      .value;
    expect(value.home.dead).toBe(1);
    expect(value.failing).toMatchObject([
      { url: 'http://www.x.gov.cn/gone.html', class: 'dead', onHome: true, snapshot: 'kept' },
      { url: 'http://www.x.gov.cn/yw/lost.html', class: 'dead', onHome: false, snapshot: 'kept' },
    ]);
  });

  it('are not looked at for a past period', async () => {
    expect(await look({ clock: 'replay' })).toMatchObject([
      { key: 'site.links', state: 'unobserved', reason: '补采的批次不看现在的链接' },
    ]);
  });

  it('cost nothing where nobody counts them', async () => {
    expect(await look({ ruleset: testRuleset('hunan-2020') })).toEqual([]);
    expect(await look({}, { ...PORTAL, isPortal: false })).toEqual([]);
  });
});
