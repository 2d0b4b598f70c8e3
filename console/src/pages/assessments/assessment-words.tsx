import type { AnswerOf, ItemOf } from '../../api/types.ts';
import { StateTag, type Tone } from '../../ui/StateTag.tsx';
import { pointsText } from '../../util/points.ts';

export type AssessmentItem = ItemOf<'/api/v1/assessments'>;
export type AssessmentDetail = AnswerOf<'/api/v1/assessments/{id}'>;
export type AssessmentUnit = AssessmentDetail['units'][number];
export type AssessedUnit = AnswerOf<'/api/v1/assessments/{id}/units/{unitId}'>;
export type AssessedLine = AssessedUnit['lines'][number];
export type Outcome = AssessmentUnit['outcome'];
type Rule = AssessedLine['rule'];

const STATES: Readonly<Record<AssessmentItem['state'], readonly [string, Tone]>> = {
  open: ['进行中', 'busy'],
  published: ['已公布', 'good'],
  withdrawn: ['已撤销', 'plain'],
};

export function AssessmentStateTag({ state }: Pick<AssessmentItem, 'state'>) {
  const [words, tone] = STATES[state];
  return <StateTag tone={tone}>{words}</StateTag>;
}

const UNIT_STATES: Readonly<Record<AssessmentUnit['state'], readonly [string, Tone]>> = {
  reporting: ['等单位自评', 'waiting'],
  reported: ['等主管单位核定', 'busy'],
  reviewed: ['已核定', 'good'],
};
export const UNIT_STATE_WORDS = {
  reporting: UNIT_STATES.reporting[0],
  reported: UNIT_STATES.reported[0],
  reviewed: UNIT_STATES.reviewed[0],
} as const;

export function UnitStateTag({ state }: Pick<AssessmentUnit, 'state'>) {
  const [words, tone] = UNIT_STATES[state];
  return <StateTag tone={tone}>{words}</StateTag>;
}

export const PART_WORDS: Readonly<Record<Rule['part'], string>> = {
  veto: '单项否决',
  deduct: '扣分',
  bonus: '加分',
};

/** What comes out for a unit: a score, a veto, or how much is still open. */
export function OutcomeText({ outcome }: { readonly outcome: Outcome }) {
  if (outcome.kind === 'undetermined')
    return <span className="quiet">还有 {outcome.missing.length} 项没有定</span>;
  if (outcome.kind === 'vetoed') return <StateTag tone="bad">不合格（单项否决）</StateTag>;
  const { total, bonus, bonusCounts, passes } = outcome;
  return (
    <>
      <strong>{pointsText(total)} 分</strong>
      {bonusCounts && bonus > 0 && <span className="quiet">（含加分 {pointsText(bonus)}）</span>}{' '}
      {!passes && <StateTag tone="bad">不合格</StateTag>}
    </>
  );
}

/** A figure of a rule as people say it: cases, or points where a person gives points. */
export function valueWords({ form }: Pick<Rule, 'form'>, value: number | null): string {
  if (value === null) return '—';
  return form.kind === 'points' ? `${pointsText(value)} 分` : String(value);
}

/** How a rule counts, in one line. */
export function formWords({ part, form, max }: Rule): string {
  if (form.kind === 'atLeast') return `${form.count} 个以上即不合格`;
  const most = max === undefined ? '' : `最多${part === 'bonus' ? '加' : '扣'} ${max} 分`;
  if (form.kind === 'points') return `由主管单位核定，${most}`;
  const free = form.free > 0 ? `超过 ${form.free} 个的，` : '';
  return `${free}每个${part === 'bonus' ? '加' : '扣'} ${form.points} 分，${most}`;
}

/** What a line takes or gives, with its sign. */
export function effectWords({ rule, value, centipoints }: AssessedLine): string {
  if (centipoints === null) return '没有定';
  if (rule.form.kind === 'atLeast')
    return value !== null && value >= rule.form.count ? '单项否决' : '没有触发';
  if (centipoints === 0) return '0 分';
  return `${rule.part === 'bonus' ? '+' : '−'}${pointsText(centipoints)} 分`;
}

/** What stands behind a line: nobody has said anything, the unit contradicts, the office has decided. */
export const isObjection = ({ rule, claimNote }: AssessedLine): boolean =>
  rule.measure !== null && claimNote !== '';

/** Endpoints that any step of an assessment makes stale. */
export const ASSESSMENT_REFRESHES = [
  ...(['/api/v1/assessments', '/api/v1/assessments/{id}'] as const),
  '/api/v1/assessments/{id}/units/{unitId}',
] as const;
