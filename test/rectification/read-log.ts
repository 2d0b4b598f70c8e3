import { sql } from 'kysely';
import { type Instant, shanghaiDate } from '../../src/lib/pure/dates.ts';
import { countRectification, type RectificationDeps } from '../../src/rectification/index.ts';
import { readContests } from './read-contests.ts';
import type { YearEvent, YearLog, YearScenario } from './scenario.ts';

export interface Refused {
  readonly at: Instant;
  readonly caseKey: string;
  readonly do: string;
}

export interface FreezeTried {
  readonly at: Instant;
  readonly period: string;
  readonly succeeded: boolean;
}

export interface Timed {
  readonly at: Instant;
  /** Of one instant: reminders, then what was done. */
  readonly place: number;
  readonly event: YearEvent;
}

interface CaseRow {
  readonly id: number;
  readonly key: string;
  readonly state: string;
  readonly deadline: string;
  readonly provisional: boolean;
  readonly remindersIgnored: boolean;
  readonly mended: boolean | null;
  readonly marks: unknown;
  readonly continues: string | null;
}

/** What the product's own tables say happened. */
export async function readYearLog(
  { store }: RectificationDeps,
  {
    scenario,
    refused,
    frozen,
  }: {
    scenario: YearScenario;
    refused: readonly Refused[];
    frozen: readonly FreezeTried[];
  },
): Promise<YearLog> {
  const { rows: cases } = await sql<CaseRow>`
    with keyed as (select c.*, r.period || '/' || (c.subject->>'name') || '/' || c.rule_id as key
      from rectification_case c join round r on r.id = c.round_id)
    select k.id, k.key, k.state, k.deadline_on as deadline, k.provisional, k.reminders_ignored as "remindersIgnored",
           case when k.state = 'closed' then k.mended end as mended, k.marks, old.key as continues
      from keyed k left join keyed old on old.id = k.continues_id order by k.id`.execute(store.db);
  const byId = new Map(cases.map((each) => [each.id, each]));
  const timed = [
    ...(await steps(store, byId)),
    ...(await chasers(store, byId)),
    ...(await checks(store, byId)),
    ...(await readContests(store)),
    ...frozen.map(({ at, period, succeeded }) => ({
      ...{ at, place: 1 },
      event: {
        ...{ on: shanghaiDate(at), case: period },
        event: succeeded ? 'frozen' : 'freezeRefused',
      },
    })),
    ...refused.map(({ at, caseKey, do: what }) => ({
      ...{
        at,
        place: 1,
        event: { on: shanghaiDate(at), case: caseKey, event: 'refused', do: what },
      },
    })),
  ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.place - b.place));
  const counts: Record<string, YearLog['counts'][string]> = {};
  for (const { key } of scenario.rounds) {
    const { all, units } = await countRectification(store, key, scenario.to);
    const ofUnit = units.map(({ unitId: _id, unitName, ...counted }) => [unitName, counted]);
    counts[key] = { all: { ...all }, units: Object.fromEntries(ofUnit) };
  }
  return {
    events: timed.map(({ event }) => event),
    counts,
    final: Object.fromEntries(
      cases.map(({ key, state, deadline, provisional, remindersIgnored, mended }) => [
        key,
        { state, deadline, provisional, remindersIgnored, mended },
      ]),
    ),
  };
}

type Store = RectificationDeps['store'];
type Cases = ReadonlyMap<number, CaseRow>;

async function steps(store: Store, byId: Cases): Promise<Timed[]> {
  const { rows } = await sql<{
    caseId: number;
    step: string;
    state: string;
    at: Instant;
    detail: Record<string, unknown>;
  }>`select case_id as "caseId", step, state, at, detail from rectification_step order by id`.execute(
    store.db,
  );
  const acknowledged = new Set<number>();
  return rows.flatMap(({ caseId, step, state, at, detail }) => {
    const given = byId.get(caseId)!;
    const said = (event: string, more: object = {}): Timed => ({
      ...{ at, place: 2, event: { on: shanghaiDate(at), case: given.key, event, ...more } },
    });
    const first = ['acknowledge', 'plan', 'answer'].includes(step) && !acknowledged.has(caseId);
    if (first) acknowledged.add(caseId);
    const before = first ? [said('acknowledged')] : [];
    const { deadline, provisional, outcome, mended, wishedOn, lateDays = 0 } = detail;
    switch (step) {
      case 'open': {
        const { marks, continues } = given;
        return [said('noticed', { deadline, provisional, marks, continues })];
      }
      case 'acknowledge':
        return before;
      case 'plan':
        return [...before, said('planned')];
      case 'answer':
        return [...before, said('answered')];
      case 'sendBack':
        return [said('sentBack', { state })];
      case 'approve':
        return [said('submitted', { late: lateDays !== 0, lateDays })];
      case 'rechecked':
        return [said('rechecked', { outcome })];
      case 'close':
        return [said('closed', { mended })];
      case 'return':
        return [said('returned', { deadline, provisional })];
      case 'askExtension':
        return [said('extensionAsked', { wishedOn })];
      case 'grantExtension':
        return [said('extensionGranted', { deadline })];
      case 'refuseExtension':
        return [said('extensionRefused')];
      case 'escalate':
        return [said('escalated', { deadline })];
      case 'merged':
        return [said('merged', { into: byId.get(detail.into as number)!.key })];
      default:
        return [];
    }
  });
}

async function chasers(store: Store, byId: Cases): Promise<Timed[]> {
  const { rows } = await sql<{ caseId: number; what: string; deadline: string; at: Instant }>`
    select case_id as "caseId", what, deadline_on as deadline, sent_at as at from rectification_chaser`.execute(
    store.db,
  );
  return rows.map(({ caseId, what, deadline, at }) => ({
    ...{ at, place: 0 },
    event: {
      ...{ on: shanghaiDate(at), case: byId.get(caseId)!.key, event: 'chaser', what, deadline },
    },
  }));
}

async function checks(store: Store, byId: Cases): Promise<Timed[]> {
  const { rows } = await sql<{ caseId: number; outcome: string; at: Instant }>`
    select case_id as "caseId", outcome, asked_at as at from rectification_check where purpose = 'self' order by id`.execute(
    store.db,
  );
  return rows.map(({ caseId, outcome, at }) => ({
    ...{ at, place: 3 },
    event: { on: shanghaiDate(at), case: byId.get(caseId)!.key, event: 'checked', outcome },
  }));
}
