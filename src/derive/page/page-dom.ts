import type { AnyNode, Element, ParentNode } from 'domhandler';

/** `class` and `id` of an element, lower-cased, for the words that publishing systems use. */
export function namesOf(element: Element): string {
  const { class: classes = '', id = '' } = element.attribs;
  return `${classes} ${id}`.slice(0, 300).toLowerCase();
}

export function asElement(node: AnyNode | ParentNode | null | undefined): Element | null {
  return node?.type === 'tag' ? (node as Element) : null;
}

export function childElements(element: Element): Element[] {
  return element.children.filter((child): child is Element => child.type === 'tag');
}

const ANCESTORS_MAX = 100;

/** What an element stands in, nearest first. */
export function* ancestorsOf(element: Element): Generator<Element> {
  let parent = asElement(element.parent);
  for (let steps = 0; parent && steps < ANCESTORS_MAX; steps += 1) {
    yield parent;
    parent = asElement(parent.parent);
  }
}

/** An absolute http(s) URL, or null for scripts, places on the page itself and what cannot be read. */
export function absolute(href: string | undefined, base: string): string | null {
  const text = (href ?? '').replace(/[\t\n\r]/g, '').trim();
  if (text === '' || text.startsWith('#') || text.length > 2_000) return null;
  if (/^[a-z][a-z\d+.-]*:/i.test(text) && !/^https?:/i.test(text)) return null;
  try {
    const url = new URL(text, base);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

const QUOTED_ADDRESS =
  /['"]((?:https?:)?\/[^'"\s]{1,300}|\.{1,2}\/[^'"\s]{1,300}|[^'"\s]{1,200}\.(?:s?html?|jhtml|jspx?|aspx?|php)(?:\?[^'"\s]{0,300})?)['"]/i;

/** Where an element leads: its href, a `data-` address, or a quoted address in its onclick or `javascript:` link. */
export function targetOf(element: Element, base: string): string | null {
  const { href, onclick = '' } = element.attribs;
  const own = absolute(href, base);
  if (own !== null) return own;
  const data =
    element.attribs['data-href'] ?? element.attribs['data-url'] ?? element.attribs['data-link'];
  if (data !== undefined) return absolute(data, base);
  const code = `${onclick} ${href?.trim().toLowerCase().startsWith('javascript:') ? href : ''}`;
  return absolute(QUOTED_ADDRESS.exec(code.slice(0, 2_000))?.[1], base);
}

const CHROME_TAGS = new Set(['nav', 'footer', 'header']);
const CHROME_NAMES =
  /(?:^|[\s_-])(?:nav|navs|navi|navbar|menu|menus|submenu|head|header|top|topbar|toolbar|foot|footer|bottom|banner|logo|crumb|crumbs|breadcrumb|location|position|dqwz|weizhi|share|pager|paging|pagination|pagenav|fenye|friend|friendlinks?|yqlj|yqlink|flink|links|search|hotkey|hotword|hotwords|keywords|sitemap|copyright|float|floatbar|kefu)(?=$|[\s_\d-])/;
const CHROME_JOINED =
  /header|footer|navbar|breadcrumb|pagination|copyright|youqing|friendlink|yqlj|sidebar-?tool|(?:main|top|sub|left|side)-?(?:nav|menu)/;

/** Whether an element by its own name is a part of the page's frame: header, menu, breadcrumb, pager, friend links, footer. */
export function isFrameElement(element: Element): boolean {
  if (CHROME_TAGS.has(element.name)) return true;
  const names = namesOf(element);
  return names !== ' ' && (CHROME_NAMES.test(names) || CHROME_JOINED.test(names));
}
