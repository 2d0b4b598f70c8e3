import type { AnyNode, Document, Element, Text } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { scriptUrls } from '../page/page-signals.ts';
import { findAds, type PageAdSign } from './find-ads.ts';
import { findLeaving, isOwnScript, type OutsideLink } from './find-leaving.ts';

/** What the guideline checks keep of one page after its DOM was dropped. */
export interface GuidelineReading {
  readonly ads: readonly PageAdSign[];
  readonly outside: readonly OutsideLink[];
  /** It loads scripts of its own that were not read: what is not in its markup may be written by them. */
  readonly hasOwnScripts: boolean;
}

/** Elements looked at on one page: the parser keeps no more. */
const ELEMENTS_MAX = 60_000;
const WANTED = new Set(['script', 'iframe', 'a', 'img']);

/** Reads a page for the guideline checks. `url` = after redirects. */
export function readGuideline(document: Document, url: string): GuidelineReading {
  const elements = [...wantedElements(document)];
  const scripts = elements.filter(({ name }) => name === 'script');
  const hasOwnScripts = scriptUrls(scripts, url).some(isOwnScript);
  return {
    hasOwnScripts,
    ads: findAds(elements, url),
    outside: findLeaving({
      elements,
      base: url,
      inlineScripts: scripts.map((each) => (each.children[0] as Text | undefined)?.data ?? ''),
      hasOwnScripts,
      textOf: (element) => DomUtils.textContent(element).replace(/\s+/g, ' ').trim(),
    }),
  };
}

/** In document order, without recursion: a hostile page is nested deeply. */
function* wantedElements(document: Document): Generator<Element> {
  const stack: AnyNode[] = [...document.children].reverse();
  for (let seen = 0; stack.length > 0 && seen < ELEMENTS_MAX; seen += 1) {
    const node = stack.pop()!;
    if (!('children' in node)) continue;
    if ('name' in node && WANTED.has(node.name)) yield node as Element;
    for (let at = node.children.length - 1; at >= 0; at -= 1) stack.push(node.children[at]!);
  }
}
