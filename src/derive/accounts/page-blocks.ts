import type { AnyNode, Document, Element } from 'domhandler';
import { type PagePlace, type SeenVia, WORDS_MAX } from '../../domain/discovered-account.ts';
import { findAnchors } from '../page/find-anchors.ts';
import { findMainBlock } from '../page/main-text.ts';
import { ancestorsOf, asElement, isFrameElement, namesOf } from '../page/page-dom.ts';
import type { PageKind } from '../page/page-kind.ts';
import { type PageText, type Place, readText, tidy, wordsOf } from '../page/page-text.ts';
import { bareName, readCaption } from './account-names.ts';

const FOLLOW_NAMES =
  /follow|gzwm|guanzhu|wechat|weixin|qr|ewm|erwei|xmt|newmedia|new-media|media-?matrix|matrix|juzhen|(?:^|[\s_-])sns|(?:^|[\s_-])wx|code2d|contact|lianxi/;
const FOLLOW_WORDS = /关注|新媒体|扫一扫|扫码|扫描|二维码|官方微|政务微|两微一端|微信|微博|客户端/;
const SHARE_NAMES =
  /bdshare|jiathis|bshare|social-share|sharebtn|share-?(?:box|bar|list|to)|(?:^|[\s_-])share(?:[\s_-]|$)/;
const FRIEND_NAMES = /friend-?link|flink|yqlj|youqing|friendship|(?:^|[\s_-])links?(?:[\s_-]|$)/;
const FRIEND_WORDS =
  /^[^\n]{0,6}(?:友情链接|相关链接|常用链接|网站链接|部门网站|链接导航|媒体链接|网站导航|友情连接|外部链接)/;
const VENDOR_WORDS = /技术支持|承建|网站建设|设计制作|制作维护|建设运维|开发单位|运维单位|技术服务/;
/** Pages whose business is to name accounts: what stands in their body is theirs. */
const FOLLOW_PAGE =
  /新媒体|矩阵|关注我们|联系我们|两微一端|微信公众号|官方微|政务微|微博微信|客户端下载|掌上/;
/** A block with more words is a part of the page, not a caption. */
const BLOCK_MAX = 200;
const VENDOR_MAX = 100;
/** Words up to which a block that speaks of following is one that follows; a longer one only mentions it. */
const FOLLOW_MAX = 80;
/** A link's caption is shorter than a picture's: what stands farther off belongs to another. */
const LINK_BLOCK_MAX = 60;
const NAME_LINE_MAX = 30;
/** Characters that a block with the platform's name has more than the caption in it. */
const PLATFORM_MAX = 12;
/** Running words from which the main block is an article also without tags that say so. */
const ARTICLE_WORDS = 150;
const CLIMB_MAX = 7;

export interface Caption {
  /** At most {@link WORDS_MAX} characters; '' = no words beside it. */
  readonly words: string;
  readonly name: string | null;
  readonly platform: ReturnType<typeof readCaption>['platform'];
  readonly wxid: string | null;
}

/** Where things of a page stand and which words stand beside them. */
export class PageBlocks {
  readonly page: PageText;
  readonly #isFollowPage: boolean;
  readonly #main: Place | null;
  readonly #pictures: readonly Place[];
  readonly #links: readonly Place[];

  constructor(document: Document, about: { base: string; kind: PageKind; title: string }) {
    this.page = readText(document);
    this.#isFollowPage = FOLLOW_PAGE.test(about.title.slice(0, 40));
    const main = findMainBlock(this.page, findAnchors(this.page, about.base));
    const isArticle =
      about.kind === 'article' || about.kind === 'guide' || (main?.words ?? 0) >= ARTICLE_WORDS;
    this.#main = isArticle && about.kind !== 'home' ? (main?.place ?? null) : null;
    const placesOf = (test: (element: Element) => boolean): Place[] =>
      this.page.elements.filter(test).map((element) => this.page.places.get(element)!);
    this.#pictures = placesOf(isPicture);
    this.#links = placesOf(({ name }) => name === 'a');
  }

