import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, expect, it } from 'vitest';
import { WARCParser } from 'warcio';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { ROOT } from '../../tools/source-files.ts';
import { expectRowsOpen, rowsOf } from './expect-evidence.ts';
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

it('every failing row of a case opens, packs and verifies, and another WARC reader agrees on its bytes', {
  timeout: 300_000,
}, async () => {
  const path = join(ROOT, 'test', 'cases', 'rules-2021q4.json');
  const { period, samplingWindow } = JSON.parse(await readFile(path, 'utf8')) as CaseFile;
  inspection = await CaseInspection.serve(path);
  const { bulletin } = await inspection.inspect({ period, window: samplingWindow });
  const rows = rowsOf(bulletin);
  expect(rows.length).toBeGreaterThan(10);
  await inspection.mustRun('evidence', 'pack', rows[0]!.row, '--out', 'row.zip');
  await inspection.mustRun('evidence', 'verify', 'row.zip');

  const bodies = await bodiesByWarcio(join(inspection.folder, 'data', 'evidence', 'r1'));
  let opened = 0;
  await expectRowsOpen(inspection, bulletin, (payload) => {
    expect(bodies.get(payload)).toBe(`sha256:${payload}`);
    opened += 1;
  });
  expect(opened).toBeGreaterThan(10);
});
