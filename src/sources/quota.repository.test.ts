import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { QUOTAS } from '../gather/accounts/wechat/wechat-quotas.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import type { Store } from '../store/store.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { storedQuotas } from './quota.repository.ts';

const DAY = '2020-09-17';
const LIST = QUOTAS.publishList;

let opened: TemporaryStore;
/** The same database as another process has it; the embedded one has one opener, and two counters there. */
let other: Store;

beforeAll(async () => {
  opened = await temporaryStore();
  const { database } = opened.store;
  other = database === null ? opened.store : await openPostgresStore(database);
});
afterAll(async () => {
  if (other !== opened.store) await other.close();
  await opened.remove();
});

const counts = async () => {
  const { rows } = await sql<{ row: string }>`
    select concat_ws(' ', credential, interface, to_char(day, 'YYYY-MM-DD'), used, allowed) as row
      from account_source_quota order by 1`.execute(opened.store.db);
  return rows.map(({ row }) => row);
};

it('a day’s allowance is one for all processes, whoever asks at the same time', async () => {
  const counters = [storedQuotas(opened.store.db), storedQuotas(other.db)];
  const taken = await Promise.all(
    Array.from({ length: 2 * LIST.perDay }, (_, at) => counters[at % 2]!.take('wx1', LIST, DAY)),
  );
  expect(taken.filter(Boolean).length).toBe(LIST.perDay);
  // What was refused was not counted, and other accounts and interfaces have their own.
  expect(await counters[0]!.take('wx1', QUOTAS.statistics, DAY)).toBe(true);
  expect(await counters[1]!.take('wx2', LIST, DAY)).toBe(true);
  expect(await counts()).toEqual([
    `wx1 publishList ${DAY} 100 100`,
    `wx1 statistics ${DAY} 1 500`,
    `wx2 publishList ${DAY} 1 100`,
  ]);
});

it('a call is counted before it is made: who is killed behind it leaves it counted', async () => {
  await storedQuotas(opened.store.db).take('wx3', LIST, DAY);
  expect(await counts()).toContain(`wx3 publishList ${DAY} 1 100`);
  await storedQuotas(other.db).take('wx3', LIST, DAY);
  expect(await counts()).toContain(`wx3 publishList ${DAY} 2 100`);
});

it('what the platform itself calls used up is so for all, until the next day; older counts are removed', async () => {
  await storedQuotas(opened.store.db).exhaust('wx4', LIST, DAY);
  const quotas = storedQuotas(other.db);
  expect(await quotas.take('wx4', LIST, DAY)).toBe(false);
  expect(await quotas.take('wx4', LIST, '2020-09-18')).toBe(true);
  expect(await counts()).toContain(`wx4 publishList ${DAY} 100 100`);
  expect(await quotas.take('wx4', LIST, '2020-09-19')).toBe(true);
  expect(await counts()).toEqual([
    'wx4 publishList 2020-09-18 1 100',
    'wx4 publishList 2020-09-19 1 100',
  ]);
});

it('calls that wait together are written together', async () => {
  const quotas = storedQuotas(opened.store.db);
  const takes = Array.from({ length: 400 }, (_, nr) => quotas.take(`many${nr}`, LIST, DAY));
  expect(await Promise.all(takes)).toEqual(takes.map(() => true));
  const { rows } = await sql<{ calls: number; transactions: number }>`
    select count(*)::int as calls, count(distinct xmin::text)::int as transactions
      from account_source_quota where credential like 'many%'`.execute(opened.store.db);
  // The first one, and all that came while it was written.
  expect(rows).toEqual([{ calls: 400, transactions: 2 }]);
});
