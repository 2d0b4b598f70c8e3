import type { Role } from '../domain/actor.ts';
import { UserError } from '../lib/pure/errors.ts';
import { assertRoles } from './abilities.ts';
import { recordAudit } from './audit/record-audit.ts';
import { type IdentityDb, type IdentityDeps, identityDb } from './identity-db.ts';
import { makeLink, spendLink } from './links.ts';
import { assertNewPassword, checkPassword, hashPassword } from './password.ts';
import { deleteSessions } from './session.repository.ts';
import {
  findUserByLogin as findByLogin,
  findUser,
  insertUser,
  requireUser,
  updateUser,
} from './user.repository.ts';
import { signatureOf, type User } from './user.ts';

/** The user of a sign-in name, or null. */
export function findUserByLogin(deps: IdentityDeps, login: string): Promise<User | null> {
  return findByLogin(identityDb(deps.store.db), login);
}

export interface NewUser {
  readonly login: string;
  readonly name: string;
  readonly unitId: number | null;
  readonly roles: readonly Role[];
}

/** Adds a user, who sets the password by a link of his own. Throws `user.duplicate`, `user.roles`, `user.unit`. */
export async function addUser(deps: IdentityDeps, actor: string, given: NewUser): Promise<User> {
  assertRoles(given.roles);
  const id = await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    await assertUnit(db, given.unitId);
    const id = await insertUser(db, { ...given, at: deps.now().toISOString() });
    await recordAudit(trx, {
      actor,
      action: 'user.add',
      subject: `user:${id}`,
      detail: {},
      after: { ...given },
    });
    return id;
  });
  return requireUser(identityDb(deps.store.db), id);
}

async function assertUnit(db: IdentityDb, unitId: number | null): Promise<void> {
  if (unitId === null) return;
  const unit = await db.selectFrom('unit').select('id').where('id', '=', unitId).executeTakeFirst();
  if (!unit)
    throw new UserError('user.unit', `名录里没有编号为 ${unitId} 的单位。`, { field: 'unitId' });
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly unitId?: number | null | undefined;
  readonly state?: 'active' | 'disabled' | undefined;
}

/** Changes name, unit or state; a disabled user's sessions end at once. */
export async function changeUser(
  deps: IdentityDeps,
  actor: { name: string; userId: number | null },
  id: number,
  change: UserChange,
): Promise<User> {
  if (change.state === 'disabled' && actor.userId === id)
    throw new UserError('user.self', '不能停用自己。', { family: 'state' });
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    const before = await requireUser(db, id);
    if (change.unitId !== undefined) await assertUnit(db, change.unitId);
    await updateUser(db, id, {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.unitId === undefined ? {} : { unit_id: change.unitId }),
      ...(change.state === undefined ? {} : { state: change.state }),
    });
    if (change.state === 'disabled') await deleteSessions(db, id);
    await recordAudit(trx, {
      actor: actor.name,
      action: 'user.change',
      subject: `user:${id}`,
      detail: {},
      before: { name: before.name, unitId: before.unitId, state: before.state },
      after: { ...change },
    });
  });
  return requireUser(identityDb(deps.store.db), id);
}

/** Sets the roles; the user's sessions end, for they were opened under other rules. Nobody changes his own. */
export async function grantRoles(
  deps: IdentityDeps,
  actor: { name: string; userId: number | null },
  id: number,
  roles: readonly Role[],
): Promise<User> {
  assertRoles(roles);
  if (actor.userId === id)
    throw new UserError('user.self', '不能改自己的角色；请另一位安全管理员来改。', {
      family: 'state',
    });
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    const before = await requireUser(db, id);
    await updateUser(db, id, { roles: JSON.stringify(roles) });
    await deleteSessions(db, id);
    await recordAudit(trx, {
      actor: actor.name,
      action: 'user.grant',
      subject: `user:${id}`,
      detail: {},
      before: { roles: before.roles },
      after: { roles },
    });
  });
  return requireUser(identityDb(deps.store.db), id);
}

