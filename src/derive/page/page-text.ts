import type { AnyNode, Document, Element, ParentNode, Text } from 'domhandler';

/** Where an element stands: its span in the page's text, its place among the elements. */
export interface Place {
  readonly start: number;
  end: number;
  readonly order: number;
  /** Order of the last element inside it (its own when it holds none). */
  last: number;
  /** It, or something around it, is not displayed. */
  readonly hidden: boolean;
}

/** One run of words as the markup has it. */
export interface Chunk {
  readonly start: number;
  readonly end: number;
  readonly parent: ParentNode;
}

/**
 * The words of a page as one text, and where each element and each run of words stands in it: blocks are separated by a line
 * break, inline elements by `SEAM`. Built in one walk, so that the text of any element is a slice.
 */
export interface PageText {
  /** With blanks in place of seams; as long as `seamed`. */
  readonly text: string;
  readonly seamed: string;
  readonly elements: readonly Element[];
  readonly places: ReadonlyMap<AnyNode, Place>;
  readonly chunks: readonly Chunk[];
  readonly truncated: boolean;
}

export const SEAM = '\ue000';
const TEXT_MAX = 2_000_000;

const words = (names: string): ReadonlySet<string> => new Set(names.split(' '));
const SILENT = words('script style noscript template head title textarea select option svg iframe');
export const BLOCKS = words(
  'address article aside blockquote body br center dd details div dl dt fieldset figcaption figure ' +
    'footer form frameset h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section ' +
    'summary table tbody td tfoot th thead tr ul',
);

/** Reads the words of a document (or fragment) in one walk without recursion. */
export function readText(document: Document): PageText {
  const walk = new TextWalk();
  let node: AnyNode | null = document.children[0] ?? null;
  while (node) {
    const inside: AnyNode | null = walk.enter(node)
      ? ((node as Element).children[0] ?? null)
      : null;
    if (inside) {
      node = inside;
      continue;
    }
    walk.leave(node);
    while (node && !node.next) {
      const parent: ParentNode | null = node.parent;
      if (parent && parent !== document) walk.leave(parent as AnyNode);
      node = parent === document ? null : (parent as AnyNode | null);
    }
    node = node?.next ?? null;
  }
  return walk.result();
}

class TextWalk {
  readonly #parts: string[] = [];
  readonly #elements: Element[] = [];
  readonly #places = new Map<AnyNode, Place>();
  readonly #chunks: Chunk[] = [];
  #length = 0;
  #last = '\n';
  #truncated = false;

  /** Takes a node in; whether to go into its children. */
  enter(node: AnyNode): boolean {
    if (node.type === 'text') {
      this.#takeWords(node as Text);
      return false;
    }
    if (node.type !== 'tag') return false;
    const element = node as Element;
    if (SILENT.has(element.name)) return false;
    const outer = element.parent ? this.#places.get(element.parent as AnyNode) : undefined;
    this.#separate(element.name);
    const order = this.#elements.length;
    this.#elements.push(element);
    this.#places.set(element, {
      start: this.#length,
      end: this.#length,
      order,
      last: order,
      hidden: (outer?.hidden ?? false) || isHidden(element),
    });
    return true;
  }

  leave(node: AnyNode): void {
    const place = this.#places.get(node);
    if (!place) return;
    place.end = this.#length;
    place.last = this.#elements.length - 1;
    this.#separate((node as Element).name);
  }

  result(): PageText {
    const seamed = this.#parts.join('');
    return {
      seamed,
      text: seamed.replaceAll(SEAM, ' '),
      elements: this.#elements,
      places: this.#places,
      chunks: this.#chunks,
      truncated: this.#truncated,
    };
  }

  #separate(name: string): void {
    if (BLOCKS.has(name)) {
      if (this.#last !== '\n') this.#push('\n');
    } else if (!/[\n \ue000]/.test(this.#last) && name !== 'img' && name !== 'wbr') {
      this.#push(SEAM);
    }
  }

  #takeWords(node: Text): void {
    if (this.#length > TEXT_MAX) this.#truncated = true;
    if (this.#truncated || !node.parent) return;
    const folded = node.data.replace(/[\s\u200b]+/g, ' ');
    const own = folded.startsWith(' ') && /[\s\ue000]/.test(this.#last) ? folded.slice(1) : folded;
    if (own === '' || (own === ' ' && this.#last === ' ')) return;
    const start = this.#length;
    this.#push(own);
    if (own !== ' ') this.#chunks.push({ start, end: this.#length, parent: node.parent });
  }

  #push(part: string): void {
    this.#parts.push(part);
    this.#length += part.length;
    this.#last = part[part.length - 1]!;
  }
}

export function isHidden(element: Element): boolean {
  const { style, hidden } = element.attribs;
  return (
    hidden !== undefined ||
    (style !== undefined && /display\s*:\s*none|visibility\s*:\s*hidden/i.test(style))
  );
}

/** The words of one element, blanks folded, seams as blanks. */
export function wordsOf(page: PageText, element: AnyNode): string {
  const place = page.places.get(element);
  return place ? tidy(page.text.slice(place.start, place.end)) : '';
}

export const tidy = (text: string): string => text.replace(/[\s\ue000]+/g, ' ').trim();

/** The chunks that begin inside a span, in order. */
export function chunksIn(page: PageText, start: number, end: number): readonly Chunk[] {
  const from = firstAtOrAfter(page.chunks, start, (chunk) => chunk.start);
  let to = from;
  while (to < page.chunks.length && page.chunks[to]!.start < end) to += 1;
  return page.chunks.slice(from, to);
}

/** Index of the first entry whose place is `at` or behind it; entries are in order. */
export function firstAtOrAfter<T>(
  entries: readonly T[],
  at: number,
  place: (entry: T) => number,
): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place(entries[middle]!) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
