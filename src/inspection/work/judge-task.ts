import { z } from 'zod';
import type { FactSet } from '../../domain/fact.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import { INDICATORS } from '../../indicators/index.generated.ts';
import { lastUpdateOf } from '../../indicators/shared/last-update.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { judgeSubject } from '../../scoring/index.ts';
import type { Store } from '../../store/store.ts';
import { insertFacts, loadFacts } from '../fact.repository.ts';
import { replaceMachineFindings } from '../finding.repository.ts';
import { type InspectionDb, inspectionDb, inTransaction } from '../inspection-db.ts';
import { recordFact } from '../record-facts.ts';
import { refreshVerdicts } from '../review/refresh-verdicts.ts';
import {
  findRoundSubjects,
  lockSubjects,
  markSubject,
  type RoundSubject,
} from '../round.repository.ts';
import type { Round } from '../round.ts';
import { accountRegisterFacts } from './account-register.ts';
import type { NewTask } from './task.repository.ts';

/** Subjects judged per transaction: bounds memory, and loses little when interrupted. */
const SLICE = 50;

const JudgePayload = z.object({
  kind: z.enum(['site', 'account']),
  subjectIds: z.array(z.number().int()),
});

export function planJudging(subjects: readonly RoundSubject[]): NewTask[] {
  return (['site', 'account'] as const).flatMap((kind) => {
    const ids = subjects
      .filter(({ subject }) => subject.kind === kind)
      .map((each) => each.subject.id);
    return Array.from({ length: Math.ceil(ids.length / SLICE) }, (_, slice) => ({
      key: `${kind} ${String(slice).padStart(6, '0')}`,
      payload: { kind, subjectIds: ids.slice(slice * SLICE, (slice + 1) * SLICE) },
      startAfter: null,
    }));
  });
}

/** What judging needs of a running round: nothing of the outside world. */
export interface JudgeContext {
  readonly deps: { readonly store: Store };
  readonly round: Round;
  readonly now: () => Instant;
}

/** Judges gathered subjects. Pure per subject: judging again changes nothing. */
export async function judgeSubjects(context: JudgeContext, payload: unknown): Promise<void> {
  const { kind, subjectIds } = JudgePayload.parse(payload);
  const { deps, round } = context;
  const slice = await findRoundSubjects(inspectionDb(deps.store), round.id, kind, subjectIds);
  if (slice.length > 0)
    await inTransaction(deps.store, (trx) =>
      judgeWithin(trx, round, { kind, slice }, context.now()),
    );
}

/** Judges subjects in a transaction: nobody takes a sight of theirs back meanwhile (withdraw-observation.ts). */
export async function judgeWithin(
  trx: InspectionDb,
  round: Round,
  { kind, slice }: { readonly kind: SubjectKind; readonly slice: readonly RoundSubject[] },
  at: Instant,
): Promise<void> {
  const ids = slice.map(({ subject }) => subject.id);
  await lockSubjects(trx, round.id, kind, ids);
  const accounts = slice.flatMap(({ subject }) => (subject.kind === 'account' ? [subject] : []));
  const registered = await accountRegisterFacts(trx, round.id, accounts, at);
  for (const each of slice)
    await insertFacts(trx, { roundId: round.id, kind, subjectId: each.subject.id }, [
      ...commonFacts(each, at),
      ...(registered.get(each.subject.id) ?? []),
    ]);
  const facts = await loadFacts(trx, round.id, kind, ids);
  for (const { subject } of slice) {
    const ofSubject: FactSet = facts.get(subject.id) ?? {};
    const judged = judgeSubject(round.ruleset, INDICATORS, ofSubject, kind);
    await replaceMachineFindings(trx, { roundId: round.id, kind, subjectId: subject.id }, judged);
    const lastUpdate = kind === 'account' ? lastUpdateOf(ofSubject) : { date: null, none: false };
    await markSubject(trx, round.id, subject, {
      stage: 'judged',
      last_update_on: lastUpdate.date,
      last_update_none: lastUpdate.none,
    });
  }
  // What persons decided or entered before counts, whenever the machine judges.
  await refreshVerdicts(trx, round, kind, ids);
}

/** What the register and the plan say of a subject, as facts like any other. */
function commonFacts({ subject, monitoredAt }: RoundSubject, at: Instant) {
  const origin = { subjectId: subject.id, gatherer: 'registry', gatheredAt: at };
  const register = {
    status: subject.status,
    hasService: subject.kind === 'site' && subject.hasService,
    isPortal: subject.kind === 'site' && subject.isPortal,
    platform: subject.kind === 'account' ? subject.platform : '',
  };
  return [
    recordFact('round.monitoredAt', { state: 'observed', value: monitoredAt }, origin),
    recordFact('subject.register', { state: 'observed', value: register }, origin),
  ];
}
