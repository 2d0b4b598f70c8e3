import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import type { Actor } from '../domain/actor.ts';
import { importRegistry, listUnits } from '../registry/index.ts';
import { actorWith } from '../testing/as-actor.ts';
import { sourcesWereRead } from '../testing/sources-were-read.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { changeFormula, listFormulas } from './index-formulas.ts';
import { listAlerts } from './list-alerts.ts';
import { listStanding } from './list-standing.ts';
import { DEFAULT_MATRIX_POLICY, type MatrixDeps, matrixDb } from './matrix-db.ts';
import { readMatrix } from './read-matrix.ts';
import { readIndices, readPublishing } from './read-publishing.ts';
import { watchAccounts } from './watch-accounts.ts';

const AT = '2026-11-29T04:00:00.000Z';
const ACCOUNTS = [
  ['微信公众号', '长沙发布', 'cs', '长沙市'],
  ['新浪微博', '岳阳发布', 'yy', '岳阳市'],
  ['新浪微博', '岳阳县发布', 'yx', '岳阳县'],
  ['移动客户端', '掌上岳阳', 'app', '岳阳市'],
  ['头条号', '岳阳头条', 'tt', '岳阳市'],
  ['抖音号', '岳阳抖音', 'dy', '岳阳市'],
] as const;

let opened: TemporaryStore;
let deps: MatrixDeps;
let units: ReadonlyMap<string, number>;
const ids = new Map<string, number>();

beforeAll(async () => {
  opened = await temporaryStore();
  deps = { store: opened.store, matrix: DEFAULT_MATRIX_POLICY };
  const tables: [string, string[][]][] = [
    [
      '单位.csv',
      [
        ['名称', '上级', '通报行'],
        ['甲省', '', ''],
        ['长沙市', '甲省', '长沙市'],
        ['岳阳市', '甲省', '岳阳市'],
        ['岳阳县', '岳阳市', ''],
      ],
    ],
    [
      '新媒体.csv',
      [['平台', '账号名称', '账号ID', '主办单位'], ...ACCOUNTS.map((row) => [...row])],
    ],
  ];
  await importRegistry(opened, '测试', {
    files: tables.map(([name, rows]) => ({ name, bytes: writeCsv(rows) })),
    dryRun: false,
    today: '2026-10-01',
  });
  units = new Map((await listUnits(opened.store.db)).map(({ id, name }) => [name, id]));
  const { rows } = await sql<{ id: number; key: string }>`
    select id, account_id as key from account`.execute(opened.store.db);
  for (const { id, key } of rows) ids.set(key, id);
  await shows('cs', 'wechat', ['2026-11-28'], null);
  await shows('yy', 'weibo', ['2026-11-02'], ['2026-10-25', '2026-11-28']);
  await shows('yx', 'rss', ['2026-11-02'], null);
  await sourcesWereRead(opened.store);
  await watchAccounts(deps, '测试', { at: AT });
});
afterAll(() => opened.remove());

async function shows(
  key: string,
  kind: string,
  days: readonly string[],
  complete: readonly [string, string] | null,
): Promise<void> {
  const { db } = opened.store;
  const { rows } = await sql<{ id: number }>`
    insert into account_source (account_id, position, origin, kind, level, address, complete_from, complete_to, checked_at)
    values (${ids.get(key)}, 1, 'console', ${kind}, 'A1', '', ${complete?.[0] ?? null}::date,
            ${complete?.[1] ?? null}::date, ${AT}) returning id`.execute(db);
  for (const day of days)
    await sql`insert into account_post (source_id, item_id, account_id, title, url, published_on, original, pinned,
                deleted, likes, comments, shares, first_seen_at, last_seen_at)
              values (${rows[0]!.id}, ${day}, ${ids.get(key)}, '防汛', 'http://a/', ${day}::date, true, false, false,
                10, 3, 5, ${AT}, ${AT})`.execute(db);
}

const of = (unit: string): Actor =>
  actorWith({ scope: new Set(unit === '岳阳市' ? [id('岳阳市'), id('岳阳县')] : [id(unit)]) });
const id = (name: string): number => units.get(name)!;
const standing = async (
  acting: Actor | string,
  state?: 'fresh' | 'silent' | 'unknown' | 'stopped',
) =>
  (
    await listStanding(deps, acting, {
      ...{ state, sort: 'name', descending: false, limit: 50, offset: 0, at: AT },
    })
  ).items.map(({ name }) => name);

