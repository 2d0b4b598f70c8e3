import { describe, expect, it } from 'vitest';
import { parseFeedDate } from './feed-date.ts';

const MORNING = '2020-09-17T02:05:09.000Z';
const MINUTE = '2020-09-17T02:05:00.000Z';
const MIDNIGHT = '2020-09-16T16:00:00.000Z';

describe('dates of feeds', () => {
  it.each([
    ['RFC 3339', '2020-09-17T10:05:09+08:00', MORNING],
    ['RFC 3339, UTC, fractions', '2020-09-17T02:05:09.123Z', MORNING],
    ['RFC 3339 in small letters', '2020-09-17t02:05:09z', MORNING],
    ['an offset without colon', '2020-09-17T10:05:09+0800', MORNING],
    ['half an hour in an offset', '2020-09-17T07:35:09+05:30', MORNING],
    ['no zone is China', '2020-09-17 10:05:09', MORNING],
    ['one digit, slashes, no seconds', '2020/9/17 10:05', MINUTE],
    ['a bare date', '2020-09-17', MIDNIGHT],
    ['points', '2020.09.17', MIDNIGHT],
    ['RFC 822', 'Thu, 17 Sep 2020 10:05:09 +0800', MORNING],
    ['RFC 822, GMT', 'Thu, 17 Sep 2020 02:05:09 GMT', MORNING],
    ['RFC 822, two-digit year, no weekday', '17 Sep 20 02:05 UT', MINUTE],
    ['RFC 822 without zone', 'Thu, 17 Sep 2020 10:05:09', MORNING],
    ['RFC 822, CST is China', 'Thu, 17 Sep 2020 10:05:09 CST', MORNING],
    ['RFC 822, GMT+8', 'Thu, 17 Sep 2020 10:05:09 GMT+8', MORNING],
    ['RFC 822, GMT+0800 and a remark', 'Thu, 17 Sep 2020 10:05:09 GMT+0800 (CST)', MORNING],
    ['an offset of one digit', '2020-09-17 10:05:09 +8', MORNING],
    ['RFC 822, date only', '17 Sep 2020', MIDNIGHT],
    ['RFC 850', 'Thursday, 17-Sep-2020 02:05:09 GMT', MORNING],
    ['a full month', '17 September 2020 02:05:09 GMT', MORNING],
    ['Java', 'Thu Sep 17 10:05:09 CST 2020', MORNING],
    ['Java with an offset', 'Thu Sep 17 10:05:09 GMT+08:00 2020', MORNING],
    ['Weibo', 'Thu Sep 17 10:05:09 +0800 2020', MORNING],
    ['Chinese', '2020年9月17日 10:05', MINUTE],
    ['Chinese, date only', '2020年09月17日', MIDNIGHT],
    ['seconds', '1600308309', MORNING],
    ['milliseconds', '1600308309000', MORNING],
    ['white space around', '  Thu,  17 Sep 2020\n10:05:09 +0800 ', MORNING],
  ])('%s: %s', (_name, raw, instant) => {
    expect(parseFeedDate(raw)).toBe(instant);
  });

  it.each([
    ['nothing', ''],
    ['words', '昨天'],
    ['no such day', '2020-02-30'],
    ['no such month', '17 Foo 2020 10:00:00 GMT'],
    ['no such hour', '2020-09-17T25:00:00Z'],
    ['a zone that nobody knows', '2020-09-17 10:00:00 XYZ'],
    ['month and day only', '09-17'],
    ['a short number', '20200917'],
  ])('none: %s', (_name, raw) => {
    expect(parseFeedDate(raw)).toBeNull();
  });
});
