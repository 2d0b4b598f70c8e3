import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import { type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { isScoring } from '../scoring/index.ts';
import type { Store } from '../store/store.ts';
import { assertNotRunning } from './control/round-run.repository.ts';
import { listFindings, type StoredFinding, waiveOpenBreaches } from './finding.repository.ts';
import { type InspectionDb, inRoundTransaction } from './inspection-db.ts';
import { openContests } from './review/contest.repository.ts';
import { endContestsEarly, runningContests } from './review/contest-term.ts';
import {
  countStages,
  listRoundSubjects,
  requireRound,
  updateRoundState,
} from './round.repository.ts';
import { assertTransition, type Round } from './round.ts';
import { settledByScore } from './unsettled.ts';

export interface FreezeInput {
  readonly period: string;
  /** Accepts every open breach without review; the bulletin is then a draft that cannot be signed. */
  readonly confirmAll: string | null;
  /** Leaves undetermined vetoes out of the bulletin. */
  readonly leaveUndetermined: string | null;
  /** Freezes although units still may object; kept with their letters. Absent = refuse. */
  readonly endContests?: string | null;
  readonly at: Instant;
}

export interface FreezeResult {
  readonly round: Round;
  readonly breached: number;
  readonly waived: number;
  readonly undetermined: number;
}

/** How many blocking findings an error names before it only counts. */
const NAMED_IN_ERROR = 50;

/**
 * Freezes a judged round: afterwards nothing in it changes. Refuses while it runs, while a contest waits for its answer, while
 * units still may object (unless `endContests`), while a breach is unreviewed (unless `confirmAll`) or a veto, or what a portal's result depends on, is undetermined or cannot be judged
 * (unless `leaveUndetermined`); waivers are recorded with their reasons.
 */
export async function freezeRound(
  deps: { store: Store },
  acting: Acting,
  input: FreezeInput,
): Promise<FreezeResult> {
  assertMay(acting, 'round.freeze');
  return inRoundTransaction(deps.store, input.period, async (trx) => {
    const round = await requireRound(trx, input.period);
    assertTransition(round, 'frozen');
    if (round.state === 'frozen') return alreadyFrozen(trx, round, input);
    await assertNotRunning(trx, deps.store.kind, round);
    await assertAllJudged(trx, round);
    const names = await subjectNames(trx, round.id);
    await assertNoneContested(trx, round, names);
    const endedLetters = await settleContests(trx, round, input);
    const waived = await settleBreaches(trx, round, input, names);
    const undetermined = await settleUndetermined(trx, round, input, names);
    const breached = await countBreached(trx, round.id);
    await updateRoundState(trx, round.id, {
      state: 'frozen',
      frozenAt: input.at,
      reviewWaived: input.confirmAll,
      undeterminedWaived: input.leaveUndetermined,
    });
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'round.freeze',
      subject: `round:${round.period}`,
      detail: {
        breached,
        waived,
        undetermined,
        confirmAll: input.confirmAll,
        leaveUndetermined: input.leaveUndetermined,
        ...(endedLetters.length === 0 ? {} : { endContests: input.endContests, endedLetters }),
      },
      before: { state: round.state, reviewWaived: round.reviewWaived },
      after: { state: 'frozen', reviewWaived: input.confirmAll },
    });
    return { round: await requireRound(trx, input.period), breached, waived, undetermined };
  });
}

async function countBreached(db: InspectionDb, roundId: number): Promise<number> {
  const breached = await listFindings(db, roundId, { status: 'breached' });
  return breached.filter(({ review }) => review !== 'rejected' && review !== 'cannotJudge').length;
}

/** The same command again, as after a kill between the commit and its answer, changes nothing; another one is refused. */
async function alreadyFrozen(
  db: InspectionDb,
  round: Round,
  input: FreezeInput,
): Promise<FreezeResult> {
  if (
    round.reviewWaived !== input.confirmAll ||
    round.undeterminedWaived !== input.leaveUndetermined
  )
    throw new UserError('round.frozen', `批次 ${round.period} 已经按另外的理由冻结，不能再改。`, {
      family: 'state',
    });
  const waived = await listFindings(db, round.id, { status: 'breached', review: 'waived' });
  const undetermined = await unsettledFindings(db, round);
  return {
    round,
    breached: await countBreached(db, round.id),
    waived: waived.length,
    undetermined: undetermined.length,
  };
}

async function subjectNames(db: InspectionDb, roundId: number): Promise<Map<string, string>> {
  const subjects = await listRoundSubjects(db, roundId);
  return new Map(
    subjects.map(({ subject }) => [
      `${subject.kind}:${subject.id}`,
      `${subject.printRow}“${subject.name}”`,
    ]),
  );
}

