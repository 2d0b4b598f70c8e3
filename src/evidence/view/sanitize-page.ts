import { Parser } from 'htmlparser2';
import { safeStyle } from './safe-style.ts';

/** A piece of a rendered page. Markup is ours, from a closed list; text is not escaped yet. */
export type Piece =
  | { readonly kind: 'markup'; readonly html: string }
  | { readonly kind: 'text'; readonly text: string };

export interface SanitizedPage {
  readonly pieces: readonly Piece[];
  /** Something was left out because the page is too large or too deep. */
  readonly isCut: boolean;
}

/** Elements that are kept as themselves; everything else is left out, its content kept unless it is in {@link DROPPED}. */
const KEPT: ReadonlySet<string> = new Set([
  ...['div', 'p', 'span', 'section', 'article', 'header', 'footer', 'nav', 'main', 'aside'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'address'],
  ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th', 'blockquote', 'pre', 'code'],
  ...['b', 'i', 'em', 'strong', 'u', 's', 'del', 'ins', 'small', 'big', 'sub', 'sup', 'font'],
  ...['center', 'time', 'label', 'figure', 'figcaption', 'br', 'hr', 'legend'],
]);
const EMPTY: ReadonlySet<string> = new Set(['br', 'hr']);

/** Elements that go with all that is in them: what they hold is code, another document, or foreign markup. */
const DROPPED: ReadonlySet<string> = new Set([
  ...['script', 'style', 'title', 'iframe', 'frame', 'frameset', 'object', 'embed', 'applet'],
  ...['svg', 'math', 'template', 'noembed', 'noframes', 'xml', 'portal', 'fencedframe', 'canvas'],
]);

/** What stands for an element that would have loaded or asked for something. */
const PLACEHOLDERS: Readonly<Record<string, string>> = {
  img: '图片',
  image: '图片',
  video: '视频',
  audio: '音频',
};

/** Attributes that cannot name an address, by what their value must look like. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  colspan: /^\d{1,3}$/,
  rowspan: /^\d{1,3}$/,
  align: /^(left|right|center|justify)$/i,
  valign: /^(top|middle|bottom|baseline)$/i,
  dir: /^(ltr|rtl|auto)$/i,
  color: /^#?[\da-z]{1,20}$/i,
  bgcolor: /^#?[\da-z]{1,20}$/i,
};

/** A real page has some thousands; a browser slows down far above this. */
const PIECES_MAX = 200_000;
/** Browsers stop nesting at 512. */
const DEPTH_MAX = 200;
const ALT_CHARACTERS_MAX = 200;
const ADDRESS_CHARACTERS_MAX = 500;

/**
 * An archived page as markup that can do nothing: no script, no address that a browser would follow or load, no style but plain
 * inline ones. What comes out is written anew from a closed list of elements, so no parser can read it differently.
 */
