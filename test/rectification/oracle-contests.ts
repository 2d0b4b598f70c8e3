/**
 * What must happen before a round is published, worked out from the written rules alone, as `oracle.ts` does what comes after: a letter
 * for every unit with confirmed findings, days to object, reminders, objections and their answers, how the days ended.
 */
import { LAST_PUBLISHED_YEAR, workday } from './oracle-calendar.ts';
import type { Act, ScenarioRound, YearScenario } from './scenario.ts';

interface Letter {
  readonly key: string;
  readonly round: string;
  readonly findings: readonly string[];
  readonly shownOn: string;
  readonly endsOn: string;
  readonly told: Set<string>;
  ended: boolean;
}

interface Objection {
  readonly finding: string;
  readonly lodgedOn: string;
  readonly answerBy: string;
  readonly told: Set<string>;
  answer: 'accepted' | 'rejected' | null;
}

type Say = (key: string, event: string, fields?: Record<string, unknown>) => void;

const isProvisional = (date: string): boolean => Number(date.slice(0, 4)) > LAST_PUBLISHED_YEAR;
const roundOf = (finding: string): string => finding.slice(0, finding.indexOf('/'));

export class OracleContests {
  readonly #scenario: YearScenario;
  readonly #say: Say;
  readonly #letters: Letter[] = [];
  readonly #objections: Objection[] = [];
  readonly #frozen = new Set<string>();

  constructor(scenario: YearScenario, say: Say) {
    this.#scenario = scenario;
    this.#say = say;
  }

  /** A finding that nobody convinced the office of being wrong: it becomes a case. */
  stands(finding: string): boolean {
    return !this.#objections.some((each) => each.finding === finding && each.answer === 'accepted');
  }

  // The clock.

  watch(today: string): void {
    for (const letter of this.#letters.filter(({ ended }) => !ended)) {
      if (today > letter.endsOn) this.#end(letter);
      else if (this.#of(letter).length === 0) this.#remind(letter, today);
    }
    this.#press(today);
  }

  /** Objections to what a letter shows, those lodged before it included. */
  #of({ findings }: Letter): Objection[] {
    return this.#objections.filter(({ finding }) => findings.includes(finding));
  }

