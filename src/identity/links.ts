import { UserError } from '../lib/pure/errors.ts';
import { type IdentityDb, type IdentityDeps, identityDb } from './identity-db.ts';
import { hashOf, newSecret } from './keys.ts';

export type LinkPurpose = 'setup' | 'sign-in' | 'password';

const HOUR_MS = 3_600_000;
/** First set-up and reset links; a sign-in link is for right now. */
const HOURS: Readonly<Record<LinkPurpose, number>> = { setup: 24, password: 24, 'sign-in': 1 };

/** Makes a link that works once; an earlier one of the same purpose and person ends. Returns its secret. */
export async function makeLink(
  deps: IdentityDeps,
  purpose: LinkPurpose,
  userId: number | null,
): Promise<string> {
  const secret = newSecret();
  const now = deps.now();
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    await db.deleteFrom('one_time_link').where('expires_at', '<=', now.toISOString()).execute();
    let earlier = db.deleteFrom('one_time_link').where('purpose', '=', purpose);
    earlier =
      userId === null
        ? earlier.where('user_id', 'is', null)
        : earlier.where('user_id', '=', userId);
    await earlier.execute();
    await db
      .insertInto('one_time_link')
      .values({
        hash: hashOf(secret),
        purpose,
        user_id: userId,
        expires_at: new Date(now.getTime() + HOURS[purpose] * HOUR_MS).toISOString(),
        used_at: null,
      })
      .execute();
  });
  return secret;
}

/** What an unused link is for, without using it; throws {@link UserError} `identity.link`. */
export async function readLink(
  deps: IdentityDeps,
  secret: string,
): Promise<{ purpose: LinkPurpose; userId: number | null }> {
  const row = await identityDb(deps.store.db)
    .selectFrom('one_time_link')
    .selectAll()
    .where('hash', '=', hashOf(secret))
    .where('used_at', 'is', null)
    .where('expires_at', '>', deps.now().toISOString())
    .executeTakeFirst();
  if (!row) throw spent();
  return { purpose: row.purpose, userId: row.user_id };
}

/** Uses a link up, in the transaction of what it allows. Of two requests with the same link one is refused. */
export async function spendLink(
  trx: IdentityDb,
  now: Date,
  purpose: LinkPurpose,
  secret: string,
): Promise<{ userId: number | null }> {
  const row = await trx
    .updateTable('one_time_link')
    .set({ used_at: now.toISOString() })
    .where('hash', '=', hashOf(secret))
    .where('purpose', '=', purpose)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .returning('user_id')
    .executeTakeFirst();
  if (!row) throw spent();
  return { userId: row.user_id };
}

const spent = (): UserError =>
  new UserError('identity.link', '这个链接已经用过或过期了；请重新取得一个。', { family: 'state' });
