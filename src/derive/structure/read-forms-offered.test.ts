import { describe, expect, it } from 'vitest';
import { offeredForms, sniffFile, whyBroken } from './read-forms-offered.ts';
import { linksOf } from './test-runs.ts';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('forms that a guide offers', () => {
  it.each<[string, string, readonly (readonly [string, boolean])[]]>([
    ['a file', '<a href="/f/1.doc">食品经营许可申请书</a>', [['食品经营许可申请书', true]]],
    ['a download', '<a href="/download?id=3">登记表样表</a>', [['登记表样表', true]]],
    ['named, not linked', '<a href="#">申请表下载</a>', [['申请表下载', false]]],
    ['a file that is no form', '<a href="/f/2.pdf">某某条例</a>', []],
    ['a page about lists', '<a href="/x.html">收费标准表</a>', []],
    ['representatives', '<a href="/f/3.pdf">人大代表建议</a>', []],
  ])('%s', (_name, body, expected) => {
    expect(offeredForms(linksOf(body)).map(({ name, url }) => [name, url !== null])).toEqual(
      expected,
    );
  });

  it('what a click runs cannot be told', () => {
    const [form] = offeredForms(linksOf('<a href="javascript:;" onclick="down(3)">申请表</a>'));
    expect(form).toMatchObject({ url: null, byScript: true });
  });
});

describe('whether a file opens', () => {
  const OLE = bytes('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1');
  it.each<[string, Uint8Array, string, RegExp | null]>([
    ['pdf', bytes('%PDF-1.4 …'), 'a.pdf', null],
    ['docx', bytes('PK\x03\x04'), 'a.docx', null],
    ['docx named doc', bytes('PK\x03\x04'), 'a.doc', null],
    ['doc', OLE, 'a.doc', null],
    ['a page saved as doc', bytes('<html xmlns:w="urn"><body>table'), 'a.doc', null],
    ['no extension', bytes('%PDF-1.4'), 'download', null],
    ['unknown bytes are not judged', bytes('\x00\x01\x02'), 'a.et', null],
    ['empty', new Uint8Array(0), 'a.doc', /空/u],
    ['an error page', utf8('<html><title>404</title>页面不存在</html>'), 'a.doc', /报错/u],
    ['a page in place of a pdf', bytes('<!DOCTYPE html><html>home'), 'a.pdf', /网页/u],
    ['a picture in place of a pdf', bytes('\x89PNG\r\n'), 'a.pdf', /不符/u],
  ])('%s', (_name, body, file, expected) => {
    const why = whyBroken(body, `http://www.x.gov.cn/${file}`);
    if (expected === null) expect(why).toBeNull();
    else expect(why).toMatch(expected);
  });

  it('tells by the first bytes, not by the name', () => {
    expect(sniffFile(OLE)).toBe('ole');
    expect(sniffFile(bytes('{\\rtf1'))).toBe('rtf');
    expect(sniffFile(utf8('纯文本'))).toBe('text');
  });
});
