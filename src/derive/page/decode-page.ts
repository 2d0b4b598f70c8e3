/** Encodings that Chinese pages are found in; gb2312 and gbk are read as their superset. */
export type PageCharset = 'utf-8' | 'gb18030' | 'big5' | 'utf-16le' | 'utf-16be';

export interface DecodedPage {
  readonly text: string;
  readonly charset: PageCharset;
}

/** A meta tag may stand behind tens of thousands of bytes of script (page-patterns §5). */
const META_BYTES = 128 * 1024;

/**
 * BOM → HTTP header → `<meta>` (never the charset of a `<script src>`) → content. What was declared is believed only while the
 * bytes fit it: a wrong declaration shows as invalid sequences, and then the other reading is taken.
 */
export function decodePage(bytes: Uint8Array, contentType = ''): DecodedPage {
  const marked = byteOrderMark(bytes);
  if (marked) return { charset: marked, text: new TextDecoder(marked).decode(bytes) };
  const declared =
    known(/charset\s*=\s*["']?([\w-]+)/i.exec(contentType)?.[1]) ?? known(metaCharset(bytes));
  const asUtf8 = tryDecode('utf-8', bytes);
  // Valid UTF-8 with Chinese in it is no accident; pure ASCII is whatever was declared.
  if (
    asUtf8 !== null &&
    (declared === null || declared === 'utf-8' || /[^\p{ASCII}]/u.test(asUtf8))
  )
    return { charset: 'utf-8', text: asUtf8 };
  if (declared === 'big5' || declared === 'utf-16le' || declared === 'utf-16be')
    return { charset: declared, text: new TextDecoder(declared).decode(bytes) };
  const asGb = new TextDecoder('gb18030').decode(bytes);
  if (asUtf8 !== null) return { charset: declared ?? 'utf-8', text: asUtf8 };
  // Neither fits: a page cut in the middle of a character, or mixed by hand. The reading with less damage wins.
  const damagedUtf8 = new TextDecoder('utf-8').decode(bytes);
  return damage(damagedUtf8) < damage(asGb) / 2
    ? { charset: 'utf-8', text: damagedUtf8 }
    : {
        charset: preferGb(damagedUtf8, asGb),
        text: preferGb(damagedUtf8, asGb) === 'utf-8' ? damagedUtf8 : asGb,
      };
}

/** A few broken bytes at the end of a long UTF-8 page do not make it GB18030, which accepts nearly any bytes. */
function preferGb(asUtf8: string, asGb: string): 'utf-8' | 'gb18030' {
  const chinese = (asUtf8.match(/[\u4e00-\u9fff]/g) ?? []).length;
  return chinese > 20 && damage(asUtf8) * 50 < chinese
    ? 'utf-8'
    : damage(asGb) > chinese
      ? 'utf-8'
      : 'gb18030';
}

function damage(text: string): number {
  return (text.match(/\uFFFD/g) ?? []).length;
}

function tryDecode(charset: 'utf-8', bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function byteOrderMark(bytes: Uint8Array): PageCharset | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

/** The first charset in a real meta tag: comments and scripts are skipped. */
function metaCharset(bytes: Uint8Array): string | undefined {
  const head = new TextDecoder('latin1')
    .decode(bytes.subarray(0, META_BYTES))
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<script\b[\s\S]*?<\/script\s*>/gi, '');
  return /<meta\b[^>]*charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1];
}

function known(name: string | undefined): PageCharset | null {
  const folded = (name ?? '').toLowerCase().replace(/_/g, '-');
  if (folded === 'utf-8' || folded === 'utf8') return 'utf-8';
  if (/^(gb2312|gbk|gb18030|gb-2312|x-gbk|hz-gb-2312|cp936)$/.test(folded)) return 'gb18030';
  return /^big5/.test(folded) ? 'big5' : null;
}
