import { inflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { GifReader } from 'omggif';
import { PNG } from 'pngjs';
import { decodeBmp } from './decode-bmp.ts';
import { decodeWebp } from './decode-webp.ts';
import { type GrayPicture, grayOf } from './gray-picture.ts';
import { PIXELS_MAX, type PictureHead, PictureRefused, sniffPicture } from './sniff-picture.ts';

/** RGBA, row by row. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
}

/**
 * A picture's brightness, transparent parts on white. Bounded in bytes and pixels before anything is unpacked. Throws
 * {@link PictureRefused} with the reason for what is no picture, too large, or broken.
 */
export async function decodePicture(
  bytes: Uint8Array,
  head: PictureHead = sniffPicture(bytes),
): Promise<GrayPicture> {
  assertUnpacks(bytes, head);
  try {
    return grayOf(await decode(bytes, head));
  } catch (error) {
    if (error instanceof PictureRefused) throw error;
    throw new PictureRefused(`图片损坏，解不开（${head.format.toUpperCase()}）`, { cause: error });
  }
}

const JPEG_MEMORY_MB = 320;

async function decode(bytes: Uint8Array, head: PictureHead): Promise<Pixels> {
  switch (head.format) {
    case 'png':
      return decodePng(bytes);
    case 'jpeg':
      return jpeg.decode(bytes, {
        ...{ useTArray: true, formatAsRGBA: true, tolerantDecoding: true },
        ...{ maxResolutionInMP: PIXELS_MAX / 1_000_000, maxMemoryUsageInMB: JPEG_MEMORY_MB },
      });
    case 'gif':
      return decodeGif(bytes, head);
    case 'webp':
      return decodeWebp(bytes);
    case 'bmp':
      return decodeBmp(bytes, head);
  }
}

function decodePng(bytes: Uint8Array): Pixels {
  return PNG.sync.read(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
}

/**
 * Measures what a PNG unpacks to before any decoder does, for theirs have no limit of their own: three megabytes can hold three
 * gigabytes. Throws {@link PictureRefused}.
 */
export function assertUnpacks(bytes: Uint8Array, { format, width, height }: PictureHead): void {
  if (format !== 'png') return;
  try {
    inflateSync(imageData(bytes), { maxOutputLength: (width + 8) * (height + 8) * 8 });
  } catch (error) {
    const isBomb = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new PictureRefused(
      isBomb ? '图片解开后远大于它写明的尺寸，不解码' : '图片损坏，解不开（PNG）',
      { cause: error },
    );
  }
}

function imageData(bytes: Uint8Array): Buffer {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.byteLength; ) {
    const length = view.getUint32(at);
    if (view.getUint32(at + 4) === 0x49444154) parts.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return Buffer.concat(parts);
}

/** The first frame of an animation: codes do not move. */
function decodeGif(bytes: Uint8Array, head: PictureHead): Pixels {
  const reader = new GifReader(bytes as Buffer);
  const frame = reader.frameInfo(0);
  if (frame.width * frame.height > PIXELS_MAX || frame.x + frame.width > head.width)
    throw new PictureRefused('GIF 的一帧比整张图还大，不解码');
  const data = new Uint8Array(head.width * head.height * 4);
  reader.decodeAndBlitFrameRGBA(0, data);
  return { width: head.width, height: head.height, data };
}
