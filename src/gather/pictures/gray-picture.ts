import type { Pixels } from './decode-picture.ts';

/** Brightness 0–255, row by row. */
export interface GrayPicture {
  readonly width: number;
  readonly height: number;
  readonly gray: Uint8Array;
}

/** Brightness of a picture laid on white (ITU-R BT.601 weights, in 1/1024). */
export function grayOf({ width, height, data }: Pixels): GrayPicture {
  const gray = new Uint8Array(width * height);
  for (let at = 0, from = 0; at < gray.length; at += 1, from += 4) {
    const light = (data[from]! * 306 + data[from + 1]! * 601 + data[from + 2]! * 117) >> 10;
    const alpha = data[from + 3]!;
    gray[at] = alpha === 255 ? light : 255 - ((255 - light) * alpha) / 255;
  }
  return { width, height, gray };
}

/** Each pixel `times` wide and high: small modules get enough pixels, edges stay sharp. */
export function enlarged({ width, height, gray }: GrayPicture, times: number): GrayPicture {
  const wide = width * times;
  const out = new Uint8Array(wide * height * times);
  for (let y = 0; y < height; y += 1) {
    const row = y * times * wide;
    for (let x = 0; x < width; x += 1)
      out.fill(gray[y * width + x]!, row + x * times, row + (x + 1) * times);
    for (let copy = 1; copy < times; copy += 1) out.copyWithin(row + copy * wide, row, row + wide);
  }
  return { width: wide, height: height * times, gray: out };
}

/** The mean of every `by` × `by` pixels: noise of cameras and of JPEG goes. */
export function reduced({ width, height, gray }: GrayPicture, by: number): GrayPicture {
  const [narrow, low] = [Math.floor(width / by), Math.floor(height / by)];
  const out = new Uint8Array(narrow * low);
  for (let y = 0; y < low; y += 1)
    for (let x = 0; x < narrow; x += 1) {
      let sum = 0;
      for (let down = 0; down < by; down += 1)
        for (let along = 0; along < by; along += 1)
          sum += gray[(y * by + down) * width + x * by + along]!;
      out[y * narrow + x] = sum / (by * by);
    }
  return { width: narrow, height: low, gray: out };
}

/** With a border as bright as the picture's own edge is on the whole: a code cut to its last module gets its quiet zone back. */
export function framed({ width, height, gray }: GrayPicture, border: number): GrayPicture {
  const wide = width + border * 2;
  const out = new Uint8Array(wide * (height + border * 2)).fill(edgeOf({ width, height, gray }));
  for (let y = 0; y < height; y += 1)
    out.set(gray.subarray(y * width, (y + 1) * width), (y + border) * wide + border);
  return { width: wide, height: height + border * 2, gray: out };
}

/** White round dark codes on a light ground, black round inverted ones: three corners of a code are solid finder patterns. */
function edgeOf({ width, height, gray }: GrayPicture): number {
  const corners = [0, width - 1, (height - 1) * width].map((at) => gray[at]!);
  const isInverted = corners.filter((value) => value > 128).length >= 2 && darkShare(gray) > 0.5;
  return isInverted ? 0 : 255;
}

function darkShare(gray: Uint8Array): number {
  let dark = 0;
  for (const value of gray) if (value < 128) dark += 1;
  return dark / gray.length;
}

/** Shares of the darkest and brightest pixels that count as black and white. */
const CLIPPED = 0.02;

/** From the darkest to the brightest the whole range: faint codes (light grey on white) stand out. */
export function stretched(picture: GrayPicture): GrayPicture {
  const { gray } = picture;
  const counts = new Uint32Array(256);
  for (const value of gray) counts[value]! += 1;
  const low = quantile(counts, gray.length * CLIPPED);
  const high = quantile(counts, gray.length * (1 - CLIPPED));
  if (high - low < 4) return picture;
  const scale = 255 / (high - low);
  const table = Uint8Array.from(counts, (_, value) =>
    Math.max(0, Math.min(255, Math.round((value - low) * scale))),
  );
  return { ...picture, gray: gray.map((value) => table[value]!) };
}

function quantile(counts: Uint32Array, wanted: number): number {
  let sum = 0;
  for (let value = 0; value < 256; value += 1) {
    sum += counts[value]!;
    if (sum > wanted) return value;
  }
  return 255;
}

export const inverted = (picture: GrayPicture): GrayPicture => ({
  ...picture,
  gray: picture.gray.map((value) => 255 - value),
});

/** As readers of codes want it. */
export function rgbaOf({ width, height, gray }: GrayPicture): {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
} {
  const words = new Uint32Array(gray.length);
  for (let at = 0; at < gray.length; at += 1) words[at] = 0xff00_0000 | (gray[at]! * 0x01_0101);
  return { width, height, data: new Uint8ClampedArray(words.buffer) };
}
