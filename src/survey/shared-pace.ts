import { setTimeout as sleep } from 'node:timers/promises';
import { type Kysely, sql } from 'kysely';

/**
 * Turns at a destination address for all workers of one database: each start is at least `intervalMs` after the one before,
 * whichever process makes it (DESIGN law 5). The database's clock decides.
 */
export function sharedTurns<Tables>(
  db: Kysely<Tables>,
  intervalMs: number,
): (address: string, signal: AbortSignal | undefined) => Promise<void> {
  return async (address, signal) => {
    const { rows } = await sql<{ wait_ms: number }>`
      insert into pace (address, starts_at) values (${address}, clock_timestamp())
      on conflict (address) do update
        set starts_at = greatest(pace.starts_at + ${intervalMs}::int * interval '1 millisecond', clock_timestamp())
      returning (extract(epoch from starts_at - clock_timestamp()) * 1000)::float8 as wait_ms`.execute(
      db,
    );
    const wait = rows[0]?.wait_ms ?? 0;
    if (wait > 0) await sleep(wait, undefined, signal ? { signal } : {});
  };
}
