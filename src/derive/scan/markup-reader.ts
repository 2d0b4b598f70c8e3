import { codeOf, nameCode } from './name-code.ts';

/** What `MarkupReader.next` found. */
export const TOKEN = { end: 0, text: 1, open: 2, close: 3, raw: 4 } as const;

/** Attributes of one tag that are read; a tag with more is an unclosed quote that ate half a page. */
const ATTRIBUTES_MAX = 256;

const A = { script: codeOf('script'), plaintext: codeOf('plaintext') } as const;

/** Elements whose content is characters, not markup (HTML §13.2.5.2–5: RCDATA, RAWTEXT, script data). */
const RAW_END: ReadonlyMap<number, RegExp> = new Map(
  ['style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes'].map((name) => [
    codeOf(name),
    new RegExp(`</${name}(?=[\\t\\n\\f\\r />])`, 'gi'),
  ]),
);
/** What changes the state inside a script (§13.2.5.4, 15–31): `<!--` … `<script` hides the next `</script`. */
const SCRIPT_STEP = /<!--|-->|<\/?script(?=[\t\n\f\r />])/gi;

/**
 * Reads HTML token by token as the standard's tokenizer does (https://html.spec.whatwg.org/#tokenization), in one pass and
 * linear time, making no string: spans into `html` instead. What is not modelled: foreign content (in `<svg>` and `<math>` the
 * standard does not treat `<style>` and `<title>` specially), and the tree.
 */
export class MarkupReader {
  readonly html: string;
  /** Span of a text or raw token. */
  start = 0;
  end = 0;
  /** Code of the tag's name (name-code.ts). */
  tag = 0;
  readonly #codes: number[] = [];
  /** Start and end of each attribute's value, in turn. */
  readonly #values: number[] = [];
  #attributes = 0;
  /** How many places of the two lists are of the tag at hand. A tag writes over the last one's: emptying a list costs more than filling it. */
  #kept = 0;
  #at = 0;
  #rawIn = 0;
  /** Where the next `--!>` stands; -1 = there is none, -2 = not looked for. Remembered, or each comment would search the rest. */
  #bangEnd = -2;

  constructor(html: string) {
    this.html = html;
  }

  /** Whether the attributes of the tag at hand were too many. */
  get attributesCut(): boolean {
    return this.#attributes > ATTRIBUTES_MAX;
  }

