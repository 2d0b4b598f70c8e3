import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { prepareZXingModule, type ReaderOptions, readBarcodes } from 'zxing-wasm/reader';
import { assertUnpacks, decodePicture } from './decode-picture.ts';
import {
  enlarged,
  framed,
  type GrayPicture,
  inverted,
  reduced,
  rgbaOf,
  stretched,
} from './gray-picture.ts';
import { PictureRefused, sniffPicture } from './sniff-picture.ts';

/** What came of one picture. */
export interface CodeReading {
  /** Texts of its QR codes, each once, at most {@link CODES_MAX}. */
  readonly codes: readonly string[];
  /** Why it was not looked at, in Chinese; null = it was. */
  readonly refused: string | null;
}

/** Codes taken of one picture: posters of a whole matrix of accounts have some thirty. */
export const CODES_MAX = 60;
/** Characters of one code's text; a QR code holds at most 4,296 (ISO/IEC 18004 §7.1). */
const TEXT_MAX = 2_000;

const LARGE = 1_400;
const SMALL = 260;
const TINY = 110;
/** A code has at least 21 modules a side. */
const SIDE_MIN = 21;
const READER: ReaderOptions = {
  ...{ formats: ['QRCode'], maxNumberOfSymbols: CODES_MAX, textMode: 'Plain' },
  ...{ tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true },
};

let ready: Promise<unknown> | null = null;

/** Reads the QR codes of a picture of any kind and quality. Never throws for what the picture is. */
export async function readCodes(bytes: Uint8Array): Promise<CodeReading> {
  ready ??= prepare();
  await ready;
  try {
    const head = sniffPicture(bytes);
    assertUnpacks(bytes, head);
    const codes = new Set<string>();
    // The reader decodes most formats itself, many times faster; only what hides a code needs the pixels.
    if (head.format !== 'webp') await take(codes, bytes, READER);
    if (codes.size === 0 || (codes.size === 1 && isRoomy(head)))
      await tryHarder(codes, await decodePicture(bytes, head));
    return { codes: [...codes], refused: null };
  } catch (error) {
    if (error instanceof PictureRefused) return { codes: [], refused: error.message };
    throw error;
  }
}

async function take(
  codes: Set<string>,
  input: Parameters<typeof readBarcodes>[0],
  options: ReaderOptions,
): Promise<void> {
  for (const { text, isValid } of await readBarcodes(input, options))
    if (isValid && text !== '' && text.length <= TEXT_MAX && codes.size < CODES_MAX)
      codes.add(printable(text));
}

/** The tries in order: as it is, then as what most often hides a code; each made only when those before found nothing. */
const TRIES: readonly (readonly [(picture: GrayPicture) => GrayPicture | null, ReaderOptions])[] = [
  [sized, READER],
  [(picture) => bordered(picture), READER],
  [(picture) => stretched(bordered(picture)), { ...READER, binarizer: 'GlobalHistogram' }],
  [(picture) => (sideOf(picture) <= SMALL ? null : reduced(framed(picture, 16), 2)), READER],
  [(picture) => inverted(bordered(picture)), { ...READER, tryDenoise: true }],
];

async function tryHarder(codes: Set<string>, picture: GrayPicture): Promise<void> {
  for (const [prepared, options] of TRIES) {
    const next = prepared(picture);
    if (next === null || Math.min(next.width, next.height) < SIDE_MIN) continue;
    await take(codes, rgbaOf(next), options);
    if (codes.size > 0) return;
  }
}

type Size = Pick<GrayPicture, 'width' | 'height'>;
const sideOf = ({ width, height }: Size): number => Math.max(width, height);

/** Nearly twice as wide as high, or the other way: room for two codes beside each other, of which one was not seen. */
const isRoomy = (size: Size): boolean =>
  sideOf(size) > 1.6 * Math.min(size.width, size.height) && sideOf(size) > SMALL;

/** Large photos smaller: a code that a reader is meant to scan is large in them. */
function sized(picture: GrayPicture): GrayPicture {
  const by = Math.floor(sideOf(picture) / LARGE);
  return by >= 2 ? reduced(picture, by) : picture;
}

function bordered(picture: GrayPicture): GrayPicture {
  const at = sized(picture);
  const side = sideOf(at);
  const border = Math.max(8, Math.round(side * 0.08));
  const times = side <= TINY ? 4 : side <= SMALL ? 3 : side <= 500 ? 2 : 1;
  return times === 1 ? framed(at, border) : enlarged(framed(at, border), times);
}

/** What some codes hold between their characters cannot be stored or shown. */
const printable = (text: string): string => text.replace(/[\p{Cc}\ufffd]/gu, ' ').trim();

async function prepare(): Promise<void> {
  // Left to itself it would fetch its program from a public server.
  const path = fileURLToPath(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm'));
  const program = await readFile(path);
  const wasmBinary = Uint8Array.from(program).buffer;
  await prepareZXingModule({
    overrides: { wasmBinary },
    fireImmediately: true,
  });
}
