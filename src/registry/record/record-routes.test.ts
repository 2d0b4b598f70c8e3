import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import type { Actor } from '../../domain/actor.ts';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { allAccountKeys, importRegistry } from '../index.ts';
import { listUnits } from '../registry.repository.ts';
import { DEFAULT_REGISTRY_POLICY } from '../registry-policy.ts';
import { registerRegistryRoutes } from '../routes.ts';

const UNITS = [
  ['名称', '上级'],
  ['甲省', ''],
  ['乙市', '甲省'],
  ['丙市', '甲省'],
];
const ACCOUNTS = [
  ['平台', '账号名称', '主办单位', '原始ID', '联系电话', '联系人', '是否纳入报送系统'],
  ['微信公众号', '乙市发布', '乙市', 'gh_111111111111', '13812345678', '王五', '是'],
  ['新浪微博', '丙市发布', '丙市', '', '', '', ''],
];

let opened: TemporaryStore;
let app: HttpServer;
let actor: Actor;
const ids = new Map<string, number>();
const whole = actorWith({ userId: 1, login: 'wang', name: '王（wang）' });
beforeAll(async () => {
  opened = await temporaryStore();
  app = await createServer(async () => actor);
  registerRegistryRoutes(app, { ...opened, registry: DEFAULT_REGISTRY_POLICY });
  const files = [
    { name: '单位.csv', bytes: Buffer.from(writeCsv(UNITS)) },
    { name: '新媒体.csv', bytes: Buffer.from(writeCsv(ACCOUNTS)) },
  ];
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2026-01-01' });
  await app.ready();
  actor = whole;
  for (const { accountId, name } of await allAccountKeys(opened.store.db)) ids.set(name, accountId);
  for (const { id, name } of await listUnits(opened.store.db)) ids.set(name, id);
});
afterAll(async () => {
  await app.close();
  await opened.remove();
});

async function ask(method: 'GET' | 'PATCH', url: string, payload?: object) {
  const answer = await app.inject({
    ...{ method, url: `/api/v1/${url}`, headers: { host: '127.0.0.1' } },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.payload === '' ? null : answer.json() };
}
const record = (name: string) => `accounts/${ids.get(name)}/record`;
const lineOf = async (name: string, field: string) =>
  (await ask('GET', record(name))).body.lines.find(
    (line: { field: string }) => line.field === field,
  );
const edit = (name: string, version: number, changes: Record<string, string>) =>
  ask('PATCH', record(name), {
    version,
    reason: '核对',
    changes: Object.entries(changes).map(([field, value]) => ({ field, value })),
  });

describe('登记信息 of an account', () => {
  it('says what is registered and what is missing', async () => {
    const { body } = await ask('GET', record('乙市发布'));
    expect(body.missing).toContain('责任人');
    // Asked for only because the account is said to be in the national system.
    expect(body.missing).toContain('系统编号');
    expect((await ask('GET', record('丙市发布'))).body.missing).not.toContain('系统编号');
    expect(await lineOf('乙市发布', 'phone')).toMatchObject({
      value: '13812345678',
      isMasked: false,
    });
    expect(await lineOf('乙市发布', 'id.gh')).toMatchObject({ value: 'gh_111111111111' });
  });

  it('a phone is whole only for those who may see it', async () => {
    actor = actorWith({
      ...{ userId: 2, login: 'li', name: '李（li）' },
      abilities: ['registry.read', 'registry.edit'],
    });
    expect(await lineOf('乙市发布', 'phone')).toMatchObject({ value: '138****78', isMasked: true });
    expect((await edit('乙市发布', 1, { phone: '1' })).status).toBe(400);
    actor = whole;
  });

  it('is changed with a reason, once per version, and the trail has no person in full', async () => {
    const before = (await ask('GET', record('乙市发布'))).body;
    expect(
      (await edit('乙市发布', 1, { responsible: '赵六', openedOn: '2019年3月5日' })).status,
    ).toBe(204);
    const after = (await ask('GET', record('乙市发布'))).body;
    expect(after.completeness).toBeGreaterThan(before.completeness);
    expect(await lineOf('乙市发布', 'openedOn')).toMatchObject({ value: '2019-03-05' });
    expect((await edit('乙市发布', 1, { responsible: '钱七' })).body.code).toBe('account.changed');
    const rows = await opened.store.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'account.record')
      .execute();
    expect(rows).toMatchObject([{ after: { responsible: '赵*', openedOn: '2019-03-05' } }]);
  });

  it.each([
    ['a date that is none', { openedOn: '去年' }],
    ['a word that is none of the list', { upkeep: '外包' }],
    ['an inner address', { homeLink: 'http://192.168.1.1/' }],
    ['an id taken away', { 'id.gh': '' }],
    ['no field', { appSecret: 'x' }],
    ['no change', { phone: '13812345678' }],
  ])('%s is refused', async (_, changes) => {
    expect((await edit('乙市发布', 2, changes as never)).body.code).toBe('account.record');
  });

  it('another account’s id is refused, and what lies outside the border is not there', async () => {
    await edit('丙市发布', 1, { 'id.uid': '1234567890' });
    expect((await edit('乙市发布', 2, { 'id.uid': '1234567890' })).status).toBe(204);
    const wechat = await edit('丙市发布', 2, { responsible: '孙八' });
    expect(wechat.status).toBe(204);
    actor = actorWith({
      ...{ userId: 3, login: 'sun', name: '孙（sun）' },
      scope: new Set([ids.get('丙市')!]),
    });
    expect((await ask('GET', record('乙市发布'))).body.code).toBe('account.unknown');
    expect((await edit('乙市发布', 3, { responsible: '周九' })).body.code).toBe('account.unknown');
    const { items } = (await ask('GET', 'completeness')).body;
    expect(items.map(({ unit }: { unit: { name: string } }) => unit.name)).toEqual(['丙市']);
    actor = whole;
  });

  it('units are summed with what is below them', async () => {
    const { items } = (await ask('GET', `completeness?unitId=${ids.get('甲省')}`)).body;
    expect(
      items.map(({ unit, accounts }: { unit: { name: string }; accounts: number }) => [
        unit.name,
        accounts,
      ]),
    ).toEqual([
      ['甲省', 2],
      ['乙市', 1],
      ['丙市', 1],
    ]);
    expect(items[0].missing[0]).toMatchObject({ accounts: 2 });
  });
});
