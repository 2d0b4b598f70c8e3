import { beforeAll, describe, expect, it } from 'vitest';
import type { TextChecker } from '../derive/text/check-text.ts';
import { openTextChecker, readSeedLexicon } from './load-resources.ts';
import { parseLexicon } from './parse-lexicon.ts';

/** What the sentence around a wording says of it, and right wordings that are one slip from a protected name. */
let checker: TextChecker;
beforeAll(async () => {
  checker = await openTextChecker([await readSeedLexicon()]);
});

const found = (raw: string): string[] =>
  checker
    .check({ raw, at: '2024-05-01' })
    .findings.map(({ text, class: kind, severity }) => `${kind}/${severity}:${text}`);

describe('found whatever stands before it', () => {
  it.each([
    ['把字句里的口号', '《意见》指出，要把扫黑险恶进行到底。', 'protectedName/serious:扫黑险恶'],
    ['把字句里的国名', '要把中华人民共合国建设好。', 'protectedName/veto:中华人民共合国'],
    ['口号末字漏写', '深入开展扫黑除专项斗争。', 'protectedName/serious:扫黑除'],
    ['口号末字漏写，后接助词', '坚持改革开的方针。', 'protectedName/serious:改革开'],
    ['例外只是错误写法的一部分', '深入开展人为民服务活动。', 'protectedName/serious:人为民服务'],
    ['日期里有空格', '请于2023 年 2 月 30 日前报送。', 'date/ordinary:2023 年 2 月 30 日'],
    ['年份写成汉字', '国办发〔二〇一九〕19号', 'documentNumber/ordinary:发〔二〇一九〕19号'],
    ['小括号变体', '湘政办发﹝2020﹞5号', 'documentNumber/ordinary:发﹝2020﹞5号'],
    ['国际区号', '家长手机号：+86 13812345678', 'personalData/serious:86 13812345678'],
    ['此件不公开独占一行', '各单位：\n此件不公开\n', 'internalMark/serious:此件不公开'],
    ['方括号内部刊物', '【内部刊物】第3期', 'internalMark/serious:【内部刊物】'],
    ['密级字段', '密级：秘密\n', 'internalMark/serious:密级：秘密'],
    ['正误表外先错后对', '国物院\n国务院办公厅通知', 'protectedName/veto:国物院'],
  ])('%s', (_, raw, expected) => {
    expect(found(raw)).toEqual([expected]);
  });
});

describe('right wordings beside a protected name', () => {
  it.each([
    '国家税务局通用机打发票停止使用。',
    '打黑除恶专项斗争转为扫黑除恶专项斗争。',
    '坚持依法治省、依法治市、依法治县、依法治校，全面依法治理。',
    '依法治超工作成效明显。',
    '坚持为民服务，为人才服务，为人们服务。',
    '乡村兴则国家兴。',
    '各单位学习了国务院院内管理规定和最高人民法院院务会议精神。',
    '中国人民政治协商会议会徽悬挂在会场。',
    '企业内部文件管理办法和《论持久战》（内部资料）已经上架。',
    '不得公开个人隐私；保密法规定了绝密、机密、秘密三级。',
  ])('%s', (raw) => {
    expect(found(raw)).toEqual([]);
  });
});

describe('wordings that the text itself sets right', () => {
  it.each([
    '“扫黑险恶”系“扫黑除恶”之误，请引以为戒。',
    '应写“中国共产党”，而不是“中国共产挡”。',
    '错误：中华人民共合国；正确：中华人民共和国。',
    '已将首页“国物院”更正为“国务院”。',
    '“国物院”已更正为“国务院”。',
    '易错词表\n秸杆\n秸秆\n布署 → 部署\n中华人民共合国——中华人民共和国',
    '<table><tr><th>错误写法</th><th>正确写法</th></tr><tr><td>国物院</td><td>国务院</td></tr></table>',
    '2023年2月只有28天，不存在2月30日。',
  ])('%s', (raw) => {
    expect(found(raw)).toEqual([]);
  });
});

describe('telephones of an office', () => {
  it('in a column whose heading says so are public, beside persons’ homes they are not', () => {
    const rows = '\n教育局\n张三\n13812340000\n民政局\n李四\n13912340000';
    expect(found(`单位\n联系人\n办公电话${rows}`)).toEqual([]);
    expect(found(`姓名\n家庭住址\n办公电话${rows}`)).toHaveLength(2);
    expect(found(`姓名\n性别\n手机${rows}`)).toHaveLength(2);
  });
});

it('an exception in a JSON list may hold the marks that part exceptions in a sheet', async () => {
  const file = { terms: [{ wrong: '甲乙', right: '甲、乙', exceptions: ['丙、丁甲乙'] }] };
  const { terms } = await parseLexicon(new TextEncoder().encode(JSON.stringify(file)), 'own.json');
  expect(terms[0]?.exceptions).toEqual(['丙、丁甲乙']);
});

it('a place of the lexicon may be written without its last character, but with no other slip', async () => {
  const file = { names: [{ name: '星沙县', kind: '地名' }, { name: '湘萍新星市' }] };
  const own = await parseLexicon(new TextEncoder().encode(JSON.stringify(file)), 'own.json');
  const { check } = await openTextChecker([own]);
  const texts = (raw: string): string[] =>
    check({ raw, at: '2024-05-01' }).findings.flatMap((one) =>
      one.severity === 'veto' ? [one.text] : [],
    );
  expect(texts('美丽星沙。湘萍新星两地。')).toEqual([]);
  expect(texts('星莎县、湘平新星市')).toEqual(['星莎县', '湘平新星市']);
});

describe('a lexicon in JSON', () => {
  it('says which entries are none', async () => {
    const bytes = new TextEncoder().encode('{"terms":[null,3,"旧写法"]}');
    await expect(parseLexicon(bytes, 'own.json')).rejects.toMatchObject({
      code: 'lexicon.rows',
      details: ['terms[0]：应是一个对象', 'terms[1]：应是一个对象'],
    });
  });

  it('may be GB18030', async () => {
    const head = new TextEncoder().encode('[{"wrong":"');
    const gb = Uint8Array.of(0xd6, 0xd0, 0xb9, 0xfa);
    const bytes = Uint8Array.of(...head, ...gb, ...new TextEncoder().encode('"}]'));
    const { terms } = await parseLexicon(bytes, 'own.json');
    expect(terms.map(({ wrong }) => wrong)).toEqual(['中国']);
  });
});

describe('a person’s name that stands alone', () => {
  it.each([
    '<title>刘文斌-某省发展和改革委员会</title><body><p>二级调研员，男</p></body>',
    '<title>傅卫民-某省人民政府门户网站</title><body><h1>傅卫民</h1></body>',
    '<body><table><tr><td>傅卫民</td><td>刘文斌</td></tr></table></body>',
  ])('%s', (raw) => {
    expect(found(raw)).toEqual([]);
  });
});
