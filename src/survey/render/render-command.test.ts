import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutput } from '../../cli/output.ts';
import { parseCommand } from '../../cli/parse-command.ts';
import { reportError } from '../../cli/run-command.ts';
import { findChromium } from '../../lib/node/chromium.ts';
import { answer, routes } from '../../testing/servers/behaviours.ts';
import { startServer, type TestServer } from '../../testing/servers/start-server.ts';
import { siteRenderCommand } from './render-command.ts';

const LIST = `<!doctype html><html lang="zh-CN"><head><title>通知公告</title></head><body><a href="/old/">长者版</a><ul id="l"></ul>
<script>l.innerHTML='<li><a href="/n/1.html">关于召开座谈会的通知</a><span>2020-09-10</span></li><li><a href="/n/2.html">关于开展检查工作的公告</a><span>2020-09-11</span></li>'</script></body></html>`;

let server: TestServer;
let folder = '';
beforeAll(async () => {
  const old = answer(
    200,
    '<title>通知公告（长者版）</title><p style="font-size:30px">通知公告</p>',
  );
  server = await startServer(routes({ '/tzgg/': answer(200, LIST), '/old/': old }));
  folder = await mkdtemp(join(tmpdir(), 'xj-render-'));
});
afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

async function run(...argv: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: argv.includes('--json'),
    terminal: false,
  });
  const chromiumPath = findChromium(process.env.CHROMIUM_PATH) ?? undefined;
  const settings = () => ({ userAgent: 'Xunjian/test', chromiumPath });
  try {
    const words = ['site', 'render', ...argv, '--resolve', `*.x.gov.cn=127.0.0.1:${server.port}`];
    const { command, args } = parseCommand([siteRenderCommand(settings)], words);
    const context = { args, out, deps: null, cwd: folder, dataDir: folder, actor: 'test' };
    const { signal } = new AbortController();
    const code = await command.run({ ...context, signal, now: () => '2020-09-17T04:00:00.000Z' });
    return { code, ...printed };
  } catch (error) {
    return { code: reportError(error, out), ...printed };
  }
}

describe('xunjian site render', () => {
  it('writes the picture, the page after scripts and the facts, and prints them as one line', async () => {
    const { code, out } = await run('http://www.x.gov.cn/tzgg/', '--out', '结果', '--json');
    expect(code).toBe(0);
    expect((await readdir(join(folder, '结果'))).sort()).toEqual([
      ...['ageing.html', 'ageing.png', 'facts.json', 'page.html', 'page.png'],
    ]);
    const facts = JSON.parse(out);
    expect(JSON.parse(await readFile(join(folder, '结果', 'facts.json'), 'utf8'))).toEqual(facts);
    expect(facts).toMatchObject({
      ...{ state: 'rendered', status: 200, title: '通知公告', kind: 'column', itemsAfter: 2 },
      latestDate: { value: '2020-09-11' },
      screenshot: { type: 'image/png', width: 1366 },
      accessibility: { state: 'observed', value: { rules: { length: 8 } } },
      ageing: { state: 'observed', value: { switched: { result: 'page' } } },
    });
    expect(await readFile(join(folder, '结果', 'page.html'), 'utf8')).toContain(
      '关于召开座谈会的通知',
    );
  });

  it('tells a person the same in words', async () => {
    const { out } = await run('www.x.gov.cn/tzgg/', '--out', '话');
    expect(out).toContain('图片替代文本：没有这类内容');
    expect(out).toContain('适老化：入口“长者版”，使用后打开了专门的页面');
  });

  it('a page that was not seen is exit 1 with the reason', async () => {
    const { code, out } = await run('http://10.0.0.1/', '--out', '没有');
    expect([code, out.trim()]).toEqual([
      1,
      '没有看到：没有访问：地址 10.0.0.1 不是公网地址，不访问',
    ]);
  });

  it.each([
    ['no address', ['file:///etc/passwd', '--out', 'a'], '不是网址'],
    [
      'a date that is none',
      ['http://www.x.gov.cn/', '--out', 'a', '--at', '昨天'],
      '--at “昨天”应写成',
    ],
    ['no folder', ['http://www.x.gov.cn/'], '--out'],
  ])('%s is refused', async (_name, argv, words) => {
    const { code, err } = await run(...argv);
    expect(code).toBe(2);
    expect(err).toContain(words);
  });
});
