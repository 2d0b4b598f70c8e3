import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Workbook } from '@cj-tech-master/excelts';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeOfficialDocx } from '../documents/write-official-docx.ts';
import { writeOfficialHtml } from '../documents/write-official-html.ts';
import type { CaseFile } from '../domain/case-file.ts';
import { UserError } from '../lib/pure/errors.ts';
import { frozenCase, readPackageJson } from '../testing/rounds/frozen-case.ts';
import type { Bulletin, Issue } from './bulletin.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { officialForm } from './official-form.ts';
import { placeOf } from './place.ts';
import { writeBulletinFiles } from './write-bulletin-files.ts';

const seed = readPackageJson('samples/hunan-2020q3.json') as CaseFile;
const issue = readPackageJson('samples/hunan-2020q3-issue.json') as Issue;
const HUNAN = placeOf(['湖南省']);
const bulletin = composeBulletin(frozenCase(seed, {}, '2020Q2'), issue, HUNAN);
/** A program that is there and prints nothing: the build must end well without a PDF. */
const NO_BROWSER = '/bin/false';
const CHROMIUM = '/usr/bin/chromium';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), '通报 测试-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function paragraphsOf(docx: Uint8Array): Promise<string[]> {
  const { value } = await mammoth.extractRawText({ buffer: Buffer.from(docx) });
  return value.split('\n').filter((line) => line !== '');
}

describe('the files of a bulletin', () => {
  it('are written whole; a PDF of an older build does not stay beside a newer text', async () => {
    await writeFile(join(folder, 'bulletin.pdf'), 'of an older build');
    const written = await writeBulletinFiles(bulletin, folder, NO_BROWSER);
    expect(written.pdfSkipped).toContain('Chromium 没有打印成功');
    expect((await readdir(folder)).sort()).toEqual(written.files.toSorted());
    expect(written.files).toEqual([
      ...['bulletin.json', 'bulletin.docx', 'bulletin.html', 'annexes.xlsx'],
    ]);
    const json = await readFile(join(folder, 'bulletin.json'), 'utf8');
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(bulletin)));
  });

  it('say in Chinese that a folder cannot be written', async () => {
    const file = join(folder, 'taken');
    await writeFile(file, '');
    const writing = writeBulletinFiles(bulletin, join(file, 'below'), NO_BROWSER);
    await expect(writing).rejects.toThrow(UserError);
    await expect(writing).rejects.toThrow('写不进目录');
  });

  it('hold the four annexes as sheets: counts as numbers, codes and ratios as printed', async () => {
    const workbook = new Workbook();
    await workbook.xlsx.load(await readFile(join(folder, 'annexes.xlsx')));
    expect(workbook.worksheets.map((sheet) => sheet.name)).toEqual([
      '附件1',
      '附件2',
      '附件3',
      '附件4',
    ]);
    const row = (sheet: string, at: number): unknown[] => {
      const { values } = workbook.getWorksheet(sheet)!.getRow(at);
      return (values as unknown[]).slice(1);
    };
    expect(row('附件1', 1)[0]).toBe('全省政府网站检查情况');
    expect(row('附件1', 4)).toEqual([1, '省直部门', 49, 49, 1, '2.04%']);
    expect(row('附件1', 19).slice(1)).toEqual(['合计', 594, 594, 3, '0.51%']);
    expect(row('附件2', 3)).toEqual([1, '省直部门', '湖南扶贫网', '未提供办事服务', '4300000041']);
    const accounts = bulletin.failingAccounts.map((each) => [
      each.order,
      each.unit,
      each.name,
      each.problems.join('\n'),
      each.operator,
      each.platform,
      each.lastUpdatedPrinted,
    ]);
    expect(accounts.map((_, index) => row('附件4', index + 3))).toEqual(accounts);
  });
});

