import { resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { type Page, readPage } from '../derive/page/read-page.ts';
import { isCalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { readInput } from '../registry/index.ts';

/** `xunjian page FILE`: what one page says, without a database. */
export const pageCommand = defineCommand<unknown>({
  words: ['page'],
  summary: '看一个网页：编码、种类、日期、条目、页脚、标签',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {
    url: { kind: 'text', value: '网址', help: '网页的地址', required: true },
    at: { kind: 'text', value: '日期', help: '监测时间点；之后的日期不算更新', required: true },
    asset: { kind: 'many', value: '网址=文件', help: '同站脚本，页脚可能由它写出；可多次' },
  },
  needs: 'none',
  run: async (context) => {
    const { args, cwd } = context;
    const [url, at] = [args.text('url') ?? '', (args.text('at') ?? '').slice(0, 10)];
    if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
      throw new UserError('page.url', `--url “${url}”不是网址。`, { field: 'url' });
    if (!isCalendarDate(at))
      throw new UserError('page.at', `--at “${args.text('at')}”应写成 2020-09-17。`, {
        field: 'at',
      });
    const assets = new Map<string, Uint8Array>();
    for (const asset of args.many('asset')) {
      const cut = asset.lastIndexOf('=');
      if (cut <= 0)
        throw new UserError('page.asset', `--asset “${asset}”应写成 网址=文件。`, {
          field: 'asset',
        });
      assets.set(asset.slice(0, cut), await readInput(resolve(cwd, asset.slice(cut + 1))));
    }
    const page = readPage({
      bytes: await readInput(resolve(cwd, args.positionals[0] ?? '')),
      url,
      today: at,
      assets,
    });
    context.out.result(pageView(page));
    return 0;
  },
});

/** The contract's fields of one page. */
export function pageView(page: Page) {
  const { siteCode, placeholder, icp, policeRecord, partyGovMark, findError } = page.footer;
  return {
    charset: page.charset,
    kind: page.kind,
    title: page.title,
    publishedOn: page.publishedOn?.value ?? null,
    latestDate: page.latestDate,
    items: page.items.map((item) => ({
      title: item.title,
      url: item.url,
      date: item.date?.value ?? null,
    })),
    footer: {
      siteCode,
      ...(placeholder ? { placeholder } : {}),
      icp,
      policeRecord,
      partyGovMark,
      findError,
    },
    tags: page.tags,
    needsRender: page.needsRender,
    links: page.links,
  };
}
