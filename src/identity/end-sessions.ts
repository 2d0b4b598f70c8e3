import { UserError } from '../lib/pure/errors.ts';
import { recordAudit } from './audit/record-audit.ts';
import { type IdentityDeps, identityDb } from './identity-db.ts';
import { deleteSessions, listSessions } from './session.repository.ts';

/** Ends one of one's own sessions, here or elsewhere. Throws `session.unknown`. */
export async function endOwnSession(
  deps: IdentityDeps,
  owner: { readonly name: string; readonly userId: number },
  sessionId: number,
): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    const session = (await listSessions(db, owner.userId)).find(({ id }) => id === sessionId);
    if (!session || (await deleteSessions(db, owner.userId, { id: sessionId })) === 0)
      throw new UserError('session.unknown', '没有这处登录，或它已经失效。');
    await recordAudit(trx, {
      actor: owner.name,
      action: 'session.end',
      subject: `user:${owner.userId}`,
      detail: {},
      before: { id: sessionId, address: session.address, createdAt: session.createdAt },
      after: null,
    });
  });
}

/** Ends every session of a user, wherever he is signed in. */
export async function endAllSessions(
  deps: IdentityDeps,
  actor: string,
  userId: number,
): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const sessions = await deleteSessions(identityDb(trx), userId);
    await recordAudit(trx, {
      actor,
      action: 'user.sign-out',
      subject: `user:${userId}`,
      detail: {},
      before: { sessions },
      after: { sessions: 0 },
    });
  });
}
