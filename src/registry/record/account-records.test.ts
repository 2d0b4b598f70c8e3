import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import { identityOf } from '../../domain/account-identity.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import {
  addIdentities,
  allAccountKeys,
  changeAccount,
  enterAccount,
  findByIdentity,
  identitiesOf,
  importRegistry,
  recordsOf,
} from '../index.ts';
import { historyAsOf } from '../registry.repository.ts';
import { fillCompleteness } from './fill-completeness.ts';

let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
  await imported([
    ['名称', '上级'],
    ['甲省', ''],
    ['乙市', '甲省'],
  ]);
});
afterAll(() => opened.remove());

const bytes = (rows: readonly (readonly string[])[]) => Buffer.from(writeCsv(rows));
async function imported(...tables: (readonly (readonly string[])[])[]) {
  const files = tables.map((rows, index) => ({ name: `单位${index}.csv`, bytes: bytes(rows) }));
  return importRegistry(opened, '测试', { files, dryRun: false, today: '2026-01-01' });
}
const HEAD = ['平台', '账号名称', '主办单位'];
const keys = () => allAccountKeys(opened.store.db);
const accountNamed = async (name: string) => (await keys()).find((each) => each.name === name)!;
const refused = async (doing: Promise<unknown>): Promise<string> => {
  const error = await doing.catch((thrown: Error) => thrown);
  expect(error).toBeInstanceOf(Error);
  return [(error as Error).message, ...((error as { details?: string[] }).details ?? [])].join(
    '\n',
  );
};

describe('accounts and their identities', () => {
  it('an import keeps every id under its kind, and finds the account by any of them', async () => {
    await imported([
      [...HEAD, '微信号', '原始ID', '__biz', '联系电话', '粉丝数'],
      [
        '微信公众号',
        '乙市发布',
        '乙市',
        'YishiFabu',
        'gh_0123456789ab',
        'MzA3MDg3NTgxNw==',
        '13812345678',
        '1.2万',
      ],
    ]);
    const { accountId, identities } = await accountNamed('乙市发布');
    expect(identities.map(({ idKind, id }) => `${idKind} ${id}`)).toEqual([
      ...['biz MzA3MDg3NTgxNw', 'gh gh_0123456789ab', 'wxid yishifabu'],
    ]);
    const asked = [
      identityOf('微信', 'wxid', 'YISHIFABU'),
      identityOf('wechat', 'biz', 'MzA3MDg3NTgxNw%3D%3D'),
      identityOf('微博', 'uid', '1234567890'),
    ];
    expect(await findByIdentity(opened.store.db, asked)).toEqual([accountId, accountId, null]);
    expect((await recordsOf(opened.store.db, [accountId])).get(accountId)?.record).toMatchObject({
      ...{ phone: '13812345678', followers: 12_000, leader: null },
    });
  });

  it('a row with one known id changes that account only in what the file says', async () => {
    const before = await accountNamed('乙市发布');
    const result = await imported([
      [...HEAD, '微信号', '联系人'],
      ['微信公众号', '乙市发布厅', '乙市', 'yishifabu', '王五'],
    ]);
    expect(result.accounts).toEqual({ added: 0, changed: 1, unchanged: 0 });
    const after = await accountNamed('乙市发布厅');
    expect(after).toEqual({ ...before, name: '乙市发布厅' });
    const { record } = (await recordsOf(opened.store.db, [after.accountId])).get(after.accountId)!;
    expect(record).toMatchObject({ contact: '王五', phone: '13812345678' });
  });

  it('an account without an id is found by platform, name and sponsor, and then has one', async () => {
    await imported([HEAD, ['新浪微博', '乙市微博', '乙市']]);
    const { accountId } = await accountNamed('乙市微博');
    const result = await imported([
      [...HEAD, '账号ID'],
      ['微博', '乙市微博', '乙市', '1234567890'],
    ]);
    expect(result.accounts).toEqual({ added: 0, changed: 1, unchanged: 0 });
    expect(await identitiesOf(opened.store.db, [accountId])).toEqual(
      new Map([[accountId, [{ platform: 'weibo', idKind: 'uid', id: '1234567890' }]]]),
    );
    const other = await imported([
      [...HEAD, '账号ID'],
      ['微博', '乙市微博', '乙市', '1234567891'],
    ]);
    expect(other.accounts.added).toBe(1);
  });

  it('ids of two accounts in one row, and two rows of one account, are errors of the row', async () => {
    const twice = await refused(
      imported([
        [...HEAD, '微信号', '原始ID'],
        ['微信公众号', '丁', '乙市', 'ding', 'gh_1'],
        ['微信公众号', '戊', '乙市', 'wu', 'gh_1'],
      ]),
    );
    expect(twice).toContain('第 3 行“账号ID”列：与 单位0.csv 工作表“单位0”第 2 行重复');
    await imported([
      [...HEAD, '微信号'],
      ['微信公众号', '丁', '乙市', 'ding'],
    ]);
    const two = await refused(
      imported([
        [...HEAD, '微信号', '原始ID'],
        ['微信公众号', '丁', '乙市', 'ding', 'gh_0123456789ab'],
      ]),
    );
    expect(two).toContain('各个ID分别登记在 2 个账号上');
  });

  it('history and the trail keep no whole phone number', async () => {
    const { accountId } = await accountNamed('乙市发布厅');
    const history = await historyAsOf(opened.store.db, 'account', '2026-02-01');
    expect(history.get(accountId)).toMatchObject({ name: '乙市发布厅', phone: '138****78' });
    const trail = JSON.stringify(await opened.store.db.selectFrom('audit').selectAll().execute());
    expect(trail).toContain('138****78');
    expect(trail).not.toMatch(/13812345678|王五/);
  });
});

