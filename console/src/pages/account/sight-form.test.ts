import { describe, expect, it } from 'vitest';
import type { ListedSight } from '../../api/types.ts';
import { emptySight, openTest, type SightForm, sightBody, whyNotSend } from './sight-form.ts';

const NOW = '2020-09-17T10:30';
const form = (more: Partial<SightForm>): SightForm => ({ ...emptySight(NOW), ...more });
const seen = (testedAt: string | null, repliedAt: string | null): ListedSight =>
  ({ testedAt, repliedAt, withdrawn: null }) as ListedSight;

describe('the form of a sight', () => {
  it.each<[string, Partial<SightForm>, RegExp | null]>([
    ['nothing seen', {}, /至少写一项/],
    ['no time', { observedAt: '', hasItems: 'no' }, /观察时间/],
    ['items without a date', { hasItems: 'yes' }, /最新一条的日期/],
    ['ways without one', { looksAtWays: 'yes' }, /互动方式/],
    ['advertisements without words', { hasAds: 'yes', ads: ' ' }, /什么广告/],
    ['originals without a date', { hasOriginals: 'yes' }, /原创的日期/],
    ['an answer to nothing', { repliedAt: NOW }, /测试留言/],
    ['followers in words', { followers: '一万' }, /整数/],
    ['nothing at all there', { hasItems: 'no' }, null],
    ['only a picture', { picture: 'a'.repeat(64) }, null],
    ['no way at all', { looksAtWays: 'no' }, null],
  ])('%s', (_name, more, words) => {
    const why = whyNotSend(form(more));
    if (words === null) expect(why).toBeNull();
    else expect(why).toMatch(words);
  });

  it('what nobody looked at is null, what is not there is said', () => {
    expect(sightBody(form({ hasItems: 'no', hasAds: 'no', looksAtWays: 'no' }))).toMatchObject({
      ...{ observedAt: '2020-09-17T10:30:00+08:00', newestOn: 'none', ways: [], ads: '' },
      ...{ originalOn: null, certified: null, opens: null, name: null, followers: null },
    });
  });

  it('words of a choice that was taken back are not sent', () => {
    const body = sightBody(
      form({ hasItems: 'unseen', newestOn: '2020-09-01', ads: '酒', ways: ['私信'] }),
    );
    expect(body).toMatchObject({ newestOn: null, ads: null, ways: null });
  });

  it('the question that waits is the newest without an answer in any sight', () => {
    expect(openTest([])).toBeUndefined();
    expect(openTest([seen('b', 'c'), seen('b', null), seen(null, null)])).toBeUndefined();
    const withdrawn = { at: 'd', by: '张三', why: '看错' };
    expect(openTest([{ ...seen('b', null), withdrawn }])).toBeUndefined();
    expect(openTest([seen(null, null), seen('b', null), seen('a', null)])).toMatchObject({
      testedAt: 'b',
    });
  });
});
