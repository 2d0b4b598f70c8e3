import type { Verdict } from '../domain/finding.ts';
import type { Subject } from '../domain/subject.ts';
import { UserError } from '../lib/pure/errors.ts';
import { idsOfParts, ruleByLabel } from '../scoring/index.ts';
import type { Store } from '../store/store.ts';
import { listFindings, type StoredFinding } from './finding.repository.ts';
import { previousFailures } from './import-history.ts';
import { type InspectionDb, inspectionDb } from './inspection-db.ts';
import { listReviewsOf } from './review/review.repository.ts';
import { listRoundSubjects, type RoundSubject, requireRound } from './round.repository.ts';
import type { Round } from './round.ts';
import { isClosed, stateWords } from './round.ts';
import { type PrintRow, registerOf } from './round-register.repository.ts';
import { settledByScore } from './unsettled.ts';

/**
 * A subject that the round found failing. `rules` in the ruleset's order: its vetoes; of a portal that scored too little, the
 * deductions that took its points.
 */
export interface FailingSubject {
  readonly subject: Subject;
  readonly rules: readonly string[];
  /** Centipoints of a portal that fails by its score, and the line below which it lies; null where a veto fails it. */
  readonly score: { readonly centipoints: number; readonly failBelow: number } | null;
  readonly lastUpdate: { readonly date: string | null; readonly none: boolean };
  /** Rules under which the previous round named it too. */
  readonly repeatedRules: readonly string[];
}

/** The published read model of a frozen round: all that a bulletin is made from. */
export interface FrozenRound {
  readonly round: Round;
  /** Print rows in print order, of the register as it was when the round was planned. */
  readonly printRows: readonly PrintRow[];
  /** Names of the units at the top then. */
  readonly roots: readonly string[];
  readonly subjects: readonly RoundSubject[];
  readonly failing: readonly FailingSubject[];
  readonly undetermined: readonly {
    readonly subject: Subject;
    readonly rule: string;
    readonly reason: string;
  }[];
  readonly previousPeriod: string | null;
  /** Subjects that the previous period listed as failing, as far as they are still registered. */
  readonly previousListed: readonly Pick<Subject, 'kind' | 'id'>[];
}

/** Reads a frozen (or issued) round; throws {@link UserError} `round.not-frozen` before. */
export async function readFrozenRound(store: Store, period: string): Promise<FrozenRound> {
  const round = await requireRound(inspectionDb(store), period);
  if (!isClosed(round.state)) {
    throw new UserError(
      'round.not-frozen',
      `批次 ${round.period} ${stateWords(round.state)}，还没有冻结，不能生成通报。`,
      { family: 'state' },
    );
  }
  return readRoundTables(store, round);
}

/** The same of a round that may still be under review: what its bulletin would say now. Throws `round.not-reviewing` before. */
export async function readReviewedRound(store: Store, period: string): Promise<FrozenRound> {
  const round = await requireRound(inspectionDb(store), period);
  if (!isClosed(round.state) && round.state !== 'reviewing') {
    throw new UserError(
      'round.not-reviewing',
      `批次 ${round.period} ${stateWords(round.state)}，判定完成后才能预览通报。`,
      { family: 'state' },
    );
  }
  return readRoundTables(store, round);
}

