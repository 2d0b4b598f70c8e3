import { resolve as resolvePath } from 'node:path';
import { type Command, defineCommand } from '../../cli/command.ts';
import type { PageTextFinding } from '../../domain/facts/text-facts.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import { loopbackRules, parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { readInput } from '../../registry/index.ts';
import { openTextChecker, parseLexicon, readSeedLexicon } from '../../wording/index.ts';
import { readCount, readHomeUrl } from '../walk/walk-options.ts';
import { walkSite } from '../walk/walk-site.ts';
import { SiteTextReader } from './check-site-text.ts';

const PACE_PER_ADDRESS_MS = 250;
const AT_ONCE = 16;

/** `xunjian site text URL`: the words of every page of a site, without a database. */
export function siteTextCommand(userAgent: () => string): Command<unknown> {
  return defineCommand<unknown>({
    words: ['site', 'text'],
    summary: '查一个网站全部页面的文字：疑似表述错误、错别字、格式、个人信息',
    positionals: { name: '首页网址', min: 1, max: 1 },
    options: {
      resolve: {
        kind: 'many',
        value: '域名=地址',
        help: '把域名指到某个地址，用于模拟环境；可多次',
      },
      lexicon: { kind: 'many', value: '文件', help: '另加的词库（.json、.csv、.xlsx）；可多次' },
      pages: { kind: 'text', value: '数量', help: '最多访问多少个站内地址（默认 50000）' },
      'ignore-robots': { kind: 'flag', help: '不管 robots.txt（主管单位对自己监管的网站）' },
    },
    needs: 'none',
    run: async ({ args, cwd, out, signal, now }) => {
      const homeUrl = readHomeUrl(args.positionals[0] ?? '');
      const requests = readCount(args, 'pages');
      const resolve = [...args.many('resolve'), ...loopbackRules(homeUrl)].map(parseResolveRule);
      const lexicons = [await readSeedLexicon()];
      for (const file of args.many('lexicon'))
        lexicons.push(await parseLexicon(await readInput(resolvePath(cwd, file)), file));
      const reader = new SiteTextReader(await openTextChecker(lexicons));
      const fetcher = createFetcher({
        ...{ userAgent: userAgent(), resolve, now, pacePerAddressMs: PACE_PER_ADDRESS_MS },
      });
      try {
        let pages = 0;
        const walk = await walkSite({
          ...{ homeUrl, fetcher, signal, now, atOnce: AT_ONCE, lookAtFiles: false },
          honourRobots: !args.flag('ignore-robots'),
          ...(requests === null ? {} : { budget: { requests } }),
          onPage: (page) => {
            reader.take(page);
            pages += 1;
            out.progress(`已读 ${pages} 页`);
          },
        });
        const fact = reader.fact(walk, now());
        for (const finding of fact.findings) out.result(finding, wordFinding(finding));
        if (fact.pagesRead === 0) {
          out.note(`首页没有读到，没有文字可查：${homeUrl}`);
          return 1;
        }
        out.note(`读了 ${fact.pagesRead} 页 ${fact.charactersRead} 字。`);
        if (fact.cut) out.note(`问题太多，只列出最重的 ${fact.findings.length} 个。`);
        if (fact.incompleteReason !== undefined) out.note(`没有查完：${fact.incompleteReason}`);
        return 0;
      } finally {
        await fetcher.close();
      }
    },
  });
}

function wordFinding({ url, text, suggestion, reason, excerpt }: PageTextFinding): string {
  const change = suggestion === '' ? text : `${text} → ${suggestion}`;
  return `${change}　${reason}\n  ${url}\n  ${excerpt}`;
}
