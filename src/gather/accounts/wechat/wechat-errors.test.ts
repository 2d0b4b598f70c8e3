import { describe, expect, it } from 'vitest';
import { refusal } from './wechat-answer.ts';
import { actionOf, type WechatAction, wordRefusal } from './wechat-errors.ts';

/** new-media-apis §2.6, row by row. */
const TABLE: readonly (readonly [WechatAction, readonly number[]])[] = [
  ['retry', [-1, -1000]],
  ['refresh-token', [40001, 40014, 42001]],
  ['stop-owner', [40125, 40013, 40243, 48004, 50002, 61003, 61023]],
  ['stop-operations', [40164, 89503, 89506, 89507, 61004, 61005, 61006]],
  ['mend-content', [40007, 40118, 45001, 45002]],
  ['defect', [41001, 44002, 47001, 53502, 53600]],
  ['park', [45009, 48006]],
  ['back-off', [45011, 53501]],
  ['publish-otherwise', [45028]],
  ['by-hand', [45015, 45047, 53500, 53503, 53504, 53505]],
  ['drop-capability', [48001, 88000, 61007]],
  ['split-span', [61500, 61501]],
  ['give-up', [99999, 1, -1001]],
];

describe('what is done about a code', () => {
  it.each(TABLE)('%s', (action, codes) => {
    expect(codes.map((code) => [code, actionOf(code)])).toEqual(
      codes.map((code) => [code, action]),
    );
  });

  it.each(TABLE.flatMap(([, codes]) => codes).filter((code) => code > 0))(
    '%i says in Chinese what it means and what to do next',
    (code) => {
      const words = wordRefusal(refusal(code, 'errmsg rid: 1'));
      expect(words).toMatch(
        /^[^；]*[\u4e00-\u9fff][^；]*；.*[\u4e00-\u9fff].*（错误码 -?\d+ errmsg rid: 1）$/,
      );
    },
  );

  it.each([
    [
      'invalid ip 203.0.113.9 ipv6 ::ffff:203.0.113.9, not in whitelist rid: 5f-1',
      '：203.0.113.9（',
    ],
    ['not in whitelist', '加入（'],
  ])('the address to be allowed is taken from %s', (message, expected) => {
    expect(wordRefusal(refusal(40164, message))).toContain(expected);
  });

  it('an answer that did not come and a call that was not made are told as they are', () => {
    expect(wordRefusal(refusal(-1000, '超时'))).toBe('微信平台繁忙或没有答复；系统会再试（超时）');
    expect(wordRefusal(refusal(-1001, '没有再问'))).toBe('没有再问');
  });
});
