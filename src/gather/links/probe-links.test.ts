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

  it('does not ask a browser unless both agents were refused', async () => {
    await using server = await startServer(routes({ '/a': answer(412), '/b': PAGE }));
    const asked: string[] = [];
    const browse = async ({ url }: SiteLink): Promise<null> => {
      asked.push(url);
      return null;
    };
    await probe([{ url: `${server.url}/a` }, { url: `${server.url}/b` }], { browse });
    expect(asked).toEqual([`${server.url}/a`]);
  });
});
