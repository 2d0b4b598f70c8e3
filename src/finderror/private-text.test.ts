import { describe, expect, it } from 'vitest';
import { coverName, coverPrivate, privateParts } from './private-text.ts';

describe('private parts of a message', () => {
  it.each([
    ['我的手机139 7000 1234，请回电', ['139 7000 1234']],
    ['电话：１３９７０００１２３４', ['１３９７０００１２３４']],
    ['+86-13970001234', ['+86-13970001234']],
    ['身份证43010219900307123X', ['43010219900307123X']],
    ['卡号6222 0212 3456 7890 123', ['6222 0212 3456 7890 123']],
    ['邮箱 zhang.san@example.com', ['zhang.san@example.com']],
    ['加我微信：zhangsan_88', ['微信：zhangsan_88']],
    // What is no person's: a page's address, an office's telephone, a document number, a date.
    ['http://www.yy.gov.cn/2020/13970001234.html 打不开', []],
    ['咨询电话 0730-8880000 没人接', []],
    ['湘政务函〔2020〕25号，2020-09-16 发布，共 13900 条', []],
  ])('%s', (text, parts) => {
    expect(privateParts(text)).toEqual(parts);
    const covered = coverPrivate(text);
    for (const part of parts) expect(covered).not.toContain(part);
    expect(privateParts(covered)).toEqual([]);
  });

  it('covers for a start also what is usually private, and leaves the rest as it is', () => {
    expect(
      coverPrivate('我叫王小明，家住岳阳楼区东茅岭路五号，首页打不开，电话0730-8880000。'),
    ).toBe('我叫王****，家住岳****，首页打不开，电话0****。');
    expect(coverPrivate('首页打不开。')).toBe('首页打不开。');
    expect(['王小明', ' 欧阳 ', '', '𠮷田'].map(coverName)).toEqual([
      '王**',
      '欧**',
      '网民',
      '𠮷**',
    ]);
  });
});
