import { type Acting, assertMay, nameOf } from '../../domain/acting.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { queueNotices } from '../../notify/index.ts';
import type { AssessmentDeps } from '../assessment-db.ts';
import { valuesOf } from '../line-values.ts';
import { rulesInForce } from '../scheme.ts';
import { scoreUnit } from '../score.ts';
import { assertValue } from './assert-value.ts';
import { type SeenUnit, stepUnit } from './hold-unit.ts';
import { NOTE_MAX } from './report-unit.ts';

const assertReason = (text: string, field: string): string => {
  const reason = text.trim();
  if (reason === '' || reason.length > NOTE_MAX)
    throw new UserError('assessment.reason', `请写明理由，不超过 ${NOTE_MAX} 字。`, { field });
  return reason;
};

/**
 * The office decides one rule of a unit: what counts from now on, and why. A unit that does not report by its day is decided all the
 * same. Throws {@link UserError} `assessment.rule`, `assessment.value`, `assessment.reason`, and as {@link stepUnit}.
 */
export async function decideLine(
  deps: AssessmentDeps,
  acting: Acting,
  input: SeenUnit & { readonly ruleId: string; readonly value: number; readonly note: string },
): Promise<void> {
  assertMay(acting, 'assessment.review');
  const { ruleId, value } = input;
  const note = assertReason(input.note, 'note');
  await stepUnit(deps, acting, {
    ...{ step: { name: 'decide', from: ['reporting', 'reported'] }, seen: input },
    work: async (trx, held) => {
      const rule = rulesInForce(held.scheme).find(({ id }) => id === ruleId);
      if (rule === undefined)
        throw new UserError('assessment.rule', '这次考核没有这一项。', { field: 'ruleId' });
      const [problem] = assertValue(rule, value);
      if (problem) throw new UserError('assessment.value', `${problem}。`, { field: 'value' });
      await trx
        .updateTable('assessment_line')
        .set({ decided: value, decision_note: note, decided_by: nameOf(acting) })
        .where('assessment_unit_id', '=', held.id)
        .where('rule_id', '=', ruleId)
        .execute();
      return { set: {}, detail: { ruleId, value, note } };
    },
  });
}

/** Ends the review of a unit. Throws {@link UserError} `assessment.undetermined` naming what nobody decided, and as {@link stepUnit}. */
export async function closeReview(
  deps: AssessmentDeps,
  acting: Acting,
  seen: SeenUnit,
): Promise<void> {
  assertMay(acting, 'assessment.review');
  await stepUnit(deps, acting, {
    ...{ step: { name: 'review', from: ['reporting', 'reported'] }, seen },
    work: async (trx, held) => {
      const lines = await trx
        .selectFrom('assessment_line')
        .selectAll()
        .where('assessment_unit_id', '=', held.id)
        .execute();
      const { outcome } = scoreUnit(held.scheme, valuesOf(lines));
      if (outcome.kind === 'undetermined') {
        const titles = new Map(held.scheme.rules.map(({ id, title }) => [id, title]));
        throw new UserError('assessment.undetermined', '还有没有定的项，请先逐项核定。', {
          ...{ family: 'state', details: outcome.missing.map((id) => titles.get(id) ?? id) },
        });
      }
      return {
        set: { state: 'reviewed', reviewed_at: seen.at, reviewed_by: nameOf(acting) },
        detail: { outcome: outcome.kind },
      };
    },
  });
}

/**
 * Gives a report back to its unit, or opens a review again: the unit may report once more, what was decided stays. Throws as
 * {@link decideLine}.
 */
export async function returnUnit(
  deps: AssessmentDeps,
  acting: Acting,
  input: SeenUnit & { readonly reason: string },
): Promise<void> {
  assertMay(acting, 'assessment.review');
  const reason = assertReason(input.reason, 'reason');
  await stepUnit(deps, acting, {
    ...{ step: { name: 'return', from: ['reported', 'reviewed'] }, seen: input },
    work: async (trx, held) => {
      await queueNotices(
        trx,
        [
          {
            key: `assessment:${held.assessmentId}:return:${held.unitId}:${input.version}`,
            ...{ kind: 'assessment.return', to: { unitId: held.unitId }, urgent: false },
            ...{ title: '年度考核自评退回', link: `/assessments/${held.assessmentId}` },
            text: `自评退回，请改后再报：${reason}`,
          },
        ],
        input.at,
      );
      return {
        set: {
          ...{ state: 'reporting', return_reason: reason },
          ...{ reviewed_at: null, reviewed_by: null },
        },
        detail: { reason },
      };
    },
  });
}
