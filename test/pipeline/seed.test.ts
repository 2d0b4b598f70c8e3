import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { planProvince } from '../../src/testing/province/plan/plan-province.ts';
import { readCase } from '../../src/testing/province/read-case.ts';
import { ROOT } from '../../tools/source-files.ts';
import { expectRowsOpen, rowsOf } from './expect-evidence.ts';
import { type BuiltBulletin, CaseInspection, tablesOf } from './inspect-case.ts';

const CASE = join(ROOT, 'samples', 'hunan-2020q3.json');
const printName = (unit: string): string => (unit === '湘西土家族苗族自治州' ? '湘西自治州' : unit);

describe('the founding document (湘政务函〔2020〕25号), served and inspected', () => {
  let inspection: CaseInspection;
  let bulletin: BuiltBulletin;
  let expected: CaseFile;
  let stats: Record<string, number>;

  beforeAll(async () => {
    expected = JSON.parse(await readFile(CASE, 'utf8')) as CaseFile;
    inspection = await CaseInspection.serve(CASE);
    ({ bulletin, stats } = await inspection.inspect({
      period: '2020Q3',
      window: ['2020-07-07', '2020-09-17'],
    }));
  }, 3_600_000);

  afterAll(() => inspection?.stop());

  it('gives annexes 1 to 4 of the document', () => {
    expect(tablesOf(bulletin)).toEqual(tablesOf(expected, printName));
    expect(bulletin.failingSites.map((row) => row.problems)).toEqual(
      expected.failingSites.map((row) => row.problems),
    );
    expect(bulletin.failingAccounts.map((row) => row.problems)).toEqual(
      expected.failingAccounts.map((row) => row.problems),
    );
  });

  it('gives the printed rates, shares and repeat offenders', () => {
    expect(bulletin.printed).toEqual(expected.printed);
    expect(bulletin.repeatOffenders.map(({ unit, name }) => ({ unit, name }))).toEqual(
      expected.repeatOffenders,
    );
    expect(bulletin.failingAccounts.filter((row) => row.problems.length === 2)).toHaveLength(4);
  });

  it('judges every healthy subject met: only what nobody can honestly settle stays open', async () => {
    const plan = planProvince(readCase(await readFile(CASE, 'utf8')));
    const traps = [...plan.sites, ...plan.accounts].filter(({ trapped }) => trapped);
    expect(traps.length).toBeLessThanOrEqual(5);
    const open = new Set(bulletin.undetermined.map(({ unit, name }) => `${unit} ${name}`));
    expect([...open].sort()).toEqual(
      traps.map(({ row, name }) => `${printName(row)} ${name}`).sort(),
    );
  });

  it('every one of its 38 failing rows opens down to the bytes, and its pack verifies', {
    timeout: 300_000,
  }, async () => {
    expect(rowsOf(bulletin)).toHaveLength(38);
    await expectRowsOpen(inspection, bulletin);
  });

  it('made 140 visits a site and at least ten pages', () => {
    expect(stats.probes).toBe(594 * 140);
    expect(stats.pages).toBeGreaterThanOrEqual(594 * 10);
  });

  it('says that it was replayed and not reviewed, so it cannot be signed', () => {
    expect(bulletin.replay).toBe(true);
    expect(bulletin.reviewWaived).toBeTruthy();
  });
});
