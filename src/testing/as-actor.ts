import { ABILITIES, type Ability, type Actor, type Scope } from '../domain/actor.ts';
import type { Identify } from '../http/gate.ts';

/** An actor of a test: by default one who may do and see everything. */
export function actorWith(
  change: Partial<Omit<Actor, 'can'>> & { abilities?: readonly Ability[]; scope?: Scope } = {},
): Actor {
  const { abilities = ABILITIES, ...rest } = change;
  return {
    userId: null,
    login: 'owner',
    name: '本机',
    roles: [],
    unitId: null,
    unitName: null,
    scope: 'all',
    how: 'session',
    can: (ability) => abilities.includes(ability),
    ...rest,
  };
}

/** Every request comes from one who may do everything: for tests that are not about permission. */
export const asOwner: Identify = async () => actorWith();
