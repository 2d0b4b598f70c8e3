import { sql } from 'kysely';
import {
  type Acting,
  assertMay,
  assertSees,
  may,
  nameOf,
  type Person,
  personOf,
} from '../../domain/acting.ts';
import { absent, observed } from '../../domain/fact.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { Store } from '../../store/store.ts';
import { loadFacts, replaceFact } from '../fact.repository.ts';
import { listFindings, type StoredFinding, updateReview } from '../finding.repository.ts';
import { type InspectionDb, inTransaction } from '../inspection-db.ts';
import { recordFact } from '../record-facts.ts';
import { refreshVerdicts } from '../review/refresh-verdicts.ts';
import { insertReview } from '../review/review.repository.ts';
import { findRoundSubjects, lockStage, requireRound } from '../round.repository.ts';
import { isClosed, type Round } from '../round.ts';
import { judgeWithin } from '../work/judge-task.ts';

export const REASON_MAX = 500;

export interface Withdrawal {
  readonly observationId: number;
  readonly reason: string;
  readonly at: Instant;
}

interface Sight {
  readonly accountId: number;
  readonly observedAt: Instant;
  readonly account: string;
  readonly sponsorId: number;
  readonly by: string | null;
  readonly byId: number | null;
  readonly withdrawnBy: string | null;
}

/**
 * Takes back a mistaken sight (人工观察): it stays as it was said, counts no more, and rounds that are not frozen are judged again
 * without it. By who saw it, or a supervisor. Returns the periods that were judged again. Audited. Throws {@link UserError}
 * `observation.unknown` (also outside of somebody's scope), `observation.withdrawn`, `observation.frozen`, `observation.reason`,
 * `identity.forbidden`.
 */
export async function withdrawObservation(
  deps: { readonly store: Store },
  acting: Acting,
  { observationId, reason, at }: Withdrawal,
): Promise<readonly string[]> {
  assertMay(acting, 'observation.enter');
  const why = reason.trim();
  if (why === '' || why.length > REASON_MAX)
    throw new UserError('observation.reason', `请写明撤回的理由，不超过 ${REASON_MAX} 字。`, {
      field: 'reason',
    });
  return inTransaction(deps.store, async (trx) => {
    const sight = await requireSight(trx, acting, observationId);
    const person = personOf(acting);
    if (!isOwnOrSupervised(acting, sight))
      throw new UserError(
        'identity.forbidden',
        '只有登记这条观察的人或主管单位可以撤回；请告诉他们哪里有误。',
        { details: ['observation.withdraw'] },
      );
    const rounds = await lockRounds(trx, sight.accountId);
    await assertNotFrozen(trx, sight);
    await sql`
      update observation set withdrawn_at = ${at}, withdrawn_by = ${person.name},
             withdrawn_by_id = ${person.userId}, withdrawn_why = ${why}
       where id = ${observationId}`.execute(trx);
    const judgedAgain: string[] = [];
    for (const round of rounds)
      if (await takeOut(trx, person, { round, sight, at })) judgedAgain.push(round.period);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'observation.withdraw' },
      subject: `account:${sight.accountId}`,
      detail: { name: sight.account, observationId, reason: why, judgedAgain },
      before: { observedAt: sight.observedAt, by: sight.by, withdrawnAt: null },
      after: { withdrawnAt: at },
    });
    return judgedAgain;
  });
}

async function requireSight(trx: InspectionDb, acting: Acting, id: number): Promise<Sight> {
  const { rows } = await sql<Sight>`
    select o.account_id as "accountId", o.observed_at as "observedAt", a.name as account,
           a.sponsor_id as "sponsorId", o.seen_by as by, o.seen_by_id as "byId", o.withdrawn_by as "withdrawnBy"
      from observation o join account a on a.id = o.account_id where o.id = ${id} for update of o`.execute(
    trx,
  );
  const unknown = (): UserError => new UserError('observation.unknown', '没有这条人工观察。');
  const [sight] = rows;
  if (sight === undefined) throw unknown();
  assertSees(acting, sight.sponsorId, unknown);
  if (sight.withdrawnBy !== null)
    throw new UserError('observation.withdrawn', `${sight.withdrawnBy}已经撤回这条观察。`, {
      family: 'state',
    });
  return sight;
}

/**
 * Whether somebody may take a sight back: it is his, or he supervises. Names in a file are no users: such sights are the
 * supervisor's.
 */
export function isOwnOrSupervised(
  acting: Acting,
  { byId }: { readonly byId: number | null },
): boolean {
  if (!may(acting, 'observation.enter')) return false;
  return (byId !== null && byId === personOf(acting).userId) || may(acting, 'observation.withdraw');
}

