import { expect, it } from 'vitest';
import { isTownshipName } from './township.ts';

it.each([
  ...['湘阴县文星街道', '文星街道办事处', '长沙县黄花镇人民政府', '平江县加义镇', '大围山镇'],
  ...[
    '江华瑶族自治县湘江乡人民政府',
    '某某民族乡',
    '锡林浩特市宝力根苏木',
    '岳阳县筻口镇党政办公室',
  ],
])('a township: %s', (name) => {
  expect(isTownshipName(name)).toBe(true);
});

it.each([
  ...['景德镇市', '景德镇', '长沙市住房和城乡建设局', '岳阳县', '某县城乡', '黄花镇中心卫生院'],
  ...['加义镇中学', '湖南省乡村振兴局', '街道办', '', '江永县城镇'],
])('no township: %s', (name) => {
  expect(isTownshipName(name)).toBe(false);
});
