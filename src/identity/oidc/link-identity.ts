import { UserError } from '../../lib/pure/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { type IdentityDeps, identityDb } from '../identity-db.ts';
import { checkPassword } from '../password.ts';
import { requireUser } from '../user.repository.ts';
import { signatureOf } from '../user.ts';
import {
  deleteIdentity,
  type ExternalIdentity,
  findIdentity,
  findIdentityOf,
  insertIdentity,
} from './external-identity.repository.ts';
import type { ExternalPerson } from './identity-provider.ts';
import { refuseOidc } from './refuse-oidc.ts';

/** As the audit trail writes it. */
export const audited = ({ issuer, claim, subject, label }: ExternalPerson) => ({
  ...{ issuer, claim, subject, label },
});

/** Links a person of the provider to a signed-in user. Throws `oidc.taken`, `oidc.linked-already`. */
export async function linkIdentity(
  deps: IdentityDeps,
  userId: number,
  person: ExternalPerson,
): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    const user = await requireUser(db, userId);
    if (user.state !== 'active') throw refuseOidc('oidc.disabled');
    if (!(await insertIdentity(db, userId, person, deps.now().toISOString()))) {
      const known = await findIdentity(db, person);
      if (known?.userId === userId) return;
      throw refuseOidc(known === null ? 'oidc.linked-already' : 'oidc.taken');
    }
    await recordAudit(trx, {
      actor: signatureOf(user),
      action: 'identity.oidc-link',
      subject: `user:${userId}`,
      detail: {},
      before: { external: null },
      after: { external: audited(person) },
    });
  });
}

/** Unlinks one's own, with the password: who has none would lock himself out. Throws `identity.wrong`, `oidc.no-password`. */
export async function unlinkOwn(
  deps: IdentityDeps,
  userId: number,
  password: string,
): Promise<void> {
  const user = await requireUser(identityDb(deps.store.db), userId);
  if (user.passwordHash === null)
    throw new UserError(
      'oidc.no-password',
      '您还没有设密码，解除后就不能登录了；请先请系统管理员给您设密码的链接。',
      { family: 'state' },
    );
  if (!(await checkPassword(user.passwordHash, password)))
    throw new UserError('identity.wrong', '密码不对。', { field: 'password' });
  await unlink(deps, signatureOf(user), userId);
}

/** Unlinks a user's identity for him. Throws `oidc.unknown`. */
export async function unlink(deps: IdentityDeps, actor: string, userId: number): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    await requireUser(db, userId);
    const before = await findIdentityOf(db, userId);
    if (before === null || !(await deleteIdentity(db, userId)))
      throw new UserError('oidc.unknown', '这个账户没有绑定统一身份。');
    await recordAudit(trx, {
      actor,
      action: 'identity.oidc-unlink',
      subject: `user:${userId}`,
      detail: {},
      before: { external: audited(before) },
      after: { external: null },
    });
  });
}

/** The identity linked to a user, or null. */
export function identityOf(deps: IdentityDeps, userId: number): Promise<ExternalIdentity | null> {
  return findIdentityOf(identityDb(deps.store.db), userId);
}
