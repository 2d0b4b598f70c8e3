/** Two-byte codes of GBK by character, made once from what the platform decodes. */
let table: ReadonlyMap<string, readonly [number, number]> | null = null;

function gbkTable(): ReadonlyMap<string, readonly [number, number]> {
  if (table) return table;
  const decoder = new TextDecoder('gbk');
  const made = new Map<string, readonly [number, number]>();
  for (let lead = 0x81; lead <= 0xfe; lead += 1) {
    for (let trail = 0x40; trail <= 0xfe; trail += 1) {
      if (trail === 0x7f) continue;
      const char = decoder.decode(Uint8Array.of(lead, trail));
      if ([...char].length === 1 && char !== '\ufffd' && !made.has(char))
        made.set(char, [lead, trail]);
    }
  }
  table = made;
  return made;
}

const hex = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

/** A form's value as a browser sends it from a page in this charset (WHATWG URL, percent-encode after encoding). */
export function encodeQuery(text: string, charset: string): string {
  if (!/^gb/iu.test(charset)) return encodeURIComponent(text);
  const codes = gbkTable();
  return [...text]
    .map((char) => codes.get(char)?.map(hex).join('') ?? encodeURIComponent(char))
    .join('');
}
