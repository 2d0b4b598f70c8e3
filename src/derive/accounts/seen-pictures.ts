import type { AnyNode, Element } from 'domhandler';
import {
  type AccountPlatform,
  type PagePlace,
  WORDS_MAX,
} from '../../domain/discovered-account.ts';
import { absolute, ancestorsOf, namesOf } from '../page/page-dom.ts';
import type { PageBlocks } from './page-blocks.ts';
import { hintOfPicture, type PictureHint } from './picture-hints.ts';

/** A picture that may carry a code, with the words that would name its account. */
export interface SeenPicture {
  /** Absolute http(s), or a whole `data:` address. */
  readonly url: string;
  readonly hint: PictureHint;
  readonly name: string | null;
  readonly platform: AccountPlatform | null;
  readonly wxid: string | null;
  readonly place: PagePlace;
  readonly words: string;
  readonly foundOn: string;
}

/** Pictures kept of one page; portals have some hundred, codes are the likeliest of them. */
const PICTURES_MAX = 400;
/** Characters of a `data:` picture: 3 MB of bytes in base64. */
const DATA_MAX = 4_000_000;
const SOURCES = [
  'src',
  'data-src',
  'data-original',
  'data-lazy',
  'data-url',
  'data-lazy-src',
  'original',
  'lay-src',
  'file',
  'xlink:href',
  'href',
];
const HINT_ORDER: Readonly<Record<PagePlace, number>> = {
  follow: 0,
  frame: 1,
  body: 2,
  article: 3,
  share: 4,
  vendor: 5,
  friends: 6,
};

/** Pictures of a page by address, the best words of each. */
export class SeenPictures {
  readonly #base: string;
  readonly #foundOn: string;
  readonly #seen = new Map<string, SeenPicture>();

  constructor(base: string, foundOn: string) {
    this.#base = base;
    this.#foundOn = foundOn;
  }

  take(element: Element, blocks: PageBlocks): void {
    const { attribs } = element;
    const alt = [attribs.alt, attribs.title].find((each) => (each ?? '').trim() !== '') ?? '';
    for (const source of SOURCES) {
      const written = attribs[source];
      if (written !== undefined) this.#add(written, element, blocks, alt, this.#base);
    }
  }

  takeStyled(written: string, node: AnyNode, blocks: PageBlocks, base: string): void {
    const { title = '', alt = '' } = 'attribs' in node ? (node as Element).attribs : {};
    this.#add(written, node, blocks, title || alt, base);
  }

  sorted(): SeenPicture[] {
    return [...this.#seen.values()].sort(
      (a, b) => b.hint - a.hint || HINT_ORDER[a.place] - HINT_ORDER[b.place],
    );
  }

  #add(written: string, node: AnyNode, blocks: PageBlocks, alt: string, base: string): void {
    const url = pictureUrl(written, base);
    if (url === null || this.#seen.size >= PICTURES_MAX) return;
    const known = this.#seen.get(url);
    if (known !== undefined && known.name !== null) return;
    const element = blocks.placed(node);
    const caption = element === null ? null : blocks.captionOf(node, alt, 'qr');
    const attribs = 'attribs' in node ? (node as Element).attribs : {};
    const hint = hintOfPicture({
      ...{ url, alt, words: caption?.words ?? '' },
      names: element === null ? '' : namesAround(element),
      width: sizeOf(attribs, 'width'),
      height: sizeOf(attribs, 'height'),
    });
    if (hint === 0) return;
    this.#seen.set(url, {
      ...{ url, hint, foundOn: this.#foundOn },
      name: caption?.name ?? null,
      platform: caption?.platform ?? null,
      wxid: caption?.wxid ?? null,
      place: element === null ? 'body' : blocks.placeOf(element),
      words: (caption?.words ?? '').slice(0, WORDS_MAX),
    });
  }
}

function pictureUrl(written: string, base: string): string | null {
  const text = written.trim();
  if (/^data:image\//i.test(text)) return text.length <= DATA_MAX ? text : null;
  return absolute(text, base);
}

function namesAround(element: Element): string {
  let names = namesOf(element);
  let steps = 0;
  for (const outer of ancestorsOf(element)) {
    if (steps >= 3) break;
    steps += 1;
    names += ` ${namesOf(outer)}`;
  }
  return names;
}

/** Pixels that an attribute or style declares; null = none, or no pixels. */
function sizeOf(
  attribs: Readonly<Record<string, string>>,
  side: 'width' | 'height',
): number | null {
  const own = /^\s{0,3}(\d{1,4})(?:px)?\s{0,3}$/.exec(attribs[side] ?? '')?.[1];
  const styled = new RegExp(`(?:^|[;\\s])${side}\\s{0,3}:\\s{0,3}(\\d{1,4})px`, 'i').exec(
    (attribs.style ?? '').slice(0, 500),
  )?.[1];
  const found = own ?? styled;
  return found === undefined ? null : Number(found);
}
