import type { Pixels } from './decode-picture.ts';
import { type PictureHead, PictureRefused } from './sniff-picture.ts';

const BITS = new Set([1, 4, 8, 24, 32]);

/** A Windows bitmap without compression (BITMAPINFOHEADER); others are refused, no page has them. */
export function decodeBmp(bytes: Uint8Array, { width, height }: PictureHead): Pixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headerBytes = view.getUint32(14, true);
  const bits = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  if (headerBytes < 40 || !BITS.has(bits) || (compression !== 0 && compression !== 3))
    throw new PictureRefused('不认识这种 BMP 图片');
  const isTopDown = view.getInt32(22, true) < 0;
  const rowBytes = Math.ceil((width * bits) / 32) * 4;
  const start = view.getUint32(10, true);
  if (start + rowBytes * height > bytes.byteLength) throw new PictureRefused('BMP 图片不完整');
  const palette = 14 + headerBytes;
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    const row = start + (isTopDown ? y : height - 1 - y) * rowBytes;
    for (let x = 0; x < width; x += 1) {
      const at = bits >= 24 ? row + x * (bits / 8) : palette + 4 * indexAt(bytes, row, x, bits);
      const to = (y * width + x) * 4;
      data[to] = bytes[at + 2] ?? 0;
      data[to + 1] = bytes[at + 1] ?? 0;
      data[to + 2] = bytes[at] ?? 0;
      data[to + 3] = 255;
    }
  }
  return { width, height, data };
}

function indexAt(bytes: Uint8Array, row: number, x: number, bits: number): number {
  if (bits === 8) return bytes[row + x]!;
  if (bits === 4) return (bytes[row + (x >> 1)]! >> (x % 2 === 0 ? 4 : 0)) & 15;
  return (bytes[row + (x >> 3)]! >> (7 - (x & 7))) & 1;
}
