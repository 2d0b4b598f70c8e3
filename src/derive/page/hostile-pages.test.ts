import { describe, expect, test } from 'vitest';
import { parseDates } from './page-dates.ts';
import { read } from './test-pages.ts';

const MANY = 20_000;
/** Four times the page may cost four times the work and some; a reading of quadratic cost would need sixteen times. */
const WORK_RATIO_MAX = 10;
const NOISE_MS = 150;

/** Milliseconds of processor time: other programs do not count. */
function workOf(html: string): number {
  const before = process.cpuUsage();
  read(html);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

describe('pages that mean harm cost no more than their length', () => {
  test.each([
    ['endless opening tags', '<div>'.repeat(MANY * 5)],
    ['endless closing tags behind them', '<div>'.repeat(MANY) + '</span>'.repeat(MANY)],
    ['endless links in links', '<a href="1.html">关于召开会议的通知'.repeat(MANY)],
    [
      'endless rows',
      `<ul>${'<li><a href="1.html">关于召开会议的通知</a><span>2020-09-29</span></li>'.repeat(MANY)}</ul>`,
    ],
    [
      'endless flat links',
      `<div>${'<a href="1.html">关于召开会议的通知</a> 2020-09-29 '.repeat(MANY)}</div>`,
    ],
    [
      'endless cells',
      `<table><tr>${'<td><a href="1.html">关于召开会议的通知</a></td><td>2020-09-29</td>'.repeat(MANY)}</tr></table>`,
    ],
    ['endless digits', `<p>${'1'.repeat(MANY * 20)}</p>`],
    ['endless dates', `<p>${'2020-09-29 '.repeat(MANY * 5)}</p>`],
    ['nearly dates', `<p>${'2020 年 '.repeat(MANY * 5)}</p>`],
    ['endless blanks', `<ul><li><a href="1.html">通知${' '.repeat(MANY * 20)}</a></li></ul>`],
    ['endless brackets in a script', `<script>var a=${'[{'.repeat(MANY)}</script>`],
    ['endless assignments', `<script>${'a=[{"title":"x",'.repeat(MANY)}</script>`],
    ['endless quotes', `<script>document.write("${'\\"'.repeat(MANY)}</script>`],
    ['endless writes', `<script>${'document.write("<p>网站标识码：");'.repeat(MANY)}</script>`],
    ['endless unfinished writes', `<script>${'document.write('.repeat(MANY)}</script>`],
    ['endless records', `<script type="text/xml">${'<record>'.repeat(MANY)}</script>`],
    ['endless comments', '<!--'.repeat(MANY)],
    ['endless metas', '<meta name="a"'.repeat(MANY)],
    ['endless scripts', '<script>'.repeat(MANY)],
    ['endless years', '<p>2020年</p>'.repeat(MANY)],
    ['a foot of digits', `<p>${'网站标识码 备案号 公网安备 '.repeat(MANY)}</p>`],
    [
      'hidden in hidden',
      '<div style="display:none">'.repeat(1_500) +
        '<a href="1.html">关于召开会议的通知</a>'.repeat(2_000),
    ],
  ])('%s', (_name, html) => {
    const quarter = workOf(html.slice(0, html.length / 4));
    expect(workOf(html)).toBeLessThan(quarter * WORK_RATIO_MAX + NOISE_MS);
    expect(read(html).items.length).toBeLessThanOrEqual(60_000);
  });
  test('what was cut says so', () => {
    expect(read('<div>'.repeat(MANY * 5)).truncated).toBe(true);
    expect(read('<p>正文</p>').truncated).toBe(false);
  });
  test('bytes of no page at all', () => {
    const noise = Array.from({ length: 5_000 }, (_, at) =>
      String.fromCharCode((at * 7919) % 65_536),
    ).join('');
    expect(read(noise).kind).toBeDefined();
  });
});

describe('parseDates', () => {
  test.each([
    ['2020-09-29', '2020-09-29'],
    ['1588064103000', '2020-04-28'],
    ['/Date(1588064103000)/', '2020-04-28'],
    ['20200929', '2020-09-29'],
    ['20200929164105', '2020-09-29'],
    ['2020-09-28T16:41:05.000Z', '2020-09-29'],
    ['2020-09-28T16:41:05+08:00', '2020-09-28'],
    ['二〇二〇年', undefined],
    ['2020-9-31', undefined],
    ['2021-02-29', undefined],
    ['2020-02-29', '2020-02-29'],
    ['192.168.1.1', undefined],
    ['12345678901234', undefined],
  ])('%s → %s', (text, value) => {
    expect(parseDates(text)[0]?.value).toBe(value);
  });
  test('places, unknown years and the future', () => {
    expect(parseDates('发布 2020-09-29 10:00，09-18，2021-01-01', { today: '2020-10-01' })).toEqual(
      [
        { value: '2020-09-29', yearUnknown: false, future: false, index: 3, length: 16 },
        { value: '09-18', yearUnknown: true, future: false, index: 20, length: 5 },
        { value: '2021-01-01', yearUnknown: false, future: true, index: 26, length: 10 },
      ],
    );
  });
});
