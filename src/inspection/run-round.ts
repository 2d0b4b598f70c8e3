import { randomUUID } from 'node:crypto';
import { type Acting, assertMay, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import { parseResolveRule } from '../lib/node/http/resolve-rule.ts';
import { log, withLogFields } from '../lib/node/log.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { holdRound } from './control/hold-round.ts';
import { countFindings } from './finding.repository.ts';
import { type InspectionDb, inspectionDb, inTransaction } from './inspection-db.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { type PlanInput, planRound } from './plan-round.ts';
import { ProgressMeter, type RunCounters } from './progress.ts';
import {
  findRound,
  requireRound,
  updateResolveRules,
  updateRoundState,
} from './round.repository.ts';
import type { Round } from './round.ts';
import { endProgress, showProgress } from './round-metrics.ts';
import { recordSharedOutages } from './shared-outages.ts';
import type { WorkIo } from './work/round-context.ts';
import { RoundStages } from './work/round-stages.ts';
import { workOnRounds } from './work/work-on-rounds.ts';

/** What a running round needs beside its dependencies. */
export type RunIo = WorkIo;

/** The last line of `round run`. */
export interface RunStats extends RunCounters {
  readonly seconds: number;
  readonly peakRssMb: number;
  /** User and system seconds of this process so far. */
  readonly cpuSeconds: number;
}

export interface RunResult {
  readonly round: Round;
  readonly stats: RunStats;
  readonly findings: Readonly<Record<string, number>>;
}

/**
 * Plans a round and runs it to the state 待审核, or resumes one: subjects and visits that are done are not done again.
 * Throws {@link UserError} when the plan contradicts the one begun, when another process runs it, or replay is asked for hosts
 * outside loopback.
 */
export async function runRound(
  deps: InspectionDeps,
  acting: Acting,
  plan: PlanInput,
  io: RunIo,
): Promise<RunResult> {
  assertReplayIsLocal(plan);
  const store = deps.store.patient({ signal: io.signal, onWait: io.note });
  if (!(await findRound(inspectionDb(store), plan.period.key))) assertNotTooLate(plan, io.now());
  const round = await planRound({ store }, acting, plan);
  return runPlannedRound(deps, acting, round, { ...io, resolveRules: plan.resolveRules });
}

/** What a run of a planned round may say beside its surroundings. */
export interface PlannedRunIo extends RunIo {
  /** The way to the hosts, where it changed since the round was planned. */
  readonly resolveRules?: readonly string[];
  /** The server runs it, and runs it on after a restart. */
  readonly inServer?: boolean;
  /** Nothing refuses any more: the round is this run's. */
  readonly onHeld?: () => void;
}

/** Runs a planned round, or resumes it. Every log line meanwhile carries its period and the id of this run. */
export async function runPlannedRound(
  given: InspectionDeps,
  acting: Acting,
  round: Round,
  io: PlannedRunIo,
): Promise<RunResult> {
  assertMay(acting, 'round.run');
  const { period } = round;
  const resolveRules = io.resolveRules ?? round.resolveRules;
  assertReplayIsLocal({ clock: round.clock, resolveRules });
  if (round.state === 'planned') assertNotTooLate(round, io.now());
  // A round lasts for days: it outlives a restart of the database.
  const store = given.store.patient({ signal: io.signal, onWait: io.note });
  const deps = { ...given, store };
  const hold = {
    startedBy: nameOf(acting),
    inServer: io.inServer ?? false,
    signal: io.signal,
    ...(io.onHeld ? { onHeld: io.onHeld } : {}),
  };
  const run = randomUUID().slice(0, RUN_ID_CHARACTERS);
  return withLogFields({ round: period, run }, () =>
    holdRound(deps, round, hold, (signal) =>
      watched(deps, round, signal, async () => {
        await updateResolveRules(inspectionDb(store), round.id, resolveRules);
        return runStages(deps, nameOf(acting), { ...round, resolveRules }, { ...io, signal });
      }),
    ),
  );
}

/** Logs and measures a run from its beginning to its end. */
async function watched(
  deps: InspectionDeps,
  { period, ruleset, clock }: Round,
  signal: AbortSignal,
  work: () => Promise<RunResult>,
): Promise<RunResult> {
  const unsubscribe = deps.progress.subscribe((progress) => {
    if (progress.period === period) showProgress(progress);
  });
  log.info('批次开始运行', { ruleset: ruleset.id, clock });
  try {
    const result = await work();
    log.info('批次已判定', { ...result.stats, findings: result.findings });
    endProgress(period, 'done');
    return result;
  } catch (error) {
    // Where it stopped, everything finished is stored: the same command goes on from there.
    if (signal.aborted) log.warn('批次按要求停下，可以续跑');
    else log.error('批次运行出错', { error });
    endProgress(period, signal.aborted ? 'stopped' : 'failed');
    throw error;
  } finally {
    unsubscribe();
  }
}

/** Enough to tell the runs of one round apart. */
const RUN_ID_CHARACTERS = 8;

async function runStages(
  deps: InspectionDeps,
  actor: string,
  round: Round,
  io: RunIo,
): Promise<RunResult> {
  const meter = new ProgressMeter(deps.progress, round.period);
  await moveTo(deps, actor, round, 'gathering', {
    resolve: round.resolveRules,
    paced: round.resolveRules.length === 0,
  });
  await workOnRounds(deps, io, async (worker) => {
    const stages = new RoundStages({ ...worker, round, meter, io });
    await stages.gather();
    await noteBudget(worker.deps, actor, round, io);
    await recordSharedOutages(worker.deps, round, io.now());
    await moveTo(worker.deps, actor, round, 'judging', {});
    await stages.judge();
    await finishJudging(worker.deps, actor, round);
    await stages.finish();
  });
  const stats = {
    ...meter.counters,
    seconds: Math.round(meter.seconds() * 10) / 10,
    peakRssMb: peakRssMb(),
    cpuSeconds: cpuSeconds(),
  };
  return { round, stats, findings: await countFindings(inspectionDb(deps.store), round.id) };
}

/** The round as given may be older than what is stored. */
async function stateOf(trx: InspectionDb, { period }: Round): Promise<{ state: string }> {
  return { state: (await requireRound(trx, period)).state };
}

async function finishJudging(deps: InspectionDeps, actor: string, round: Round): Promise<void> {
  await inTransaction(deps.store, async (trx) => {
    const before = await stateOf(trx, round);
    await updateRoundState(trx, round.id, { state: 'reviewing' });
    await recordAudit(trx, {
      actor,
      action: 'round.judge',
      subject: `round:${round.period}`,
      detail: { ruleset: round.ruleset.id },
      before,
      after: { state: 'reviewing' },
    });
  });
}

/** Beyond the storage budget only digests are left: said at once, and kept in the trail. */
async function noteBudget(
  deps: InspectionDeps,
  actor: string,
  round: Round,
  io: RunIo,
): Promise<void> {
  const usage = await deps.archive.usage();
  const hit = usage.find(({ roundId, state }) => roundId === round.id && state === 'digest');
  if (!hit) return;
  io.note(`${hit.reason}；用 xunjian evidence status 看占用，evidence prune 清理旧批次。`);
  await inTransaction(deps.store, (trx) =>
    recordAudit(trx, {
      actor,
      action: 'evidence.budget',
      subject: `round:${round.period}`,
      detail: { reason: hit.reason },
    }),
  );
}

const LOOPBACK_RULE = /=\s*(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?\s*$/;

/** Replay visits at once what was scheduled for days: only ever on loopback, or it would be an attack. */
export function assertReplayIsLocal(plan: Pick<PlanInput, 'clock' | 'resolveRules'>): void {
  if (plan.clock !== 'replay') return;
  plan.resolveRules.forEach(parseResolveRule);
  const outward = plan.resolveRules.filter((rule) => !LOOPBACK_RULE.test(rule));
  if (plan.resolveRules.length === 0 || outward.length > 0) {
    throw new UserError(
      'round.replay',
      '补采（--clock replay）会立即访问全部次数，只能配合指向本机 127.x 的 --resolve。',
      { field: 'clock' },
    );
  }
}

/** A live round that has begun may end late; one that has not cannot begin after its monitoring time. */
export function assertNotTooLate(
  plan: Pick<PlanInput, 'clock' | 'monitoredAt'>,
  now: Instant,
): void {
  if (plan.clock === 'replay' || plan.monitoredAt > now) return;
  throw new UserError(
    'round.window-past',
    '监测时间点已经过去，实时检查来不及了：请改 --at 与 --window，或对模拟环境用 --clock replay。',
    { field: 'at' },
  );
}

async function moveTo(
  deps: InspectionDeps,
  actor: string,
  round: Round,
  state: 'gathering' | 'judging',
  detail: Record<string, unknown>,
): Promise<void> {
  await inTransaction(deps.store, async (trx) => {
    const before = await stateOf(trx, round);
    await updateRoundState(trx, round.id, { state });
    await recordAudit(trx, {
      actor,
      action: `round.${state}`,
      subject: `round:${round.period}`,
      detail,
      before,
      after: { state },
    });
  });
}

function peakRssMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024);
}

function cpuSeconds(): number {
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  return Math.round((userCPUTime + systemCPUTime) / 100_000) / 10;
}
