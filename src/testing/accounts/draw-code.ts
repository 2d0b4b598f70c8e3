import qrcode from 'qrcode';
import type { Raster } from './encode-picture.ts';

/** What is done to a code before a page shows it. */
export interface CodeLook {
  /** Pixels of one module. */
  readonly module: number;
  /** Modules of quiet zone: four by the standard, none where somebody cut it off. */
  readonly quiet: number;
  readonly isInverted?: boolean;
  /** A picture in the middle, by share of the side. */
  readonly logo?: number;
  /** Brightness of dark and light modules; 0 and 255 unless faint. */
  readonly dark?: number;
  readonly light?: number;
  readonly degrees?: number;
  readonly isRound?: boolean;
  /** Colour of dark modules as red, green, blue. */
  readonly tint?: readonly [number, number, number];
  /** Amplitude of a grain over all pixels. */
  readonly grain?: number;
  readonly isTransparent?: boolean;
  /** Width and height of a poster that the code stands in. */
  readonly poster?: readonly [number, number];
}

/** Draws a QR code as pages have it. `random` gives the grain. */
export function drawCode(payload: string, look: CodeLook, random: () => number): Raster {
  const level = look.logo === undefined ? 'M' : 'H';
  const { modules } = qrcode.create(payload, { errorCorrectionLevel: level });
  const side = (modules.size + 2 * look.quiet) * look.module;
  const raster = blank(side, side, look.isTransparent === true ? 0 : 255);
  const [dark, light] = look.isInverted
    ? [look.light ?? 255, look.dark ?? 0]
    : [look.dark ?? 0, look.light ?? 255];
  fill(raster, look.isTransparent === true ? null : light);
  for (let y = 0; y < modules.size; y += 1)
    for (let x = 0; x < modules.size; x += 1)
      if (modules.get(y, x))
        drawModule(raster, x + look.quiet, y + look.quiet, dark, {
          ...look,
          isRound: look.isRound === true && !isFinder(x, y, modules.size),
        });
  if (look.logo !== undefined) drawLogo(raster, look.logo);
  let picture = raster;
  if (look.degrees !== undefined) picture = turned(picture, look.degrees, light);
  if (look.poster !== undefined) picture = onPoster(picture, look.poster, random);
  if (look.grain !== undefined) addGrain(picture, look.grain, random);
  return picture;
}

export function blank(width: number, height: number, alpha = 255): Raster {
  const data = new Uint8Array(width * height * 4).fill(255);
  if (alpha !== 255) for (let at = 3; at < data.length; at += 4) data[at] = alpha;
  return { width, height, data };
}

function fill({ data }: Raster, light: number | null): void {
  if (light === null) return;
  for (let at = 0; at < data.length; at += 4) data.fill(light, at, at + 3);
}

/** The three corner squares stay solid also in codes of dots. */
const isFinder = (x: number, y: number, size: number): boolean =>
  (x < 7 || x >= size - 7) && (y < 7 || y >= size - 7) && !(x >= size - 7 && y >= size - 7);

function drawModule(raster: Raster, x: number, y: number, dark: number, look: CodeLook): void {
  const size = look.module;
  const [red, green, blue] = look.tint ?? [dark, dark, dark];
  for (let down = 0; down < size; down += 1)
    for (let along = 0; along < size; along += 1) {
      const [dx, dy] = [along + 0.5 - size / 2, down + 0.5 - size / 2];
      if (look.isRound && dx * dx + dy * dy > (size / 2) ** 2 * 1.1) continue;
      const at = ((y * size + down) * raster.width + x * size + along) * 4;
      raster.data.set([red, green, blue, 255], at);
    }
}

/** A white square with a coloured disc: the badge of the account. */
function drawLogo(raster: Raster, share: number): void {
  const side = Math.round(raster.width * share);
  const from = Math.round((raster.width - side) / 2);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const isDisc = (x - side / 2) ** 2 + (y - side / 2) ** 2 < (side * 0.42) ** 2;
      const at = ((from + y) * raster.width + from + x) * 4;
      raster.data.set(isDisc ? [200, 40, 40, 255] : [255, 255, 255, 255], at);
    }
}

