import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { actorOf, SESSION_COOKIE } from '../identify.ts';
import { identityDb } from '../identity-db.ts';
import { hashOf } from '../keys.ts';
import type { OidcDeps } from '../oidc/sign-in-by-oidc.ts';
import { findSession } from '../session.repository.ts';
import type { Caller } from '../sign-in.ts';
import { requireUser } from '../user.repository.ts';
import type { User } from '../user.ts';
import { type SessionView, sessionView } from './session-view.ts';

export interface SessionRouteDeps extends OidcDeps {
  /** Whether cookies are only sent over https. */
  readonly secureCookies: boolean;
  /** The address that a reverse proxy serves us under; null = loopback only. */
  readonly publicOrigin: string | null;
}

/** Guessing by machine: beyond this many tries a minute from one address, all are refused for the rest of it. */
const TRIES_A_MINUTE = 30;
export const sparingly = { rateLimit: { max: TRIES_A_MINUTE, timeWindow: 60_000 } } as const;

export function keepCookie(
  { secureCookies }: SessionRouteDeps,
  reply: FastifyReply,
  secret: string,
): void {
  reply.setCookie(SESSION_COOKIE, secret, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: secureCookies,
  });
}

/** Puts the new session's secret into the browser, and answers as it from now on. */
export async function answerAs(
  deps: SessionRouteDeps,
  request: FastifyRequest,
  reply: FastifyReply,
  secret: string,
  user?: User,
): Promise<z.input<typeof SessionView>> {
  keepCookie(deps, reply, secret);
  const db = identityDb(deps.store.db);
  const session = await findSession(db, hashOf(secret));
  const signedIn = user ?? (await requireUser(db, session?.userId ?? 0));
  const visitor = await actorOf(db, signedIn, 'session', null);
  request.session = session;
  return sessionView(deps, { visitor, session }, oidcNameOf(deps));
}

/** What the provider's button says; null without one. */
export const oidcNameOf = ({ oidc }: OidcDeps): string | null => oidc?.settings.name ?? null;

export const callerOf = (request: FastifyRequest): Caller => ({
  address: request.ip,
  agent: request.headers['user-agent'] ?? '',
});
