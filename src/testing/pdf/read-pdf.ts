import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PNG } from 'pngjs';

const run = promisify(execFile);
const MM_PER_POINT = 25.4 / 72;
const OUTPUT_MAX = 64 * 1024 * 1024;

/** A printed line: its words joined, its box in millimetres from the upper left corner of the page. */
export interface PrintedLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  /** Words with their own boxes: the cells of a table's row. */
  readonly words: readonly { readonly text: string; readonly left: number }[];
}

export interface PrintedPage {
  readonly width: number;
  readonly height: number;
  /** From top to bottom; what stands at one height is one line. */
  readonly lines: readonly PrintedLine[];
}

/** Reads the pages of a PDF back by measure (poppler's pdftotext). */
export async function readPdf(pdf: string): Promise<PrintedPage[]> {
  const { stdout } = await run('pdftotext', ['-bbox-layout', pdf, '-'], { maxBuffer: OUTPUT_MAX });
  return [...stdout.matchAll(/<page width="([\d.]+)" height="([\d.]+)">(.*?)<\/page>/gs)].map(
    ([, width, height, body = '']) => ({
      width: Number(width) * MM_PER_POINT,
      height: Number(height) * MM_PER_POINT,
      lines: linesOf(body),
    }),
  );
}

interface Word {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const WORD =
  /<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)<\/word>/g;

function linesOf(body: string): PrintedLine[] {
  const words = [...body.matchAll(WORD)]
    .map(([, left, top, right, bottom, text = '']): Word => {
      const mm = (points: string | undefined): number => Number(points) * MM_PER_POINT;
      return { text, left: mm(left), right: mm(right), top: mm(top), bottom: mm(bottom) };
    })
    .sort((a, b) => middle(a) - middle(b));
  const lines: Word[][] = [];
  for (const word of words) {
    const last = lines.at(-1)?.[0];
    // Half of the lower one of the two: lines of one paragraph are further apart, fonts of one line nearer.
    const near = last && Math.min(word.bottom - word.top, last.bottom - last.top) / 2;
    if (last && near !== undefined && middle(word) - middle(last) < near) lines.at(-1)?.push(word);
    else lines.push([word]);
  }
  return lines.map((line) => {
    const sorted = line.toSorted((a, b) => a.left - b.left);
    return {
      text: sorted.map(({ text }) => text).join(''),
      left: Math.min(...line.map(({ left }) => left)),
      right: Math.max(...line.map(({ right }) => right)),
      top: Math.min(...line.map(({ top }) => top)),
      bottom: Math.max(...line.map(({ bottom }) => bottom)),
      words: sorted.map(({ text, left }) => ({ text, left })),
    };
  });
}

const middle = ({ top, bottom }: Word): number => (top + bottom) / 2;

/** Pages as pictures (pdftoppm). */
export async function drawPdf(pdf: string, dpi: number): Promise<Buffer[]> {
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-drawn-'));
  try {
    await run('pdftoppm', ['-png', '-r', String(dpi), pdf, join(folder, 'page')]);
    const names = (await readdir(folder)).sort();
    return await Promise.all(names.map((name) => readFile(join(folder, name))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** For each row of pixels with something red, from where to where, in millimetres. */
export function redRows(
  png: Buffer,
  dpi: number,
): readonly { readonly top: number; readonly left: number; readonly right: number }[] {
  const { width, height, data } = PNG.sync.read(png);
  const mm = (pixels: number): number => (pixels / dpi) * 25.4;
  return Array.from({ length: height }, (_, y) => {
    const red = Array.from({ length: width }, (__, x) => x).filter((x) => {
      const at = (y * width + x) * 4;
      return data[at]! > 180 && data[at + 1]! < 110 && data[at + 2]! < 110;
    });
    return { top: mm(y), left: mm(red[0] ?? 0), right: mm((red.at(-1) ?? -1) + 1) };
  }).filter(({ left, right }) => right > left);
}
