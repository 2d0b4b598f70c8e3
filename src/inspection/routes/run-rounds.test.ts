import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePeriod } from '../../domain/period.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { ask } from '../../testing/rounds/ask.ts';
import {
  newRound,
  type SmallProvince,
  smallProvince,
} from '../../testing/rounds/small-province.ts';
import { testRuleset } from '../../testing/test-ruleset.ts';
import { inspectionDb } from '../inspection-db.ts';
import { runRound } from '../run-round.ts';
import { RoundContexts } from '../work/round-context.ts';
import { roundJobs } from '../work/round-jobs.ts';
import { listOpenTasks } from '../work/task.repository.ts';

const VISITS = 4 * 140;
const ANSWERED_FIRST = 100;
/** Answered when it was stopped, but not yet written, and the pages of the crawl. */
const IN_HAND = 80;
let province: SmallProvince;
beforeAll(async () => {
  province = await smallProvince((name, units) => {
    if (name === '主管') return actorWith({ userId: 1, name: '主管' });
    if (name === '巡查') return actorWith({ userId: 2, abilities: ['round.read'] });
    const scope = new Set([units.get('岳阳市')!, units.get('岳阳县')!]);
    return name === '岳阳' ? actorWith({ userId: 3, scope }) : undefined;
  });
});
afterAll(() => province.remove());

const get = async (url: string, who = '主管') => ask(province.app, who, `GET ${url}`);
const post = async (url: string, payload?: object, who = '主管') =>
  ask(province.app, who, `POST ${url}`, payload);
const round = (period: string) => get(`/api/v1/rounds/${period}`);
const plan = (period: string) => post('/api/v1/rounds', newRound(province.web, period));

describe('planning a round', () => {
  it('a census, and a sample whose seed is recorded', async () => {
    const made = await plan('2020Q3');
    expect([made.status, made.body.state, made.body.monitoredAt]).toEqual([
      ...[201, 'planned', '2020-09-17T15:59:59.999Z'],
    ]);
    const sampled = await post('/api/v1/rounds', {
      ...newRound(province.web, '2020H1'),
      label: '上半年抽查',
      at: '2020-09-10T02:00:00Z',
      coverage: { sites: { mode: 'sample', percent: 50 }, accounts: { mode: 'census' } },
    });
    expect(sampled.body).toMatchObject({
      label: '上半年抽查',
      monitoredAt: '2020-09-10T02:00:00.000Z',
      coverage: { sites: { mode: 'sample', by: 'ratio', percent: 50, seed: expect.any(Number) } },
    });
    const subjects = await get('/api/v1/rounds/2020H1/subjects?checked=true&kind=site');
    expect(subjects.body.total).toBe(2);
    const list = await get('/api/v1/rounds?limit=1');
    expect([list.body.total, list.body.items[0].period]).toEqual([2, '2020H1']);
  });

  it.each([
    [
      'a window that ends before it begins',
      { window: ['2020-09-17', '2020-07-07'] },
      'round.window',
    ],
    ['a monitoring time outside it', { at: '2020-10-01' }, 'round.at'],
    ['a replay that would visit others', { resolve: ['*=192.0.2.1'] }, 'round.replay'],
    ['a replay of nowhere', { resolve: [] }, 'round.replay'],
    ['other addresses for a live round', { clock: 'live' }, 'round.resolve'],
    ['a live round of the past', { clock: 'live', resolve: [] }, 'round.window-past'],
    ['whole sites of a past period', { wholeSites: { sites: 'all' } }, 'round.whole-sites'],
    [
      'more of a site than is ever walked',
      { wholeSites: { sites: 'all', pagesPerSite: 50_001 } },
      'http.bad-request',
    ],
    ['a period that is none', { period: '2020Q9' }, 'period.invalid'],
    ['a field that we do not know', { force: true }, /^http\.(bad-request|unknown-field)$/],
    [
      'no percentage',
      { coverage: { sites: { mode: 'sample' }, accounts: { mode: 'census' } } },
      'http.bad-request',
    ],
  ])('refuses %s', async (_name, change, code) => {
    const body = { ...newRound(province.web, '2020-09'), ...change };
    const refused = await post('/api/v1/rounds', body);
    expect([refused.status, refused.body.code]).toEqual([400, expect.stringMatching(code)]);
    expect((await round('2020-09')).body.code).toBe('round.unknown');
  });

  it('a period has one round', async () => {
    const again = await plan('2020Q3');
    expect([again.status, again.body.code]).toEqual([409, 'round.exists']);
  });

  it.each([
    ['/api/v1/rounds', {}],
    ['/api/v1/rounds/2020Q3/run', undefined],
    ['/api/v1/rounds/2020Q3/pause', undefined],
    ['/api/v1/rounds/2020Q3/retries', { kind: 'site', subjectId: 1 }],
    ['/api/v1/rounds/2020Q3/freeze', {}],
  ])('%s asks for the right to', async (url, body) => {
    const refused = await post(url, body, '巡查');
    expect([refused.status, refused.body.code]).toEqual([403, 'identity.forbidden']);
    expect((await post(url, body, '没人')).status).toBe(401);
  });
});

