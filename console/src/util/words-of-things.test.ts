import { describe, expect, it } from 'vitest';
import { ApiError, wordsOfError } from '../api/api-error.ts';
import { changesBetween } from '../pages/subject/changes-between.ts';
import { agentWords } from './agent-words.ts';
import { bytesText } from './bytes.ts';

it.each([
  [0, '0 字节'],
  [1023, '1023 字节'],
  [1024, '1.0 KB'],
  [51_234, '50.0 KB'],
  [5 * 1024 ** 2, '5.0 MB'],
  [200 * 1024 ** 3, '200 GB'],
])('%d bytes are %s', (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it.each([
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/122.0.0.0 Safari/537.36', 'Chrome · Windows'],
  ['Mozilla/5.0 (Windows NT 10.0) Chrome/122 Safari/537.36 QIHU 360SE', '360 浏览器 · Windows'],
  ['Mozilla/5.0 (Linux; Android 12; HarmonyOS) MicroMessenger/8', '微信 · 鸿蒙'],
  ['curl/8.5', 'curl/8.5'],
  ['', '未知设备'],
])('the browser %s is %s', (agent, words) => {
  expect(agentWords(agent)).toBe(words);
});

describe('what changed in the register', () => {
  it.each([
    ['nothing', { name: '甲', order: 1 }, { name: '甲', order: 2 }, []],
    [
      'a state and a flag',
      { status: 'running', isPortal: false },
      { status: 'closed', isPortal: true },
      [
        { field: '状态', from: '正常运行', to: '已关停' },
        { field: '门户网站', from: '否', to: '是' },
      ],
    ],
    ['something new', {}, { homeUrl: 'http://a/' }, [{ field: '首页', from: '', to: 'http://a/' }]],
    [
      'something taken away',
      { name: '甲' },
      { name: null },
      [{ field: '名称', from: '甲', to: '' }],
    ],
  ])('%s', (_name, before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes);
  });
});

describe('a failed request in words', () => {
  const answer = (status: number) =>
    new Response('', { status, headers: { 'x-request-id': 'r1' } });
  it.each([
    [
      'our own shape',
      ApiError.from(answer(409), {
        code: 'round.frozen',
        message: '批次已冻结。',
        details: [],
        requestId: 'r2',
      }),
      '批次已冻结。（请求编号 r2）',
    ],
    [
      'a gateway in between',
      ApiError.from(answer(502), '<html>'),
      '服务器暂时没有应答，请稍后再试。（请求编号 r1）',
    ],
    ['an odd status', ApiError.from(answer(418), null), '请求没有成功（418）。（请求编号 r1）'],
    [
      'no network',
      ApiError.offline(new TypeError('x')),
      '连不上服务器。请检查网络，并确认巡鉴仍在运行，然后重试。',
    ],
    ['our own mistake', new TypeError('x is undefined'), '页面出错，请刷新后重试。'],
  ])('%s', (_name, error, words) => {
    expect(wordsOfError(error)).toBe(words);
  });
});
