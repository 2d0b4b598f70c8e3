import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { NODE_FLAGS } from '../../scripts/install.mjs';
import { planCrowd } from '../../src/testing/crowd/plan-crowd.ts';
import { keepTicket, seedCrowd } from '../../src/testing/crowd/seed-crowd.ts';
import { standings } from '../../src/testing/crowd/sweep-crowd.ts';
import { runCluster } from '../../src/testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../../src/testing/postgres/test-databases.ts';
import { ROOT } from '../../tools/source-files.ts';
import { daySummary } from './sweep/day-summary.ts';
import { openPlace } from './sweep/open-place.ts';
import type { SweepLine } from './sweep/run-sweep.ts';
import type { CrowdAnswer, CrowdReady } from './sweep/serve-crowd.ts';

const ACCOUNTS = 120_000;
const DAY_MS = 86_400_000;
/** Ten in the morning on the first day. */
const FIRST_AT = Date.parse('2020-09-17T02:00:00.000Z');
/** As a service would have it: what is committed is on the disk. */
const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' } as const;

/**
 * `[--accounts 120000] [--days 2] [--embedded]`: a register of a province, read through the contract simulators by the product's own
 * sweep, paced as out in the world; platforms, sweep and database are processes of this machine. The virtual clock goes on by a day
 * between two sweeps: what a daily quota stopped is asked then.
 */
export async function benchSweep(args: readonly string[]): Promise<boolean> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      accounts: { type: 'string', default: String(ACCOUNTS) },
      days: { type: 'string', default: '2' },
      embedded: { type: 'boolean', default: false },
    },
  });
  const [accounts, days] = [Number(values.accounts), Number(values.days)];
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-sweep-'));
  const cluster = values.embedded ? null : await runCluster(undefined, DURABLE);
  const offset = FIRST_AT - Date.now();
  const world = start('serve-crowd.ts', [accounts, offset], {});
  const answers = linesOf<CrowdReady | CrowdAnswer>(world);
  const ask = async (line: string): Promise<CrowdAnswer> => {
    world.stdin?.write(`${line}\n`);
    return (await answers.next()).value as CrowdAnswer;
  };
  try {
    if (cluster) await createDatabase(cluster.url, 'bench', 'template0');
    const environment = {
      DATABASE_URL: cluster ? urlOf(cluster.url, 'bench') : '',
      XUNJIAN_DATA: folder,
    };
    const ready = (await answers.next()).value as CrowdReady;
    await seed(environment, accounts, ready);
    process.stdout.write(
      `${accounts} 个账号，${cpus().length} 核，${cluster?.programs ?? '内嵌数据库'}\n`,
    );
    let holds = true;
    for (let day = 0; day < days; day += 1) {
      if (day > 0) {
        const said = await ask('day');
        if ('ticket' in said)
          await withPlace(environment, (place) =>
            keepTicket(place, said.ticket, instantOf(offset, day)),
          );
      }
      const lines: (SweepLine & { readonly at: number })[] = [];
      const started = performance.now();
      const child = start('run-sweep.ts', [ready.port, offset + day * DAY_MS], environment);
      for await (const line of linesOf<SweepLine>(child))
        lines.push({ ...line, at: (performance.now() - started) / 1_000 });
      const said = await ask('counts');
      const counts = 'counts' in said ? said.counts : {};
      const stands = await withPlace(environment, ({ store }) => standings(store));
      const summary = daySummary({ accounts, day, lines, counts, stands });
      process.stdout.write(summary.text);
      holds &&= summary.holds;
    }
    return holds;
  } finally {
    world.kill('SIGTERM');
    await once(world, 'close');
    await cluster?.remove();
    await rm(folder, { recursive: true, force: true });
  }
}

type Environment = Readonly<Record<string, string>>;

const instantOf = (offset: number, day: number): string =>
  new Date(Date.now() + offset + day * DAY_MS).toISOString();

async function withPlace<T>(
  environment: Environment,
  work: (place: Awaited<ReturnType<typeof openPlace>>) => Promise<T>,
): Promise<T> {
  const place = await openPlace(environment);
  try {
    return await work(place);
  } finally {
    await place.close();
  }
}

function seed(environment: Environment, accounts: number, ready: CrowdReady): Promise<void> {
  const { ticket, refreshTokens } = ready;
  const authorised = { ticket, refreshTokens: new Map(Object.entries(refreshTokens)) };
  const at = new Date(FIRST_AT).toISOString();
  return withPlace(environment, (place) =>
    seedCrowd(place, planCrowd(accounts), { authorised, at }),
  );
}

function start(script: string, argv: readonly number[], environment: Environment): ChildProcess {
  const path = join(ROOT, 'bench', 'accounts', 'sweep', script);
  return spawn(process.execPath, [...NODE_FLAGS, path, ...argv.map(String)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
}

async function* linesOf<T>(child: ChildProcess): AsyncGenerator<T> {
  for await (const line of createInterface({ input: child.stdout! })) yield JSON.parse(line) as T;
}
