import { sql } from 'kysely';
import { type Instant, shanghaiDate } from '../../src/lib/pure/dates.ts';
import type { RectificationDeps } from '../../src/rectification/index.ts';
import type { Timed } from './read-log.ts';

type Store = RectificationDeps['store'];

/** What the product's tables and its notices to people say of objections before publication. */
export async function readContests(store: Store): Promise<Timed[]> {
  const letters = await lettersOf(store);
  const findings = await findingsOf(store);
  return [
    ...letters.map(({ key, at, endsOn, provisional, shown }) =>
      timed(at, 0, key, 'shown', { endsOn, provisional, findings: shown }),
    ),
    ...(await ends(store, new Map(letters.map(({ id, key }) => [id, key])))),
    ...(await contests(store, findings)),
    ...(await notices(store, {
      letter: new Map(letters.map((each) => [each.id, each])),
      finding: findings,
    })),
  ];
}

const timed = (
  at: Instant,
  place: number,
  key: string,
  event: string,
  fields: Record<string, unknown>,
): Timed => ({ at, place, event: { on: shanghaiDate(at), case: key, event, ...fields } });

interface ToldLetter {
  readonly id: number;
  readonly key: string;
  readonly at: Instant;
  readonly endsOn: string;
  readonly provisional: boolean;
  readonly shown: readonly string[];
}

async function lettersOf(store: Store): Promise<ToldLetter[]> {
  const { rows } = await sql<ToldLetter>`
    select l.id, r.period || '/' || u.name || '#' || row_number() over (partition by l.round_id, l.unit_id order by l.id) as key,
           l.made_at as at, l.deadline_on as "endsOn", l.provisional,
           (select json_agg(r.period || '/' || (f.shown->>'name') || '/' || finding.rule_id)
              from contest_letter_finding f join finding on finding.id = f.finding_id where f.letter_id = l.id) as shown
      from contest_letter l join round r on r.id = l.round_id join unit u on u.id = l.unit_id order by l.id`.execute(
    store.db,
  );
  return rows.map((row) => ({ ...row, shown: [...row.shown].sort() }));
}

/** Keys of findings by their contests. */
async function findingsOf(store: Store): Promise<Map<number, string>> {
  const { rows } = await sql<{ id: number; key: string }>`
    select c.id, r.period || '/' || (s.subject->>'name') || '/' || f.rule_id as key
      from contest c join finding f on f.id = c.finding_id join round r on r.id = f.round_id
      join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id`.execute(
    store.db,
  );
  return new Map(rows.map(({ id, key }) => [id, key]));
}

async function ends(store: Store, keys: ReadonlyMap<number, string>): Promise<Timed[]> {
  const { rows } = await sql<{ id: number; on: string; outcome: string }>`
    select id, closed_on as on, outcome from contest_letter where closed_on is not null`.execute(
    store.db,
  );
  const how: Readonly<Record<string, string>> = {
    none: 'none',
    lodged: 'objected',
    early: 'early',
  };
  return rows.map(({ id, on, outcome }) => {
    const event = { on, case: keys.get(id)!, event: 'contestEnded', how: how[outcome] };
    // Of its day nothing but the day is kept; nothing else happens to a letter on it.
    return { at: `${on}T12:00:00.000Z`, place: 1, event };
  });
}

async function contests(store: Store, keys: ReadonlyMap<number, string>): Promise<Timed[]> {
  const { rows } = await sql<{
    id: number;
    at: Instant;
    late: boolean;
    answerBy: string;
    state: string;
    answeredAt: Instant | null;
  }>`select id, made_at as at, late, answer_due_on as "answerBy", state, answered_at as "answeredAt" from contest`.execute(
    store.db,
  );
  return rows.flatMap(({ id, at, late, answerBy, state, answeredAt }) => {
    const key = keys.get(id)!;
    const accepted = state === 'upheld';
    return [
      timed(at, 0, key, 'objected', { late, answerBy }),
      ...(answeredAt === null
        ? []
        : [timed(answeredAt, 0, key, 'objectionAnswered', { accepted })]),
    ];
  });
}

/** What people were told, by the notices that lie in their inboxes. */
async function notices(
  store: Store,
  keys: {
    readonly letter: ReadonlyMap<number, ToldLetter>;
    readonly finding: ReadonlyMap<number, string>;
  },
): Promise<Timed[]> {
  const { rows } = await sql<{ key: string; at: Instant; title: string }>`
    select key, made_at as at, title from notice where key like 'contest:%' order by id`.execute(
    store.db,
  );
  return rows.flatMap(({ key, at, title }) => {
    const [, kind, of = '', ...more] = key.split(':');
    if (kind === 'lodged')
      return [timed(at, 1, keys.finding.get(Number(of))!, 'supervisorsTold', {})];
    if (kind === 'answered') return [timed(at, 1, keys.finding.get(Number(of))!, 'unitTold', {})];
    if (kind === 'chase') {
      const { key: letter, endsOn } = keys.letter.get(Number(of))!;
      return [timed(at, 0, letter, 'contestChaser', { what: more.join(':'), deadline: endsOn })];
    }
    if (kind !== 'waits') return [];
    const [deadline, when, days] = more;
    const answers = Number(/^\d+/.exec(title)?.[0]);
    return [timed(at, 0, of, 'answerChaser', { what: `${when}:${days}`, deadline, answers })];
  });
}
