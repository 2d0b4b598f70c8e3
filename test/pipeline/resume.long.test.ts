import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { seededRandom } from '../../src/lib/pure/random.ts';
import { openEmbeddedStore } from '../../src/store/open-embedded-store.ts';
import { ROOT } from '../../tools/source-files.ts';
import { type BuiltBulletin, CaseInspection, tablesOf } from './inspect-case.ts';

const CASE = join(ROOT, 'test', 'cases', 'rules-2021q4.json');

type Counts = Map<string, number>;
/** A part of the whole work: its command, and where in its time it is killed, as shares of what it takes undisturbed. */
interface Part {
  readonly argv: readonly string[];
  readonly kills: readonly (readonly [number, number])[];
}

let expected: CaseFile;
let undisturbed: { bulletin: BuiltBulletin; seconds: readonly number[]; fetched: Counts };

function partsOf(port: number): readonly Part[] {
  const { period, samplingWindow: window } = expected;
  return [
    { argv: ['registry', 'import', 'registry.xlsx'], kills: [[0.2, 1]] },
    { argv: ['observation', 'import', 'observations.csv'], kills: [] },
    { argv: ['round', 'import-history', 'history.json'], kills: [] },
    {
      argv: [
        ...['round', 'run', '--period', period, '--window', window.join('..'), '--at', window[1]],
        ...['--ruleset', 'hunan-2020', '--clock', 'replay'],
        ...['--resolve', `*.province.test=127.0.0.1:${port}`],
      ],
      // Visits, pages, accounts, judging: what one kill leaves is what the next falls into.
      kills: [
        [0.1, 0.4],
        [0.3, 0.6],
        [0.4, 0.9],
      ],
    },
    {
      argv: ['round', 'freeze', '--period', period, '--confirm-all', '测试'].concat([
        '--leave-undetermined',
        '测试',
      ]),
      kills: [[0.2, 0.98]],
    },
    { argv: ['bulletin', 'build', '--period', period, '--out', 'bulletin'], kills: [[0.2, 0.98]] },
  ];
}

async function linesOf(inspection: CaseInspection): Promise<string[]> {
  const text = await readFile(join(inspection.folder, 'access.log'), 'utf8');
  return text.split('\n').filter((line) => line.startsWith('GET '));
}

function countEach(lines: readonly string[]): Counts {
  const counts: Counts = new Map();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return counts;
}

const bulletinOf = async (inspection: CaseInspection): Promise<BuiltBulletin> =>
  JSON.parse(
    await readFile(join(inspection.folder, 'bulletin', 'bulletin.json'), 'utf8'),
  ) as BuiltBulletin;

beforeAll(async () => {
  expected = JSON.parse(await readFile(CASE, 'utf8')) as CaseFile;
  const inspection = await CaseInspection.serve(CASE);
  try {
    const seconds: number[] = [];
    for (const { argv } of partsOf(inspection.port)) {
      const started = performance.now();
      await inspection.mustRun(...argv);
      seconds.push((performance.now() - started) / 1000);
    }
    const fetched = countEach(await linesOf(inspection));
    undisturbed = { bulletin: await bulletinOf(inspection), seconds, fetched };
  } finally {
    await inspection.stop();
  }
});

/** Visits and pages that the killed installation had recorded as finished, as lines of the web server's log. */
async function finishedIn(inspection: CaseInspection): Promise<Counts> {
  const store = await openEmbeddedStore(join(inspection.folder, 'data'));
  try {
    const { rows } = await sql<{ url: string }>`
      select url from probe where status = 200
      union all
      select coalesce(asked_url, url) from page where outcome = 'ok'`.execute(store.db);
    return countEach(
      rows.map(({ url }) => {
        const { host, pathname, search } = new URL(url);
        return `GET ${host} ${pathname}${search}`;
      }),
    );
  } finally {
    await store.close();
  }
}

/** What was fetched after a kill though it was finished before it: more often than an undisturbed round fetches it in all. */
function fetchedTwice(finished: Counts, later: Counts): string[] {
  return [...finished].flatMap(([line, times]) => {
    const left = (undisturbed.fetched.get(line) ?? times) - times;
    return (later.get(line) ?? 0) > left ? [`${line}：${later.get(line)} > ${left}`] : [];
  });
}

let kills = 0;
afterAll(() => expect(kills).toBeGreaterThanOrEqual(20));

it.each(['甲', '乙', '丙', '丁'])(
  'killed again and again (seed %s), the same commands give the same bulletin',
  async (seed) => {
    const random = seededRandom(seed);
    const inspection = await CaseInspection.serve(CASE);
    try {
      for (const [index, { argv, kills: shares }] of partsOf(inspection.port).entries()) {
        let left = undisturbed.seconds[index]! * 1000;
        for (const [from, to] of shares) {
          const after = left * (from + (to - from) * random());
          const isRound = argv[1] === 'run';
          if (!(await inspection.runKilled(after, ...argv))) continue;
          kills += 1;
          left = Math.max(left - after, 1_500);
          if (!isRound) continue;
          const before = (await linesOf(inspection)).length;
          const finished = await finishedIn(inspection);
          await inspection.runKilled(left * 0.3, ...argv);
          const later = countEach((await linesOf(inspection)).slice(before));
          expect(fetchedTwice(finished, later)).toEqual([]);
        }
        await inspection.mustRun(...argv);
      }
      const bulletin = await bulletinOf(inspection);
      expect(tablesOf(bulletin)).toEqual(tablesOf(expected));
      expect(bulletin).toEqual(undisturbed.bulletin);
    } finally {
      await inspection.stop();
    }
  },
);
