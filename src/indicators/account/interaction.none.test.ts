import { describe, expect, it } from 'vitest';
import type { InteractionWay, Observation, WechatInteraction } from '../../domain/account-facts.ts';
import { unobserved } from '../../domain/fact.ts';
import { sight } from '../../testing/facts/account-views.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { interactionNone } from './interaction.none.ts';

type Values = Parameters<typeof factSet>[0];
const DEFAULTS = { replyWorkdays: 5 };
const judge = (values: Values) => interactionNone.judge(factSet(values), DEFAULTS);
const sights = (...list: readonly Partial<Observation>[]): Values => ({
  'account.observations': list.map(sight),
});
const ways = (...list: readonly InteractionWay[]): Values => sights({ ways: list });
const api = (
  menuOpen: boolean | null,
  autoReply: boolean | null,
  comments: boolean | null,
): Values => ({
  'account.wechatInteraction': { menuOpen, autoReply, comments } satisfies WechatInteraction,
});
/** Sent on Monday 2020-09-07: the fifth working day after it is Monday 09-14. */
const SENT = '2020-09-07T02:00:00.000Z';
const tested = (
  list: readonly InteractionWay[],
  observedOn: string,
  repliedAt: string | null = null,
): Values =>
  sights({ ways: list, testedAt: SENT, repliedAt, observedAt: `${observedOn}T02:00:00.000Z` });
/** Sent on Friday 2020-09-25: 09-27 is worked, 10-01 to 10-08 are not; the fifth working day is 10-09. */
const holiday = (observedOn: string): Values =>
  sights({
    ways: ['私信'],
    testedAt: '2020-09-25T02:00:00.000Z',
    observedAt: `${observedOn}T02:00:00.000Z`,
  });

describe('media.veto.interaction.none', () => {
  it.each<[string, Values, string]>([
    ['评论', ways('评论'), 'met'],
    ['私信', ways('私信'), 'met'],
    ['菜单', ways('菜单'), 'met'],
    ['留言 beside 转发', ways('转发', '留言'), 'met'],
    ['转发 only', ways('转发'), 'breached'],
    ['无', ways(), 'breached'],
    ['not looked', sights({ ways: null }), 'undetermined'],
    ['test answered', tested(['私信'], '2020-09-16', '2020-09-08T02:00:00.000Z'), 'met'],
    ['test answered late', tested(['私信'], '2020-09-16', '2020-09-16T01:00:00.000Z'), 'met'],
    ['test unanswered after five working days', tested(['私信'], '2020-09-15'), 'breached'],
    ['test unanswered, its last day not over', tested(['私信'], '2020-09-14'), 'met'],
    ['test still pending', tested(['私信'], '2020-09-09'), 'met'],
    ['over a holiday: the tenth of October is too late', holiday('2020-10-10'), 'breached'],
    ['over a holiday: two weeks are not five working days', holiday('2020-10-09'), 'met'],
    ['menu plus failed test', tested(['私信', '菜单'], '2020-09-16'), 'met'],
    ['comments plus failed private message', tested(['私信', '评论'], '2020-09-16'), 'met'],
    ['comments were tested when there is nothing else', tested(['评论'], '2020-09-16'), 'breached'],
    ['转发 plus failed test', tested(['私信', '转发'], '2020-09-16'), 'breached'],
    [
      'failed test, seen unanswered later by another sight',
      sights(
        { ways: ['私信'], testedAt: SENT, observedAt: SENT },
        { observedAt: '2020-09-16T02:00:00.000Z' },
      ),
      'breached',
    ],
    [
      'the same test, answered in a later row',
      sights(
        { ways: ['私信'], testedAt: SENT },
        { testedAt: SENT, repliedAt: '2020-09-08T02:00:00.000Z' },
      ),
      'met',
    ],
    [
      'an old test unanswered, a later one answered',
      sights(
        { ways: ['私信'], testedAt: '2020-08-10T02:00:00.000Z' },
        { ways: ['私信'], testedAt: SENT, repliedAt: '2020-09-08T02:00:00.000Z' },
      ),
      'met',
    ],
    [
      'an old test answered, a later one unanswered',
      sights(
        {
          ways: ['私信'],
          testedAt: '2020-08-10T02:00:00.000Z',
          repliedAt: '2020-08-11T02:00:00.000Z',
        },
        { ways: ['私信'], testedAt: SENT },
      ),
      'breached',
    ],
    [
      'a later answer by another way mends nothing',
      sights(
        { ways: ['私信'], testedAt: '2020-08-10T02:00:00.000Z' },
        { ways: ['评论'], testedAt: SENT, repliedAt: '2020-09-08T02:00:00.000Z' },
        { ways: ['私信'], observedAt: '2020-09-16T03:00:00.000Z' },
      ),
      'breached',
    ],
    [
      'an unanswered comment says nothing of private messages',
      sights(
        { ways: ['评论'], testedAt: SENT, observedAt: '2020-09-15T02:00:00.000Z' },
        { ways: ['私信'], observedAt: '2020-09-16T02:00:00.000Z' },
      ),
      'met',
    ],
    [
      'the newest look at the ways counts',
      sights(
        { ways: [], observedAt: '2020-09-10T02:00:00.000Z' },
        { ways: ['评论'], observedAt: '2020-09-16T02:00:00.000Z' },
      ),
      'met',
    ],
    ['interface: menu', api(true, false, false), 'met'],
    ['interface: automatic replies', api(false, true, null), 'met'],
    ['interface: nothing', api(false, false, false), 'breached'],
    ['interface: one answer missing', api(false, false, null), 'undetermined'],
    ['interface refused', { 'account.wechatInteraction': unobserved('40125') }, 'undetermined'],
    [
      'interface: nothing, but an inspector saw private messages',
      { ...api(false, false, false), ...ways('私信') },
      'met',
    ],
    [
      'interface refused, an inspector saw nothing',
      { 'account.wechatInteraction': unobserved('40125'), ...ways() },
      'breached',
    ],
    [
      'interface: menu, test message unanswered',
      { ...api(true, false, false), ...tested(['私信'], '2020-09-16') },
      'met',
    ],
    ['nothing gathered', {}, 'undetermined'],
  ])('%s', (_name, values, status) => {
    expect(judge(values)).toHaveProperty('status', status);
  });

  it('says what was seen and which test failed', () => {
    expect(judge(tested(['私信'], '2020-09-16'))).toMatchObject({
      note: '2020-09-16 10:00 人工观察：只有私信，2020-09-07 10:00 的测试留言 5 个工作日没有回复',
      evidence: [{ locator: 'observations.csv:2', factId: '7:account.observations' }],
    });
    expect(judge(ways())).toMatchObject({ note: '2020-09-16 10:00 人工观察：没有任何互动方式' });
  });

  it('the working days are a parameter', () => {
    const facts = factSet(tested(['私信'], '2020-09-15'));
    expect(interactionNone.judge(facts, { replyWorkdays: 6 }).status).toBe('met');
  });
});