describe('a round in the background of the server', () => {
  it('is run once at a time, paused, not run on by a new start, and resumed without visiting twice', async () => {
    const { web, runner } = province;
    const shut = web.shutAfter(ANSWERED_FIRST);
    expect((await post('/api/v1/rounds/2020Q3/run')).status).toBe(202);
    await shut;
    expect((await round('2020Q3')).body).toMatchObject({ running: true, startedBy: '主管' });
    const twice = await post('/api/v1/rounds/2020Q3/run');
    expect([twice.status, twice.body.code]).toEqual([409, 'round.running']);
    const command = runRound(province.deps, '命令行', await planOf('2020Q3'), quiet());
    await expect(command).rejects.toMatchObject({ code: 'round.running' });
    expect((await post('/api/v1/rounds/2020Q3/freeze', {})).status).toBe(409);
    if (province.deps.store.kind === 'embedded') {
      const other = await post('/api/v1/rounds/2020H1/run');
      expect([other.status, other.body.code]).toEqual([409, 'round.busy']);
    }

    const paused = await post('/api/v1/rounds/2020Q3/pause');
    expect([paused.status, paused.body.paused]).toEqual([202, true]);
    await runner.idle();
    await web.open();
    const answered = web.answered();
    const restarted = province.restart();
    await restarted.resume();
    await restarted.idle();
    await workOnOpenVisit((await round('2020Q3')).body.id);
    expect(web.answered()).toBe(answered);
    expect((await round('2020Q3')).body).toMatchObject({
      ...{ paused: true, running: false, state: 'gathering', failure: null },
    });

    expect((await post('/api/v1/rounds/2020Q3/run')).status).toBe(202);
    await runner.idle();
    const done = (await round('2020Q3')).body;
    expect(done).toMatchObject({
      ...{ state: 'reviewing', paused: false, running: false },
      totals: { probes: VISITS, feeds: 2 },
      blockers: { open: 3, contested: 0 },
    });
    expect(web.answered() - answered).toBeLessThanOrEqual(VISITS - ANSWERED_FIRST + IN_HAND);
    const over = await post('/api/v1/rounds/2020Q3/pause');
    expect([over.status, over.body.code]).toEqual([409, 'round.done']);
  });

  it('stops with the server soon, and the next start goes on with it', async () => {
    const { web } = province;
    await plan('2020Q2');
    const shut = web.shutAfter(50);
    const first = province.restart();
    await first.run('主管', '2020Q2');
    await shut;
    const asked = performance.now();
    await first.stop();
    expect(performance.now() - asked).toBeLessThan(10_000);
    await expect(first.run('主管', '2020Q2')).rejects.toMatchObject({ code: 'server.stopping' });
    expect((await round('2020Q2')).body).toMatchObject({ running: false, paused: false });
    await web.open();
    const next = province.restart();
    await next.resume();
    await next.idle();
    expect((await round('2020Q2')).body).toMatchObject({
      ...{ state: 'reviewing', totals: { probes: VISITS } },
    });
  });

  it('a command that runs a round is paused all the same', async () => {
    const { web, deps } = province;
    const shut = web.shutAfter(50);
    const command = runRound(deps, '命令行', await planOf('2020-07'), quiet());
    await shut;
    expect((await round('2020-07')).body).toMatchObject({ running: true, startedBy: '命令行' });
    const ended = expect(command).rejects.toMatchObject({ code: 'round.paused' });
    await post('/api/v1/rounds/2020-07/pause');
    await ended;
    await web.open();
    const { round: done } = await runRound(deps, '命令行', await planOf('2020-07'), quiet());
    expect(done.period).toBe('2020-07');
    expect((await round('2020-07')).body).toMatchObject({ state: 'reviewing', paused: false });
  });

  it('says why it stopped early, and goes on when the reason is gone', async () => {
    const { store } = province.deps;
    const { id } = (await plan('2020-08')).body;
    const broken = sql`kind = 'visit' and key = 'broken' and round_id = ${id}`;
    await sql`insert into round_task (round_id, kind, key, payload) values (${id}, 'visit', 'broken', '{}')`.execute(
      store.db,
    );
    await post('/api/v1/rounds/2020-08/run');
    await province.runner.idle();
    expect((await round('2020-08')).body).toMatchObject({
      ...{
        state: 'gathering',
        running: false,
        failure: expect.stringContaining('1 项工作没有做成'),
      },
    });
    await sql`delete from round_task where ${broken}`.execute(store.db);
    await post('/api/v1/rounds/2020-08/run');
    await province.runner.idle();
    expect((await round('2020-08')).body).toMatchObject({ state: 'reviewing', failure: null });
  });

  it('another process that lives holds it; one that fell silent does not', async () => {
    const { store } = province.deps;
    const { id } = (await round('2020H1')).body;
    const beat = (ago: string) =>
      sql`insert into round_run (round_id, run_id, host, pid, started_by, started_at, beat_at)
          values (${id}, 'theirs', 'elsewhere', 1, '李四', now(), now() - ${ago}::interval)
          on conflict (round_id) do update set beat_at = excluded.beat_at`.execute(store.db);
    await beat('1 second');
    // Nobody else can hold an embedded database open: there such a row was left by a process that died.
    const isHeld = store.kind === 'postgres';
    expect((await round('2020H1')).body).toMatchObject({ running: isHeld });
    if (isHeld) {
      const refused = await post('/api/v1/rounds/2020H1/run');
      expect([refused.status, refused.body.code]).toEqual([409, 'round.running']);
      expect(refused.body.message).toContain('李四');
    }
    await beat('1 minute');
    expect((await round('2020H1')).body).toMatchObject({ running: false });
    expect((await post('/api/v1/rounds/2020H1/run')).status).toBe(202);
    await province.runner.idle();
    expect((await round('2020H1')).body).toMatchObject({ state: 'reviewing' });
  });
});

