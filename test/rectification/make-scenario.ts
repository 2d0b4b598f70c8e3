import { readFileSync } from 'node:fs';
import { addDays, type CalendarDate } from '../../src/lib/pure/dates.ts';
import { seededRandom } from '../../src/lib/pure/random.ts';
import { type Between, planContest } from './make-contests.ts';
import type { Act, Freeze, Policy, ScenarioRound, YearScenario } from './scenario.ts';

/** The policy as the product ships it, read as data. */
const POLICY = JSON.parse(readFileSync('policies/rectification.json', 'utf8')) as Policy;

const trials = (
  ...days: readonly (readonly [on: CalendarDate, endContests?: string])[]
): Freeze[] => days.map(([on, endContests]) => ({ on, endContests: endContests ?? null }));

/**
 * Four quarters and a half year between them; the last days to object and deadlines lie in a year whose calendar nobody published. Each
 * round is tried to be frozen on the last day of its last letters, on the eve of its opening, before that day's answers, and on the day itself.
 */
const ROUNDS: readonly Omit<ScenarioRound, 'checked' | 'breaches'>[] = [
  {
    ...{ key: '2026Q1', windowTo: '2026-03-10', openedOn: '2026-03-30', deadlineOn: null },
    shownOn: ['2026-03-12', '2026-03-17'],
    freezes: trials(['2026-03-24'], ['2026-03-29'], ['2026-03-30']),
  },
  {
    ...{ key: '2026Q2', windowTo: '2026-06-05', openedOn: '2026-06-29', deadlineOn: '2026-07-25' },
    shownOn: ['2026-06-10', '2026-06-16'],
    freezes: trials(['2026-06-24'], ['2026-06-28'], ['2026-06-29']),
  },
  {
    ...{ key: '2026H1', windowTo: '2026-06-30', openedOn: '2026-07-20', deadlineOn: null },
    shownOn: ['2026-07-06', '2026-07-15'],
    freezes: trials(['2026-07-17'], ['2026-07-20', '通报须于本周印发']),
  },
  {
    ...{ key: '2026Q3', windowTo: '2026-09-10', openedOn: '2026-09-25', deadlineOn: null },
    shownOn: ['2026-09-14'],
    freezes: trials(['2026-09-20'], ['2026-09-24'], ['2026-09-25']),
  },
  {
    ...{ key: '2026Q4', windowTo: '2026-12-10', openedOn: '2027-01-11', deadlineOn: null },
    shownOn: ['2026-12-28', '2026-12-30'],
    freezes: trials(['2027-01-06'], ['2027-01-10'], ['2027-01-11']),
  },
];
/** Days on which the clock did not pass, some of them days of reminders or the first after the days to object. */
const OFF = [
  ...['2026-03-17', '2026-04-20', '2026-04-21', '2026-04-22', '2026-06-18', '2026-07-24'],
  ...['2026-07-25', '2026-10-21'],
];
const STALE = 'media.veto.stale.two-weeks';
const SILENT_HOME = 'site.veto.home-stale';

/** How a unit behaves through the year; `days` after the notice. */
const BEHAVIOURS = [
  ...(['mends', 'halfMends', 'ignores', 'contests', 'breaksAgain', 'late', 'asksForTime'] as const),
  ...(['clumsy', 'provisional'] as const),
];
type Behaviour = (typeof BEHAVIOURS)[number];

interface Plan {
  readonly key: string;
  readonly subject: string;
  readonly rule: string;
  readonly on: CalendarDate;
}

/** A seeded year of so many subjects: every behaviour occurs, in different order and at different days. */
export function makeScenario(seed: string, subjects: number): YearScenario {
  const random = seededRandom(seed);
  const between = betweenOf(random);
  // Contests draw from their own: what comes after publication does not hang on what came before.
  const drawn = betweenOf(seededRandom(`${seed} 申辩`));
  const people = Array.from({ length: subjects }, (_, at) => ({
    id: `${at % 2 === 0 ? 'a' : 's'}${String(at + 1).padStart(3, '0')}`,
    unit: `u${String((at % Math.max(2, Math.ceil(subjects / 5))) + 1).padStart(2, '0')}`,
    rule: at % 2 === 0 ? STALE : SILENT_HOME,
    behaviour: BEHAVIOURS[(at + between(0, 2)) % BEHAVIOURS.length]!,
  }));
  const world: YearScenario['world'][number][] = [];
  const acts: Act[] = [];
  const rounds = ROUNDS.map((round): ScenarioRound => {
    const checked = people.filter(() => random() < 0.92);
    const failing = checked.filter(({ behaviour }) => random() < CHANCE[behaviour]);
    const breaches: ScenarioRound['breaches'][number][] = [];
    for (const { id, rule, behaviour } of failing) {
      const contest = planContest(round, `${round.key}/${id}/${rule}`, drawn);
      breaches.push({ subject: id, rule, confirmedOn: contest.confirmedOn });
      acts.push(...contest.acts);
      if (contest.isAccepted) continue;
      const plan = { key: `${round.key}/${id}/${rule}`, subject: id, rule, on: round.openedOn };
      world.push({ subject: id, rule, from: round.windowTo, state: 'breached' });
      const made = ACTS[behaviour](plan, between);
      acts.push(...made.acts);
      world.push(...made.world.map((each) => ({ ...each, subject: id, rule })));
    }
    return { ...round, checked: checked.map(({ id }) => id), breaches };
  });
  return {
    ...{ policy: POLICY, from: '2026-03-02', to: '2027-02-26', rounds, world },
    off: OFF,
    subjects: people.map(({ id, unit }) => ({ id, unit })),
    // A case that a later round took over hears of it as well: refused.
    acts: acts
      .filter(({ on }) => on <= '2027-02-26')
      .map((act, place) => ({ act, place }))
      .sort((a, b) => (a.act.on < b.act.on ? -1 : a.act.on > b.act.on ? 1 : a.place - b.place))
      .map(({ act }) => act),
  };
}

