import { sql } from 'kysely';
import { type Acting, assertSees } from '../../domain/acting.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { InspectionDb } from '../inspection-db.ts';

/** An account as somebody looks at it. */
export interface ObservedAccount {
  readonly id: number;
  readonly name: string;
  readonly sponsorId: number;
}

/** Throws {@link UserError} `account.unknown`, also for what lies outside of what `acting` sees. */
export async function requireAccount(
  db: InspectionDb,
  acting: Acting,
  id: number,
): Promise<ObservedAccount> {
  const unknown = (): UserError => new UserError('account.unknown', '没有这个账号。');
  const { rows } = await sql<ObservedAccount>`
    select id, name, sponsor_id as "sponsorId" from account where id = ${id}`.execute(db);
  const [account] = rows;
  if (!account) throw unknown();
  assertSees(acting, account.sponsorId, unknown);
  return account;
}
