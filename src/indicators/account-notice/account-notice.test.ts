import { describe, expect, it } from 'vitest';
import type { Observation, SeenProfile } from '../../domain/account-facts.ts';
import type { FactSet } from '../../domain/fact.ts';
import { absent, unobserved } from '../../domain/fact.ts';
import type { Indicator } from '../../domain/indicator.ts';
import {
  accountRegister,
  feed,
  sight,
  sourcePost,
  sourceView,
} from '../../testing/facts/account-views.ts';
import { factSet } from '../../testing/facts/build-facts.ts';
import { INDICATORS } from '../index.generated.ts';

type Values = Parameters<typeof factSet>[0];
type Row = [id: string, name: string, values: Values, status: string, note?: RegExp];

const NOBODY = { isThere: null, name: null, operator: null, certified: null, followers: null };
const seen = (...list: readonly Partial<Observation>[]): Values => ({
  'account.observations': list.map(sight),
});
const profile = (more: Partial<SeenProfile>, at = '2020-09-16'): Partial<Observation> => ({
  ...{ observedAt: `${at}T02:00:00.000Z`, profile: { ...NOBODY, ...more } },
});
const on = (platform: string): Values => ({
  'subject.register': { status: 'running', hasService: false, isPortal: false, platform },
});
const registered = (more: Parameters<typeof accountRegister>[0] = {}): Values => ({
  'account.register': accountRegister(more),
});
const sponsor = (name: string): Values =>
  registered({ sponsor: { name, otherNames: [], above: [], below: [] } });
const peers = (count: number): Values => ({
  'account.peers': {
    same: Array.from({ length: Math.min(count, 20) }, (_, at) => ({
      name: `号${at}`,
      accountId: `a${at}`,
    })),
    count,
  },
});
/** An own timeline read back for half a year. */
const whole = { completeFrom: '2020-03-01', completeTo: '2020-09-16' };

/** Comments written on Monday 2020-09-07 and later: the fifth working day is 09-14. */
const comments = (unanswered: number, answered: number, on = '2020-09-07'): Values => {
  const comment = (answeredAt: string | null) => ({
    ...{ writtenAt: `${on}T02:00:00.000Z`, answeredAt, excerpt: '请问几点上班' },
  });
  const list = [
    ...Array.from({ length: unanswered }, () => comment(null)),
    ...Array.from({ length: answered }, () => comment('2020-09-08T02:00:00.000Z')),
  ];
  return {
    'account.comments': {
      ...{ articles: 3, from: '2020-09-01', to: '2020-09-07', total: list.length },
      ...{ read: list.length, answered, comments: list },
    },
  };
};