/** Nearest pixel, on a larger square of the ground's brightness. */
function turned(raster: Raster, degrees: number, light: number): Raster {
  const angle = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  const side = Math.ceil(raster.width * (Math.abs(sin) + Math.abs(cos)));
  const out = blank(side, side);
  fill(out, light);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const [dx, dy] = [x - side / 2, y - side / 2];
      const fromX = Math.round(cos * dx + sin * dy + raster.width / 2);
      const fromY = Math.round(-sin * dx + cos * dy + raster.height / 2);
      if (fromX < 0 || fromY < 0 || fromX >= raster.width || fromY >= raster.height) continue;
      const from = (fromY * raster.width + fromX) * 4;
      out.data.set(raster.data.subarray(from, from + 4), (y * side + x) * 4);
    }
  return out;
}

/** Somewhere on a coloured ground with bars, as posters have them. */
function onPoster(
  raster: Raster,
  [width, height]: readonly [number, number],
  random: () => number,
): Raster {
  const out = blank(Math.max(width, raster.width + 20), Math.max(height, raster.height + 20));
  for (let y = 0; y < out.height; y += 1)
    for (let x = 0; x < out.width; x += 1) {
      const shade = 120 + Math.round((60 * y) / out.height) + (Math.floor(x / 37) % 2) * 12;
      out.data.set([shade, shade + 30, 220, 255], (y * out.width + x) * 4);
    }
  const left = Math.floor(random() * (out.width - raster.width));
  const top = Math.floor(random() * (out.height - raster.height));
  paste(out, raster, left, top);
  return out;
}

export function paste(onto: Raster, raster: Raster, left: number, top: number): void {
  for (let y = 0; y < raster.height; y += 1)
    onto.data.set(
      raster.data.subarray(y * raster.width * 4, (y + 1) * raster.width * 4),
      ((top + y) * onto.width + left) * 4,
    );
}

function addGrain({ data }: Raster, amplitude: number, random: () => number): void {
  for (let at = 0; at < data.length; at += 4) {
    const by = Math.round((random() - 0.5) * 2 * amplitude);
    for (let channel = 0; channel < 3; channel += 1)
      data[at + channel] = Math.max(0, Math.min(255, data[at + channel]! + by));
  }
}

/** The looks that the made web shows, by name; every one of them a reader with a phone can scan. */
export const CODE_LOOKS: readonly (readonly [name: string, look: CodeLook, format: Format])[] = [
  ['plain', { module: 6, quiet: 4 }, 'png'],
  ['small', { module: 2, quiet: 2 }, 'png'],
  ['large', { module: 18, quiet: 4 }, 'jpeg'],
  ['cut', { module: 5, quiet: 0 }, 'png'],
  ['inverted', { module: 6, quiet: 4, isInverted: true }, 'png'],
  ['inverted and cut', { module: 5, quiet: 1, isInverted: true }, 'gif'],
  ['logo', { module: 6, quiet: 3, logo: 0.2 }, 'png'],
  ['logo, noisy', { module: 5, quiet: 2, logo: 0.18, grain: 25 }, 'jpeg'],
  ['faint', { module: 6, quiet: 4, dark: 168, light: 238 }, 'png'],
  ['faint, noisy', { module: 7, quiet: 3, dark: 120, light: 210, grain: 12 }, 'jpeg'],
  ['coarse', { module: 4, quiet: 2, grain: 40 }, 'jpeg-coarse'],
  ['turned', { module: 6, quiet: 4, degrees: 7 }, 'png'],
  ['on its side', { module: 5, quiet: 3, degrees: 90 }, 'bmp'],
  ['round', { module: 8, quiet: 3, isRound: true }, 'png'],
  ['green', { module: 6, quiet: 3, tint: [20, 130, 60] }, 'webp'],
  ['red, small', { module: 3, quiet: 2, tint: [180, 20, 30] }, 'gif'],
  ['transparent', { module: 6, quiet: 2, isTransparent: true }, 'png'],
  ['poster', { module: 5, quiet: 4, poster: [640, 900] }, 'jpeg'],
  ['wide poster', { module: 4, quiet: 3, poster: [1_000, 420] }, 'webp'],
  ['bitmap', { module: 4, quiet: 2 }, 'bmp'],
];
export type Format = 'png' | 'jpeg' | 'jpeg-coarse' | 'gif' | 'webp' | 'bmp';