/** Rounds of the account that are not frozen, none of which is frozen before this transaction ends. */
async function lockRounds(trx: InspectionDb, accountId: number): Promise<Round[]> {
  const { rows } = await sql<{ period: string }>`
    select r.period from round r join round_subject s on s.round_id = r.id
     where s.kind = 'account' and s.subject_id = ${accountId} and s.checked
       and r.state not in ('frozen', 'issued') order by r.period`.execute(trx);
  const rounds: Round[] = [];
  for (const { period } of rows) {
    await lockInTransaction(trx, `round:${period}`);
    const round = await requireRound(trx, period);
    if (!isClosed(round.state)) rounds.push(round);
  }
  return rounds;
}

async function assertNotFrozen(trx: InspectionDb, sight: Sight): Promise<void> {
  const mention = JSON.stringify([{ observedAt: sight.observedAt }]);
  const { rows } = await sql<{ period: string }>`
    select r.period from fact f join round r on r.id = f.round_id
     where f.kind = 'account' and f.subject_id = ${sight.accountId} and f.key = 'account.observations'
       and r.state in ('frozen', 'issued') and f.value @> ${mention}::jsonb order by r.period`.execute(
    trx,
  );
  if (rows.length === 0) return;
  throw new UserError(
    'observation.frozen',
    `批次 ${rows.map(({ period }) => period).join('、')} 已经按这条观察冻结，不能撤回；请另登记一条正确的观察，对通报的不同意见走申辩或复核。`,
    { family: 'state' },
  );
}

interface Outing {
  readonly round: Round;
  readonly sight: Sight;
  readonly at: Instant;
}

/** The round's fact without the sight; judged again where it was judged. False where the round did not take it in. */
async function takeOut(
  trx: InspectionDb,
  person: Person,
  { round, sight, at }: Outing,
): Promise<boolean> {
  const owner = { roundId: round.id, kind: 'account' as const, subjectId: sight.accountId };
  const stage = await lockStage(trx, round.id, { kind: 'account', id: sight.accountId });
  const facts = (await loadFacts(trx, round.id, 'account', [sight.accountId])).get(sight.accountId);
  const fact = facts?.['account.observations'];
  if (fact?.state !== 'observed') return false;
  const left = fact.value.filter(({ observedAt }) => observedAt !== sight.observedAt);
  if (left.length === fact.value.length) return false;
  const pictures = new Set(left.flatMap(({ picture }) => picture ?? []));
  const origin = {
    ...{ subjectId: sight.accountId, gatherer: 'observation', gatheredAt: at },
    snapshots: fact.snapshots.filter((sha256) => pictures.has(sha256)),
  };
  const without = left.length > 0 ? observed(left) : absent;
  await replaceFact(trx, owner, recordFact('account.observations', without, origin));
  if (stage !== 'judged') return false;
  const before = await ofMachine(trx, owner);
  const slice = await findRoundSubjects(trx, round.id, 'account', [sight.accountId]);
  await judgeWithin(trx, round, { kind: 'account', slice }, at);
  const changed = changedReviewed(before, await ofMachine(trx, owner));
  for (const { id } of changed) await reopen(trx, id, person, at);
  await refreshVerdicts(trx, round, 'account', [sight.accountId]);
  return true;
}

const ofMachine = async (
  trx: InspectionDb,
  { roundId, kind, subjectId }: { roundId: number; kind: 'account'; subjectId: number },
): Promise<StoredFinding[]> =>
  (await listFindings(trx, roundId, { kind, subjectId })).filter(
    ({ source }) => source === 'machine',
  );

/** Findings that somebody decided on, and that now say something else. */
function changedReviewed(
  before: readonly StoredFinding[],
  after: readonly StoredFinding[],
): StoredFinding[] {
  const words = new Map(before.map(({ id, judgement }) => [id, JSON.stringify(judgement)]));
  return after.filter(
    ({ id, review, judgement }) => review !== 'open' && words.get(id) !== JSON.stringify(judgement),
  );
}

async function reopen(
  trx: InspectionDb,
  findingId: number,
  { name, userId }: Person,
  at: Instant,
): Promise<void> {
  await updateReview(trx, findingId, 'open');
  await insertReview(trx, findingId, {
    ...{ decision: 'reopen', reviewer: name, reviewerId: userId, reviewedAt: at },
    note: '所依据的人工观察已撤回，重新判定，此前的审核意见作废',
  });
}
