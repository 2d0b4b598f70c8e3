import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { observed } from '../../domain/fact.ts';
import { parsePeriod } from '../../domain/period.ts';
import { listAccounts, listSites } from '../../registry/index.ts';
import { visits } from '../../testing/facts/site-views.ts';
import { type SmallProvince, smallProvince } from '../../testing/rounds/small-province.ts';
import { testRuleset } from '../../testing/test-ruleset.ts';
import { insertFacts, loadFacts } from '../fact.repository.ts';
import { inspectionDb } from '../inspection-db.ts';
import { namedPayloads } from '../named-payloads.ts';
import { planRound } from '../plan-round.ts';
import { recordFact } from '../record-facts.ts';
import type { Round } from '../round.ts';
import { checkSubjectAgain, type SubjectCheck } from './check-again.ts';
import { lookAgain } from './look-again.ts';

/** Four days after the monitoring day: what was updated on the 16th is new, what was on 1 August is not. */
const AT = '2020-09-21T04:00:00.000Z';
const OLD = '4301000001';

let province: SmallProvince;
let round: Round;
let siteId: number;
let feedId: number;
beforeAll(async () => {
  province = await smallProvince(() => undefined);
  const { store } = province.deps;
  round = await planRound(province.deps, '测试', {
    period: parsePeriod('2020Q3'),
    window: ['2020-07-07', '2020-09-17'],
    monitoredAt: '2020-09-17T15:59:59.999Z',
    ruleset: testRuleset('hunan-2020'),
    clock: 'replay',
    sampleRows: [],
    at: AT,
    coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    resolveRules: [`*=127.0.0.1:${province.web.port}`],
  });
  siteId = (await listSites(store.db)).find(({ siteCode }) => siteCode === OLD)!.id;
  feedId = (await listAccounts(store.db)).find(({ accountId }) => accountId === 'yy')!.id;
  const owner = { roundId: round.id, kind: 'site', subjectId: siteId } as const;
  const origin = { subjectId: siteId, gatherer: 'probe/visits', gatheredAt: AT };
  await insertFacts(inspectionDb(store), owner, [
    recordFact('site.visits', observed(visits(0)), origin),
  ]);
  await sql`update round set state = 'issued' where id = ${round.id}`.execute(store.db);
});
afterAll(() => province?.remove());

const check = (ruleId: string, kind: 'site' | 'account' = 'site'): Promise<SubjectCheck> =>
  checkSubjectAgain(
    { store: province.deps.store, look: lookAgain(province.deps, () => AT) },
    {
      ...{ roundId: round.id, kind, subjectId: kind === 'site' ? siteId : feedId, ruleId, at: AT },
      signal: new AbortController().signal,
    },
  );
const factsOfRound = async () =>
  (await loadFacts(inspectionDb(province.deps.store), round.id, 'site', [siteId])).get(siteId);

describe('a subject of an issued round, looked at again', () => {
  it('is judged by the page as it is now, and what was seen is kept beside the round', async () => {
    const before = await factsOfRound();
    const { id, judgement } = await check('site.veto.home-stale');
    expect(judgement).toMatchObject({ status: 'breached' });
    const [first] = 'evidence' in judgement ? (judgement.evidence ?? []) : [];
    expect(first?.excerpt).toContain('2020-08-01');
    // The bytes are in the archive, and retention knows that a check names them.
    const named = await namedPayloads(province.deps.store, round.id);
    expect(named.has(first!.snapshot!)).toBe(true);
    expect(await province.deps.archive.get(first!.snapshot!)).not.toBeNull();
    expect(await factsOfRound()).toEqual(before);
    province.web.renew(OLD);
    const mended = await check('site.veto.home-stale');
    expect(mended.judgement.status).toBe('met');
    expect(mended.id).not.toBe(id);
  });

  it('that is an account asks its sources as a round does', async () => {
    expect((await check('media.veto.stale.two-weeks', 'account')).judgement.status).toBe('met');
  });

  it.each([
    ['site.veto.unreachable', /连续监测一周/],
    ['site.veto.security.expression', /由人判定/],
  ])('says of %s that a person has to look, and visits nothing', async (ruleId, reason) => {
    const asked = province.web.answered();
    const { id, judgement } = await check(ruleId);
    expect([id, province.web.answered()]).toEqual([null, asked]);
    expect(judgement).toMatchObject({
      status: 'undetermined',
      reason: expect.stringMatching(reason),
    });
  });
});
