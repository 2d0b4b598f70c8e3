import { type Generated, type GeneratedAlways, type Kysely, sql } from 'kysely';
import type { InteractionWay, Observation, SeenProfile } from '../../domain/account-facts.ts';
import type { Instant } from '../../lib/pure/dates.ts';

/** A sight ready to be stored. */
export interface NewObservation extends Observation {
  readonly accountId: number;
  /** The user who looked; null for names that a file or the command line gives. */
  readonly byId?: number | null;
}

/** Everything of a row but its number and its key. */
interface SightColumns {
  newest_on: string | null;
  ways: string | null;
  tested_at: string | null;
  replied_at: string | null;
  image: string | null;
  origin: string;
  is_there: boolean | null;
  seen_name: string | null;
  seen_operator: string | null;
  certified: boolean | null;
  followers: number | null;
  ads: string | null;
  original_on: string | null;
  opens: boolean | null;
  note: string | null;
  picture: string | null;
  seen_by: string | null;
  seen_by_id: number | null;
}

interface WithdrawalColumns {
  withdrawn_at: string | null;
  withdrawn_by: string | null;
  withdrawn_why: string | null;
}

type StoredSight = SightColumns & { account_id: number; observed_at: string };

interface ObservationTables {
  observation: StoredSight & { id: GeneratedAlways<number> } & {
    [name in keyof WithdrawalColumns]: Generated<WithdrawalColumns[name]>;
  };
}

const INSERT_BATCH = 1000;
/** What a later row of the same account and instant replaces. Where it came from and who looked is told, but is no change. */
const TELLING = [
  ...(['newest_on', 'ways', 'tested_at', 'replied_at', 'image', 'is_there', 'seen_name'] as const),
  ...(['seen_operator', 'certified', 'followers', 'ads', 'original_on', 'opens', 'note'] as const),
  'picture',
] as const;
const REPLACED = [...TELLING, 'origin', 'seen_by', 'seen_by_id'] as const;

/** Stores sights; one of the same account and instant replaces the earlier one. Returns how many were new or changed. */
export async function saveObservations<Tables>(
  anyDb: Kysely<Tables>,
  observations: readonly NewObservation[],
): Promise<number> {
  const db = anyDb as unknown as Kysely<ObservationTables>;
  const columns = (table: 'observation' | 'excluded') =>
    sql.join(TELLING.map((name) => sql.ref(`${table}.${name}`)));
  let saved = 0;
  for (let start = 0; start < observations.length; start += INSERT_BATCH) {
    // Several rows of one account at the same minute: the newest date counts, so the later row of the file wins only if it says more.
    const slice = lastPerInstant(observations.slice(start, start + INSERT_BATCH));
    const result = await db
      .insertInto('observation')
      .values(slice.map(rowOf))
      .onConflict((conflict) =>
        conflict
          .columns(['account_id', 'observed_at'])
          .where('withdrawn_at', 'is', null)
          .doUpdateSet((eb) =>
            Object.fromEntries(REPLACED.map((name) => [name, eb.ref(`excluded.${name}`)])),
          )
          .where(
            sql<boolean>`row(${columns('observation')}) is distinct from row(${columns('excluded')})`,
          ),
      )
      .executeTakeFirst();
    saved += Number(result.numInsertedOrUpdatedRows ?? 0);
  }
  return saved;
}

function rowOf(each: NewObservation): StoredSight {
  return {
    account_id: each.accountId,
    observed_at: each.observedAt,
    newest_on: each.newestOn,
    ways: each.ways === null ? null : JSON.stringify(each.ways),
    tested_at: each.testedAt,
    replied_at: each.repliedAt,
    image: each.image,
    origin: each.origin,
    is_there: each.profile?.isThere ?? null,
    seen_name: each.profile?.name ?? null,
    seen_operator: each.profile?.operator ?? null,
    certified: each.profile?.certified ?? null,
    followers: each.profile?.followers ?? null,
    ads: each.ads ?? null,
    original_on: each.originalOn ?? null,
    opens: each.opens ?? null,
    note: each.note ?? null,
    picture: each.picture ?? null,
    seen_by: each.by ?? null,
    seen_by_id: each.byId ?? null,
  };
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
  return {
    ...second,
    newestOn: newerOf(first.newestOn, second.newestOn),
    ways: second.ways ?? first.ways,
    testedAt: second.testedAt ?? first.testedAt,
    repliedAt: second.repliedAt ?? first.repliedAt,
    image: second.image ?? first.image,
    profile: mergeProfiles(first.profile, second.profile),
    ads: second.ads ?? first.ads ?? null,
    originalOn: newerOf(first.originalOn ?? null, second.originalOn ?? null),
    opens: second.opens ?? first.opens ?? null,
    note: second.note ?? first.note ?? null,
    picture: second.picture ?? first.picture ?? null,
  };
}

