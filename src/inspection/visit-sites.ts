import { observed } from '../domain/fact.ts';
import type { Site } from '../domain/subject.ts';
import { ControlTargets } from '../gather/probe/control-targets.ts';
import { runVisits, type VisitRow } from '../gather/probe/run-visits.ts';
import { visitSchedule } from '../gather/probe/visit-schedule.ts';
import { insertFacts } from './fact.repository.ts';
import { type GatherContext, WORK } from './gather-context.ts';
import { inspectionDb, inTransaction } from './inspection-db.ts';
import { doneSlots, insertProbes, type ProbeRow, summariseVisits } from './probe.repository.ts';
import { recordFact, VANTAGE } from './record-facts.ts';
import { listRoundSubjects, markSubject, type RoundSubject } from './round.repository.ts';
import { countVisit } from './round-metrics.ts';

/** Asked only when a visit fails: if none of these answers either, our own line is down. Large sites of the central government. */
const CONTROL_URLS = [
  'https://www.gov.cn/',
  'https://www.mof.gov.cn/',
  'https://www.stats.gov.cn/',
];

/** Makes the scheduled home-page visits of every site, keeps each as a raw row, and sums them up as facts. */
export async function visitSites(context: GatherContext): Promise<void> {
  const { deps, round, outside, meter, io } = context;
  const db = inspectionDb(deps.store);
  const sites = (await listRoundSubjects(db, round.id)).filter(
    ({ subject, checked, stage }) => checked && subject.kind === 'site' && stage === 'planned',
  );
  if (sites.length === 0) return;
  const done = await doneSlots(
    db,
    round.id,
    sites.map(({ subject }) => subject.id),
  );
  const plans = sites.map(({ subject, monitoredAt }) => ({
    subjectId: subject.id,
    url: (subject as Site).homeUrl,
    visits: visitSchedule(monitoredAt).flatMap((scheduledAt, slot) =>
      done.get(subject.id)?.has(slot) ? [] : [{ slot, scheduledAt }],
    ),
  }));
  for await (const batch of runVisits({
    plans,
    clock: round.clock,
    fetcher: outside,
    controls: new ControlTargets(outside, round.clock === 'live' ? CONTROL_URLS : []),
    signal: io.signal,
    now: io.now,
    vantage: VANTAGE,
  })) {
    await insertProbes(db, round.id, batch.map(probeRow));
    for (const { outcome } of batch) countVisit(outcome);
    meter.counters.probes += batch.length;
    meter.counters.records += batch.length;
    meter.advance(batch.length * WORK.visit);
  }
  for (const site of sites) await sumUp(context, site);
}

function probeRow(row: VisitRow): ProbeRow {
  return {
    subject_id: row.subjectId,
    slot: row.slot,
    scheduled_at: row.scheduledAt,
    happened_at: row.happenedAt,
    url: row.url,
    address: row.address,
    outcome: row.outcome,
    error_class: row.errorClass,
    status: row.status,
    dns_ms: row.timings.dnsMs,
    tcp_ms: row.timings.tcpMs,
    tls_ms: row.timings.tlsMs,
    ttfb_ms: row.timings.ttfbMs,
    total_ms: row.timings.totalMs,
    vantage: row.vantage,
    paced: row.paced,
  };
}

async function sumUp(
  context: GatherContext,
  { subject, monitoredAt }: RoundSubject,
): Promise<void> {
  const { deps, round, io } = context;
  await inTransaction(deps.store, async (trx) => {
    const visits = await summariseVisits(
      trx,
      round.id,
      subject.id,
      visitSchedule(monitoredAt),
      (subject as Site).homeUrl,
    );
    const origin = { subjectId: subject.id, gatherer: 'probe/visits', gatheredAt: io.now() };
    await insertFacts(trx, { roundId: round.id, kind: 'site', subjectId: subject.id }, [
      recordFact('site.visits', observed(visits), origin),
    ]);
    await markSubject(trx, round.id, subject, { stage: 'visited' });
  });
}
