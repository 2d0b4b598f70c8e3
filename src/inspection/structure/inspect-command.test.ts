import { describe, expect, it } from 'vitest';
import national from '../../../rulesets/national-2019.json' with { type: 'json' };
import { createOutput } from '../../cli/output.ts';
import { parseCommand } from '../../cli/parse-command.ts';
import { reportError } from '../../cli/run-command.ts';
import { resolveRuleset } from '../../domain/resolve-ruleset.ts';
import { scoringRuleset } from '../../testing/scoring-ruleset.ts';
import * as behave from '../../testing/servers/behaviours.ts';
import { type Handler, startServer } from '../../testing/servers/start-server.ts';
import { siteInspectCommand } from './inspect-command.ts';

const command = siteInspectCommand({
  loadRuleset: async () => resolveRuleset([national]),
  settings: () => ({ userAgent: 'test', chromiumPath: process.env.CHROMIUM_PATH }),
});

const run = (...argv: string[]) => runOf(command, ...argv);

async function runOf(of: typeof command, ...argv: string[]) {
  const printed = { out: '', err: '' };
  const out = createOutput({
    out: (text) => (printed.out += text),
    err: (text) => (printed.err += text),
    json: argv.includes('--json'),
    terminal: false,
  });
  try {
    const parsed = parseCommand([of], ['site', 'inspect', ...argv]);
    const { signal } = new AbortController();
    const now = () => '2020-09-17T04:00:00.000Z';
    const context = { args: parsed.args, out, deps: null, cwd: '.', dataDir: '.', signal, now };
    return { code: await parsed.command.run({ ...context, actor: 'test' }), ...printed };
  } catch (error) {
    return { code: reportError(error, out), ...printed };
  }
}

const MENU =
  '<ul class="nav"><li><a href="/">首页</a></li><li><a href="/xwdt/">新闻动态</a></li><li><a href="/tzgg/">通知公告</a></li><li><a href="/gkxx/">概况信息</a></li></ul>';
const page = (title: string, body: string): Handler =>
  behave.answer(
    200,
    `<html><head><title>${title}</title><meta name="SiteName" content="甲市人民政府"></head><body>${MENU}${body}<div class="footer">主办单位：甲市 网站标识码：4300000041</div></body></html>`,
    { 'content-type': 'text/html; charset=utf-8' },
  );
const NEWS =
  '<ul class="list"><li><a href="/xwdt/t20200910_1.html">我市召开安全生产工作会议</a><span>2020-09-10</span></li><li><a href="/xwdt/t20200901_2.html">我市举行秋季开学检查活动</a><span>2020-09-01</span></li></ul>';
const SITE = behave.routes({
  '/': page('甲市人民政府', NEWS),
  '/xwdt/': page('新闻动态', NEWS),
  '/tzgg/': page('通知公告', '<div class="list"></div><p>暂无内容</p>'),
  '/gkxx/': page('概况信息', `<p>${'甲市位于乙省东部，面积一千平方公里。'.repeat(12)}</p>`),
});

