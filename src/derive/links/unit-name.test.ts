import { describe, expect, it } from 'vitest';
import { mayBeSameUnit, readUnitName, unitsOfTitle } from './unit-name.ts';

describe('unit names', () => {
  it.each([
    ['长沙市人民政府门户网站', ['长沙'], '人民政府'],
    ['欢迎访问湖南省长沙市岳麓区教育局网站', ['湖南', '长沙', '岳麓'], '教育局'],
    ['湘西土家族苗族自治州人民政府', ['湘西土家族苗族'], '人民政府'],
    ['市财政局', [], '财政局'],
    ['长沙市政府网', ['长沙'], '人民政府'],
    ['上海市市场监督管理局', ['上海'], '市场监督管理局'],
    ['清丰县乡村振兴局', ['清丰'], '乡村振兴局'],
  ])('%s', (text, places, organ) => {
    expect(readUnitName(text)).toMatchObject({ places, organ });
  });
  it.each([
    '首页',
    '通知公告',
    '政务公开',
    '更多',
    '办事服务',
    '关于召开会议的通知',
    '国务院',
    '12345热线',
    '',
  ])('“%s” is none', (text) => {
    expect(readUnitName(text)).toBeNull();
  });
  it('are found in the parts of a title', () => {
    const names = unitsOfTitle('机构职能_岳阳市教育局 - 岳阳市人民政府').map(({ name }) => name);
    expect(names).toEqual(['岳阳市教育局', '岳阳市人民政府']);
  });
  it.each([
    ['市发改委', '长沙市发展和改革委员会', true],
    ['市人社局', '长沙市人力资源和社会保障局', true],
    ['县卫健局', '清丰县卫生健康局', true],
    ['湘西州人民政府', '湘西土家族苗族自治州人民政府', true],
    ['长沙市环保局', '长沙市生态环境局', true],
    ['长沙市工商局', '长沙市市场监督管理局', true],
    ['长沙市旅游局', '长沙市文化旅游广电局', true],
    ['长沙市审计局', '长沙市人民政府', true],
    ['岳阳市人民政府', '长沙市人民政府', false],
    ['长沙市财政局', '长沙市教育局', false],
    ['长沙市公安局', '岳阳市公安局', false],
    ['长沙市人民政府', '长沙市统计局', false],
  ])('%s and %s may be the same: %s', (one, other, is) => {
    expect(mayBeSameUnit(readUnitName(one)!, readUnitName(other)!)).toBe(is);
  });
});
