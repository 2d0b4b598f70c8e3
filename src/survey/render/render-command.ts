import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type CommandArguments, defineCommand } from '../../cli/command.ts';
import { readPage } from '../../derive/page/read-page.ts';
import type { RenderResult } from '../../gather/browser/render-page.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import {
  type CalendarDate,
  type Instant,
  isCalendarDate,
  shanghaiDate,
} from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { openSite, RESOLVE_OPTION } from '../site-opening.ts';
import { HomeLook } from './look-at-home.ts';
import { asFact, charsetOf, type KeptBytes, keptOfResult } from './rendered-page.ts';

/** What of this deployment a browser needs to know. */
export interface RenderSettings {
  readonly userAgent: string;
  readonly chromiumPath: string | undefined;
}

/** `xunjian site render URL`: one page as a visitor sees it, with its picture, without a database. */
export const siteRenderCommand = (settings: () => RenderSettings) =>
  defineCommand<unknown>({
    words: ['site', 'render'],
    summary: '在浏览器里打开一个页面：截图、脚本运行后的网页、无障碍、适老化',
    positionals: { name: '网址', min: 1, max: 1 },
    options: {
      out: { kind: 'text', value: '目录', help: '截图、网页和事实写到这里', required: true },
      at: { kind: 'text', value: '日期', help: '监测时间点；之后的日期不算更新。不写就是今天' },
      ...RESOLVE_OPTION,
    },
    needs: 'none',
    run: async ({ args, cwd, out, now, signal }) => {
      const { url, today } = readTarget(args, now());
      const folder = resolve(cwd, args.text('out') ?? '');
      const { userAgent, chromiumPath } = settings();
      const { fetcher } = openSite({ args, now }, url, { userAgent, sharedPace: null });
      const pool = new RenderPool({ chromiumPath, userAgent, pagesAtOnce: 1, now });
      try {
        const home = new HomeLook();
        const result = await pool.render({ url, fetcher, signal, charsetOf, look: home.look });
        const view = viewOf(result, { today, ...home.facts(result) });
        await writeOut(folder, { page: keptOfResult(result), ageing: home.kept(result) }, view);
        out.result(view, textOf(view, folder));
        return result.state === 'rendered' ? 0 : 1;
      } finally {
        await pool.close();
        await fetcher.close();
      }
    },
  });

function readTarget(args: CommandArguments, now: Instant): { url: string; today: CalendarDate } {
  const given = args.positionals[0] ?? '';
  const url = URL.parse(/^[a-z]+:\/\//i.test(given) ? given : `http://${given}`);
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new UserError('render.url', `“${given.slice(0, 200)}”不是网址。`, { field: 'url' });
  const today = args.text('at')?.trim() ?? shanghaiDate(now);
  if (!isCalendarDate(today))
    throw new UserError('render.at', `--at “${today}”应写成 2020-09-17。`, { field: 'at' });
  return { url: url.href, today };
}

type About = ReturnType<HomeLook['facts']> & { readonly today: CalendarDate };

function viewOf(result: RenderResult, { today, accessibility, ageing }: About) {
  const page =
    result.state === 'rendered'
      ? readPage({
          bytes: result.html,
          contentType: 'text/html; charset=utf-8',
          url: result.finalUrl,
          today,
        })
      : null;
  return {
    ...asFact('look', result, { before: null, after: page?.items.length ?? null }),
    ...(result.state === 'rendered' ? { status: result.status, browser: result.browser } : {}),
    kind: page?.kind ?? null,
    latestDate: page?.latestDate ?? null,
    footer: page?.footer ?? null,
    needsRender: page?.needsRender ?? null,
    accessibility,
    ageing,
  };
}

type View = ReturnType<typeof viewOf>;

const ENDINGS: Readonly<Record<KeptBytes['type'], string>> = {
  'text/html; charset=utf-8': 'html',
  'image/png': 'png',
  'image/jpeg': 'jpg',
};

/** `page.html`, `page.png`, `ageing.html` … and `facts.json`. */
async function writeOut(
  folder: string,
  kept: Readonly<Record<string, readonly KeptBytes[]>>,
  view: View,
): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    for (const [name, each] of Object.entries(kept))
      for (const { type, bytes } of each)
        await writeFile(join(folder, `${name}.${ENDINGS[type]}`), bytes);
    await writeFile(join(folder, 'facts.json'), `${JSON.stringify(view, null, 2)}\n`);
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new UserError('render.out', `写不到 ${folder}：${said}`, { field: 'out', cause });
  }
}

const RESULT_WORDS = {
  passed: '通过',
  failed: '不通过',
  undetermined: '不能确定',
  notApplicable: '没有这类内容',
} as const;

function textOf(view: View, folder: string): string {
  if (view.state === 'unobserved') return `没有看到：${view.reason}`;
  const { accessibility, requests, screenshot } = view;
  const rules = accessibility.state === 'observed' ? accessibility.value.rules : [];
  return [
    `${view.title || '（无标题）'}　${view.finalUrl}`,
    `条目：${view.itemsAfter} 条　网站标识码：${view.footer?.siteCode ?? '没有'}　截图：${screenshot ? `${screenshot.width}×${screenshot.height}${screenshot.cut ? '（未到底）' : ''}` : '没有'}`,
    `请求：${requests.made} 个，拒绝 ${requests.refused} 个，没有回应 ${requests.failed} 个　控制台错误：${view.consoleErrors} 个`,
    ...view.hitLimits.map((limit) => `到了上限：${limit}`),
    ...rules.map(
      (rule) =>
        `${rule.name}：${RESULT_WORDS[rule.result]}${rule.failed > 0 ? `（${rule.failed} 处）` : ''}`,
    ),
    ...(accessibility.state === 'unobserved' ? [`无障碍：${accessibility.reason}`] : []),
    `适老化：${ageingWords(view.ageing)}`,
    `文件在 ${folder}`,
  ].join('\n');
}

const SWITCH_WORDS = {
  font: '字号变大',
  page: '打开了专门的页面',
  tool: '打开了辅助工具条',
  none: '没有变化',
  undetermined: '不能确定',
} as const;

function ageingWords(ageing: View['ageing']): string {
  if (ageing.state === 'absent') return '首页上没有找到入口';
  if (ageing.state === 'unobserved') return ageing.reason;
  const { entries, switched } = ageing.value;
  return `入口“${entries[0]?.words ?? ''}”，使用后${SWITCH_WORDS[switched.result]}`;
}
