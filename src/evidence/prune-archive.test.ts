import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer } from '../http/create-server.ts';
import { sha256 } from '../store/archive/warc-record.ts';
import { type ArchivedRound, archivedRound, ROWS, STALE_PAGE } from '../testing/archived-round.ts';
import { asOwner } from '../testing/as-actor.ts';
import { openRow } from './open-row.ts';
import { parseRow } from './parse-row.ts';
import { type AgedRound, expiredRounds, pruneArchive } from './prune-archive.ts';
import { registerEvidenceRoutes } from './routes.ts';

describe('which rounds expire', () => {
  const rounds: AgedRound[] = [
    { roundId: 4, period: '2026Q4', closedAt: null },
    { roundId: 3, period: '2026Q3', closedAt: '2026-10-01T00:00:00.000Z' },
    { roundId: 2, period: '2026Q2', closedAt: '2026-07-01T00:00:00.000Z' },
    { roundId: 1, period: '2026Q1', closedAt: '2026-04-01T00:00:00.000Z' },
  ];
  it.each([
    [{ keepRounds: null, keepDays: null }, []],
    [{ keepRounds: 1, keepDays: null }, ['2026Q1', '2026Q2']],
    [{ keepRounds: 5, keepDays: null }, []],
    [{ keepRounds: null, keepDays: 100 }, ['2026Q1', '2026Q2']],
    [{ keepRounds: null, keepDays: 200 }, ['2026Q1']],
    [{ keepRounds: 2, keepDays: 100 }, ['2026Q1']],
  ])('%j: %j', (settings, expected) => {
    const expired = expiredRounds(rounds, settings, '2026-11-23T00:00:00.000Z');
    expect(expired.map(({ period }) => period)).toEqual(expected);
  });
});

describe('pruning', () => {
  const NOW = '2026-11-23T00:00:00.000Z';
  let round: ArchivedRound;
  const deps = () => ({
    store: round.opened.store,
    archive: round.archive,
    retention: { keepRounds: null, keepDays: 30 },
  });
  const soundPage = sha256(Buffer.from(`<html>${ROWS.sound}</html>`));
  const files = () => readdir(join(round.opened.folder, 'evidence', `r${round.round.id}`));

  beforeAll(async () => {
    round = await archivedRound();
    await round.archive.finish(round.round.id);
    // Nothing was gathered of channels and services: without these the sound site's page is named by nobody.
    await sql`delete from finding where status = 'undetermined'`.execute(round.opened.store.db);
  });
  afterAll(() => round.remove());

  it('leaves a round alone while it may change', async () => {
    expect(await pruneArchive(deps(), '测试', NOW)).toEqual([]);
    expect((await round.archive.read(soundPage)).state).toBe('whole');
  });

  it('keeps what findings name, byte for byte, and tells of the rest what became of it', async () => {
    const open = () => openRow(deps(), parseRow(ROWS.stale), { period: null, rule: null });
    const before = (await open()).findings[0]!.records[0]!;
    await sql`update round set state = 'frozen', frozen_at = '2026-01-01'`.execute(
      round.opened.store.db,
    );
    const [old] = await files();
    const [pruned] = await pruneArchive(deps(), '测试', NOW);
    expect(pruned).toMatchObject({ period: '2020Q3', recordsKept: 2 });
    const left = await files();
    expect([left.length, left.includes(old!)]).toEqual([1, false]);
    const path = join(round.opened.folder, 'evidence', `r${round.round.id}`, left[0]!);
    expect((await stat(path)).size).toBe(pruned!.bytesAfter);
    const after = (await open()).findings[0]!.records[0]!;
    if (after.reading.state !== 'whole' || before.reading.state !== 'whole') throw new Error();
    expect(after.reading.member.equals(before.reading.member)).toBe(true);
    expect(after.reading.record.payload.toString()).toBe(STALE_PAGE);
    expect(after.revisit?.place.url).toBe(before.revisit?.place.url);
    expect(await round.archive.read(soundPage)).toMatchObject({
      state: 'gone',
      why: expect.stringContaining('2026-11-23'),
    });
    expect(await pruneArchive(deps(), '测试', NOW)).toEqual([]);
  });

  it('finishes what a kill between marking and deleting left behind', async () => {
    const db = round.opened.store.db;
    const { rows } = await sql<{ name: string }>`
      update evidence_segment set bytes = 5 where state = 'dropped' returning name`.execute(db);
    const path = join(round.opened.folder, 'evidence', `r${round.round.id}`, rows[0]!.name);
    await writeFile(path, 'still here');
    expect(await pruneArchive(deps(), '测试', NOW)).toMatchObject([{ recordsKept: 0 }]);
    expect(await files()).toHaveLength(1);
    expect((await round.archive.read(sha256(Buffer.from(STALE_PAGE)))).state).toBe('whole');
    expect(await pruneArchive(deps(), '测试', NOW)).toEqual([]);
  });

  it('a body that is gone is 410 over HTTP, and a row that names one is shown with its digest', async () => {
    const app = await createServer(asOwner);
    registerEvidenceRoutes(app, {
      ...deps(),
      audit: round.opened.audit,
      dataDir: round.opened.folder,
    });
    const answer = await app.inject({
      url: `/api/v1/evidence/records/${soundPage}`,
      headers: { host: '127.0.0.1' },
    });
    expect([answer.statusCode, answer.json().message]).toEqual([
      410,
      expect.stringContaining('只留摘要'),
    ]);
    await app.close();
    const row = await openRow(deps(), parseRow(ROWS.sound), {
      period: null,
      rule: 'site.veto.home-stale',
    });
    expect(row.findings[0]!.records).toMatchObject([
      { payload: soundPage, reading: { state: 'gone' } },
    ]);
  });
});
