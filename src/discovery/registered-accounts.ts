import type { RegisteredAccount } from '../derive/accounts/register-index.ts';
import { identitiesOf, listAccounts } from '../registry/index.ts';
import type { Store } from '../store/store.ts';

/** The register as candidates are compared with it: every account with every id that it is known by. */
export async function registeredAccounts({ db }: Store): Promise<RegisteredAccount[]> {
  const accounts = await listAccounts(db);
  const identities = await identitiesOf(
    db,
    accounts.map(({ id }) => id),
  );
  return accounts.map(({ id, platform, name, sponsorName, accountId }) => ({
    ...{ id, platform, name, sponsorName },
    ids: [accountId, ...(identities.get(id) ?? []).map((identity) => identity.id)],
  }));
}
