import { sql } from 'kysely';
import type { Sealing } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { Secret } from '../../lib/pure/secret.ts';
import { storableJson } from '../../lib/pure/storable-json.ts';
import { credentialPlace } from '../../registry/index.ts';
import type { Store } from '../../store/store.ts';
import { authorisationPlace, componentPlace } from '../../wechat/wechat-db.ts';
import { COMPONENT } from '../platforms/wechat/wechat-plans.ts';
import { namesOf } from './crowd-names.ts';
import type { Authorised } from './crowd-platforms.ts';
import type { CrowdAccount } from './plan-crowd.ts';

export interface CrowdPlace {
  readonly store: Store;
  readonly sealing: Sealing;
}

/** Rows of one statement. */
const BATCH = 2_000;
/** Accounts of one unit. */
const OF_UNIT = 100;

/** Puts a crowd into an empty register, with its sources, sealed credentials, authorisations and what units reported. */
export async function seedCrowd(
  { store, sealing }: CrowdPlace,
  crowd: readonly CrowdAccount[],
  { authorised, at }: { readonly authorised: Authorised; readonly at: Instant },
): Promise<void> {
  await keepTicket({ store, sealing }, authorised.ticket, at);
  await sql`insert into unit (name, aliases, print_order, registry_order)
    select '单位' || n, '[]', n, n from generate_series(1, ${Math.ceil(crowd.length / OF_UNIT)}::int) n`.execute(
    store.db,
  );
  for (let from = 0; from < crowd.length; from += BATCH) {
    const rows = crowd.slice(from, from + BATCH).map((account) => {
      const { secret, ...names } = namesOf(account);
      // The place of a sealed text is its account's id, which is its number here.
      const id = account.nr + 1;
      const credential = credentialOf(account, secret);
      return {
        ...{ ...names, id, sponsor: 1 + Math.floor(account.nr / OF_UNIT), way: account.way },
        credential: credential && sealing.seal(credentialPlace(id), new Secret(credential)),
        refreshToken: sealedToken(sealing, names.identity, authorised),
      };
    });
    await insertRows(store, storableJson(rows), at);
  }
  await sql`analyze account, account_source`.execute(store.db);
}

function credentialOf({ nr, way }: CrowdAccount, secret: string): string | null {
  if (way !== 'douyin') return secret === '' ? null : secret;
  const { clientKey } = namesOf({ nr, way });
  return JSON.stringify({ clientKey, accessToken: `act.${nr}x`, refreshToken: `rft.${nr}x` });
}

function sealedToken(
  sealing: Sealing,
  appId: string,
  { refreshTokens }: Authorised,
): string | null {
  const token = refreshTokens.get(appId);
  return token === undefined ? null : sealing.seal(authorisationPlace(appId), new Secret(token));
}

/** Takes the ticket as the callback does. */
export async function keepTicket(
  { store, sealing }: CrowdPlace,
  ticket: string,
  at: Instant,
): Promise<void> {
  const sealed = sealing.seal(componentPlace(COMPONENT.appId), new Secret(ticket));
  await sql`insert into wechat_component (app_id, ticket, ticket_at) values (${COMPONENT.appId}, ${sealed}, ${at})
    on conflict (app_id) do update set ticket = excluded.ticket, ticket_at = excluded.ticket_at`.execute(
    store.db,
  );
}

async function insertRows(store: Store, rows: string, at: Instant): Promise<void> {
  const table = sql`jsonb_to_recordset(${rows}::jsonb) as r(
    id integer, platform text, name text, "accountId" text, kind text, level text, address text, identity text, sponsor integer,
    credential text, "refreshToken" text)`;
  await store.transaction(async (trx) => {
    await sql`insert into account (id, platform, account_id, name, sponsor_id, status, registry_order)
      overriding system value select id, platform, "accountId", name, sponsor, 'running', id from ${table}`.execute(
      trx,
    );
    await sql`insert into account_source (account_id, position, origin, kind, level, address, identity, credential)
      select id, 1, 'register', kind, level, address, identity, credential from ${table} order by id`.execute(
      trx,
    );
    await sql`insert into wechat_authorisation (app_id, account_id, permission_sets, refresh_token, state, authorised_at, changed_at)
      select identity, id, '[7,11,15]', "refreshToken", 'authorised', ${at}::timestamptz, ${at}::timestamptz
        from ${table} where "refreshToken" is not null`.execute(trx);
    await sql`insert into account_post (source_id, item_id, account_id, title, url, published_on, pinned, deleted, first_seen_at, last_seen_at, submitted_by)
      select s.id, 'r1', r.id, '单位报送', '', ${shanghaiDate(at)}::date, false, false, ${at}::timestamptz, ${at}::timestamptz, '报送员'
        from ${table} join account_source s on s.account_id = r.id where r.kind = 'submission'`.execute(
      trx,
    );
  });
}
