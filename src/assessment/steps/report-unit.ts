import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { AssessmentDeps } from '../assessment-db.ts';
import { type AssessmentRule, rulesInForce } from '../scheme.ts';
import { assertValue } from './assert-value.ts';
import { type SeenUnit, stepUnit } from './hold-unit.ts';

export const NOTE_MAX = 1_000;

/** What a unit says of one rule: of what it is asked its figure, of what the platform counted that it is wrong, and why. */
export interface Claim {
  readonly ruleId: string;
  /** Cases, or hundredths of a point; null = nothing but words. */
  readonly value: number | null;
  /** With addresses of what proves it. */
  readonly note: string;
}

/**
 * The unit's own report (自评), once, until it is given back: every rule that asks must be answered; a figure of the platform may be
 * contradicted with a reason. Throws {@link UserError} `assessment.claims` naming the rules, and as {@link stepUnit}.
 */
export async function reportUnit(
  deps: AssessmentDeps,
  acting: Acting,
  input: SeenUnit & { readonly claims: readonly Claim[] },
): Promise<void> {
  assertMay(acting, 'assessment.report');
  const { at, claims } = input;
  await stepUnit(deps, acting, {
    ...{ step: { name: 'report', from: ['reporting'] }, seen: input },
    work: async (trx, held) => {
      const rules = rulesInForce(held.scheme);
      assertClaims(rules, claims);
      // What an earlier report contradicted and this one does not is not contradicted any more.
      await trx
        .updateTable('assessment_line')
        .set({ claimed: null, claim_note: '' })
        .where('assessment_unit_id', '=', held.id)
        .execute();
      for (const { ruleId, value, note } of claims)
        await trx
          .updateTable('assessment_line')
          .set({ claimed: value, claim_note: note.trim() })
          .where('assessment_unit_id', '=', held.id)
          .where('rule_id', '=', ruleId)
          .execute();
      return {
        set: { state: 'reported', reported_at: at, reported_by: nameOf(acting), return_reason: '' },
        detail: { claims: claims.length },
      };
    },
  });
}

function assertClaims(rules: readonly AssessmentRule[], claims: readonly Claim[]): void {
  const byRule = new Map(claims.map((claim) => [claim.ruleId, claim]));
  const problems = [
    ...(byRule.size === claims.length ? [] : ['同一项写了两次']),
    ...claims.flatMap(({ ruleId, note }) => {
      if (!rules.some(({ id }) => id === ruleId)) return [`没有“${ruleId}”这一项`];
      return note.trim().length > NOTE_MAX ? [`“${ruleId}”的说明超过 ${NOTE_MAX} 字`] : [];
    }),
    ...rules.flatMap((rule) => {
      const claim = byRule.get(rule.id);
      if (claim === undefined || claim.note.trim() === '')
        return rule.question === undefined && claim === undefined
          ? []
          : [`“${rule.title}”要写说明`];
      return claim.value === null ? [] : assertValue(rule, claim.value);
    }),
  ];
  if (problems.length > 0)
    throw new UserError('assessment.claims', '自评没有填好，请补全后再报。', { details: problems });
}
