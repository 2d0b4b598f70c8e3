import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { classifyName, isFurniture, KNOWN_NAME } from './classify-name.ts';
import { isElement } from './linear-text.ts';
import type { PageLink } from './page-links.ts';

/** One entry of a menu. `depth` 1 = directly in the menu, 2 = under a head of it, 3 = under that. */
export interface MenuEntry {
  readonly link: PageLink;
  readonly depth: number;
  /** The head above, when it is a link; its `url` may be null. */
  readonly head: PageLink | null;
}

/** A group of short links that stand together: a menu, a side list, tabs, a row of buttons. */
export interface LinkGroup {
  readonly root: Element;
  readonly entries: readonly MenuEntry[];
  /** The mark-up calls it navigation. */
  readonly named: boolean;
  /** Names that are usual for sections. */
  readonly known: number;
  /** Contains the way back home (首页). */
  readonly hasHome: boolean;
}

const NAV =
  /(^|[-_\s])(nav\w*|\w*nav|menu\w*|\w*menu|daohang|dh|lanmu|lm\w{0,3}|column\w*|channel\w*|catalog|tree|side\w*|left\w*|sub\w*|tab\w*|category|cate|fenlei)([-_\s\d]|$)/iu;
const NOT_NAV =
  /(^|[-_\s])(links?|friend\w*|yqlj|foot\w*|copyright|share\w*|page\w*|pagination|breadcrumb|crumbs?|position|weizhi|weather|tools?|font\w*|login)([-_\s\d]|$)/iu;
const DATE = /\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}|(^|\D)\d{2}-\d{2}($|\D)/u;
const MAX_NAME = 10;
const MAX_GROUP = 300;

interface Stats {
  links: number;
  linkText: number;
  text: number;
}

/** Groups of short links on a page, in document order. Content lists (dates, long titles) are none. */
export function linkGroups(document: Document, links: readonly PageLink[]): readonly LinkGroup[] {
  const byElement = new Map(links.map((link) => [link.element, link]));
  const stats = countAll(document, byElement);
  const groups: LinkGroup[] = [];
  const visit = (node: AnyNode): void => {
    if (isElement(node)) {
      const group = asGroup(node, stats, byElement);
      if (group) {
        groups.push(group);
        return;
      }
    }
    if ('children' in node) node.children.forEach(visit);
  };
  visit(document);
  return groups;
}

const squeezed = (text: string): number =>
  text.replace(/[\s|·•>»›/\-—_\u00a0\u3000]+/gu, '').length;

function countAll(
  root: AnyNode,
  byElement: ReadonlyMap<Element, PageLink>,
): ReadonlyMap<AnyNode, Stats> {
  const all = new Map<AnyNode, Stats>();
  const count = (node: AnyNode): Stats => {
    const own: Stats = {
      links: 0,
      linkText: 0,
      text: node.type === 'text' ? squeezed(node.data) : 0,
    };
    const silent = isElement(node) && /^(script|style|select|noscript)$/u.test(node.name);
    if ('children' in node && !silent) {
      for (const child of node.children) {
        const inner = count(child);
        own.links += inner.links;
        own.linkText += inner.linkText;
        own.text += inner.text;
      }
    }
    if (isElement(node) && byElement.has(node)) {
      own.links = 1;
      own.linkText = own.text;
    }
    all.set(node, own);
    return own;
  };
  count(root);
  return all;
}

function asGroup(
  root: Element,
  stats: ReadonlyMap<AnyNode, Stats>,
  byElement: ReadonlyMap<Element, PageLink>,
): LinkGroup | null {
  const counted = stats.get(root);
  if (!counted) return null;
  const { links, linkText, text } = counted;
  if (root.name === 'body' || root.name === 'html' || byElement.has(root)) return null;
  if (links < 2 || links > MAX_GROUP || NOT_NAV.test(words(root))) return null;
  const named = isNamedNav(root);
  if (text - linkText > (named ? text * 0.5 : text * 0.3)) return null;
  const inside = linksInside(root, byElement);
  if (inside.length < 2 || !areShort(inside) || DATE.test(DomUtils.textContent(root))) return null;
  if (!isOneKind(root, stats)) return null;
  const entries = nestEntries(root, inside, stats, byElement);
  const known = entries.filter(
    ({ link }) => !isFurniture(link.name) && classifyName(link.name).confidence >= KNOWN_NAME,
  ).length;
  return {
    root,
    entries,
    named,
    known,
    hasHome: inside.some((link) => /^(网站|本站|返回)?首页$/u.test(link.name)),
  };
}

const words = (element: Element): string =>
  `${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`;

function isNamedNav(root: Element): boolean {
  for (
    let up: AnyNode | null = root, steps = 0;
    up && isElement(up) && steps < 4;
    up = up.parent, steps += 1
  ) {
    if (up.name === 'body') return false;
    if (NOT_NAV.test(words(up))) return false;
    if (up.name === 'nav' || NAV.test(words(up))) return true;
  }
  return false;
}

