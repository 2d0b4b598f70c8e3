import { sql } from 'kysely';
import { writeCsv } from '../../src/documents/workbook.ts';
import type { Acting } from '../../src/domain/acting.ts';
import type { FactSet } from '../../src/domain/fact.ts';
import { parsePeriod } from '../../src/domain/period.ts';
import { INDICATORS } from '../../src/indicators/index.generated.ts';
import { insertFacts } from '../../src/inspection/fact.repository.ts';
import { replaceMachineFindings } from '../../src/inspection/finding.repository.ts';
import { inspectionDb } from '../../src/inspection/inspection-db.ts';
import { planRound } from '../../src/inspection/plan-round.ts';
import { requireRound, updateRoundState } from '../../src/inspection/round.repository.ts';
import { commonFacts } from '../../src/inspection/work/judge-task.ts';
import { addDays, endOfDay, type Instant, startOfDay } from '../../src/lib/pure/dates.ts';
import { UserError } from '../../src/lib/pure/errors.ts';
import { type AskedStep, takeAskedStep } from '../../src/rectification/cases/take-step.ts';
import { runChecks } from '../../src/rectification/checks/run-checks.ts';
import {
  openCases,
  parsePolicy,
  type RectificationDeps,
  rectificationClock,
} from '../../src/rectification/index.ts';
import { importRegistry, listAccounts, listSites } from '../../src/registry/index.ts';
import { judgeSubject } from '../../src/scoring/index.ts';
import { actorWith } from '../../src/testing/as-actor.ts';
import type { TemporaryStore } from '../../src/testing/temporary-store.ts';
import { testRuleset } from '../../src/testing/test-ruleset.ts';
import { ContestOffice, isContestDo } from './drive-contests.ts';
import { type FreezeTried, type Refused, readYearLog } from './read-log.ts';
import type { Act, CaseDo, ScenarioRound, YearLog, YearScenario } from './scenario.ts';
import { simulatedFacts, stateOf } from './simulated-look.ts';

const RULESET = testRuleset('hunan-2020');
/** Shanghai times of a day, as the rules of the log have them: after the clock's own. */
const OFFICE_HOUR = 9.5;
const ACTS_HOUR = 10;

const SUPERVISOR = actorWith({ userId: 1, name: '主管' });
const STAFF = actorWith({
  ...{ userId: 2, name: '经办' },
  abilities: ['rectification.read', 'rectification.answer', 'rectification.approve'],
});
const LEADER = actorWith({
  ...{ userId: 3, name: '负责人' },
  abilities: ['rectification.read', 'rectification.approve'],
});

/** Drives the product through a scenario: its own operations on a real store, a simulated world where it looks, a clock of ours. */
export async function driveYear(opened: TemporaryStore, scenario: YearScenario): Promise<YearLog> {
  const year = new DrivenYear(opened, scenario);
  await year.register();
  return year.run();
}

class DrivenYear {
  readonly #opened: TemporaryStore;
  readonly #scenario: YearScenario;
  readonly #deps: RectificationDeps;
  readonly #refused: Refused[] = [];
  readonly #frozen: FreezeTried[] = [];
  readonly #desk: ContestOffice;
  #ids = new Map<string, { readonly kind: 'site' | 'account'; readonly id: number }>();
  #names = new Map<string, string>();
  #now: Instant = '';

