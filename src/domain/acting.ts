import { UserError } from '../lib/pure/errors.ts';
import { type Ability, type Actor, isInScope, type Scope } from './actor.ts';

/** Who acts: a signed-in person (or a machine's token), or the name under which the command line acts and which it vouches for. */
export type Acting = Actor | string;

/** One who decided something. A user is known by his id, whatever his name is by then; others by their name. */
export interface Person {
  readonly name: string;
  readonly userId: number | null;
}

export function personOf(acting: Acting): Person {
  return typeof acting === 'string'
    ? { name: acting, userId: null }
    : { name: acting.name, userId: acting.userId };
}

/** As written into the audit trail. */
export function nameOf(acting: Acting): string {
  return personOf(acting).name;
}

export function isSamePerson(one: Person, other: Person): boolean {
  if (one.userId !== null || other.userId !== null) return one.userId === other.userId;
  return one.name === other.name;
}

/** The command line belongs to the owner of the machine, who sees everything. */
export function scopeOf(acting: Acting): Scope {
  return typeof acting === 'string' ? 'all' : acting.scope;
}

export function may(acting: Acting, ability: Ability): boolean {
  return typeof acting === 'string' || acting.can(ability);
}

/** Throws {@link UserError} `identity.forbidden`: an operation asks itself, however it was reached. */
export function assertMay(acting: Acting, ability: Ability): void {
  if (may(acting, ability)) return;
  throw new UserError('identity.forbidden', '您没有做这件事的权限；请找本单位的管理员。', {
    details: [ability],
  });
}

/** What lies outside somebody's scope answers like what does not exist: `unknown` makes that error. */
export function assertSees(acting: Acting, unitId: number, unknown: () => UserError): void {
  if (!isInScope(scopeOf(acting), unitId)) throw unknown();
}
