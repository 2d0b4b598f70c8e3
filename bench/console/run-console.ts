import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { Actor } from '../../src/domain/actor.ts';
import { createServer } from '../../src/http/create-server.ts';
import { Keys, sealingOf } from '../../src/identity/index.ts';
import {
  ProgressHub,
  type RoundRunner,
  registerInspectionRoutes,
} from '../../src/inspection/index.ts';
import {
  DEFAULT_REGISTRY_POLICY,
  registerRegistryRoutes,
  unitsBelow,
} from '../../src/registry/index.ts';
import { databaseSettings } from '../../src/store/database-settings.ts';
import { openEmbeddedStore } from '../../src/store/open-embedded-store.ts';
import { openPostgresStore } from '../../src/store/open-postgres-store.ts';
import type { Store } from '../../src/store/store.ts';
import { actorWith } from '../../src/testing/as-actor.ts';
import { runCluster } from '../../src/testing/postgres/run-cluster.ts';
import { createDatabase, urlOf } from '../../src/testing/postgres/test-databases.ts';
import { testRuleset } from '../../src/testing/test-ruleset.ts';
import { FULL, fillProvince, type ProvinceSize } from './fill-province.ts';
import { ASKED, type Asked } from './requests.ts';

const REQUESTS = 100;
const LIST_LIMIT_MS = 100;
const OVERVIEW_LIMIT_MS = 300;
const PERCENTILE = 0.95;

/**
 * `[--embedded] [--part N]`: the console's read endpoints over a real server and a made-up province: 15,000 sites, 120,000
 * accounts, 20 rounds, 3 million findings on a PostgreSQL of its own; `--embedded` a tenth of it on PGlite; `--part 10` a tenth.
 * `--database URL` measures one that is filled already; `--only 搜索` the endpoints whose names hold the word.
 * 100 requests each with varied filters, as supervisor and as the manager of one city; p95 within 100 ms, the overview 300 ms.
 */
export async function benchConsole(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      embedded: { type: 'boolean' },
      part: { type: 'string' },
      database: { type: 'string' },
      only: { type: 'string' },
    },
  });
  const asked = ASKED.filter(({ name }) => name.includes(values.only ?? ''));
  if (values.database !== undefined) return measureThere(values.database, asked);
  const isEmbedded = values.embedded === true;
  const part = Number(values.part ?? (isEmbedded ? 10 : 1));
  const size: ProvinceSize = {
    sites: FULL.sites / part,
    accounts: FULL.accounts / part,
    rounds: FULL.rounds,
    findings: FULL.findings / part,
  };
  const opened = isEmbedded ? await openHere() : await openServer();
  try {
    const began = performance.now();
    await fillProvince(opened.store.db, size, testRuleset('hunan-2020'), (words) =>
      process.stderr.write(`装入：${words}\n`),
    );
    print('装入', `${seconds(began)} 秒：${JSON.stringify(size)}`);
    await measure(opened.store, asked);
    print('机器', `2 核，此刻负载 ${loadavg()[0]!.toFixed(2)}`);
  } finally {
    await opened.remove();
  }
}

/** A database that an earlier run, or somebody's own province, filled. */
async function measureThere(url: string, asked: readonly Asked[]): Promise<void> {
  const store = await openPostgresStore(databaseSettings(url));
  try {
    await measure(store, asked);
    print('机器', `2 核，此刻负载 ${loadavg()[0]!.toFixed(2)}`);
  } finally {
    await store.close();
  }
}

interface Opened {
  readonly store: Store;
  remove(): Promise<void>;
}

async function openHere(): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-bench-'));
  const store = await openEmbeddedStore(folder);
  return {
    store,
    remove: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

/** Loading must not wait for the disk; what is measured afterwards only reads. */
const LOADING = {
  fsync: 'off',
  synchronous_commit: 'off',
  shared_buffers: '512MB',
  work_mem: '16MB',
  max_wal_size: '4GB',
};

async function openServer(): Promise<Opened> {
  const cluster = await runCluster(undefined, LOADING);
  await createDatabase(cluster.url, 'console', 'template0');
  const store = await openPostgresStore(
    databaseSettings(urlOf(cluster.url, 'console'), { statementSeconds: 0 }),
  );
  return {
    store,
    remove: async () => {
      await store.close();
      await cluster.remove();
    },
  };
}

async function measure(store: Store, asked: readonly Asked[]): Promise<void> {
  const manager = actorWith({ scope: new Set(await unitsBelow(store.db, 3)), unitId: 3 });
  for (const [who, actor] of [
    ['主管单位', actorWith()],
    ['一个市', manager],
  ] as const)
    await measureAs(store, asked, who, actor);
}

async function measureAs(
  store: Store,
  asked: readonly Asked[],
  who: string,
  actor: Actor,
): Promise<void> {
  const app = await createServer(async () => actor, { requestsPerMinute: 1e9 });
  const deps = { store, progress: new ProgressHub() } as never;
  registerInspectionRoutes(app, { ...(deps as object), runner: {} as RoundRunner } as never);
  registerRegistryRoutes(app, {
    ...{ store, sealing: sealingOf(new Keys(randomBytes(32))) },
    registry: DEFAULT_REGISTRY_POLICY,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const address = app.server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const find = await findIds(port);
  for (const { name, isOverview = false, url } of asked) {
    const times: number[] = [];
    for (let turn = 0; turn < REQUESTS; turn += 1) {
      const began = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}${url(turn, find)}`);
      await answer.arrayBuffer();
      times.push(performance.now() - began);
      if (answer.status !== 200) throw new Error(`${url(turn, find)} 答复 ${answer.status}`);
    }
    times.sort((one, other) => one - other);
    const p95 = times[Math.ceil(times.length * PERCENTILE) - 1]!;
    const limit = isOverview ? OVERVIEW_LIMIT_MS : LIST_LIMIT_MS;
    print(
      `${who} ${name}`,
      `p50 ${ms(times[times.length / 2]!)} p95 ${ms(p95)} 最大 ${ms(times.at(-1)!)}（上限 ${limit}）${p95 > limit ? ' 超过' : ''}`,
    );
  }
  await app.close();
}

/** Ids that this person sees. */
async function findIds(port: number): Promise<{ site: number; account: number; finding: number }> {
  const first = async (path: string): Promise<number> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return ((await answer.json()) as { items: { id: number }[] }).items[0]!.id;
  };
  return {
    site: await first('/api/v1/sites?limit=1&status=running'),
    account: await first('/api/v1/accounts?limit=1'),
    finding: await first('/api/v1/findings?limit=1'),
  };
}

const ms = (value: number): string => `${value.toFixed(1)} ms`;
const seconds = (began: number): string => ((performance.now() - began) / 1000).toFixed(0);
const print = (what: string, figure: string): void => {
  process.stdout.write(`${what}：${figure}\n`);
};
