import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { convertToPdf, findProgram } from '../documents/office-program.ts';
import type { CaseFile } from '../domain/case-file.ts';
import {
  drawPdf,
  type PrintedLine,
  type PrintedPage,
  readPdf,
  redRows,
} from '../testing/pdf/read-pdf.ts';
import { frozenCase, readPackageJson } from '../testing/rounds/frozen-case.ts';
import type { Issue } from './bulletin.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { placeOf } from './place.ts';
import { writeBulletinFiles } from './write-bulletin-files.ts';

// The founding document's bulletin, printed twice: the .docx by LibreOffice, as its readers print it, and our own PDF. Both are read back
// and measured against GB/T 9704-2012.

const PROGRAMS = {
  LibreOffice: findProgram('soffice', 'libreoffice'),
  'pdftotext、pdftoppm（poppler-utils）': findProgram('pdftotext') && findProgram('pdftoppm'),
};
const LACKING = Object.entries(PROGRAMS).flatMap(([name, path]) => (path === null ? [name] : []));
if (LACKING.length > 0)
  process.stderr.write(`\n!!! 没有 ${LACKING.join('、')}：通报的版面没有量过 !!!\n\n`);

/** Columns as the founding document prints them, in reading order. */
const UNITS_OF = (what: string): string[] => [
  ...['序号', '单位', `实际运行${what}数`, `检查${what}数`, `发现存在突出问题的${what}`],
  ...[`${what}数`, '占检查数比例'],
];
const ANNEXES = [
  ['全省政府网站检查情况', UNITS_OF('网站')],
  [
    '检查发现存在突出问题的政府网站名单',
    ['序号', '市州/部门', '网站名称', '存在的突出问题', '网站标识码'],
  ],
  ['全省政务新媒体检查情况', UNITS_OF('政务新媒体')],
  [
    '检查发现存在突出问题的政务新媒体名单',
    [
      ...['序号', '市州/部门', '新媒体账号名称', '存在的突出问题', '代表主体名称'],
      ...['账号平台', '最后更新时间'],
    ],
  ],
] as const;

let folder: string;
const printed: Record<string, { pages: PrintedPage[]; path: string }> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '量版面-'));
  if (LACKING.length > 0) return;
  const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
  const issue = readPackageJson('samples/hunan-2020q3-issue.json') as Issue;
  const bulletin = composeBulletin(frozenCase(seed, {}, '2020Q2'), issue, placeOf(['湖南省']));
  const { pdfSkipped } = await writeBulletinFiles(bulletin, folder, undefined);
  expect(pdfSkipped).toBeNull();
  const byOffice = join(folder, 'office.pdf');
  await convertToPdf(join(folder, 'bulletin.docx'), byOffice);
  for (const path of [byOffice, join(folder, 'bulletin.pdf')])
    printed[path === byOffice ? 'docx' : 'pdf'] = { path, pages: await readPdf(path) };
}, 240_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

const PAGE_NUMBER = /^—\d+—$/;
/** Fonts of one size stand up to half a millimetre differently in their boxes. */
const NEAR = 0.6;
const near = (value: number, wanted: number, by = NEAR): boolean => Math.abs(value - wanted) <= by;
const bodyOf = (page: PrintedPage): PrintedLine[] =>
  page.lines.filter(({ text }) => !PAGE_NUMBER.test(text));
const textPages = (pages: readonly PrintedPage[]): readonly PrintedPage[] =>
  pages.slice(
    0,
    pages.findIndex(({ lines }) => lines[0]?.text === '附件1'),
  );
/** Pages of an annex: its own first one and those until the next. */
function annexPages(pages: readonly PrintedPage[], order: number): readonly PrintedPage[] {
  const starts = (page: PrintedPage, at: number) => page.lines[0]?.text === `附件${at}`;
  const from = pages.findIndex((page) => starts(page, order));
  const to = pages.findIndex((page) => starts(page, order + 1));
  return pages.slice(from, to === -1 ? undefined : to);
}