describe('xunjian site inspect', () => {
  it('prints one JSON document: facts and findings of a site by its name', async () => {
    await using server = await startServer(SITE);
    const { port } = new URL(server.url);
    const { code, out } = await run(
      ...['http://www.jia.gov.cn/', '--at', '2020-09-17', '--json'],
      ...['--resolve', `www.jia.gov.cn=127.0.0.1:${port}`],
    );
    expect(code).toBe(0);
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    const report = JSON.parse(out);
    expect(report).toMatchObject({
      url: 'http://www.jia.gov.cn/',
      at: '2020-09-17T15:59:59.999Z',
      title: '甲市人民政府',
      footer: { siteCode: '4300000041' },
      tags: { sitename: '甲市人民政府' },
      channels: [],
      guides: [],
      hitLimits: [],
    });
    type Row = Record<'name' | 'kind' | 'kindName' | 'latestOn' | 'blank', unknown>;
    expect(
      report.sections.map(({ name, kind, kindName, latestOn, blank }: Row) => [
        ...[name, kind, kindName, latestOn, blank],
      ]),
    ).toEqual([
      ['新闻动态', 'news', '动态要闻', '2020-09-10', false],
      ['通知公告', 'notice', '通知公告', null, true],
      ['概况信息', 'overview', '概况信息', null, false],
    ]);
    const finding = (rule: string) =>
      report.findings.find((each: { rule: string }) => each.rule === rule);
    expect(finding('site.veto.home-stale').status).toBe('met');
    // A single look is no week of visits.
    expect(finding('site.veto.unreachable').status).toBe('undetermined');
  });

  it('a loopback address that was typed is looked at; people read Chinese', async () => {
    await using server = await startServer(SITE);
    const { code, out } = await run(server.url, '--at', '2020-09-17');
    expect(code).toBe(0);
    expect(out).toContain('新闻动态　动态要闻');
    expect(out).toContain('通知公告：');
  });

  it('as a portal it is scored, where the ruleset counts points', async () => {
    await using server = await startServer(SITE);
    const scored = siteInspectCommand({
      loadRuleset: async () => scoringRuleset(),
      settings: () => ({ userAgent: 'test', chromiumPath: undefined }),
    });
    const plain = JSON.parse((await run(server.url, '--portal', '--json')).out).score;
    expect(plain).toMatchObject({ words: '不计分，只看单项否决', total: null });
    expect(JSON.parse((await run(server.url, '--json')).out).score).toBeNull();
    const printed = await runOf(scored, server.url, '--portal', '--at', '2020-09-17', '--json');
    const { score } = JSON.parse(printed.out);
    expect(score.words).toMatch(/^得分 [\d.]+～[\d.]+ 分/);
    expect(score.entries).toHaveLength(32);
  });

  it('a site that does not answer is unobserved, not at fault', async () => {
    await using server = await startServer(behave.answer(403, '<html>拦截</html>'));
    const { code, out } = await run(server.url, '--json');
    const report = JSON.parse(out);
    expect([code, report.sections, report.footer]).toEqual([0, [], null]);
    expect(report.facts['site.tree'].state).toBe('unobserved');
    expect(report.facts['site.search'].reason).toContain('403');
    expect(
      report.findings.filter((each: { status: string }) => each.status === 'breached'),
    ).toEqual([]);
  });

  it.each([
    ['no address', []],
    ['an address of a file', ['file:///etc/passwd']],
    ['a day that is none', ['http://x.gov.cn/', '--at', '2020-02-30']],
    ['a resolve rule that is none', ['http://x.gov.cn/', '--resolve', 'x']],
  ])('%s: exit 2', async (_name, argv) => {
    const { code, out, err } = await run(...argv, '--json');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/[\u4e00-\u9fff]/);
  });

  it('what scripts write is looked at in a browser, unless static pages are asked for', async () => {
    const item = (day: string) =>
      `<li><a href="/tzgg/${day}.html">关于召开重点工作座谈会的通知</a><span>${day}</span></li>`;
    const rows = `<ul class="list">${item('2020-09-14')}${item('2020-09-02')}</ul>`;
    const scripted = `<div id="l"></div><script>fetch('/rows').then((a)=>a.text()).then((t)=>{l.innerHTML=t})</script>`;
    await using server = await startServer((request, response) => {
      const own: Record<string, Handler> = {
        '/tzgg/': page('通知公告', scripted),
        '/rows': behave.answer(200, rows),
      };
      (own[request.url ?? ''] ?? SITE)(request, response);
    });
    const notices = async (...more: string[]) => {
      const { out } = await run(server.url, '--at', '2020-09-17', '--json', ...more);
      const report = JSON.parse(out);
      const row = report.sections.find(({ name }: { name: string }) => name === '通知公告');
      return [row.content, row.latestOn, report.rendered.length];
    };
    expect(await notices('--static')).toEqual(['script', null, 0]);
    expect(await notices()).toEqual(['listed', '2020-09-14', 1]);
  });

  it('an inner address that was not typed stays shut', async () => {
    const { out } = await run('http://10.0.0.1/', '--json');
    expect(JSON.parse(out).facts['site.home']).toMatchObject({ state: 'unobserved' });
  });
});
