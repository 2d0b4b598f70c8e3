/** What a picture's first bytes say. */
export interface PictureHead {
  readonly format: PictureFormat;
  readonly width: number;
  readonly height: number;
}
export type PictureFormat = 'png' | 'jpeg' | 'gif' | 'webp' | 'bmp';

/** Bytes of one picture; codes have some ten thousand. */
export const PICTURE_BYTES_MAX = 3 * 1024 * 1024;
/** Pixels of one picture: four bytes each, several copies while it is looked at. A photo of a phone has twelve million. */
export const PIXELS_MAX = 12_000_000;
export const SIDE_MAX = 12_000;

/** Why a picture is not decoded, in Chinese. */
export class PictureRefused extends Error {}

/**
 * Format and size by signature and header, whatever the server or the name says. Throws {@link PictureRefused} for what is no picture, what
 * is too large in bytes or pixels (a few bytes can ask for gigabytes), and what has no size.
 */
export function sniffPicture(bytes: Uint8Array): PictureHead {
  if (bytes.byteLength > PICTURE_BYTES_MAX)
    throw new PictureRefused(`图片超过 ${PICTURE_BYTES_MAX / 1024 / 1024} MB，不解码`);
  const head = headOf(bytes, new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  if (head === null) throw new PictureRefused('不是 PNG、JPEG、GIF、WebP 或 BMP 图片');
  const { width, height } = head;
  if (width < 1 || height < 1) throw new PictureRefused('图片没有宽或高');
  if (width > SIDE_MAX || height > SIDE_MAX || width * height > PIXELS_MAX)
    throw new PictureRefused(`图片有 ${width}×${height} 像素，过大，不解码`);
  return head;
}

function headOf(bytes: Uint8Array, view: DataView): PictureHead | null {
  const length = bytes.byteLength;
  if (length < 12) return null;
  if (view.getUint32(0) === 0x89504e47 && length >= 24)
    return { format: 'png', width: view.getUint32(16), height: view.getUint32(20) };
  if (view.getUint32(0) === 0x47494638)
    return { format: 'gif', width: view.getUint16(6, true), height: view.getUint16(8, true) };
  if (view.getUint16(0) === 0x424d && length >= 26)
    return {
      format: 'bmp',
      width: Math.abs(view.getInt32(18, true)),
      height: Math.abs(view.getInt32(22, true)),
    };
  if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250 && length >= 30)
    return webpHead(view);
  return view.getUint16(0) === 0xffd8 ? jpegHead(view) : null;
}

/** VP8 (RFC 6386 §9.1), VP8L and VP8X headers. */
function webpHead(view: DataView): PictureHead | null {
  const kind = view.getUint32(12);
  if (kind === 0x56503820)
    return {
      format: 'webp',
      width: view.getUint16(26, true) & 0x3fff,
      height: view.getUint16(28, true) & 0x3fff,
    };
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { format: 'webp', width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (kind !== 0x56503858) return null;
  const at = (offset: number): number =>
    view.getUint8(offset) | (view.getUint8(offset + 1) << 8) | (view.getUint8(offset + 2) << 16);
  return { format: 'webp', width: at(24) + 1, height: at(27) + 1 };
}

/** Segments looked at until the frame header (ITU-T T.81 §B.2.2): profiles and previews stand before it. */
const SEGMENTS_MAX = 500;

function jpegHead(view: DataView): PictureHead | null {
  let at = 2;
  for (let segments = 0; segments < SEGMENTS_MAX && at + 9 < view.byteLength; segments += 1) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return { format: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return null;
}