const ROWS: readonly Row[] = [
  ['comments', 'none written', comments(0, 0), 'notApplicable'],
  ['comments', 'not open to comments', { 'account.comments': absent }, 'notApplicable'],
  ['comments', 'one of many answered', comments(9, 1), 'met'],
  ['comments', 'two unanswered', comments(2, 0), 'met'],
  ['comments', 'three unanswered', comments(3, 0), 'breached', /3 条超过 5 个工作日/],
  ['comments', 'three of yesterday', comments(3, 0, '2020-09-16'), 'met'],
  ['comments', 'not asked', {}, 'undetermined'],

  ['one-per-platform', 'alone', { ...on('微信公众号'), ...peers(0) }, 'met'],
  [
    'one-per-platform',
    'two of one unit',
    { ...on('微信公众号'), ...peers(1) },
    'breached',
    /还有 1 个.*“号0”（a0）/,
  ],
  ['one-per-platform', 'thirty', { ...on('抖音号'), ...peers(30) }, 'breached', /还有 30 个.*等$/],
  [
    'one-per-platform',
    'apps stand on nobody’s platform',
    { ...on('移动客户端'), ...peers(2) },
    'notApplicable',
  ],
  ['one-per-platform', 'unknown', on('微信公众号'), 'undetermined'],

  [
    'zombie',
    'silent for a month only',
    { 'account.weibo': sourceView('2020-08-17', whole) },
    'met',
  ],
  [
    'zombie',
    'the day three months before',
    { 'account.weibo': sourceView('2020-06-17', whole) },
    'met',
  ],
  [
    'zombie',
    'a day more',
    { 'account.weibo': sourceView('2020-06-16', whole), 'account.feed': feed('2020-06-16') },
    'breached',
    /最后更新 2020-06-16/,
  ],
  [
    'zombie',
    'a source that is whole for two weeks proves no three months',
    { 'account.weibo': sourceView(null) },
    'undetermined',
  ],
  ['zombie', 'seen', seen({ newestOn: '2020-05-01' }), 'breached'],
  ['zombie', 'seen to have nothing', seen({ newestOn: 'none' }), 'breached', /无动态信息/],
  ['zombie', 'login expired', { 'account.weibo': unobserved('登录过期') }, 'undetermined'],
  [
    'zombie',
    'what it published was taken back',
    {
      'account.weibo': sourceView('2020-05-01', {
        ...whole,
        posts: [sourcePost('2020-08-01', { deleted: true }), sourcePost('2020-05-01')],
      }),
    },
    'undetermined',
  ],

  ['update', 'the tenth day before', { 'account.feed': feed('2020-09-07') }, 'met'],
  ['update', 'the eleventh, seen', seen({ newestOn: '2020-09-06' }), 'breached'],
  [
    'update',
    'the eleventh in a feed proves nothing',
    { 'account.feed': feed('2020-09-06') },
    'undetermined',
  ],

  [
    'original',
    'a source marks one',
    {
      'account.weibo': sourceView('2020-09-01', {
        posts: [sourcePost('2020-07-01', { original: true })],
      }),
    },
    'met',
  ],
  [
    'original',
    'a source marks reposts only',
    {
      'account.weibo': sourceView('2020-09-01', {
        posts: [sourcePost('2020-09-01', { original: false })],
      }),
    },
    'undetermined',
  ],
  [
    'original',
    'a source does not tell',
    { 'account.weibo': sourceView('2020-09-01') },
    'undetermined',
  ],
  ['original', 'seen none', seen({ originalOn: 'none' }), 'breached', /没有原创内容/],
  ['original', 'seen an old one', seen({ originalOn: '2020-05-01' }), 'breached', /2020-05-01/],
  ['original', 'seen a new one', seen({ originalOn: '2020-08-01' }), 'met'],
  [
    'original',
    'seen none, but weeks before',
    seen({ originalOn: 'none', observedAt: '2020-08-01T02:00:00.000Z' }),
    'undetermined',
  ],
  [
    'original',
    'seen none, but a source marks one',
    {
      ...seen({ originalOn: 'none' }),
      'account.weibo': sourceView('2020-09-01', {
        posts: [sourcePost('2020-09-01', { original: true })],
      }),
    },
    'met',
  ],

  ['ads', 'looked, none', seen({ ads: '' }), 'met'],
  ['ads', 'seen', seen({ ads: '某白酒' }), 'breached', /某白酒/],
  ['ads', 'not looked', seen({ ads: null }), 'undetermined'],
  ['ads', 'facts of an earlier version', seen({}), 'undetermined'],
  [
    'ads',
    'taken away since',
    seen({ ads: '某白酒', observedAt: '2020-09-01T02:00:00.000Z' }, { ads: '' }),
    'met',
  ],

  ['name', 'the same', { ...registered(), ...seen(profile({ name: '岳阳商务' })) }, 'met'],
  [
    'name',
    'spaces and full width say nothing',
    { ...registered({ name: '岳阳(商务)12' }), ...seen(profile({ name: '岳阳 （商务）１２' })) },
    'met',
  ],
  [
    'name',
    'another',
    { ...registered(), ...seen(profile({ name: '美食岳阳' })) },
    'breached',
    /“美食岳阳”，登记的是“岳阳商务”/,
  ],
  [
    'name',
    'a former one',
    { ...registered(), ...seen(profile({ name: '岳阳市商务局' })) },
    'breached',
    /以前登记的名称/,
  ],
  ['name', 'not looked', { ...registered(), ...seen(profile({})) }, 'undetermined'],
  [
    'name',
    'looked last year',
    { ...registered(), ...seen(profile({ name: '美食岳阳' }, '2019-09-16')) },
    'undetermined',
  ],
  ['name', 'register unknown', seen(profile({ name: '美食岳阳' })), 'undetermined'],

  ['certified', 'yes', seen(profile({ certified: true })), 'met'],
  ['certified', 'no', seen(profile({ certified: false })), 'breached'],
  ['certified', 'not looked', seen(profile({})), 'undetermined'],

  [
    'operator',
    'the sponsor',
    { ...registered(), ...seen(profile({ operator: '岳阳市商务局' })) },
    'met',
  ],
  [
    'operator',
    'its office',
    { ...registered(), ...seen(profile({ operator: '岳阳市商务局办公室' })) },
    'met',
  ],
  [
    'operator',
    'its former name',
    { ...registered(), ...seen(profile({ operator: '岳阳市商务和粮食局' })) },
    'met',
  ],
  [
    'operator',
    'the unit above',
    { ...registered(), ...seen(profile({ operator: '岳阳市' })) },
    'undetermined',
    /上级或下级/,
  ],
  [
    'operator',
    'a unit below',
    { ...registered(), ...seen(profile({ operator: '岳阳市口岸办公室' })) },
    'undetermined',
    /上级或下级/,
  ],
  [
    'operator',
    'a company',
    { ...registered(), ...seen(profile({ operator: '某某传媒有限公司' })) },
    'breached',
    /某某传媒/,
  ],
  ['operator', 'not looked', { ...registered(), ...seen(profile({})) }, 'undetermined'],

  ['gone', 'there', { ...on('微信公众号'), ...seen(profile({ isThere: true })) }, 'met'],
  ['gone', 'not there', { ...on('微信公众号'), ...seen(profile({ isThere: false })) }, 'breached'],
  [
    'gone',
    'not found, but it publishes',
    {
      ...on('微信公众号'),
      ...seen(profile({ isThere: false }, '2020-09-10')),
      'account.feed': feed('2020-09-12'),
    },
    'undetermined',
    /再看一次/,
  ],
  ['gone', 'nobody looked', on('微信公众号'), 'undetermined'],
  [
    'gone',
    'the register knows',
    {
      'subject.register': {
        status: 'closed',
        hasService: false,
        isPortal: false,
        platform: '头条号',
      },
      ...seen(profile({ isThere: false })),
    },
    'notApplicable',
  ],

  [
    'closed-posting',
    'running',
    { ...registered(), 'account.feed': feed('2020-09-12') },
    'notApplicable',
  ],
  [
    'closed-posting',
    'closed and silent',
    {
      ...registered({ status: 'closed', since: '2020-08-01' }),
      'account.feed': feed('2020-08-01'),
    },
    'met',
  ],
  [
    'closed-posting',
    'the last word after a week',
    {
      ...registered({ status: 'closed', since: '2020-08-01' }),
      'account.feed': feed('2020-08-08'),
    },
    'met',
  ],
  [
    'closed-posting',
    'posts on',
    {
      ...registered({ status: 'deregistered', since: '2020-08-01' }),
      'account.feed': feed('2020-08-09'),
    },
    'breached',
    /2020-08-01 起已注销，2020-08-09 还有发布/,
  ],
  [
    'closed-posting',
    'nobody looked',
    registered({ status: 'closed', since: '2020-08-01' }),
    'undetermined',
  ],
  [
    'closed-posting',
    'nothing at all there',
    { ...registered({ status: 'closed', since: '2020-08-01' }), ...seen({ newestOn: 'none' }) },
    'met',
  ],
  [
    'closed-posting',
    'since when?',
    { ...registered({ status: 'closed', since: null }), 'account.feed': feed('2020-09-12') },
    'undetermined',
  ],

  ['township', 'a bureau', registered(), 'met'],
  ['township', 'a township', sponsor('长沙县黄花镇人民政府'), 'breached', /黄花镇/],
  ['township', 'unknown', {}, 'undetermined'],

  ['mini-program', 'opens', { ...on('微信小程序'), ...seen({ opens: true }) }, 'met'],
  ['mini-program', 'does not open', { ...on('微信小程序'), ...seen({ opens: false }) }, 'breached'],
  ['mini-program', 'nobody looked', on('支付宝小程序'), 'undetermined'],
  [
    'mini-program',
    'an account',
    { ...on('微信公众号'), ...seen({ opens: false }) },
    'notApplicable',
  ],
];

