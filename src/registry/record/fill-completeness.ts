import { sql } from 'kysely';
import { COMPLETENESS, completenessOf } from '../../domain/completeness.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { StoreDeps } from '../../store/store.ts';
import { type RegistryDb, registryDb } from '../registry.repository.ts';
import { loadAccounts } from '../save-accounts.ts';

/** Accounts of one statement, and of one pass: the process has other work, and the next pass goes on where this one ended. */
const BATCH = 1_000;
const PASS_MAX = 20_000;

/**
 * Computes the completeness of accounts that have none under today's formula: those that were registered before there was one, and all
 * of them after the formula changed. Works through at most {@link PASS_MAX} accounts; returns how many. What is left is found by the next
 * pass, so it may be stopped anywhere; it is no change of the register, and leaves neither history nor a row in the trail.
 */
export async function fillCompleteness(
  { store }: StoreDeps,
  { most = PASS_MAX }: { readonly most?: number } = {},
): Promise<number> {
  const db = registryDb(store.db);
  let done = 0;
  let after = 0;
  while (done < most) {
    const ids = await nextIds(db, after, Math.min(BATCH, most - done));
    if (ids.length === 0) break;
    await fill(db, ids);
    done += ids.length;
    // Never the same batch twice in one pass, whatever happened to it: somebody who edits at the same time wins.
    after = ids.at(-1)!;
  }
  return done;
}

async function nextIds(db: RegistryDb, after: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom('account_record')
    .select('account_id')
    .where('account_id', '>', after)
    .where('completeness_formula', 'is distinct from', COMPLETENESS.version)
    .orderBy('account_id')
    .limit(limit)
    .execute();
  return rows.map(({ account_id }) => account_id);
}

async function fill(db: RegistryDb, ids: readonly number[]): Promise<void> {
  const rows = (await loadAccounts(db, ids)).map(({ id, columns, identities, record, version }) => {
    const { platform, account_id: accountId, status } = columns;
    const { score, missing } = completenessOf({ platform, accountId, status, identities, record });
    return { id, version, score, missing: missing.join(',') };
  });
  await sql`
    update account_record r
       set completeness = given.score, completeness_formula = ${COMPLETENESS.version},
           missing = string_to_array(given.missing, ',')
      from unnest(${arrayLiteral(rows.map(({ id }) => id))}::int[],
                  ${arrayLiteral(rows.map(({ version }) => version))}::int[],
                  ${arrayLiteral(rows.map(({ score }) => score))}::smallint[],
                  ${arrayLiteral(rows.map(({ missing }) => missing))}::text[])
           as given(id, version, score, missing)
     where r.account_id = given.id and r.version = given.version`.execute(db);
}
