import { UserError } from '../lib/pure/errors.ts';
import { needsSecondFactor } from './abilities.ts';
import { recordAudit } from './audit/record-audit.ts';
import { type IdentityDb, type IdentityDeps, identityDb } from './identity-db.ts';
import { hashOf, newSecret } from './keys.ts';
import { checkPassword } from './password.ts';
import { spendCode, wrongCode } from './second-factor.ts';
import { insertSession } from './session.repository.ts';
import { findUserByLogin, requireUser, updateUser } from './user.repository.ts';
import { isLocked, signatureOf, type User } from './user.ts';

/** From where somebody signs in. */
export interface Caller {
  readonly address: string;
  readonly agent: string;
}

export interface SignIn extends Caller {
  readonly login: string;
  readonly password: string;
  readonly code?: string | undefined;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
/** One address may fail this many times as often as one login: an office shares an address. */
const ADDRESS_FACTOR = 10;

/**
 * Checks password and second factor and opens a session; returns its secret, which only the browser keeps. Wrong name and
 * wrong password answer alike. Throws `identity.wrong`, `identity.second-factor`, `identity.code`, `identity.locked`.
 */
export async function signIn(deps: IdentityDeps, attempt: SignIn): Promise<string> {
  const now = deps.now();
  const db = identityDb(deps.store.db);
  await assertAddressMayTry(deps, db, attempt.address, now);
  const user = await findUserByLogin(db, attempt.login.trim());
  const isRight = await checkPassword(user?.passwordHash ?? null, attempt.password);
  if (user !== null && isLocked(user, now.toISOString())) throw locked(user.lockedUntil!, now);
  if (user === null || !isRight || user.state !== 'active') {
    await countFailure(deps, user, attempt);
    throw new UserError('identity.wrong', '登录名或密码不对。', { field: 'password' });
  }
  if (user.totpState !== 'on')
    return openSession(deps, user, attempt, { secondFactor: false, by: 'password' });
  if (attempt.code === undefined || attempt.code.trim() === '')
    throw new UserError('identity.second-factor', '请输入手机验证器上的 6 位验证码。', {
      field: 'code',
    });
  await requireCode(deps, user, { ...attempt, code: attempt.code });
  return openSession(deps, user, attempt, { secondFactor: true, by: 'password' });
}

/** Spends the code of somebody's second factor; a wrong one counts as a wrong password does. Throws `identity.code`. */
export async function requireCode(
  deps: IdentityDeps,
  user: User,
  given: { readonly code: string; readonly address: string; readonly login: string },
): Promise<void> {
  const isSpent = await deps.store.transaction((trx) =>
    spendCode(deps, identityDb(trx), user, given.code),
  );
  if (isSpent) return;
  await countFailure(deps, user, given);
  throw wrongCode();
}

/** How somebody proved who he is. */
export interface Proof {
  readonly secondFactor: boolean;
  readonly by: 'password' | 'link' | 'setup' | 'oidc';
}

/** Opens a session for somebody whose identity is proved; returns its secret. */
export async function openSession(
  deps: IdentityDeps,
  user: User,
  caller: Caller,
  { secondFactor, by }: Proof,
): Promise<string> {
  const secret = newSecret();
  const now = deps.now();
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    await insertSession(db, {
      hash: hashOf(secret),
      userId: user.id,
      csrf: newSecret(),
      secondFactor,
      address: caller.address,
      agent: caller.agent,
      createdAt: now.toISOString(),
      seenAt: now.toISOString(),
      endsAt: new Date(now.getTime() + deps.policy.sessionHours * HOUR_MS).toISOString(),
    });
    await updateUser(db, user.id, {
      failures: 0,
      locked_until: null,
      last_sign_in_at: now.toISOString(),
    });
    await db.deleteFrom('sign_in_failure').where('address', '=', caller.address).execute();
    await recordAudit(trx, {
      actor: signatureOf(user),
      action: 'identity.sign-in',
      subject: `user:${user.id}`,
      detail: { by, secondFactor, address: caller.address },
    });
  });
  return secret;
}

/** Whether somebody must still show or set up a second factor before he may do anything. */
export const lacksSecondFactor = (user: User, shown: boolean): boolean =>
  needsSecondFactor(user.roles) && !shown;

/** Throws `identity.locked` while an address has failed too often. */
export async function assertAddressMayTry(
  { policy }: IdentityDeps,
  db: IdentityDb,
  address: string,
  now: Date,
): Promise<void> {
  const row = await db
    .selectFrom('sign_in_failure')
    .selectAll()
    .where('address', '=', address)
    .executeTakeFirst();
  if (!row || row.failures < policy.failuresMax * ADDRESS_FACTOR) return;
  const until = new Date(row.since).getTime() + policy.lockMinutes * MINUTE_MS;
  if (until > now.getTime()) throw locked(new Date(until).toISOString(), now);
}

/** Of what somebody typed as his name, the trail keeps so much. */
const LOGIN_CHARACTERS_KEPT = 100;

/** Counts against the login and against the address; each failure restarts the address's clock. */
async function countFailure(
  { store, policy, now }: IdentityDeps,
  user: User | null,
  { address, login }: { readonly address: string; readonly login: string },
): Promise<void> {
  const at = now();
  const windowStart = new Date(at.getTime() - policy.lockMinutes * MINUTE_MS).toISOString();
  await store.transaction(async (trx) => {
    const db = identityDb(trx);
    await db.deleteFrom('sign_in_failure').where('since', '<', windowStart).execute();
    await db
      .insertInto('sign_in_failure')
      .values({ address, failures: 1, since: at.toISOString() })
      .onConflict((conflict) =>
        conflict.column('address').doUpdateSet((eb) => ({
          failures: eb('sign_in_failure.failures', '+', 1),
          since: at.toISOString(),
        })),
      )
      .execute();
    if (user === null) {
      const actor = login.slice(0, LOGIN_CHARACTERS_KEPT);
      const detail = { address, why: '没有这个登录名' };
      return recordAudit(trx, { actor, action: 'identity.sign-in-failed', detail });
    }
    const { failures } = await requireUser(db, user.id);
    const isLast = failures + 1 >= policy.failuresMax;
    await updateUser(db, user.id, {
      failures: isLast ? 0 : failures + 1,
      ...(isLast
        ? { locked_until: new Date(at.getTime() + policy.lockMinutes * MINUTE_MS).toISOString() }
        : {}),
    });
    await recordAudit(trx, {
      actor: login.slice(0, LOGIN_CHARACTERS_KEPT),
      action: isLast ? 'identity.locked' : 'identity.sign-in-failed',
      subject: `user:${user.id}`,
      detail: { address },
    });
  });
}

/** The refusal of a locked login or address, saying for how long. */
export function locked(until: string, now: Date): UserError {
  const minutes = Math.max(1, Math.ceil((new Date(until).getTime() - now.getTime()) / MINUTE_MS));
  return new UserError(
    'identity.locked',
    `输错次数太多，已锁定；请 ${minutes} 分钟后再试，或请安全管理员解锁。`,
    { family: 'state' },
  );
}
