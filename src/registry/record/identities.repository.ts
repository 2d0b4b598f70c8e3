import { type Kysely, sql } from 'kysely';
import { type AccountIdentity, type IdKind, platformKey } from '../../domain/account-identity.ts';
import type { SubjectStatus } from '../../domain/subject.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import { registryDb } from '../registry.repository.ts';

/** Rows of one statement: some megabytes of array text. */
const BATCH = 20_000;

/** The identities of some accounts or of all, by account id; accounts without any are not in the map. */
export async function identitiesOf<Tables>(
  anyDb: Kysely<Tables>,
  accountIds: readonly number[] | 'all',
): Promise<Map<number, AccountIdentity[]>> {
  const found = new Map<number, AccountIdentity[]>();
  if (accountIds === 'all') {
    const all = registryDb(anyDb).selectFrom('account_identity').selectAll();
    for (const row of await all.orderBy('account_id').orderBy('id_kind').orderBy('id').execute())
      push(found, row.account_id, identityOfRow(row));
    return found;
  }
  for (let start = 0; start < accountIds.length; start += BATCH) {
    const { rows } = await sql<IdentityRow>`
      select account_id, platform, id_kind, id from account_identity
       where account_id = any(${arrayLiteral(accountIds.slice(start, start + BATCH))}::int[])
       order by account_id, id_kind, id`.execute(registryDb(anyDb));
    for (const row of rows) push(found, row.account_id, identityOfRow(row));
  }
  return found;
}

interface IdentityRow {
  readonly account_id: number;
  readonly platform: string;
  readonly id_kind: IdKind;
  readonly id: string;
}

const identityOfRow = ({ platform, id_kind, id }: IdentityRow): AccountIdentity => ({
  ...{ platform, idKind: id_kind, id },
});

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/**
 * The account of each identity, in the order asked; null where none is registered. Ask with what `identityOf` made. Works through any
 * number in batches; whoever has millions asks {@link allAccountKeys} once and looks up in memory.
 */
export async function findByIdentity<Tables>(
  anyDb: Kysely<Tables>,
  identities: readonly AccountIdentity[],
): Promise<(number | null)[]> {
  const found: (number | null)[] = [];
  for (let start = 0; start < identities.length; start += BATCH) {
    const batch = identities.slice(start, start + BATCH);
    const { rows } = await sql<{ account_id: number | null }>`
      select known.account_id
        from unnest(${arrayLiteral(batch.map(({ platform }) => platform))}::text[],
                    ${arrayLiteral(batch.map(({ idKind }) => idKind))}::text[],
                    ${arrayLiteral(batch.map(({ id }) => id))}::text[]) with ordinality as asked(platform, id_kind, id, place)
        left join account_identity known using (platform, id_kind, id)
       order by asked.place`.execute(registryDb(anyDb));
    for (const { account_id } of rows) found.push(account_id);
  }
  return found;
}

/** What an account is found by: its identities, else its name and sponsor. */
export interface AccountKeys {
  readonly accountId: number;
  /** `platformKey` of the registered platform. */
  readonly platform: string;
  readonly name: string;
  readonly sponsorId: number;
  readonly sponsorName: string;
  readonly status: SubjectStatus;
  readonly identities: readonly AccountIdentity[];
}

/** Accounts of the whole register with everything that they are found by; some hundred bytes an account. */
export async function allAccountKeys<Tables>(anyDb: Kysely<Tables>): Promise<AccountKeys[]> {
  const db = registryDb(anyDb);
  const { rows } = await sql<{
    id: number;
    platform: string;
    name: string;
    sponsor_id: number;
    sponsor_name: string;
    status: SubjectStatus;
  }>`
    select a.id, a.platform, a.name, a.sponsor_id, u.name as sponsor_name, a.status
      from account a join unit u on u.id = a.sponsor_id order by a.registry_order, a.id`.execute(
    db,
  );
  const identities = await identitiesOf(db, 'all');
  return rows.map((row) => ({
    ...{ accountId: row.id, platform: platformKey(row.platform), name: row.name },
    ...{ sponsorId: row.sponsor_id, sponsorName: row.sponsor_name, status: row.status },
    identities: identities.get(row.id) ?? [],
  }));
}

/** Adds identities; those that another account has are left to it and given back. */
export async function addIdentities<
  Tables,
  Row extends AccountIdentity & { readonly accountId: number },
>(anyDb: Kysely<Tables>, rows: readonly Row[]): Promise<Row[]> {
  for (let start = 0; start < rows.length; start += BATCH) {
    const batch = rows.slice(start, start + BATCH);
    await sql`
      insert into account_identity (account_id, platform, id_kind, id)
      select * from unnest(${arrayLiteral(batch.map(({ accountId }) => accountId))}::int[],
                           ${arrayLiteral(batch.map(({ platform }) => platform))}::text[],
                           ${arrayLiteral(batch.map(({ idKind }) => idKind))}::text[],
                           ${arrayLiteral(batch.map(({ id }) => id))}::text[])
      on conflict do nothing`.execute(registryDb(anyDb));
  }
  const owners = await findByIdentity(anyDb, rows);
  return rows.filter(({ accountId }, index) => owners[index] !== accountId);
}

export async function removeIdentities<Tables>(
  anyDb: Kysely<Tables>,
  identities: readonly AccountIdentity[],
): Promise<void> {
  for (let start = 0; start < identities.length; start += BATCH) {
    const batch = identities.slice(start, start + BATCH);
    await sql`
      delete from account_identity known
       using unnest(${arrayLiteral(batch.map(({ platform }) => platform))}::text[],
                    ${arrayLiteral(batch.map(({ idKind }) => idKind))}::text[],
                    ${arrayLiteral(batch.map(({ id }) => id))}::text[]) as gone(platform, id_kind, id)
       where known.platform = gone.platform and known.id_kind = gone.id_kind and known.id = gone.id`.execute(
      registryDb(anyDb),
    );
  }
}
