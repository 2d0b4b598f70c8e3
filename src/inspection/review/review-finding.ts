import { type Acting, assertMay, nameOf, personOf } from '../../domain/acting.ts';
import type { ReviewState } from '../../domain/finding.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { requireFinding, type StoredFinding, updateReview } from '../finding.repository.ts';
import { type InspectionDb, inRoundTransaction } from '../inspection-db.ts';
import { requireRound } from '../round.repository.ts';
import type { Round } from '../round.ts';
import type { ReviewDecision } from '../tables.ts';
import { assertSeesFinding } from './finding-owner.ts';
import { type ReviewCase, refuseConfirmation, refuseReview } from './may-review.ts';
import { refreshVerdicts } from './refresh-verdicts.ts';
import { insertReview, listReviews } from './review.repository.ts';
import { confirmationsNeeded, decisionOf, isEffective, standingOf } from './review-state.ts';

export interface ReviewInput {
  readonly period: string;
  readonly findingId: number;
  readonly decision: Exclude<ReviewDecision, 'reopen'>;
  /** At most 2,000 characters; required unless it is a confirmation or a withdrawal. */
  readonly note: string;
  readonly at: Instant;
}

export const NOTE_CHARACTERS_MAX = 2_000;

/**
 * Records one person's decision on a finding; returns where the finding stands now. The same decision again is no second row.
 * Throws {@link UserError} `finding.*`, `round.closed`, `identity.forbidden`.
 */
export async function reviewFinding(
  deps: { store: Store },
  acting: Acting,
  input: ReviewInput,
): Promise<ReviewState> {
  assertMay(acting, 'finding.review');
  assertNote(input);
  return inRoundTransaction(deps.store, input.period, async (trx) => {
    const round = await requireRound(trx, input.period);
    const finding = await requireFinding(trx, round.id, input.findingId);
    await assertSeesFinding(trx, acting, finding.id);
    const before = await reviewCase(trx, round, finding);
    if (await isRepetition(trx, acting, before, finding.id, input)) return before.standing.state;
    const refusal =
      refuseReview(acting, before) ??
      (input.decision === 'confirm' ? refuseConfirmation(acting, before, input.note) : null);
    if (refusal) throw refusal;
    return decide(trx, acting, { round, finding, before }, input);
  });
}

/** The finding's class and reviews, as its review depends on them. */
export async function reviewCase(
  db: InspectionDb,
  round: Round,
  finding: Pick<StoredFinding, 'id' | 'ruleId' | 'judgement'>,
): Promise<ReviewCase> {
  const reviews = await listReviews(db, finding.id);
  return {
    round,
    status: finding.judgement.status,
    standing: standingOf(reviews, neededIn(round, finding.ruleId)),
  };
}

export function neededIn(round: Pick<Round, 'ruleset'>, ruleId: string): number {
  return confirmationsNeeded(round.ruleset.rules.find((rule) => rule.id === ruleId));
}

function assertNote({ decision, note }: ReviewInput): void {
  const isFree = decision === 'confirm' || decision === 'withdraw';
  if (!isFree && note.trim() === '')
    throw new UserError('finding.note-missing', '驳回、不能判定或批注要写明理由。', {
      field: 'note',
    });
  if (note.length > NOTE_CHARACTERS_MAX)
    throw new UserError('finding.note-long', `说明不能超过 ${NOTE_CHARACTERS_MAX} 字。`, {
      field: 'note',
    });
}

/** A request that came twice (an impatient click, a lost answer) is answered, not carried out again. */
async function isRepetition(
  db: InspectionDb,
  acting: Acting,
  { standing }: ReviewCase,
  findingId: number,
  { decision, note }: ReviewInput,
): Promise<boolean> {
  const person = personOf(acting);
  const own = decisionOf(standing, person);
  if (decision === 'annotate' || (decision === 'withdraw' && own === null)) {
    const rows = await listReviews(db, findingId);
    const last = rows.findLast(
      (row) => row.reviewer === person.name && row.reviewerId === person.userId,
    );
    if (last?.decision === decision && (decision === 'withdraw' || last.note === note)) return true;
    if (decision === 'withdraw')
      throw new UserError('finding.nothing-to-withdraw', '您还没有作过决定，没有可撤回的。', {
        family: 'state',
      });
    return false;
  }
  return own?.decision === decision && isEffective(standing, person);
}

async function decide(
  trx: InspectionDb,
  acting: Acting,
  { round, finding, before }: { round: Round; finding: StoredFinding; before: ReviewCase },
  input: ReviewInput,
): Promise<ReviewState> {
  const person = personOf(acting);
  await insertReview(trx, finding.id, {
    decision: input.decision,
    reviewer: person.name,
    reviewerId: person.userId,
    note: input.note.trim(),
    reviewedAt: input.at,
  });
  const { state } = (await reviewCase(trx, round, finding)).standing;
  await updateReview(trx, finding.id, state);
  await refreshVerdicts(trx, round, finding.kind, [finding.subjectId]);
  await recordAudit(trx, {
    actor: nameOf(acting),
    action: `finding.${input.decision}`,
    subject: `finding:${finding.id}`,
    detail: { note: input.note.trim() },
    before: { review: before.standing.state },
    after: { review: state },
  });
  return state;
}
