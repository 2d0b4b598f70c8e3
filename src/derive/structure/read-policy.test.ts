import { describe, expect, it } from 'vitest';
import { policyKey, speaksOf } from './read-policy.ts';
import { documentNumberIn } from './title-kind.ts';

const FILE = '甲市人民政府办公室关于印发《甲市养老服务管理办法》的通知';

describe('an interpretation and the file that it speaks of', () => {
  it.each<[string, string, readonly string[], boolean]>([
    ['by its title', '《甲市养老服务管理办法》政策解读', [], true],
    ['by a title in its text', '一图读懂养老新政', ['甲市养老服务管理办法'], true],
    ['of another file', '《甲市城市管理条例》解读', ['甲市城市管理条例'], false],
    ['of a name too short to tell', '管理办法解读', [], false],
  ])('%s', (_name, title, named, expected) => {
    expect(speaksOf({ title, named }, FILE)).toBe(expected);
  });

  it('a key has neither marks nor the words around the name', () => {
    expect(policyKey('《甲市养老服务管理办法》政策解读')).toBe('甲市养老服务管理办法');
  });
});

it.each([
  ['甲政办发〔2020〕12号', '甲政办发〔2020〕12号'],
  ['索引号 000014348/2020-35428', null],
  ['文号：甲政发[2020] 3 号', null],
  ['甲政发[2020]3号 各乡镇', '甲政发[2020]3号'],
])('document number in %s', (text, expected) => {
  expect(documentNumberIn(text)).toBe(expected);
});
