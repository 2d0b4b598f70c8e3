import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { importRegistry } from '../registry/index.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { acknowledgeAlert } from './acknowledge-alert.ts';
import { listAlerts } from './list-alerts.ts';
import { DEFAULT_MATRIX_POLICY, type MatrixDeps } from './matrix-db.ts';
import { watchAccounts } from './watch-accounts.ts';

let opened: TemporaryStore;
let deps: MatrixDeps;
/** Numbers of the account, of its first history row, and of its source. */
let first: number;

const TODAY = '2026-11-20';
const at = (day = TODAY): string => `${day}T04:00:00.000Z`;
const run = (text: TemplateStringsArray, ...values: unknown[]) =>
  sql(text, ...values).execute(opened.store.db);

beforeAll(async () => {
  opened = await temporaryStore();
  deps = { store: opened.store, matrix: DEFAULT_MATRIX_POLICY };
  const tables: [string, string[][]][] = [
    [
      '单位.csv',
      [
        ['名称', '上级', '别名'],
        ['岳阳市', '', ''],
        ['岳阳市水利局', '岳阳市', '岳阳水利'],
      ],
    ],
    [
      '新媒体.csv',
      [
        ['平台', '账号名称', '账号ID', '主办单位', '信源种类', '信源地址'],
        ['新浪微博', '岳阳水利', '1234567890', '岳阳市水利局', 'RSS', 'http://w.gov.cn/yy.xml'],
      ],
    ],
  ];
  await importRegistry(opened, '测试', {
    files: tables.map(([name, rows]) => ({ name, bytes: writeCsv(rows) })),
    dryRun: false,
    today: '2026-01-01',
  });
  const { rows } = await sql<{ id: number }>`
    select max(id) as id from register_history`.execute(opened.store.db);
  first = rows[0]!.id;
});
afterAll(() => opened.remove());
beforeEach(async () => {
  for (const table of ['notice', 'account_alert', 'account_post', 'account_pulse', 'observation'])
    await sql`delete from ${sql.table(table)}`.execute(opened.store.db);
  await run`delete from register_history where id > ${first}`;
  await run`update account set status = 'running', name = '岳阳水利'`;
  await run`update account_source set kind = 'weibo', level = 'A1', state = 'ok', state_reason = '', ok_at = null,
              checked_at = null, seen_name = null, seen_name_at = null`;
});

/** From that day on the register says something else. */
async function registers(field: 'status' | 'name', value: string, on: string): Promise<void> {
  await sql`update account set ${sql.ref(field)} = ${value}`.execute(opened.store.db);
  await run`insert into register_history (kind, subject_id, valid_from, value)
            select 'account', a.id, ${on}::date, to_jsonb(a) from account a`;
}
const posts = (on: string) =>
  run`insert into account_post (source_id, item_id, account_id, title, url, published_on, pinned, deleted,
        first_seen_at, last_seen_at)
      select id, ${on}, account_id, '汛情通报', 'http://w/', ${on}::date, false, false, now(), now() from account_source`;
const sees = (on: string, columns: Readonly<Record<string, unknown>>) =>
  sql`insert into observation (account_id, observed_at, origin, ${sql.join(Object.keys(columns).map((key) => sql.ref(key)))})
      select id, ${at(on)}::timestamptz, '控制台', ${sql.join(Object.values(columns))} from account`.execute(
    opened.store.db,
  );
/** A source of that kind was refused because of a ban. */
const isBanned = (kind: string, on = '2026-11-19') =>
  run`update account_source set kind = ${kind}, state = 'banned', state_reason = '账号不存在或已被封禁',
        checked_at = ${at(on)}::timestamptz`;
const shows = (name: string, on = '2026-11-19') =>
  run`update account_source set seen_name = ${name}, seen_name_at = ${at(on)}::timestamptz`;

/** A pass, and the words of what stands after it. */
async function standing(day = TODAY): Promise<string[]> {
  await watchAccounts(deps, '测试', { at: at(day) });
  const { items } = await listAlerts(deps, '测试', { limit: 50, offset: 0, at: at(day) });
  return items
    .filter(({ kind, state }) => kind !== 'silence' && state !== 'closed')
    .map(({ words }) => words);
}

