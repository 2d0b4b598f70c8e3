import { type Kysely, sql } from 'kysely';

/** Abilities that were borrowed until now, and the one that each was borrowed from. */
const BORROWED = [
  ['registry.read', ['alert.read', 'discovery.read']],
  ['upkeep.confirm', ['alert.acknowledge']],
  ['registry.import', ['discovery.decide']],
] as const;

/**
 * Alerts and accounts outside of the register have abilities of their own. Roles are no data; a machine's token names its abilities,
 * and keeps what it could do. What its owner's role does not have, a token has not either.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const [lender, abilities] of BORROWED)
    await sql`
      update api_token set abilities = abilities || ${JSON.stringify(abilities)}::jsonb
       where abilities ? ${lender}`.execute(db);
}
