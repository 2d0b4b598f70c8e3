import { describe, expect, it } from 'vitest';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { impatient, testFetcher } from '../../testing/servers/test-fetcher.ts';
import { ControlTargets } from './control-targets.ts';
import { type Visit, visitHome } from './visit-home.ts';

const PAGE = '<html><body><a href="/a">某某市人民政府网站首页</a></body></html>';
const JUMP = '<html><head><meta http-equiv="refresh" content="0;url=/index.html"></head></html>';
const SIGNAL = new AbortController().signal;

async function visit(handler: Handler): Promise<{ visit: Visit; requests: string[] }> {
  await using server = await startServer(handler);
  await using fetcher = testFetcher();
  const controls = new ControlTargets(fetcher, []);
  const more = { controls, signal: SIGNAL };
  const made = await visitHome(impatient(fetcher, 150), `${server.url}/`, more);
  return { visit: made, requests: server.seen.map((request) => request.url) };
}

describe('visit of a home page', () => {
  it.each<[string, Handler, string, string | null]>([
    ['a page', behave.answer(200, PAGE), 'ok', null],
    ['a page of 50 MB', behave.endless(), 'ok', null],
    [
      'a page behind a redirect',
      behave.routes({ '/': behave.redirect('/a'), '/a': behave.answer(200, PAGE) }),
      'ok',
      null,
    ],
    ['a page that breaks off', behave.truncated, 'ok', null],
    [
      'an application that draws itself',
      behave.answer(200, '<div id="app"></div><script src="a.js"></script>'),
      'ok',
      null,
    ],
    ['a server that hangs', behave.hang, 'failed', 'timeout'],
    ['a server that drips', behave.drip, 'failed', 'timeout'],
    ['a reset', behave.reset, 'failed', 'reset'],
    ['no HTTP', behave.garbage, 'failed', 'protocol'],
    ['a redirect loop', behave.redirect('/'), 'failed', 'redirect-loop'],
    ['500', behave.answer(500, PAGE), 'failed', 'http5xx'],
    ['502', behave.answer(502, PAGE), 'failed', 'http5xx'],
    ['503', behave.answer(503, PAGE), 'failed', 'http5xx'],
    ['404', behave.answer(404, PAGE), 'failed', 'http4xx'],
    ['an empty body', behave.answer(200, ''), 'failed', 'empty'],
    ['401', behave.answer(401, PAGE), 'blocked', null],
    ['403', behave.answer(403, PAGE), 'blocked', null],
    ['412', behave.cookieGate(PAGE), 'blocked', null],
    ['429', behave.answer(429, PAGE), 'blocked', null],
    ['521', behave.answer(521, ''), 'blocked', null],
    ['a script-only page', behave.answer(200, behave.SCRIPT_ONLY_PAGE), 'blocked', null],
    [
      'a redirect into our own network',
      behave.redirect('http://127.0.0.2/'),
      'own',
      'forbidden-address',
    ],
    [
      'a redirect to metadata',
      behave.redirect('http://169.254.169.254/'),
      'own',
      'forbidden-address',
    ],
  ])('%s', async (_name, handler, outcome, errorClass) => {
    const made = await visit(handler);
    expect(made.visit).toMatchObject({ outcome, errorClass });
  });

  it.each<[string, Handler]>([
    ['503', behave.answer(503)],
    ['reset', behave.reset],
    ['412 with a cookie', behave.cookieGate(PAGE)],
  ])('is made exactly once, whatever comes: %s', async (_name, handler) => {
    expect((await visit(handler)).requests).toEqual(['/']);
  });

  it('follows a jump page one step, as a browser would', async () => {
    const good = behave.routes({
      '/': behave.answer(200, JUMP),
      '/index.html': behave.answer(200, PAGE),
    });
    const made = await visit(good);
    expect(made).toMatchObject({
      visit: { outcome: 'ok', status: 200 },
      requests: ['/', '/index.html'],
    });
    const broken = await visit(behave.routes({ '/': behave.answer(200, JUMP) }));
    expect(broken.visit).toMatchObject({ outcome: 'failed', errorClass: 'http4xx' });
    const endless = await visit(behave.answer(200, JUMP.replace('/index.html', '/b')));
    expect(endless.requests).toEqual(['/', '/b']);
  });

  it('a certificate error is a TLS failure', async () => {
    await using server = await startServer(behave.answer(200, PAGE), { tls: true });
    await using fetcher = testFetcher();
    const more = { controls: new ControlTargets(fetcher, []), signal: SIGNAL };
    const made = await visitHome(fetcher, server.url, more);
    expect(made).toMatchObject({ outcome: 'failed', errorClass: 'tls', status: null });
  });

  it('opens a new connection each time', async () => {
    await using server = await startServer(behave.answer(200, PAGE));
    await using fetcher = testFetcher();
    const more = { controls: new ControlTargets(fetcher, []), signal: SIGNAL };
    await visitHome(fetcher, server.url, more);
    const second = await visitHome(fetcher, server.url, more);
    expect(second.timings.tcpMs).toBeGreaterThan(0);
    expect(server.seen.every((request) => request.headers.connection === 'close')).toBe(true);
  });
});
