import { resolve as resolvePath } from 'node:path';
import { type CommandArguments, defineCommand } from '../../cli/command.ts';
import type { Ruleset } from '../../domain/ruleset.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { endOfDay, type Instant, isCalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { RESOLVE_OPTION } from '../../survey/index.ts';
import { readDesignatedFile } from '../designated-items.ts';
import { inspectSite } from './inspect-site.ts';
import { siteReport, siteReportText } from './site-report.ts';

/** What the command takes from outside, since it opens no database. */
export interface InspectCommandDeps {
  readonly loadRuleset: (id: string) => Promise<Ruleset>;
  readonly settings: () => {
    readonly userAgent: string;
    readonly chromiumPath: string | undefined;
  };
}

/** `xunjian site inspect URL`: facts and findings of one site, without a register and without a database. */
export const siteInspectCommand = ({ loadRuleset, settings }: InspectCommandDeps) =>
  defineCommand<unknown>({
    words: ['site', 'inspect'],
    summary: '看一个网站：栏目、页脚、标签、渠道、办事指南、结构，以及能下的判断',
    positionals: { name: '网址', min: 1, max: 1 },
    options: {
      at: { kind: 'text', value: '日期', help: '监测时间点，默认今天；之后的日期不算更新' },
      ...RESOLVE_OPTION,
      ruleset: { kind: 'text', value: '名称', help: '规则集，默认 national-2019' },
      designated: {
        kind: 'text',
        value: '文件',
        help: '指定转载条目的清单（标题、发布时间、网址），.csv 或 .xlsx',
      },
      portal: { kind: 'flag', help: '按政府门户网站判断' },
      static: { kind: 'flag', help: '只看静态网页；不写时，脚本写的列表、页脚在浏览器里看' },
    },
    needs: 'none',
    run: async ({ args, out, signal, now, cwd }) => {
      const list = args.text('designated');
      const resolve = args.many('resolve');
      for (const rule of resolve) parseResolveRule(rule);
      const { userAgent, chromiumPath } = settings();
      const asked = {
        homeUrl: readUrl(args.positionals[0] ?? ''),
        monitoredAt: readAt(args, now()),
        ruleset: await loadRuleset(args.text('ruleset') ?? 'national-2019'),
        designated: list === undefined ? [] : await readDesignatedFile(resolvePath(cwd, list)),
      };
      // It starts with the first page that needs it.
      const browser = args.flag('static')
        ? null
        : new RenderPool({ chromiumPath, userAgent, pagesAtOnce: 1, now });
      try {
        const look = await inspectSite({
          ...{ ...asked, resolve, isPortal: args.flag('portal'), userAgent, browser },
          ...{ overrides: new Map(), signal, now },
        });
        const report = siteReport(look);
        out.result(report, siteReportText(report));
        const home = report.facts['site.home'];
        if (home?.state === 'unobserved') out.note(`首页没有看到：${home.reason}`);
        return 0;
      } finally {
        await browser?.close();
      }
    },
  });

/** A register's addresses often lack the scheme, so a bare host is taken as http. */
function readUrl(text: string): string {
  const given = text.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`;
  const isWeb = URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  if (!isWeb || new URL(url).username !== '')
    throw new UserError('site.url', `“${text}”不是可以访问的网址。`, { field: '网址' });
  return new URL(url).href;
}

/** The end of the day that `--at` names; without it, of today. */
function readAt(args: CommandArguments, now: Instant): Instant {
  const at = args.text('at')?.trim().slice(0, 10) ?? shanghaiDate(now);
  if (!isCalendarDate(at))
    throw new UserError('site.at', `--at “${args.text('at')}”应写成 2020-09-17。`, { field: 'at' });
  return endOfDay(at);
}
