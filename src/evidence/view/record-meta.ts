import { decodePage } from '../../derive/page/decode-page.ts';
import type { ArchiveReading } from '../../store/archive/archive.ts';

export type RecordKind = 'html' | 'image' | 'text' | 'binary';

/** What an archived answer was, for people who look at it. */
export interface RecordMeta {
  readonly url: string;
  readonly status: number;
  readonly fetchedAt: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly contentType: string;
  /** As the gatherer read it; null for what is no text. */
  readonly charset: string | null;
  readonly bytes: number;
  readonly kind: RecordKind;
}

type Whole = Extract<ArchiveReading, { state: 'whole' }>;

const HEADERS_MAX = 100;
const HEADER_CHARACTERS_MAX = 2_000;
/** What of a body is looked at to tell what it is. */
const SNIFFED_BYTES = 4_096;
/** A cookie of the gatherer is nobody's evidence. */
const HIDDEN_HEADERS = /^(x-orig-)?(set-cookie2?|authorization|proxy-auth.*)$/i;

export function recordMeta({ place, record }: Whole): RecordMeta {
  const headers = headersOf(record.httpHead);
  // What was made by us has no HTTP head; its record names the type.
  const contentType =
    headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ??
    (record.type === 'resource' ? (record.fields.get('content-type') ?? '') : '');
  const kind = kindOf(record.payload, contentType);
  const isText = kind === 'html' || kind === 'text';
  return {
    url: place.url,
    status: place.status,
    fetchedAt: place.fetchedAt,
    headers,
    contentType,
    charset: isText ? decodePage(record.payload, contentType).charset : null,
    bytes: place.bodyBytes,
    kind,
  };
}

function headersOf(httpHead: string): (readonly [string, string])[] {
  return httpHead
    .split('\r\n')
    .slice(1)
    .flatMap((line) => {
      const colon = line.indexOf(':');
      if (colon <= 0) return [];
      const name = line.slice(0, colon);
      const value = HIDDEN_HEADERS.test(name) ? '（不显示）' : line.slice(colon + 1).trim();
      return [[name, value.slice(0, HEADER_CHARACTERS_MAX)] as const];
    })
    .slice(0, HEADERS_MAX);
}

/** Raster images that every browser decodes without running anything, by their first bytes. */
const IMAGES: readonly (readonly [string, RegExp])[] = [
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the signature of PNG
  ['image/png', /^\x89PNG\r\n\x1a\n/],
  ['image/jpeg', /^\xff\xd8\xff/],
  ['image/gif', /^GIF8[79]a/],
  ['image/webp', /^RIFF....WEBP/s],
];

/** The media type of a raster image, by its bytes, whatever was declared; null for anything else (SVG is text). */
export function rasterType(body: Uint8Array): string | null {
  const head = Buffer.from(body.subarray(0, 16)).toString('latin1');
  return IMAGES.find(([, form]) => form.test(head))?.[0] ?? null;
}

function kindOf(body: Uint8Array, contentType: string): RecordKind {
  if (rasterType(body) !== null) return 'image';
  const head = Buffer.from(body.subarray(0, SNIFFED_BYTES)).toString('latin1');
  const isWide = /^(\xff\xfe|\xfe\xff)/.test(head);
  if (head.includes('\0') && !isWide) return 'binary';
  if (
    /[/+]x?html/i.test(contentType) ||
    /<(!doctype|html|head|body|table|div|script)\b/i.test(head)
  )
    return 'html';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what no text holds
  const controls = head.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f]/g)?.length ?? 0;
  return isWide || controls === 0 ? 'text' : 'binary';
}
