import { describe, expect, it } from 'vitest';
import { unobserved } from '../../domain/fact.ts';
import { feed, sight, sourceView, wechat } from '../../testing/facts/account-views.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { lastUpdateOf } from './last-update.ts';

type Values = Parameters<typeof factSet>[0];
const seen = (...dates: readonly (string | null)[]): Values => ({
  'account.observations': dates.map((newestOn) => sight({ newestOn })),
});

describe('the last update of an account', () => {
  it.each<[string, Values, string | null, boolean]>([
    ['nothing gathered', {}, null, false],
    ['nobody looked at the items', seen(null), null, false],
    ['no item at all', seen('none'), null, true],
    ['several sights: the newest counts', seen('2020-08-01', '2020-09-10'), '2020-09-10', false],
    ['a date outweighs 无', seen('none', '2020-08-01'), '2020-08-01', false],
    ['only a future date', seen('2020-09-18'), null, false],
    ['无 beside a future date', seen('none', '2020-09-18'), null, false],
    [
      '无, but the feed shows items, all in the future',
      { ...seen('none'), 'account.feed': { ...feed(null), futureItems: 1 } },
      null,
      false,
    ],
    [
      '无, and an empty feed',
      { ...seen('none'), 'account.feed': { ...feed(null), itemCount: 0 } },
      null,
      true,
    ],
    [
      '无, but the interface knows a publication',
      { ...seen('none'), 'account.wechat': wechat('2020-08-20') },
      '2020-08-20',
      false,
    ],
    [
      '无, and the interface knows none',
      { ...seen('none'), 'account.wechat': wechat(null) },
      null,
      true,
    ],
    [
      'several sources: the newest of all counts',
      {
        'account.feed': feed('2020-09-01'),
        'account.weibo': sourceView('2020-08-30'),
        'account.articles': sourceView('2020-09-11'),
        'account.submissions': sourceView('2020-09-10'),
      },
      '2020-09-11',
      false,
    ],
    [
      'a source that could not be asked says nothing',
      { 'account.douyin': unobserved('登录过期'), 'account.feeds': sourceView('2020-08-30') },
      '2020-08-30',
      false,
    ],
    [
      '无, but another source shows an item without a date',
      { ...seen('none'), 'account.feeds': sourceView(null, { itemCount: 1, undatedItems: 1 }) },
      null,
      false,
    ],
  ])('%s', (_name, values, date, none) => {
    expect(lastUpdateOf(factSet(values))).toEqual({ date, none });
  });
});
