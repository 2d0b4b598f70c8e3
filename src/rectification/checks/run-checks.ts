import { sql } from 'kysely';
import type { Judgement } from '../../domain/finding.ts';
import { recordAudit } from '../../identity/index.ts';
import { checkSubjectAgain, Postponed, type SubjectCheck } from '../../inspection/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { findCase, lockCase, takeStep } from '../cases/case.repository.ts';
import type { CheckOutcome, RectificationCase } from '../cases/case.ts';
import { OUTCOME_WORDS } from '../cases/case-words.ts';
import type { RectificationTrx } from '../cases/step-case.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';

/** How the program itself signs what it does. */
export const BY_PROGRAM = { name: '系统', userId: null } as const;
/** Looks of one run: the next run goes on. */
const RUN_MAX = 200;
/** A look that was begun and not ended for this long was killed: another process takes it. */
const LOST_AFTER_MS = 45 * 60_000;
/** What failed is tried again this long after, the second time twice as long. */
const AGAIN_AFTER_MS = 10 * 60_000;
/** Tries before a person has to look. */
const TRIES_MAX = 3;

interface Claimed {
  readonly id: number;
  readonly caseId: number;
  readonly purpose: 'submitted' | 'self';
  readonly tries: number;
}

/**
 * Does the looks that wait, one after another (each asks one address at our pace). Several processes may do so at once: each look is one's.
 * What fails three times is undetermined, and says why. Returns how many are done, and how many wait for another time.
 */
export async function runChecks(
  deps: RectificationDeps,
  io: { readonly now: () => Instant; readonly signal: AbortSignal },
): Promise<{ readonly done: number; readonly later: number }> {
  let [done, later] = [0, 0];
  while (done + later < RUN_MAX && !io.signal.aborted) {
    const claimed = await claim(deps, io.now());
    if (claimed === null) break;
    if (await runCheck(deps, claimed, io)) done += 1;
    else later += 1;
  }
  return { done, later };
}

/** The oldest that nobody does. */
async function claim({ store }: RectificationDeps, at: Instant): Promise<Claimed | null> {
  const { rows } = await sql<Claimed>`
    update rectification_check set claimed_at = ${at}, tries = tries + 1
     where id = (
       select id from rectification_check
        where done_at is null and (not_before is null or not_before <= ${at})
          and (claimed_at is null or claimed_at < ${after(at, -LOST_AFTER_MS)})
        order by id limit 1 for update skip locked)
    returning id, case_id as "caseId", purpose, tries`.execute(store.db);
  return rows[0] ?? null;
}

/** True when it is done, false when it is left to another time. */
async function runCheck(
  deps: RectificationDeps,
  claimed: Claimed,
  { now, signal }: { readonly now: () => Instant; readonly signal: AbortSignal },
): Promise<boolean> {
  const given = await findCase(rectificationDb(deps.store.db), claimed.caseId);
  if (given === null) return true;
  let check: SubjectCheck;
  try {
    check = await checkSubjectAgain(deps, {
      ...{ roundId: given.roundId, kind: given.kind, subjectId: given.subjectId },
      ...{ ruleId: given.rule.id, at: now(), signal },
    });
  } catch (error) {
    if (error instanceof Postponed) {
      await putOff(deps, claimed, { until: error.until, tries: claimed.tries - 1 });
      return false;
    }
    if (claimed.tries < TRIES_MAX || signal.aborted) {
      const until = after(now(), claimed.tries * AGAIN_AFTER_MS);
      await putOff(deps, claimed, { until, tries: claimed.tries });
      return false;
    }
    const why = error instanceof UserError ? error.message : '复核没有做成';
    check = {
      id: null,
      judgement: { status: 'undetermined', reason: `${why}；请人工打开核对`, missing: [] },
    };
  }
  await settle(deps, claimed, { given, check, at: now() });
  return true;
}

const putOff = (
  { store }: RectificationDeps,
  { id }: Claimed,
  { until, tries }: { readonly until: Instant; readonly tries: number },
): Promise<unknown> =>
  rectificationDb(store.db)
    .updateTable('rectification_check')
    .set({ claimed_at: null, not_before: until, tries })
    .where('id', '=', id)
    .execute();

const after = (at: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(at) + milliseconds).toISOString();

/** What a judgement says of a case: 不适用 is no proof that anything was mended. */
export function outcomeOf(judgement: Judgement): { outcome: CheckOutcome; words: string } {
  switch (judgement.status) {
    case 'met':
      return { outcome: 'met', words: judgement.note ?? '' };
    case 'breached': {
      const [first] = judgement.evidence;
      return { outcome: 'breached', words: judgement.note ?? first.excerpt };
    }
    case 'notApplicable':
    case 'undetermined':
      return { outcome: 'undetermined', words: judgement.reason };
  }
}

/** Keeps what was seen; the re-check of an answer moves its case on to a person of the supervisor. */
async function settle(
  { store }: RectificationDeps,
  claimed: Claimed,
  { given, check, at }: { given: RectificationCase; check: SubjectCheck; at: Instant },
): Promise<void> {
  const { outcome, words } = outcomeOf(check.judgement);
  await store.transaction(async (any) => {
    const trx = any as unknown as RectificationTrx;
    await trx
      .updateTable('rectification_check')
      .set({ done_at: at, outcome, words, subject_check_id: check.id })
      .where('id', '=', claimed.id)
      .execute();
    const now = await lockCase(trx, given.id);
    // Merged or decided meanwhile: what was seen is kept, and changes nothing.
    const moves = claimed.purpose === 'submitted' && now?.state === 'submitted';
    if (moves)
      await takeStep(
        trx,
        given.id,
        {
          ...{ step: 'rechecked', state: 'rechecked', by: BY_PROGRAM, at, note: words },
          detail: { outcome, check: claimed.id },
        },
        { outcome },
      );
    await recordAudit(trx, {
      ...{ actor: BY_PROGRAM.name, action: 'rectification.rechecked' },
      ...{ subject: `rectification:${given.id}`, detail: { purpose: claimed.purpose } },
      ...{ before: null, after: { outcome: OUTCOME_WORDS[outcome], words } },
    });
  });
}
