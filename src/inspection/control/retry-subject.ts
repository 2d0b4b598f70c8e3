import { sql } from 'kysely';
import { type Acting, assertMay, assertSees, nameOf, personOf } from '../../domain/acting.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { recordAudit } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { releaseSurveys } from '../../survey/index.ts';
import { type InspectionDb, inRoundTransaction, inspectionDb } from '../inspection-db.ts';
import type { InspectionDeps } from '../inspection-deps.ts';
import { ProgressMeter } from '../progress.ts';
import { findRoundSubjects, markSubject, requireRound } from '../round.repository.ts';
import { isClosed, type Round, stateWords } from '../round.ts';
import type { PlannedRunIo } from '../run-round.ts';
import { recordSharedOutages } from '../shared-outages.ts';
import { judgeSubjects } from '../work/judge-task.ts';
import { measureRound } from '../work/measure-round.ts';
import { runTasks } from '../work/run-tasks.ts';
import { workOnRounds } from '../work/work-on-rounds.ts';
import { holdRound } from './hold-round.ts';
import { assertNotRunning } from './round-run.repository.ts';

export interface RetryInput {
  readonly period: string;
  readonly kind: SubjectKind;
  readonly subjectId: number;
  readonly at: Instant;
}

/**
 * Throws away the pages, facts and machine findings that a round holds of one subject, so that it is gathered again; visits stay,
 * for theirs was the moment. What persons decided stays as rows, but counts no more. Returns the round.
 * Throws {@link UserError} `round.*`, `subject.unknown`, `identity.forbidden`.
 */
export async function resetSubject(
  deps: Pick<InspectionDeps, 'store'>,
  acting: Acting,
  input: RetryInput,
): Promise<Round> {
  assertMay(acting, 'round.run');
  return inRoundTransaction(deps.store, input.period, async (trx) => {
    const round = await requireRound(trx, input.period);
    if (isClosed(round.state))
      throw new UserError(
        'round.closed',
        `批次 ${round.period} ${stateWords(round.state)}，不能再重新采集。`,
        { family: 'state' },
      );
    await assertNotRunning(trx, deps.store.kind, round);
    const unknown = (): UserError =>
      new UserError('subject.unknown', '该对象不在本批次的检查范围内。', { field: 'subjectId' });
    const [found] = await findRoundSubjects(trx, round.id, input.kind, [input.subjectId]);
    if (!found?.checked) throw unknown();
    assertSees(acting, found.subject.sponsorId, unknown);
    const forgotten = await forget(trx, round.id, found.subject);
    const reopened = await reopenReviewed(trx, acting, round.id, input);
    await reopenTask(trx, round.id, found.subject);
    if (input.kind === 'site') await releaseSurveys(trx, round.id, input.subjectId);
    await markSubject(trx, round.id, found.subject, {
      stage: 'planned',
      ...{ pages: 0, feeds: 0, api_calls: 0 },
      ...{ last_update_on: null, last_update_none: false, verdict: null },
    });
    await recordAudit(trx, {
      actor: nameOf(acting),
      action: 'round.retry',
      subject: `round:${round.period}`,
      detail: {
        kind: input.kind,
        subjectId: input.subjectId,
        name: found.subject.name,
        ...forgotten,
        reopened,
      },
      before: { stage: found.stage },
      after: { stage: 'planned' },
    });
    return round;
  });
}

interface SubjectKey {
  readonly kind: SubjectKind;
  readonly id: number;
}

async function forget(
  trx: InspectionDb,
  roundId: number,
  { kind, id }: SubjectKey,
): Promise<{ pages: number; facts: number; findings: number }> {
  const isOfSubject = sql<boolean>`round_id = ${roundId} and kind = ${kind} and subject_id = ${id}`;
  const pages = await trx.deleteFrom('page').where(isOfSubject).executeTakeFirst();
  const facts = await trx.deleteFrom('fact').where(isOfSubject).executeTakeFirst();
  // One that somebody decided on, contests, or was shown to its unit, keeps its number; it is judged anew.
  const findings = await trx
    .deleteFrom('finding')
    .where(isOfSubject)
    .where('source', '=', 'machine')
    .where(
      sql<boolean>`not exists (select 1 from finding_review r where r.finding_id = finding.id)
               and not exists (select 1 from contest c where c.finding_id = finding.id)
               and not exists (select 1 from contest_letter_finding l where l.finding_id = finding.id)`,
    )
    .executeTakeFirst();
  return {
    pages: Number(pages.numDeletedRows),
    facts: Number(facts.numDeletedRows),
    findings: Number(findings.numDeletedRows),
  };
}

