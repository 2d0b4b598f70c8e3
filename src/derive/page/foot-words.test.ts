import { describe, expect, it } from 'vitest';
import { footWords } from './foot-words.ts';
import { findErrorCode } from './footer-marks.ts';

describe('words of a foot', () => {
  it.each([
    ['主办单位：某市人民政府办公室 承办单位：某市大数据中心', { sponsor: '某市人民政府办公室' }],
    ['主办：某县人民政府  ICP备案', { sponsor: '某县人民政府' }],
    [
      '主 办 单 位 : 某市财政局\n联系电话：0731-88888888',
      { sponsor: '某市财政局', contact: '0731-88888888' },
    ],
    ['主办：中共某市委、某市人民政府', { sponsor: '中共某市委、某市人民政府' }],
    ['版权所有：某市人民政府 冀ICP备05029117号', { copyright: '某市人民政府' }],
    ['联系我们 | 网站地图', { contact: '联系我们' }],
    ['邮箱：abc@a.gov.cn', { contact: 'abc@a.gov.cn' }],
    ['电话：（0731）8888 6666', { contact: '（0731）8888 6666' }],
    ['政务服务热线 12345', { contact: '12345' }],
    ['网站标识码：4300000041', {}],
    ['该活动由某局主办，取得圆满成功。', {}],
    ['由某局主办的活动取得圆满成功', {}],
  ])('%s', (words, expected) => {
    expect(footWords([words])).toEqual(expected);
  });

  it('what stands far above the end is no foot', () => {
    expect(footWords([`主办单位：某公司${'文'.repeat(4_000)}`])).toEqual({});
  });
});

describe('the code that the find-error entry hands on', () => {
  it.each([
    [
      '<script id="_jiucuo_" sitecode="4300000041" src="https://zfwzgl.www.gov.cn/exposure/jiucuo.js">',
      '4300000041',
    ],
    [
      "<a href='https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code=BM55000001&url='>",
      'bm55000001',
    ],
    [`<img onclick="Link('4300000041')">`, '4300000041'],
    ['<p>网站标识码：4300000041</p>', null],
    ['<script id="_jiucuo_" sitecode="43000000411">', null],
  ])('%s', (source, code) => {
    expect(findErrorCode(source)).toBe(code);
  });
});
