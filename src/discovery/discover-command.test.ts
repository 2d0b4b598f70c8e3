import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutput } from '../cli/output.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { reportError } from '../cli/run-command.ts';
import { makePicture } from '../testing/accounts/serve-made-web.ts';
import { startServer, type TestServer } from '../testing/servers/start-server.ts';
import { TEST_NOW } from '../testing/servers/test-fetcher.ts';
import { discoverCommand } from './discover-command.ts';

const SEC = `MS4wLjABAAAA${'q'.repeat(43)}`;
const HOME = `<!doctype html><html><head><meta charset="utf-8"><title>衡南县人民政府门户网站</title>
<style>.wx{background:url(/i/style_wx.png)}</style></head><body>
<div class="news"><ul><li><a href="/news/1.html">我县召开会议部署秋季工作</a></li></ul></div>
<div class="footer"><ul class="ewm"><li><img src="/i/wx.png"><p>衡南发布</p></li><li><img src="/i/person.png"><p>县长信箱联系人微信</p></li></ul>
<div class="wx" title="衡南教育微信公众号"></div>
<a href="https://weibo.com/u/1234567890" title="官方微博 衡南发布"></a>
<a href="http://v.douyin.com/AbCdEf/">衡南发布抖音号</a>
<img src="/i/lan.png" alt="微信二维码"><img src="/i/not.png" alt="扫一扫">
<a href="http://service.weibo.com/share/share.php?url=x">分享到微博</a></div></body></html>`;

let server: TestServer;
let folder: string;
beforeAll(async () => {
  const pictures: Record<string, string> = {
    '/i/wx.png': 'http://weixin.qq.com/r/7ENJ5HLEb9r0rbGy9xFX',
    '/i/person.png': 'https://u.wechat.com/EAbcdefgh',
    '/i/style_wx.png': 'http://weixin.qq.com/r/mp/StyleStyleStyle12345',
    '/i/lan.png': 'http://192.168.1.1/login',
  };
  server = await startServer(async (request, response) => {
    const { host = '' } = request.headers;
    const path = request.url ?? '/';
    if (host === 'v.douyin.com') {
      response
        .writeHead(302, { location: `https://www.iesdouyin.com/share/user/1?sec_uid=${SEC}` })
        .end();
      return;
    }
    const payload = pictures[path];
    if (payload !== undefined)
      response.writeHead(200, { 'content-type': 'text/plain' }).end(
        await makePicture({
          path,
          payloads: [payload],
          look: { module: 4, quiet: 3 },
          format: 'png',
        }),
      );
    else if (path === '/i/not.png')
      response.writeHead(200, { 'content-type': 'image/png' }).end('<html>登录</html>');
    else if (path === '/') response.writeHead(200, { 'content-type': 'text/html' }).end(HOME);
    else response.writeHead(404).end();
  });
  folder = await mkdtemp(join(tmpdir(), 'discover-'));
  await writeFile(
    join(folder, 'register.json'),
    JSON.stringify({
      新媒体: [
        { 平台: '抖音号', 账号名称: '衡南视频', sec_uid: SEC, 主办单位: '衡南县人民政府办公室' },
        {
          平台: '新浪微博',
          账号名称: '衡南县发布',
          账号ID: '1234567890',
          主办单位: '衡南县人民政府办公室',
        },
        {
          平台: '微信公众号',
          账号名称: '衡南发布',
          账号ID: 'gh_0123456789ab',
          主办单位: '衡南县人民政府办公室',
        },
      ],
    }),
  );
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function run(...argv: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: argv.includes('--json'),
    terminal: false,
  });
  try {
    const command = discoverCommand(() => 'Xunjian/test');
    const { args } = parseCommand([command], ['accounts', 'discover', ...argv]);
    const { signal } = new AbortController();
    const context = {
      args,
      out,
      deps: undefined,
      cwd: folder,
      dataDir: folder,
      actor: 'test',
      signal,
    };
    return { code: await command.run({ ...context, now: () => TEST_NOW }), ...printed };
  } catch (error) {
    return { code: reportError(error, out), ...printed };
  }
}

const resolved = () => ['--resolve', `*=127.0.0.1:${server.port}`];

describe('xunjian accounts discover', () => {
  it('prints one line a candidate with what the register says of it', async () => {
    const found = await run(
      'http://www.hengnan.gov.cn/',
      '--json',
      '--registry',
      'register.json',
      ...resolved(),
    );
    expect(found).toMatchObject({ code: 0 });
    const lines = found.out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const short = lines.map(({ platform, idKind, id, name, via, match }) =>
      [platform, idKind, id, name, via, match].join(' '),
    );
    expect(new Set(short)).toEqual(
      new Set([
        'weibo uid 1234567890 衡南发布 link matched',
        'wechat qr 7ENJ5HLEb9r0rbGy9xFX 衡南发布 qr nameOnly',
        'wechat qr StyleStyleStyle12345 衡南教育 qr unknown',
        `douyin sec_uid ${SEC} 衡南发布 link matched`,
      ]),
    );
    for (const line of lines)
      expect(line).toMatchObject({
        foundOn: 'http://www.hengnan.gov.cn/',
        score: expect.any(Number),
        reasons: expect.any(Array),
      });
    expect(found.err).toContain('个人微信名片 https://u.wechat.com/EAbcdefgh');
    expect(found.err).toContain('/i/not.png　不是 PNG');
  });

  it('asks a short link once, its target never, and no address that only a code names', async () => {
    expect(
      server.seen
        .filter(({ headers }) => headers.host === 'v.douyin.com')
        .map(({ method }) => method),
    ).toEqual(['HEAD']);
    const hosts = new Set(server.seen.map(({ headers }) => headers.host));
    expect(hosts).toEqual(new Set(['www.hengnan.gov.cn', 'v.douyin.com']));
  });

  it('without --json it is a table for people', async () => {
    const found = await run('www.hengnan.gov.cn', ...resolved());
    expect(found).toMatchObject({ code: 0 });
    expect(found.out).toContain('名录里没有　微信公众号　衡南教育');
  });

  it('a site that does not answer is no success; what is no address is the caller’s mistake', async () => {
    expect((await run('http://www.hengnan.gov.cn/gone', ...resolved())).code).toBe(1);
    expect((await run('not an address')).code).toBe(2);
    expect((await run('http://www.hengnan.gov.cn/', '--pages', 'many')).code).toBe(2);
    expect((await run('http://www.hengnan.gov.cn/', '--registry', 'none.xlsx')).code).toBe(2);
  });
});