describe('the .docx', () => {
  it('says the whole text and every cell of the annexes', async () => {
    const official = officialForm(bulletin);
    const paragraphs = new Set(await paragraphsOf(await writeOfficialDocx(official)));
    for (const { text } of bulletin.text.paragraphs) expect(paragraphs).toContain(text);
    const cells = official.annexes
      .flatMap(({ rows }) => rows)
      .flat()
      .flatMap((cell) => cell.split('\n'))
      .filter((cell) => cell !== '');
    expect(cells.filter((cell) => !paragraphs.has(cell))).toEqual([]);
    for (const head of [seed.issuer, seed.documentNumber, '2020年9月29日', '附件4'])
      expect(paragraphs).toContain(head);
  });

  it('repeats the heads of its tables and merges them as the document does', async () => {
    const docx = Buffer.from(await writeOfficialDocx(officialForm(bulletin)));
    const { value } = await mammoth.convertToHtml({ buffer: docx });
    const head = value.replace(/<\/?p>/g, '').match(/<table>.*?<\/thead>/)?.[0];
    expect(head).toContain(
      '<th rowspan="2">单位</th><th rowspan="2">实际运行网站数</th><th rowspan="2">检查网站数</th><th colspan="2">发现存在突出问题的网站</th>',
    );
    expect(value.replace(/<\/?p>/g, '')).toContain('<td colspan="2">合计</td><td>594</td>');
  });

  it('is the same bytes whenever it is written, and keeps no mark of its making', async () => {
    const official = officialForm(bulletin);
    const [first, second] = [await writeOfficialDocx(official), await writeOfficialDocx(official)];
    expect(Buffer.from(first).equals(Buffer.from(second))).toBe(true);
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(first) });
    expect(value).not.toMatch(/[\uE000\uE001]/);
    const core = strFromU8(unzipSync(first)['docProps/core.xml']!);
    expect(core.match(/\d{4}-\d{2}-\d{2}T/g)).toEqual(['2000-01-01T', '2000-01-01T']);
  });

  it('opens whatever a subject is called', async () => {
    const name = '<b>&\u0000\u000b甲\ud800"\uffff';
    const hostile: Bulletin = {
      ...bulletin,
      issuer: name,
      failingSites: bulletin.failingSites.map((row) => ({ ...row, name })),
    };
    const official = officialForm(hostile);
    const paragraphs = await paragraphsOf(await writeOfficialDocx(official));
    expect(paragraphs.filter((line) => line === '<b>&甲"')).toHaveLength(5);
    expect(writeOfficialHtml(official)).not.toContain('<b>');
  });
});

describe('a draft', () => {
  const frozen = frozenCase(seed, { clock: 'replay', reviewWaived: '演示' });
  const official = officialForm(composeBulletin(frozen, issue, HUNAN));

  it('says on every page that it cannot be signed, and why', () => {
    expect(official.draftNotice).toBe('草案，不能签发（未经两人审核，补采批次）');
    const html = writeOfficialHtml(official);
    expect(html).toContain('content: "草案，不能签发（未经两人审核，补采批次）"');
    expect(html).toContain('class="watermark"');
    expect(writeOfficialHtml(officialForm(bulletin))).not.toMatch(/草\s*案/);
  });

  it('cannot break out of the style sheet', () => {
    const html = writeOfficialHtml({ ...official, draftNotice: '"}</style><script>' });
    expect(html).not.toContain('<script>');
    expect(html.match(/<\/style>/g)).toHaveLength(1);
  });
});

describe.runIf(existsSync(CHROMIUM))('the PDF', () => {
  it('is printed by the Chromium that is there', async () => {
    const into = join(folder, 'with pdf');
    const written = await writeBulletinFiles(bulletin, into, undefined);
    expect(written.pdfSkipped).toBeNull();
    const bytes = await readFile(join(into, 'bulletin.pdf'));
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = bytes.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? [];
    expect(pages.length).toBeGreaterThanOrEqual(8);
  });
});
