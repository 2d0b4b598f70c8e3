import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { importRegistry } from '../registry/index.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { DEFAULT_MATRIX_POLICY } from './matrix-db.ts';
import { watchAccounts } from './watch-accounts.ts';

let opened: TemporaryStore;
let seconds: number;
/** Whether the sources answer. */
let isRead: boolean;

beforeAll(async () => {
  opened = await temporaryStore();
  const tables: [string, string[][]][] = [
    [
      '单位.csv',
      [
        ['名称', '上级'],
        ['岳阳市', ''],
      ],
    ],
    [
      '新媒体.csv',
      [
        ['平台', '账号名称', '账号ID', '主办单位', '信源种类', '信源地址'],
        ['头条号', '岳阳发布', 'yy', '岳阳市', 'RSS', 'http://feed.gov.cn/yy.xml'],
      ],
    ],
  ];
  await importRegistry(opened, '测试', {
    files: tables.map(([name, rows]) => ({ name, bytes: writeCsv(rows) })),
    dryRun: false,
    today: '2026-10-01',
  });
});
afterAll(() => opened.remove());
beforeEach(async () => {
  [seconds, isRead] = [0, true];
  for (const table of [
    'notice',
    'account_alert',
    'account_post',
    'account_pulse',
    'observation',
    'round',
  ])
    await sql`delete from ${sql.table(table)}`.execute(opened.store.db);
  await run`update account_source set complete_from = null, complete_to = null`;
  await run`update account set status = 'running'`;
});

const run = (text: TemplateStringsArray, ...values: unknown[]) =>
  sql(text, ...values).execute(opened.store.db);

/** A sweep saw a post of that day. */
async function sees(publishedOn: string, item = publishedOn): Promise<void> {
  await run`insert into account_post (source_id, item_id, account_id, title, url, published_on, pinned, deleted,
              first_seen_at, last_seen_at)
            select id, ${item}, account_id, '防汛工作', 'http://a/', ${publishedOn}::date, false, false, now(), now()
              from account_source`;
}

/** A pass at that time of Shanghai; the sources were asked just before. */
async function watch(text: string) {
  seconds += 1;
  const at = new Date(Date.parse(`${text.replace(' ', 'T')}:00+08:00`) + seconds).toISOString();
  await run`update account_source set checked_at = ${at}::timestamptz - interval '1 millisecond',
              ok_at = case when ${isRead} then ${at}::timestamptz - interval '1 millisecond' end`;
  await run`update account_post set last_seen_at = '2026-10-01'`;
  await run`update account_pulse set made_at = '2026-10-02'`;
  return watchAccounts({ store: opened.store, matrix: DEFAULT_MATRIX_POLICY }, '测试', { at });
}

const alerts = async () =>
  (
    await sql<{ since: string; state: string; why: string | null }>`
      select silent_since as since, state, closed_why as why from account_alert order by id`.execute(
      opened.store.db,
    )
  ).rows;
const letters = async () =>
  (
    await sql<{ audience: string; text: string }>`
      select audience, text from notice where kind = 'account.alert' order by id`.execute(
      opened.store.db,
    )
  ).rows;

