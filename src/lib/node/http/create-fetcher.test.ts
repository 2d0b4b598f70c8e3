import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { describe, expect, it } from 'vitest';
import * as behave from '../../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../../testing/servers/start-server.ts';
import { testFetcher } from '../../../testing/servers/test-fetcher.ts';
import type { FetchOptions, FetchResult } from './create-fetcher.ts';

const PAGE = '<html><body>首页</body></html>';

async function ask(handler: Handler, options: FetchOptions = {}): Promise<FetchResult> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  return await fetcher.fetch(`${server.url}/`, { timeoutMs: 2000, ...options });
}

function textOf(result: FetchResult): string {
  return result.kind === 'response' ? Buffer.from(result.body).toString('utf8') : result.message;
}

describe('fetcher: failures have exact classes', () => {
  it.each<[string, Handler, string]>([
    ['hanging server', behave.hang, 'timeout'],
    ['dripping server', behave.drip, 'timeout'],
    ['line dropped before the answer', behave.reset, 'reset'],
    ['an answer that is not HTTP', behave.garbage, 'protocol'],
    [
      'two pages sending to each other',
      behave.routes({ '/': behave.redirect('/b'), '/b': behave.redirect('/') }),
      'redirect-loop',
    ],
    ['a page sending to itself', behave.redirect('/'), 'redirect-loop'],
    ['ever new redirects', behave.redirectOn, 'redirect-loop'],
    ['a redirect to nowhere', behave.redirect('http://'), 'protocol'],
    ['a redirect to loopback', behave.redirect('http://127.0.0.2/'), 'forbidden-address'],
    [
      'a redirect to metadata',
      behave.redirect('http://169.254.169.254/latest/'),
      'forbidden-address',
    ],
    ['a redirect to a file', behave.redirect('file:///etc/passwd'), 'forbidden-address'],
    ['a redirect with a password', behave.redirect('http://a:b@127.0.0.1/'), 'forbidden-address'],
    ['a bad gzip body', behave.answer(200, 'not gzip', { 'content-encoding': 'gzip' }), 'protocol'],
  ])('%s', async (_name, handler, errorClass) => {
    const result = await ask(handler, errorClass === 'timeout' ? { timeoutMs: 150 } : {});
    expect(result).toMatchObject({ kind: 'error', errorClass });
  });

  it('a timeout ends at its time and names it', async () => {
    const result = await ask(behave.hang, { timeoutMs: 120 });
    expect(result).toMatchObject({ errorClass: 'timeout', message: '120 毫秒内没有打开' });
  });

  it('a closed port is refused', async () => {
    const server = await startServer(behave.hang);
    await server[Symbol.asyncDispose]();
    await using fetcher = testFetcher();
    expect(await fetcher.fetch(server.url)).toMatchObject({
      errorClass: 'refused',
      address: '127.0.0.1',
    });
  });

  it('a self-signed certificate is a TLS failure', async () => {
    await using server = await startServer(behave.answer(200, PAGE), { tls: true });
    await using fetcher = testFetcher();
    expect(await fetcher.fetch(server.url)).toMatchObject({ kind: 'error', errorClass: 'tls' });
    expect(server.seen).toEqual([]);
  });

  it('plain HTTP on a TLS port is a TLS failure', async () => {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(server.url.replace('http:', 'https:'));
    expect(result).toMatchObject({ kind: 'error', errorClass: 'tls' });
  });

  it('a name that does not exist is DNS', async () => {
    await using fetcher = testFetcher();
    const result = await fetcher.fetch('http://nobody.invalid/', { timeoutMs: 3000 });
    expect(result).toMatchObject({ kind: 'error', errorClass: 'dns', address: null });
  });

  it.each([
    ['user and password', 'http://user:word@127.0.0.1/', '用户名或密码'],
    ['user only', 'http://user@127.0.0.1/', '用户名或密码'],
    ['another scheme', 'ftp://127.0.0.1/', 'ftp:'],
    ['no URL', 'not a url', '无法识别'],
    ['a URL without end', `http://127.0.0.1/${'a'.repeat(5000)}`, '过长'],
  ])('never sends: %s', async (_name, url, words) => {
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(url);
    expect(result).toMatchObject({ kind: 'error', errorClass: 'forbidden-address' });
    expect(textOf(result)).toContain(words);
  });

  it('an aborted request ends at once', async () => {
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 20);
    expect(await ask(behave.hang, { signal: abort.signal })).toMatchObject({ kind: 'error' });
    const before = AbortSignal.abort();
    expect(await ask(behave.hang, { signal: before })).toMatchObject({
      kind: 'error',
      message: '已中止',
    });
  });
});

