import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePeriod } from '../../domain/period.ts';
import { listSites, setQuietHours } from '../../registry/index.ts';
import { type SmallProvince, smallProvince } from '../../testing/rounds/small-province.ts';
import { testRuleset } from '../../testing/test-ruleset.ts';
import { inspectionDb } from '../inspection-db.ts';
import { planRound } from '../plan-round.ts';
import { listRoundSubjects } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { RoundContexts } from './round-context.ts';
import { roundJobs } from './round-jobs.ts';
import { planSites } from './site-task.ts';
import { insertTasks, listOpenTasks, type TaskKind } from './task.repository.ts';
import { planVisits } from './visit-task.ts';

/** 12:00 of the monitoring day in Asia/Shanghai. */
const NOON = '2020-09-17T04:00:00.000Z';
const QUIET_CODE = '4301000001';
let province: SmallProvince;
let round: Round;

beforeAll(async () => {
  province = await smallProvince(() => undefined);
  const { deps, web } = province;
  const planned = await planRound(deps, '测试', {
    period: parsePeriod('2020Q3'),
    window: ['2020-07-07', '2020-09-17'],
    monitoredAt: '2020-09-17T15:59:59.999Z',
    ruleset: testRuleset('hunan-2020'),
    clock: 'replay',
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    sampleRows: [],
    resolveRules: [`*=127.0.0.1:${web.port}`],
    at: NOON,
  });
  // A live round may not be led to this machine by anybody else.
  await sql`update round set clock = 'live' where id = ${planned.id}`.execute(deps.store.db);
  round = { ...planned, clock: 'live' };
  await setQuietHours(deps.store, '测试', {
    site: { siteCode: QUIET_CODE },
    windows: [{ from: '08:30', to: '18:00' }],
    reason: '白天办件高峰',
    at: NOON,
  });
});
afterAll(() => province.remove());

const host = `s${QUIET_CODE}`;

async function work(kind: TaskKind, key: string, now: string): Promise<void> {
  const io = { now: () => now, note: () => undefined, signal: new AbortController().signal };
  const contexts = new RoundContexts(province.deps, io);
  const job = roundJobs(province.deps, contexts)[kind];
  await job.run({ roundId: round.id, key }, { signal: io.signal });
  await contexts.close();
}

const openTasks = (kind: TaskKind) =>
  listOpenTasks(inspectionDb(province.deps.store), round.id, kind);
const instant = (at: string | Date | null | undefined) => new Date(at ?? 0).toISOString();

describe('a round keeps to the hours in which a site is left alone', () => {
  it('the crawl waits for their end, and others are crawled', async () => {
    const db = inspectionDb(province.deps.store);
    const subjects = await listRoundSubjects(db, round.id);
    const sites = subjects.filter(({ subject }) => subject.kind === 'site');
    const registered = await listSites(province.deps.store.db);
    const quietId = registered.find(({ siteCode }) => siteCode === QUIET_CODE)!.id;
    const tasks = planSites(sites);
    await insertTasks(db, round.id, 'site', tasks);
    for (const { key } of tasks) await work('site', key, NOON);
    const [waiting, ...more] = await openTasks('site');
    expect(more).toEqual([]);
    expect(Number(waiting?.key)).toBe(quietId);
    expect(instant(waiting?.startAfter)).toBe('2020-09-17T10:00:00.000Z');
    expect(province.web.answered(host)).toBe(0);
    expect(province.web.answered('s4306000001')).toBeGreaterThan(0);
    await work('site', waiting!.key, '2020-09-17T10:00:00.000Z');
    expect(await openTasks('site')).toEqual([]);
    expect(province.web.answered(host)).toBeGreaterThan(0);
  });

  it('a visit is moved behind them; its row says when it should have been, and when it was', async () => {
    const db = inspectionDb(province.deps.store);
    const subjects = await listRoundSubjects(db, round.id);
    const sites = subjects.filter(({ subject }) => subject.kind === 'site');
    // 11:24 on the last of the seven days: inside the hours.
    const scheduledAt = '2020-09-17T03:24:00.000Z';
    const task = planVisits(round, sites).find(({ startAfter }) => startAfter === scheduledAt)!;
    await insertTasks(db, round.id, 'visit', [task]);
    await work('visit', task.key, scheduledAt);
    const [waiting] = await openTasks('visit');
    const dueAt = instant(waiting?.startAfter);
    expect(dueAt > '2020-09-17T10:00:00.000Z' && dueAt < '2020-09-17T11:00:00.000Z').toBe(true);
    await work('visit', task.key, dueAt);
    expect(await openTasks('visit')).toEqual([]);
    const rows = await db
      .selectFrom('probe')
      .select(['subject_id', 'scheduled_at', 'happened_at', 'outcome'])
      .where('round_id', '=', round.id)
      .execute();
    expect(rows).toHaveLength(sites.length);
    const moved = rows.filter((row) => instant(row.happened_at) !== scheduledAt);
    expect(moved).toHaveLength(1);
    expect(instant(moved[0]?.scheduled_at)).toBe(scheduledAt);
    expect(instant(moved[0]?.happened_at)).toBe(dueAt);
    expect(moved[0]?.outcome).toBe('ok');
  });
});
