import { sql } from 'kysely';
import { log } from '../../lib/node/log.ts';
import type { IdentityDb, IdentityDeps } from '../identity-db.ts';
import { hashOf, newSecret } from '../keys.ts';
import type { AttemptSecrets } from './identity-provider.ts';

/** From leaving for the provider, or from being asked for the second factor, to the answer. */
export const ATTEMPT_MINUTES = 10;
/** Attempts under way of everybody together; beyond it the oldest gives way, so that nobody can shut the door for others. */
const ATTEMPTS_MAX = 5_000;
const PURPOSE = 'oidc';

/** A sign-in or link that waits for the provider, or a sign-in that waits for the second factor. */
export interface Attempt {
  readonly purpose: 'sign-in' | 'link' | 'code';
  /** Who links, or of whom the second factor is wanted. */
  readonly userId: number | null;
  /** Path of ours where he wanted to go. */
  readonly returnTo: string;
  readonly secrets: AttemptSecrets | null;
}

/** Keeps an attempt; returns the secret by which its browser is known (a cookie). */
export async function insertAttempt(
  db: IdentityDb,
  { keys, now }: IdentityDeps,
  attempt: Attempt & { readonly sessionId: number | null },
): Promise<string> {
  const secret = newSecret();
  const at = now();
  await db.deleteFrom('oidc_attempt').where('expires_at', '<=', at.toISOString()).execute();
  const crowded = await db
    .deleteFrom('oidc_attempt')
    .where('hash', 'in', (eb) =>
      eb
        .selectFrom('oidc_attempt')
        .select('hash')
        .orderBy('expires_at', 'desc')
        .offset(sql.lit(ATTEMPTS_MAX - 1)),
    )
    .executeTakeFirst();
  if (Number(crowded.numDeletedRows) > 0)
    log.warn('统一身份登录同时进行的太多，最早的已作废', { limit: ATTEMPTS_MAX });
  await db
    .insertInto('oidc_attempt')
    .values({
      hash: hashOf(secret),
      purpose: attempt.purpose,
      state_hash: attempt.secrets === null ? null : hashOf(attempt.secrets.state),
      sealed: attempt.secrets === null ? '' : keys.seal(PURPOSE, JSON.stringify(attempt.secrets)),
      user_id: attempt.userId,
      session_id: attempt.sessionId,
      return_to: attempt.returnTo,
      expires_at: new Date(at.getTime() + ATTEMPT_MINUTES * 60_000).toISOString(),
    })
    .execute();
  return secret;
}

/**
 * Takes the attempt of this browser and this state; of two answers with the same state one gets it. A wrong state leaves it
 * where it is: else any page could end a sign-in under way. Null when there is none, or it is too old.
 */
export async function takeAttempt(
  db: IdentityDb,
  { keys, now }: IdentityDeps,
  secret: string,
  state: string,
): Promise<Attempt | null> {
  const row = await db
    .deleteFrom('oidc_attempt')
    .where('hash', '=', hashOf(secret))
    .where('state_hash', '=', hashOf(state))
    .where('expires_at', '>', now().toISOString())
    .returning(['purpose', 'user_id', 'return_to', 'sealed'])
    .executeTakeFirst();
  const opened = row === undefined ? null : keys.unseal(PURPOSE, row.sealed);
  if (row === undefined || opened === null) return null;
  const { purpose, user_id: userId, return_to: returnTo } = row;
  return { purpose, userId, returnTo, secrets: JSON.parse(opened) as AttemptSecrets };
}

/** Of whom this browser owes the second factor, or null. */
export async function findOwed(
  db: IdentityDb,
  { now }: IdentityDeps,
  secret: string,
): Promise<number | null> {
  const row = await db
    .selectFrom('oidc_attempt')
    .select('user_id')
    .where('hash', '=', hashOf(secret))
    .where('purpose', '=', 'code')
    .where('expires_at', '>', now().toISOString())
    .executeTakeFirst();
  return row?.user_id ?? null;
}

export async function deleteAttempt(db: IdentityDb, secret: string): Promise<void> {
  await db.deleteFrom('oidc_attempt').where('hash', '=', hashOf(secret)).execute();
}