/** A block that holds both a named menu and other things is looked into, so that each part stays a group. */
function isOneKind(root: Element, stats: ReadonlyMap<AnyNode, Stats>): boolean {
  const parts = root.children.filter(
    (child): child is Element => isElement(child) && (stats.get(child)?.links ?? 0) >= 2,
  );
  if (parts.length < 2) return true;
  return !parts.some(
    (part) =>
      part.name === 'nav' ||
      part.name === 'header' ||
      NOT_NAV.test(words(part)) ||
      (NAV.test(words(part)) &&
        !/^(li|dd|td|dl)$/u.test(part.name) &&
        !/sub|menu|down/iu.test(words(part))),
  );
}

function areShort(links: readonly PageLink[]): boolean {
  const named = links.filter((link) => link.name !== '');
  const total = named.reduce((sum, link) => sum + link.name.length, 0);
  return named.length === 0 || total / named.length <= MAX_NAME;
}

function linksInside(
  root: Element,
  byElement: ReadonlyMap<Element, PageLink>,
): readonly PageLink[] {
  const found: PageLink[] = [];
  const visit = (node: AnyNode): void => {
    const link = isElement(node) ? byElement.get(node) : undefined;
    if (link) found.push(link);
    else if ('children' in node) node.children.forEach(visit);
  };
  visit(root);
  return found;
}

function nestEntries(
  root: Element,
  inside: readonly PageLink[],
  stats: ReadonlyMap<AnyNode, Stats>,
  byElement: ReadonlyMap<Element, PageLink>,
): readonly MenuEntry[] {
  const depths = new Map<Element, number>();
  return inside.map((link) => {
    const head = headOf(link, root, stats, byElement);
    const depth = head === null ? 1 : head === 'text' ? 2 : (depths.get(head.element) ?? 1) + 1;
    depths.set(link.element, depth);
    return { link, depth, head: head === 'text' ? null : head };
  });
}

/** The head that a drop-down entry hangs under: `text` when it is words without a link, null when there is none. */
function headOf(
  link: PageLink,
  root: Element,
  stats: ReadonlyMap<AnyNode, Stats>,
  byElement: ReadonlyMap<Element, PageLink>,
): PageLink | 'text' | null {
  for (let part: Element = link.element; part !== root; ) {
    const parent = part.parent;
    if (!parent || !isElement(parent)) return null;
    const before = previousWithLinks(part, stats);
    if (before && stats.get(before)!.links === 1 && isBelow(part, before, link.element, stats)) {
      const head = linksInside(before, byElement)[0] ?? byElement.get(before) ?? null;
      if (head && !isFurniture(head.name)) return head;
    }
    const titled = part.name === 'li' ? titleOfList(parent, link, byElement) : null;
    if (titled) return titled;
    if (!before && part !== link.element && isDropDown(part) && hasWordsBefore(part)) return 'text';
    part = parent;
  }
  return null;
}

/** Lists whose first row leads nowhere (`href="#"`) and names the rows below it. */
function titleOfList(
  list: Element,
  link: PageLink,
  byElement: ReadonlyMap<Element, PageLink>,
): PageLink | null {
  const [first, ...rest] = linksInside(list, byElement);
  if (!first || first === link || first.url !== null || isFurniture(first.name)) return null;
  return rest.length >= 2 && rest.every((other) => other.url !== null) ? first : null;
}

function previousWithLinks(part: Element, stats: ReadonlyMap<AnyNode, Stats>): Element | null {
  let before = part.prev;
  while (before) {
    if (isElement(before) && (stats.get(before)?.links ?? 0) > 0) {
      if (part.name !== 'dd' || before.name !== 'dd') return before;
    }
    before = before.prev;
  }
  return null;
}

/** Whether `part` is a container under the head `before`, not its neighbour of the same rank. */
function isBelow(
  part: Element,
  before: Element,
  link: Element,
  stats: ReadonlyMap<AnyNode, Stats>,
): boolean {
  if (part === link && part.name !== 'dd') return false;
  if (before.name === 'dt' && part.name === 'dd') return true;
  // A list with a head of its own hangs under nothing.
  if (
    part.name === 'dl' &&
    DomUtils.getElementsByTagName('dt', part).some((head) => (stats.get(head)?.links ?? 0) > 0)
  )
    return false;
  if (!/^(ul|ol|dl|dd|div|table|section|p|span|nav)$/u.test(part.name)) return false;
  if (part.name !== before.name)
    return /^(ul|ol|dl|div|table|section|nav)$/u.test(part.name) && before.name !== 'ul';
  const same = firstWord(part) === firstWord(before);
  return !same && stats.get(part)!.links >= 2;
}

const firstWord = (element: Element): string =>
  (element.attribs.class ?? '').trim().split(/\s+/u)[0] ?? '';
const isDropDown = (part: Element): boolean =>
  /^(ul|ol|dl|div)$/u.test(part.name) &&
  isElement(part.parent ?? part) &&
  (part.parent as Element).name === 'li';

function hasWordsBefore(part: Element): boolean {
  for (let before = part.prev; before; before = before.prev) {
    const text = DomUtils.textContent(before).trim();
    if (text !== '') return text.length <= 10;
  }
  return false;
}
