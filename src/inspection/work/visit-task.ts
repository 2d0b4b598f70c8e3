import { z } from 'zod';
import { movedSchedule } from '../../domain/quiet-hours.ts';
import type { Site } from '../../domain/subject.ts';
import { CONTROL_URLS, ControlTargets } from '../../gather/probe/control-targets.ts';
import { runVisits, type VisitPlan, type VisitRow } from '../../gather/probe/run-visits.ts';
import { visitSchedule } from '../../gather/probe/visit-schedule.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { quietHoursOf } from '../../registry/index.ts';
import { inspectionDb } from '../inspection-db.ts';
import { doneSlots, type ProbeRow } from '../probe.repository.ts';
import { VANTAGE } from '../record-facts.ts';
import { findRoundSubjects, type RoundSubject } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { countVisit } from '../round-metrics.ts';
import type { RoundContext } from './round-context.ts';
import { type NewTask, Postponed } from './task.repository.ts';

/** Sites and scheduled instants of one task: in replay some 600 visits, live one instant of some sites. */
const SITES = 60;
const REPLAYED_SLOTS = 10;
const VISITS_AT_ONCE = 32;

const VisitPayload = z.object({
  subjectIds: z.array(z.number().int()),
  from: z.number().int(),
  to: z.number().int(),
});

/** The visits of all sites as tasks, earliest first; live ones wait for their instant. */
export function planVisits(round: Round, sites: readonly RoundSubject[]): NewTask[] {
  const slots = round.clock === 'live' ? 1 : REPLAYED_SLOTS;
  const tasks: NewTask[] = [];
  for (const [monitoredAt, group] of Map.groupBy(sites, (site) => site.monitoredAt)) {
    const schedule = visitSchedule(monitoredAt);
    for (let from = 0; from < schedule.length; from += slots) {
      for (let start = 0; start < group.length; start += SITES) {
        const subjectIds = group.slice(start, start + SITES).map(({ subject }) => subject.id);
        tasks.push({
          key: `${String(from).padStart(3, '0')}-${subjectIds[0]}`,
          payload: { subjectIds, from, to: Math.min(from + slots, schedule.length) },
          startAfter: round.clock === 'live' ? schedule[from]! : null,
        });
      }
    }
  }
  return tasks;
}

/** Makes scheduled home-page visits and keeps each as a raw row; those that are kept already are left out. */
export async function doVisits(
  context: RoundContext,
  payload: unknown,
  signal: AbortSignal,
): Promise<void> {
  const { subjectIds, from, to } = VisitPayload.parse(payload);
  const { deps, round, outside } = context;
  const db = inspectionDb(deps.store);
  const sites = await findRoundSubjects(db, round.id, 'site', subjectIds);
  const done = await doneSlots(db, round.id, subjectIds, [from, to]);
  const open = await openVisits(
    context,
    sites,
    (subjectId, slot) => slot >= from && slot < to && !done.get(subjectId)?.has(slot),
  );
  await runVisits({
    plans: open.plans,
    clock: round.clock,
    fetcher: outside,
    controls: new ControlTargets(outside, round.clock === 'live' ? CONTROL_URLS : []),
    signal,
    now: context.now,
    vantage: VANTAGE,
    atOnce: VISITS_AT_ONCE,
    onVisit: async (row) => {
      await context.visits.add(probeRow(row));
      countVisit(row.outcome);
    },
  });
  if (open.nextAt !== null) throw new Postponed(open.nextAt);
}

/** Quiet hours move a visit for longer than this: it is left to a later run of its task, which must not wait in a worker's hands. */
const SOON_MS = 2 * 60_000;

/** The visits to be made now, and when the next of those that quiet hours moved is due. Rounds made up for a past period move nothing. */
async function openVisits(
  { deps, round, now }: RoundContext,
  sites: readonly RoundSubject[],
  isOpen: (subjectId: number, slot: number) => boolean,
): Promise<{ plans: VisitPlan[]; nextAt: Instant | null }> {
  const ids = sites.map(({ subject }) => subject.id);
  const quiet = round.clock === 'live' ? await quietHoursOf(deps.store.db, ids) : new Map();
  const soon = Date.parse(now()) + SOON_MS;
  let nextAt: Instant | null = null;
  const plans = sites.map(({ subject, monitoredAt }): VisitPlan => {
    const schedule = visitSchedule(monitoredAt);
    const due = movedSchedule(schedule, quiet.get(subject.id) ?? []);
    const visits = schedule.flatMap((scheduledAt, slot) => {
      const dueAt = due[slot]!;
      if (!isOpen(subject.id, slot)) return [];
      if (dueAt === scheduledAt) return [{ slot, scheduledAt }];
      if (Date.parse(dueAt) <= soon) return [{ slot, scheduledAt, dueAt }];
      if (nextAt === null || dueAt < nextAt) nextAt = dueAt;
      return [];
    });
    return { subjectId: subject.id, url: (subject as Site).homeUrl, visits };
  });
  return { plans, nextAt };
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
