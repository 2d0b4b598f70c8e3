import { createHash } from 'node:crypto';
import { canonicalJson } from '../../domain/resolve-ruleset.ts';
import { invariant } from '../../lib/pure/errors.ts';
import { parsePolicy, type RectificationPolicy } from '../policy.ts';
import type { RectificationDb } from '../rectification-db.ts';

/** The number of a policy; the same content has one number. */
export async function keepPolicy(
  db: RectificationDb,
  policy: RectificationPolicy,
): Promise<number> {
  const content = canonicalJson(policy);
  const hash = createHash('sha256').update(content).digest('hex');
  await db
    .insertInto('rectification_policy')
    .values({ hash, content })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await db
    .selectFrom('rectification_policy')
    .select('id')
    .where('hash', '=', hash)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Policies by number: an installation has a few. */
export async function loadPolicies(
  db: RectificationDb,
): Promise<ReadonlyMap<number, RectificationPolicy>> {
  const rows = await db.selectFrom('rectification_policy').select(['id', 'content']).execute();
  return new Map(rows.map(({ id, content }) => [id, parsePolicy(content)]));
}

/** The policy that a case was opened under. */
export async function policyOf(db: RectificationDb, id: number): Promise<RectificationPolicy> {
  const policy = (await loadPolicies(db)).get(id);
  invariant(policy, '每件整改事项都有它的整改办法');
  return policy;
}
