/**
 * Decodes a feed: BOM, then strict UTF-8, then what the header or the XML declaration says, then GB18030. A feed in UTF-8 with a few
 * broken bytes (a title cut inside a character) stays in UTF-8: read as GB18030 all its titles would be gone.
 */
export function decodeFeed(body: Uint8Array, contentType: string): string {
  if (body[0] === 0xff && body[1] === 0xfe) return new TextDecoder('utf-16le').decode(body);
  if (body[0] === 0xfe && body[1] === 0xff) return new TextDecoder('utf-16be').decode(body);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    const loose = new TextDecoder('utf-8').decode(body);
    return isMostlyReadable(loose)
      ? loose
      : new TextDecoder(declaredCharset(body, contentType)).decode(body);
  }
}

/** Of Chinese characters to broken ones; in a feed of another charset hardly any byte pair makes a Chinese one. */
const READABLE_SHARE = 20;

function isMostlyReadable(text: string): boolean {
  let [chinese, broken] = [0, 0];
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0xfffd) broken += 1;
    else if (unit >= 0x4e00 && unit <= 0x9fff) chinese += 1;
  }
  return chinese > broken * READABLE_SHARE;
}

/** Charsets that a Chinese feed which is not UTF-8 can be in; anything else is read as GB18030. */
function declaredCharset(body: Uint8Array, contentType: string): 'big5' | 'gb18030' {
  const head = new TextDecoder('latin1').decode(body.subarray(0, 200));
  const declared =
    /charset=["']?([\w-]+)/i.exec(contentType)?.[1] ??
    /encoding=["']([\w-]+)/i.exec(head)?.[1] ??
    '';
  return /^big5/i.test(declared) ? 'big5' : 'gb18030';
}
