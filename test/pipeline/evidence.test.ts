import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { openRow } from '../../src/evidence/open-row.ts';
import { buildPack } from '../../src/evidence/pack/build-pack.ts';
import { openSigningKey } from '../../src/evidence/pack/signing-key.ts';
import { verifyPack } from '../../src/evidence/pack/verify-pack.ts';
import { parseRow } from '../../src/evidence/parse-row.ts';
import { openApp, placeOf } from '../../src/main/app-deps.ts';
import { readConfig } from '../../src/main/config.ts';
import { ROOT } from '../../tools/source-files.ts';
import { CaseInspection } from './inspect-case.ts';

let inspection: CaseInspection;
afterAll(() => inspection.stop());

/** SHA-256 of every response's body, by an independent reader of the segments. */
async function bodiesByWarcio(folder: string): Promise<Map<string, string>> {
  const bodies = new Map<string, string>();
  for (const name of await readdir(folder)) {
    const parser = new WARCParser(Readable.from([await readFile(join(folder, name))]) as never);
    for await (const record of parser) {
      const body = Buffer.from(await record.readFully(true));
      if (record.warcType !== 'response') continue;
      const digest = createHash('sha256').update(body).digest('hex');
      bodies.set(digest, record.warcPayloadDigest ?? '');
    }
  }
  return bodies;
}

/** Every row of a built bulletin opens to bytes that another WARC reader agrees on, or to the rows that stand for them. */
it('every failing row of a case opens, packs and verifies', { timeout: 300_000 }, async () => {
  const path = join(ROOT, 'test', 'cases', 'rules-2021q4.json');
  const { period, samplingWindow } = JSON.parse(await readFile(path, 'utf8')) as CaseFile;
  inspection = await CaseInspection.serve(path);
  const { bulletin } = await inspection.inspect({ period, window: samplingWindow });
  const data = join(inspection.folder, 'data');
  const rows = [
    ...bulletin.failingSites.map(({ siteCode, rules }) => ({ row: siteCode, rules })),
    ...bulletin.failingAccounts.map(({ platform, accountId, rules }) => ({
      row: `${platform}:${accountId}`,
      rules,
    })),
  ];
  expect(rows.length).toBeGreaterThan(10);
  const [first] = rows;
  await inspection.mustRun('evidence', 'pack', first!.row, '--out', 'row.zip');
  await inspection.mustRun('evidence', 'verify', 'row.zip');

  const bodies = await bodiesByWarcio(join(data, 'evidence', 'r1'));
  const deps = await openApp(readConfig({}), placeOf(readConfig({}), data, data));
  try {
    const key = await openSigningKey(data);
    for (const { row, rules } of rows) {
      const opened = await openRow(deps, parseRow(row), { period, rule: null });
      expect(opened.findings.map(({ finding }) => finding.ruleId).sort()).toEqual(
        [...rules].sort(),
      );
      for (const { records, visits, facts } of opened.findings) {
        const observed = facts.some((fact) => fact.key === 'account.observations');
        expect(records.length + visits.length > 0 || observed).toBe(true);
        for (const { payload, reading } of records) {
          if (reading.state !== 'whole') throw new Error(`${row} ${payload} ${reading.state}`);
          expect(createHash('sha256').update(reading.record.payload).digest('hex')).toBe(payload);
          expect(bodies.get(payload)).toBe(`sha256:${payload}`);
        }
      }
      const { bytes, missing } = buildPack(opened, key);
      const verified = verifyPack(bytes, key.fingerprint);
      expect([missing, verified.ok && verified.summary.rejudged.outcome]).toEqual([0, 'same']);
      const flipped = Buffer.from(bytes);
      flipped[(rows.length * 7919) % bytes.byteLength]! ^= 1;
      expect(verifyPack(flipped).ok).toBe(false);
    }
  } finally {
    await deps.close();
  }
});
