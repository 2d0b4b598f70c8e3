import { describe, expect, it } from 'vitest';
import { createOutput } from '../../cli/output.ts';
import { parseCommand } from '../../cli/parse-command.ts';
import { reportError } from '../../cli/run-command.ts';
import { answer, routes } from '../../testing/servers/behaviours.ts';
import { startServer } from '../../testing/servers/start-server.ts';
import { siteLinksCommand } from './links-command.ts';

async function run(...argv: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: argv.includes('--json'),
    terminal: false,
  });
  try {
    const command = siteLinksCommand(() => ({
      userAgent: 'Xunjian/test',
      chromiumPath: undefined,
    }));
    const parsed = parseCommand([command], ['site', 'links', ...argv]);
    const { signal } = new AbortController();
    const context = { args: parsed.args, out, deps: null, cwd: '/', dataDir: '/', actor: 'test' };
    const now = (): string => new Date().toISOString();
    return { code: await parsed.command.run({ ...context, signal, now }), ...printed };
  } catch (error) {
    return { code: reportError(error, out), ...printed };
  }
}

const site = routes({
  '/': answer(
    200,
    '<title>某县人民政府</title><a href="/a.html">甲</a><a href="/gone.html">乙</a>',
  ),
  '/a.html': answer(200, '<title>甲</title><p>正文</p><a href="/">首页</a>'),
});

describe('xunjian site links', () => {
  it('looks at a loopback address that was typed', async () => {
    await using server = await startServer(site);
    const { code, out } = await run(`http://127.0.0.1:${server.port}/`, '--json');
    expect(code).toBe(0);
    const classes = out
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { class: string }).class);
    expect(classes).toEqual(['ok', 'dead', 'ok']);
  });

  it('prints one JSON line with the fields of the contract for each link', async () => {
    await using server = await startServer(site);
    const resolve = `www.x.gov.cn=127.0.0.1:${server.port}`;
    const { code, out } = await run('http://www.x.gov.cn/', '--resolve', resolve, '--json');
    expect(code).toBe(0);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const from = 'http://www.x.gov.cn/';
    expect(lines).toEqual([
      { url: 'http://www.x.gov.cn/a.html', from, status: 200, class: 'ok', reason: '可以打开' },
      {
        url: 'http://www.x.gov.cn/gone.html',
        from,
        status: 404,
        class: 'dead',
        reason: expect.stringMatching(/没有这个页面/),
      },
      {
        url: from,
        from: 'http://www.x.gov.cn/a.html',
        status: 200,
        class: 'ok',
        reason: '可以打开',
      },
    ]);
  });
  it('takes a bare host, as registers hold it, for http', async () => {
    await using server = await startServer(site);
    const resolve = `www.x.gov.cn=127.0.0.1:${server.port}`;
    const { code, out } = await run('www.x.gov.cn', '--resolve', resolve, '--json');
    expect([code, out.split('\n')[0]]).toEqual([
      0,
      expect.stringContaining('http://www.x.gov.cn/a.html'),
    ]);
  });
  it('tells a person how many of which kind', async () => {
    await using server = await startServer(site);
    const { code, out } = await run(
      `http://127.0.0.1:${server.port}/`,
      '--resolve',
      `*.*.*.*=127.0.0.1`,
    );
    expect([code, out]).toEqual([0, expect.stringMatching(/死链：首页 1/)]);
  });
  it('says so when the home page cannot be read', async () => {
    const { code, out, err } = await run('http://127.0.0.1:9/', '--json');
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/首页没有读到.*127\.0\.0\.1:9\/（[^）]*连接/);
  });
  it.each([
    ['no address', []],
    ['an address of a file', ['file:///etc/passwd']],
    ['an address with a password', ['http://a:b@x.gov.cn/']],
    ['no number', ['http://x.gov.cn/', '--pages', 'viele']],
    ['a rule that is none', ['http://x.gov.cn/', '--resolve', 'x']],
  ])('%s: exit 2', async (_name, argv) => {
    const { code, out, err } = await run(...argv, '--json');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/[\u4e00-\u9fff]/);
  });
});
