import { sql } from 'kysely';
import { type Acting, may, scopeOf } from '../../domain/acting.ts';
import type { Role } from '../../domain/actor.ts';
import { isInScope } from '../../domain/actor.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { within } from '../within.ts';

/** Roles whose people have to read what is addressed to their unit: those who do the work that regulations are about. */
export const READER_ROLES = [
  ...(['supervisor', 'manager', 'sponsor', 'leader'] as const),
] as const satisfies readonly Role[];

/** Published versions (`v`, of a regulation `r`) that somebody sees: addressed to him, or from or for a unit that he looks after. */
export function seenVersions(acting: Acting) {
  if (scopeOf(acting) === 'all') return sql`true`;
  const unitId = typeof acting === 'string' ? null : acting.unitId;
  return sql`(v.addressee_id is null or ${within(acting, 'v.addressee_id')} or ${within(acting, 'r.issuer_id')}
    or v.addressee_id in (
      with recursive above (id) as (
        select id from unit where id = ${unitId}::int union select u.parent_id from unit u join above on u.id = above.id
      ) select id from above where id is not null))`;
}

/** Drafts (`v`, of a regulation `r`) that somebody sees: of a unit that he may write for. */
export const seenDrafts = (acting: Acting) =>
  may(acting, 'duty.edit') ? within(acting, 'r.issuer_id') : sql`false`;

/** Throws {@link UserError} `regulation.unit` for whom one does not look after; `null` = everybody. */
export function assertAddresses(acting: Acting, addresseeId: number | null): void {
  const scope = scopeOf(acting);
  if (addresseeId === null ? scope === 'all' : isInScope(scope, addresseeId)) return;
  throw new UserError(
    'regulation.unit',
    addresseeId === null
      ? '只有省级主管单位能发给全部单位；请选本单位或下级。'
      : '没有这个单位，或不归您管。',
    { field: 'addresseeId' },
  );
}

export const unknownRegulation = (): UserError =>
  new UserError('regulation.unknown', '没有这项制度。');
