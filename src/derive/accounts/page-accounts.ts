import type { AnyNode, Document, Element, ParentNode, Text } from 'domhandler';
import type { AccountKey, AccountSighting } from '../../domain/discovered-account.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { isFrameElement } from '../page/page-dom.ts';
import { parseMarkup } from '../page/parse-markup.ts';
import { type Page, readPage } from '../page/read-page.ts';
import { writtenMarkup } from '../page/written-markup.ts';
import { captionsIn } from './account-names.ts';
import { accountOfAddress } from './account-of-address.ts';
import {
  addressesIn,
  addressesInWords,
  codeFilesIn,
  madeQrTexts,
  picturesIn,
  shareUidsIn,
} from './addresses-in-text.ts';
import { PageBlocks } from './page-blocks.ts';
import { type SeenPicture, SeenPictures } from './seen-pictures.ts';

export interface PageAccountsInput {
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  /** After redirects. */
  readonly url: string;
  readonly today: CalendarDate;
  /** SHA-256 (hex) of `bytes` as archived; null when they were not. */
  readonly snapshot?: string | null;
}

/** Everything on one page that is, or may be, an account. */
export interface PageAccounts {
  readonly page: Page;
  readonly sightings: readonly AccountSighting[];
  /** Worth decoding, the likeliest first. */
  readonly pictures: readonly SeenPicture[];
  readonly toldApart: readonly ToldApart[];
  /** A limit was hit. */
  readonly truncated: boolean;
}

/** Something that looks like an account and is none: a person's card, a group, 企业微信, a payment code. */
export interface ToldApart {
  readonly kind: 'personal' | 'group' | 'work' | 'payment';
  readonly address: string;
  readonly foundOn: string;
}

const SIGHTINGS_MAX = 2_000;
const ELEMENTS_MAX = 60_000;
const LINE_MAX = 160;
const LINES_MAX = 4_000;
const PICTURE_FILE = /^[^"\s]{3,400}\.(?:png|jpe?g|gif|webp|bmp)(?:\?[^"\s]{0,100})?$/i;

/** Reads a page's accounts: links, onclick, data-*, scripts, styles, widgets, frames, captions, pictures. Pure, bounded; never throws. */
export function readPageAccounts(input: PageAccountsInput): PageAccounts {
  const page = readPage({ ...input, contentType: input.contentType ?? '' });
  const walk = new AccountWalk(page, input.snapshot ?? null);
  walk.take(page.document);
  const written = writtenMarkup(inlineScripts(page.document).join('\n'));
  if (written !== '') walk.take(parseMarkup(written).document);
  return walk.result();
}

