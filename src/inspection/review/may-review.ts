import { type Acting, isSamePerson, may, personOf } from '../../domain/acting.ts';
import type { Judgement } from '../../domain/finding.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { type Round, stateWords } from '../round.ts';
import { decisionOf, type ReviewStanding } from './review-state.ts';

/** What a decision on a finding depends on. */
export interface ReviewCase {
  readonly round: Pick<Round, 'period' | 'state'>;
  readonly status: Judgement['status'];
  readonly standing: ReviewStanding;
}

/** Why somebody cannot review a finding now, in words for him; null when he can. */
export function mayReview(acting: Acting, given: ReviewCase): string | null {
  return (refuseReview(acting, given) ?? refuseRepetition(acting, given))?.message ?? null;
}

/** Why he cannot confirm it, though perhaps decide otherwise; null when he can (with a note, where one is asked for). */
export function mayConfirm(acting: Acting, given: ReviewCase): string | null {
  const refusal =
    refuseReview(acting, given) ??
    refuseRepetition(acting, given) ??
    refuseConfirmation(acting, given, 'x');
  return refusal?.message ?? null;
}

/** Why he cannot take his own decision back; null when he can. */
export function mayWithdraw(acting: Acting, given: ReviewCase): string | null {
  const refusal = refuseReview(acting, given);
  if (refusal) return refusal.message;
  return decisionOf(given.standing, personOf(acting)) === null ? '您还没有作过决定。' : null;
}

/** What forbids any decision, whichever it is. */
export function refuseReview(
  acting: Acting,
  { round, status }: Pick<ReviewCase, 'round' | 'status'>,
): UserError | null {
  if (!may(acting, 'finding.review'))
    return new UserError('identity.forbidden', '您没有审核问题的权限；请找本单位的管理员。', {
      details: ['finding.review'],
    });
  if (round.state !== 'reviewing')
    return new UserError(
      'round.closed',
      `批次 ${round.period} ${stateWords(round.state)}，${isOver(round.state) ? '不能再审核' : '判定完才能审核'}。`,
      { family: 'state' },
    );
  if (status === 'met' || status === 'notApplicable')
    return new UserError('finding.nothing-to-review', '没有判为问题，不需要审核。', {
      family: 'state',
    });
  return null;
}

const isOver = (state: Round['state']): boolean => state === 'frozen' || state === 'issued';

function refuseRepetition(acting: Acting, { standing }: ReviewCase): UserError | null {
  const person = personOf(acting);
  const own = decisionOf(standing, person);
  const confirmed = standing.confirmations.some(({ reviewer, reviewerId }) =>
    isSamePerson(person, { name: reviewer, userId: reviewerId }),
  );
  if (confirmed && standing.state === 'once')
    return new UserError('finding.own-confirmation', '您已确认过，还要另一个人确认。', {
      family: 'state',
    });
  if (confirmed)
    return new UserError('finding.own-confirmation', '您已确认过，问题已经确认。', {
      family: 'state',
    });
  if (own !== null && isNegative(standing) && own === standing.decisions.at(-1))
    return new UserError(
      'finding.own-decision',
      `这是您自己${standing.state === 'rejected' ? '驳回的' : '认为不能判定的'}；要改，请先撤回。`,
      { family: 'state' },
    );
  return null;
}

const isNegative = ({ state }: ReviewStanding): boolean =>
  state === 'rejected' || state === 'cannotJudge';

/** Why this person cannot confirm this finding, beyond what forbids any decision. */
export function refuseConfirmation(
  acting: Acting,
  given: ReviewCase,
  note: string,
): UserError | null {
  if (given.status !== 'breached')
    return new UserError(
      'finding.not-breached',
      '只有判为问题的才能确认；无法判定的请驳回（不算问题），或用 finding enter 录入证据。',
      { family: 'state' },
    );
  if (!isNegative(given.standing)) return null;
  const repetition = refuseRepetition(acting, given);
  if (repetition) return repetition;
  return note.trim() === ''
    ? new UserError('finding.note-missing', '恢复一个被驳回或不能判定的问题要写明理由。', {
        field: 'note',
      })
    : null;
}
