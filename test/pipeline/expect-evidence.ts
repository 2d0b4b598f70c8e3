import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openRow } from '../../src/evidence/open-row.ts';
import { buildPack } from '../../src/evidence/pack/build-pack.ts';
import { openSigningKey } from '../../src/evidence/pack/signing-key.ts';
import { verifyPack } from '../../src/evidence/pack/verify-pack.ts';
import { parseRow } from '../../src/evidence/parse-row.ts';
import { openApp, placeOf } from '../../src/main/app-deps.ts';
import { readConfig } from '../../src/main/config.ts';
import type { BuiltBulletin, CaseInspection } from './inspect-case.ts';

interface Row {
  readonly row: string;
  readonly rules: readonly string[];
}

/** The failing rows of a bulletin by what `evidence show` takes. */
export function rowsOf(bulletin: BuiltBulletin): Row[] {
  return [
    ...bulletin.failingSites.map(({ siteCode, rules }) => ({ row: siteCode, rules })),
    ...bulletin.failingAccounts.map(({ platform, accountId, rules }) => ({
      row: `${platform}:${accountId}`,
      rules,
    })),
  ];
}

type Opened = Awaited<ReturnType<typeof openRow>>;

/**
 * Every row opens to bytes with the digest of their record, or to the visits and observations that stand for them; a pack of
 * each verifies, and with one flipped byte does not. `onRecord` gets every digest that was opened.
 */
export async function expectRowsOpen(
  inspection: CaseInspection,
  bulletin: BuiltBulletin,
  onRecord: (payload: string) => void = () => undefined,
): Promise<void> {
  const data = join(inspection.folder, 'data');
  const deps = await openApp(readConfig({}), placeOf(readConfig({}), data, data));
  try {
    const key = await openSigningKey(data);
    for (const [index, { row, rules }] of rowsOf(bulletin).entries()) {
      const opened = await openRow(deps, parseRow(row), { period: bulletin.period, rule: null });
      expectRecords(opened, row, rules, onRecord);
      const { bytes, missing } = buildPack(opened, key);
      const verified = verifyPack(bytes, key.fingerprint);
      expect([missing, verified.ok && verified.summary.rejudged.outcome]).toEqual([0, 'same']);
      const flipped = Buffer.from(bytes);
      flipped[((index + 1) * 7919) % bytes.byteLength]! ^= 1;
      expect(verifyPack(flipped).ok).toBe(false);
    }
  } finally {
    await deps.close();
  }
}

function expectRecords(
  opened: Opened,
  row: string,
  rules: readonly string[],
  onRecord: (payload: string) => void,
): void {
  expect(opened.findings.map(({ finding }) => finding.ruleId).sort()).toEqual([...rules].sort());
  for (const { records, visits, facts } of opened.findings) {
    const observed = facts.some((fact) => fact.key === 'account.observations');
    expect(records.length + visits.length > 0 || observed).toBe(true);
    for (const { payload, reading } of records) {
      if (reading.state !== 'whole') throw new Error(`${row} ${payload} ${reading.state}`);
      expect(createHash('sha256').update(reading.record.payload).digest('hex')).toBe(payload);
      onRecord(payload);
    }
  }
}
