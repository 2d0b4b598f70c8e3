import { execFile } from 'node:child_process';
import { constants, existsSync } from 'node:fs';
import { access, copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { UserError } from '../lib/pure/errors.ts';

/** Five thousand rows take LibreOffice some half a minute; one that hangs must not hang who asked. */
const PROGRAM_LIMIT_MS = 300_000;
/** More pages than this nobody looks at. */
const PAGES_MAX = 500;
const DPI = { least: 36, most: 300 } as const;

/** Where systems put programs that people install. */
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin', '/opt/libreoffice/program'];

/** A program of the machine by one of its names, in the usual folders; null = it is not there. */
export function findProgram(...names: readonly string[]): string | null {
  const paths = names.flatMap((name) => FOLDERS.map((folder) => join(folder, name)));
  return paths.find((path) => existsSync(path)) ?? null;
}

const run = promisify(execFile);

async function runProgram(path: string, args: readonly string[]): Promise<void> {
  try {
    await run(path, [...args], { timeout: PROGRAM_LIMIT_MS, killSignal: 'SIGKILL' });
  } catch (cause) {
    throw new UserError('documents.program', `${path} 没有做成：${String(cause).slice(0, 300)}`, {
      cause,
    });
  }
}

const missing = (what: string): UserError =>
  new UserError('documents.no-program', `没有找到${what}；装好后再试。`);

/** Prints a .docx with LibreOffice, as a reader without Word would. Throws {@link UserError} `documents.no-program`, `documents.program`. */
export async function convertToPdf(docx: string, pdf: string): Promise<void> {
  const office = findProgram('soffice', 'libreoffice');
  if (office === null) throw missing(' LibreOffice（soffice）');
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-office-'));
  try {
    // A profile of its own: one that is open elsewhere would take the work, and end without a file.
    const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`;
    const given = join(folder, 'given.docx');
    await copyFile(docx, given);
    await runProgram(office, [
      ...[profile, '--headless', '--norestore', '--convert-to', 'pdf'],
      ...['--outdir', folder, given],
    ]);
    await copyFile(join(folder, 'given.pdf'), pdf).catch((cause: unknown) => {
      throw new UserError('documents.program', `LibreOffice 打不开 ${docx}。`, { cause });
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export interface PicturesInput {
  /** A .docx or a .pdf. */
  readonly file: string;
  readonly outDir: string;
  /** Dots per inch, 36 to 300. */
  readonly dpi: number;
}

/** Draws every page as a PNG; returns their paths in page order. Throws {@link UserError} `documents.no-program`, `documents.program`. */
export async function picturePages({ file, outDir, dpi }: PicturesInput): Promise<string[]> {
  if (!Number.isInteger(dpi) || dpi < DPI.least || dpi > DPI.most)
    throw new UserError('documents.dpi', `点数应为 ${DPI.least} 到 ${DPI.most} 的整数。`, {
      field: 'dpi',
    });
  const kind = extname(file).toLowerCase();
  if (kind !== '.docx' && kind !== '.pdf')
    throw new UserError('documents.kind', '只能画 .docx 或 .pdf。', { field: 'file' });
  await access(file, constants.R_OK).catch((cause: unknown) => {
    throw new UserError('documents.file', `读不到 ${file}。`, { field: 'file', cause });
  });
  const draw = findProgram('pdftoppm');
  if (draw === null) throw missing(' pdftoppm（poppler-utils）');
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-pages-'));
  try {
    const pdf = kind === '.pdf' ? file : join(folder, 'document.pdf');
    if (kind === '.docx') await convertToPdf(file, pdf);
    await mkdir(outDir, { recursive: true });
    await runProgram(draw, [
      ...['-png', '-r', String(dpi), '-l', String(PAGES_MAX)],
      ...[pdf, join(folder, 'page')],
    ]);
    const drawn = (await readdir(folder)).filter((name) => name.endsWith('.png')).sort();
    for (const name of drawn) await copyFile(join(folder, name), join(outDir, name));
    return drawn.map((name) => join(outDir, name));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
