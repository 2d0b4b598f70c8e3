import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import encodeWebp, { init as initWebp } from '@jsquash/webp/encode.js';
import jpeg from 'jpeg-js';
import { GifWriter } from 'omggif';
import { PNG } from 'pngjs';
import type { Format } from './draw-code.ts';

/** RGBA, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** A picture's file and its type. */
export async function encodePicture(raster: Raster, format: Format): Promise<Uint8Array> {
  switch (format) {
    case 'png': {
      const png = new PNG({ width: raster.width, height: raster.height });
      png.data = Buffer.from(raster.data);
      return PNG.sync.write(png);
    }
    case 'jpeg':
      return jpeg.encode({ ...raster, data: Buffer.from(raster.data) }, 75).data;
    case 'jpeg-coarse':
      return jpeg.encode({ ...raster, data: Buffer.from(raster.data) }, 28).data;
    case 'gif':
      return encodeGif(raster);
    case 'webp':
      return encodeAsWebp(raster);
    case 'bmp':
      return encodeBmp(raster);
  }
}

/** Eight levels of each channel in 256 colours would be noise; codes have few: four levels each. */
function encodeGif({ width, height, data }: Raster): Uint8Array {
  const palette: number[] = [];
  for (let index = 0; index < 64; index += 1)
    palette.push(
      (((index >> 4) * 85) << 16) | ((((index >> 2) & 3) * 85) << 8) | ((index & 3) * 85),
    );
  const out = new Uint8Array(width * height * 2 + 2_000);
  const writer = new GifWriter(out as Buffer, width, height, { palette });
  const indexed = Array.from({ length: width * height }, (_, at) => {
    const level = (channel: number): number => Math.round(data[at * 4 + channel]! / 85);
    return (level(0) << 4) | (level(1) << 2) | level(2);
  });
  writer.addFrame(0, 0, width, height, indexed);
  return out.slice(0, writer.end());
}

function encodeBmp({ width, height, data }: Raster): Uint8Array {
  const rowBytes = Math.ceil((width * 24) / 32) * 4;
  const out = Buffer.alloc(54 + rowBytes * height);
  out.write('BM', 0, 'latin1');
  out.writeUInt32LE(out.byteLength, 2);
  out.writeUInt32LE(54, 10);
  out.writeUInt32LE(40, 14);
  out.writeInt32LE(width, 18);
  out.writeInt32LE(height, 22);
  out.writeUInt16LE(1, 26);
  out.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = ((height - 1 - y) * width + x) * 4;
      out.set([data[from + 2]!, data[from + 1]!, data[from]!], 54 + y * rowBytes + x * 3);
    }
  return out;
}

let ready: Promise<void> | null = null;

async function encodeAsWebp({ width, height, data }: Raster): Promise<Uint8Array> {
  ready ??= (async () => {
    const path = fileURLToPath(import.meta.resolve('@jsquash/webp/codec/enc/webp_enc_simd.wasm'));
    await initWebp({ wasmBinary: Uint8Array.from(await readFile(path)).buffer });
  })();
  await ready;
  const pixels = { width, height, data: Uint8ClampedArray.from(data), colorSpace: 'srgb' as const };
  return new Uint8Array(await encodeWebp(pixels as never, { quality: 80 }));
}
