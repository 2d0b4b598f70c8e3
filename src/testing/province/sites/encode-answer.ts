import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import type { SiteResponse } from './site-plan.ts';
import type { CharsetForm, SiteTraits } from './traits.ts';

const GBK_FORMS: readonly CharsetForm[] = ['gbk', 'gbkHeader', 'gbkSaysUtf8', 'gbkBare'];

/** What a text is sent as. */
export type TextKind = 'html' | 'script' | 'json' | 'css' | 'plain' | 'xml';

const TYPES: Readonly<Record<TextKind, string>> = {
  html: 'text/html',
  script: 'application/javascript',
  json: 'application/json; charset=utf-8',
  css: 'text/css',
  plain: 'text/plain; charset=utf-8',
  xml: 'application/xml',
};

function encodeText(text: string, kind: TextKind, charset: CharsetForm): Buffer {
  const follows = kind === 'html' || kind === 'script';
  if (follows && GBK_FORMS.includes(charset)) return iconv.encode(text, 'gbk');
  const marked = kind === 'html' && charset === 'utf8Bom';
  return Buffer.from(marked ? `\u{feff}${text}` : text, 'utf8');
}

function contentType(kind: TextKind, charset: CharsetForm, seed: number): string {
  if (kind !== 'html') return TYPES[kind];
  if (charset === 'gbkHeader') return 'text/html; charset=GBK';
  return charset === 'utf8' && seed % 2 === 0 ? 'text/html;charset=UTF-8' : 'text/html';
}

export type Coding = 'identity' | 'gzip' | 'br';

/** The coding that the site uses for a client that accepts `accepted`. */
export function chooseCoding(traits: SiteTraits, accepted: string): Coding {
  if (traits.compress === 'br' && /\bbr\b/.test(accepted)) return 'br';
  if (traits.compress !== 'none' && /\bgzip\b/.test(accepted)) return 'gzip';
  return 'identity';
}

/** Small windows: pages are small, and the server makes them by the thousand. */
const BROTLI = { [constants.BROTLI_PARAM_QUALITY]: 3, [constants.BROTLI_PARAM_LGWIN]: 15 };

const compress = (body: Buffer, coding: Coding): Buffer => {
  if (coding === 'gzip') return gzipSync(body, { level: 4, memLevel: 6, windowBits: 13 });
  if (coding !== 'br') return body;
  return brotliCompressSync(body, { params: BROTLI });
};

/** A copy of just its size: compressors hand out slices of blocks several times as large. */
function trim(body: Buffer): Buffer {
  const exact = Buffer.allocUnsafeSlow(body.length);
  body.copy(exact);
  return exact;
}

export interface AnswerSetting {
  readonly traits: SiteTraits;
  readonly seed: number;
  readonly coding: Coding;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A text as the site sends it: in its charset, under its declaration, compressed as agreed. */
export function encodeAnswer(text: string, kind: TextKind, setting: AnswerSetting): SiteResponse {
  const { traits, coding } = setting;
  const body = trim(compress(encodeText(text, kind, traits.charset), coding));
  const chunked = traits.chunked && kind === 'html';
  return {
    status: setting.status ?? 200,
    headers: {
      'content-type': contentType(kind, traits.charset, setting.seed),
      ...(coding === 'identity' ? {} : { 'content-encoding': coding, vary: 'Accept-Encoding' }),
      ...(chunked ? {} : { 'content-length': String(body.length) }),
      ...setting.headers,
    },
    body,
    chunked,
  };
}