  /** The nearest element around a node that the page's text knows: scripts and frames stand in what holds them. */
  placed(node: AnyNode): Element | null {
    const own = asElement(node);
    if (own !== null && this.page.places.has(own)) return own;
    const parent = asElement((node as Element).parent);
    if (parent === null) return null;
    if (this.page.places.has(parent)) return parent;
    for (const outer of ancestorsOf(parent)) if (this.page.places.has(outer)) return outer;
    return null;
  }

  /** The first element of a class (`.wx`) or id (`#code`); null = none. */
  showing(selector: string): Element | null {
    const name = selector.slice(1);
    const isClass = selector.startsWith('.');
    return (
      this.page.elements.find(({ attribs }) =>
        isClass ? (attribs.class ?? '').split(/\s+/).includes(name) : attribs.id === name,
      ) ?? null
    );
  }

  placeOf(node: AnyNode): PagePlace {
    const element = this.placed(node);
    if (element !== null && this.#isVendors(element)) return 'vendor';
    let found: PagePlace | null = null;
    if (element !== null && this.#inMain(element))
      found = this.#isFollowPage ? 'follow' : 'article';
    for (const outer of aroundOf(node)) {
      const names = namesOf(outer);
      const words = this.#shortWords(outer);
      const isFrame = isFrameElement(outer);
      const isFriends =
        outer.name === 'select' ||
        FRIEND_NAMES.test(names) ||
        (!isFrame && FRIEND_WORDS.test(words));
      if (isFriends && !FOLLOW_NAMES.test(names)) return 'friends';
      if (SHARE_NAMES.test(names) && !FOLLOW_WORDS.test(words)) return 'share';
      if (found !== null) continue;
      const isFollow = words.length <= FOLLOW_MAX && FOLLOW_WORDS.test(words);
      if (isFollow || FOLLOW_NAMES.test(names)) found = 'follow';
      else if (isFrame) found = 'frame';
    }
    return found ?? 'body';
  }

  /** Whether the first block around an element that says more than the element speaks of who built the site. */
  #isVendors(element: Element): boolean {
    const own = this.page.places.get(element)!;
    const ownLength = own.end - own.start;
    for (const outer of [element, ...ancestorsOf(element)]) {
      const place = this.page.places.get(outer);
      if (place === undefined) return false;
      const length = place.end - place.start;
      if (length <= ownLength + 1 && !VENDOR_WORDS.test(wordsOf(this.page, outer))) continue;
      const words = length <= VENDOR_MAX ? wordsOf(this.page, outer) : '';
      return VENDOR_WORDS.test(words) && !/主办/.test(words);
    }
    return false;
  }

  #shortWords(element: Element): string {
    const place = this.page.places.get(element);
    if (place === undefined || place.end - place.start > BLOCK_MAX * 2) return '';
    return wordsOf(this.page, element);
  }