  /** Index of the attribute with this code, or -1; of two with one name the first counts (§13.2.5.33). */
  find(code: number): number {
    for (let index = 0; index < this.#kept; index += 1)
      if (this.#codes[index] === code) return index;
    return -1;
  }

  /** The attribute's value as written, without references resolved; null when the tag has none of that name. */
  value(code: number): string | null {
    const index = this.find(code);
    return index < 0
      ? null
      : this.html.slice(this.#values[index * 2]!, this.#values[index * 2 + 1]!);
  }

  next(): number {
    if (this.#rawIn !== 0) return this.#readRaw();
    const { html } = this;
    let from = this.#at;
    let at = from;
    for (;;) {
      const less = html.indexOf('<', at);
      if (less < 0) return this.#text(from, html.length, html.length);
      const unit = html.charCodeAt(less + 1);
      const closing = unit === 47;
      if (isLetter(closing ? html.charCodeAt(less + 2) : unit)) {
        if (less > from) return this.#text(from, less, less);
        return this.#readTag(less, closing);
      }
      const declared = unit === 33 || unit === 63 || (closing && less + 2 < html.length);
      if (!declared) {
        at = less + 1;
        continue;
      }
      if (less > from) return this.#text(from, less, less);
      from = this.#skipDeclaration(less, unit);
      at = from;
    }
  }

  #text(start: number, end: number, at: number): number {
    this.#at = at;
    this.start = start;
    this.end = end;
    return start < end ? TOKEN.text : TOKEN.end;
  }

  /** Past a comment, doctype or bogus comment at `less`. */
  #skipDeclaration(less: number, unit: number): number {
    const { html } = this;
    const isComment = unit === 33 && html.startsWith('--', less + 2);
    if (!isComment) return after(html.indexOf('>', less + 2), 1, html.length);
    const inside = less + 4;
    if (html.startsWith('>', inside)) return inside + 1;
    if (html.startsWith('->', inside)) return inside + 2;
    const end = html.indexOf('-->', inside);
    if (this.#bangEnd !== -1 && this.#bangEnd < inside)
      this.#bangEnd = html.indexOf('--!>', inside);
    const bang = this.#bangEnd;
    if (bang >= 0 && (end < 0 || bang < end)) return bang + 4;
    return after(end, 3, html.length);
  }

  /** A start or end tag; one that the text ends in is dropped (§13.2.5.40 eof-in-tag). */
  #readTag(less: number, closing: boolean): number {
    const { html } = this;
    const nameStart = less + (closing ? 2 : 1);
    let at = nameStart + 1;
    for (;;) {
      const unit = html.charCodeAt(at);
      // NaN behind the end compares false with everything.
      if (unit === 62 || unit === 47 || isSpace(unit) || !(unit >= 0)) break;
      at += 1;
    }
    this.tag = nameCode(html, nameStart, at);
    this.#at = this.#readAttributes(at);
    if (this.#at < 0) {
      this.#at = html.length;
      return TOKEN.end;
    }
    if (closing) return TOKEN.close;
    if (this.tag === A.script || this.tag === A.plaintext || RAW_END.has(this.tag))
      this.#rawIn = this.tag;
    return TOKEN.open;
  }

  /** From behind the tag's name to behind its `>`; -1 when the text ends before (§13.2.5.32–40). */
  #readAttributes(from: number): number {
    const { html } = this;
    const length = html.length;
    this.#attributes = 0;
    this.#kept = 0;
    let at = from;
    for (;;) {
      let unit = html.charCodeAt(at);
      while (unit === 47 || isSpace(unit)) unit = html.charCodeAt(++at);
      if (unit === 62) return at + 1;
      if (at >= length) return -1;
      const nameStart = at;
      // A `=` in front belongs to the name.
      unit = html.charCodeAt(++at);
      while (at < length && unit !== 61 && unit !== 62 && unit !== 47 && !isSpace(unit))
        unit = html.charCodeAt(++at);
      const nameEnd = at;
      while (isSpace(unit)) unit = html.charCodeAt(++at);
      if (unit !== 61) {
        this.#keep(nameStart, nameEnd, at, at);
        continue;
      }
      unit = html.charCodeAt(++at);
      while (isSpace(unit)) unit = html.charCodeAt(++at);
      if (unit === 62) {
        this.#keep(nameStart, nameEnd, at, at);
        return at + 1;
      }
      if (unit === 34 || unit === 39) {
        const close = html.indexOf(unit === 34 ? '"' : "'", at + 1);
        if (close < 0) return -1;
        this.#keep(nameStart, nameEnd, at + 1, close);
        at = close + 1;
        continue;
      }
      const valueStart = at;
      while (at < length && unit !== 62 && !isSpace(unit)) unit = html.charCodeAt(++at);
      this.#keep(nameStart, nameEnd, valueStart, at);
    }
  }

  #keep(nameStart: number, nameEnd: number, start: number, end: number): void {
    this.#attributes += 1;
    if (this.#attributes > ATTRIBUTES_MAX) return;
    const place = this.#kept;
    this.#codes[place] = nameCode(this.html, nameStart, nameEnd);
    this.#values[place * 2] = start;
    this.#values[place * 2 + 1] = end;
    this.#kept = place + 1;
  }

  /** The characters up to the end tag of the element that was opened last, or all that is left. */
  #readRaw(): number {
    const name = this.#rawIn;
    this.#rawIn = 0;
    const from = this.#at;
    const end = name === A.script ? this.#scriptEnd(from) : this.#rawEnd(name, from);
    this.#text(from, end, end);
    return from < end ? TOKEN.raw : this.next();
  }

  #rawEnd(name: number, from: number): number {
    const pattern = RAW_END.get(name);
    // After `<plaintext>` everything is text.
    if (pattern === undefined) return this.html.length;
    pattern.lastIndex = from;
    return pattern.exec(this.html)?.index ?? this.html.length;
  }

  #scriptEnd(from: number): number {
    const { html } = this;
    let escaped = false;
    let twice = false;
    SCRIPT_STEP.lastIndex = from;
    for (let step = SCRIPT_STEP.exec(html); step !== null; step = SCRIPT_STEP.exec(html)) {
      const unit = html.charCodeAt(step.index + 1);
      if (unit === 33) {
        escaped = true;
        // The two dashes may be those of `-->` already.
        SCRIPT_STEP.lastIndex = step.index + 2;
      } else if (unit === 45) {
        escaped = false;
        twice = false;
      } else if (unit === 47) {
        if (!twice) return step.index;
        twice = false;
      } else if (escaped) twice = true;
    }
    return html.length;
  }
}

const after = (found: number, width: number, length: number): number =>
  found < 0 ? length : found + width;

const isLetter = (unit: number): boolean =>
  (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);

const isSpace = (unit: number): boolean =>
  unit === 32 || unit === 10 || unit === 9 || unit === 13 || unit === 12;
