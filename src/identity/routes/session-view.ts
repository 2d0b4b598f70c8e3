import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ABILITIES, ROLES } from '../../domain/actor.ts';
import { needsSecondFactor } from '../abilities.ts';
import { type IdentityDeps, identityDb } from '../identity-db.ts';
import { findUser } from '../user.repository.ts';

export const UnitRef = z.object({ id: z.int(), name: z.string() });

export const SESSION_EXAMPLE = {
  csrf: 'Yk3…',
  user: {
    id: 3,
    login: 'zhangsan',
    name: '张三',
    unit: { id: 1, name: '湖南省' },
    roles: ['supervisor'],
    abilities: ['registry.read', 'round.read'],
    scopeIsAll: true,
    secondFactor: 'none',
    expiresAt: '2026-11-24T12:00:00.000Z',
  },
  oidc: null,
};

export const SessionView = z
  .object({
    /** Sent back in `x-csrf-token` with every change. */
    csrf: z.string(),
    user: z
      .object({
        id: z.int(),
        login: z.string(),
        name: z.string(),
        unit: UnitRef.nullable(),
        roles: z.array(z.enum(ROLES)),
        abilities: z.array(z.enum(ABILITIES)),
        scopeIsAll: z.boolean(),
        secondFactor: z.enum(['none', 'on', 'required']),
        expiresAt: z.iso.datetime(),
      })
      .nullable(),
    oidc: z.object({ name: z.string() }).nullable(),
  })
  .meta({
    id: 'Session',
    example: SESSION_EXAMPLE,
  });

/** Who is signed in, as the console wants to know it. */
export async function sessionView(
  deps: IdentityDeps,
  request: Pick<FastifyRequest, 'visitor' | 'session'>,
  oidcName: string | null,
): Promise<z.input<typeof SessionView>> {
  const oidc = oidcName === null ? null : { name: oidcName };
  const { visitor, session } = request;
  if (visitor === null || session === null || visitor.userId === null)
    return { csrf: '', user: null, oidc };
  const user = await findUser(identityDb(deps.store.db), visitor.userId);
  if (user === null) return { csrf: '', user: null, oidc };
  const required = needsSecondFactor(user.roles) && !session.secondFactor;
  return {
    csrf: session.csrf,
    user: {
      id: user.id,
      login: user.login,
      name: user.name,
      unit: user.unitId === null ? null : { id: user.unitId, name: user.unitName ?? '' },
      roles: [...user.roles],
      abilities: required ? [] : ABILITIES.filter((ability) => visitor.can(ability)),
      scopeIsAll: visitor.scope === 'all',
      secondFactor: required ? 'required' : user.totpState === 'on' ? 'on' : 'none',
      expiresAt: session.endsAt,
    },
    oidc,
  };
}
