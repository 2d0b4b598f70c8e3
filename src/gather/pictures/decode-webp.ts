import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import decode, { init } from '@jsquash/webp/decode.js';
import type { Pixels } from './decode-picture.ts';

/** The decoder hands its pixels to the browser's class of this name, which Node does not have. */
class PlainImageData {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
  constructor(data: Uint8ClampedArray, width: number, height: number) {
    this.data = data;
    this.width = width;
    this.height = height;
  }
}

let ready: Promise<void> | null = null;

/** A WebP picture, by libwebp in WebAssembly: whatever is wrong with the bytes stays inside its own memory. */
export async function decodeWebp(bytes: Uint8Array): Promise<Pixels> {
  ready ??= prepare();
  await ready;
  return decode(Uint8Array.from(bytes).buffer);
}

async function prepare(): Promise<void> {
  if (!('ImageData' in globalThis))
    Object.defineProperty(globalThis, 'ImageData', { value: PlainImageData, configurable: true });
  // Left to itself it would fetch its program over the network.
  const path = fileURLToPath(import.meta.resolve('@jsquash/webp/codec/dec/webp_dec.wasm'));
  const program = await readFile(path);
  await init({ wasmBinary: Uint8Array.from(program).buffer });
}
