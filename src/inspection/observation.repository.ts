import { type Kysely, sql } from 'kysely';
import type { InteractionWay, Observation } from '../domain/account-facts.ts';
import type { Instant } from '../lib/pure/dates.ts';

/** A sight ready to be stored. */
export interface NewObservation extends Observation {
  readonly accountId: number;
}

interface ObservationTables {
  observation: {
    account_id: number;
    observed_at: string;
    newest_on: string | null;
    ways: string | null;
    tested_at: string | null;
    replied_at: string | null;
    image: string | null;
    origin: string;
  };
}

const INSERT_BATCH = 1000;

/** Stores sights; one of the same account and instant replaces the earlier one. Returns how many were new or changed. */
export async function saveObservations<Tables>(
  anyDb: Kysely<Tables>,
  observations: readonly NewObservation[],
): Promise<number> {
  const db = anyDb as unknown as Kysely<ObservationTables>;
  let saved = 0;
  for (let start = 0; start < observations.length; start += INSERT_BATCH) {
    // Several rows of one account at the same minute: the newest date counts, so the later row of the file wins only if it says more.
    const slice = lastPerInstant(observations.slice(start, start + INSERT_BATCH));
    const result = await db
      .insertInto('observation')
      .values(
        slice.map((each) => ({
          account_id: each.accountId,
          observed_at: each.observedAt,
          newest_on: each.newestOn,
          ways: each.ways === null ? null : JSON.stringify(each.ways),
          tested_at: each.testedAt,
          replied_at: each.repliedAt,
          image: each.image,
          origin: each.origin,
        })),
      )
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'observed_at'])
          .doUpdateSet((eb) => ({
            newest_on: eb.ref('excluded.newest_on'),
            ways: eb.ref('excluded.ways'),
            tested_at: eb.ref('excluded.tested_at'),
            replied_at: eb.ref('excluded.replied_at'),
            image: eb.ref('excluded.image'),
            origin: eb.ref('excluded.origin'),
          }))
          .where(sql<boolean>`row(observation.newest_on, observation.ways, observation.tested_at, observation.replied_at, observation.image)
            is distinct from row(excluded.newest_on, excluded.ways, excluded.tested_at, excluded.replied_at, excluded.image)`),
      )
      .executeTakeFirst();
    saved += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return saved;
}

function lastPerInstant(observations: readonly NewObservation[]): NewObservation[] {
  const byKey = new Map<string, NewObservation>();
  for (const each of observations) {
    const key = `${each.accountId} ${each.observedAt}`;
    const known = byKey.get(key);
    byKey.set(key, known ? merge(known, each) : each);
  }
  return [...byKey.values()];
}

/** Two sights of the same moment say together what either says; of two dates the newer counts. */
function merge(first: NewObservation, second: NewObservation): NewObservation {
  const dates = [first.newestOn, second.newestOn]
    .filter((date) => date !== null && date !== 'none')
    .sort();
  return {
    ...second,
    newestOn: dates.at(-1) ?? second.newestOn ?? first.newestOn,
    ways: second.ways ?? first.ways,
    testedAt: second.testedAt ?? first.testedAt,
    repliedAt: second.repliedAt ?? first.repliedAt,
    image: second.image ?? first.image,
  };
}

const READ_BATCH = 1000;

/** Sights by account, oldest first. */
export async function observationsOf<Tables>(
  anyDb: Kysely<Tables>,
  accountIds: readonly number[],
): Promise<Map<number, Observation[]>> {
  const db = anyDb as unknown as Kysely<ObservationTables>;
  const byAccount = new Map<number, Observation[]>();
  for (let start = 0; start < accountIds.length; start += READ_BATCH) {
    const rows = await db
      .selectFrom('observation')
      .selectAll()
      .where('account_id', 'in', accountIds.slice(start, start + READ_BATCH))
      .orderBy('observed_at')
      .execute();
    for (const row of rows) {
      const observation: Observation = {
        observedAt: row.observed_at,
        newestOn: row.newest_on as Observation['newestOn'],
        ways: row.ways as unknown as InteractionWay[] | null,
        testedAt: row.tested_at as Instant | null,
        repliedAt: row.replied_at as Instant | null,
        image: row.image,
        origin: row.origin,
      };
      const known = byAccount.get(row.account_id);
      if (known) known.push(observation);
      else byAccount.set(row.account_id, [observation]);
    }
  }
  return byAccount;
}