describe('what other rooms register and change', () => {
  const SEC_UID = 'MS4wLjABAAAAxyz';
  it('a new account has its identity, history and completeness', async () => {
    const { sponsorId } = await accountNamed('乙市发布厅');
    const values = { platform: '抖音号', name: '乙市抖音', sponsorId, accountId: SEC_UID } as const;
    const id = await opened.store.transaction((trx) =>
      enterAccount(trx, { ...values, status: 'running' }, '2026-03-01'),
    );
    expect(await findByIdentity(opened.store.db, [identityOf('抖音', 'sec_uid', SEC_UID)])).toEqual(
      [id],
    );
    const stored = (await recordsOf(opened.store.db, [id])).get(id)!;
    expect(stored.missing).toContain('phone');
    expect(stored.missing).not.toContain('accountId');
    expect(stored.completeness).toBeGreaterThan(0);
  });

  it('a closed account lacks its day of closing', async () => {
    const { accountId } = await accountNamed('乙市抖音');
    await opened.store.transaction((trx) =>
      changeAccount(trx, accountId, { status: 'closed' }, '2026-03-02'),
    );
    const stored = (await recordsOf(opened.store.db, [accountId])).get(accountId)!;
    expect(stored.missing).toContain('closedOn');
    const history = await historyAsOf(opened.store.db, 'account', '2026-03-02');
    expect(history.get(accountId)).toMatchObject({ status: 'closed', 'id.sec_uid': SEC_UID });
  });

  it('an identity that another account has is given back and left there', async () => {
    const [{ accountId: one }, { accountId: other }] = [
      await accountNamed('乙市发布厅'),
      await accountNamed('乙市抖音'),
    ];
    const identity = identityOf('微信', 'wxid', 'yishifabu');
    const row = { ...identity, accountId: other };
    expect(await addIdentities(opened.store.db, [row])).toEqual([row]);
    expect(await findByIdentity(opened.store.db, [identity])).toEqual([one]);
  });
});

describe('completeness that nobody computed', () => {
  it('is computed a bounded pass at a time, and changes nothing else', async () => {
    const { db } = opened.store;
    await sql`update account_record set completeness = null, completeness_formula = null, missing = '{}'`.execute(
      db,
    );
    const history = async () =>
      (await sql`select id from register_history`.execute(db)).rows.length;
    const [ids, lines] = [
      (await allAccountKeys(db)).map(({ accountId }) => accountId),
      await history(),
    ];
    const before = await recordsOf(db, ids);
    expect(await fillCompleteness(opened, { most: 2 })).toBe(2);
    expect(await fillCompleteness(opened, { most: 1_000 })).toBe(ids.length - 2);
    expect(await fillCompleteness(opened)).toBe(0);
    for (const [id, { completeness, version, missing }] of await recordsOf(db, ids)) {
      expect(completeness).toBeGreaterThan(0);
      expect(missing.length > 0).toBe(completeness! < 100);
      expect(version).toBe(before.get(id)!.version);
    }
    expect(await history()).toBe(lines);
  });
});
