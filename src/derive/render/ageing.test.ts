import { describe, expect, it } from 'vitest';
import type { ControlUse, FloatingBox, PageControl, TextLook } from '../../domain/rendering.ts';
import { accessibilityMark, ageingAds, ageingEntries, ageingSwitch } from './ageing.ts';

const control = (words: string, more: Partial<PageControl> = {}): PageControl => ({
  ...{ words, url: null, selector: '#a', top: 20, around: '', ...more },
});

describe('entries of the ageing-friendly version', () => {
  it.each([
    '适老版',
    '适老模式',
    '适老化',
    '适老化浏览',
    '进入适老版',
    '关怀版',
    '关怀模式',
    '长者版',
    '长者模式',
    '切换长者模式',
    '大字版',
    '老年模式',
    '【长者专版】',
    '网站适老化',
    '无障碍/适老化',
    '无障碍浏览、适老版',
    '无障碍及长者模式',
    '适老化无障碍',
  ])('%s', (words) => {
    expect(ageingEntries([control(words)])).toMatchObject([{ words, kind: 'ageing' }]);
  });

  it.each([
    '无障碍',
    '无障碍浏览',
    '网站无障碍',
    '信息无障碍',
    '无障碍阅读',
    '开启无障碍',
    '无障碍辅助工具',
    '读屏模式',
  ])('%s', (words) => {
    expect(ageingEntries([control(words)])).toMatchObject([{ words, kind: 'access' }]);
  });

  it.each([
    '我市推进适老化改造',
    '适老化改造',
    '无障碍环境建设',
    '老年人服务专区',
    '关怀慰问困难群众',
    '长者食堂开业',
    '残疾人无障碍设施',
    '老年大学',
    '大字报',
    '无障碍出行服务指南',
    '敬老月活动',
    '养老服务',
  ])('%s is none', (words) => {
    expect(ageingEntries([control(words)])).toEqual([]);
  });

  it('that for the old goes first; one below the first screen is not prominent', () => {
    const found = ageingEntries([
      control('无障碍'),
      control('长者模式', { top: 900, url: 'http://www.x.gov.cn/old/' }),
    ]);
    expect(found.map(({ words, isProminent }) => [words, isProminent])).toEqual([
      ['长者模式', false],
      ['无障碍', true],
    ]);
  });
});

const look = (more: Partial<TextLook> = {}): TextLook => ({
  url: 'http://www.x.gov.cn/',
  title: '某县人民政府',
  fontSize: 14,
  boxes: [],
  ...more,
});
const use = (after: Partial<TextLook> | null, more: Partial<ControlUse> = {}): ControlUse => ({
  ...{ before: look(), after: after && look(after), missed: 0, isStopped: false, ...more },
});
const box = (more: Partial<FloatingBox>): FloatingBox => ({
  selector: '#t',
  words: '',
  names: '',
  hosts: [],
  hasPicture: false,
  ...more,
});

describe('what an entry does', () => {
  it.each([
    ['the text grows', use({ fontSize: 18 }), 'font'],
    [
      'the text grows on another page',
      use({ url: 'http://www.x.gov.cn/old/', fontSize: 20 }),
      'page',
    ],
    [
      'a page of that name opens',
      use({ url: 'http://www.x.gov.cn/old/', title: '某县人民政府（长者版）' }),
      'page',
    ],
    ['a tool bar opens', use({ boxes: [box({ words: '放大 缩小 语音 配色 退出服务' })] }), 'tool'],
    ['nothing changes', use({}), 'none'],
    ['only the fragment changes', use({ url: 'http://www.x.gov.cn/#a' }), 'none'],
    [
      'another page opens that says nothing',
      use({ url: 'http://www.x.gov.cn/b/' }),
      'undetermined',
    ],
    ['the scripts of the entry did not come', use({}, { missed: 1 }), 'undetermined'],
    ['the scripts were stopped', use({}, { isStopped: true }), 'undetermined'],
    ['the page was not seen', use(null), 'undetermined'],
    ['the text grows by a rounding', use({ fontSize: 14.5 }), 'none'],
  ])('%s', (_name, used, result) => {
    const said = ageingSwitch(used);
    expect(said.result).toBe(result);
    expect(said.reason === undefined).toBe(result !== 'undetermined');
  });

  it('a tool bar that was there before is nothing new', () => {
    const boxes = [box({ words: '放大 缩小' })];
    expect(ageingSwitch({ ...use({ boxes }), before: look({ boxes }) }).result).toBe('none');
  });
});

describe('advertisements in that version', () => {
  it.each([
    ['a network for advertisements', { hosts: ['pos.baidu.com'] }, 1],
    ['a picture that leads to a shop', { hosts: ['www.shop.com'], hasPicture: true }, 1],
    ['a campaign of the government', { hosts: ['www.gov.cn'], hasPicture: true }, 0],
    ['the own site', { hosts: ['zt.x.gov.cn'], hasPicture: true }, 0],
    ['a tool bar of words that links to its maker', { hosts: ['www.maker.com'] }, 0],
  ])('%s', (_name, more, count) => {
    expect(ageingAds(use({ boxes: [box(more)] }))).toHaveLength(count);
  });
  it('of a page that was not seen nothing is said', () => {
    expect(ageingAds(use(null))).toBeNull();
  });
});

describe('the 信息无障碍 mark', () => {
  it.each([
    [
      'with the day it was given',
      '信息无障碍标识 授予日期：2021年10月8日',
      '2021-10-08',
      '2023-10-08',
    ],
    ['with its last day', '信息无障碍标识（有效期至：2024-06-30）', null, '2024-06-30'],
    ['with both', '无障碍 颁发日期2022.3.1 有效期至2024.2.28', '2022-03-01', '2024-02-28'],
    ['with no date', '信息无障碍标识', null, null],
    ['with a date that cannot be', '授予日期：2021年13月40日', null, null],
  ])('%s', (_name, around, awardedOn, validUntil) => {
    expect(accessibilityMark([control('信息无障碍标识', { around })])).toMatchObject({
      awardedOn,
      validUntil,
    });
  });
  it('an entry is no mark', () => {
    expect(accessibilityMark([control('无障碍浏览')])).toBeNull();
  });
});
