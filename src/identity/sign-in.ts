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
  if (user.totpState !== 'on') return openSession(deps, user, attempt, false);
  if (attempt.code === undefined || attempt.code.trim() === '')
    throw new UserError('identity.second-factor', '请输入手机验证器上的 6 位验证码。', {
      field: 'code',
    });
  const spent = await deps.store.transaction((trx) =>
    spendCode(deps, identityDb(trx), user, attempt.code!),
  );
  if (!spent) {
    await countFailure(deps, user, attempt);
    throw wrongCode();
  }
  return openSession(deps, user, attempt, true);
}

/** Opens a session for somebody whose identity is proved otherwise (a link, an identity provider). */
export async function openSession(
  deps: IdentityDeps,
  user: User,
  caller: Caller,
  secondFactor: boolean,
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
      detail: { secondFactor, address: caller.address },
    });
  });
  return secret;
}

/** Whether somebody must still show or set up a second factor before he may do anything. */
export const lacksSecondFactor = (user: User, shown: boolean): boolean =>
  needsSecondFactor(user.roles) && !shown;

async function assertAddressMayTry(
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

/** Counts against the login and against the address; each failure restarts the address's clock. */
async function countFailure(
  { store, policy, now }: IdentityDeps,
  user: User | null,
  { address, login }: SignIn,
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
    if (user === null) return;
    const { failures } = await requireUser(db, user.id);
    const isLast = failures + 1 >= policy.failuresMax;
    await updateUser(db, user.id, {
      failures: isLast ? 0 : failures + 1,
      ...(isLast
        ? { locked_until: new Date(at.getTime() + policy.lockMinutes * MINUTE_MS).toISOString() }
        : {}),
    });
    await recordAudit(trx, {
      actor: login.slice(0, 100),
      action: isLast ? 'identity.locked' : 'identity.sign-in-failed',
      subject: `user:${user.id}`,
      detail: { address },
    });
  });
}

function locked(until: string, now: Date): UserError {
  const minutes = Math.max(1, Math.ceil((new Date(until).getTime() - now.getTime()) / MINUTE_MS));
  return new UserError(
    'identity.locked',
    `输错次数太多，已锁定；请 ${minutes} 分钟后再试，或请安全管理员解锁。`,
    { family: 'state' },
  );
}
