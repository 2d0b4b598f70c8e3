import { crc32, deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CODE_LOOKS } from '../../testing/accounts/draw-code.ts';
import { makePicture } from '../../testing/accounts/serve-made-web.ts';
import { CodePool } from './code-pool.ts';
import { PICTURE_BYTES_MAX } from './sniff-picture.ts';

const PAYLOAD = 'http://weixin.qq.com/r/mp/7ENJ5HLEb9r0rbGy9xFX';

let pool: CodePool;
beforeAll(() => {
  pool = new CodePool();
});
afterAll(() => pool[Symbol.asyncDispose]());

const chunk = (name: string, data: Uint8Array): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.byteLength, 0);
  head.write(name, 4, 'latin1');
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), data])), 0);
  return Buffer.concat([head, data, sum]);
};

/** A PNG of `width` × `height` whose data unpack to `unpacked` zero bytes. */
function png(width: number, height: number, unpacked: number, interlaced = false): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, interlaced ? 1 : 0], 8);
  const data = deflateSync(Buffer.alloc(unpacked));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    ...[chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', new Uint8Array())],
  ]);
}

const gif = (width: number, height: number, frameWidth: number): Buffer => {
  const bytes = Buffer.from(
    'GIF89a____\x80\x00\x00______\x2c\0\0\0\0____\x00\x02\x02\x44\x01\x00\x3b',
    'latin1',
  );
  bytes.writeUInt16LE(width, 6);
  bytes.writeUInt16LE(height, 8);
  bytes.writeUInt16LE(frameWidth, 24);
  bytes.writeUInt16LE(frameWidth, 26);
  return bytes;
};

describe('codes of pictures', () => {
  it.each(CODE_LOOKS)('a code that is %s', async (_, look, format) => {
    const bytes = await makePicture({ path: '/x', payloads: [PAYLOAD], look, format });
    expect(await pool.read(bytes)).toEqual({ codes: [PAYLOAD], refused: null });
  });

  it('several codes of one picture', async () => {
    const payloads = [PAYLOAD, 'https://weibo.com/u/1234567890', 'https://v.douyin.com/abc/'];
    const look = { module: 5, quiet: 4 };
    const bytes = await makePicture({ path: '/x', payloads, look, format: 'jpeg' });
    expect(new Set((await pool.read(bytes)).codes)).toEqual(new Set(payloads));
  });

  it('a picture without a code has none, and is not refused', async () => {
    expect(await pool.read(png(60, 60, 61 * 60))).toEqual({ codes: [], refused: null });
  });

  it.each([
    ['words', Buffer.from('<html>这不是图片，虽然名字叫 qr.png</html>'), '不是 PNG'],
    ['nothing', Buffer.alloc(0), '不是 PNG'],
    ['a file that is too long', Buffer.alloc(PICTURE_BYTES_MAX + 1), '超过 3 MB'],
    ['a PNG of a thousand million pixels', png(40_000, 30_000, 10), '过大'],
    ['a PNG that unpacks to more than it says', png(10, 10, 400_000_000), '远大于'],
    ['the same, interlaced', png(10, 10, 100_000_000, true), '远大于'],
    ['a PNG cut off', png(100, 100, 10_100).subarray(0, 60), '解不开'],
    ['a GIF whose frame is larger than itself', gif(10, 10, 65_000), ''],
    ['a JPEG of nothing', Buffer.from('ffd8ffc0000b08fffffffff0000000', 'hex'), '过大'],
    [
      'a BMP that is not whole',
      Buffer.from(
        `BM${'\0'.repeat(12)}(\0\0\0\x64\0\0\0\x64\0\0\0\x01\0\x18\0${'\0'.repeat(24)}`,
        'latin1',
      ),
      'BMP',
    ],
  ])('%s is refused, and the next picture is read', async (_, bytes, reason) => {
    const reading = await pool.read(bytes);
    expect(reading.codes).toEqual([]);
    expect(reading.refused ?? '').toContain(reason);
    const look = { module: 4, quiet: 4 };
    const next = await makePicture({ path: '/n', payloads: [PAYLOAD], look, format: 'png' });
    expect((await pool.read(next)).codes).toEqual([PAYLOAD]);
  });

  it('a picture that takes too long ends its thread, not the others', async () => {
    await using hasty = new CodePool({ limitMs: 1 });
    const reading = await hasty.read(png(3_400, 3_400, 3_401 * 3_400));
    expect(reading.refused).toContain('不再等');
  });
});