  #end(letter: Letter): void {
    const inTime = this.#of(letter).some(({ lodgedOn }) => lodgedOn <= letter.endsOn);
    letter.ended = true;
    this.#say(letter.key, 'contestEnded', { how: inTime ? 'objected' : 'none' });
  }

  #remind({ key, shownOn, endsOn, told }: Letter, today: string): void {
    const days = this.#scenario.policy.contest.chaseBefore.map((n) => ({
      ...{ what: `before:${n}`, on: workday(endsOn, -n) },
    }));
    const what = latest(days, shownOn, today);
    if (what === null || told.has(what)) return;
    told.add(what);
    this.#say(key, 'contestChaser', { what, deadline: endsOn });
  }

  /** Supervisors are told how many answers are owed of a round by one day, not objection by objection. */
  #press(today: string): void {
    const { chaseAnswerBefore, chaseAnswerAfter } = this.#scenario.policy.contest;
    const owed = new Map<string, { round: string; what: string; deadline: string; n: number }>();
    for (const { finding, lodgedOn, answerBy, told, answer } of this.#objections) {
      const days = [
        ...chaseAnswerBefore.map((n) => ({ what: `before:${n}`, on: workday(answerBy, -n) })),
        ...chaseAnswerAfter.map((n) => ({ what: `after:${n}`, on: workday(answerBy, n) })),
      ];
      const what = latest(days, lodgedOn, today);
      if (answer !== null || what === null || told.has(what)) continue;
      told.add(what);
      const round = roundOf(finding);
      const key = `${round} ${what} ${answerBy}`;
      const n = (owed.get(key)?.n ?? 0) + 1;
      owed.set(key, { round, what, deadline: answerBy, n });
    }
    for (const { round, what, deadline, n } of owed.values())
      this.#say(round, 'answerChaser', { what, deadline, answers: n });
  }

  // The office.

  /** A letter for every unit with confirmed findings that no letter has shown yet. */
  show(round: ScenarioRound, today: string): void {
    const shown = new Set(this.#letters.flatMap(({ findings }) => findings));
    const due = round.breaches
      .filter(({ confirmedOn }) => confirmedOn <= today)
      .map(({ subject, rule }) => ({ subject, key: `${round.key}/${subject}/${rule}` }))
      .filter(({ key }) => !shown.has(key) && this.stands(key));
    const units = Map.groupBy(due, ({ subject }) => this.#unitOf(subject));
    for (const [unit, findings] of units) this.#write(round.key, unit, findings, today);
  }

  #write(
    round: string,
    unit: string,
    findings: readonly { readonly key: string }[],
    today: string,
  ): void {
    const before = this.#letters.filter(({ key }) => key.startsWith(`${round}/${unit}#`)).length;
    const endsOn = workday(today, this.#scenario.policy.contest.workdays);
    const letter: Letter = {
      ...{ key: `${round}/${unit}#${before + 1}`, round, shownOn: today, endsOn, ended: false },
      ...{ findings: findings.map(({ key }) => key).sort(), told: new Set<string>() },
    };
    this.#letters.push(letter);
    const said = { endsOn, provisional: isProvisional(endsOn), findings: letter.findings };
    this.#say(letter.key, 'shown', said);
  }

  /** Refused while an answer is owed, or while a letter's days run and nobody says why they end early. */
  freeze(round: string, today: string, because: string | null): void {
    if (this.#frozen.has(round)) return;
    const owed = this.#objections.some(
      ({ finding, answer }) => roundOf(finding) === round && answer === null,
    );
    const running = this.#letters.filter(
      (each) => each.round === round && !each.ended && today <= each.endsOn,
    );
    if (owed || (running.length > 0 && because === null)) {
      this.#say(round, 'freezeRefused');
      return;
    }
    this.#frozen.add(round);
    this.#say(round, 'frozen');
    for (const letter of running) {
      letter.ended = true;
      this.#say(letter.key, 'contestEnded', { how: 'early' });
    }
  }

  // Units, and what they are answered.

  takes(act: Act, today: string): boolean {
    if (this.#frozen.has(roundOf(act.case))) return false;
    const pending = this.#objections.find(
      ({ finding, answer }) => finding === act.case && answer === null,
    );
    if (act.do === 'object') return pending === undefined && this.#object(act.case, today);
    if (pending === undefined) return false;
    pending.answer = act.do === 'acceptObjection' ? 'accepted' : 'rejected';
    this.#say(act.case, 'objectionAnswered', { accepted: pending.answer === 'accepted' });
    this.#say(act.case, 'unitTold');
    return true;
  }

  #object(finding: string, today: string): boolean {
    if (!this.stands(finding)) return false;
    const letter = this.#letters.find(({ findings }) => findings.includes(finding));
    const answerBy = workday(today, this.#scenario.policy.contest.answerWorkdays);
    this.#objections.push({
      ...{ finding, lodgedOn: today, answerBy, answer: null, told: new Set<string>() },
    });
    const late = letter !== undefined && today > letter.endsOn;
    this.#say(finding, 'objected', { late, answerBy });
    this.#say(finding, 'supervisorsTold');
    return true;
  }

  #unitOf(subject: string): string {
    return this.#scenario.subjects.find(({ id }) => id === subject)?.unit ?? '';
  }
}

/** The last reminder whose day has come; those missed before it are not made up for. */
function latest(
  days: readonly { readonly what: string; readonly on: string }[],
  since: string,
  today: string,
): string | null {
  const come = days.filter(({ on }) => since < on && on <= today);
  come.sort((a, b) => a.on.localeCompare(b.on));
  return come.at(-1)?.what ?? null;
}
