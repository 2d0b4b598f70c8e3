/**
 * What must happen to every rectification case of a scenario, worked out from the written rules alone. It shares no code with the
 * product, its calendar included: a mistake would have to be made twice, by two hands, to go unseen.
 */
import { LAST_PUBLISHED_YEAR, plus, workday } from './oracle-calendar.ts';
import { OracleContests } from './oracle-contests.ts';
import { type Case, countCases, type Deadline, owes } from './oracle-counts.ts';
import type {
  Act,
  Marks,
  Policy,
  ScenarioRound,
  YearEvent,
  YearLog,
  YearScenario,
} from './scenario.ts';

function computed(setOn: string, workdays: number): Deadline {
  const date = workday(setOn, workdays);
  return { date, setOn, provisional: Number(date.slice(0, 4)) > LAST_PUBLISHED_YEAR };
}

const daysBetween = (from: string, to: string): number =>
  (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Everything that the product must have done by the end of a scenario's last day. */
export function expectYear(scenario: YearScenario): YearLog {
  return new Year(scenario).run();
}

class Year {
  readonly #scenario: YearScenario;
  readonly #policy: Policy;
  readonly #cases: Case[] = [];
  readonly #events: YearEvent[] = [];
  readonly #contests: OracleContests;
  #today = '';

  constructor(scenario: YearScenario) {
    this.#scenario = scenario;
    this.#policy = scenario.policy;
    this.#contests = new OracleContests(scenario, (key, event, fields = {}) =>
      this.#events.push({ on: this.#today, case: key, event, ...fields }),
    );
  }

  run(): YearLog {
    const { from, to, off, rounds, acts } = this.#scenario;
    for (this.#today = from; this.#today <= to; this.#today = plus(this.#today, 1)) {
      if (!off.includes(this.#today)) {
        for (const each of this.#cases) this.#watch(each);
        this.#contests.watch(this.#today);
      }
      for (const round of rounds) this.#publish(round);
      for (const act of acts) if (act.on === this.#today) this.#act(act);
    }
    return { events: this.#events, counts: this.#counts(to), final: this.#final() };
  }

  #say(each: Case, event: string, fields: Record<string, unknown> = {}): void {
    this.#events.push({ on: this.#today, case: each.key, event, ...fields });
  }

  // The clock.

  #watch(each: Case): void {
    if (!owes(each)) return;
    const told = this.#chase(each);
    if (!told) this.#chaseAcknowledgement(each);
    const { date } = each.due;
    const name = `escalate ${date}`;
    if (this.#today < workday(date, this.#policy.escalateAfter) || each.told.has(name)) return;
    each.told.add(name);
    each.escalated = true;
    this.#say(each, 'escalated', { deadline: date });
  }

  #chase(each: Case): boolean {
    const { date, setOn } = each.due;
    const days = [
      ...this.#policy.chaseBefore.map((n) => ({ what: `before:${n}`, on: workday(date, -n) })),
      ...this.#policy.chaseAfter.map((n) => ({ what: `after:${n}`, on: workday(date, n) })),
    ];
    const latest = days
      .filter(({ on }) => setOn < on && on <= this.#today)
      .reduce<{ what: string; on: string } | null>(
        (best, next) => (best !== null && best.on >= next.on ? best : next),
        null,
      );
    if (latest === null || each.told.has(`${latest.what} ${date}`)) return false;
    each.told.add(`${latest.what} ${date}`);
    this.#say(each, 'chaser', { what: latest.what, deadline: date });
    if (latest.what.startsWith('after:')) {
      each.chasersSinceSubmission += 1;
      if (each.chasersSinceSubmission >= this.#policy.remindersIgnored) each.ignored = true;
    }
    return true;
  }

  #chaseAcknowledgement(each: Case): void {
    if (each.state !== 'noticed' || each.told.has('ack')) return;
    if (this.#today < workday(each.noticedOn, this.#policy.acknowledgeWorkdays + 1)) return;
    each.told.add('ack');
    this.#say(each, 'chaser', { what: 'ack', deadline: each.due.date });
  }

  // Rounds.

  #publish(round: ScenarioRound): void {
    const { key, shownOn, freezes, openedOn, breaches, deadlineOn } = round;
    if (shownOn.includes(this.#today)) this.#contests.show(round, this.#today);
    for (const { on, endContests } of freezes)
      if (on === this.#today) this.#contests.freeze(key, on, endContests);
    if (openedOn !== this.#today) return;
    for (const { subject, rule } of breaches)
      if (this.#contests.stands(`${key}/${subject}/${rule}`))
        this.#openCase(key, subject, rule, deadlineOn);
  }

  #openCase(round: string, subject: string, rule: string, deadlineOn: string | null): void {
    const earlier = this.#cases.filter((each) => each.subject === subject && each.rule === rule);
    const key = `${round}/${subject}/${rule}`;
    let continues: string | null = null;
    for (const old of earlier.filter(({ state }) => state !== 'closed' && state !== 'merged')) {
      old.state = 'merged';
      old.wished = null;
      continues = old.key;
      this.#say(old, 'merged', { into: key });
    }
    const setOn = this.#today;
    const due =
      deadlineOn === null
        ? computed(setOn, this.#policy.deadlineWorkdays)
        : { date: deadlineOn, provisional: false, setOn };
    const marks = this.#marks(round, subject, rule, earlier);
    const opened: Case = {
      ...{ key, round, subject, rule, marks, due, noticedOn: setOn },
      unit: this.#scenario.subjects.find(({ id }) => id === subject)?.unit ?? '',
      ...{ state: 'noticed', stateBeforeAnswer: 'noticed', wished: null, outcome: null },
      ...{ ignored: marks.remindersIgnored, chasersSinceSubmission: 0, told: new Set<string>() },
      ...{ granted: 0, returns: 0, escalated: false, firstSubmission: null, mended: null },
      checks: new Map(),
    };
    this.#cases.push(opened);
    const { date: deadline, provisional } = due;
    this.#say(opened, 'noticed', { deadline, provisional, marks, continues });
  }

  #marks(round: string, subject: string, rule: string, earlier: readonly Case[]): Marks {
    const since = plus(this.#today, -this.#policy.repeatWithinDays);
    const lastMended = earlier.findLastIndex(({ mended }) => mended === true);
    return {
      consecutive: this.#consecutive(round, subject, rule),
      withinYear: earlier.filter(({ noticedOn }) => noticedOn >= since && noticedOn < this.#today)
        .length,
      relapsed: lastMended >= 0,
      unmendedSince: earlier[lastMended + 1]?.noticedOn ?? null,
      remindersIgnored: earlier.some(({ ignored }) => ignored),
    };
  }

  #consecutive(key: string, subject: string, rule: string): number {
    const rounds = this.#scenario.rounds
      .map((round, index) => ({ ...round, index }))
      .filter(({ openedOn }) => openedOn <= this.#today)
      .sort((a, b) => a.windowTo.localeCompare(b.windowTo) || a.index - b.index);
    const before = rounds.slice(
      0,
      rounds.findIndex((round) => round.key === key),
    );
    let count = 1;
    for (const round of before.reverse()) {
      if (kindOf(round.key) !== kindOf(key) || !round.checked.includes(subject)) continue;
      const breached = round.breaches.some(
        (each) =>
          each.subject === subject &&
          each.rule === rule &&
          this.#contests.stands(`${round.key}/${subject}/${rule}`),
      );
      if (!breached) break;
      count += 1;
    }
    return count;
  }

  // People.

  #act(act: Act): void {
    if (['object', 'acceptObjection', 'rejectObjection'].includes(act.do)) {
      if (!this.#contests.takes(act, this.#today))
        this.#events.push({ on: this.#today, case: act.case, event: 'refused', do: act.do });
      return;
    }
    const each = this.#cases.find(({ key }) => key === act.case);
    if (each === undefined)
      throw new Error(`The scenario acts on a case that is not open: ${act.case}`);
    if (!this.#takes(each, act)) this.#say(each, 'refused', { do: act.do });
  }

  /** Does what an act asks for; false = it is refused, and nothing has changed. */
  #takes(each: Case, act: Act): boolean {
    switch (act.do) {
      case 'acknowledge':
        return each.state === 'noticed' && this.#step(each, 'acknowledged');
      case 'plan':
        return this.#plans(each);
      case 'answer':
        return this.#answers(each);
      case 'approve':
        return each.state === 'answered' && this.#submit(each);
      case 'sendBack':
        if (each.state !== 'answered') return false;
        each.state = each.stateBeforeAnswer;
        this.#say(each, 'sentBack', { state: each.state });
        return true;
      case 'askExtension':
      case 'grantExtension':
      case 'refuseExtension':
        return owes(each) && this.#extend(each, act);
      case 'close':
      case 'return':
        return each.state === 'rechecked' && this.#decide(each, act);
      case 'check':
        return owes(each) && this.#check(each);
      default:
        return false;
    }
  }

  #step(each: Case, state: string): true {
    each.state = state;
    this.#say(each, state);
    return true;
  }

  #plans(each: Case): boolean {
    if (!['noticed', 'acknowledged', 'planned'].includes(each.state)) return false;
    if (each.state === 'noticed') this.#step(each, 'acknowledged');
    return this.#step(each, 'planned');
  }

  #answers(each: Case): boolean {
    if (!owes(each) || each.state === 'answered') return false;
    if (each.state === 'noticed') this.#step(each, 'acknowledged');
    each.stateBeforeAnswer = each.state;
    return this.#step(each, 'answered');
  }

  #submit(each: Case): true {
    const late = this.#today > each.due.date;
    each.firstSubmission ??= late ? 'late' : 'inTime';
    each.chasersSinceSubmission = 0;
    each.wished = null;
    each.state = 'rechecked';
    const lateDays = late ? daysBetween(each.due.date, this.#today) : 0;
    this.#say(each, 'submitted', { late, lateDays });
    each.outcome = this.#stateOf(each);
    this.#say(each, 'rechecked', { outcome: each.outcome });
    return true;
  }

  #stateOf({ subject, rule }: Case): string {
    const known = this.#scenario.world
      .filter((each) => each.subject === subject && each.rule === rule && each.from <= this.#today)
      .sort((a, b) => a.from.localeCompare(b.from));
    return known.at(-1)?.state ?? 'breached';
  }

  #extend(each: Case, act: Act): boolean {
    if (act.do === 'askExtension') return this.#ask(each, act.wishedOn ?? '');
    if (each.wished === null) return false;
    if (act.do === 'refuseExtension') {
      each.wished = null;
      this.#say(each, 'extensionRefused');
      return true;
    }
    const date = act.deadlineOn ?? each.wished;
    if (date <= each.due.date || date > each.wished || date < this.#today) return false;
    each.wished = null;
    each.granted += 1;
    each.due = { date, provisional: false, setOn: this.#today };
    this.#say(each, 'extensionGranted', { deadline: date });
    return true;
  }

  #ask(each: Case, wishedOn: string): boolean {
    const { date } = each.due;
    const latest = workday(date, this.#policy.maxExtensionWorkdays);
    if (this.#today > date || each.wished !== null) return false;
    if (each.granted >= this.#policy.maxExtensions || wishedOn <= date || wishedOn > latest)
      return false;
    each.wished = wishedOn;
    this.#say(each, 'extensionAsked', { wishedOn });
    return true;
  }

  #decide(each: Case, act: Act): true {
    if (act.do === 'close') {
      each.state = 'closed';
      each.mended = each.outcome === 'met' || act.mended === true;
      this.#say(each, 'closed', { mended: each.mended });
      return true;
    }
    each.state = 'returned';
    each.returns += 1;
    each.due = computed(this.#today, this.#policy.returnWorkdays);
    const { date: deadline, provisional } = each.due;
    this.#say(each, 'returned', { deadline, provisional });
    return true;
  }

  #check(each: Case): boolean {
    const done = each.checks.get(this.#today) ?? 0;
    if (done >= this.#policy.recheckOnDemandPerDay) return false;
    each.checks.set(this.#today, done + 1);
    this.#say(each, 'checked', { outcome: this.#stateOf(each) });
    return true;
  }

  // Counts.

  #counts(on: string): YearLog['counts'] {
    const rounds = [...new Set(this.#cases.map(({ round }) => round))];
    return Object.fromEntries(
      rounds.map((round) => {
        const cases = this.#cases.filter((each) => each.round === round);
        const units = [...new Set(cases.map(({ unit }) => unit))];
        const ofUnit = (unit: string) =>
          countCases(
            cases.filter((each) => each.unit === unit),
            on,
          );
        return [
          round,
          {
            all: countCases(cases, on),
            units: Object.fromEntries(units.map((unit) => [unit, ofUnit(unit)])),
          },
        ];
      }),
    );
  }

  #final(): YearLog['final'] {
    return Object.fromEntries(
      this.#cases.map((each) => [
        each.key,
        {
          state: each.state,
          deadline: each.due.date,
          provisional: each.due.provisional,
          remindersIgnored: each.ignored,
          mended: each.state === 'closed' ? each.mended : null,
        },
      ]),
    );
  }
}

function kindOf(round: string): string {
  if (/^\d{4}Q[1-4]$/.test(round)) return 'quarter';
  if (/^\d{4}H[12]$/.test(round)) return 'half';
  return /^\d{4}-\d{2}$/.test(round) ? 'month' : 'other';
}
