/** What a picture is by its bytes; sides in pixels. */
export interface SniffedPicture {
  readonly type: 'image/png' | 'image/jpeg' | 'image/webp';
  readonly width: number;
  readonly height: number;
}

/** Longer sides are no photograph or screenshot, and make whoever draws them run out of memory. */
export const PICTURE_SIDE_MAX = 20_000;
/** A JPEG has a dozen segments before its frame; more are not looked through. */
const SEGMENTS_MAX = 500;

/**
 * The kind and the size of a picture, by its own head and never by its name or its promised type; null for what is no PNG, JPEG
 * or WebP with a sensible size. Reads a bounded number of headers only: nothing is decoded.
 */
export function sniffPicture(bytes: Uint8Array): SniffedPicture | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = readPng(view) ?? readJpeg(view) ?? readWebp(view);
  if (found === null) return null;
  const { width, height } = found;
  const isSensible = Math.min(width, height) > 0 && Math.max(width, height) <= PICTURE_SIDE_MAX;
  return isSensible ? found : null;
}

const ascii = (view: DataView, at: number, length: number): string =>
  at + length > view.byteLength
    ? ''
    : String.fromCharCode(...new Uint8Array(view.buffer, view.byteOffset + at, length));

/** Signature, then the IHDR chunk: width and height (RFC 2083 §3.1, §4.1.1). */
function readPng(view: DataView): SniffedPicture | null {
  if (view.byteLength < 24 || ascii(view, 0, 8) !== '\x89PNG\r\n\x1a\n') return null;
  if (ascii(view, 12, 4) !== 'IHDR') return null;
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

/** Segments up to the frame header SOFn, which holds height and width (ITU-T T.81 §B.2.2). */
function readJpeg(view: DataView): SniffedPicture | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xff_d8) return null;
  let at = 2;
  for (let seen = 0; seen < SEGMENTS_MAX && at + 9 <= view.byteLength; seen += 1) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    // DHT, JPG and DAC share the range of the frame headers.
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame)
      return {
        type: 'image/jpeg',
        height: view.getUint16(at + 5),
        width: view.getUint16(at + 7),
      };
    // Fill bytes before a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}

/** RIFF container with one of three heads: lossy VP8, lossless VP8L, extended VP8X (RFC 9649). */
function readWebp(view: DataView): SniffedPicture | null {
  if (view.byteLength < 30 || ascii(view, 0, 4) !== 'RIFF' || ascii(view, 8, 4) !== 'WEBP')
    return null;
  const type = 'image/webp';
  const head = ascii(view, 12, 4);
  if (head === 'VP8 ')
    return {
      type,
      width: view.getUint16(26, true) & 0x3f_ff,
      height: view.getUint16(28, true) & 0x3f_ff,
    };
  if (head === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { type, width: (bits & 0x3f_ff) + 1, height: ((bits >>> 14) & 0x3f_ff) + 1 };
  }
  if (head !== 'VP8X') return null;
  const side = (at: number): number => view.getUint16(at, true) + (view.getUint8(at + 2) << 16) + 1;
  return { type, width: side(24), height: side(27) };
}
