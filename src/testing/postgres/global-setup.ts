import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** URL of the tests' own PostgreSQL cluster. */
    readonly postgresUrl: string;
  }
}

interface Cluster {
  readonly url: string;
  end(): Promise<void>;
}

/** One for all projects of a run: each of them sets up for itself, in vitest's own process, with a copy of this module of its own. */
interface Held {
  users: number;
  readonly cluster: Promise<Cluster>;
}
const place = globalThis as { xunjianTestCluster?: Held };

/** Starts a PostgreSQL for the run, or joins it; vitest calls what is returned at the run's end, and the last one ends it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  place.xunjianTestCluster ??= { users: 0, cluster: startCluster() };
  const held = place.xunjianTestCluster;
  held.users += 1;
  const { url, end } = await held.cluster;
  project.provide('postgresUrl', url);
  return async () => {
    held.users -= 1;
    if (held.users > 0) return;
    delete place.xunjianTestCluster;
    await end();
  };
}

async function startCluster(): Promise<Cluster> {
  const script = fileURLToPath(new URL('hold-cluster.ts', import.meta.url));
  const holder = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script], {
    stdio: ['pipe', 'pipe', 'pipe'],
    // In a group of its own, so that a kill of ours leaves it alive to clear up.
    detached: true,
  });
  const { url } = await ready(holder);
  return {
    url,
    end: async () => {
      const gone = once(holder, 'exit');
      holder.stdin?.end();
      await gone;
    },
  };
}

async function ready(holder: ChildProcess): Promise<{ url: string }> {
  let complaint = '';
  holder.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-4000);
  });
  for await (const line of createInterface({ input: holder.stdout! }))
    return JSON.parse(line) as { url: string };
  throw new Error(complaint || '测试用的 PostgreSQL 没有启动，也没有说明原因');
}
