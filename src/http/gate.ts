import type { FastifyRequest } from 'fastify';
import type { Ability, Actor } from '../domain/actor.ts';
import { withOrigin } from '../lib/node/origin.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { HttpServer } from './create-server.ts';

/** Who may call a route: anybody, anybody signed in, or whoever has an ability. */
export type Access = 'public' | 'signedIn' | Ability;

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required on every route; a server with a route that says nothing does not start. */
    access?: Access;
    /** A browser may come here straight from another site's page; everywhere else that is refused. */
    comesFromOutside?: boolean;
  }
  interface FastifyRequest {
    /** Who asks. Behind a public route it may be nobody: then reading it throws. */
    actor: Actor;
    /** The same, null when nobody is signed in. */
    visitor: Actor | null;
  }
}

/** Finds out who asks: null when nobody is signed in. Throws {@link UserError} for what is forged or expired. */
export type Identify = (request: FastifyRequest) => Promise<Actor | null>;

/** Puts every route behind its declared access, and everything that it does under its caller's name. */
export function guardRoutes(app: HttpServer, identify: Identify): void {
  app.addHook('onRoute', (route) => {
    if (route.config?.access === undefined)
      throw new Error(`${route.method} ${route.url} does not say who may call it`);
  });
  app.decorateRequest('visitor', null);
  app.decorateRequest('actor', {
    getter(this: FastifyRequest): Actor {
      if (this.visitor === null) throw signedOut();
      return this.visitor;
    },
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    request.visitor = await identify(request);
    assertAccess(request.visitor, request.routeOptions.config.access ?? 'signedIn');
  });
  // In a hook of its own, with a callback: only so does the storage reach the handler.
  app.addHook('preHandler', (request, _reply, done) => {
    const userId = request.visitor?.userId ?? null;
    withOrigin({ userId, address: request.ip, requestId: request.id }, done);
  });
}

function assertAccess(visitor: Actor | null, access: Access): void {
  if (access === 'public') return;
  if (visitor === null) throw signedOut();
  if (access === 'signedIn' || visitor.can(access)) return;
  throw new UserError('identity.forbidden', '您没有做这件事的权限；请找本单位的管理员。', {
    details: [access],
  });
}

const signedOut = (): UserError => new UserError('identity.signed-out', '请先登录。');
