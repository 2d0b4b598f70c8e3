import { type Acting, assertMay, isSamePerson, may, personOf } from '../../domain/acting.ts';
import type { Actor } from '../../domain/actor.ts';
import type { Judgement, ReviewState } from '../../domain/finding.ts';
import { recordAudit } from '../../identity/index.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import { requireFinding, type StoredFinding, updateReview } from '../finding.repository.ts';
import { type InspectionDb, inRoundTransaction, inspectionDb } from '../inspection-db.ts';
import { requireRound } from '../round.repository.ts';
import { type Round, stateWords } from '../round.ts';
import {
  type Contest,
  findContest,
  insertContest,
  listContestsOf,
  updateContest,
} from './contest.repository.ts';
import type { ContestDesk } from './contest-desk.ts';
import { contestTerm } from './contest-term.ts';
import { findingOwner } from './finding-owner.ts';
import { refreshVerdicts } from './refresh-verdicts.ts';
import { insertReview } from './review.repository.ts';
import { reviewCase } from './review-finding.ts';
import { seenContest } from './seen-contest.ts';

/** Long enough to say something, short enough to be read. */
export const CONTEST_CHARACTERS = { min: 10, max: 2_000 } as const;

interface ContestCase {
  readonly round: Pick<Round, 'period' | 'state'>;
  readonly status: Judgement['status'];
  readonly review: ReviewState;
  readonly contests: readonly Pick<Contest, 'unitId' | 'state'>[];
}

/** Why somebody cannot contest a finding now, in words for him; null when he can. */
export function mayContest(acting: Acting, given: ContestCase): string | null {
  return refuseContest(acting, given)?.message ?? null;
}

function refuseContest(acting: Acting, given: ContestCase): UserError | null {
  const state = (code: string, message: string): UserError =>
    new UserError(code, message, { family: 'state' });
  if (!may(acting, 'finding.contest'))
    return new UserError('identity.forbidden', '您没有代表单位申辩的权限；请找本单位的管理员。', {
      details: ['finding.contest'],
    });
  if (given.round.state !== 'reviewing')
    return state(
      'contest.state',
      `批次 ${given.round.period} ${stateWords(given.round.state)}，只有审核期间（公布之前）可以申辩。`,
    );
  if (given.status !== 'breached' || given.review === 'rejected')
    return state('contest.not-breached', '这一条没有判为问题，不需要申辩。');
  const unitId = typeof acting === 'string' ? null : acting.unitId;
  if (given.contests.some((each) => each.state === 'open' && each.unitId === unitId))
    return state('contest.open', '本单位对这一条的申辩正在等待答复。');
  return null;
}

export interface ContestDeps {
  readonly store: Store;
  readonly contestDesk: ContestDesk;
}

/**
 * A unit contests a breached finding while the round is reviewed, and whoever answers is told; returns the contest's id. The same text
 * again is the same contest. Throws {@link UserError} `contest.*`, `finding.unknown`, `identity.forbidden`.
 */
export async function contestFinding(
  deps: ContestDeps,
  actor: Actor,
  input: { readonly findingId: number; readonly text: string; readonly at: Instant },
): Promise<number> {
  assertMay(actor, 'finding.contest');
  const text = input.text.trim();
  const length = [...text].length;
  if (length < CONTEST_CHARACTERS.min || length > CONTEST_CHARACTERS.max)
    throw new UserError(
      'contest.text',
      `申辩要写 ${CONTEST_CHARACTERS.min} 到 ${CONTEST_CHARACTERS.max} 字，现在是 ${length} 字。`,
      { field: 'text' },
    );
  const { period } = await findingOwner(inspectionDb(deps.store), actor, input.findingId);
  return inRoundTransaction(deps.store, period, async (trx) => {
    const round = await requireRound(trx, period);
    const finding = await requireFinding(trx, round.id, input.findingId);
    const contests = (await listContestsOf(trx, [finding.id])).get(finding.id) ?? [];
    const same = contests.find(
      (each) => each.state === 'open' && each.unitId === actor.unitId && each.text === text,
    );
    if (same) return same.id;
    const { status } = finding.judgement;
    const refusal = refuseContest(actor, { round, status, review: finding.review, contests });
    if (refusal) throw refusal;
    const { unitId } = actor;
    const unit = actor.unitName ?? actor.name;
    const by = personOf(actor);
    const { answerWorkdays, tellLodged } = deps.contestDesk;
    const today = shanghaiDate(input.at);
    const term = await contestTerm(trx, finding.id, { today, answerWorkdays });
    const { isLate, answerDueOn } = term;
    const id = await insertContest(trx, {
      findingId: finding.id,
      ...{ unitId, unit, by, text, at: input.at, isLate, answerDueOn },
    });
    await tellLodged(trx, { id, findingId: finding.id, period, unit, ...term }, input.at);
    await recordAudit(trx, {
      actor: actor.name,
      action: 'finding.contest',
      subject: `finding:${finding.id}`,
      detail: { contest: id, unit, text, isLate, answerDueOn },
      before: null,
      after: { contest: 'open' },
    });
    return id;
  });
}

