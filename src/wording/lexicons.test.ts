import { Workbook } from '@cj-tech-master/excelts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIgnoreFilter } from '../derive/text/ignored-wording.ts';
import { UserError } from '../lib/pure/errors.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { ignoreText, listIgnores } from './ignore-text.ts';
import {
  activateLexicon,
  activeLexicons,
  keepLexicon,
  listLexicons,
  readLexicon,
} from './keep-lexicon.ts';
import { parseLexicon } from './parse-lexicon.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const AT = '2026-01-02T03:04:05.000Z';

describe('files of lexicons', () => {
  it('reads the columns of a table, in Chinese or English', async () => {
    const csv =
      '\ufeff错误写法,正确写法,类别,严重程度,生效日期,失效日期,例外\n环境保护部,生态环境部,机构,严重,2018/3/17,,旧称|原称\n';
    const { terms } = await parseLexicon(bytes(csv), '/d/本省.csv');
    const term = { wrong: '环境保护部', right: '生态环境部', class: '机构', severity: 'serious' };
    const rest = { validFrom: '2018-03-17', validTo: null, exceptions: ['旧称', '原称'] };
    expect(terms).toEqual([{ ...term, ...rest }]);
    const english =
      'wrong,right,class,severity,validFrom,validTo,exceptions\n环境保护部,生态环境部,机构,serious,20180317,,旧称;原称\n';
    expect((await parseLexicon(bytes(english), 'x.csv')).terms).toEqual(terms);
    const json = JSON.stringify([{ ...term, ...rest }]);
    expect(await parseLexicon(bytes(json), 'x.json')).toMatchObject({
      id: 'x',
      version: '1',
      terms,
    });
  });

  it('tells tables of names, posts and words by their columns, also in one workbook', async () => {
    const book = new Workbook();
    book.addWorksheet('名称').addRows([
      ['保护名称', '种类'],
      ['湖南省人民政府', '机构'],
    ]);
    book.addWorksheet('职务').addRows([
      ['姓名', '职务', '单位', '任职日期', '离任日期', '排序'],
      ['林知远', '市长', '', '2018-01-01', '至今', '1'],
      ['周明德', '副市长', '', '2018-01-01', '至今', ''],
    ]);
    book.addWorksheet('词语').addRows([['词语'], ['放管服']]);
    const read = await parseLexicon(new Uint8Array(await book.xlsx.writeBuffer()), '本市.xlsx');
    expect(read.names).toMatchObject([{ name: '湖南省人民政府', kind: 'organ', severity: 'veto' }]);
    expect(read.roles).toEqual([
      { person: '林知远', post: '市长', organ: '', from: '2018-01-01', to: null, rank: 1 },
      { person: '周明德', post: '副市长', organ: '', from: '2018-01-01', to: null },
    ]);
    expect(read).toMatchObject({ id: '本市', words: ['放管服'] });
  });

  it.each([
    ['没有表头', '甲,乙\n1,2\n', 'lexicon.empty'],
    ['程度不认得', '错误写法,严重程度\n甲乙,很严重\n', 'lexicon.rows'],
    ['日期不存在', '错误写法,生效日期\n甲乙,2021-02-30\n', 'lexicon.rows'],
    ['排序不是数', '姓名,职务,排序\n张三,市长,第一\n', 'lexicon.rows'],
    ['没有错误写法', '错误写法,正确写法\n,甲\n', 'lexicon.rows'],
    ['残缺的 JSON', '{"terms": [', 'lexicon.json'],
    ['不是数组', '{"terms": 3}', 'lexicon.json'],
  ])('refuses: %s', async (_name, text, code) => {
    const refused = await parseLexicon(bytes(text), 'x.csv').catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UserError);
    expect(refused).toMatchObject({ code });
  });
});

describe('kept lexicons', () => {
  let opened: TemporaryStore;
  beforeAll(async () => {
    opened = await temporaryStore();
  });
  afterAll(() => opened.remove());

  it('keeps each content as a version, lets the newest count, and goes back when told', async () => {
    const deps = { store: opened.store };
    const keep = async (words: string) =>
      keepLexicon(deps, '张三', {
        lexicon: await parseLexicon(bytes(`词语\n${words}\n`), '本省.csv'),
        reason: '首次',
        at: AT,
      });
    expect(await keep('甲甲')).toEqual({ id: '本省', version: 1, isKnown: false });
    expect(await keep('乙乙')).toEqual({ id: '本省', version: 2, isKnown: false });
    expect((await activeLexicons(deps)).map(({ version, words }) => [version, words])).toEqual([
      ['2', ['乙乙']],
    ]);
    expect(await keep('甲甲')).toEqual({ id: '本省', version: 1, isKnown: true });
    await activateLexicon(deps, '李四', { id: '本省', version: 2, at: AT });
    expect((await listLexicons(deps)).map(({ version, isActive }) => [version, isActive])).toEqual([
      [2, true],
      [1, false],
    ]);
    expect((await readLexicon(deps, '本省', 1)).words).toEqual(['甲甲']);
    await expect(readLexicon(deps, '本省', 9)).rejects.toMatchObject({ code: 'lexicon.unknown' });
  });

  it('needs two people to ignore what would be a veto', async () => {
    const deps = { store: opened.store };
    const input: Parameters<typeof ignoreText>[2] = {
      text: '共合',
      class: 'protectedName',
      urlPrefix: 'http://a/',
      severity: 'veto',
      reason: '人名',
      until: '2026-06-30',
      at: AT,
    };
    const finding = { text: '共合', class: 'protectedName', severity: 'veto' } as const;
    const left = async (today: string) => {
      const isIgnored = createIgnoreFilter(await listIgnores(deps), today);
      return ['http://a/1', 'http://b/'].filter((url) => !isIgnored({ ...finding, url }));
    };
    expect(await ignoreText(deps, '张三', input)).toEqual({ isInForce: false });
    expect(await ignoreText(deps, '张三', input)).toEqual({ isInForce: false });
    expect(await left('2026-03-01')).toEqual(['http://a/1', 'http://b/']);
    expect(await ignoreText(deps, '李四', input)).toEqual({ isInForce: true });
    expect(await left('2026-06-30')).toEqual(['http://b/']);
    expect(await left('2026-07-01')).toEqual(['http://a/1', 'http://b/']);
  });
});
