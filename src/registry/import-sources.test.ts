import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv, writeXlsx } from '../documents/workbook.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { exportRegistry } from './export-registry.ts';
import { importRegistry } from './import-registry.ts';
import { credentialPlace } from './tables.ts';

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
  const units = writeCsv([
    ['名称', '上级'],
    ['乙市', ''],
  ]);
  await run('单位.csv', units);
});
afterAll(() => opened.remove());

const run = (name: string, bytes: Uint8Array) =>
  importRegistry(opened, '测试', {
    files: [{ name, bytes }],
    dryRun: false,
    today: '2026-01-01',
  });
const HEAD = ['平台', '账号名称', '账号ID', '主办单位'];
const FIRST = ['信源种类', '信源地址', 'AppID', 'AppSecret'];
const SECOND = ['信源种类2', '信源地址2', '身份2', '密钥2'];
const accounts = (head: readonly string[], ...cells: string[]) =>
  run(
    '新媒体.csv',
    writeCsv([
      [...HEAD, ...head],
      ['微信公众号', '乙市发布', 'gh_1', '乙市', ...cells],
    ]),
  );
const further = (...rows: string[][]) =>
  run('信源.csv', writeCsv([['平台', '账号ID', '信源种类', '信源地址', '身份', '密钥'], ...rows]));

const kept = async () => {
  const { rows } = await sql<{
    account: number;
    kind: string;
    address: string;
    identity: string;
    credential: string | null;
    state: string;
  }>`select account_id as account, kind, address, identity, credential, state from account_source
      where removed_at is null order by position`.execute(opened.store.db);
  return rows.map(({ account, credential, ...row }) => [
    ...[row.kind, row.address, row.identity, row.state],
    credential && opened.sealing.open(credentialPlace(account), credential).reveal(),
  ]);
};
const WECHAT = ['wechat', 'https://api.example.com', 'wx1', 'hush'];
const kinds = async () => (await kept()).map(([kind]) => kind);

describe('sources of the register', () => {
  it('several in one row, sealed', async () => {
    const result = await accounts(
      [...FIRST, ...SECOND],
      ...WECHAT,
      'RSS',
      'https://rss.example.com/1',
      '',
      '',
    );
    expect(result.accounts).toEqual({ added: 1, changed: 0, unchanged: 0 });
    expect(await kept()).toEqual([
      ['wechat', 'https://api.example.com/', 'wx1', 'new', 'hush'],
      ['rss', 'https://rss.example.com/1', '', 'new', null],
    ]);
  });

  it('a row without secrets keeps them, one without sources keeps the sources', async () => {
    const same = await accounts(FIRST, ...WECHAT.with(3, ''));
    const none = await accounts(['信源种类'], '无');
    expect([same.accounts.unchanged, none.accounts.unchanged]).toEqual([1, 1]);
    expect((await kept()).map((row) => row.at(-1))).toEqual(['hush', null]);
  });

  it('another secret and a moved address are changes, and are asked anew', async () => {
    await sql`update account_source set state = 'ok'`.execute(opened.store.db);
    const result = await accounts(
      ...([[...FIRST, ...SECOND], ...WECHAT.with(3, 'hush2')] as const),
      ...['rss', 'https://rss.example.com/2', '', ''],
    );
    expect(result.accounts).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await kept()).toEqual([
      ['wechat', 'https://api.example.com/', 'wx1', 'new', 'hush2'],
      ['rss', 'https://rss.example.com/2', '', 'new', null],
    ]);
    const { rows } = await sql<{ text: string }>`
      select row_to_json(audit)::text as text from audit order by id desc limit 1`.execute(
      opened.store.db,
    );
    expect(rows[0]?.text).not.toContain('hush');
    expect(rows[0]?.text).toContain('"secret": "[secret]"');
  });

  it('further ones in a sheet of their own', async () => {
    await further(['微信公众号', 'gh_1', 'weibo', '', '1234567890', 'token']);
    expect(await kinds()).toEqual(['wechat', 'rss', 'weibo']);
    await further(['微信公众号', 'gh_1', 'weibo', '', '1234567890', '']);
    expect((await kept())[2]).toEqual(['weibo', '', '1234567890', 'new', 'token']);
  });

  it('what was added by people stays', async () => {
    await sql`insert into account_source (account_id, position, origin, kind, level, address)
      select account_id, 9, 'console', 'atom', 'B', 'https://a.example.com/' from account_source limit 1`.execute(
      opened.store.db,
    );
    await accounts(FIRST, 'rss', 'https://rss.example.com/3', '', '');
    expect(await kinds()).toContain('atom');
  });

  it('an export imports as unchanged, without any secret in it', async () => {
    const [file] = await exportRegistry(opened.store, '/x/名录.xlsx');
    const before = await kept();
    const again = await run('名录.xlsx', file!.bytes);
    expect(again.accounts).toEqual({ added: 0, changed: 0, unchanged: 1 });
    expect(await kept()).toEqual(before);
  });
});

describe('refused with place and reason', () => {
  it.each<[string, string[], RegExp]>([
    [
      'an unknown account',
      ['微信公众号', 'gh_9', 'rss', 'https://x.example.com/', '', ''],
      /没有账号 微信公众号“gh_9”/,
    ],
    ['an unknown kind', ['微信公众号', 'gh_1', '电报', '', '', ''], /“电报”不认识/],
    ['no address', ['微信公众号', 'gh_1', 'rss', '', '', ''], /有信源就要有信源地址/],
    [
      'a private address',
      ['微信公众号', 'gh_1', 'rss', 'http://10.0.0.1/feed', '', ''],
      /内网地址/,
    ],
    ['no uid', ['微信公众号', 'gh_1', 'weibo', '', '', 'token'], /uid/],
    ['nobody', ['微信公众号', '', 'rss', 'https://x.example.com/', '', ''], /至少填一个/],
  ])('%s', async (_name, row, message) => {
    await expect(further(row)).rejects.toMatchObject({
      code: 'registry.rows',
      details: [expect.stringMatching(message)],
    });
  });

  it('an account with two sheets is one import', async () => {
    const bytes = await writeXlsx([
      { name: '新媒体', rows: [HEAD, ['抖音号', '乙市抖音', 'd_1', '乙市']] },
      {
        name: '信源',
        rows: [
          ['平台', '账号名称', '信源种类', '身份', '密钥'],
          ['抖音号', '乙市抖音', '抖音', 'open-1', 'refresh'],
        ],
      },
    ]);
    const result = await run('名录.xlsx', bytes);
    expect(result.accounts.added).toBe(1);
    expect((await kept()).filter(([kind]) => kind === 'douyin')).toHaveLength(1);
  });
});
