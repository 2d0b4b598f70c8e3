import type { AnyNode, Document, Element } from 'domhandler';
import { isTag } from 'domhandler';
import { DomUtils } from 'htmlparser2';

const SILENT = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'head',
  'textarea',
  'select',
  'option',
]);

/** Text of a node as a reader sees it: no scripts, blanks folded. */
export function textOf(node: AnyNode | readonly AnyNode[]): string {
  const parts: string[] = [];
  collect(node, parts);
  return parts
    .join('')
    .replace(/[\s\u00A0\u3000]+/g, ' ')
    .trim();
}

function collect(node: AnyNode | readonly AnyNode[], parts: string[]): void {
  if (Array.isArray(node)) {
    for (const each of node as readonly AnyNode[]) collect(each, parts);
    return;
  }
  const single = node as AnyNode;
  if (single.type === 'text') parts.push((single as { data: string }).data);
  else if ('children' in single) {
    if (isTag(single) && SILENT.has(single.name)) return;
    const isBlock = isTag(single) && BLOCKS.has(single.name);
    if (isBlock) parts.push(' ');
    for (const child of single.children) collect(child as AnyNode, parts);
    if (isBlock) parts.push(' ');
  }
}

const BLOCKS = new Set([
  'div',
  'p',
  'li',
  'ul',
  'ol',
  'td',
  'th',
  'tr',
  'table',
  'dl',
  'dt',
  'dd',
  'br',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'article',
  'header',
  'footer',
  'nav',
  'span',
  'i',
  'em',
  'b',
  'small',
  'a',
  'font',
]);

/** All elements in document order. */
export function allElements(document: Document | Element): Element[] {
  return DomUtils.findAll(() => true, document.children as AnyNode[]);
}

/** `class` and `id` of an element, lower-cased, for words that publishing systems use. */
export function namesOf(element: Element): string {
  return `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`.toLowerCase();
}

export function isHidden(element: Element): boolean {
  return (
    /display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.attribs.style ?? '') ||
    element.attribs.hidden !== undefined
  );
}

/** The element and what it stands in, nearest first. */
export function ancestors(element: Element): Element[] {
  const found: Element[] = [];
  for (let node = element.parent; node && found.length < 60; node = node.parent)
    if (isTag(node as AnyNode)) found.push(node as Element);
  return found;
}

/** An absolute http(s) URL, or null for scripts, anchors and what cannot be read. */
export function absolute(href: string | undefined, base: string): string | null {
  const text = (href ?? '').trim();
  if (text === '' || /^(javascript|mailto|tel|data|about|vbscript):/i.test(text)) return null;
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** The address in an onclick: a quoted path or URL that ends like a page or begins like one. */
export function onclickUrl(element: Element, base: string): string | null {
  const code = element.attribs.onclick ?? '';
  const match =
    /['"]((?:https?:)?\/[^'"\s]{1,300}|[^'"\s]{1,200}\.(?:s?html?|jsp|aspx?|php)(?:\?[^'"\s]*)?)['"]/i.exec(
      code,
    );
  return match ? absolute(match[1], base) : null;
}

const CHROME_NAMES =
  /(^|[\s_-])(nav|menu|head|header|top|foot|footer|bottom|banner|logo|crumb|breadcrumb|location|position|share|page|pages|pager|pagination|friend|yqlj|links?|search|hot-?key|sitemap|copyright)(?=$|[\s_\d-])/;

/** Whether an element stands in the page's frame: header, menus, breadcrumb, pager, friend links, footer. */
export function isChrome(element: Element): boolean {
  return [element, ...ancestors(element)].some(
    (each) =>
      each.name === 'nav' ||
      each.name === 'footer' ||
      each.name === 'header' ||
      CHROME_NAMES.test(namesOf(each)),
  );
}
