import type { Document, Element } from 'domhandler';
import { DomHandler, Parser, parseDocument } from 'htmlparser2';

export interface ParsedMarkup {
  readonly document: Document;
  /** A limit was hit: what stands behind it was not read. */
  readonly truncated: boolean;
}

const CHARACTERS_MAX = 4_000_000;
const ELEMENTS_MAX = 60_000;
/** Real pages stay below 60; a page of endless opening tags makes every closing tag search the whole stack. */
const DEPTH_MAX = 2_000;
const SLICE = 32_768;

/** Parses HTML of any quality. Bounded: characters, elements and nesting; never throws. */
export function parseMarkup(html: string): ParsedMarkup {
  const handler = new CountingHandler();
  const parser = new Parser(handler);
  const end = Math.min(html.length, CHARACTERS_MAX);
  let at = 0;
  while (at < end && !handler.isFull) {
    parser.write(html.slice(at, Math.min(end, at + SLICE)));
    at += SLICE;
  }
  const truncated = at < html.length;
  if (!handler.isFull) parser.end();
  keepUnderOne(handler.root);
  return { document: handler.root, truncated };
}

/** A fragment, or a page with words before or behind its html element, gets one element around all: everything stands in something. */
function keepUnderOne(document: Document): void {
  const tops = document.children.filter((child) => child.type === 'tag');
  if (tops.length === 0 || (tops.length === 1 && (tops[0] as Element).name === 'html')) return;
  const { children } = document;
  const around = parseDocument('<html></html>').children[0] as Element;
  around.children = children;
  for (const child of children) child.parent = around;
  around.parent = document;
  document.children = [around];
}

class CountingHandler extends DomHandler {
  #elements = 0;
  #depth = 0;
  get isFull(): boolean {
    return this.#elements > ELEMENTS_MAX || this.#depth > DEPTH_MAX;
  }
  override onopentag(name: string, attribs: Element['attribs']): void {
    this.#elements += 1;
    this.#depth += 1;
    super.onopentag(name, attribs);
  }
  override onclosetag(): void {
    this.#depth -= 1;
    super.onclosetag();
  }
}