describe('alerts before the limit of silence', () => {
  it.each([
    ['day 9', '2026-11-10 12:00', 0, []],
    ['day 10', '2026-11-11 12:00', 1, ['还有 4 天']],
    ['one minute before day 10 in Shanghai', '2026-11-10 23:59', 0, []],
    ['the first minute of day 10 in Shanghai', '2026-11-11 00:00', 1, ['还有 4 天']],
    ['day 13: the manager too', '2026-11-14 12:00', 1, ['还有 1 天', '还有 1 天']],
    ['day 14', '2026-11-15 12:00', 1, ['今天是最后一天', '今天是最后一天']],
    ['day 15', '2026-11-16 12:00', 1, ['已超过 1 天', '已超过 1 天']],
  ])('%s', async (_name, at, raised, words) => {
    await sees('2026-11-01');
    expect(await watch(at)).toMatchObject({ raised });
    expect((await letters()).map(({ text }) => text)).toEqual(
      words.map((word) => expect.stringContaining(word)),
    );
  });

  it('of one silence there is one, however often one looks', async () => {
    await sees('2026-11-01');
    for (const day of ['11', '12', '13', '14', '15', '20']) await watch(`2026-11-${day} 08:00`);
    expect(await alerts()).toEqual([{ since: '2026-11-01', state: 'open', why: null }]);
    expect((await letters()).map(({ audience }) => audience)).toEqual(['sponsor', 'manager']);
  });

  it('a source that does not show everything accuses of nothing', async () => {
    await sees('2026-11-01');
    await watch('2026-11-11 12:00');
    const [partial] = await letters();
    expect(partial?.text).toBe(
      '我们的信源在 2026-11-01（RSS 订阅，B 级）之后没有看到“岳阳发布”更新；信源可能看不全。要求 14 天内有更新，还有 4 天。请及时发布；已经发布的，请报送或更新信源。',
    );
  });

  it('a complete one says what it saw, and nothing ever published is a silence as well', async () => {
    await run`update account_source set complete_from = '2026-10-01', complete_to = '2026-11-10'`;
    await watch('2026-11-11 12:00');
    expect((await letters())[0]?.text).toContain('信源能看全的时间里没有看到');
    await sees('2026-11-01');
    await watch('2026-11-12 12:00');
    expect(await alerts()).toEqual([
      { since: null, state: 'closed', why: 'post' },
      { since: '2026-11-01', state: 'open', why: null },
    ]);
  });

  it('of an account of which nothing is known nobody is told', async () => {
    expect(await watch('2026-11-11 12:00')).toMatchObject({ refreshed: 1, raised: 0 });
  });

  it('of what only a round made up for the past showed nobody is told, until a source was read', async () => {
    await sees('2026-11-01');
    isRead = false;
    expect(await watch('2026-11-20 12:00')).toMatchObject({ refreshed: 1, raised: 0 });
    isRead = true;
    expect(await watch('2026-11-21 12:00')).toMatchObject({ raised: 1 });
  });

  it('a newer post ends it; one that comes late, with an old date, begins another silence', async () => {
    await sees('2026-11-01');
    await watch('2026-11-11 12:00');
    await sees('2026-11-03');
    await watch('2026-11-12 12:00');
    await watch('2026-11-13 12:00');
    await sees('2026-11-13', 'new');
    await watch('2026-11-13 18:00');
    expect(await alerts()).toEqual([
      { since: '2026-11-01', state: 'closed', why: 'post' },
      { since: '2026-11-03', state: 'closed', why: 'post' },
    ]);
  });

  it('a post of the future ends nothing', async () => {
    await sees('2026-11-01');
    await sees('2026-12-30');
    expect(await watch('2026-11-11 12:00')).toMatchObject({ raised: 1 });
  });

  it('a deletion opens the old one again, and tells nobody twice', async () => {
    await sees('2026-11-01');
    await watch('2026-11-11 12:00');
    await sees('2026-11-11');
    await watch('2026-11-11 18:00');
    await run`update account_post set deleted = true where item_id = '2026-11-11'`;
    await watch('2026-11-12 12:00');
    expect(await alerts()).toEqual([{ since: '2026-11-01', state: 'open', why: null }]);
    expect(await letters()).toHaveLength(1);
  });

  it.each(['suspended', 'closed'])('an account that is %s has none', async (status) => {
    await sees('2026-11-01');
    await watch('2026-11-11 12:00');
    await run`update account set status = ${status}`;
    expect(await watch('2026-11-12 12:00')).toMatchObject({ raised: 0, closed: 1 });
    expect(await alerts()).toEqual([{ since: '2026-11-01', state: 'closed', why: 'status' }]);
  });

  it('an inspector’s sight is an update, and proves a silence', async () => {
    await sees('2026-11-01');
    await run`insert into observation (account_id, observed_at, newest_on, origin)
              select id, '2026-11-11T02:00:00Z', '2026-11-02', '控制台' from account`;
    await watch('2026-11-12 12:00');
    expect((await letters())[0]?.text).toContain(
      '“岳阳发布”最近一次更新是 2026-11-02（人工观察，D 级），之后没有更新。',
    );
  });

  it('a local limit of the newest round counts', async () => {
    await run`insert into round (period, label, window_from, window_to, monitored_at, ruleset_id, ruleset_hash, ruleset,
                clock, coverage, resolve_rules, state, created_at)
              values ('x', 'x', '2026-11-01', '2026-11-02', now(), 'x', 'x',
                '{"rules":[{"id":"media.veto.stale.two-weeks","parameters":{"days":10}}]}', 'live', '{}', '[]', 'planned', now())`;
    await sees('2026-11-01');
    expect(await watch('2026-11-06 12:00')).toMatchObject({ raised: 0 });
    expect(await watch('2026-11-07 12:00')).toMatchObject({ raised: 1 });
    expect((await letters())[0]?.text).toContain('要求 10 天内有更新，还有 4 天');
  });
});
