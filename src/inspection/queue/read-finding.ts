import type { Actor } from '../../domain/actor.ts';
import { type Evidence, evidenceIn, type Judgement } from '../../domain/finding.ts';
import type { Rule } from '../../domain/ruleset.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import { loadFacts } from '../fact.repository.ts';
import { requireFinding, type StoredFinding } from '../finding.repository.ts';
import { howToFix } from '../how-to-fix.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { type Contest, listContestsOf } from '../review/contest.repository.ts';
import { type ContestFile, listContestFiles, mayAttach } from '../review/contest-files.ts';
import { mayContest } from '../review/contest-finding.ts';
import { findingOwner, unknownFinding } from '../review/finding-owner.ts';
import { mayConfirm, mayReview, mayWithdraw } from '../review/may-review.ts';
import { listReviews } from '../review/review.repository.ts';
import { reviewCase } from '../review/review-finding.ts';
import type { ReviewEntry } from '../review/review-state.ts';
import { requireRound } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { screenshotsOf } from '../screenshots-of.ts';
import { type FindingItem, findFindingItem } from './list-findings.ts';

/** A piece of evidence with the address where it was seen. */
export interface EvidenceView extends Evidence {
  /** Null for what has no address: a visit, or what an inspector saw. */
  readonly url: string | null;
  /** SHA-256 (hex) of a picture of the page that it points at; null when the page was not opened in a browser. */
  readonly screenshot: string | null;
}

/** A number that the rule was judged with. */
export interface ParameterView {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly why: string;
  /** Printed label of the rule whose number it is; null = this rule's own. */
  readonly sharedWith: string | null;
}

/** `mayAttach`: why this person may not add files to it; null when he may. */
export interface ContestWithFiles extends Contest {
  readonly files: readonly ContestFile[];
  readonly mayAttach: string | null;
}

/** A finding with all that its reviewer, or its unit, needs to see. */
export interface FindingDetail {
  readonly round: Round;
  readonly item: FindingItem;
  readonly judgement: Judgement;
  readonly evidence: readonly EvidenceView[];
  readonly reviews: readonly ReviewEntry[];
  readonly contests: readonly ContestWithFiles[];
  readonly howToFix: string;
  readonly clause: string;
  readonly parameters: readonly ParameterView[];
  /** Why this person may not; null when he may. */
  readonly mayReview: string | null;
  readonly mayConfirm: string | null;
  readonly mayWithdraw: string | null;
  readonly mayContest: string | null;
}

/** Throws {@link UserError} `finding.unknown`, also for what lies outside the actor's scope. */
export async function readFinding(
  db: InspectionDb,
  actor: Actor,
  id: number,
): Promise<FindingDetail> {
  const { period, roundId } = await findingOwner(db, actor, id);
  const round = await requireRound(db, period);
  const item = await findFindingItem(db, round, id);
  if (!item) throw unknownFinding(id);
  const finding = await requireFinding(db, roundId, id);
  const given = await reviewCase(db, round, finding);
  const contests = (await listContestsOf(db, [id])).get(id) ?? [];
  const contestIds = contests.map(({ id: contestId }) => contestId);
  const files = await listContestFiles(db, contestIds);
  const rule = round.ruleset.rules.find((each) => each.id === finding.ruleId);
  return {
    round,
    item,
    judgement: finding.judgement,
    evidence: await evidenceOf(db, roundId, finding),
    reviews: await listReviews(db, id),
    contests: contests.map((contest) => ({
      ...contest,
      files: files.filter(({ contestId }) => contestId === contest.id),
      mayAttach: mayAttach(actor, contest),
    })),
    howToFix: howToFix(finding.ruleId),
    clause: clauseOf(finding.ruleId, rule),
    parameters: parametersOf(round, finding.ruleId),
    mayReview: mayReview(actor, given),
    mayConfirm: mayConfirm(actor, given),
    mayWithdraw: mayWithdraw(actor, given),
    mayContest: mayContest(actor, {
      round,
      status: finding.judgement.status,
      review: finding.review,
      contests,
    }),
  };
}

async function evidenceOf(
  db: InspectionDb,
  roundId: number,
  { judgement, kind, subjectId }: StoredFinding,
): Promise<EvidenceView[]> {
  const evidence = evidenceIn(judgement);
  if (evidence.length === 0) return [];
  const snapshots = evidence.flatMap(({ snapshot }) => snapshot ?? []);
  const urls = new Map<string, string>();
  if (snapshots.length > 0) {
    const pages = await db
      .selectFrom('page')
      .select(['snapshot', 'url'])
      .where('round_id', '=', roundId)
      .where('kind', '=', kind)
      .where('subject_id', '=', subjectId)
      .where('snapshot', 'in', [...new Set(snapshots)])
      .execute();
    for (const page of pages) if (page.snapshot !== null) urls.set(page.snapshot, page.url);
  }
  const facts = (await loadFacts(db, roundId, kind, [subjectId])).get(subjectId) ?? {};
  return evidence.map((each) => ({
    ...each,
    url: /^https?:\/\//i.test(each.locator)
      ? each.locator
      : (urls.get(each.snapshot ?? '') ?? null),
    screenshot: screenshotsOf([each], facts)[0] ?? null,
  }));
}

const PARTS = {
  veto: '第一部分',
  deduct: '第二部分',
  bonus: '第三部分',
  notice: '规范提示',
} as const;

/** Of an indicator its own words; of what persons judge, where the ruleset puts it in the standard. */
function clauseOf(ruleId: string, rule: Rule | undefined): string {
  const indicator = INDICATORS.find((each) => each.id === ruleId);
  if (indicator) return indicator.clause;
  return rule ? `国办秘函〔2019〕19号 检查指标 ${PARTS[rule.part]} ${rule.shortName}` : '';
}

/** The numbers of the round's ruleset, also those that the rule shares with another one. */
function parametersOf({ ruleset }: Round, ruleId: string): ParameterView[] {
  const indicator = INDICATORS.find((each) => each.id === ruleId);
  return Object.entries(indicator?.parameters ?? {}).map(([name, spec]) => {
    const owner = ruleset.rules.find((each) => each.id === (spec.of ?? ruleId));
    const value = owner?.parameters[name] ?? spec.default;
    const sharedWith = spec.of === undefined ? null : (owner?.printedLabel ?? spec.of);
    return { name, value, unit: spec.unit, why: spec.why, sharedWith };
  });
}
