import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { cutText } from '../../lib/pure/cut-text.ts';
import { cleanName } from './classify-name.ts';
import { isElement } from './linear-text.ts';

/** A link of a page, however it is made: `a`, image map, `onclick`, `data-href`. */
export interface PageLink {
  readonly element: Element;
  /** Cleaned words: text, else alt of its picture, else title. May be '' for a picture without words. */
  readonly name: string;
  /** The `title` attribute, cleaned; '' when there is none. */
  readonly title: string;
  /** Absolute http(s) address without fragment; null for `#`, `javascript:;` and the like. */
  readonly url: string | null;
}

/** Links kept per page; a large portal's home page has about 800. */
const MAX_LINKS = 3000;
/** Text of a link that is looked at: a name is short, and a hostile page's is not. */
const MAX_NAME_TEXT = 300;
const SCRIPT_TARGET =
  /(?:location(?:\.href)?\s*=|location\.(?:replace|assign)\s*\(|window\.open\s*\(|(?:open|goto?|link|jump|tourl|openurl|turn)\w*\s*\()\s*['"]([^'"]*[/.][^'"]*)['"]/iu;

/** All links in document order; base address by `<base href>` when the page has one. */
export function pageLinks(document: Document, pageUrl: string): readonly PageLink[] {
  const base = baseAddress(document, pageUrl);
  const links: PageLink[] = [];
  const visit = (node: AnyNode): void => {
    if (links.length >= MAX_LINKS || !('children' in node)) return;
    if (isElement(node) && (node.name === 'script' || node.name === 'style')) return;
    const link = isElement(node) ? asLink(node, base) : null;
    if (link) links.push(link);
    if (link === null || link.element.name !== 'a') node.children.forEach(visit);
  };
  visit(document);
  return links;
}

function baseAddress(document: Document, pageUrl: string): string {
  const href = DomUtils.getElementsByTagName('base', document, true, 1)[0]?.attribs.href;
  return href && URL.canParse(href, pageUrl) ? new URL(href, pageUrl).href : pageUrl;
}

function asLink(element: Element, base: string): PageLink | null {
  const { name, attribs } = element;
  const anchor = name === 'a' || name === 'area';
  const script = attribs.onclick ?? (attribs.href?.startsWith('javascript:') ? attribs.href : '');
  const target = SCRIPT_TARGET.exec(script)?.[1] ?? attribs['data-href'] ?? attribs['data-url'];
  if (!anchor && (target === undefined || name === 'body' || name === 'form')) return null;
  // A click handler around real links is not a link of its own.
  if (!anchor && DomUtils.getElementsByTagName('a', element, true, 1).length > 0) return null;
  const own = attribs.href?.trim() ?? '';
  const raw = /^(javascript:|#|$)/iu.test(own) ? (target ?? '') : own;
  return {
    element,
    name: linkName(element),
    title: cleanName(cutText(attribs.title ?? '', MAX_NAME_TEXT)),
    url: absoluteUrl(raw, base),
  };
}

function linkName(element: Element): string {
  const text = cleanName(cutText(DomUtils.textContent(element), MAX_NAME_TEXT));
  if (text !== '') return text;
  const image = DomUtils.getElementsByTagName('img', element, true, 1)[0]?.attribs;
  return cleanName(
    image?.alt ||
      image?.title ||
      element.attribs.alt ||
      element.attribs.title ||
      element.attribs['aria-label'] ||
      '',
  );
}

/** Absolute http(s) address of `raw`, without fragment and credentials; null when it is none. */
export function absoluteUrl(raw: string, base: string): string | null {
  const text = raw.trim();
  if (text === '' || /^(javascript|mailto|tel|data|about|file):/iu.test(text)) return null;
  const url = URL.parse(text, base);
  if (url === null) return null;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '') return null;
  url.hash = /^#!?\//u.test(url.hash) ? url.hash : '';
  return url.href;
}

/** One spelling for addresses of the same page: http = https, no `www.`, no `index.*` in a folder, no trailing slash. */
export function pageKey(address: string): string {
  const known = KEYS.get(address);
  if (known !== undefined) return known;
  const key = keyOf(address);
  // The pages of a site show the same menus: what is asked again is mostly what was asked lately.
  if (KEYS.size >= KEYS_MAX) KEYS.clear();
  if (address.length <= KEPT_LENGTH) KEYS.set(address, key);
  return key;
}

const KEYS = new Map<string, string>();
const KEYS_MAX = 20_000;
const KEPT_LENGTH = 200;

function keyOf(address: string): string {
  const url = new URL(address);
  const path = url.pathname
    .replace(/(?<=.)\/(index|default)\.\w{2,6}$/iu, '/')
    .replace(/\/+$/u, '');
  return `${url.host.replace(/^www\./u, '')}${path}${url.search}${url.hash}`;
}

/** The folder of an address: `/zwgk/tzgg/index.html` and `/zwgk/tzgg/` → `/zwgk/tzgg/`. */
export function folderOf(address: string): string {
  return new URL(address).pathname.replace(/[^/]*$/u, '');
}

const ARTICLE_PATH =
  /\/t\d{8}_\d+|\/t20\d{6}|\/art\/\d{4}\/|art_\d+_\d+|content[_/]\d{3,}|post_\d+|Content-\d+|\/info\/\d+\/\d+|\/20\d{2}[-/]?(0?[1-9]|1[0-2])([-/]\d|\/)|\/20\d{6}\/|\/item\/\d+\.|[?&](articleid|newsid|infoid|docid)=|\.(pdf|docx?|xlsx?|zip|rar|wps|jpe?g|png|gif|mp4|apk|et)$/iu;

/** Whether the address looks like one article or file, not like a section. */
export function isArticleUrl(address: string): boolean {
  const url = new URL(address);
  return ARTICLE_PATH.test(url.pathname + url.search);
}

/** Where an address lies, seen from the site's home page. */
export type Scope = 'same' | 'sub' | 'external';

/**
 * `same`: the home page's own host (`www.` or not). `sub`: a host below it (xxgk.x.gov.cn under www.x.gov.cn), which
 * may be a part of the site or a bureau's own site: it counts only when linked under a section's name.
 */
export function scopeOf(address: string, homeUrls: readonly string[]): Scope {
  const host = new URL(address).host.replace(/^www\./u, '');
  const homes = homeUrls.map((home) => new URL(home).host.replace(/^www\./u, ''));
  if (homes.includes(host)) return 'same';
  const bare = host.replace(/:\d+$/u, '');
  return homes.some((home) => bare.endsWith(`.${home.replace(/:\d+$/u, '')}`)) ? 'sub' : 'external';
}