function judge(id: string, facts: FactSet) {
  const indicator = INDICATORS.find((each) => each.id === `media.notice.${id}`) as Indicator;
  const parameters = Object.fromEntries(
    Object.entries(indicator.parameters).map(([name, spec]) => [name, spec.default]),
  );
  return indicator.judge(facts, parameters);
}

describe('the guideline checks of accounts', () => {
  it.each(ROWS)('%s: %s', (id, _name, values, status, note) => {
    const judgement = judge(id, factSet(values));
    expect(judgement.status).toBe(status);
    if (note) expect('reason' in judgement ? judgement.reason : judgement.note).toMatch(note);
  });

  it('each is met, breached, not known and, where that can be, not asked', () => {
    const ids = INDICATORS.filter(({ id }) => id.startsWith('media.notice.')).map(({ id }) => id);
    for (const id of ids) {
      const statuses = ROWS.filter(([each]) => id === `media.notice.${each}`).map((row) => row[3]);
      expect([id, statuses]).toEqual([
        id,
        expect.arrayContaining(['met', 'breached', 'undetermined']),
      ]);
    }
  });

  it('a breach that an inspector saw shows his picture, when the round holds it', () => {
    const picture = 'a'.repeat(64);
    const judgement = judge('ads', factSet(seen({ ads: '某白酒', picture })));
    expect(judgement).toMatchObject({ evidence: [{ snapshot: picture }] });
    const elsewhere = judge('ads', factSet(seen({ ads: '某白酒', picture: 'b'.repeat(64) })));
    expect(elsewhere).toMatchObject({ evidence: [{ snapshot: null }] });
  });
});