describe.skipIf(LACKING.length > 0).each(['docx', 'pdf'] as const)('the %s, printed', (kind) => {
  const pages = (): PrintedPage[] => printed[kind]!.pages;

  it('is A4, with the type area of 156 mm by 225 mm, 37 mm down and 28 mm in', () => {
    for (const { width, height } of pages())
      expect([near(width, 210), near(height, 297)]).toEqual([true, true]);
    const [, full] = textPages(pages());
    const lines = bodyOf(full!);
    const whole = lines.filter(({ text }) => text.length >= 27);
    expect(whole.length).toBeGreaterThan(5);
    for (const { left } of lines) expect(left).toBeGreaterThan(28 - NEAR);
    expect(Math.min(...lines.map(({ left }) => left))).toBeLessThan(28 + NEAR);
    // A mark of punctuation may hang over the edge (GB/T 15834); no character does.
    for (const { right, text } of lines)
      if (!/[，。、；：）”]$/.test(text)) expect(right, text).toBeLessThan(28 + 156 + NEAR);
    expect(whole.filter(({ right }) => near(right, 28 + 156)).length).toBeGreaterThan(3);
    const centre = ({ top, bottom }: PrintedLine): number => (top + bottom) / 2;
    const half = 225 / 22 / 2;
    expect(centre(lines[0]!)).toBeGreaterThan(37 + half - 2);
    expect(centre(lines[0]!)).toBeLessThan(37 + half + 2);
    expect(centre(lines.at(-1)!)).toBeLessThan(37 + 225 - half + 2);
    for (const page of textPages(pages()))
      for (const line of bodyOf(page)) expect(centre(line), line.text).toBeLessThan(37 + 225);
  });

  it('has 22 lines on a full page, and 28 characters on a full line', () => {
    const [, full] = textPages(pages());
    const lines = bodyOf(full!);
    expect(lines).toHaveLength(22);
    const pitch = (lines[21]!.bottom - lines[0]!.bottom) / 21;
    expect(pitch).toBeCloseTo(225 / 22, 1);
    const body = textPages(pages()).slice(1).flatMap(bodyOf);
    const chinese = body.filter(
      ({ text, left, right }) => near(left, 28) && right > 28 + 148 && !/[\w.%]/.test(text),
    );
    expect(chinese.length).toBeGreaterThan(8);
    const counts = chinese.map(({ text }) => text.length);
    expect(counts.filter((count) => count < 26 || count > 29)).toEqual([]);
    // Others gave a character up, or took a mark in, so that no line begins with a mark.
    expect(counts.filter((count) => count === 28).length * 2).toBeGreaterThan(counts.length);
  });

  it('numbers every page below the type area, odd ones right, even ones left', () => {
    pages().forEach(({ lines }, at) => {
      const number = lines.find(({ text }) => PAGE_NUMBER.test(text));
      expect(number?.text).toBe(`—${at + 1}—`);
      expect(number!.top).toBeGreaterThan(37 + 225);
      expect(number!.top).toBeLessThan(37 + 225 + 14);
      if (at % 2 === 0) expect(near(number!.right, 28 + 156 - 5, 2)).toBe(true);
      else expect(near(number!.left, 28 + 5, 2)).toBe(true);
    });
  });

  it('has a red head 35 mm down the type area, the number and a red line over the whole width below', async () => {
    const [first] = pages();
    const [issuer, number] = first!.lines;
    expect([issuer!.text, number!.text]).toEqual(['湖南省政务管理服务局', '湘政务函〔2020〕25号']);
    const dpi = 60;
    const rows = redRows((await drawPdf(printed[kind]!.path, dpi))[0]!, dpi);
    expect(near(rows[0]!.top, 37 + 35, 4)).toBe(true);
    const line = rows.filter(({ left, right }) => near(left, 28, 1) && near(right, 184, 1));
    expect(line.length).toBeGreaterThan(0);
    expect(line[0]!.top).toBeGreaterThan(number!.bottom);
    // 4 mm between the number and the line (7.2.7); the box of a character is a little higher than the character.
    expect(line[0]!.top - number!.bottom).toBeLessThan(5.5);
    expect(rows.every(({ top }) => top < line.at(-1)!.top + 0.1)).toBe(true);
  });

  it('has the headings, signature and annexes of the founding document in its order', () => {
    const text = pages()
      .flatMap(({ lines }) => lines.map((line) => line.text))
      .join('\n');
    const order = [
      ...[
        '关于2020年第三季度全省政府网站与',
        '各市州人民政府',
        '一、总体情况',
        '二、发现的主要问题',
      ],
      ...['（一）', '（二）', '（三）', '三、下一步工作要求', '联系人', '附件：1.', '4.检查发现'],
      ...['湖南省政务管理服务局\n2020年9月29日', '附件1', '附件2', '附件3', '附件4'],
    ];
    let from = 0;
    for (const each of order) {
      const at = text.indexOf(each, from);
      expect(at, each).toBeGreaterThanOrEqual(from);
      from = at;
    }
  });

  it.each(ANNEXES.map(([title, columns], at) => [at + 1, title, columns] as const))(
    'annex %i, %s, has its columns on each of its pages',
    (order, title, columns) => {
      const own = annexPages(pages(), order);
      expect(own.length).toBeGreaterThan(0);
      expect(own[0]!.lines[1]?.text).toBe(title);
      own.forEach((page, at) => {
        const head = page.lines
          .slice(at === 0 ? 2 : 0, at === 0 ? 7 : 5)
          .map((line) => line.text)
          .join('');
        // A head may be set in two lines: its characters stand there all the same, in the order of columns where it is set in one.
        for (const character of columns.join('')) expect(head, title).toContain(character);
      });
    },
  );

  it('spreads the long list over pages, each with the whole head', () => {
    const own = annexPages(pages(), 4);
    expect(own.length).toBeGreaterThan(1);
    for (const page of own)
      expect(page.lines.some(({ text }) => text.startsWith('序号'))).toBe(true);
  });
});

describe.skipIf(LACKING.length > 0)('a PDF printed once more', () => {
  it('is the same in text and in pictures', async () => {
    const again = join(folder, 'again');
    const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
    const issue = readPackageJson('samples/hunan-2020q3-issue.json') as Issue;
    const bulletin = composeBulletin(frozenCase(seed, {}, '2020Q2'), issue, placeOf(['湖南省']));
    const written = await writeBulletinFiles(bulletin, again, undefined);
    expect(written.pdfSkipped).toBeNull();
    const [former, newer] = [printed.pdf!.path, join(again, 'bulletin.pdf')];
    expect(await readPdf(newer)).toEqual(await readPdf(former));
    expect(await drawPdf(newer, 40)).toEqual(await drawPdf(former, 40));
  }, 120_000);
});
