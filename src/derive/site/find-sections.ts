import type { Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { SectionKind } from '../../domain/site-facts.ts';
import { classifyName, cleanName, isFurniture, KNOWN_NAME } from './classify-name.ts';
import { isElement, linearText } from './linear-text.ts';
import { folderOf, isArticleUrl, type PageLink, pageKey, scopeOf } from './page-links.ts';
import { type LinkGroup, linkGroups } from './read-menus.ts';

/** A section as first met: a link and its place. */
export interface SectionSeed {
  readonly name: string;
  readonly url: string;
  /** 1 = directly in the menu or in a block of the home page, 2 = under a head of the menu … */
  readonly depth: number;
  /** Address of the head it hangs under, when that is a link. */
  readonly headUrl: string | null;
  /** Stands in a menu, so that its depth is certain. */
  readonly inMenu: boolean;
  readonly kind: SectionKind;
  readonly confidence: number;
}

interface FindContext {
  readonly pageUrl: string;
  readonly homeUrls: readonly string[];
  readonly isHome: (url: string) => boolean;
}

const MAX_SECTION_NAME = 14;
const MORE = /^(查看|点击|阅读|浏览)?(更\s*多|more|全部|\+)\S{0,3}$|^[>»+]{1,3}$/iu;
const MORE_CLASS = /(^|[-_\s])(more|gengduo|gd)([-_\s\d]|$)/iu;
const HEADING_LIMIT = 12;

/** Sections that the home page links: menus first, then named links, then headings with a `更多` link. */
export function findHomeSections(
  document: Document,
  links: readonly PageLink[],
  context: FindContext,
): readonly SectionSeed[] {
  const groups = linkGroups(document, links).filter((group) => isMenuLike(group, context));
  const menus = mainMenus(groups);
  const seeds = groups.flatMap((group) => groupSeeds(group, menus.has(group), context));
  return unique([...seeds, ...namedSeeds(links, context), ...moreSeeds(links, context)]);
}

/** Further sections that a section's page links: side navigation, tabs, blocks. Known ones are the caller's to drop. */
export function findChildSections(
  document: Document,
  links: readonly PageLink[],
  context: FindContext,
): readonly SectionSeed[] {
  const folder = folderOf(context.pageUrl);
  const groups = linkGroups(document, links).filter((group) => isMenuLike(group, context));
  const seeds = groups
    .flatMap((group) => groupSeeds(group, false, context))
    .filter(
      (seed) =>
        seed.confidence >= KNOWN_NAME || isUnder(seed.url, folder) || !isArticleUrl(seed.url),
    );
  return unique([...seeds, ...namedSeeds(links, context), ...moreSeeds(links, context)]);
}

function isUnder(url: string, folder: string): boolean {
  return folder !== '/' && folderOf(url).startsWith(folder);
}

function isMenuLike(group: LinkGroup, context: FindContext): boolean {
  const usable = group.entries.filter(({ link }) => link.url !== null && !isFurniture(link.name));
  const own = usable.filter(({ link }) => scopeOf(link.url!, context.homeUrls) === 'same');
  if (group.known < 2 && own.length * 2 < usable.length) return false;
  return group.hasHome || group.known >= 2 || (group.named && own.length >= 2);
}

/** Groups whose first rank is the site's first rank: those with the way home, else named ones, else the best known. */
function mainMenus(groups: readonly LinkGroup[]): ReadonlySet<LinkGroup> {
  const withHome = groups.filter((group) => group.hasHome && group.entries.length >= 3);
  if (withHome.length > 0) return new Set(withHome);
  const named = groups.filter((group) => group.named && group.known >= 2);
  if (named.length > 0) return new Set(named.slice(0, 2));
  const best = [...groups].sort((a, b) => b.known - a.known)[0];
  return new Set(best ? [best] : []);
}

function groupSeeds(
  group: LinkGroup,
  inMenu: boolean,
  context: FindContext,
): readonly SectionSeed[] {
  return group.entries.flatMap(({ link, depth, head }) => {
    const seed = asSeed(link.name || link.title, link.url, context, {
      depth,
      headUrl: head?.url ?? null,
      inMenu,
    });
    return seed ? [seed] : [];
  });
}

type Place = Pick<SectionSeed, 'depth' | 'headUrl' | 'inMenu'>;
const IN_BLOCK: Place = { depth: 1, headUrl: null, inMenu: false };

function asSeed(
  name: string,
  url: string | null,
  context: FindContext,
  place: Place,
): SectionSeed | null {
  if (url === null || name.length > MAX_SECTION_NAME || (name !== '' && isFurniture(name)))
    return null;
  if (pageKey(url) === pageKey(context.pageUrl) || context.isHome(url)) return null;
  if (/\.(pdf|docx?|xlsx?|zip|rar|jpe?g|png|gif|mp4|apk)$/iu.test(new URL(url).pathname))
    return null;
  const { kind, confidence } = classifyName(name);
  return { name, url, ...place, kind, confidence };
}

/** Single links under a usual section name: tab heads, block titles, picture buttons. */
function namedSeeds(links: readonly PageLink[], context: FindContext): readonly SectionSeed[] {
  return links.flatMap((link) => {
    const name = link.name;
    if (name.length < 2 || name.length > 8 || link.url === null || isArticleUrl(link.url))
      return [];
    const seed = asSeed(name, link.url, context, IN_BLOCK);
    return seed && seed.confidence >= 80 ? [seed] : [];
  });
}

/** `更多` links: the block's heading names the section. */
function moreSeeds(links: readonly PageLink[], context: FindContext): readonly SectionSeed[] {
  const linked = new Set(links.map((link) => link.name));
  return links.flatMap((link) => {
    if (!isMore(link) || link.url === null || isArticleUrl(link.url)) return [];
    const name =
      MORE.test(link.title) || link.title === '' || link.title.length > MAX_SECTION_NAME
        ? blockHeading(link, linked)
        : link.title;
    const seed = name === '' ? null : asSeed(name, link.url, context, IN_BLOCK);
    return seed ? [seed] : [];
  });
}

function isMore(link: PageLink): boolean {
  const raw = DomUtils.textContent(link.element).replace(/[\s[\]【】()（）]+/gu, '');
  return (
    MORE.test(raw) ||
    (raw === '' && (MORE_CLASS.test(link.element.attribs.class ?? '') || MORE.test(link.name)))
  );
}

/** First short line of the closest block around a `更多` link that is not the link itself. */
function blockHeading(link: PageLink, _linked: ReadonlySet<string>): string {
  let up = link.element.parent;
  for (
    let steps = 0;
    up && isElement(up) && up.name !== 'body' && steps < 4;
    steps += 1, up = up.parent
  ) {
    for (const run of linearText(up, new Set([link.element])).slice(0, 2)) {
      const name = cleanName(run.text);
      if (
        name.length >= 2 &&
        name.length <= HEADING_LIMIT &&
        !isFurniture(name) &&
        !/\d{2}[-/.]\d{2}/u.test(name)
      )
        return name;
      if (name.length > HEADING_LIMIT) return '';
    }
  }
  return '';
}

/** One seed per address; what a menu says of it wins over a block, a known name over an unknown one. */
function unique(seeds: readonly SectionSeed[]): readonly SectionSeed[] {
  const kept = new Map<string, SectionSeed>();
  for (const seed of seeds) {
    const key = pageKey(seed.url);
    const old = kept.get(key);
    if (!old) kept.set(key, seed);
    else if (seed.inMenu && !old.inMenu) kept.set(key, { ...seed, ...betterName(seed, old) });
    else if (seed.inMenu === old.inMenu && seed.depth < old.depth)
      kept.set(key, { ...seed, ...betterName(seed, old) });
    else kept.set(key, { ...old, ...betterName(old, seed) });
  }
  return [...kept.values()];
}

function betterName(
  one: SectionSeed,
  other: SectionSeed,
): Pick<SectionSeed, 'name' | 'kind' | 'confidence'> {
  const best = other.confidence > one.confidence ? other : one;
  return { name: best.name || other.name, kind: best.kind, confidence: best.confidence };
}

const CRUMB_CLASS =
  /(^|[-_\s])(breadcrumb\w*|crumbs?|position|location|weizhi|dqwz|curpos\w*|mbx|path|place)([-_\s\d]|$)/iu;
const CRUMB_WORDS = /(当前|现在|所在|你的|您的)(的)?(所在)?(位置|栏目)|当前位置/u;

/** Names of the breadcrumb between 首页 and the page itself, or null when the page shows none. */
export function readBreadcrumb(
  document: Document,
): readonly { readonly name: string; readonly element: Element }[] | null {
  const holder = DomUtils.findOne(
    (element) =>
      CRUMB_CLASS.test(`${element.attribs.class ?? ''} ${element.attribs.id ?? ''}`) &&
      DomUtils.textContent(element).trim().length < 150,
    document,
  );
  const block = holder ?? crumbByWords(document);
  if (!block) return null;
  const links = DomUtils.getElementsByTagName('a', block);
  return links
    .map((element) => ({ name: cleanName(DomUtils.textContent(element)), element }))
    .filter(({ name }) => name !== '' && !isFurniture(name));
}

function crumbByWords(document: Document): Element | null {
  const mark = DomUtils.find(
    (node) => node.type === 'text' && CRUMB_WORDS.test(node.data),
    document.children,
    true,
    1,
  )[0];
  for (
    let up = mark?.parent ?? null, steps = 0;
    up && isElement(up) && steps < 3;
    up = up.parent, steps += 1
  ) {
    if (DomUtils.textContent(up).trim().length > 150) return null;
    if (DomUtils.getElementsByTagName('a', up, true, 1).length > 0) return up;
  }
  return null;
}