const CLOSED = () => registers('status', 'closed', '2026-09-01');
type Step = () => Promise<unknown>;
const ROWS: readonly (readonly [string, readonly Step[], RegExp | null])[] = [
  ['nothing seen', [], null],
  [
    'a post 8 days after closing',
    [CLOSED, () => posts('2026-09-09')],
    /“岳阳水利”2026-09-01 起已关停，2026-09-09 还有发布“汛情通报”（微博接口，A1 级）/,
  ],
  ['the closing’s own announcement', [CLOSED, () => posts('2026-09-08')], null],
  ['a post before closing', [CLOSED, () => posts('2026-08-31')], null],
  [
    'closed, run again, closed again: the second closing counts',
    [
      CLOSED,
      () => registers('status', 'running', '2026-09-05'),
      () => posts('2026-09-20'),
      () => registers('status', 'closed', '2026-10-01'),
    ],
    null,
  ],
  [
    'a suspended account that posts',
    [() => registers('status', 'suspended', '2026-09-01'), () => posts('2026-11-01')],
    null,
  ],
  [
    'a person did not find it',
    [() => sees('2026-11-10', { is_there: false })],
    /2026-11-10 人工观察没有在平台上找到它/,
  ],
  [
    'a newer sight found it',
    [() => sees('2026-11-10', { is_there: false }), () => sees('2026-11-11', { is_there: true })],
    null,
  ],
  [
    'a newer post',
    [() => sees('2026-11-10', { is_there: false }), () => posts('2026-11-11')],
    null,
  ],
  [
    'its own list was read since',
    [
      () => sees('2026-11-10', { is_there: false }),
      () => run`update account_source set ok_at = ${at('2026-11-11')}::timestamptz`,
    ],
    null,
  ],
  [
    'withdrawn',
    [
      () => sees('2026-11-10', { is_there: false }),
      () => run`update observation set withdrawn_at = now()`,
    ],
    null,
  ],
  ['seen longer ago than a quarter', [() => sees('2026-08-21', { is_there: false })], null],
  [
    'seen on the day on which it was registered as running',
    [
      () => registers('status', 'closed', '2026-09-01'),
      () => registers('status', 'running', '2026-11-10'),
      () => sees('2026-11-10', { is_there: false }),
    ],
    null,
  ],
  [
    'Weibo says that it is not there',
    [() => isBanned('weibo')],
    /2026-11-19 微博接口没有给出它：账号不存在或已被封禁。请打开账号核对/,
  ],
  ['WeChat bars its interfaces', [() => isBanned('wechat')], null],
  ['a bridge is banned', [() => isBanned('rss')], null],
  [
    'another name',
    [() => shows('岳阳市水利')],
    /平台上的名称是“岳阳市水利”（微博接口，2026-11-19），登记的是“岳阳水利”/,
  ],
  ['the same name in other letters', [() => shows('岳阳·水利 ')], null],
  [
    'the register took another name since',
    [() => shows('岳阳水利'), () => registers('name', '岳阳水务', '2026-11-19')],
    null,
  ],
  [
    'a person read the former name since',
    [
      () => registers('name', '岳阳水务', '2026-11-01'),
      () => sees('2026-11-10', { seen_name: '岳阳水利' }),
    ],
    /平台上的名称是“岳阳水利”（人工观察，2026-11-10），登记的是“岳阳水务”/,
  ],
  [
    'another operator',
    [() => sees('2026-11-10', { seen_operator: '某文化公司' })],
    /认证主体是“某文化公司”.*登记的代表主体是“岳阳市水利局”/,
  ],
  [
    'the sponsor by a longer name',
    [() => sees('2026-11-10', { seen_operator: '湖南省岳阳市水利局' })],
    null,
  ],
  ['the sponsor by another name', [() => sees('2026-11-10', { seen_operator: '岳阳水利' })], null],
  [
    'the unit above: for people in a round',
    [() => sees('2026-11-10', { seen_operator: '岳阳市' })],
    null,
  ],
];

describe('live notices of accounts', () => {
  it.each(ROWS)('%s', async (_name, steps, words) => {
    for (const step of steps) await step();
    expect(await standing()).toEqual(words === null ? [] : [expect.stringMatching(words)]);
  });

  it('is told once to the operator, after a week to the manager, and ends when both agree', async () => {
    await sees('2026-11-10', { seen_name: '岳阳水务' });
    for (const day of ['2026-11-11', '2026-11-12', '2026-11-18', '2026-11-19']) await standing(day);
    const told =
      await run`select audience, kind, title from notice where kind = 'account.differs' order by id`;
    expect(told.rows).toEqual([
      { audience: 'sponsor', kind: 'account.differs', title: '平台上的名称与登记不一致' },
      { audience: 'manager', kind: 'account.differs', title: '平台上的名称与登记不一致' },
    ]);
    await registers('name', '岳阳水务', '2026-11-19');
    expect(await standing()).toEqual([]);
    const { items } = await listAlerts(deps, '测试', {
      ...{ kind: 'renamed', limit: 50, offset: 0, at: at() },
    });
    expect(items).toMatchObject([{ state: 'closed', closedWhy: 'changed', daysLeft: null }]);
  });

  it('what was acknowledged stays acknowledged while it stands, and is open when it comes again', async () => {
    await shows('岳阳水务');
    await standing();
    const { rows } = await sql<{ id: number }>`select id from account_alert`.execute(
      opened.store.db,
    );
    await acknowledgeAlert(deps, '测试', { id: rows[0]!.id, note: '办理变更', at: at() });
    const states = async (day: string) => {
      await standing(day);
      const found = await sql<{ state: string; by: string | null; evidence: { seenOn: string } }>`
        select state, acknowledged_by as by, evidence from account_alert order by id`.execute(
        opened.store.db,
      );
      return found.rows.map(({ state, by, evidence }) => [state, by, evidence.seenOn]);
    };
    await shows('岳阳水务', '2026-11-21');
    expect(await states('2026-11-22')).toEqual([['open', '测试', '2026-11-21']]);
    await shows('岳阳水利', '2026-11-23');
    expect(await states('2026-11-24')).toEqual([['closed', '测试', '2026-11-21']]);
    await shows('岳阳水务', '2026-11-25');
    expect(await states('2026-11-26')).toEqual([['open', null, '2026-11-25']]);
    await shows('岳阳防汛', '2026-11-27');
    expect(await states('2026-11-28')).toEqual([
      ['closed', null, '2026-11-25'],
      ['open', null, '2026-11-27'],
    ]);
  });
});