  #inMain(element: Element): boolean {
    const place = this.page.places.get(element);
    const main = this.#main;
    return (
      main !== null && place !== undefined && place.order >= main.order && place.order <= main.last
    );
  }

  /**
   * The words that belong to an element: its own, then of the largest block around it that holds no other picture (of a link: no
   * other link), then what stands between it and its neighbours. The first that gives a name counts; a platform may come from
   * farther out. Titles of articles are no names.
   */
  captionOf(node: AnyNode, own: string, via: SeenVia): Caption {
    let platform: Caption['platform'] = null;
    let wxid: string | null = null;
    let name = via === 'article' ? null : bareName(own);
    let words = name === null ? '' : tidy(own);
    let isNearest = via === 'qr';
    for (const span of [own, ...this.#spansAround(node, via)]) {
      const text = tidy(span).slice(0, BLOCK_MAX);
      if (text === '') continue;
      // Words around a caption that gives the name only tell the platform (微信 over a box), and only where they are few.
      if (name !== null && text.length > words.length + PLATFORM_MAX) break;
      const reading = readCaption(text);
      if (name === null && text.length > words.length) words = text;
      platform ??= reading.platform;
      wxid ??= reading.wxid;
      if (via !== 'article') name ??= reading.name ?? (isNearest ? bareName(text) : null);
      if (span !== own) isNearest = false;
      if (name !== null && platform !== null) break;
    }
    return { words: words.slice(0, WORDS_MAX), name, platform, wxid };
  }

  /** Scripts, frames and widgets stand anywhere: what is beside them is not theirs. */
  *#spansAround(node: AnyNode, via: SeenVia): Generator<string> {
    const element = this.placed(node);
    const isSeen =
      element === node || node.type === 'text' || (via === 'qr' && node.type === 'tag');
    if (element === null || via === 'widget' || !isSeen) return;
    const own = this.page.places.get(element)!;
    let climbed = 0;
    for (const outer of [element, ...ancestorsOf(element)]) {
      const place = this.page.places.get(outer);
      if (place === undefined || climbed > CLIMB_MAX) return;
      climbed += 1;
      const length = place.end - place.start;
      const pictures = this.#picturesIn(place);
      if (via !== 'qr') {
        if (length > LINK_BLOCK_MAX || pictures.length > 1 || this.#linksIn(place) > 1) return;
      } else if (length > BLOCK_MAX) {
        yield* this.#linesBeside(own, place);
        return;
      } else if (pictures.length > 1 && length > 0) {
        yield this.#besides(element, place, pictures);
        return;
      }
      if (length > 0 && pictures.length <= 1) yield this.page.text.slice(place.start, place.end);
    }
  }

  /** Of a picture in running text: the line before it or behind it, the one that speaks of a code first. */
  *#linesBeside(own: Place, block: Place): Generator<string> {
    const before = tidyLines(
      this.page.text.slice(Math.max(block.start, own.start - BLOCK_MAX), own.start),
    ).at(-1);
    const after = tidyLines(
      this.page.text.slice(own.end, Math.min(block.end, own.end + BLOCK_MAX)),
    )[0];
    const lines = [before, after].filter((line) => line !== undefined);
    const speaking = lines.filter((line) => FOLLOW_WORDS.test(line));
    yield* speaking.length > 0 ? speaking : lines.filter((line) => line.length <= NAME_LINE_MAX);
  }

  /** Of a block with several pictures: what follows this one, or stands before it, or the caption in the same place of the row. */
  #besides(element: Element, block: Place, pictures: readonly Place[]): string {
    const { text } = this.page;
    const own = this.page.places.get(element)!;
    const at = pictures.findIndex(({ order }) => order >= own.order && order <= own.last);
    if (at < 0) return '';
    const from = (index: number): number => pictures[index]?.start ?? block.end;
    const slices = pictures.map((each, index) => tidy(text.slice(each.start, from(index + 1))));
    if (slices.every((slice) => slice !== '' && slice.length <= BLOCK_MAX)) return slices[at]!;
    const before = pictures.map((each, index) =>
      tidy(text.slice(index === 0 ? block.start : pictures[index - 1]!.start, each.start)),
    );
    if (before.every((slice) => slice !== '' && slice.length <= BLOCK_MAX)) return before[at]!;
    const lines = tidyLines(text.slice(block.start, block.end));
    return lines.length === pictures.length ? lines[at]! : slices[at]!.slice(0, BLOCK_MAX);
  }

  #linksIn({ order, last }: Place): number {
    return this.#links.filter((place) => place.order >= order && place.order <= last).length;
  }

  #picturesIn({ order, last }: Place): readonly Place[] {
    return this.#pictures.filter((place) => place.order >= order && place.order <= last);
  }
}

const tidyLines = (text: string): string[] =>
  text
    .split('\n')
    .map(tidy)
    .filter((line) => line !== '');

const ICON = /icon|ico[_-]|logo|arrow|gongan|beian|ghs|blue\.png|red\.png|conac|dzjg|jiucuo/i;

/** A picture that may be a code: icons beside one do not count as its neighbours. */
function isPicture(element: Element): boolean {
  return (
    element.name === 'img' &&
    !ICON.test(`${element.attribs.src ?? ''} ${element.attribs.class ?? ''}`)
  );
}

/** A node's own element and what it stands in, also what the page's text does not know (options of a menu). */
function* aroundOf(node: AnyNode): Generator<Element> {
  const element = asElement(node) ?? asElement((node as Element).parent);
  if (element === null) return;
  yield element;
  yield* ancestorsOf(element);
}
