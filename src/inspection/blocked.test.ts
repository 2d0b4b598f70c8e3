import { afterAll, beforeAll, expect, it } from 'vitest';
import { parsePeriod } from '../domain/period.ts';
import { type SmallProvince, smallProvince } from '../testing/rounds/small-province.ts';
import { testRuleset } from '../testing/test-ruleset.ts';
import { inspectionDb } from './inspection-db.ts';
import { insertPages, type OwnedPage } from './page.repository.ts';
import { planRound } from './plan-round.ts';
import { insertProbes, type ProbeRow } from './probe.repository.ts';
import { listBlocked } from './read/list-blocked.ts';
import { listRoundSubjects } from './round.repository.ts';

let province: SmallProvince;
beforeAll(async () => {
  province = await smallProvince(() => undefined);
});
afterAll(() => province.remove());

const at = (minute: number): string => new Date(Date.UTC(2020, 8, 17, 4, minute)).toISOString();

function visit(subjectId: number, slot: number, outcome: string, status: number | null): ProbeRow {
  return {
    ...{ subject_id: subjectId, slot, scheduled_at: at(slot), happened_at: at(slot) },
    ...{ url: 'http://a.test/', address: null, outcome, error_class: null, status },
    ...{ dns_ms: null, tcp_ms: null, tls_ms: null, ttfb_ms: null, total_ms: null },
    ...{ vantage: 'local', paced: true },
  };
}

const page = (subjectId: number, role: OwnedPage['role'], status: number): OwnedPage => ({
  ...{ kind: 'site', subjectId, role, status, outcome: 'blocked' },
  ...{ url: `http://a.test/${role}`, askedUrl: `http://a.test/${role}`, snapshot: null, bytes: 0 },
  ...{ fetchedAt: at(50), reason: '被拦截', headers: {}, truncated: false, errorClass: null },
});

it('names the sites that block us now, and no one whose block is over', async () => {
  const { deps } = province;
  const db = inspectionDb(deps.store);
  const round = await planRound(deps, '测试', {
    ...{ period: parsePeriod('2020Q3'), window: ['2020-07-07', '2020-09-17'] as const },
    ...{ monitoredAt: '2020-09-17T15:59:59.999Z', ruleset: testRuleset('hunan-2020') },
    ...{ clock: 'replay' as const, sampleRows: [], resolveRules: [], at: at(0) },
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
  });
  const sites = (await listRoundSubjects(db, round.id)).filter(
    (each) => each.subject.kind === 'site',
  );
  const [now, over, byPage, never] = sites.map(({ subject }) => subject.id);
  await insertProbes(db, round.id, [
    ...[visit(now!, 0, 'ok', 200), visit(now!, 1, 'blocked', 412), visit(now!, 2, 'blocked', 403)],
    ...[visit(now!, 3, 'blocked', 412), visit(now!, 4, 'own', null)],
    ...[visit(over!, 0, 'blocked', 403), visit(over!, 1, 'ok', 200)],
    ...[visit(byPage!, 0, 'ok', 200), visit(never!, 0, 'ok', 200)],
  ]);
  await insertPages(db, round.id, [...[page(byPage!, 'home', 521), page(never!, 'section', 403)]]);
  expect(await listBlocked(db, round.id)).toMatchObject([
    { subjectId: now, visits: 3, pages: 0, statuses: [412, 403], lastAt: at(3) },
    { subjectId: byPage, visits: 0, pages: 1, statuses: [521], lastAt: at(50) },
  ]);
});
