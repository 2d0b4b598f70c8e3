import { inspectionDb } from '../inspection-db.ts';
import type { ProgressMeter, RoundProgress } from '../progress.ts';
import { countFacts, listRoundSubjects, type RoundSubject } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { waitUntil } from '../wait.ts';
import { planAccounts } from './account-task.ts';
import { planJudging } from './judge-task.ts';
import { measureRound } from './measure-round.ts';
import type { WorkIo } from './round-context.ts';
import { runTasks } from './run-tasks.ts';
import { planSites } from './site-task.ts';
import { planSurveys } from './survey-task.ts';
import { clearTasks, insertTasks, type NewTask, type TaskKind } from './task.repository.ts';
import { planVisits } from './visit-task.ts';
import type { RoundWorker } from './work-on-rounds.ts';

export interface StagesInput extends RoundWorker {
  readonly round: Round;
  readonly meter: ProgressMeter;
  readonly io: WorkIo;
}

/** The stages of a round, one after the other; the work in each is shared by all workers. */
export class RoundStages {
  readonly #input: StagesInput;

  constructor(input: StagesInput) {
    this.#input = input;
  }

  async gather(): Promise<void> {
    const { round, meter, io, signal } = this.#input;
    const subjects = await this.#subjects();
    const sites = subjects.filter(({ subject }) => subject.kind === 'site');
    const surveys = planSurveys(round, sites);
    // Known from the beginning: they are most of the work of a round that has them.
    await insertTasks(this.#db, round.id, 'survey', surveys);
    const begun = await measureRound(this.#db, round.id);
    meter.begin(begun.total, begun.done, begun.counters);
    const accounts = subjects.filter(({ subject }) => subject.kind === 'account');
    await this.#stage('访问首页', 'visit', planVisits(round, sites));
    if (round.clock === 'live')
      await waitUntil(round.monitoredAt, { now: io.now, signal }, () => meter.stage('等待'));
    await this.#stage('采集网站', 'site', planSites(sites));
    if (surveys.length > 0) await this.#stage('全站普查', 'survey', surveys);
    await this.#stage('采集新媒体', 'account', planAccounts(accounts));
    await this.#input.deps.archive.finish(round.id);
  }

  /** Judging again is always right: what an earlier run had judged is judged anew. */
  async judge(): Promise<void> {
    await clearTasks(this.#db, this.#input.round.id, 'judge');
    await this.#stage('判定', 'judge', planJudging(await this.#subjects()));
  }

  async finish(): Promise<void> {
    const { round, meter } = this.#input;
    const { total, counters } = await measureRound(this.#db, round.id);
    const facts = await countFacts(this.#db, round.id);
    meter.update(total, { ...counters, records: counters.probes + counters.pages + facts });
    meter.stage('完成');
  }

  get #db() {
    return inspectionDb(this.#input.deps.store);
  }

  async #subjects(): Promise<RoundSubject[]> {
    const all = await listRoundSubjects(this.#db, this.#input.round.id);
    return all.filter(({ checked }) => checked);
  }

  async #stage(
    name: RoundProgress['stage'],
    kind: TaskKind,
    tasks: readonly NewTask[],
  ): Promise<void> {
    const { round, meter, queue, jobs, signal } = this.#input;
    meter.stage(name);
    const onLook = async (): Promise<void> => {
      const { done, counters } = await measureRound(this.#db, round.id);
      meter.update(done, { ...counters, records: counters.probes + counters.pages });
    };
    await runTasks(
      { db: this.#db, queue, roundId: round.id, signal, onLook },
      kind,
      jobs[kind],
      tasks,
    );
  }
}
