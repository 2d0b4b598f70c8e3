import { readFileSync } from 'node:fs';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ipv6Fact, transportFact } from '../../derive/guideline/transport-facts.ts';
import { answer, hang, redirect, reset } from '../../testing/servers/behaviours.ts';
import { type Handler, startServer, type TestServer } from '../../testing/servers/start-server.ts';
import { impatient, TEST_NOW, testFetcher } from '../../testing/servers/test-fetcher.ts';
import type { Ipv6Ways } from './look-at-ipv6.ts';
import { lookAtTransport, type TransportAsking } from './look-at-transport.ts';
import { shakeHands } from './shake-hands.ts';

const PAGE = '<html><body><h1>某市人民政府</h1><p>今天的要闻和通知公告都在这里</p></body></html>';
const OTHER = '<html><body>welcome to nginx, it works but nothing is configured</body></html>';
const RULE = { address: '127.0.0.1', port: null } as const;
const RESOLVE = [
  { pattern: '*.test', ...RULE },
  { pattern: '*.example', ...RULE },
  { pattern: '*.gov.cn', ...RULE },
];

/** No way to IPv6, unless a case gives one. */
const NO_V6: Ipv6Ways = {
  addressesOf: async () => ['2001:db8::1'],
  hasRoute: async () => false,
  reachesOthers: async () => false,
  isAllowed: () => true,
};

/** A server that never answers costs a test this much; all others get the time of a busy machine. */
const SHORT_MS = 200;

async function look(
  homeUrl: string,
  { patienceMs = 15_000, ...more }: Partial<TransportAsking> & { patienceMs?: number } = {},
) {
  await using fetcher = testFetcher({ resolve: RESOLVE });
  const seen = await lookAtTransport({
    homeUrl,
    fetcher: impatient(fetcher, patienceMs),
    resolve: RESOLVE,
    allowAddresses: ['127.0.0.1'],
    userAgent: 'Xunjian/test',
    now: () => TEST_NOW,
    signal: new AbortController().signal,
    ipv6: NO_V6,
    ...more,
  });
  return { transport: transportFact(seen), ipv6: ipv6Fact(seen) };
}

const observedIn = <T>(fact: { state: string; value?: T }): T => {
  expect(fact.state).toBe('observed');
  return fact.value!;
};

describe('http and https', () => {
  it.each<[string, Handler, string | boolean, string, object]>([
    ['self-signed', answer(200, PAGE), true, '127.0.0.1', { selfSigned: true, hostMatches: true }],
    ['for another name', answer(200, PAGE), true, 'a.example', { hostMatches: false }],
    [
      'run out',
      answer(200, PAGE),
      'expired',
      'www.qingyang.gov.cn',
      { hostMatches: true, chainError: expect.stringMatching(/EXPIRED|SELF_SIGNED/) },
    ],
  ])('a certificate that is %s', async (_name, handler, tls, host, certificate) => {
    await using plain = await startServer(answer(200, PAGE));
    await using secure = await startServer(handler, { tls: tls as boolean | 'expired' });
    const { transport } = await look(`http://${host}:${plain.port}/`, { otherPort: secure.port });
    const seen = observedIn(transport);
    expect(seen.certificate).toMatchObject(certificate);
    expect(seen.tlsVersion).toBe('TLSv1.3');
    expect(seen.https).toMatchObject({ state: 'failed', reason: expect.stringContaining('证书') });
    expect(seen.http).toMatchObject({ state: 'ok', status: 200 });
    expect(seen.httpGoesToHttps).toBe(false);
    expect(seen.load.documentMs).toBeGreaterThanOrEqual(0);
    expect(seen.load.documentBytes).toBe(Buffer.byteLength(PAGE));
  });

  it('http that goes on to https, though the certificate is bad', async () => {
    await using secure = await startServer(answer(200, PAGE), { tls: true });
    await using plain = await startServer(redirect(`https://a.test:${secure.port}/`));
    const { transport } = await look(`http://a.test:${plain.port}/`, { otherPort: secure.port });
    expect(observedIn(transport).httpGoesToHttps).toBe(true);
  });

  it.each<[string, Handler | 'closed', object]>([
    ['a closed port is the site’s own', 'closed', { state: 'failed', reason: '端口没有开放' }],
    ['silence may be a wall on the way', hang, { state: 'unobserved' }],
    ['a broken line says nothing', reset, { state: 'unobserved' }],
    ['a refusal of us says nothing', answer(412, ''), { state: 'unobserved', status: 412 }],
    ['an error is the site’s own', answer(500, ''), { state: 'failed', status: 500 }],
  ])('http: %s', async (_name, handler, expected) => {
    await using server = await startServer(handler === 'closed' ? hang : handler);
    const { port } = server;
    if (handler === 'closed') await server[Symbol.asyncDispose]();
    const patience = handler === hang ? { patienceMs: SHORT_MS } : {};
    const { transport } = await look(`http://a.test:${port}/`, patience);
    expect(observedIn(transport).http).toMatchObject(expected);
    expect(observedIn(transport).https).toMatchObject({ state: 'unobserved', status: null });
  });

  it('a server that speaks http where https should be', async () => {
    await using plain = await startServer(answer(200, PAGE));
    const { transport } = await look(`http://a.test:${plain.port}/`, { otherPort: plain.port });
    expect(observedIn(transport)).toMatchObject({ tlsVersion: null, certificate: null });
    expect(observedIn(transport).https.state).toBe('unobserved');
  });

  it('an address that is none', async () => {
    const { transport, ipv6 } = await look('首页');
    expect([transport.state, ipv6.state]).toEqual(['unobserved', 'unobserved']);
  });
});