describe('fetcher: bodies', () => {
  it.each<[string, Uint8Array]>([
    ['gzip', gzipSync(PAGE)],
    ['x-gzip', gzipSync(PAGE)],
    ['br', brotliCompressSync(PAGE)],
    ['deflate', deflateSync(PAGE)],
    ['zstd', zstdCompressSync(PAGE)],
  ])('unpacks %s', async (encoding, body) => {
    const result = await ask(behave.answer(200, body, { 'content-encoding': encoding }));
    expect(textOf(result)).toBe(PAGE);
  });

  it('unpacks deflate without its zlib frame, as old servers send it', async () => {
    const result = await ask(
      behave.answer(200, deflateRawSync(PAGE), { 'content-encoding': 'deflate' }),
    );
    expect(textOf(result)).toBe(PAGE);
  });

  it('an empty body that says gzip is empty', async () => {
    const result = await ask(behave.answer(200, '', { 'content-encoding': 'gzip' }));
    expect(result).toMatchObject({ kind: 'response', truncated: false });
    expect(textOf(result)).toBe('');
  });

  it.each<[string, Handler]>([
    ['a gzip bomb', behave.gzipBomb(20_000_000)],
    ['a body without end', behave.endless()],
  ])('%s is cut at the limit of unpacked bytes', async (_name, handler) => {
    const result = await ask(handler, { maxBytes: 100_000 });
    expect(result).toMatchObject({ kind: 'response', truncated: true });
    expect(result.kind === 'response' && result.body.byteLength).toBe(100_000);
  });

  it('a body of exactly the limit is whole', async () => {
    const result = await ask(behave.answer(200, 'a'.repeat(1000)), { maxBytes: 1000 });
    expect(result).toMatchObject({ truncated: false });
  });

  it('what came before the line dropped is kept as truncated', async () => {
    const result = await ask(behave.truncated);
    expect(result).toMatchObject({ kind: 'response', truncated: true });
    expect(textOf(result)).toContain('开头');
  });

  it('a packed body that breaks off is no clean answer', async () => {
    const whole = gzipSync(
      Buffer.from(Array.from({ length: 3000 }, (_, n) => `${n * 7919}`).join()),
    );
    const result = await ask(
      behave.answer(200, whole.subarray(0, whole.length / 2), { 'content-encoding': 'gzip' }),
    );
    expect(result.kind === 'error' || result.truncated).toBe(true);
  });

  it('types that nobody reads end after their headers', async () => {
    const options = { readTypes: /html/, timeoutMs: 1000 };
    const pdf = await ask(behave.endless('application/pdf'), options);
    expect(pdf).toMatchObject({ kind: 'response', status: 200 });
    expect(textOf(pdf)).toBe('');
    expect(textOf(await ask(behave.answer(200, PAGE), options))).toBe(PAGE);
  });
});

