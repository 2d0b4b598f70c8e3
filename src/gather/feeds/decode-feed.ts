/** Decodes a feed: BOM, then strict UTF-8, then what the header or the XML declaration says, then GB18030. */
export function decodeFeed(body: Uint8Array, contentType: string): string {
  if (body[0] === 0xff && body[1] === 0xfe) return new TextDecoder('utf-16le').decode(body);
  if (body[0] === 0xfe && body[1] === 0xff) return new TextDecoder('utf-16be').decode(body);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    return new TextDecoder(declaredCharset(body, contentType)).decode(body);
  }
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
