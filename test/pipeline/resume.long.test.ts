import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { CaseFile } from '../../src/domain/case-file.ts';
import { ROOT } from '../../tools/source-files.ts';
import { CaseInspection, tablesOf } from './inspect-case.ts';

/** Seconds after which the round is killed, one after another, before it may end. */
const KILL_AFTER_SECONDS = [2, 5, 9];

it('a round killed in its midst goes on with the same command and gives the same bulletin', async () => {
  const path = join(ROOT, 'test', 'cases', 'rules-2021q4.json');
  const expected = JSON.parse(await readFile(path, 'utf8')) as CaseFile;
  const inspection = await CaseInspection.serve(path);
  try {
    await inspection.mustRun('registry', 'import', 'registry.xlsx');
    await inspection.mustRun('observation', 'import', 'observations.csv');
    const window = expected.samplingWindow;
    for (const seconds of KILL_AFTER_SECONDS) {
      const argv = [
        ...['round', 'run', '--period', expected.period, '--window', window.join('..')],
        ...['--at', window[1], '--ruleset', 'hunan-2020', '--clock', 'replay'],
        ...['--resolve', `*.province.test=127.0.0.1:${inspection.port}`],
        ...['--data', join(inspection.folder, 'data')],
      ];
      const script = join(ROOT, 'src/main/cli.ts');
      const child = spawn(process.execPath, [script, ...argv], { stdio: 'ignore' });
      const ended = once(child, 'exit');
      await sleep(seconds * 1000);
      child.kill('SIGKILL');
      await ended;
    }
    const { bulletin, stats } = await inspection.inspect({ period: expected.period, window });
    expect(tablesOf(bulletin)).toEqual(tablesOf(expected));
    expect(stats.probes).toBeLessThan(expected.sitesTotal.checked * 140);
  } finally {
    await inspection.stop();
  }
});
