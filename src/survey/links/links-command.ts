import { type Command, type CommandArguments, defineCommand } from '../../cli/command.ts';
import type { CheckedLink } from '../../derive/links/site-links.ts';
import { LINK_CLASSES, type LinkClass, type SiteLinks } from '../../domain/facts/link-facts.ts';
import { CONTROL_URLS, ControlTargets } from '../../gather/probe/control-targets.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { loopbackRules, parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { readCount, readHomeUrl } from '../walk/walk-options.ts';
import { checkLinks } from './check-links.ts';

/** Smallest pause between two requests to one outside address (DESIGN law 5); hosts of a resolve rule have none. */
const PACE_PER_ADDRESS_MS = 250;
/** The walk's requests under way at once: what outside hosts get is held back by the pace, not by this. */
const AT_ONCE = 16;
/** A fault that passes is over by then; a simulated world has none that lasts. */
const LATER = {
  outside: { ruledMs: 1_000, outsideMs: 30_000 },
  simulated: { ruledMs: 1_000, outsideMs: 1_000 },
};

/** `xunjian site links URL`: every link of a site, without a database. `userAgent` is asked for when the command runs. */
export function siteLinksCommand(userAgent: () => string): Command<unknown> {
  return defineCommand<unknown>({
    words: ['site', 'links'],
    summary: '查一个网站的全部链接：死链、错链、被拦截、已转移',
    positionals: { name: '首页网址', min: 1, max: 1 },
    options: {
      resolve: {
        kind: 'many',
        value: '域名=地址',
        help: '把域名指到某个地址，用于模拟环境；可多次',
      },
      pages: { kind: 'text', value: '数量', help: '最多访问多少个站内地址（默认 50000）' },
      seconds: { kind: 'text', value: '秒', help: '最多用多少秒走遍全站（默认 6 小时）' },
      'ignore-robots': { kind: 'flag', help: '不管 robots.txt（主管单位对自己监管的网站）' },
    },
    needs: 'none',
    run: async ({ args, out, signal, now }) => {
      const homeUrl = readHomeUrl(args.positionals[0] ?? '');
      const resolve = [...args.many('resolve'), ...loopbackRules(homeUrl)].map(parseResolveRule);
      const isSimulated = resolve.length > 0;
      const agent = userAgent();
      const fetcher = createFetcher({
        ...{ userAgent: agent, resolve, now },
        pacePerAddressMs: PACE_PER_ADDRESS_MS,
      });
      // Asked only about hosts outside the resolve rules: a machine without a line cannot tell whether they are there.
      const controls = new ControlTargets(fetcher, CONTROL_URLS);
      try {
        const { links, summary } = await checkLinks({
          ...{ homeUrl, fetcher, userAgent: agent, signal, now, atOnce: AT_ONCE },
          isOwnLineDown: () => controls.isOwnFault('dns'),
          later: isSimulated ? LATER.simulated : LATER.outside,
          honourRobots: !args.flag('ignore-robots'),
          walkBudget: readBudget(args),
          onProgress: (pages, looked) =>
            out.progress(
              looked === 0 ? `已读 ${pages} 页` : `已读 ${pages} 页，复看 ${looked} 个链接`,
            ),
        });
        if (out.json) for (const link of links) out.result(lineOf(link));
        else out.result(null, summaryText(summary));
        if (summary.pages === 0) {
          out.note(`首页没有读到，没有链接可查：${homeUrl}`);
          return 1;
        }
        if (summary.incompleteReason !== undefined)
          out.note(`没有查完：${summary.incompleteReason}`);
        return 0;
      } finally {
        await fetcher.close();
      }
    },
  });
}

function readBudget(args: CommandArguments): { requests?: number; milliseconds?: number } {
  const [pages, seconds] = [readCount(args, 'pages'), readCount(args, 'seconds')];
  return {
    ...(pages === null ? {} : { requests: pages }),
    ...(seconds === null ? {} : { milliseconds: seconds * 1_000 }),
  };
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
        `  ${CLASS_WORDS[link.class]}　${link.url}\n    ${link.reason}\n    在 ${link.from}${link.text === '' ? '' : `　“${link.text}”`}`,
    );
  const more = failing.length + summary.failingLeftOut - shown.length;
  return [
    `读了 ${pages} 页`,
    ...counts,
    ...shown,
    ...(more > 0 ? [`  另有 ${more} 个，用 --json 看全部`] : []),
  ].join('\n');
}