export function sanitizePage(html: string): SanitizedPage {
  const writer = new PageWriter();
  const parser = new Parser(
    {
      onopentag: (name, attributes) => writer.open(name.toLowerCase(), attributes),
      onclosetag: (name) => writer.close(name.toLowerCase()),
      ontext: (text) => writer.text(text),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  parser.end(html);
  return writer.end();
}

class PageWriter {
  readonly #pieces: Piece[] = [];
  /** What each open element of the page is closed with: '' where it was left out. */
  readonly #open: { readonly name: string; readonly closing: string }[] = [];
  #dropped = 0;
  #isCut = false;

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (DROPPED.has(name)) {
      this.#dropped += 1;
      this.#open.push({ name, closing: '' });
      return;
    }
    const markup = this.#dropped > 0 ? null : markupOf(name, attributes);
    // An element that is not begun is not ended either.
    const hasRoom = this.#open.length < DEPTH_MAX && this.#pieces.length < PIECES_MAX;
    if (!hasRoom) this.#isCut = true;
    if (markup !== null && hasRoom) this.#pieces.push({ kind: 'markup', html: markup.opening });
    this.#open.push({ name, closing: markup === null || !hasRoom ? '' : markup.closing });
  }

  close(name: string): void {
    const last = this.#open.at(-1);
    if (last === undefined || last.name !== name) return;
    this.#open.pop();
    if (DROPPED.has(name)) this.#dropped -= 1;
    if (last.closing !== '') this.#pieces.push({ kind: 'markup', html: last.closing });
  }

  /** The parser cuts text at every entity: what stands side by side is one piece. */
  text(text: string): void {
    if (this.#dropped > 0) return;
    const last = this.#pieces.at(-1);
    if (last?.kind === 'text')
      this.#pieces[this.#pieces.length - 1] = { kind: 'text', text: last.text + text };
    else if (this.#pieces.length < PIECES_MAX) this.#pieces.push({ kind: 'text', text });
    else this.#isCut = true;
  }

  end(): SanitizedPage {
    // What was never closed took the rest of the page with it.
    if (this.#dropped > 0) this.#isCut = true;
    for (const { closing } of this.#open.splice(0).reverse())
      if (closing !== '') this.#pieces.push({ kind: 'markup', html: closing });
    return { pieces: this.#pieces, isCut: this.#isCut };
  }
}

interface Markup {
  readonly opening: string;
  readonly closing: string;
}

function markupOf(name: string, attributes: Readonly<Record<string, string>>): Markup | null {
  const words = PLACEHOLDERS[name];
  if (words !== undefined) {
    const alt = (attributes.alt ?? '').trim().slice(0, ALT_CHARACTERS_MAX);
    const from = titleOf(attributes.src);
    const said = escapeText(alt === '' ? `［${words}］` : `［${words}：${alt}］`);
    return { opening: `<span class="gone"${from}>${said}</span>`, closing: '' };
  }
  if (name === 'input' || name === 'button' || name === 'select' || name === 'textarea')
    return formPart(name, attributes);
  if (name === 'a' || name === 'area')
    return { opening: `<span class="link"${titleOf(attributes.href)}>`, closing: '</span>' };
  if (name === 'option') return { opening: '<div>', closing: '</div>' };
  if (name === 'form' || name === 'fieldset' || name === 'details' || name === 'summary')
    return { opening: '<div>', closing: '</div>' };
  if (!KEPT.has(name)) return null;
  const kept = keptAttributes(attributes);
  return EMPTY.has(name)
    ? { opening: `<${name}${kept}>`, closing: '' }
    : { opening: `<${name}${kept}>`, closing: `</${name}>` };
}

/** A form's parts show what they say and can no longer be used. */
function formPart(name: string, attributes: Readonly<Record<string, string>>): Markup {
  if (name !== 'input') return { opening: '<span class="field">', closing: '</span>' };
  const isHidden = attributes.type?.toLowerCase() === 'hidden';
  const said = isHidden ? '' : (attributes.value ?? '') || (attributes.placeholder ?? '');
  const text = escapeText(said.slice(0, ALT_CHARACTERS_MAX));
  return { opening: isHidden ? '' : `<span class="field">${text}</span>`, closing: '' };
}

/** Where a link went, as words that appear under the pointer. */
function titleOf(address: string | undefined): string {
  const text = (address ?? '').trim().slice(0, ADDRESS_CHARACTERS_MAX);
  return text === '' ? '' : ` title="${escapeText(text)}"`;
}

function keptAttributes(attributes: Readonly<Record<string, string>>): string {
  const kept = Object.entries(ATTRIBUTES).flatMap(([name, form]) => {
    const value = attributes[name]?.trim();
    return value !== undefined && form.test(value) ? [` ${name}="${value}"`] : [];
  });
  const style = safeStyle(attributes.style ?? '');
  return kept.join('') + (style === '' ? '' : ` style="${escapeText(style)}"`);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the inside of an element or of a quoted attribute. */
export function escapeText(text: string): string {
  return text.replaceAll('\u0000', '').replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
