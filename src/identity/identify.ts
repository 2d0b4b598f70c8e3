import { timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Ability, Actor, Scope } from '../domain/actor.ts';
import type { Identify } from '../http/gate.ts';
import { UserError } from '../lib/pure/errors.ts';
import { maySeeAll, permissionsOf } from './abilities.ts';
import { type IdentityDb, type IdentityDeps, identityDb } from './identity-db.ts';
import { hashOf } from './keys.ts';
import {
  deleteSessions,
  findSession,
  findToken,
  type Session,
  touchSession,
  touchToken,
} from './session.repository.ts';
import { lacksSecondFactor } from './sign-in.ts';
import { findUser, subtreeOf } from './user.repository.ts';
import { signatureOf, type User } from './user.ts';

export const SESSION_COOKIE = 'xunjian_session';
export const CSRF_HEADER = 'x-csrf-token';
/** A session's last use is written down this often, not at every request. */
const TOUCH_MS = 60_000;
const MINUTE_MS = 60_000;
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

declare module 'fastify' {
  interface FastifyRequest {
    /** The session behind the request's actor; null for tokens and strangers. */
    session: Session | null;
  }
}

/** Who asks: by the session cookie of a browser or the bearer token of a machine. */
export function identifyBy(deps: IdentityDeps): Identify {
  return async (request) => {
    const db = identityDb(deps.store.db);
    const bearer = /^Bearer (xj_[\w-]{20,100})$/u.exec(request.headers.authorization ?? '');
    if (bearer) return actorOfToken(deps, db, bearer[1]!);
    const secret = request.cookies[SESSION_COOKIE];
    return secret === undefined ? null : actorOfSession(deps, db, request, secret);
  };
}

async function actorOfSession(
  deps: IdentityDeps,
  db: IdentityDb,
  request: FastifyRequest,
  secret: string,
): Promise<Actor | null> {
  const session = await findSession(db, hashOf(secret));
  if (session === null) return null;
  const now = deps.now();
  const idleUntil = new Date(session.seenAt).getTime() + deps.policy.idleMinutes * MINUTE_MS;
  const user = await findUser(db, session.userId);
  if (idleUntil <= now.getTime() || session.endsAt <= now.toISOString() || !isUsable(user)) {
    await deleteSessions(db, session.userId, { id: session.id });
    return null;
  }
  const access = request.routeOptions.config.access ?? 'signedIn';
  if (access !== 'public' && !SAFE_METHODS.has(request.method)) assertCsrf(request, session);
  if (access !== 'public' && access !== 'signedIn' && lacksSecondFactor(user, session.secondFactor))
    throw new UserError(
      'identity.second-factor',
      '管理员要先开启两步验证才能工作：请到“我的账户”里设置。',
    );
  if (now.getTime() - new Date(session.seenAt).getTime() > TOUCH_MS)
    await touchSession(db, session.id, now.toISOString());
  request.session = session;
  return actorOf(db, user, 'session', null);
}

async function actorOfToken(
  deps: IdentityDeps,
  db: IdentityDb,
  secret: string,
): Promise<Actor | null> {
  const token = await findToken(db, hashOf(secret));
  const now = deps.now();
  if (token === null || token.expiresAt <= now.toISOString()) return null;
  const user = await findUser(db, token.userId);
  if (!isUsable(user)) return null;
  if (token.usedAt === null || now.getTime() - new Date(token.usedAt).getTime() > TOUCH_MS)
    await touchToken(db, token.id, now.toISOString());
  return actorOf(db, user, 'token', token.abilities);
}

const isUsable = (user: User | null): user is User => user !== null && user.state === 'active';

/** A person as an actor; `only` narrows what he may do to a token's own list. */
export async function actorOf(
  db: IdentityDb,
  user: User,
  how: Actor['how'],
  only: readonly Ability[] | null,
): Promise<Actor> {
  const scope = await scopeOf(db, user);
  return {
    userId: user.id,
    login: user.login,
    name: signatureOf(user),
    roles: user.roles,
    unitId: user.unitId,
    unitName: user.unitName,
    scope,
    how,
    can: permissionsOf(user.roles, { only, seesAll: scope === 'all' }),
  };
}

/** A user without a unit sees nothing, unless his role is over all of them. */
async function scopeOf(db: IdentityDb, user: User): Promise<Scope> {
  if (maySeeAll(user.roles) && (user.unitId === null || user.unitIsRoot)) return 'all';
  return user.unitId === null ? new Set<number>() : subtreeOf(db, user.unitId);
}

function assertCsrf(request: FastifyRequest, session: Session): void {
  const given = request.headers[CSRF_HEADER];
  const [one, other] = [Buffer.from(String(given ?? '')), Buffer.from(session.csrf)];
  if (one.length === other.length && timingSafeEqual(one, other)) return;
  throw new UserError('identity.csrf', '这个请求不是从巡鉴的页面发出的；请刷新页面再试。');
}
