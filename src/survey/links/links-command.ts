import { type Command, defineCommand } from '../../cli/command.ts';
import type { CheckedLink } from '../../derive/links/site-links.ts';
import { LINK_CLASSES, type LinkClass, type SiteLinks } from '../../domain/facts/link-facts.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import { LINK_PAGE_LIMITS } from '../../gather/links/browse-link.ts';
import { CONTROL_URLS, ControlTargets } from '../../gather/probe/control-targets.ts';
import type { RenderSettings } from '../render/render-command.ts';
import { openSite, readWalk, WALK_OPTIONS } from '../site-opening.ts';
import { readHomeUrl } from '../walk/walk-options.ts';
import { checkLinks } from './check-links.ts';
import { linkBrowser } from './link-browser.ts';

/** A fault that passes is over by then; a simulated world has none that lasts. */
const LATER = {
  outside: { ruledMs: 1_000, outsideMs: 30_000 },
  simulated: { ruledMs: 1_000, outsideMs: 1_000 },
};

/** `xunjian site links URL`: every link of a site, without a database. `settings` are asked for when the command runs. */
export function siteLinksCommand(settings: () => RenderSettings): Command<unknown> {
  return defineCommand<unknown>({
    words: ['site', 'links'],
    summary: '查一个网站的全部链接：死链、错链、被拦截、已转移',
    positionals: { name: '首页网址', min: 1, max: 1 },
    options: {
      ...WALK_OPTIONS,
      static: {
        kind: 'flag',
        help: '不用浏览器；不写时，静态看来打不开、不对的网页在浏览器里复看后才下结论',
      },
    },
    needs: 'none',
    run: async ({ args, out, signal, now }) => {
      const homeUrl = readHomeUrl(args.positionals[0] ?? '');
      const { atOnce, budget: walkBudget, honourRobots } = readWalk(args);
      const { userAgent, chromiumPath } = settings();
      const { fetcher, isSimulated } = openSite({ args, now }, homeUrl, {
        ...{ userAgent, sharedPace: null },
      });
      // Asked only about hosts outside the resolve rules: a machine without a line cannot tell whether they are there.
      const controls = new ControlTargets(fetcher, CONTROL_URLS);
      const pool = args.flag('static')
        ? null
        : new RenderPool({ chromiumPath, userAgent, limits: LINK_PAGE_LIMITS, now });
      const missing = pool?.problem ?? null;
      if (missing !== null) out.note(`没有用浏览器复看：${missing}`);
      try {
        const { links, summary, homeReason } = await checkLinks({
          ...{ homeUrl, fetcher, userAgent, signal, now },
          ...{ atOnce, walkBudget, honourRobots },
          ...linkBrowser(pool, fetcher),
          isOwnLineDown: () => controls.isOwnFault('dns'),
          later: isSimulated ? LATER.simulated : LATER.outside,
          onProgress: (pages, looked) =>
            out.progress(
              looked === 0 ? `已读 ${pages} 页` : `已读 ${pages} 页，复看 ${looked} 个链接`,
            ),
        });
        if (out.json) for (const link of links) out.result(lineOf(link));
        else out.result(null, summaryText(summary));
        if (summary.pages === 0) {
          const why = homeReason === null ? '' : `（${homeReason}）`;
          out.note(`首页没有读到，没有链接可查：${homeUrl}${why}`);
          return 1;
        }
        if (summary.incompleteReason !== undefined)
          out.note(`没有查完：${summary.incompleteReason}`);
        return 0;
      } finally {
        await pool?.close();
        await fetcher.close();
      }
    },
  });
}

/** The contract's fields of one link. */
const lineOf = ({ url, from, verdict }: CheckedLink) => ({
  ...{ url, from, status: verdict.status, class: verdict.class, reason: verdict.reason },
});

const CLASS_WORDS: Readonly<Record<LinkClass, string>> = {
  ok: '正常',
  moved: '已永久转移（能打开）',
  dead: '死链',
  soft404: '假正常（返回 200 的错误页、空文件）',
  redirectHome: '跳到首页',
  wrongTarget: '错链',
  blocked: '拦截我们',
  tls: '只是证书有问题',
  timeout: '超时',
  unobserved: '没能判断',
};
const SHOWN_MAX = 200;

function summaryText(summary: SiteLinks): string {
  const { home, otherPages, failing, pages } = summary;
  const counts = LINK_CLASSES.filter((name) => home[name] + otherPages[name] > 0).map(
    (name) => `${CLASS_WORDS[name]}：首页 ${home[name]}，其他页面 ${otherPages[name]}`,
  );
  const shown = failing
    .slice(0, SHOWN_MAX)
    .map(
      (link) =>
        `  ${CLASS_WORDS[link.class]}${link.use === 'asset' ? '（样式或脚本，不计数）' : ''}　${link.url}\n    ${link.reason}\n    在 ${link.from}${link.text === '' ? '' : `　“${link.text}”`}`,
    );
  const more = failing.length + summary.failingLeftOut - shown.length;
  return [
    `读了 ${pages} 页`,
    ...counts,
    ...shown,
    ...(more > 0 ? [`  另有 ${more} 个，用 --json 看全部`] : []),
  ].join('\n');
}