describe('old versions of TLS', () => {
  it('are seen as they are', async () => {
    const read = (name: string) =>
      readFileSync(
        new URL(`../../testing/servers/fixtures/self-signed-${name}.pem`, import.meta.url),
      );
    const old = {
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1',
      ciphers: 'DEFAULT@SECLEVEL=0',
    } as const;
    const server = https.createServer({ key: read('key'), cert: read('cert'), ...old }, hang);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const target = { host: 'a.test', address: '127.0.0.1', port };
    const seen = await shakeHands(target, new AbortController().signal);
    expect(seen).toMatchObject({ state: 'done', version: 'TLSv1' });
    server.close();
  });
});

describe('IPv6', () => {
  const v6 = (handler: Handler): Promise<TestServer> => startServer(handler, { host: '::1' });
  const ways = (more: Partial<Ipv6Ways> = {}): Ipv6Ways => ({
    ...NO_V6,
    addressesOf: async () => ['::1'],
    hasRoute: async () => true,
    ...more,
  });
  const refuse = (code: string) => async () => {
    throw Object.assign(new Error(code), { code });
  };
  /** The same port on both families: the address with a port is the site's own. */
  async function both(four: Handler, six: Handler) {
    const server6 = await v6(six);
    const server4 = await startServer(four, { port: server6.port });
    return { server4, server6, url: `http://a.test:${server6.port}/` };
  }

  it.each<[string, Handler, Handler, object]>([
    [
      'the same page',
      answer(200, PAGE),
      answer(200, PAGE),
      { reach: 'ok', samePage: 'same', likenessPercent: 100 },
    ],
    ['another page', answer(200, PAGE), answer(200, OTHER), { reach: 'ok', samePage: 'different' }],
    ['an error', answer(200, PAGE), answer(502, ''), { reach: 'failed', samePage: 'unknown' }],
    ['we are refused', answer(200, PAGE), answer(403, ''), { reach: 'ok', samePage: 'unknown' }],
  ])('%s', async (_name, four, six, expected) => {
    const { server4, server6, url } = await both(four, six);
    const { ipv6 } = await look(url, { ipv6: ways() });
    expect(observedIn(ipv6)).toMatchObject({ addresses: ['::1'], ...expected });
    expect(server6.seen[0]?.headers.host).toBe(`a.test:${server6.port}`);
    await server4[Symbol.asyncDispose]();
    await server6[Symbol.asyncDispose]();
  });

  it.each<[string, Partial<Ipv6Ways>, object]>([
    ['no record', { addressesOf: refuse('ENODATA') }, { state: 'absent' }],
    ['no resolver', { addressesOf: refuse('ESERVFAIL') }, { state: 'unobserved' }],
    [
      'no route from here',
      { hasRoute: async () => false },
      { state: 'unobserved', reason: expect.stringMatching(/没有 IPv6 出口.*::1/) },
    ],
    ['an inner address', { isAllowed: () => false }, { state: 'unobserved' }],
    [
      'nothing answers, nor does anything else',
      { reachesOthers: async () => false },
      { state: 'unobserved' },
    ],
    [
      'nothing answers, though others do',
      { reachesOthers: async () => true },
      { state: 'observed', value: { reach: 'failed' } },
    ],
  ])('%s', async (_name, more, expected) => {
    await using plain = await startServer(answer(200, PAGE));
    const { ipv6 } = await look(`http://a.test:${plain.port}/`, { ipv6: ways(more) });
    expect(ipv6).toMatchObject(expected);
  });
});
