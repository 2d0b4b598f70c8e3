import type { Evidence, ReviewState } from '../domain/finding.ts';
import type { Rule } from '../domain/ruleset.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { recordAudit } from '../identity/index.ts';
import { cutText } from '../lib/pure/cut-text.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import {
  insertPersonFinding,
  insertReview,
  listFindings,
  listReviews,
  type ReviewEntry,
  requireFinding,
  updateReview,
} from './finding.repository.ts';
import { type InspectionDb, inRoundTransaction } from './inspection-db.ts';
import { listRoundSubjects, requireRound } from './round.repository.ts';
import { isClosed, stateWords } from './round.ts';

/** A veto-class finding counts as confirmed only when this many different people confirmed it (DESIGN law 6). */
export const CONFIRMATIONS_NEEDED = 2;

/** Where a finding stands after its reviews: one rejection rejects; two different people confirm. Annotations decide nothing. */
export function reviewStateOf(reviews: readonly ReviewEntry[]): ReviewState {
  let state: ReviewState = 'open';
  let confirmedBy = new Set<string>();
  for (const review of reviews) {
    if (review.decision === 'annotate') continue;
    if (review.decision === 'reject') {
      state = 'rejected';
      confirmedBy = new Set();
      continue;
    }
    confirmedBy.add(review.reviewer);
    state = confirmedBy.size >= CONFIRMATIONS_NEEDED ? 'confirmed' : 'open';
  }
  return state;
}

export interface ReviewInput {
  readonly period: string;
  readonly findingId: number;
  readonly decision: ReviewEntry['decision'];
  readonly note: string;
  readonly at: Instant;
}

/** Records one person's decision on a finding; returns where the finding stands now. */
export async function reviewFinding(
  deps: { store: Store },
  actor: string,
  input: ReviewInput,
): Promise<ReviewState> {
  if (input.decision !== 'confirm' && input.note.trim() === '') {
    throw new UserError('finding.note-missing', '驳回或批注要写明理由。', { field: 'note' });
  }
  return inRoundTransaction(deps.store, input.period, async (trx) => {
    const round = await requireRound(trx, input.period);
    if (isClosed(round.state))
      throw new UserError(
        'round.closed',
        `批次 ${round.period} ${stateWords(round.state)}，不能再审核。`,
        { family: 'state' },
      );
    const finding = await requireFinding(trx, round.id, input.findingId);
    if (input.decision === 'confirm' && finding.judgement.status !== 'breached') {
      throw new UserError(
        'finding.not-breached',
        '只有判为问题的才能确认；无法判定的请驳回（不算问题），或用 finding enter 录入证据。',
        { family: 'state' },
      );
    }
    await insertReview(trx, finding.id, {
      decision: input.decision,
      reviewer: actor,
      note: input.note,
      reviewedAt: input.at,
    });
    const state = reviewStateOf(await listReviews(trx, finding.id));
    await updateReview(trx, finding.id, state);
    await recordAudit(trx, {
      actor,
      action: `finding.${input.decision}`,
      subject: `finding:${finding.id}`,
      detail: { note: input.note, state },
      before: { review: finding.review },
      after: { review: state },
    });
    return state;
  });
}

export interface EnterInput {
  readonly period: string;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly ruleId: string;
  /** URL or file of what was seen; at most 2,000 characters. */
  readonly locator: string;
  readonly excerpt: string;
  readonly at: Instant;
}

const EXCERPT_MAX = 200;

/** A person enters a breach with evidence, for rules that no machine judges. Returns the finding's id. */
export async function enterFinding(
  deps: { store: Store },
  actor: string,
  input: EnterInput,
): Promise<number> {
  return inRoundTransaction(deps.store, input.period, async (trx) => {
    const round = await requireRound(trx, input.period);
    if (isClosed(round.state))
      throw new UserError(
        'round.closed',
        `批次 ${round.period} ${stateWords(round.state)}，不能再录入。`,
        { family: 'state' },
      );
    const rule = round.ruleset.rules.find((candidate) => candidate.id === input.ruleId);
    if (!rule?.enabled)
      throw new UserError('finding.rule', `规则集 ${round.ruleset.id} 没有启用 ${input.ruleId}。`, {
        field: 'rule',
      });
    const isSiteRule = rule.object !== 'new-media';
    if (isSiteRule !== (input.kind === 'site'))
      throw new UserError('finding.rule', `${input.ruleId} 不适用于该对象。`, { field: 'rule' });
    if (input.locator.trim() === '' || input.excerpt.trim() === '')
      throw new UserError('finding.evidence', '录入问题要有证据：位置和摘录都要写。');
    const subjects = await listRoundSubjects(trx, round.id);
    if (
      !subjects.some(
        ({ subject, checked }) =>
          checked && subject.kind === input.kind && subject.id === input.subjectId,
      )
    ) {
      throw new UserError('finding.subject', '该对象不在本批次的检查范围内。');
    }
    if (rule.judgedBy === 'machine') await settleUndetermined(trx, round.id, input, rule);
    const evidence: Evidence = {
      factId: `${input.subjectId}:person`,
      snapshot: null,
      locator: cutText(input.locator, 2000),
      excerpt: cutText(input.excerpt, EXCERPT_MAX),
      capturedAt: input.at,
    };
    const judgement = { status: 'breached', occurrences: 1, evidence: [evidence] } as const;
    const id = await insertPersonFinding(trx, {
      roundId: round.id,
      kind: input.kind,
      subjectId: input.subjectId,
      ruleId: input.ruleId,
      judgement,
      source: actor,
    });
    await recordAudit(trx, {
      actor,
      action: 'finding.enter',
      subject: `finding:${id}`,
      detail: { rule: input.ruleId, locator: input.locator },
      after: { status: 'breached', review: 'open', excerpt: evidence.excerpt },
    });
    return id;
  });
}

/** A machine-judged rule takes a person's finding only in place of an undetermined one, which is thereby settled. */
async function settleUndetermined(
  db: InspectionDb,
  roundId: number,
  input: EnterInput,
  rule: Rule,
): Promise<void> {
  const findings = await listFindings(db, roundId, {
    kind: input.kind,
    subjectId: input.subjectId,
    status: 'undetermined',
  });
  const unsettled = findings.find(
    (finding) => finding.ruleId === rule.id && finding.source === 'machine',
  );
  if (!unsettled) {
    throw new UserError(
      'finding.rule',
      `${rule.printedLabel}由系统判定；只有系统无法判定时才接受人工录入。`,
      { field: 'rule' },
    );
  }
  await updateReview(db, unsettled.id, 'confirmed');
}