/** Reviews of machine findings stay, followed by a row that says why they count no more. Returns the findings' ids. */
async function reopenReviewed(
  trx: InspectionDb,
  acting: Acting,
  roundId: number,
  { kind, subjectId, at }: RetryInput,
): Promise<number[]> {
  const judgement = JSON.stringify({
    status: 'undetermined',
    reason: '正在重新采集',
    missing: [],
  });
  const { rows } = await sql<{ id: number }>`
    update finding set status = 'undetermined', judgement = ${judgement}::jsonb, review = 'open'
     where round_id = ${roundId} and kind = ${kind} and subject_id = ${subjectId} and source = 'machine'
    returning id`.execute(trx);
  const person = personOf(acting);
  for (const { id } of rows)
    await trx
      .insertInto('finding_review')
      .values({
        finding_id: id,
        decision: 'reopen',
        reviewer: person.name,
        reviewer_id: person.userId,
        note: '重新采集、重新判定，此前的审核意见作废',
        reviewed_at: at,
      })
      .execute();
  return rows.map(({ id }) => id);
}

/** Accounts share tasks: those of the others that are done are left alone by their stage. */
async function reopenTask(
  trx: InspectionDb,
  roundId: number,
  { kind, id }: SubjectKey,
): Promise<void> {
  await sql`
    update round_task set done_at = null, done_by = null, failure = null
     where round_id = ${roundId} and (kind = ${kind} or (${kind} = 'site' and kind = 'survey'))
       and (payload->'subjectId' = to_jsonb(${id}::int) or payload->'subjectIds' @> to_jsonb(${id}::int))`.execute(
    trx,
  );
}

/** Gathers and judges a reset subject in a round whose others are done; what interrupts it, the round's next run makes good. */
export async function gatherAgain(
  given: InspectionDeps,
  acting: Acting,
  { round, kind, subjectId }: RetryInput & { round: Round },
  io: PlannedRunIo,
): Promise<void> {
  const store = given.store.patient({ signal: io.signal, onWait: io.note });
  const deps = { ...given, store };
  const hold = {
    startedBy: nameOf(acting),
    inServer: true,
    signal: io.signal,
    ...(io.onHeld ? { onHeld: io.onHeld } : {}),
  };
  await holdRound(deps, round, hold, async (signal) => {
    const meter = new ProgressMeter(deps.progress, round.period);
    const look = async (): Promise<void> => {
      const { done, counters } = await measureRound(inspectionDb(store), round.id);
      meter.update(done, counters);
    };
    const begun = await measureRound(inspectionDb(store), round.id);
    meter.begin(begun.total, begun.done, begun.counters);
    meter.stage(kind === 'site' ? '采集网站' : '采集新媒体');
    await workOnRounds(deps, { ...io, signal }, async (worker) => {
      const db = inspectionDb(worker.deps.store);
      const run = { db, queue: worker.queue, roundId: round.id, signal: worker.signal };
      await runTasks({ ...run, onLook: look }, kind, worker.jobs[kind], []);
      if (kind === 'site')
        await runTasks({ ...run, onLook: look }, 'survey', worker.jobs.survey, []);
      await worker.deps.archive.finish(round.id);
      if (kind === 'site') await recordSharedOutages(worker.deps, round, io.now());
      meter.stage('判定');
      const context = { deps: worker.deps, round, now: io.now };
      await judgeSubjects(context, { kind, subjectIds: [subjectId] });
      await look();
      meter.stage('完成');
    });
  });
}
