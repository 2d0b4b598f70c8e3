import type { Actor } from '../domain/actor.ts';
import { recordAudit } from '../identity/index.ts';
import { INDICATORS } from '../indicators/index.generated.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import { diffRulesets } from './diff-rulesets.ts';
import { loadVersion, type RulesetDeps, type RulesetVersion } from './load-ruleset.ts';
import { type ChangeInput, planChange } from './plan-change.ts';
import { insertVersion } from './ruleset.repository.ts';

export interface NewVersionInput extends ChangeInput {
  readonly id: string;
  /** Hash of the version that was looked at: whoever changed it in between is not overwritten. */
  readonly base: string;
  readonly at: Instant;
}

/**
 * Makes the next version of a ruleset; shipped files are never written, and rounds keep the copy they were planned with.
 * Throws {@link UserError} `ruleset.unknown`, `ruleset.changed` and what `planChange` throws.
 */
export async function changeRuleset(
  deps: RulesetDeps,
  actor: Actor,
  input: NewVersionInput,
): Promise<RulesetVersion> {
  // One ruleset judges everybody: who answers for a part of the register does not change it.
  if (actor.scope !== 'all')
    throw new UserError('identity.forbidden', '规则集只能由主管单位修改。', {
      details: ['ruleset.change'],
    });
  return deps.store.transaction(async (trx) => {
    await lockInTransaction(trx, `ruleset:${input.id}`);
    const newest = await loadVersion(deps, trx, { id: input.id, version: null });
    if (newest.ruleset.hash !== input.base)
      throw new UserError(
        'ruleset.changed',
        `规则集 ${input.id} 已有第 ${newest.version} 版${newest.change === null ? '' : `（${newest.change.by}：${newest.change.reason}）`}；请刷新，看过之后再改。`,
        { family: 'state', field: 'base' },
      );
    const ruleset = planChange(newest.ruleset, input, INDICATORS);
    const version = newest.version + 1;
    const { reason, base: baseHash, at } = input;
    await insertVersion(trx, {
      rulesetId: input.id,
      version,
      baseHash,
      hash: ruleset.hash,
      changes: input.changes,
      content: ruleset,
      reason,
      changedBy: actor.name,
      changedAt: at,
    });
    await recordAudit(trx, {
      actor: actor.name,
      action: 'ruleset.change',
      subject: `ruleset:${input.id}`,
      detail: {
        reason,
        rules: diffRulesets(newest.ruleset, ruleset).rules,
      },
      before: { version: newest.version, hash: baseHash },
      after: { version, hash: ruleset.hash },
    });
    const change = { by: actor.name, at, reason, baseHash };
    return { ...newest, ruleset: { ...ruleset, version }, version, change };
  });
}
