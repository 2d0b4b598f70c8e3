import { randomUUID } from 'node:crypto';
import { recordAudit } from '../identity/index.ts';
import { log, withLogFields } from '../lib/node/log.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { countFindings } from './finding.repository.ts';
import { gatherAccounts } from './gather-accounts.ts';
import { type RunIo, WORK } from './gather-context.ts';
import { gatherSites } from './gather-sites.ts';
import { inspectionDb, inTransaction } from './inspection-db.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { judgeRound } from './judge-round.ts';
import { openOutside } from './outside.ts';
import { type PlanInput, planRound } from './plan-round.ts';
import { ProgressMeter, type RunCounters } from './progress.ts';
import { findRound, listRoundSubjects, updateRoundState } from './round.repository.ts';
import type { Round } from './round.ts';
import { endProgress, showProgress } from './round-metrics.ts';
import { recordSharedOutages } from './shared-outages.ts';
import { visitSites } from './visit-sites.ts';
import { waitUntil } from './wait.ts';

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
 * Runs a round to the state 待审核, or resumes one: subjects and visits that are done are not done again.
 * Throws {@link UserError} when the plan contradicts the one begun, or replay is asked for hosts outside loopback.
 * Every log line meanwhile carries the round's period and the id of this run.
 */
export async function runRound(
  deps: InspectionDeps,
  actor: string,
  plan: PlanInput,
  io: RunIo,
): Promise<RunResult> {
  const period = plan.period.key;
  return withLogFields(
    { round: period, run: randomUUID().slice(0, RUN_ID_CHARACTERS) },
    async () => {
      const unsubscribe = deps.progress.subscribe((progress) => {
        if (progress.period === period) showProgress(progress);
      });
      log.info('批次开始运行', { ruleset: plan.ruleset.id, clock: plan.clock });
      try {
        const result = await runStages(deps, actor, plan, io);
        log.info('批次已判定', { ...result.stats, findings: result.findings });
        endProgress(period, 'done');
        return result;
      } catch (error) {
        // Where it stopped, everything finished is stored: the same command goes on from there.
        if (io.signal.aborted) log.warn('批次按要求停下，可以续跑');
        else log.error('批次运行出错', { error });
        endProgress(period, io.signal.aborted ? 'stopped' : 'failed');
        throw error;
      } finally {
        unsubscribe();
      }
    },
  );
}

/** Enough to tell the runs of one round apart. */
const RUN_ID_CHARACTERS = 8;

async function runStages(
  deps: InspectionDeps,
  actor: string,
  plan: PlanInput,
  io: RunIo,
): Promise<RunResult> {
  assertReplayIsLocal(plan);
  if (!(await findRound(inspectionDb(deps.store), plan.period.key)))
    assertNotTooLate(plan, io.now());
  const round = await planRound(deps, actor, plan);
  const meter = new ProgressMeter(deps.progress, round.period);
  const outside = openOutside({
    userAgent: deps.userAgent,
    resolve: plan.resolveRules,
    now: io.now,
  });
  try {
    await beginMeter(deps, round, meter);
    await moveTo(deps, actor, round, 'gathering', {
      resolve: plan.resolveRules,
      paced: plan.resolveRules.length === 0,
    });
    const context = { deps, round, outside, meter, io };
    meter.stage('访问首页');
    await visitSites(context);
    if (round.clock === 'live') await waitUntil(round.monitoredAt, io, () => meter.stage('等待'));
    meter.stage('采集网站');
    await gatherSites(context);
    meter.stage('采集新媒体');
    await gatherAccounts(context);
    await recordSharedOutages(deps, round, io.now());
    await moveTo(deps, actor, round, 'judging', {});
    meter.stage('判定');
    await judgeRound(deps, actor, round, { meter, at: io.now(), signal: io.signal });
    meter.stage('完成');
  } finally {
    await outside.close();
  }
  const stats = {
    ...meter.counters,
    seconds: Math.round(meter.seconds() * 10) / 10,
    peakRssMb: peakRssMb(),
    cpuSeconds: cpuSeconds(),
  };
  return { round, stats, findings: await countFindings(inspectionDb(deps.store), round.id) };
}

const LOOPBACK_RULE = /=\s*(127\.\d{1,3}\.\d{1,3}\.\d{1,3}|\[::1\])(:\d{1,5})?\s*$/;

/** Replay visits at once what was scheduled for days: only ever on loopback, or it would be an attack. */
function assertReplayIsLocal(plan: PlanInput): void {
  if (plan.clock !== 'replay') return;
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
function assertNotTooLate(plan: PlanInput, now: Instant): void {
  if (plan.clock === 'replay' || plan.monitoredAt > now) return;
  throw new UserError(
    'round.window-past',
    '监测时间点已经过去，实时检查来不及了：请改 --at 与 --window，或对模拟环境用 --clock replay。',
    { field: 'at' },
  );
}

async function beginMeter(deps: InspectionDeps, round: Round, meter: ProgressMeter): Promise<void> {
  const subjects = (await listRoundSubjects(inspectionDb(deps.store), round.id)).filter(
    ({ checked }) => checked,
  );
  let total = 0;
  let done = 0;
  for (const { subject, stage } of subjects) {
    const visits = subject.kind === 'site' ? VISITS_PER_SITE * WORK.visit : 0;
    const gather = subject.kind === 'site' ? WORK.site : WORK.account;
    total += visits + gather + WORK.judge;
    if (stage !== 'planned') done += visits;
    if (stage === 'gathered' || stage === 'judged') done += gather;
  }
  meter.begin(total, done);
}

const VISITS_PER_SITE = 140;

async function moveTo(
  deps: InspectionDeps,
  actor: string,
  round: Round,
  state: 'gathering' | 'judging',
  detail: Record<string, unknown>,
): Promise<void> {
  await inTransaction(deps.store, async (trx) => {
    await updateRoundState(trx, round.id, { state });
    await recordAudit(trx, {
      actor,
      action: `round.${state}`,
      subject: `round:${round.period}`,
      detail,
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