describe('the subjects of a round', () => {
  it.each([
    ['', 6],
    ['kind=account', 2],
    ['verdict=vetoed', 3],
    ['stage=planned', 0],
    ['q=4306000001', 1],
    ['q=%25', 0],
    ['q=岳阳', 3],
  ])('narrowed by %s: %d', async (query, total) => {
    expect((await get(`/api/v1/rounds/2020Q3/subjects?${encodeURI(query)}`)).body.total).toBe(
      total,
    );
  });

  it('are those that somebody sees, and so are all counts', async () => {
    const { units } = province;
    const seen = await get('/api/v1/rounds/2020Q3/subjects', '岳阳');
    expect(seen.body.items.map(({ name }: { name: string }) => name)).toEqual([
      ...['岳阳一', '岳阳二', '岳阳发布'],
    ]);
    const below = await get(`/api/v1/rounds/2020Q3/subjects?unitId=${units.get('岳阳县')}`);
    expect(below.body.total).toBe(1);
    const other = await get(`/api/v1/rounds/2020Q3/subjects?unitId=${units.get('长沙市')}`, '岳阳');
    expect(other.body.total).toBe(0);
    expect((await get('/api/v1/rounds/2020Q3', '岳阳')).body).toMatchObject({
      totals: { probes: VISITS / 2, feeds: 1 },
      blockers: { open: 2 },
    });
  });
});