/** Accounts that a script or style file of the site names: share parameters, addresses, background pictures. */
export function readAssetAccounts(
  text: string,
  { url, page }: { readonly url: string; readonly page: Page },
): Pick<PageAccounts, 'sightings' | 'pictures'> {
  const walk = new AccountWalk(page, null);
  if (/\.css(?:$|[?#])/i.test(url)) walk.takeStyle(text, page.document, url);
  else {
    const written = writtenMarkup(text);
    if (written !== '') walk.take(parseMarkup(written).document);
    walk.takeScript(text, page.document);
  }
  return walk.result();
}

class AccountWalk {
  readonly #page: Page;
  readonly #snapshot: string | null;
  readonly #sightings: AccountSighting[] = [];
  readonly #toldApart: ToldApart[] = [];
  readonly #pictures: SeenPictures;
  #blocks: PageBlocks;
  #elements = 0;
  #truncated = false;

  constructor(page: Page, snapshot: string | null) {
    this.#page = page;
    this.#snapshot = snapshot;
    this.#blocks = new PageBlocks(page.document, page);
    this.#pictures = new SeenPictures(page.base, page.url);
  }

  take(document: Document): void {
    if (document !== this.#page.document) this.#blocks = new PageBlocks(document, this.#page);
    for (const element of elementsOf(document)) {
      this.#elements += 1;
      if (this.#elements > ELEMENTS_MAX) {
        this.#truncated = true;
        break;
      }
      this.#takeElement(element);
    }
    this.#takeCaptions();
  }

  result(): PageAccounts {
    return {
      page: this.#page,
      sightings: this.#sightings,
      pictures: this.#pictures.sorted(),
      toldApart: this.#toldApart,
      truncated: this.#truncated || this.#page.truncated,
    };
  }

  #takeElement(element: Element): void {
    const { name, attribs } = element;
    if (name === 'script') this.takeScript(textOf(element), element);
    if (name === 'style') this.takeStyle(textOf(element), element, this.#page.base);
    if (name === 'img' || name === 'image' || name === 'input')
      this.#pictures.take(element, this.#blocks);
    if (name === 'a' && PICTURE_FILE.test(attribs.href ?? ''))
      this.#pictures.take(element, this.#blocks);
    if (name.startsWith('wb:')) this.#takeWeiboTag(element);
    for (const [attribute, value] of Object.entries(attribs)) {
      if (value.length < 6) continue;
      if (attribute === 'style') this.takeStyle(value, element, this.#page.base);
      else if (attribute.startsWith('on') || /^\s{0,9}javascript:/i.test(value))
        this.takeScript(value, element);
      else if (attribute === 'href' || attribute === 'src' || attribute === 'value')
        this.#takeAddress(value, element);
      else if (attribute.startsWith('data-')) this.#takeData(value, element);
    }
  }

  /** Weibo's own tags (`<wb:follow-button uid>`): the follow ones name an account, the share ones only with a relateuid. */
  #takeWeiboTag(element: Element): void {
    const { name, attribs } = element;
    const uid = name === 'wb:share-button' ? (attribs.relateuid ?? attribs.ralateuid) : attribs.uid;
    if (uid !== undefined && /^\d{5,11}$/.test(uid))
      this.#add({ platform: 'weibo', idKind: 'uid', id: uid }, 'widget', element, {
        address: null,
      });
  }

  #takeData(value: string, element: Element): void {
    if (PICTURE_FILE.test(value)) this.takeStyle(`url("${value}")`, element, this.#page.base);
    else if (/^https?:|^\/\//i.test(value.trim())) this.#takeAddress(value, element);
    else this.takeScript(value, element);
  }

  takeScript(text: string, node: AnyNode): void {
    for (const uid of shareUidsIn(text))
      this.#add({ platform: 'weibo', idKind: 'uid', id: uid }, 'widget', node, { address: null });
    for (const { address, name } of addressesIn(text)) this.#takeAddress(address, node, { name });
    for (const file of codeFilesIn(text))
      this.#pictures.takeStyled(file, node, this.#blocks, this.#page.base);
    for (const made of madeQrTexts(text)) this.#takeAddress(made, node, { isCode: true });
  }

  takeStyle(text: string, node: AnyNode, base: string): void {
    for (const { url, selector } of picturesIn(text)) {
      const shown = selector === null ? null : this.#blocks.showing(selector);
      this.#pictures.takeStyled(url, shown ?? node, this.#blocks, base);
    }
  }

  /** `isCode`: the address stands in a QR picture that the page makes itself. */
  #takeAddress(
    address: string,
    node: AnyNode,
    about: { readonly isCode?: boolean; readonly name?: string | null } = {},
  ): void {
    const reading = accountOfAddress(address.trim());
    if (reading === null) return;
    if (reading.kind === 'account') {
      const isPicture = 'name' in node && node.name === 'img';
      const via = isPicture || about.isCode ? 'qr' : reading.via;
      this.#add(reading.key, via, node, { address: address.trim(), name: about.name ?? null });
    } else if (reading.kind !== 'share' && reading.kind !== 'post')
      this.#toldApart.push({ kind: reading.kind, address, foundOn: this.#page.url });
  }

  #add(
    key: AccountKey,
    via: AccountSighting['via'],
    node: AnyNode,
    given: { readonly address: string | null; readonly name?: string | null },
  ): void {
    if (this.#sightings.length >= SIGHTINGS_MAX) {
      this.#truncated = true;
      return;
    }
    const caption = this.#blocks.captionOf(node, ownWords(this.#blocks, node), via);
    this.#sightings.push({
      ...{ key, via, foundOn: this.#page.url, address: given.address },
      name: key.idKind === 'name' ? key.id : (given.name ?? caption.name),
      place: this.#blocks.placeOf(node),
      words: caption.words,
      ...{ picture: null, snapshot: this.#snapshot },
    });
  }

  /** Lines that invite to follow an account by its name, and addresses spelled out in words. */
  #takeCaptions(): void {
    let lines = 0;
    for (const chunk of linesOf(this.#blocks.page.text)) {
      lines += 1;
      if (lines > LINES_MAX) return;
      const { text, start } = chunk;
      const element = this.#elementAt(start);
      if (element === null) continue;
      for (const address of addressesInWords(text)) this.#takeAddress(address, element);
      if (text.length > LINE_MAX) continue;
      for (const { platform, name, wxid } of captionsIn(text)) {
        const key: AccountKey =
          wxid !== null
            ? { platform: 'wechat', idKind: 'wxid', id: wxid }
            : { platform, idKind: 'name', id: name! };
        this.#sightings.push({
          ...{ key, name, via: 'caption', foundOn: this.#page.url, words: text.slice(0, 120) },
          ...{ place: this.#blocks.placeOf(element), picture: null, address: null },
          snapshot: this.#snapshot,
        });
      }
    }
  }

  #elementAt(start: number): Element | null {
    const { chunks } = this.#blocks.page;
    let low = 0;
    let high = chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (chunks[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    const parent = chunks[low]?.parent;
    return parent === undefined ? null : this.#blocks.placed(parent as AnyNode);
  }
}

function* linesOf(text: string): Generator<{ text: string; start: number }> {
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const stop = end < 0 ? text.length : end;
    const line = text.slice(start, stop).trim();
    if (line.length >= 4) yield { text: line, start };
    start = stop + 1;
  }
}

function* elementsOf(document: Document): Generator<Element> {
  const stack: ParentNode[] = [document];
  while (stack.length > 0) {
    const node = stack.pop()!;
    if ('name' in node) yield node as unknown as Element;
    for (let at = node.children.length - 1; at >= 0; at -= 1) {
      const child = node.children[at]!;
      if ('children' in child) stack.push(child as ParentNode);
    }
  }
}

const textOf = (element: Element): string =>
  element.children.map((child) => (child as Text).data ?? '').join('');

const inlineScripts = (document: Document): string[] => {
  const scripts: string[] = [];
  for (const element of elementsOf(document))
    if (element.name === 'script') scripts.push(textOf(element));
  return scripts;
};

/** What an element says of itself: its title or label, else its own words where those are a caption and no part of a page. */
const ownWords = (blocks: PageBlocks, node: AnyNode): string => {
  if (!('attribs' in node)) return '';
  const { title = '', alt = '', 'aria-label': label = '' } = node.attribs;
  const said = [title, alt, label].find((each) => each.trim() !== '');
  if (said !== undefined) return said;
  const place = blocks.page.places.get(node);
  const isCaption = place !== undefined && place.end - place.start <= LINE_MAX;
  return isCaption && !isFrameElement(node as Element)
    ? blocks.page.text.slice(place.start, place.end)
    : '';
};