  constructor(opened: TemporaryStore, scenario: YearScenario) {
    this.#opened = opened;
    this.#scenario = scenario;
    this.#deps = {
      store: opened.store,
      rectification: parsePolicy(scenario.policy),
      notify: { publicOrigin: null },
      look: async ({ subject, at }) => {
        const name = this.#names.get(`${subject.kind}:${subject.id}`)!;
        const rule = scenario.rounds
          .flatMap(({ breaches }) => breaches)
          .find((each) => each.subject === name)!.rule;
        const state = stateOf(scenario, name, rule, at.slice(0, 10));
        return { facts: simulatedFacts(subject, state, at), index: async () => undefined };
      },
    };
    this.#desk = new ContestOffice(this.#deps, (name) => this.#ids.get(name)!);
  }

  async register(): Promise<void> {
    const { subjects, from } = this.#scenario;
    const file = (name: string, rows: readonly (readonly string[])[]) => ({
      ...{ name, bytes: writeCsv(rows.map((row) => [...row])) },
    });
    const units = [...new Set(subjects.map(({ unit }) => unit))].sort();
    const sites = subjects.filter(({ id }) => id.startsWith('s'));
    const accounts = subjects.filter(({ id }) => id.startsWith('a'));
    const files = [
      file('单位.csv', [
        ['名称', '上级', '通报行', '打印次序'],
        ['省', '', '省直部门', '1'],
        ...units.map((unit, at) => [unit, '省', unit, String(at + 2)]),
      ]),
      file('网站.csv', [
        ['网站标识码', '网站名称', '主办单位', '首页网址'],
        ...sites.map(({ id, unit }) => [
          `430000${id.slice(1).padStart(4, '0')}`,
          id,
          unit,
          `http://${id}.test/`,
        ]),
      ]),
      file('新媒体.csv', [
        ['平台', '账号名称', '账号ID', '主办单位', '信源种类'],
        ...accounts.map(({ id, unit }) => ['微信公众号', id, `gh_${id}`, unit, '无']),
      ]),
    ];
    await importRegistry(this.#opened, '测试', {
      files,
      dryRun: false,
      today: addDays(from, -300),
    });
    const { db } = this.#opened.store;
    for (const { kind, id, name } of [...(await listSites(db)), ...(await listAccounts(db))]) {
      this.#ids.set(name, { kind, id });
      this.#names.set(`${kind}:${id}`, name);
    }
    for (const round of this.#scenario.rounds) await this.#inspect(round);
  }

  async run(): Promise<YearLog> {
    const { from, to, off, rounds, acts } = this.#scenario;
    const clock = rectificationClock(this.#deps, () => this.#now);
    const { signal } = new AbortController();
    for (let day = from; day <= to; day = addDays(day, 1)) {
      this.#now = at(day, clock.time.minuteOfDay / 60);
      if (!off.includes(day)) await clock.work(signal);
      this.#now = at(day, OFFICE_HOUR);
      for (const round of rounds) await this.#publish(round, day);
      for (const [place, act] of acts.filter(({ on }) => on === day).entries()) {
        this.#now = at(day, ACTS_HOUR, place);
        await this.#act(act);
      }
    }
    const frozen = this.#frozen;
    return readYearLog(this.#deps, { scenario: this.#scenario, refused: this.#refused, frozen });
  }

  /** What the office does about a round on a day. That its bulletin is signed is told by other tests. */
  async #publish({ key: period, ...round }: ScenarioRound, day: string): Promise<void> {
    await this.#desk.confirm({ key: period, ...round }, day);
    if (round.shownOn.includes(day)) await this.#desk.show(period, this.#now);
    for (const { on, endContests } of round.freezes)
      if (on === day)
        this.#frozen.push(...(await this.#desk.freeze(period, endContests, this.#now)));
    if (round.openedOn !== day) return;
    const db = inspectionDb(this.#opened.store);
    const { id } = await requireRound(db, period);
    await updateRoundState(db, id, { state: 'issued' });
    const input = { period, deadlineOn: round.deadlineOn, at: this.#now };
    await openCases(this.#deps, SUPERVISOR, input);
    // Done twice it is done once.
    await openCases(this.#deps, SUPERVISOR, input);
  }

  async #act(act: Act): Promise<void> {
    const { do: what } = act;
    try {
      if (isContestDo(what))
        return await this.#desk.act({ finding: act.case, do: what, at: this.#now });
      const caseId = await this.#caseOf(act.case);
      const { rows } = await sql<{ version: number }>`
        select version from rectification_case where id = ${caseId}`.execute(this.#opened.store.db);
      const asked = stepOf(act, what, rows[0]!.version);
      await takeAskedStep(this.#deps, ACTORS[what], { caseId, at: this.#now, asked });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      this.#refused.push({ at: this.#now, caseKey: act.case, do: what });
      return;
    }
    if (what === 'approve' || what === 'check')
      await runChecks(this.#deps, {
        now: () => this.#now,
        signal: new AbortController().signal,
      });
  }

  async #caseOf(key: string): Promise<number> {
    const [period, subject, rule] = key.split('/') as [string, string, string];
    const { kind, id } = this.#ids.get(subject)!;
    const { rows } = await sql<{ id: number }>`
      select c.id from rectification_case c join round r on r.id = c.round_id
       where r.period = ${period} and c.kind = ${kind} and c.subject_id = ${id} and c.rule_id = ${rule}`.execute(
      this.#opened.store.db,
    );
    if (rows[0] === undefined) throw new Error(`no case ${key}`);
    return rows[0].id;
  }

  /** A round whose findings the indicators made of what the subjects were, waiting for its reviewers. */
  async #inspect({ key, windowTo, checked, breaches }: ScenarioRound): Promise<void> {
    const { store } = this.#opened;
    const db = inspectionDb(store);
    const monitoredAt = endOfDay(windowTo);
    const round = await planRound({ store }, '测试', {
      ...{ period: parsePeriod(key), window: [addDays(windowTo, -60), windowTo], monitoredAt },
      ...{ ruleset: RULESET, clock: 'live', sampleRows: [], resolveRules: [], at: monitoredAt },
      coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
    });
    const unchecked = [...this.#ids].filter(([name]) => !checked.includes(name));
    for (const [, { kind, id }] of unchecked)
      await sql`update round_subject set checked = false
        where round_id = ${round.id} and kind = ${kind} and subject_id = ${id}`.execute(db);
    for (const { subject: name, rule } of breaches) {
      const subject = this.#ids.get(name)!;
      const owner = { roundId: round.id, kind: subject.kind, subjectId: subject.id };
      const { rows } = await sql<{ subject: never }>`select subject from round_subject
        where round_id = ${round.id} and kind = ${subject.kind} and subject_id = ${subject.id}`.execute(
        db,
      );
      const seen = [
        ...commonFacts({ subject: rows[0]!.subject, monitoredAt }, monitoredAt),
        ...simulatedFacts(subject, 'breached', monitoredAt),
      ];
      await insertFacts(db, owner, seen);
      const facts = Object.fromEntries(seen.map(({ key: of, ...fact }) => [of, fact])) as FactSet;
      const judged = judgeSubject(RULESET, INDICATORS, facts, subject.kind);
      await replaceMachineFindings(
        db,
        owner,
        judged.filter(({ ruleId }) => ruleId === rule),
      );
    }
    await sql`update round_subject set stage = 'judged' where round_id = ${round.id} and checked`.execute(
      db,
    );
    await updateRoundState(db, round.id, { state: 'reviewing' });
  }
}

const at = (day: string, hour: number, minutes = 0): Instant =>
  new Date(Date.parse(startOfDay(day)) + (hour * 60 + minutes) * 60_000).toISOString();

const ACTORS: Readonly<Record<CaseDo, Acting>> = {
  ...{ acknowledge: STAFF, plan: STAFF, answer: STAFF, askExtension: STAFF, check: STAFF },
  ...{ approve: LEADER, sendBack: LEADER, approveAsAuthor: STAFF },
  ...{ grantExtension: SUPERVISOR, refuseExtension: SUPERVISOR },
  ...{ close: SUPERVISOR, return: SUPERVISOR },
};

function stepOf(act: Act, what: CaseDo, version: number): AskedStep {
  const common = { version, note: '见说明' };
  switch (what) {
    case 'approveAsAuthor':
      return { ...common, step: 'approve' };
    case 'askExtension':
      return { ...common, step: 'askExtension', wishedOn: act.wishedOn! };
    case 'grantExtension':
      return { ...common, step: 'grantExtension', deadlineOn: act.deadlineOn! };
    case 'close':
      return { ...common, step: 'close', mended: act.mended ?? false };
    default:
      return { ...common, step: what };
  }
}
