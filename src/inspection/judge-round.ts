import type { FactSet } from '../domain/fact.ts';
import type { Finding } from '../domain/finding.ts';
import { recordAudit } from '../identity/index.ts';
import { INDICATORS } from '../indicators/index.generated.ts';
import { lastUpdateOf } from '../indicators/shared/last-update.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { judgeSubject, verdictOf } from '../scoring/index.ts';
import type { Store } from '../store/store.ts';
import { insertFacts, loadFacts } from './fact.repository.ts';
import { replaceMachineFindings } from './finding.repository.ts';
import { inspectionDb, inTransaction } from './inspection-db.ts';
import type { ProgressMeter } from './progress.ts';
import { recordFact } from './record-facts.ts';
import {
  listRoundSubjects,
  markSubject,
  type RoundSubject,
  updateRoundState,
} from './round.repository.ts';
import type { Round } from './round.ts';

/** Subjects judged per transaction: bounds memory, and loses little when interrupted. */
const SLICE = 50;

/** Judges every gathered subject of the round and leaves it ready for review. Pure per subject: judging again changes nothing. */
export async function judgeRound(
  deps: { store: Store },
  actor: string,
  round: Round,
  io: { meter: ProgressMeter; at: Instant; signal: AbortSignal },
): Promise<void> {
  const db = inspectionDb(deps.store);
  const subjects = (await listRoundSubjects(db, round.id)).filter(({ checked }) => checked);
  for (const kind of ['site', 'account'] as const) {
    const ofKind = subjects.filter(({ subject }) => subject.kind === kind);
    for (let start = 0; start < ofKind.length; start += SLICE) {
      io.signal.throwIfAborted();
      await judgeSlice(deps.store, round, ofKind.slice(start, start + SLICE), io.at);
      io.meter.advance(Math.min(SLICE, ofKind.length - start));
    }
  }
  await inTransaction(deps.store, async (trx) => {
    await updateRoundState(trx, round.id, { state: 'reviewing' });
    await recordAudit(trx, {
      actor,
      action: 'round.judge',
      subject: `round:${round.period}`,
      detail: { subjects: subjects.length, ruleset: round.ruleset.id },
    });
  });
}

async function judgeSlice(
  store: Store,
  round: Round,
  slice: readonly RoundSubject[],
  at: Instant,
): Promise<void> {
  const kind = slice[0]!.subject.kind;
  await inTransaction(store, async (trx) => {
    for (const each of slice)
      await insertFacts(
        trx,
        { roundId: round.id, kind, subjectId: each.subject.id },
        commonFacts(each, at),
      );
    const facts = await loadFacts(
      trx,
      round.id,
      kind,
      slice.map(({ subject }) => subject.id),
    );
    for (const { subject } of slice) {
      const ofSubject: FactSet = facts.get(subject.id) ?? {};
      const judged = judgeSubject(round.ruleset, INDICATORS, ofSubject, kind);
      await replaceMachineFindings(trx, { roundId: round.id, kind, subjectId: subject.id }, judged);
      const findings = judged.map(
        (finding): Finding => ({
          ...finding,
          subjectId: subject.id,
          source: 'machine',
          review: 'open',
        }),
      );
      const lastUpdate = kind === 'account' ? lastUpdateOf(ofSubject) : { date: null, none: false };
      await markSubject(trx, round.id, subject, {
        stage: 'judged',
        verdict: JSON.stringify(verdictOf(findings)),
        last_update_on: lastUpdate.date,
        last_update_none: lastUpdate.none,
      });
    }
  });
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
