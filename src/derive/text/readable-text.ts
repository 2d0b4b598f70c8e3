import { readMarkup } from './read-markup.ts';

/**
 * A text as its checks read it: without markup, zero-width characters and blanks between Chinese characters, full-width letters and
 * digits and radicals folded, and for each of its UTF-16 units where it stands in the raw input.
 */
export interface ReadableText {
  readonly text: string;
  /** Per unit of `text`: first code point of its source in the raw input, and one past the last. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 = blanks were left out before this unit: what spans it may be two cells of a table. */
  readonly gaps: Uint8Array;
  /** Stretches of `text` that are more or less than ordinary body text, in order of their starts. */
  readonly zones: readonly Zone[];
}

export type ZoneKind = 'title' | 'code' | 'quote' | 'letter';
export interface Zone {
  readonly kind: ZoneKind;
  readonly start: number;
  readonly end: number;
}

/** A stretch of the raw input (UTF-16 offsets) that is text, or that stands for the text `instead` (an entity, a line break). */
export interface RawPart {
  readonly from: number;
  readonly to: number;
  readonly instead?: string;
  readonly zone?: ZoneKind;
}

export function readPlain(raw: string): ReadableText {
  return fold(raw, [{ from: 0, to: raw.length }], false);
}

/** The words of an HTML page; scripts, styles and comments are left out, blocks are parted by line breaks. */
export function readHtml(raw: string): ReadableText {
  return fold(raw, readMarkup(raw), true);
}

const SNIFFED = 100_000;
const TAG =
  /<(?:!doctype|html|head|body|title|meta|div|p|br|span|table|tr|td|ul|ol|li|a|h[1-6]|font|strong|b|em|i|img|section|article|script|pre|code|blockquote)[\s/>]/i;

/** Whether an input is meant as HTML: it holds a tag of a page, not only a `<`. */
export function looksLikeHtml(raw: string): boolean {
  return TAG.test(raw.slice(0, SNIFFED));
}

const NEW_LINE = 10;
const SPACE = 32;
/** Classes of units; 0 = ordinary. */
const DROPPED = 1;
const BLANK = 2;
const HAN = 3;
const FOLDED = 4;
const CLASSES = classes();

function classes(): Uint8Array {
  const table = new Uint8Array(65_536);
  const set = (from: number, to: number, kind: number): void => void table.fill(kind, from, to + 1);
  set(0x3400, 0x9fff, HAN);
  // Zero-width characters and marks of direction, by which filters are evaded and which editors leave behind.
  for (const unit of [0x0d, 0xad, 0xfeff]) set(unit, unit, DROPPED);
  set(0x200b, 0x200f, DROPPED);
  set(0x2028, 0x202e, DROPPED);
  set(0x2060, 0x2064, DROPPED);
  for (const unit of [9, SPACE, 0xa0, 0x202f, 0x205f, 0x3000]) set(unit, unit, BLANK);
  set(0x2000, 0x200a, BLANK);
  // Full-width digits and letters, radicals (left by copying from PDF files), compatibility characters.
  set(0xff10, 0xff19, FOLDED);
  set(0xff21, 0xff3a, FOLDED);
  set(0xff41, 0xff5a, FOLDED);
  set(0x2e80, 0x2fdf, FOLDED);
  set(0xf900, 0xfaff, FOLDED);
  return table;
}

/** Radicals of the supplement that NFKC leaves as they are. */
const RADICALS: Readonly<Record<string, string>> = {
  '⺠': '民',
  '⻓': '长',
  '⻔': '门',
  '⻚': '页',
  '⻋': '车',
  '⻅': '见',
};

function foldUnit(unit: number): number {
  const character = String.fromCharCode(unit);
  return (RADICALS[character] ?? character.normalize('NFKC')).charCodeAt(0);
}

function fold(raw: string, parts: readonly RawPart[], html: boolean): ReadableText {
  const room = parts.reduce((sum, part) => sum + (part.instead?.length ?? part.to - part.from), 0);
  const into = new Folded(room);
  const codePointAt = codePointIndex(raw);
  const zones: Zone[] = [];
  for (const part of parts) {
    const start = into.length;
    if (part.instead === undefined) {
      for (let at = part.from; at < part.to; at += 1)
        into.add(raw.charCodeAt(at), codePointAt(at), codePointAt(at + 1), html);
    } else {
      for (let at = 0; at < part.instead.length; at += 1)
        into.add(part.instead.charCodeAt(at), codePointAt(part.from), codePointAt(part.to), false);
    }
    if (part.zone && into.length > start) zones.push({ kind: part.zone, start, end: into.length });
  }
  return into.result(zones);
}

/** The code points before a UTF-16 offset. */
function codePointIndex(raw: string): (offset: number) => number {
  if (!/[\ud800-\udbff]/.test(raw)) return (offset) => offset;
  const before = new Int32Array(raw.length + 1);
  let count = 0;
  for (let at = 0; at < raw.length; at += 1) {
    before[at] = count;
    const unit = raw.charCodeAt(at);
    const pair = unit >= 0xd800 && unit < 0xdc00 && isLowSurrogate(raw.charCodeAt(at + 1));
    count += 1;
    if (pair) before[++at] = count;
  }
  before[raw.length] = count;
  return (offset) => before[offset]!;
}

const isLowSurrogate = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;

/** The text while it is put together. */
class Folded {
  length = 0;
  private readonly units: Uint16Array;
  private readonly starts: Int32Array;
  private readonly ends: Int32Array;
  private readonly gaps: Uint8Array;
  private blank = false;
  private last = NEW_LINE;

  /** `room` = units at most: what is left out makes room for the blanks that are put in. */
  constructor(room: number) {
    this.units = new Uint16Array(room);
    this.starts = new Int32Array(room);
    this.ends = new Int32Array(room);
    this.gaps = new Uint8Array(room);
  }

  /** Adds a unit, folded; line breaks of HTML source are blanks. */
  add(unit: number, start: number, end: number, breaksAreBlank: boolean): void {
    const kind = CLASSES[unit]!;
    if (kind === DROPPED) return;
    if (kind === BLANK || (unit === NEW_LINE && breaksAreBlank)) {
      this.blank = true;
      return;
    }
    if (unit === NEW_LINE) {
      if (this.last !== NEW_LINE) this.put(unit, start, end, 0);
      this.blank = false;
      return;
    }
    const folded = kind === FOLDED ? foldUnit(unit) : unit;
    const gap = this.blank && this.last !== NEW_LINE;
    this.blank = false;
    if (gap && !(CLASSES[folded] === HAN && CLASSES[this.last] === HAN))
      this.put(SPACE, start, start, 0);
    this.put(folded, start, end, gap ? 1 : 0);
  }

  private put(unit: number, start: number, end: number, gap: number): void {
    this.units[this.length] = unit;
    this.starts[this.length] = start;
    this.ends[this.length] = end;
    this.gaps[this.length] = gap;
    this.length += 1;
    this.last = unit;
  }

  result(zones: readonly Zone[]): ReadableText {
    return {
      text: new TextDecoder('utf-16le').decode(this.units.subarray(0, this.length)),
      starts: this.starts.subarray(0, this.length),
      ends: this.ends.subarray(0, this.length),
      gaps: this.gaps.subarray(0, this.length),
      zones,
    };
  }
}