/** Ends the lock that wrong passwords brought. */
export async function unlockUser(deps: IdentityDeps, actor: string, id: number): Promise<User> {
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    const { failures, lockedUntil } = await requireUser(db, id);
    await updateUser(db, id, { failures: 0, locked_until: null });
    await recordAudit(trx, {
      ...{ actor, action: 'user.unlock', subject: `user:${id}`, detail: {} },
      before: { failures, lockedUntil },
      after: { failures: 0, lockedUntil: null },
    });
  });
  return requireUser(identityDb(deps.store.db), id);
}

/** A link by which a user sets a password; until then the old one holds. Returns its secret. */
export async function offerPassword(
  deps: IdentityDeps,
  actor: string,
  id: number,
): Promise<string> {
  await requireUser(identityDb(deps.store.db), id);
  const secret = await makeLink(deps, 'password', id);
  await deps.store.transaction((trx) =>
    recordAudit(trx, { actor, action: 'user.offer-password', subject: `user:${id}`, detail: {} }),
  );
  return secret;
}

/** A link that signs a user in without his password, for the machine's owner to hand on. Returns its secret. */
export async function offerSignIn(deps: IdentityDeps, actor: string, id: number): Promise<string> {
  const secret = await makeLink(deps, 'sign-in', id);
  await deps.store.transaction((trx) =>
    recordAudit(trx, { actor, action: 'user.offer-sign-in', subject: `user:${id}`, detail: {} }),
  );
  return secret;
}

/** Sets the password of a link's user and ends all his sessions. Returns the user. */
export async function setPasswordByLink(
  deps: IdentityDeps,
  secret: string,
  password: string,
): Promise<User> {
  const id = await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    const { userId } = await spendLink(db, deps.now(), 'password', secret);
    const user = await requireUser(db, userId ?? 0);
    await savePassword(deps, db, user, password);
    await deleteSessions(db, user.id);
    return user.id;
  });
  return requireUser(identityDb(deps.store.db), id);
}

/** Changes one's own password; every other session of his ends. Throws `identity.wrong` for a wrong old one. */
export async function changeOwnPassword(
  deps: IdentityDeps,
  userId: number,
  given: { readonly old: string; readonly password: string; readonly sessionHash: string },
): Promise<void> {
  const user = await requireUser(identityDb(deps.store.db), userId);
  if (!(await checkPassword(user.passwordHash, given.old)))
    throw new UserError('identity.wrong', '原密码不对。', { field: 'old' });
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    await savePassword(deps, db, user, given.password);
    await deleteSessions(db, userId, { butHash: given.sessionHash });
  });
}

async function savePassword(
  { policy }: IdentityDeps,
  db: IdentityDb,
  user: User,
  password: string,
): Promise<void> {
  await assertNewPassword(user, password, policy);
  const former = [user.passwordHash, ...user.formerHashes].filter((hash) => hash !== null);
  await updateUser(db, user.id, {
    password_hash: await hashPassword(password),
    former_hashes: JSON.stringify(former.slice(0, policy.passwordsRemembered)),
    failures: 0,
    locked_until: null,
  });
  await recordAudit(db, {
    actor: signatureOf(user),
    action: 'user.password',
    subject: `user:${user.id}`,
    detail: {},
    before: { hasPassword: user.passwordHash !== null },
    after: { hasPassword: true },
  });
}

/** The very first user, by the link that the terminal printed: a system administrator with a password. */
export async function setUpFirstUser(
  deps: IdentityDeps,
  given: {
    readonly token: string;
    readonly login: string;
    readonly name: string;
    readonly password: string;
  },
): Promise<User> {
  const id = await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    await spendLink(db, deps.now(), 'setup', given.token);
    const id = await insertUser(db, {
      login: given.login,
      name: given.name,
      unitId: null,
      roles: ['systemAdmin'],
      at: deps.now().toISOString(),
    });
    await recordAudit(trx, {
      actor: signatureOf(given),
      action: 'user.add',
      subject: `user:${id}`,
      detail: { by: 'setup' },
      after: { login: given.login, roles: ['systemAdmin'] },
    });
    const user = await findUser(db, id);
    await savePassword(deps, db, user!, given.password);
    return id;
  });
  return requireUser(identityDb(deps.store.db), id);
}
