import process from 'node:process';
import { databaseSettings } from '../../store/database-settings.ts';
import { openPostgresStore } from '../../store/open-postgres-store.ts';
import { runCluster } from './run-cluster.ts';
import { createDatabase, TEMPLATE, urlOf } from './test-databases.ts';

/**
 * Holds the tests' cluster as long as its input is open: whoever started it may end in any way, killed or crashed, and the
 * cluster goes with it. Prints one JSON line when the cluster is ready, with the template of every test's database made.
 */
const cluster = await runCluster().catch(fail);
const removed = new Promise<void>((resolve, reject) => {
  const remove = (): void => void cluster.remove().then(resolve, reject);
  process.stdin.once('end', remove).once('close', remove).resume();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, remove);
});
try {
  await createDatabase(cluster.url, TEMPLATE, 'template0');
  await (await openPostgresStore(databaseSettings(urlOf(cluster.url, TEMPLATE)))).close();
  process.stdout.write(`${JSON.stringify({ url: cluster.url, programs: cluster.programs })}\n`);
} catch (error) {
  await cluster.remove();
  throw error;
}
await removed;
process.exit(0);

/** Why there is no cluster, without the stack that nobody asks for. */
function fail(error: unknown): never {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
