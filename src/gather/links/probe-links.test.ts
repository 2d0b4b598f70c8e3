import { describe, expect, it } from 'vitest';
import type { LinkObservation, LinkSight, SiteLink } from '../../domain/link-check.ts';
import { answer, hang, inTurn, redirect, routes } from '../../testing/servers/behaviours.ts';
import { startServer, type TestServer } from '../../testing/servers/start-server.ts';
import { testFetcher } from '../../testing/servers/test-fetcher.ts';
import { type ProbeInput, probeLinks } from './probe-links.ts';
import { secondAgent } from './second-agent.ts';

const PAGE = answer(200, '<html><body>正文</body></html>');

async function probe(
  links: readonly Partial<SiteLink>[],
  more: Partial<ProbeInput> = {},
): Promise<LinkObservation[]> {
  await using fetcher = testFetcher();
  const seen: LinkObservation[] = [];
  await probeLinks(
    links.map((link) => ({ url: '', from: 'http://x.gov.cn/', text: '', use: 'page', ...link })),
    {
      ...{ fetcher, secondAgent: 'Second/1', signal: new AbortController().signal },
      budget: { requests: 1_000, milliseconds: 20_000 },
      later: { ruledMs: 1, outsideMs: 1 },
      isOwnLineDown: async () => false,
      doubts: () => false,
      onObservation: (observation) => void seen.push(observation),
      lookLimitMs: 300,
      ...more,
    },
  );
  return seen;
}

const SEEN: LinkSight = {
  ...{ kind: 'browser', asked: '', url: '', hops: [], status: 200, failure: null, outside: false },
  ...{ contentType: 'text/html', body: new Uint8Array(0), cut: false, jumpPage: null },
  ...{ retryAfterMs: null, at: '2020-09-17T04:00:00.000Z' },
};

const kindsOf = ({ sights }: LinkObservation): string =>
  sights.map(({ kind, status }) => `${kind} ${status}`).join(', ');
const paths = (server: TestServer): string[] => server.seen.map(({ url }) => url);