describe('one subject again', () => {
  const siteOf = async (code: string) =>
    (await get(`/api/v1/rounds/2020Q3/subjects?q=${code}`)).body.items[0];
  const stale = async (id: number) =>
    (
      await get('/api/v1/findings?period=2020Q3&status=all&ruleId=site.veto.home-stale')
    ).body.items.find((item: { subject: { id: number } }) => item.subject.id === id);

  it('is gathered and judged anew; what was decided stays written and counts no more', async () => {
    const { web } = province;
    const { id } = await siteOf('4301000001');
    const before = await stale(id);
    const reviewed = await post(`/api/v1/findings/${before.id}/reviews`, { decision: 'confirm' });
    expect([before.status, reviewed.body.review]).toEqual(['breached', 'once']);
    web.renew('4301000001');
    const [own, others] = [web.answered('s4301000001'), web.answered('s4306')];
    const asked = await post('/api/v1/rounds/2020Q3/retries', { kind: 'site', subjectId: id });
    expect([asked.status, asked.body]).toEqual([202, { started: true }]);
    await province.runner.idle();
    expect(await stale(id)).toMatchObject({ id: before.id, status: 'met', review: 'open' });
    expect(await siteOf('4301000001')).toMatchObject({ stage: 'judged' });
    expect((await siteOf('4301000001')).verdict.kind).toBe('inconclusive');
    expect(web.answered('s4301000001')).toBeGreaterThan(own);
    expect(web.answered('s4306')).toBe(others);
    const { body } = await get(`/api/v1/findings/${before.id}`);
    expect(body.reviews.map(({ decision }: { decision: string }) => decision)).toEqual([
      ...['confirm', 'reopen'],
    ]);
    expect((await round('2020Q3')).body).toMatchObject({ state: 'reviewing', running: false });
    const trail = await sql<{ detail: { name: string; pages: number } }>`
      select detail from audit where action = 'round.retry'`.execute(province.deps.store.db);
    expect(trail.rows).toEqual([{ detail: expect.objectContaining({ name: '长沙一' }) }]);
    expect(trail.rows[0]!.detail.pages).toBeGreaterThan(0);
  });

  it('an account shares its task with others, which are left alone', async () => {
    const { body } = await get('/api/v1/rounds/2020Q3/subjects?kind=account');
    const asked = province.web.answered('feed-yy');
    const { id } = body.items.find(({ name }: { name: string }) => name === '长沙发布');
    await post('/api/v1/rounds/2020Q3/retries', { kind: 'account', subjectId: id });
    await province.runner.idle();
    expect(province.web.answered('feed-yy')).toBe(asked);
    const list = await get('/api/v1/rounds/2020Q3/subjects?kind=account&stage=judged');
    expect(list.body.total).toBe(2);
  });

  it('outside somebody’s scope it does not exist', async () => {
    const { id } = await siteOf('4301000001');
    const strip = ({ status, body }: { status: number; body: { requestId: string } }) => [
      status,
      { ...body, requestId: '' },
    ];
    const url = '/api/v1/rounds/2020Q3/retries';
    const outside = await post(url, { kind: 'site', subjectId: id }, '岳阳');
    const unknown = await post(url, { kind: 'site', subjectId: 9999 }, '岳阳');
    expect(outside.status).toBe(404);
    expect(strip(outside)).toEqual(strip(unknown));
  });

  it('is refused in a frozen round', async () => {
    const waived = { reviewWaived: '测试免审', undeterminedWaived: '测试不计' };
    expect((await post('/api/v1/rounds/2020Q2/freeze', waived)).body.state).toBe('frozen');
    const refused = await post('/api/v1/rounds/2020Q2/retries', { kind: 'site', subjectId: 1 });
    expect([refused.status, refused.body.code]).toEqual([409, 'round.closed']);
    expect((await post('/api/v1/rounds/2020Q2/run')).body.code).toBe('round.closed');
    expect((await post('/api/v1/rounds/2020Q2/pause')).body.code).toBe('round.closed');
  });
});

/** What a worker process would do with a job of the round that still waits in the queue. */
async function workOnOpenVisit(roundId: number): Promise<void> {
  const { deps } = province;
  const contexts = new RoundContexts(deps, quiet());
  const [open] = await listOpenTasks(inspectionDb(deps.store), roundId, 'visit');
  expect(open).toBeDefined();
  const { signal } = quiet();
  await roundJobs(deps, contexts).visit.run({ roundId, key: open!.key }, { signal });
  await contexts.close();
  const still = await listOpenTasks(inspectionDb(deps.store), roundId, 'visit');
  expect(still[0]).toEqual(open);
}

const quiet = () => ({
  now: () => new Date().toISOString(),
  note: () => undefined,
  signal: new AbortController().signal,
});

async function planOf(period: string) {
  const { web } = province;
  return {
    period: parsePeriod(period),
    window: ['2020-07-07', '2020-09-17'] as const,
    monitoredAt: '2020-09-17T15:59:59.999Z',
    ruleset: testRuleset('hunan-2020'),
    clock: 'replay' as const,
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } } as const,
    sampleRows: [],
    resolveRules: [`*=127.0.0.1:${web.port}`],
    at: '2026-11-23T00:00:00.000Z',
  };
}