describe('fetcher: redirects and headers', () => {
  it('follows redirects and says over which pages it came', async () => {
    await using server = await startServer(
      behave.routes({
        '/': behave.redirect('/a'),
        '/a': behave.redirect('b', 301),
        '/b': behave.answer(200, PAGE),
      }),
    );
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(`${server.url}/`);
    expect(result).toMatchObject({
      kind: 'response',
      url: `${server.url}/b`,
      hops: [`${server.url}/`, `${server.url}/a`],
    });
  });

  it.each([
    ['UTF-8', Buffer.from('/文件/通知.html'), '/%E6%96%87%E4%BB%B6/%E9%80%9A%E7%9F%A5.html'],
    ['GBK', Buffer.from([0x2f, 0xb9, 0xab, 0xb8, 0xe6]), '/%b9%ab%b8%e6'],
  ])('follows a redirect whose Chinese is not encoded: %s', async (_name, location, path) => {
    await using server = await startServer((request, response) => {
      const asked = request.url === '/';
      response.writeHead(asked ? 302 : 200, asked ? { location: location.toString('latin1') } : {});
      response.end(PAGE);
    });
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(`${server.url}/`);
    expect(result).toMatchObject({ kind: 'response', status: 200, url: server.url + path });
  });

  it('carries cookie and authorization inside an origin only', async () => {
    await using other = await startServer(behave.answer(200, PAGE));
    await using server = await startServer(
      behave.routes({ '/': behave.redirect('/in'), '/in': behave.redirect(`${other.url}/out`) }),
    );
    await using fetcher = testFetcher();
    const headers = { Cookie: 'a=1', authorization: 'Bearer x', 'x-kept': 'yes' };
    await fetcher.fetch(`${server.url}/`, { headers });
    expect(server.seen[1]?.headers).toMatchObject({ cookie: 'a=1', authorization: 'Bearer x' });
    expect(other.seen[0]?.headers).not.toHaveProperty('cookie');
    expect(other.seen[0]?.headers).not.toHaveProperty('authorization');
    expect(other.seen[0]?.headers).toHaveProperty('x-kept', 'yes');
  });

  /** Lets in who brings `name=value` back; everyone else is sent to the very same address with it. */
  const selfGate =
    (cookies: readonly string[], wanted: string): Handler =>
    (request, response) => {
      const open = (request.headers.cookie ?? '') === wanted;
      response.writeHead(open ? 200 : 302, {
        'content-type': 'text/html',
        ...(open ? {} : { location: request.url ?? '/', 'set-cookie': [...cookies] }),
      });
      response.end(open ? PAGE : '');
    };

  it.each<[string, readonly string[], string]>([
    ['a plain cookie', ['sid=1; Path=/; HttpOnly'], 'sid=1'],
    [
      'several',
      ['a=1', 'b=x=y; Max-Age=60', 'c=3; Expires=Thu, 01 Jan 2099 00:00:00 GMT'],
      'a=1; b=x=y; c=3',
    ],
    [
      'one that is over at once',
      ['a=1', 'b=2; Max-Age=0', 'c=3; Expires=Thu, 01 Jan 1970 00:00:00 GMT'],
      'a=1',
    ],
    ['one for encrypted lines only', ['a=1', 'b=2; Secure'], 'a=1'],
    ['one set anew', ['a=1', 'a=2'], 'a=2'],
    ['one too long', ['a=1', `b=${'x'.repeat(5000)}`], 'a=1'],
    ['one that is no pair', ['a=1', 'nothing', ''], 'a=1'],
  ])(
    'a redirect to itself that sets a cookie is passed with it: %s',
    async (_name, set, wanted) => {
      await using server = await startServer(selfGate(set, wanted));
      await using fetcher = testFetcher();
      const result = await fetcher.fetch(`${server.url}/`);
      expect(result).toMatchObject({ kind: 'response', status: 200, hops: [`${server.url}/`] });
      expect(server.seen.map((request) => request.headers.cookie)).toEqual([undefined, wanted]);
      await fetcher.fetch(`${server.url}/`);
      expect(server.seen[2]?.headers).not.toHaveProperty('cookie');
    },
  );

  it('a cookie of a redirect goes to its own host only', async () => {
    await using other = await startServer(behave.answer(200, PAGE));
    await using server = await startServer(
      behave.routes({
        '/': behave.answer(302, '', { location: '/in', 'set-cookie': 'sid=1; Domain=127.0.0.1' }),
        '/in': behave.redirect(`${other.url}/out`),
      }),
    );
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(`${server.url}/`, { headers: { cookie: 'own=0' } });
    expect(result).toMatchObject({ kind: 'response', status: 200 });
    expect(server.seen.map((request) => request.headers.cookie)).toEqual(['own=0', 'own=0; sid=1']);
    expect(other.seen[0]?.headers).not.toHaveProperty('cookie');
  });

  let times = 0;
  it.each<[string, Handler, number]>([
    [
      'the same cookie again and again',
      behave.answer(302, '', { location: '/', 'set-cookie': 'a=1' }),
      2,
    ],
    [
      'a new cookie every time',
      (_request, response) => {
        times += 1;
        response.writeHead(302, { location: '/', 'set-cookie': `a=${times}` });
        response.end();
      },
      7,
    ],
  ])('a redirect to itself is a loop all the same: %s', async (_name, handler, requests) => {
    await using server = await startServer(handler);
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(`${server.url}/`);
    expect(result).toMatchObject({ kind: 'error', errorClass: 'redirect-loop' });
    expect(server.seen).toHaveLength(requests);
  });

  it('too many cookies are not brought back, and the loop says so', async () => {
    const set = Array.from({ length: 25 }, (_, n) => `c${n}=1`);
    await using server = await startServer(
      behave.answer(302, '', { location: '/', 'set-cookie': set }),
    );
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(`${server.url}/`);
    expect(result).toMatchObject({ errorClass: 'redirect-loop' });
    expect(textOf(result)).toContain('5 个 Cookie');
    expect(server.seen[1]?.headers.cookie?.split('; ')).toHaveLength(20);
  });

  it.each([
    [302, 'GET'],
    [303, 'GET'],
    [307, 'POST'],
  ])('a %i after POST asks with %s', async (status, method) => {
    await using server = await startServer(
      behave.routes({ '/': behave.redirect('/next', status), '/next': behave.answer(200) }),
    );
    await using fetcher = testFetcher();
    await fetcher.fetch(`${server.url}/`, { method: 'POST', body: Buffer.from('x') });
    expect(server.seen.map((request) => request.method)).toEqual(['POST', method]);
  });

  it('a host of a rule is found at its address, keeps its name, and is not paced', async () => {
    await using server = await startServer(behave.answer(200, PAGE), { host: '127.0.0.7' });
    const resolve = [{ pattern: '*.province.test', address: '127.0.0.7', port: server.port }];
    await using fetcher = testFetcher({ resolve, pacePerAddressMs: 60_000 });
    const results = [1, 2].map(() => fetcher.fetch('http://www.a.province.test/x'));
    for (const result of await Promise.all(results)) {
      expect(result).toMatchObject({ kind: 'response', address: '127.0.0.7', paced: false });
    }
    expect(server.seen[0]?.headers.host).toBe('www.a.province.test');
  });

  it('says who it is and records the steps', async () => {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const result = await fetcher.fetch(server.url, { fresh: true });
    expect(server.seen[0]?.headers['user-agent']).toBe('Xunjian/test');
    expect(result.timings.totalMs).toBeGreaterThan(0);
    expect(result.timings.tcpMs).toBeLessThanOrEqual(result.timings.ttfbMs ?? 0);
    expect(result.timings.tlsMs).toBeNull();
  });
});