/** How likely a round finds it again. */
const CHANCE: Readonly<Record<Behaviour, number>> = {
  ...{ mends: 0.3, halfMends: 0.7, ignores: 0.95, contests: 0.4, breaksAgain: 0.8, late: 0.6 },
  ...{ asksForTime: 0.6, clumsy: 0.7, provisional: 0.8 },
};

const betweenOf =
  (random: () => number): Between =>
  (least, most) =>
    least + Math.floor(random() * (most - least + 1));

interface Made {
  readonly acts: Act[];
  readonly world: {
    readonly from: CalendarDate;
    readonly state: 'met' | 'undetermined' | 'breached';
  }[];
}

const ACTS: Readonly<Record<Behaviour, (plan: Plan, between: Between) => Made>> = {
  mends: (plan, between) => {
    const [mended, sent] = [between(2, 8), between(9, 16)];
    return story(
      plan,
      [{ from: mended, state: 'met' }],
      [
        [between(1, 3), 'acknowledge'],
        [between(3, 5), 'plan'],
        [mended, 'check'],
        [sent, 'answer'],
        [sent, 'approve'],
        [sent + between(1, 5), 'close'],
      ],
    );
  },
  halfMends: (plan, between) => {
    const sent = between(8, 14);
    const again = sent + between(4, 8);
    return story(
      plan,
      [{ from: again, state: 'met' }],
      [
        [sent, 'answer'],
        [sent, 'sendBack'],
        [sent + 1, 'answer'],
        [sent + 1, 'approve'],
        [sent + 2, 'return'],
        [again, 'answer'],
        [again + between(0, 6), 'approve'],
        [again + 9, 'close', { mended: true }],
      ],
    );
  },
  ignores: (plan, between) =>
    between(0, 2) === 0 ? story(plan, [], [[between(45, 60), 'answer']]) : story(plan, [], []),
  contests: (plan, between) => {
    const sent = between(3, 10);
    return story(
      plan,
      [{ from: sent - 1, state: 'undetermined' }],
      [
        [2, 'acknowledge'],
        [sent, 'answer'],
        [sent, 'approve'],
        [sent + 3, 'close', { mended: between(0, 1) === 0 }],
        [sent + 4, 'answer'],
      ],
    );
  },
  breaksAgain: (plan, between) => {
    const sent = between(4, 12);
    return story(
      plan,
      [
        { from: sent, state: 'met' },
        { from: sent + 20, state: 'breached' },
      ],
      [
        [sent, 'answer'],
        [sent, 'approve'],
        [sent + 1, 'close'],
      ],
    );
  },
  late: (plan, between) => {
    const sent = between(23, 34);
    return story(
      plan,
      [{ from: sent - 2, state: 'met' }],
      [
        [between(6, 8), 'acknowledge'],
        [sent, 'answer'],
        [sent + between(0, 3), 'approve'],
        [sent + 8, 'close'],
      ],
    );
  },
  asksForTime: (plan, between) => {
    const asked = between(14, 18);
    const wished = addDays(plan.on, between(27, 33));
    const sent = between(27, 44);
    return story(
      plan,
      [{ from: sent, state: 'met' }],
      [
        [asked, 'askExtension', { wishedOn: wished }],
        [asked, 'askExtension', { wishedOn: wished }],
        [
          asked + between(0, 9),
          between(0, 3) === 0 ? 'refuseExtension' : 'grantExtension',
          { deadlineOn: addDays(wished, -between(0, 2)) },
        ],
        [asked + 10, 'askExtension', { wishedOn: addDays(wished, between(2, 9)) }],
        [asked + 11, 'grantExtension', { deadlineOn: addDays(wished, 2) }],
        [asked + 12, 'askExtension', { wishedOn: addDays(wished, between(5, 12)) }],
        [sent, 'answer'],
        [sent + 1, 'approve'],
        [sent + 3, 'close'],
      ],
    );
  },
  clumsy: (plan, between) => {
    const sent = between(10, 20);
    return story(
      plan,
      [{ from: sent + 3, state: 'met' }],
      [
        [1, 'approve'],
        [1, 'close'],
        [sent, 'check'],
        [sent, 'check'],
        [sent, 'check'],
        [sent, 'check'],
        [sent, 'answer'],
        [sent, 'approveAsAuthor'],
        [sent, 'plan'],
        [sent, 'approve'],
        [sent, 'answer'],
        [sent + 2, 'return'],
        [sent + 2, 'acknowledge'],
        [sent + 4, 'check'],
        [sent + between(4, 15), 'answer'],
        [sent + 15, 'approve'],
        [sent + 16, 'close'],
      ],
    );
  },
  provisional: (plan, between) => {
    const sent = between(5, 15);
    return story(
      plan,
      [],
      [
        [sent, 'answer'],
        [sent, 'approve'],
        [sent + 1, 'return'],
        [sent + between(8, 12), 'answer'],
        [sent + 12, 'approve'],
        [sent + 13, 'close', { mended: false }],
      ],
    );
  },
};

/** Days after the notice become dates. */
function story(
  { key, on }: Plan,
  world: readonly { readonly from: number; readonly state: 'met' | 'undetermined' | 'breached' }[],
  acts: readonly (readonly [number, Act['do'], Partial<Act>?])[],
): Made {
  return {
    world: world.map(({ from, state }) => ({ from: addDays(on, from), state })),
    acts: acts.map(([days, what, more]) => ({
      ...{ on: addDays(on, days), case: key, do: what },
      ...more,
    })),
  };
}