async function settleBreaches(
  db: InspectionDb,
  round: Round,
  input: FreezeInput,
  names: Map<string, string>,
): Promise<number> {
  const open = (await listFindings(db, round.id, { status: 'breached' })).filter(
    ({ review }) => review === 'open' || review === 'once',
  );
  if (open.length === 0) return 0;
  if (input.confirmAll !== null) return waiveOpenBreaches(db, round.id);
  throw blocked(
    `还有 ${open.length} 个问题没有经两人确认，不能冻结。请用 finding confirm / reject 审核，或用 --confirm-all 写明理由后作为草案冻结。`,
    open,
    { round, names },
  );
}

/**
 * What the bulletin leaves out as undetermined: by the machine, or because a person could not judge it either; not what changes
 * no portal's result.
 */
async function unsettledFindings(db: InspectionDb, round: Round): Promise<StoredFinding[]> {
  const undetermined = await listFindings(db, round.id, { status: 'undetermined' });
  const isSettled = await settledByScore(db, round);
  return [
    ...undetermined.filter(({ review }) => review === 'open' || review === 'cannotJudge'),
    ...(await listFindings(db, round.id, { status: 'breached', review: 'cannotJudge' })),
  ].filter((finding) => !isSettled(finding));
}

/** A subject that is being gathered again has no findings to freeze. */
async function assertAllJudged(db: InspectionDb, round: Round): Promise<void> {
  const waiting = (await countStages(db, round.id))
    .filter(({ checked, stage }) => checked && stage !== 'judged')
    .reduce((sum, { count }) => sum + count, 0);
  if (waiting > 0)
    throw new UserError(
      'round.incomplete',
      `还有 ${waiting} 个对象没有判定完，不能冻结；请继续运行批次 ${round.period}。`,
      { family: 'state' },
    );
}

/** Only an answer takes a contest away: no waiver passes over what a unit said. */
async function assertNoneContested(
  db: InspectionDb,
  round: Round,
  names: Map<string, string>,
): Promise<void> {
  const contested = await openContests(db, round.id, CONTESTS_MAX);
  if (contested.length === 0) return;
  const ids = new Set(contested.map(({ findingId }) => findingId));
  const findings = (await listFindings(db, round.id, { status: 'breached' })).filter(({ id }) =>
    ids.has(id),
  );
  throw blocked(`还有 ${contested.length} 条申辩没有答复，不能冻结；请先逐条答复。`, findings, {
    round,
    names,
    code: 'round.contested',
  });
}

/** Units are given days to object; who ends them early says why. Returns the letters that ended so. */
async function settleContests(
  db: InspectionDb,
  round: Round,
  { endContests = null, at }: FreezeInput,
): Promise<number[]> {
  const today = shanghaiDate(at);
  const running = await runningContests(db, round.id, today);
  if (running === null) return [];
  if (endContests !== null) return endContestsEarly(db, round.id, { today, reason: endContests });
  throw new UserError(
    'round.contest-runs',
    `还有 ${running.letters} 份申辩告知书没有到期（最晚 ${running.until}），不能冻结。请等期满，或用 --end-contests 写明提前结束的理由。`,
    { family: 'state' },
  );
}

/** More waiting contests than this are counted as this many. */
const CONTESTS_MAX = 10_000;

async function settleUndetermined(
  db: InspectionDb,
  round: Round,
  input: FreezeInput,
  names: Map<string, string>,
): Promise<number> {
  const unsettled = await unsettledFindings(db, round);
  if (unsettled.length > 0 && input.leaveUndetermined === null) {
    throw blocked(
      `还有 ${unsettled.length} 个${isScoring(round.ruleset) ? '影响结论的' : '单项否决'}指标无法判定，不能冻结。请人工核实，或用 --leave-undetermined 写明理由。`,
      unsettled,
      { round, names },
    );
  }
  return unsettled.length;
}

function blocked(
  message: string,
  findings: readonly StoredFinding[],
  {
    round,
    names,
    code = 'round.unreviewed',
  }: { round: Round; names: Map<string, string>; code?: string },
): UserError {
  const labels = new Map(round.ruleset.rules.map((rule) => [rule.id, rule.printedLabel]));
  const details = findings.slice(0, NAMED_IN_ERROR).map((finding) => {
    const { judgement } = finding;
    const reason = judgement.status === 'undetermined' ? `：${judgement.reason}` : '';
    return `#${finding.id} ${names.get(`${finding.kind}:${finding.subjectId}`)} ${labels.get(finding.ruleId) ?? finding.ruleId}${reason}`;
  });
  if (findings.length > NAMED_IN_ERROR)
    details.push(`……另有 ${findings.length - NAMED_IN_ERROR} 个`);
  return new UserError(code, message, { family: 'state', details });
}
