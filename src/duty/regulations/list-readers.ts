import { sql } from 'kysely';
import { type Acting, assertMay } from '../../domain/acting.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { arrayLiteral } from '../../store/array-literal.ts';
import type { StoreDeps } from '../../store/store.ts';
import { within } from '../within.ts';
import { readRegulation } from './read-regulation.ts';
import { ADDRESSED, BELOW, CURRENT, READER } from './readers.ts';

/** Somebody who is asked to read the version in force. */
export interface ListedReader {
  readonly userId: number;
  readonly name: string;
  readonly unitName: string | null;
  readonly askedAt: Instant | null;
  readonly remindedAt: Instant | null;
  readonly readAt: Instant | null;
}

/**
 * Who is asked to read the version in force, within somebody's sight, those who have not confirmed first. Throws {@link UserError}
 * `identity.forbidden`, `regulation.unknown`.
 */
export async function listReaders(
  deps: StoreDeps,
  acting: Acting,
  input: {
    readonly id: number;
    readonly read?: 'yes' | 'no' | undefined;
    readonly unitIds?: readonly number[] | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<{ items: ListedReader[]; total: number; totalIsExact: boolean }> {
  assertMay(acting, 'duty.read');
  const { currentId } = await readRegulation(deps, acting, input);
  const { read, unitIds, limit, offset } = input;
  const { rows } = await sql<ListedReader & { readonly total: number }>`
    with recursive ${CURRENT}, ${BELOW}, ${READER}
    select p.id as "userId", p.name, u.name as "unitName", d.asked_at as "askedAt", d.reminded_at as "remindedAt",
           d.read_at as "readAt", count(*) over ()::int as total
      from current v join reader p on ${ADDRESSED} and ${within(acting, 'p.unit_id')}
      left join unit u on u.id = p.unit_id
      left join regulation_reader d on d.version_id = v.id and d.user_id = p.id
     where v.id = ${currentId}::int
       and ${unitIds === undefined ? sql`true` : sql`p.unit_id = any(${arrayLiteral(unitIds)}::int[])`}
       and ${read === undefined ? sql`true` : read === 'yes' ? sql`d.read_at is not null` : sql`d.read_at is null`}
     order by d.read_at is null desc, u.id, p.id limit ${limit} offset ${offset}`.execute(
    deps.store.db,
  );
  const total = rows[0]?.total ?? 0;
  return { items: rows.map(({ total: _all, ...each }) => each), total, totalIsExact: true };
}