describe('the matrix', () => {
  it('counts what is known, what is silent and what nobody knows', async () => {
    const { units: lines, platforms, total } = await readMatrix(deps, '测试', { at: AT });
    expect(total).toMatchObject({ accounts: 6, running: 6, fresh: 1, silent: 1, unknown: 3 });
    expect(lines.map(({ name }) => name)).toEqual(['甲省']);
    expect(platforms[0]).toMatchObject({
      platform: '新浪微博',
      accounts: 2,
      silent: 1,
      unknown: 1,
    });
  });

  it('opens the units below one; a unit’s own accounts stay with it', async () => {
    const province = await readMatrix(deps, '测试', { at: AT, unitId: id('甲省') });
    expect(province.units.map(({ name, accounts }) => [name, accounts])).toEqual([
      ['长沙市', 1],
      ['岳阳市', 5],
    ]);
    const city = await readMatrix(deps, '测试', { at: AT, unitId: id('岳阳市') });
    expect(city.units.map(({ name, accounts }) => [name, accounts])).toEqual([
      ['岳阳市', 4],
      ['岳阳县', 1],
    ]);
  });

  it('filters by platform and by words in the units’ names', async () => {
    const filter = { at: AT, unitId: id('甲省') };
    const weibo = await readMatrix(deps, '测试', { ...filter, platform: '新浪微博' });
    expect(weibo.units.map(({ name }) => name)).toEqual(['岳阳市']);
    expect((await readMatrix(deps, '测试', { ...filter, q: '长' })).total.accounts).toBe(1);
  });

  it('the lists behind its numbers hold as many', async () => {
    expect(await standing('测试', 'fresh')).toEqual(['长沙发布']);
    expect(await standing('测试', 'silent')).toEqual(['岳阳发布']);
    expect((await standing('测试', 'unknown')).toSorted()).toEqual(
      ['岳阳县发布', '岳阳头条', '岳阳抖音'].toSorted(),
    );
    expect(await standing('测试', 'stopped')).toEqual(['掌上岳阳']);
  });

  it('shows nobody what is beyond his border', async () => {
    const own = await readMatrix(deps, of('长沙市'), { at: AT });
    expect([own.units.map(({ name }) => name), own.total.accounts]).toEqual([['长沙市'], 1]);
    expect(await standing(of('长沙市'))).toEqual(['长沙发布']);
    const other = await readMatrix(deps, of('长沙市'), { at: AT, unitId: id('岳阳市') });
    expect([other.units, other.total.accounts]).toEqual([[], 0]);
    const asked = { accountId: ids.get('yy')!, at: AT };
    for (const read of [
      () => readPublishing(deps, of('长沙市'), asked),
      () => readIndices(deps, of('长沙市'), { ...asked, period: 'week' }),
    ])
      await expect(read()).rejects.toMatchObject({ code: 'account.unknown' });
  });
});

