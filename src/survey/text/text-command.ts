import { resolve as resolvePath } from 'node:path';
import { type Command, defineCommand } from '../../cli/command.ts';
import { checkerOf } from '../../derive/text/checker-of.ts';
import type { Lexicon } from '../../derive/text/lexicon.ts';
import type { PageTextFinding, SiteText } from '../../domain/facts/text-facts.ts';
import { readInput } from '../../registry/index.ts';
import {
  parseLexicon,
  readCheckerParts,
  readIgnoreFilter,
  type WordingDeps,
} from '../../wording/index.ts';
import { openSite, readWalk, WALK_OPTIONS } from '../site-opening.ts';
import { readHomeUrl } from '../walk/walk-options.ts';
import { walkSite } from '../walk/walk-site.ts';
import { SiteTextReader } from './check-site-text.ts';

/**
 * `xunjian site text URL`: the words of every page of a site. By the office's lexicons and ignores where there is a database, else by
 * the shipped lexicon.
 */
export function siteTextCommand(userAgent: () => string): Command<WordingDeps | undefined> {
  return defineCommand<WordingDeps | undefined>({
    words: ['site', 'text'],
    summary: '查一个网站全部页面的文字：疑似表述错误、错别字、格式、个人信息',
    positionals: { name: '首页网址', min: 1, max: 1 },
    options: {
      ...WALK_OPTIONS,
      lexicon: { kind: 'many', value: '文件', help: '另加的词库（.json、.csv、.xlsx）；可多次' },
      'no-store': { kind: 'flag', help: '不用数据库里启用的词库和忽略，只用随软件提供的词库' },
    },
    needs: 'storeIfAny',
    run: async ({ args, cwd, deps, out, signal, now }) => {
      const homeUrl = readHomeUrl(args.positionals[0] ?? '');
      const how = readWalk(args);
      const more: Lexicon[] = [];
      for (const file of args.many('lexicon'))
        more.push(await parseLexicon(await readInput(resolvePath(cwd, file)), file));
      const checker = checkerOf(await readCheckerParts(deps ?? null, more));
      const reader = new SiteTextReader(checker, await readIgnoreFilter(deps ?? null, now()));
      const of = { userAgent: userAgent(), sharedPace: null };
      const { fetcher } = openSite({ args, now }, homeUrl, of);
      try {
        let pages = 0;
        const walk = await walkSite({
          ...how,
          ...{ homeUrl, fetcher, signal, now, lookAtFiles: false },
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
        for (const note of notesOn(fact)) out.note(note);
        return 0;
      } finally {
        await fetcher.close();
      }
    },
  });
}

function notesOn({
  pagesRead,
  charactersRead,
  lexicons,
  ignored = 0,
  ...fact
}: SiteText): string[] {
  return [
    `读了 ${pagesRead} 页 ${charactersRead} 字，用的词库：${lexicons.join('、')}。`,
    ...(ignored > 0 ? [`另有 ${ignored} 处已有人决定忽略，没有列出。`] : []),
    ...(fact.cut ? [`问题太多，只列出最重的 ${fact.findings.length} 个。`] : []),
    ...(fact.incompleteReason === undefined ? [] : [`没有查完：${fact.incompleteReason}`]),
  ];
}

function wordFinding({ url, text, suggestion, reason, excerpt }: PageTextFinding): string {
  const change = suggestion === '' ? text : `${text} → ${suggestion}`;
  return `${change}　${reason}\n  ${url}\n  ${excerpt}`;
}
