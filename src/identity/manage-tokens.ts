import type { Ability, Actor } from '../domain/actor.ts';
import { UserError } from '../lib/pure/errors.ts';
import { recordAudit } from './audit/record-audit.ts';
import { type IdentityDeps, identityDb } from './identity-db.ts';
import { hashOf, newSecret } from './keys.ts';
import { deleteToken, insertToken, listTokens } from './session.repository.ts';

/** Tokens of one user: more is a mistake. */
const TOKENS_MAX = 20;
const TOKEN_DAYS_MAX = 366;
const DAY_MS = 86_400_000;

/** A signed-in person, who answers for his tokens. */
export type TokenOwner = Pick<Actor, 'name' | 'can'> & { readonly userId: number };

export interface NewToken {
  readonly name: string;
  readonly abilities: readonly Ability[];
  /** Its last day, Asia/Shanghai. */
  readonly expiresOn: string;
}

/** Makes a token of at most its owner's own abilities; its text is returned once. Throws `token.expiry`, `token.abilities`, `token.many`. */
export async function makeToken(
  deps: IdentityDeps,
  owner: TokenOwner,
  given: NewToken,
): Promise<{ id: number; token: string }> {
  const now = deps.now();
  const expiresAt = new Date(`${given.expiresOn}T15:59:59.999Z`);
  assertAllowed(owner, given, (expiresAt.getTime() - now.getTime()) / DAY_MS);
  const token = `xj_${newSecret()}`;
  const id = await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    if ((await listTokens(db, owner.userId)).length >= TOKENS_MAX)
      throw new UserError('token.many', `一个人最多 ${TOKENS_MAX} 个令牌；请先作废不用的。`, {
        family: 'state',
      });
    const id = await insertToken(db, {
      userId: owner.userId,
      name: given.name,
      prefix: token.slice(0, 8),
      hash: hashOf(token),
      abilities: given.abilities,
      expiresAt: expiresAt.toISOString(),
      createdAt: now.toISOString(),
    });
    await recordAudit(trx, {
      actor: owner.name,
      action: 'token.make',
      subject: `token:${id}`,
      detail: {},
      before: null,
      after: { name: given.name, abilities: given.abilities, expiresOn: given.expiresOn },
    });
    return id;
  });
  return { id, token };
}

function assertAllowed(owner: TokenOwner, given: NewToken, days: number): void {
  if (!(days > 0 && days <= TOKEN_DAYS_MAX))
    throw new UserError('token.expiry', `令牌要在今天以后、${TOKEN_DAYS_MAX} 天以内到期。`, {
      field: 'expiresOn',
    });
  const beyond = given.abilities.filter((ability) => !owner.can(ability));
  if (beyond.length > 0)
    throw new UserError('token.abilities', '令牌的权限不能超出自己的权限。', {
      field: 'abilities',
      details: beyond,
    });
}

/** Ends one of one's own tokens at once. Throws `token.unknown`. */
export async function revokeToken(
  deps: IdentityDeps,
  owner: TokenOwner,
  id: number,
): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const db = identityDb(trx);
    const token = (await listTokens(db, owner.userId)).find((each) => each.id === id);
    if (!token || !(await deleteToken(db, owner.userId, id)))
      throw new UserError('token.unknown', '没有这个令牌，或它已经作废。');
    await recordAudit(trx, {
      actor: owner.name,
      action: 'token.revoke',
      subject: `token:${id}`,
      detail: {},
      before: { name: token.name, abilities: token.abilities, expiresAt: token.expiresAt },
      after: null,
    });
  });
}