export interface AnswerInput {
  readonly contestId: number;
  readonly decision: 'uphold' | 'dismiss';
  /** 1 to 2,000 characters. */
  readonly note: string;
  readonly at: Instant;
}

/**
 * Answers a contest: upheld, the finding is rejected with the note, and other units' open contests of it are upheld with it;
 * the units are told.
 * Throws {@link UserError} `contest.*`, `identity.forbidden`.
 */
export async function answerContest(
  deps: ContestDeps,
  actor: Actor,
  input: AnswerInput,
): Promise<Contest> {
  assertMay(actor, 'finding.review');
  const { period } = await seenContest(inspectionDb(deps.store), actor, input.contestId);
  return inRoundTransaction(deps.store, period, async (trx) => {
    const round = await requireRound(trx, period);
    const contest = (await findContest(trx, input.contestId))!;
    if (isSameAnswer(contest, actor, input)) return contest;
    if (contest.state !== 'open')
      throw new UserError('contest.answered', '这条申辩已经答复过了。', { family: 'state' });
    if (round.state !== 'reviewing')
      throw new UserError(
        'contest.state',
        `批次 ${period} ${stateWords(round.state)}，不能再答复申辩。`,
        { family: 'state' },
      );
    const finding = await requireFinding(trx, round.id, contest.findingId);
    const answered = await settle(trx, actor, { round, finding, contest }, input);
    const stored = (await listContestsOf(trx, [finding.id])).get(finding.id) ?? [];
    const told = stored.filter(({ id }) => answered.includes(id));
    await deps.contestDesk.tellAnswered(trx, told, input.at);
    return (await findContest(trx, contest.id))!;
  });
}

function isSameAnswer(contest: Contest, actor: Actor, { decision }: AnswerInput): boolean {
  const state = decision === 'uphold' ? 'upheld' : 'dismissed';
  return (
    contest.state === state &&
    contest.answeredBy !== null &&
    isSamePerson(contest.answeredBy, personOf(actor))
  );
}

/** Writes the answer; returns the contests that it answers. */
async function settle(
  trx: InspectionDb,
  actor: Actor,
  { round, finding, contest }: { round: Round; finding: StoredFinding; contest: Contest },
  { decision, note: given, at }: AnswerInput,
): Promise<number[]> {
  const by = personOf(actor);
  const note = given.trim();
  const state = decision === 'uphold' ? ('upheld' as const) : ('dismissed' as const);
  const others = (await listContestsOf(trx, [finding.id])).get(finding.id) ?? [];
  const answered =
    decision === 'uphold' ? others.filter((each) => each.state === 'open') : [contest];
  for (const { id } of answered) await updateContest(trx, id, { state, note, by, at });
  if (decision === 'uphold') {
    await insertReview(trx, finding.id, {
      decision: 'reject',
      reviewer: by.name,
      reviewerId: by.userId,
      note,
      reviewedAt: at,
    });
    await updateReview(trx, finding.id, (await reviewCase(trx, round, finding)).standing.state);
    await refreshVerdicts(trx, round, finding.kind, [finding.subjectId]);
  }
  await recordAudit(trx, {
    actor: actor.name,
    action: `contest.${decision}`,
    subject: `finding:${finding.id}`,
    detail: { contests: answered.map(({ id }) => id), note },
    before: { contest: contest.state, review: finding.review },
    after: { contest: state, review: decision === 'uphold' ? 'rejected' : finding.review },
  });
  return answered.map(({ id }) => id);
}
