import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { NO_COUNTS } from '../domain/account-sources.ts';
import { importRegistry } from '../registry/index.ts';
import { actorWith } from '../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { fillFromRounds } from './fill-from-rounds.ts';
import { DEFAULT_MATRIX_POLICY, type MatrixDeps } from './matrix-db.ts';
import { watchAccounts } from './watch-accounts.ts';

const AT = '2026-11-29T04:00:00.000Z';
/** Accounts by their ids, with the sources that they have now. */
const ACCOUNTS: Readonly<Record<string, readonly string[]>> = {
  ...{ weibo: ['weibo'], wechat: ['wechat'], feed: ['rss'], two: ['weibo', 'weibo'] },
  ...{ later: ['wechat'], none: [] },
};

let opened: TemporaryStore;
let deps: MatrixDeps;

beforeAll(async () => {
  opened = await temporaryStore();
  deps = { store: opened.store, matrix: DEFAULT_MATRIX_POLICY };
  const rows = Object.keys(ACCOUNTS).map((id) => ['微信公众号', `账号${id}`, id, '乙市']);
  const tables: [string, string[][]][] = [
    ...([
      [
        '单位.csv',
        [
          ['名称', '上级'],
          ['乙市', ''],
        ],
      ],
    ] as [string, string[][]][]),
    ['新媒体.csv', [['平台', '账号名称', '账号ID', '主办单位'], ...rows]],
  ];
  await importRegistry(opened, '测试', {
    files: tables.map(([name, table]) => ({ name, bytes: writeCsv(table) })),
    ...{ dryRun: false, today: '2026-01-01' },
  });
  for (const [account, kinds] of Object.entries(ACCOUNTS))
    for (const [at, kind] of kinds.entries())
      await run`insert into account_source (account_id, position, origin, kind, level, address, identity)
                select id, ${at + 1}, 'console', ${kind}, 'B', ${kind === 'rss' ? 'http://a.cn/1.xml' : ''}, ${`${at}`}
                  from account where account_id = ${account}`;
  await run`update account_source set newest_on = '2026-11-20', newest_title = '新的', complete_from = '2026-11-01',
              complete_to = '2026-11-20'
             where account_id = (select id from account where account_id = 'later')`;
});
afterAll(() => opened.remove());

const run = (text: TemplateStringsArray, ...values: unknown[]) =>
  sql(text, ...values).execute(opened.store.db);
const read = async (text: TemplateStringsArray) => (await sql(text).execute(opened.store.db)).rows;

/** A round of that day saw these facts. */
async function saw(day: string, facts: readonly (readonly [string, string, object])[]) {
  await run`insert into round (period, label, window_from, window_to, monitored_at, ruleset_id, ruleset_hash, ruleset,
              clock, coverage, resolve_rules, state, created_at)
            values (${day}, ${day}, ${day}::date, ${day}::date, ${`${day}T15:00:00Z`}::timestamptz, 'x', 'x', '{"rules":[]}',
              'live', '{}', '[]', 'frozen', now())`;
  for (const [account, key, value] of facts)
    await run`insert into fact (round_id, kind, subject_id, key, state, value, gathered_at, gatherer, gatherer_version, vantage, snapshots)
              select r.id, 'account', a.id, ${key}, 'observed', ${JSON.stringify(value)}::jsonb, r.monitored_at, 'x', '1', '', '[]'
                from round r, account a where r.period = ${day} and a.account_id = ${account}`;
}

const post = (itemId: string, publishedOn: string, deleted = false) => ({
  ...NO_COUNTS,
  ...{ itemId, title: `公告${itemId}`, url: `http://w.cn/${itemId}`, publishedOn, deleted },
  ...{ publishedAt: null, quiet: null, original: true, pinned: false, likes: 3 },
});
const view = (posts: readonly ReturnType<typeof post>[]) => ({
  ...{ kind: 'weibo', level: 'A1', newest: posts[0], posts, itemCount: posts.length },
  ...{ completeFrom: '2026-02-01', completeTo: '2026-03-01' },
});
const newest = (publishedOn: string, more: object = {}) => ({
  ...{ newest: { title: '公告', url: 'http://w.cn/n', publishedOn }, ...more },
});

it('only adds what rounds saw, the newest round’s word first; a second pass finds nothing to do', async () => {
  await saw('2026-03-31', [
    ['weibo', 'account.weibo', view([post('2', '2026-03-20'), post('1', '2026-03-01')])],
    ['two', 'account.weibo', view([post('9', '2026-03-20')])],
    ['wechat', 'account.wechat', newest('2026-03-10', { completeFrom: null, completeTo: null })],
    ['feed', 'account.feed', newest('2026-03-05', { url: 'http://a.cn/1.xml' })],
    ['later', 'account.wechat', newest('2026-03-10', { completeTo: '2026-03-30' })],
    ['none', 'account.weibo', view([post('8', '2026-03-20')])],
  ]);
  await saw('2026-06-30', [
    ['weibo', 'account.weibo', view([post('3', '2026-06-20'), post('2', '2026-03-20', true)])],
    ['wechat', 'account.wechat', newest('2026-06-10')],
    ['feed', 'account.feed', newest('2026-06-05', { url: 'http://another.cn/2.xml' })],
  ]);
  const nobody = actorWith({ abilities: [] });
  await expect(fillFromRounds(deps, nobody, { at: AT })).rejects.toMatchObject({
    code: 'identity.forbidden',
  });

  expect(await fillFromRounds(deps, '李明华', { at: AT })).toEqual({
    ...{ rounds: 2, accounts: 3, posts: 3 },
  });
  expect(
    await read`select item_id, published_on, deleted, likes::int, original from account_post order by item_id`,
  ).toEqual([
    { item_id: '1', published_on: '2026-03-01', deleted: false, likes: 3, original: true },
    { item_id: '2', published_on: '2026-03-20', deleted: true, likes: 3, original: true },
    { item_id: '3', published_on: '2026-06-20', deleted: false, likes: 3, original: true },
  ]);
  expect(
    await read`select a.account_id as account, p.last_on, p.complete_to from account_pulse p
                 join account a on a.id = p.account_id order by a.id`,
  ).toEqual([
    { account: 'weibo', last_on: '2026-06-20', complete_to: '2026-03-01' },
    { account: 'wechat', last_on: '2026-06-10', complete_to: null },
    { account: 'feed', last_on: '2026-03-05', complete_to: null },
    { account: 'two', last_on: null, complete_to: null },
    { account: 'later', last_on: '2026-11-20', complete_to: '2026-11-20' },
    { account: 'none', last_on: null, complete_to: null },
  ]);

  expect(await fillFromRounds(deps, '李明华', { at: AT })).toMatchObject({ accounts: 0, posts: 0 });
  expect(await read`select actor from audit where action = 'matrix.fill'`).toEqual([
    { actor: '李明华' },
  ]);
});

it('the first pass of a matrix that was never filled begins with it, and reminds nobody of what is long past', async () => {
  await run`delete from account_pulse`;
  await run`delete from account_post`;
  expect(await watchAccounts(deps, '系统', { at: AT })).toMatchObject({ raised: 0 });
  expect(await read`select count(*)::int as posts from account_post`).toEqual([{ posts: 3 }]);
});
