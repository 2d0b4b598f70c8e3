import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import { parsePeriod } from '../../domain/period.ts';
import type { Account } from '../../domain/subject.ts';
import { importRegistry } from '../../registry/index.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { testRuleset } from '../../testing/test-ruleset.ts';
import { TEST_SEALING } from '../../testing/test-sealing.ts';
import { inspectionDb } from '../inspection-db.ts';
import { planRound } from '../plan-round.ts';
import { listRoundSubjects } from '../round.repository.ts';
import { accountRegisterFacts } from './account-register.ts';

const AT = '2020-09-20T00:00:00.000Z';

let opened: TemporaryStore;
/** Facts by account name, then by key. */
const facts = new Map<string, Record<string, unknown>>();

const units = (bureau: string, aliases: string): string[][] => [
  ['名称', '上级', '别名', '打印次序'],
  ['湖南省', '', '', '1'],
  ['岳阳市', '湖南省', '', '2'],
  [bureau, '岳阳市', aliases, '3'],
  ['岳阳市口岸办公室', bureau, '', '4'],
];
const accounts = (name: string, second: string): string[][] => [
  ['平台', '账号名称', '账号ID', '主办单位', '状态'],
  ['微信公众号', name, 'gh_1', '岳阳市商务局', '正常'],
  ['微信公众号', '岳阳口岸', 'gh_2', '岳阳市商务局', second],
  ['微信公众号', '岳阳招商', 'gh_3', '岳阳市商务局', '正常'],
  ['新浪微博', '岳阳商务', 'wb_1', '岳阳市商务局', '正常'],
  ['微信公众号', '岳阳发布', 'gh_4', '岳阳市', '正常'],
];

async function register(today: string, name: string, second: string): Promise<void> {
  const file = (table: string, rows: string[][]) => ({
    name: `${table}.csv`,
    bytes: writeCsv(rows),
  });
  await importRegistry({ store: opened.store, sealing: TEST_SEALING }, '测试', {
    files: [
      file('单位', units('岳阳市商务局', '岳阳市商务和粮食局')),
      file('新媒体', accounts(name, second)),
    ],
    dryRun: false,
    today,
  });
}

beforeAll(async () => {
  opened = await temporaryStore();
  await register('2020-01-01', '岳阳市商务局', '正常');
  await register('2020-06-01', '岳阳商务', '正常');
  await register('2020-07-01', '岳阳商务', '已关停');
  const { store } = opened;
  const round = await planRound({ store }, '测试', {
    ...{ period: parsePeriod('2020Q3'), window: ['2020-07-07', '2020-09-17'] },
    ...{ monitoredAt: '2020-09-17T15:59:59.999Z', ruleset: testRuleset('hunan-2020') },
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    ...{ clock: 'live', sampleRows: [], resolveRules: [], at: AT },
  });
  const db = inspectionDb(store);
  // What changes after the planning is not the round's.
  await register('2020-09-21', '岳阳口岸商务', '已注销');
  await sql`update unit set name = name || '（新）'`.execute(store.db);
  const subjects = (await listRoundSubjects(db, round.id)).map(({ subject }) => subject as Account);
  const byId = await accountRegisterFacts(db, round.id, subjects, AT);
  for (const { id, name, platform } of subjects)
    facts.set(
      `${platform} ${name}`,
      Object.fromEntries(byId.get(id)!.map((fact) => [fact.key, 'value' in fact && fact.value])),
    );
});
afterAll(() => opened.remove());

it('the register tells former names, since when, and the units around the sponsor', () => {
  expect(facts.get('微信公众号 岳阳商务')?.['account.register']).toEqual({
    ...{ name: '岳阳商务', formerNames: ['岳阳市商务局'], status: 'running', since: '2020-01-01' },
    sponsor: {
      name: '岳阳市商务局',
      otherNames: ['岳阳市商务和粮食局'],
      above: ['岳阳市', '湖南省'],
      below: ['岳阳市口岸办公室'],
    },
  });
});

it('peers are running accounts of the same sponsor and platform in the same round', () => {
  const peersOf = (name: string) => facts.get(name)?.['account.peers'];
  expect(peersOf('微信公众号 岳阳商务')).toEqual({
    ...{ same: [{ name: '岳阳招商', accountId: 'gh_3' }], count: 1 },
  });
  expect(peersOf('新浪微博 岳阳商务')).toEqual({ same: [], count: 0 });
  expect(peersOf('微信公众号 岳阳发布')).toEqual({ same: [], count: 0 });
});