describe('looking at links', () => {
  it.each([
    ['a sound page', PAGE, 'first 200'],
    ['a refusal', answer(403), 'first 403, agent 403'],
    [
      'a page that shows nothing',
      answer(200, '<html><head><title>通知</title></head><body> &nbsp;</body></html>'),
      'first 200, agent 200, later 200',
    ],
    ['what is missing', answer(404), 'first 404, agent 404, later 404'],
    ['a passing failure', inTurn(answer(500), PAGE), 'first 500, later 200'],
    ['a lasting failure', answer(500), 'first 500, later 500, agent 500'],
    ['too often', inTurn(answer(429, '', { 'retry-after': '0' }), PAGE), 'first 429, later 200'],
    ['too often for an hour', answer(429, '', { 'retry-after': '3600' }), 'first 429'],
    ['silence', hang, 'first null, later null, agent null'],
  ])('%s', async (_name, handler, kinds) => {
    await using server = await startServer(routes({ '/a.html': handler }));
    const [observation] = await probe([{ url: `${server.url}/a.html` }]);
    expect(kindsOf(observation!)).toBe(kinds);
  });

  it('asks each host once for an address that cannot exist', async () => {
    const site = routes({ '/a.html': PAGE, '/b.html': PAGE, '/c.html': PAGE });
    await using pages = await startServer(site);
    await probe(['a', 'b', 'c'].map((name) => ({ url: `${pages.url}/${name}.html` })));
    expect(paths(pages).filter((path) => path.startsWith('/xunjian-'))).toHaveLength(1);
  });

  it('follows what sends the browser on, and keeps what it said', async () => {
    const jump = '<meta http-equiv="refresh" content="0;url=/b.html">';
    await using server = await startServer(
      routes({
        '/a.html': redirect('/j.html', 301),
        '/j.html': answer(200, jump),
        '/b.html': PAGE,
      }),
    );
    const [observation] = await probe([{ url: `${server.url}/a.html` }]);
    const [sight] = observation!.sights as [LinkSight];
    expect(sight.url).toBe(`${server.url}/b.html`);
    expect(sight.hops.map(({ status, jump: isJump }) => [status, isJump])).toEqual([
      ...[
        [301, false],
        [200, true],
      ],
    ]);
    expect(new TextDecoder().decode(sight.jumpPage!.body)).toBe(jump);
  });

  it('lets the judge ask for the second agent, which says who it is', async () => {
    await using server = await startServer(routes({ '/a.html': PAGE }));
    const [observation] = await probe([{ url: `${server.url}/a.html` }], { doubts: () => true });
    expect(kindsOf(observation!)).toBe('first 200, agent 200');
    expect(server.seen.some(({ headers }) => headers['user-agent'] === 'Second/1')).toBe(true);
    const contact = secondAgent('Mozilla/5.0 (compatible; Xunjian/0.1; +https://a.gov.cn/contact)');
    expect(contact).toMatch(/Chrome\/.*Xunjian\/0\.1 \(https:\/\/a\.gov\.cn\/contact\)$/);
  });

  it('asks for the first bytes of files only', async () => {
    const bytes = Buffer.concat([Buffer.from('%PDF-1.4'), Buffer.alloc(500_000)]);
    await using server = await startServer(routes({ '/a.pdf': answer(200, bytes) }));
    const [observation] = await probe([{ url: `${server.url}/a.pdf`, use: 'attachment' }]);
    expect(server.seen[0]!.headers.range).toMatch(/^bytes=0-\d+$/);
    expect(observation!.sights[0]).toMatchObject({ cut: true });
    expect(observation!.sights[0]!.body.byteLength).toBeLessThan(20_000);
  });

  it('records the limits that it meets', async () => {
    await using server = await startServer(routes({ '/a.html': PAGE }));
    const url = `${server.url}/a.html`;
    const few = await probe([{ url }, { url: `${url}?2` }], {
      budget: { requests: 0, milliseconds: 20_000 },
    });
    expect(few.map(({ notLooked }) => notLooked)).toEqual([
      ...['已达 0 次请求的上限，没有访问', '已达 0 次请求的上限，没有访问'],
    ]);
    await using slow = await startServer(hang);
    const [late] = await probe([{ url: slow.url }], {
      budget: { requests: 10, milliseconds: 50 },
      lookLimitMs: 10_000,
    });
    expect(late!.notLooked).toMatch(/秒的上限/);
  });

  it('stops when it is told to', async () => {
    await using server = await startServer(hang);
    const stop = new AbortController();
    const work = probe([{ url: server.url }], { signal: stop.signal, lookLimitMs: 10_000 });
    stop.abort(new Error('够了'));
    await expect(work).rejects.toThrow('够了');
  });

  it('asks a browser where the judge wants one, after both agents, and says where it did not', async () => {
    await using server = await startServer(
      routes({ '/a': answer(412), '/b': PAGE, '/c': answer(412), '/d': answer(412) }),
    );
    const asked: string[] = [];
    const look = async ({ url }: SiteLink): Promise<LinkSight | string> => {
      asked.push(url);
      return url.endsWith('/c') ? '没有看完' : { ...SEEN, url };
    };
    const wants = ({ sights }: LinkObservation): boolean => sights[0]!.status === 412;
    const budget = { links: 2, perHost: 5, milliseconds: 10_000 };
    const links = ['a', 'b', 'c', 'd'].map((name) => ({ url: `${server.url}/${name}` }));
    const seen = await probe(links, { browser: { look, wants, budget } });
    const told = seen.map((each) => [
      each.link.url.slice(-1),
      kindsOf(each),
      each.notBrowsed ?? null,
    ]);
    expect(told.sort()).toEqual([
      ['a', 'first 412, agent 412, browser 200', null],
      ['b', 'first 200', null],
      ['c', 'first 412, agent 412', '没有看完'],
      ['d', 'first 412, agent 412', '一次最多看 2 个'],
    ]);
    expect(asked).toHaveLength(2);
  });

  it('a browser that is slow or of one host only leaves the rest as they were', async () => {
    await using server = await startServer(answer(412));
    const links = [1, 2].map((at) => ({ url: `${server.url}/${at}` }));
    const wants = (): boolean => true;
    const few = { links: 9, perHost: 1, milliseconds: 10_000 };
    const quick = await probe(links, {
      browser: { look: async () => SEEN, wants, budget: few },
    });
    expect(quick.flatMap(({ notBrowsed }) => notBrowsed ?? [])).toEqual(['同一主机最多看 1 个']);
    const look = (_link: SiteLink, signal: AbortSignal): Promise<string> =>
      new Promise((_resolve, refuse) =>
        signal.addEventListener('abort', () => refuse(signal.reason)),
      );
    const short = { links: 9, perHost: 9, milliseconds: 30 };
    const late = await probe(links, { browser: { look, wants, budget: short } });
    expect(late.map(({ notBrowsed }) => notBrowsed)).toEqual([
      ...['已用满 0 秒或全部时间', '已用满 0 秒或全部时间'],
    ]);
  });
});