async function readRoundTables(store: Store, round: Round): Promise<FrozenRound> {
  const db = inspectionDb(store);
  const subjects = await listRoundSubjects(db, round.id);
  const { printRows, roots } = await registerOf(db, round.id);
  const bySubject = new Map(
    subjects.map((each) => [`${each.subject.kind}:${each.subject.id}`, each]),
  );
  const previous = await previousFailures(store.db, round.period);
  const order = new Map(round.ruleset.rules.map((rule, index) => [rule.id, index]));
  const breaches = await breachesOf(db, round.id);
  const scored = idsOfParts(round.ruleset, 'deduct', 'bonus');
  const failing = subjects.flatMap((each): FailingSubject[] => {
    const breach = breaches.get(`${each.subject.kind}:${each.subject.id}`) ?? [];
    const vetoes = breach.filter((rule) => !scored.has(rule));
    const score = vetoes.length > 0 ? null : failingScore(each.verdict);
    if (vetoes.length === 0 && score === null) return [];
    const rules = (score === null ? vetoes : score.rules).sort(
      (a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0),
    );
    const before = previous
      .filter((row) => row.kind === each.subject.kind && row.subjectId === each.subject.id)
      .flatMap((row) =>
        row.problems.map((problem) => ruleByLabel(round.ruleset, row.kind, problem)),
      );
    return [
      {
        subject: each.subject,
        rules,
        score: score && { centipoints: score.centipoints, failBelow: score.failBelow },
        lastUpdate: each.lastUpdate,
        repeatedRules: rules.filter((rule) => before.includes(rule)),
      },
    ];
  });
  const undetermined = (await undeterminedOf(db, round)).flatMap(({ finding, reason }) => {
    const each = bySubject.get(`${finding.kind}:${finding.subjectId}`);
    return each ? [{ subject: each.subject, rule: finding.ruleId, reason }] : [];
  });
  return {
    ...{ round, printRows, roots },
    subjects,
    failing,
    undetermined,
    previousPeriod: previous[0]?.period ?? null,
    previousListed: previous.map(({ kind, subjectId }) => ({ kind, id: subjectId })),
  };
}

/** Rules that stand as breached, by `kind:subject`. */
async function breachesOf(db: InspectionDb, roundId: number): Promise<Map<string, string[]>> {
  const breaches = new Map<string, string[]>();
  for (const finding of await listFindings(db, roundId, { status: 'breached' })) {
    if (finding.review === 'rejected' || finding.review === 'cannotJudge') continue;
    const key = `${finding.kind}:${finding.subjectId}`;
    const known = breaches.get(key) ?? [];
    if (!known.includes(finding.ruleId)) known.push(finding.ruleId);
    breaches.set(key, known);
  }
  return breaches;
}

/** The score of a portal that is too low, with the deductions that made it so; null of whatever does not fail by its score. */
function failingScore(
  verdict: Verdict | null,
): { centipoints: number; failBelow: number; rules: string[] } | null {
  if (verdict?.kind !== 'scored' || verdict.passes) return null;
  const { entries, failBelow } = verdict.score;
  const rules = entries
    .filter(({ part }) => part === 'deduct')
    .flatMap(({ lines }) => lines.filter(({ state }) => state === 'counted'))
    .map(({ ruleId }) => ruleId);
  return { centipoints: verdict.centipoints, failBelow, rules };
}

/** What no bulletin counts, as far as a result depends on it: the machine could not tell, or a person who looked could not. */
async function undeterminedOf(
  db: InspectionDb,
  round: Round,
): Promise<{ finding: StoredFinding; reason: string }[]> {
  const { id: roundId } = round;
  const isSettled = await settledByScore(db, round);
  const byMachine = (await listFindings(db, roundId, { status: 'undetermined' })).flatMap(
    (finding) =>
      finding.judgement.status === 'undetermined' &&
      (finding.review === 'open' || finding.review === 'cannotJudge')
        ? [{ finding, reason: finding.judgement.reason }]
        : [],
  );
  const doubted = await listFindings(db, roundId, { status: 'breached', review: 'cannotJudge' });
  const reviews = await listReviewsOf(
    db,
    doubted.map(({ id }) => id),
  );
  const byPerson = doubted.map((finding) => {
    const note = reviews
      .get(finding.id)
      ?.findLast(({ decision }) => decision === 'cannotJudge')?.note;
    return { finding, reason: `审核人认为不能判定：${note ?? ''}` };
  });
  return [...byMachine, ...byPerson].filter(({ finding }) => !isSettled(finding));
}
