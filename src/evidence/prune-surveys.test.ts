import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Archive } from '../store/archive/archive.ts';
import { LocalSegments } from '../store/archive/segment-store.ts';
import { PagePool } from '../survey/pages/page-pool.ts';
import { surveySite } from '../survey/survey-site.ts';
import * as behave from '../testing/servers/behaviours.ts';
import { startServer } from '../testing/servers/start-server.ts';
import { testFetcher } from '../testing/servers/test-fetcher.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { countExpiredSurveys, pruneSurveys } from './prune-surveys.ts';

const OLD = '2026-06-01T00:00:00.000Z';
const NEW = '2026-11-01T00:00:00.000Z';
const TODAY = '2026-11-23T00:00:00.000Z';
let opened: TemporaryStore;
let at = OLD;
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(() => opened.remove());

const openArchive = () =>
  Archive.open({
    store: opened.store,
    segments: new LocalSegments(join(opened.folder, 'evidence')),
    now: () => at,
  });

/** One page and its survey; its home page's SHA-256. */
async function survey(now: string, roundId: number | null): Promise<string> {
  at = now;
  await using server = await startServer(
    behave.routes({ '/': behave.answer(200, `<p>${now}${roundId}</p>`) }),
  );
  await using pages = new PagePool({ threads: 1 });
  const fetcher = testFetcher();
  const archive = await openArchive();
  const { surveyId } = await surveySite(
    { store: opened.store, archive, fetcher, pages, now: () => now },
    { homeUrl: server.url, roundId, subjectId: null },
    new AbortController().signal,
  );
  await fetcher.close();
  await archive.close();
  const { rows } = await sql<{ snapshot: string }>`
    select encode(snapshot, 'hex') as snapshot from survey_page where survey_id = ${surveyId} and snapshot is not null`.execute(
    opened.store.db,
  );
  return rows[0]!.snapshot;
}

const leftPages = async () => {
  const { rows } = await sql<{ survey_id: number; purged: boolean; pages: number; urls: number }>`
    select s.id as survey_id, s.purged_at is not null as purged,
           (select count(*)::int from survey_page p where p.survey_id = s.id) as pages,
           (select count(*)::int from survey_url u where u.survey_id = s.id) as urls
      from survey s order by s.id`.execute(opened.store.db);
  return rows.map(({ purged, pages, urls }) => [purged, pages > 0, urls > 0]);
};

describe('surveys that are kept no longer', () => {
  it('lose their pages, and those of no round their originals; younger ones and those of rounds stay', async () => {
    const old = await survey(OLD, null);
    const young = await survey(NEW, null);
    const ofRound = await survey(OLD, 7);
    const archive = await openArchive();
    const deps = (keepDays: number | null) => ({
      ...{ store: opened.store, archive, retention: { keepRounds: null, keepDays } },
    });
    expect(await pruneSurveys(deps(null), '测试', TODAY)).toMatchObject({ surveys: 0 });
    expect(await countExpiredSurveys(deps(30), TODAY)).toBe(1);
    const pruned = await pruneSurveys(deps(30), '测试', TODAY);
    expect(pruned).toMatchObject({ surveys: 1, bytesAfter: 0 });
    expect(pruned.bytesBefore).toBeGreaterThan(0);
    expect(await leftPages()).toEqual([
      [true, false, false],
      [false, true, true],
      [false, true, true],
    ]);
    expect(await archive.read(old)).toMatchObject({
      state: 'gone',
      why: expect.stringContaining('2026-11-23'),
    });
    expect((await archive.read(young)).state).toBe('whole');
    expect((await archive.read(ofRound)).state).toBe('whole');
    expect(await pruneSurveys(deps(30), '测试', TODAY)).toMatchObject({
      ...{ surveys: 0, bytesBefore: 0 },
    });
    await archive.close();
  });
});
