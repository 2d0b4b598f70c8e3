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
    { argv: ['registry', 'import', 'registry.xlsx'], kills: [[0.2, 0.9]] },
    { argv: ['observation', 'import', 'observations.csv'], kills: [] },
    { argv: ['round', 'import-history', 'history.json'], kills: [] },
    {
      argv: [
        ...['round', 'run', '--period', period, '--window', window.join('..'), '--at', window[1]],
        ...['--ruleset', 'hunan-2020', '--clock', 'replay'],
        ...['--resolve', `*.province.test=127.0.0.1:${port}`],
      ],
      // Visits, pages, accounts, judging: each is a share of what the kill before has left.
      kills: [
        [0.1, 0.4],
        [0.2, 0.6],
        [0.3, 0.7],
        [0.6, 0.95],
      ],
    },
    {
      argv: ['round', 'freeze', '--period', period, '--confirm-all', '测试'].concat([
        '--leave-undetermined',
        '测试',
      ]),
      kills: [[0.2, 0.9]],
    },
    { argv: ['bulletin', 'build', '--period', period, '--out', 'bulletin'], kills: [[0.2, 0.9]] },
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

const KILL_TRIES = 4;

/** Kills a command that is safe to run again after `ms`, or sooner when this time it was quicker than that. */
async function kill(
  inspection: CaseInspection,
  argv: readonly string[],
  ms: number,
): Promise<boolean> {
  for (let tried = 1; tried <= KILL_TRIES; tried += 1) {
    if (!(await inspection.runKilled(ms / tried, ...argv))) continue;
    kills += 1;
    return true;
  }
  return false;
}

/** Runs `work`; what was finished before is not fetched again in it. */
async function withoutRepeats(
  inspection: CaseInspection,
  work: () => Promise<unknown>,
): Promise<void> {
  const finished = await finishedIn(inspection);
  const before = (await linesOf(inspection)).length;
  await work();
  const later = countEach((await linesOf(inspection)).slice(before));
  expect(fetchedTwice(finished, later)).toEqual([]);
}

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
          const work = () => kill(inspection, argv, after);
          await (argv[1] === 'run' ? withoutRepeats(inspection, work) : work());
          left = Math.max(left - after, 1_500);
        }
        const rest = () => inspection.mustRun(...argv);
        await (argv[1] === 'run' ? withoutRepeats(inspection, rest) : rest());
      }
      const bulletin = await bulletinOf(inspection);
      expect(tablesOf(bulletin)).toEqual(tablesOf(expected));
      expect(bulletin).toEqual(undisturbed.bulletin);
    } finally {
      await inspection.stop();
    }
  },
);
