import type { WalkedLinkKind } from '../../domain/walk.ts';

/** One link of a page as its packed column holds it: whereto (urlKey) and how. */
export interface PackedLink {
  readonly key: number;
  readonly kind: WalkedLinkKind;
  readonly guessed: boolean;
}

const KINDS: readonly WalkedLinkKind[] = ['page', 'frame', 'image', 'asset', 'form'];
const BYTES = 8;
const GUESSED = 8;

/**
 * Links as eight bytes each, big-endian: a byte for kind (3 bits) and "guessed" (bit 3), then the 53-bit key in seven. A page's
 * hundred links take 800 bytes where their addresses take 6,000; the addresses stand once in `survey_url`.
 */
export function packLinks(links: readonly PackedLink[]): Uint8Array {
  const bytes = new Uint8Array(links.length * BYTES);
  const view = new DataView(bytes.buffer);
  links.forEach(({ key, kind, guessed }, index) => {
    const high = Math.floor(key / 4_294_967_296);
    const how = KINDS.indexOf(kind) | (guessed ? GUESSED : 0);
    view.setUint32(index * BYTES, (how << 24) | high);
    view.setUint32(index * BYTES + 4, key >>> 0);
  });
  return bytes;
}

export function unpackLinks(bytes: Uint8Array): PackedLink[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.byteLength / BYTES) }, (_, index) => {
    const high = view.getUint32(index * BYTES);
    const key = (high & 0xff_ffff) * 4_294_967_296 + view.getUint32(index * BYTES + 4);
    const how = high >>> 24;
    return { key, kind: KINDS[how & 7] ?? 'page', guessed: (how & GUESSED) !== 0 };
  });
}