describe('one account', () => {
  it('tells its sources, weeks and proved silence', async () => {
    const seen = await readPublishing(deps, '测试', { accountId: ids.get('yy')!, at: AT });
    expect(seen).toMatchObject({
      ...{ state: 'silent', posts: 1, seenDays: 35, originals: { original: 1, known: 1 } },
      longestSilence: { from: '2026-11-03', to: '2026-11-28', days: 26 },
      sources: [{ kind: 'weibo', completeTo: '2026-11-28' }],
      replies: { asked: 0, answered: 0, medianDays: null },
    });
  });

  it('has indices where its source shows the whole period, and none where it does not', async () => {
    const ask = (key: string, period: 'week' | 'month') =>
      readIndices(deps, '测试', { accountId: ids.get(key)!, period, at: AT });
    const week = await ask('yy', 'week');
    expect(week.period).toEqual({ from: '2026-11-22', to: '2026-11-28', days: 7 });
    expect(week.items.map(({ result }) => result.value)).toEqual([0, 0]);
    const { items } = await ask('yx', 'week');
    expect(items.map(({ result }) => result.value)).toEqual([null, null]);
    expect(items[0]?.result.inputs[0]?.missing).toContain('看不全');
    expect((await ask('yy', 'month')).items[0]?.result.inputs[0]?.missing).toContain(
      '31 天里的 7 天',
    );
  });

  it('is followed by as many as the nearest count says: a source’s, a person’s or the register’s', async () => {
    const { db } = opened.store;
    const account = ids.get('dy')!;
    const coverage = async () => {
      const { items } = await readIndices(deps, '测试', {
        ...{ accountId: account, period: 'week', at: AT },
      });
      return items[0]!.result.inputs
        .filter(({ measure }) => /followers/i.test(measure))
        .map(({ value, missing }) => value ?? missing);
    };
    expect(await coverage()).toEqual([
      expect.stringContaining('没有 2026-11-28 前后三天的粉丝数'),
      expect.stringContaining('没有 2026-11-28 前后三天的粉丝数'),
    ]);
    await sql`update account_record set followers = 500, followers_on = '2026-11-27' where account_id = ${account}`.execute(
      db,
    );
    expect(await coverage()).toEqual([
      expect.stringContaining('没有 2026-11-21 前后三天的粉丝数'),
      500,
    ]);
    await sql`insert into observation (account_id, observed_at, followers, origin, withdrawn_at) values
      (${account}, '2026-11-20T02:00:00Z', 440, '控制台', null),
      (${account}, '2026-11-21T02:00:00Z', 9999, '控制台', now())`.execute(db);
    await sql`insert into account_follower_count (account_id, on_day, followers, kind)
              values (${account}, '2026-11-28', 510, 'douyin')`.execute(db);
    expect(await coverage()).toEqual([70, 510]);
    const { followers } = await readPublishing(deps, '测试', { accountId: account, at: AT });
    expect(followers).toEqual({ on: '2026-11-28', followers: 510, from: 'douyin' });
  });
});

describe('weights of an index', () => {
  const change = (base: number, weights: Record<string, number>, actor: Actor = actorWith()) =>
    changeFormula(deps, actor, { id: 'weibo-short', base, weights, reason: '会议意见', at: AT });

  it('make another version, with who and why', async () => {
    expect(await change(1, { activity: 0.3, 'spread.likes': 0.1 })).toMatchObject({
      formula: { version: 2, groups: [{ weight: 0.3 }, { weight: 0.8 }] },
      change: { by: '本机', reason: '会议意见' },
    });
    const kept = (await listFormulas(matrixDb(opened.store.db))).find(
      ({ formula }) => formula.id === 'weibo-short',
    );
    expect(kept).toMatchObject({ formula: { version: 2 }, change: { at: AT } });
  });

  it.each<[string, number, Record<string, number>, string]>([
    ['a version that is not the newest', 1, { activity: 0.4 }, 'index.changed'],
    ['a weight that it has not', 2, { reads: 1 }, 'index.weights'],
    ['nothing but zeros', 2, { activity: 0, spread: 0 }, 'index.weights'],
  ])('refuses %s', async (_name, base, weights, code) => {
    await expect(change(base, weights)).rejects.toMatchObject({ code });
  });

  it('are not everybody’s to change', async () => {
    await expect(change(2, { activity: 1 }, actorWith({ abilities: [] }))).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
  });
});

describe('alerts', () => {
  const list = (acting: Actor | string) =>
    listAlerts(deps, acting, { limit: 50, offset: 0, at: AT });

  it('are seen within the border, and acknowledged once', async () => {
    expect((await list(of('长沙市'))).total).toBe(0);
    const { items } = await list(of('岳阳市'));
    expect(items.map(({ account }) => account).toSorted()).toEqual(
      ['岳阳发布', '岳阳县发布'].toSorted(),
    );
    const alert = { id: items[0]!.id, note: '明天发布', at: AT };
    await expect(acknowledgeAlert(deps, of('长沙市'), alert)).rejects.toMatchObject({
      code: 'alert.unknown',
    });
    await acknowledgeAlert(deps, of('岳阳市'), alert);
    await expect(acknowledgeAlert(deps, of('岳阳市'), alert)).rejects.toMatchObject({
      code: 'alert.state',
    });
    expect((await list('测试')).items.find((each) => each.id === alert.id)).toMatchObject({
      ...{ state: 'acknowledged', acknowledgedBy: '本机', note: '明天发布', daysLeft: -13 },
    });
  });
});
