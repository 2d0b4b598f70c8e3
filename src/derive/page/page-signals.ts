import type { Element } from 'domhandler';
import { standsInFrame } from './list-role.ts';
import { absolute, namesOf } from './page-dom.ts';
import { type PageText, wordsOf } from './page-text.ts';

/** What tells a page without entries from a page whose entries were not seen. */
export interface PageSignals {
  /** 暂无内容, 正在建设中, 信息更新中 … as printed; null when there is none. */
  readonly emptyNotice: string | null;
  /** A query page (共查询出 0 条): never blank. */
  readonly isQuery: boolean;
}

const EMPTY_NOTICE =
  /暂(?:时)?(?:无|没有)(?:相关)?(?:内容|数据|信息|记录|文章|资料|新闻|公告|更新|政策|文件|留言|事项|公示|相关)|(?:没有|无)(?:找到)?相关(?:的)?(?:内容|数据|信息|记录|文章|结果)|(?:暂无|没有)(?:任何)?(?:内容|数据|信息|记录)|(?:本?(?:栏目|页面|频道|网站|模块)?)(?:正在)?建设中|(?:信息|内容|栏目|数据|页面)(?:正在)?(?:更新|整理|完善|维护)中|敬请期待/;
const QUERY_NOTICE =
  /共?(?:查询|检索|搜索|查)(?:到|出)\s{0,3}(?:约)?\s{0,3}\d{1,9}\s{0,3}(?:条|个|项|篇)|查询结果|检索结果|搜索结果|共\s{0,2}(?:找到|有)\s{0,3}\d{1,9}\s{0,3}条(?:查询|检索|搜索)?(?:结果|记录)/;

export function readSignals(text: string): PageSignals {
  return { emptyNotice: EMPTY_NOTICE.exec(text)?.[0] ?? null, isQuery: QUERY_NOTICE.test(text) };
}

const FRAMES_MAX = 20;

/** Frames that show content: not those of 1 pixel, hidden, or with a counter. */
export function frameUrls(frames: readonly Element[], base: string): string[] {
  return frames
    .filter(
      ({ attribs }) =>
        !/^[01](?:px)?$/.test(attribs.width ?? '') && !/^[01](?:px)?$/.test(attribs.height ?? ''),
    )
    .filter(({ attribs }) => !/display\s*:\s*none/i.test(attribs.style ?? ''))
    .flatMap(({ attribs }) => absolute(attribs.src, base) ?? [])
    .slice(0, FRAMES_MAX);
}

const SCRIPTS_MAX = 50;

/** Script files of the same host. */
export function scriptUrls(scripts: readonly Element[], base: string): string[] {
  const host = new URL(base).host;
  return scripts
    .flatMap(({ attribs }) => absolute(attribs.src, base) ?? [])
    .filter((url) => new URL(url).host === host)
    .slice(0, SCRIPTS_MAX);
}

const DATA_MAX = 20;

/** Data files and interfaces beside the page from which a known publishing system fills its lists. */
export function dataUrls(page: PageText, scriptText: string, base: string): string[] {
  const urls = page.elements.flatMap(({ attribs }) => {
    const name = /^datasource:([\w-]{1,64})$/.exec(attribs.data ?? '')?.[1];
    return name === undefined ? [] : (absolute(`ds_${name}.json`, base) ?? []);
  });
  const called = /["']([^"'\s]{0,200}(?:unitbuild|dataproxy)[^"'\s]{0,300})["']/g;
  for (const match of scriptText.matchAll(called)) {
    const url = absolute(match[1], base);
    if (url !== null) urls.push(url);
    if (urls.length >= DATA_MAX) break;
  }
  return [...new Set(urls)].slice(0, DATA_MAX);
}

export interface RenderSource {
  readonly page: PageText;
  readonly scriptText: string;
  readonly text: string;
  readonly itemCount: number;
  readonly mainWords: number;
  readonly dataUrls: readonly string[];
  readonly declaredTotal: number | null;
}

const ROOT_NAMES =
  /(?:^|\s)(?:app|root|__nuxt|__next|main-app|vue-?app|react-?root|app-root)(?:\s|$)/;
const INTERFACE =
  /\baxios\b|\$\.(?:ajax|get|post|getJSON)\s{0,3}\(|\bfetch\s{0,3}\(|XMLHttpRequest|new\s+Vue\s{0,3}\(|createApp\s{0,3}\(|layui\.|template\.render/;
const TEMPLATE = /\{\{\s{0,3}[\w$.]+|\bv-for\b|\bng-repeat\b/;
const TEXT_MIN = 200;
const MAIN_MIN = 200;

/** Content that exists only after scripts have run: an empty application root, list holders filled by an interface, a declared total. */
export function needsRender(source: RenderSource): boolean {
  const { page, scriptText, text, itemCount } = source;
  if (itemCount > 0) return false;
  if (page.elements.some((element) => isEmptyRoot(page, element))) return true;
  if (source.mainWords >= MAIN_MIN) return false;
  if (source.dataUrls.length > 0 || (source.declaredTotal ?? 0) > 0) return true;
  if (
    page.elements.some(
      ({ attribs }) => attribs['v-for'] !== undefined || attribs['ng-repeat'] !== undefined,
    )
  )
    return true;
  if (TEMPLATE.test(text)) return true;
  if (!INTERFACE.test(scriptText)) return false;
  return text.length < TEXT_MIN || page.elements.some((element) => isEmptyHolder(page, element));
}

function isEmptyRoot(page: PageText, element: Element): boolean {
  return (
    element.name === 'div' &&
    ROOT_NAMES.test(` ${namesOf(element)} `) &&
    wordsOf(page, element).length < 20
  );
}

function isEmptyHolder(page: PageText, element: Element): boolean {
  if (!/^(?:ul|ol|dl|tbody|table|div)$/.test(element.name)) return false;
  const names = namesOf(element);
  if (!/list|data|content|news|result|items?|show|main/.test(names)) return false;
  return wordsOf(page, element) === '' && !hasPictures(element) && !standsInFrame(page, element);
}

const hasPictures = (element: Element): boolean =>
  element.children.some(
    (child) => child.type === 'tag' && child.name !== 'div' && child.name !== 'ul',
  );
