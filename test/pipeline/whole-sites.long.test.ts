import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../tools/source-files.ts';
import { type WholeScore, WholeSites } from './whole-sites.ts';

const CASES = ['sound-2022h1', 'sampled-2021q1'] as const;
const PAGES = 1_500;
const SITES_EACH = 6;
/** What fails a site by itself. */
const VETOES: ReadonlySet<string> = new Set(['expression', 'veto']);

const open: WholeSites[] = [];
beforeAll(async () => {
  for (const name of CASES)
    open.push(await WholeSites.serve(join(ROOT, `test/cases/${name}.json`), PAGES));
});
afterAll(() => Promise.all(open.map((sites) => sites.close())));

it('what is planted in whole sites is found: vetoes all, the rest 98 of 100, false ones at most 1 of 200', async () => {
  const scores: WholeScore[] = [];
  for (const sites of open)
    for (const host of sites.hosts(SITES_EACH)) {
      scores.push(await sites.examine(host), await sites.inspect(host));
    }
  const byKind = Map.groupBy(
    scores.flatMap(({ kinds }) => kinds),
    ({ kind }) => kind,
  );
  const rows = [...byKind].map(([kind, each]) => ({
    kind,
    planted: each.reduce((sum, { planted }) => sum + planted, 0),
    found: each.reduce((sum, { found }) => sum + found, 0),
  }));
  console.table(rows);
  const [wrong, missed] = [scores.flatMap((one) => one.wrong), scores.flatMap((one) => one.missed)];
  if (wrong.length + missed.length > 0) console.log(JSON.stringify({ wrong, missed }, null, 1));
  const [vetoes, others] = [
    rows.filter(({ kind }) => VETOES.has(kind)),
    rows.filter(({ kind }) => !VETOES.has(kind)),
  ];
  const sum = (list: typeof rows, of: 'planted' | 'found'): number =>
    list.reduce((total, row) => total + row[of], 0);
  expect(scores.reduce((total, { pages }) => total + pages, 0)).toBeGreaterThan(
    (PAGES * SITES_EACH * CASES.length) / 2,
  );
  expect(sum(vetoes, 'planted')).toBeGreaterThan(20);
  expect(sum(vetoes, 'found')).toBe(sum(vetoes, 'planted'));
  expect(sum(others, 'found') / sum(others, 'planted')).toBeGreaterThanOrEqual(0.98);
  expect(wrong.length / (sum(rows, 'found') + wrong.length)).toBeLessThanOrEqual(0.005);
});
