import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startServer, type TestServer } from '../servers/start-server.ts';
import { type TemporaryStore, temporaryStore } from '../temporary-store.ts';
import { namesOf } from './crowd-names.ts';
import { CrowdPlatforms } from './crowd-platforms.ts';
import { type CrowdAccount, expectedState, planCrowd } from './plan-crowd.ts';
import { keepTicket, seedCrowd } from './seed-crowd.ts';
import { standings, sweepCrowd } from './sweep-crowd.ts';

const ACCOUNTS = 2_000;
const DAY_MS = 86_400_000;
const CROWD = planCrowd(ACCOUNTS);
let clock = Date.parse('2020-09-17T02:00:00.000Z');
const now = (): number => clock;

let opened: TemporaryStore;
let platforms: CrowdPlatforms;
let server: TestServer;

beforeAll(async () => {
  opened = await temporaryStore();
  platforms = new CrowdPlatforms(CROWD, now);
  server = await startServer((request, response) => platforms.handle(request, response), {
    host: '0.0.0.0',
  });
  const at = new Date(clock).toISOString();
  await seedCrowd(opened, CROWD, { authorised: platforms.authorised, at });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await opened.remove();
});

const sweep = () => sweepCrowd(opened, { port: server.port, now, isPaced: false });

function expected(stateOf: (account: CrowdAccount) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const account of CROWD) {
    const key = `${namesOf(account).kind} ${stateOf(account)}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
const having = (...troubles: readonly string[]): number =>
  CROWD.filter(({ trouble }) => troubles.includes(trouble)).length;
const asked = CROWD.filter(({ way }) => way !== 'submission').length;

it('every source of a mixed register comes out as it is, within the quotas', async () => {
  const done = await sweep();
  expect(done).toMatchObject({ state: 'done', total: asked, asked, postponed: 0 });
  expect(Object.fromEntries(await standings(opened.store))).toEqual(expected(expectedState));
  // Only those whose day was used up by others are refused for it; nobody was asked beyond what the platforms allow.
  const refused = Object.fromEntries(
    [...platforms.counts].filter(([what]) => / (45009|45011|10022|10023|2190001)$/.test(what)),
  );
  const usedUp = CROWD.filter(({ trouble }) => trouble === 'used-up');
  expect(refused).toEqual({
    'wechat 45009': 2 * usedUp.filter(({ way }) => way === 'owner').length,
    'douyin 2190001': usedUp.filter(({ way }) => way === 'douyin').length,
  });
  const { rows } = await sql<{ over: number; waiting: number }>`
    select (select count(*)::int from account_source_quota where used > allowed) as over,
           (select count(*)::int from account_source
             where state = 'parked' and park_until = '2020-09-17T16:00:00Z' and next_step <> '') as waiting`.execute(
    opened.store.db,
  );
  expect(rows).toEqual([{ over: 0, waiting: having('used-up') }]);
});

it('what a quota stopped is asked on the next day', async () => {
  clock += DAY_MS;
  await keepTicket(opened, platforms.pushTicket(), new Date(clock).toISOString());
  await sweep();
  const nextDay = (account: CrowdAccount): string =>
    account.trouble === 'used-up' ? 'ok' : expectedState(account);
  expect(Object.fromEntries(await standings(opened.store))).toEqual(expected(nextDay));
});
