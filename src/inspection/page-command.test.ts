import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOutput } from '../cli/output.ts';
import { parseCommand } from '../cli/parse-command.ts';
import { reportError } from '../cli/run-command.ts';
import { pageCommand } from './page-command.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'xj-page-'));
  await writeFile(
    join(folder, '栏目.html'),
    '<title>通知公告</title><ul><li><a href="1.html">关于召开座谈会的通知</a><span>2020-09-10</span></li><li><a href="2.html">关于开展检查工作的公告</a><span>2020-12-10</span></li></ul><script src="/js/footer.js"></script>',
  );
  await writeFile(join(folder, 'f.js'), 'document.write("<p>网站标识码：4300000041</p>")');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...argv: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: argv.includes('--json'),
    terminal: false,
  });
  try {
    const { command, args } = parseCommand([pageCommand], ['page', ...argv]);
    const context = { args, out, deps: null, cwd: folder, dataDir: folder };
    const { signal } = new AbortController();
    const code = await command.run({ ...context, signal, now: () => '', actor: 'test' });
    return { code, ...printed };
  } catch (error) {
    return { code: reportError(error, out), ...printed };
  }
}

const URL_AT = ['--url', 'http://www.x.gov.cn/tzgg/', '--at', '2020-09-17'];

describe('xunjian page', () => {
  it('prints one JSON line with the fields of the contract', async () => {
    const asset = 'http://www.x.gov.cn/js/footer.js?v=1=f.js';
    const { code, out } = await run('栏目.html', ...URL_AT, '--asset', asset, '--json');
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(JSON.parse(out)).toMatchObject({
      charset: 'utf-8',
      kind: 'column',
      title: '通知公告',
      publishedOn: null,
      latestDate: { value: '2020-09-10', source: 'item' },
      items: [
        {
          title: '关于召开座谈会的通知',
          url: 'http://www.x.gov.cn/tzgg/1.html',
          date: '2020-09-10',
        },
        { title: '关于开展检查工作的公告', url: 'http://www.x.gov.cn/tzgg/2.html', date: null },
      ],
      footer: {
        siteCode: '4300000041',
        icp: null,
        policeRecord: null,
        partyGovMark: false,
        findError: false,
      },
      tags: {},
      needsRender: false,
      links: [
        { url: 'http://www.x.gov.cn/tzgg/1.html' },
        { url: 'http://www.x.gov.cn/tzgg/2.html' },
      ],
    });
  });
  it('tells a person the same in Chinese', async () => {
    const { out } = await run('栏目.html', ...URL_AT);
    expect(out).toContain('最近日期：2020-09-10');
  });
  it.each([
    ['no address', ['栏目.html', '--at', '2020-09-17']],
    ['an address of a file', ['栏目.html', '--url', 'file:///etc/passwd', '--at', '2020-09-17']],
    ['a day that is none', ['栏目.html', '--url', 'http://x.gov.cn/', '--at', '2020-02-30']],
    ['an asset without a file', ['栏目.html', ...URL_AT, '--asset', 'http://x.gov.cn/a.js']],
    ['no such file', ['没有.html', ...URL_AT]],
  ])('%s: exit 2', async (_name, argv) => {
    const { code, out, err } = await run(...argv, '--json');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/[\u4e00-\u9fff]/);
  });
});
