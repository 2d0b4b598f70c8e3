import { describe, expect, it } from 'vitest';
import { PICTURE_SIDE_MAX, sniffPicture } from './sniff-picture.ts';

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(
    parts.flatMap((part) =>
      typeof part === 'string' ? [...part].map((letter) => letter.charCodeAt(0)) : part,
    ),
  );
const u32 = (value: number): number[] => [24, 16, 8, 0].map((bits) => (value >>> bits) & 0xff);
const png = (width: number, height: number): Uint8Array =>
  bytes('\x89PNG\r\n\x1a\n', u32(13), 'IHDR', u32(width), u32(height), [8, 6, 0, 0, 0]);
/** One comment, fill bytes, then the frame. */
const jpeg = (frame: number): Uint8Array =>
  bytes(
    ...[
      [0xff, 0xd8],
      [0xff, 0xe0, 0, 4, 1, 2],
      [0xff, 0xff, 0xff, frame, 0, 17, 8],
    ],
    ...[
      [0, 100, 1, 44],
      [3, 1, 0x22, 0],
    ],
  );
const webp = (head: string, body: readonly number[]): Uint8Array =>
  bytes('RIFF', [0, 0, 0, 0], 'WEBP', head, [0, 0, 0, 0], body);

describe('what a picture is by its bytes', () => {
  it.each([
    ['PNG', png(640, 480), { type: 'image/png', width: 640, height: 480 }],
    ['baseline JPEG', jpeg(0xc0), { type: 'image/jpeg', width: 300, height: 100 }],
    ['progressive JPEG', jpeg(0xc2), { type: 'image/jpeg', width: 300, height: 100 }],
    [
      'lossy WebP',
      webp('VP8 ', [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x41]),
      { type: 'image/webp', width: 640, height: 480 },
    ],
    [
      'lossless WebP',
      webp('VP8L', [0x2f, 0x7f, 0xc2, 0x77, 0x00, 0, 0, 0, 0, 0]),
      { type: 'image/webp', width: 640, height: 480 },
    ],
    [
      'extended WebP',
      webp('VP8X', [0, 0, 0, 0, 0x7f, 0x02, 0, 0xdf, 0x01, 0]),
      { type: 'image/webp', width: 640, height: 480 },
    ],
  ])('%s', (_name, given, found) => {
    expect(sniffPicture(given)).toEqual(found);
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['a page', bytes('<!doctype html><script>alert(1)</script>')],
    ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
    ['a GIF', bytes('GIF89a', [1, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0])],
    ['a PNG that ends after its signature', bytes('\x89PNG\r\n\x1a\n')],
    ['a PNG without IHDR', bytes('\x89PNG\r\n\x1a\n', u32(13), 'tEXt', u32(1), u32(1))],
    ['a PNG without pixels', png(0, 10)],
    ['a PNG that would fill memory', png(PICTURE_SIDE_MAX + 1, 10)],
    ['a JPEG without a frame', jpeg(0xc4)],
    ['a JPEG of fill bytes only', bytes([0xff, 0xd8], Array(4096).fill(0xff))],
    [
      'a JPEG whose segment ends nowhere',
      bytes([0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff, 0, 0, 0, 0, 0]),
    ],
    [
      'a JPEG whose segment has no length',
      bytes([0xff, 0xd8], Array(900).fill([0xff, 0xe0, 0, 0]).flat()),
    ],
    ['a RIFF that is a sound', bytes('RIFF', [0, 0, 0, 0], 'WAVEfmt ', Array(20).fill(0))],
    ['a WebP of an unknown head', webp('VP9 ', Array(10).fill(1))],
  ])('no picture: %s', (_name, given) => {
    expect(sniffPicture(given)).toBeNull();
  });

  it('reads a part of a larger buffer', () => {
    const large = new Uint8Array(100);
    large.set(png(3, 4), 40);
    expect(sniffPicture(large.subarray(40))).toMatchObject({ width: 3, height: 4 });
  });
});
