import { resolve } from 'node:path';
import { type CommandArguments, defineCommand } from '../cli/command.ts';
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
  run: async ({ args, cwd, out }) => {
    const { url, today } = readOptions(args);
    const assets = new Map<string, Uint8Array>();
    for (const asset of args.many('asset')) {
      const [address, file] = splitAsset(asset);
      assets.set(address, await readInput(resolve(cwd, file)));
    }
    const bytes = await readInput(resolve(cwd, args.positionals[0] ?? ''));
    const view = pageView(readPage({ bytes, url, today, assets }));
    out.result(view, viewText(view));
    return 0;
  },
});

function readOptions(args: CommandArguments): { url: string; today: string } {
  const [url, at] = [args.text('url') ?? '', args.text('at') ?? ''];
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url))
    throw new UserError('page.url', `--url “${url}”不是网址。`, { field: 'url' });
  const today = at.trim().slice(0, 10);
  if (!isCalendarDate(today))
    throw new UserError('page.at', `--at “${at}”应写成 2020-09-17。`, { field: 'at' });
  return { url, today };
}

/** `URL=FILE`: an address may hold `=` in its query, so the last one parts them. */
function splitAsset(asset: string): [address: string, file: string] {
  const cut = asset.lastIndexOf('=');
  const [address, file] = [asset.slice(0, Math.max(0, cut)), asset.slice(cut + 1)];
  if (cut <= 0 || file === '' || !URL.canParse(address))
    throw new UserError('page.asset', `--asset “${asset}”应写成 网址=文件。`, { field: 'asset' });
  return [address, file];
}

/** Kinds whose latest date is that of their entries: they have no date of publication themselves. */
const LISTING = new Set<Page['kind']>(['home', 'column', 'board', 'search', 'jump', 'frameset']);

/** The contract's fields of one page. */
export function pageView(page: Page) {
  const { siteCode, placeholder, icp, policeRecord, partyGovMark, findError, byScript } =
    page.footer;
  return {
    charset: page.charset,
    kind: page.kind,
    title: page.title,
    publishedOn: LISTING.has(page.kind) ? null : (page.publishedOn?.value ?? null),
    latestDate: page.latestDate,
    items: page.items.map(({ title, url, date }) => ({ title, url, date: date?.value ?? null })),
    footer: {
      ...{ siteCode, ...(placeholder ? { placeholder } : {}) },
      ...{ icp, policeRecord, partyGovMark, findError, byScript },
    },
    tags: page.tags,
    needsRender: page.needsRender,
    links: page.links,
  };
}

const KIND_WORDS: Readonly<Record<Page['kind'], string>> = {
  home: '首页',
  column: '栏目',
  article: '文章',
  guide: '单页',
  'service-guide': '办事指南',
  board: '留言选登',
  search: '查询',
  jump: '跳转',
  frameset: '框架',
  error: '错误页',
  unknown: '不明',
};
const ITEMS_SHOWN = 50;

function viewText(view: ReturnType<typeof pageView>): string {
  const { footer, latestDate, items } = view;
  const date = latestDate && `${latestDate.value}${latestDate.yearUnknown ? '（年份不明）' : ''}`;
  return [
    `${KIND_WORDS[view.kind]}　${view.title}（${view.charset}）`,
    `最近日期：${date ?? '没有'}${view.needsRender ? '　需渲染' : ''}`,
    `网站标识码：${footer.siteCode ?? '没有'}　备案：${footer.icp ?? '没有'}　公安备案：${footer.policeRecord ?? '没有'}`,
    `条目：${items.length} 条`,
    ...items.slice(0, ITEMS_SHOWN).map((item) => `  ${item.date ?? '　　无日期'}　${item.title}`),
  ].join('\n');
}
