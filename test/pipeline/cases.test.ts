import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { ROOT } from '../../tools/source-files.ts';
import { CaseInspection, tablesOf } from './inspect-case.ts';

interface OwnCase {
  readonly file: string;
  readonly what: string;
  readonly more?: readonly string[];
}

const CASES: readonly OwnCase[] = [
  {
    file: 'sampled-2021q1.json',
    what: 'a sample, with units where nothing was checked',
    more: ['--sample', 'sample.csv'],
  },
  { file: 'sound-2022h1.json', what: 'nobody fails' },
  { file: 'rules-2021q4.json', what: 'other platforms, problems, print rows and boundary days' },
];

describe('cases of our own hold with no change of code', () => {
  const running: CaseInspection[] = [];
  afterAll(async () => {
    for (const inspection of running) await inspection.stop();
  });

  it.each(CASES)('$file: $what', { timeout: 300_000 }, async ({ file, more }) => {
    const path = join(ROOT, 'test', 'cases', file);
    const expected = JSON.parse(await readFile(path, 'utf8')) as CaseFile;
    const inspection = await CaseInspection.serve(path);
    running.push(inspection);
    const { bulletin } = await inspection.inspect({
      period: expected.period,
      window: expected.samplingWindow,
      ...(more ? { more } : {}),
    });
    expect(bulletin.undetermined).toEqual([]);
    expect(tablesOf(bulletin)).toEqual(tablesOf(expected));
    expect(bulletin.printed).toEqual(expected.printed);
    expect(bulletin.repeatOffenders).toEqual(expected.repeatOffenders);
    expect(bulletin.failingSites.map((row) => row.rules.length)).toEqual(
      expected.failingSites.map((row) => row.problems.length),
    );
    expect(bulletin.failingAccounts.map((row) => row.rules.length)).toEqual(
      expected.failingAccounts.map((row) => row.problems.length),
    );
  });
});