function newerOf(first: string | null, second: string | null): string | null {
  const dates = [first, second].filter((date) => date !== null && date !== 'none').sort();
  return dates.at(-1) ?? second ?? first;
}

const NO_PROFILE: SeenProfile = {
  ...{ isThere: null, name: null, operator: null, certified: null, followers: null },
};

function mergeProfiles(first = NO_PROFILE, second = NO_PROFILE): SeenProfile {
  return {
    isThere: second.isThere ?? first.isThere,
    name: second.name ?? first.name,
    operator: second.operator ?? first.operator,
    certified: second.certified ?? first.certified,
    followers: second.followers ?? first.followers,
  };
}

const READ_BATCH = 1000;

/** Sights that stand, by account, oldest first. */
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
      .where('withdrawn_at', 'is', null)
      .orderBy('observed_at')
      .execute();
    for (const row of rows) {
      const known = byAccount.get(row.account_id);
      if (known) known.push(observationOf(row));
      else byAccount.set(row.account_id, [observationOf(row)]);
    }
  }
  return byAccount;
}

/** Of sights that were read before, those that still stand. */
export async function standingOnly<Tables>(
  anyDb: Kysely<Tables>,
  accountId: number,
  sights: readonly Observation[],
): Promise<readonly Observation[]> {
  if (sights.length === 0) return sights;
  const standing = new Set(
    ((await observationsOf(anyDb, [accountId])).get(accountId) ?? []).map(
      ({ observedAt }) => observedAt,
    ),
  );
  return sights.filter(({ observedAt }) => standing.has(observedAt));
}

/**
 * Sights that say the same as one that was withdrawn: a file that is imported again does not bring back what somebody took back.
 */
export async function withdrawnAlike<Tables>(
  anyDb: Kysely<Tables>,
  observations: readonly NewObservation[],
): Promise<ReadonlySet<NewObservation>> {
  const db = anyDb as unknown as Kysely<ObservationTables>;
  const rows = await db
    .selectFrom('observation')
    .selectAll()
    .where('withdrawn_at', 'is not', null)
    .orderBy('id', 'desc')
    .limit(WITHDRAWN_MAX)
    .execute();
  const said = new Set(
    rows.map((row) => wordsOf({ accountId: row.account_id, ...observationOf(row) })),
  );
  return new Set(observations.filter((each) => said.has(wordsOf(each))));
}

/** Withdrawals are rare; of more than these the oldest may be imported again, and are then seen in the list. */
const WITHDRAWN_MAX = 10_000;

const wordsOf = (each: NewObservation): string => {
  const row = rowOf(each);
  return JSON.stringify([each.accountId, each.observedAt, ...TELLING.map((name) => row[name])]);
};

/** A sight from its row. */
function observationOf(row: StoredSight): Observation {
  return {
    observedAt: row.observed_at,
    newestOn: row.newest_on as Observation['newestOn'],
    ways: row.ways as unknown as InteractionWay[] | null,
    testedAt: row.tested_at as Instant | null,
    repliedAt: row.replied_at as Instant | null,
    image: row.image,
    origin: row.origin,
    profile: {
      isThere: row.is_there,
      name: row.seen_name,
      operator: row.seen_operator,
      certified: row.certified,
      followers: row.followers,
    },
    ads: row.ads,
    originalOn: row.original_on as Exclude<Observation['originalOn'], undefined>,
    opens: row.opens,
    note: row.note,
    picture: row.picture,
    by: row.seen_by,
  };
}

/** A sight as its list shows it, also one that was withdrawn. */
export interface ListedObservation extends Observation {
  readonly id: number;
  readonly byId: number | null;
  readonly withdrawn: {
    readonly at: Instant;
    readonly by: string;
    readonly why: string;
  } | null;
}

/** One page of an account's sights, newest first. */
export async function observationPage<Tables>(
  anyDb: Kysely<Tables>,
  { accountId, limit, offset }: { accountId: number; limit: number; offset: number },
): Promise<{ items: ListedObservation[]; total: number }> {
  const db = anyDb as unknown as Kysely<ObservationTables>;
  const ofAccount = db.selectFrom('observation').where('account_id', '=', accountId);
  const { total } = await ofAccount
    .select(({ fn }) => fn.countAll<string>().as('total'))
    .executeTakeFirstOrThrow();
  const rows = await ofAccount
    .selectAll()
    .orderBy('observed_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return {
    items: rows.map((row) => ({
      ...{ id: row.id, byId: row.seen_by_id, ...observationOf(row) },
      withdrawn:
        row.withdrawn_at === null
          ? null
          : { at: row.withdrawn_at, by: row.withdrawn_by ?? '', why: row.withdrawn_why ?? '' },
    })),
    total: Number(total),
  };
}
