import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { FILE_BYTES_MAX, sniffAttachment } from './attachment.ts';

const text = (words: string): Uint8Array => Buffer.from(words);
const zip = (...names: string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, text('x')])));
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), text('…IEND…')]);
const TYPES = '[Content_Types].xml';

describe('what a file is, by its bytes', () => {
  it.each<[string, Uint8Array, RegExp]>([
    ['a.pdf', text('%PDF-1.7 … %%EOF\n'), /^application\/pdf$/],
    ['名字说谎.exe', text('%PDF-1.7 … %%EOF'), /^application\/pdf$/],
    ['a.png', PNG, /^image\/png$/],
    ['a.jpg', Buffer.from('ffd8ffe0', 'hex'), /^image\/jpeg$/],
    ['a.docx', zip(TYPES, 'word/document.xml'), /wordprocessingml/],
    ['a.xlsx', zip(TYPES, 'xl/workbook.xml'), /spreadsheetml/],
  ])('%s', (name, bytes, type) => {
    expect(sniffAttachment(name, bytes)).toMatch(type);
  });

  it.each<[string, Uint8Array]>([
    ['nothing', text('')],
    ['a page called a picture', text('<!doctype html><script>1</script>')],
    ['a picture of vectors', text('<svg onload="x">')],
    ['half a PDF', text('%PDF-1.7 …')],
    ['half a PNG', PNG.subarray(0, 10)],
    ['a program', text('MZ\u0090')],
    ['an archive', zip('a.txt')],
    ['a broken archive', Buffer.concat([text('PK\u0003\u0004'), text('x')])],
  ])('%s is refused', (_name, bytes) => {
    expect(() => sniffAttachment('申请表.pdf', bytes)).toThrow(/不是完整的 PDF/);
  });

  it('a document with a program inside is refused by name', () => {
    const bytes = zip(TYPES, 'word/document.xml', 'word/vbaProject.bin');
    expect(() => sniffAttachment('情况.docx', bytes)).toThrow(/有宏.*另存为不含宏的/);
  });

  it('one that is too large is refused before it is looked at', () => {
    const large = Buffer.alloc(FILE_BYTES_MAX + 1);
    expect(() => sniffAttachment('大.pdf', large)).toThrow(/超过 8 MB/);
  });
});
