import type { Kysely } from 'kysely';
import type { Verdict } from '../domain/finding.ts';
import type { Ruleset } from '../domain/ruleset.ts';
import type { Subject, SubjectKind } from '../domain/subject.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Coverage, Round } from './round.ts';
import type { InspectionTables, RoundState, SubjectStage } from './tables.ts';
import { PAGES_PER_SITE, type WholeSites } from './whole-sites.ts';

type Db = Kysely<InspectionTables>;

/** jsonb comes back parsed from both databases; what was never read as JSON text is passed through. */
function parsed<T>(value: unknown): T {
  return (typeof value === 'string' ? JSON.parse(value) : value) as T;
}

function instant(value: unknown): Instant {
  return new Date(value as string).toISOString();
}

/** Inserts a planned round and returns its id. */
export async function insertRound(
  db: Db,
  round: Omit<
    Round,
    'id' | 'state' | 'paused' | 'frozenAt' | 'reviewWaived' | 'undeterminedWaived'
  >,
): Promise<number> {
  const row = await db
    .insertInto('round')
    .values({
      period: round.period,
      label: round.label,
      window_from: round.window[0],
      window_to: round.window[1],
      monitored_at: round.monitoredAt,
      ruleset_id: round.ruleset.id,
      ruleset_hash: round.ruleset.hash,
      ruleset: JSON.stringify(round.ruleset),
      clock: round.clock,
      coverage: JSON.stringify(round.coverage),
      resolve_rules: JSON.stringify(round.resolveRules),
      whole_sites: round.wholeSites.sites,
      pages_per_site: round.wholeSites.sites === 'none' ? null : round.wholeSites.pagesPerSite,
      state: 'planned',
      review_waived: null,
      undetermined_waived: null,
      created_at: round.createdAt,
      frozen_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** The way to the hosts of the round, for all who work on it: a resumed round may name another port. */
export async function updateResolveRules(
  db: Db,
  roundId: number,
  rules: readonly string[],
): Promise<void> {
  await db
    .updateTable('round')
    .set({ resolve_rules: JSON.stringify(rules) })
    .where('id', '=', roundId)
    .execute();
}

/** The round of a period, or null. */
export async function findRound(db: Db, period: string): Promise<Round | null> {
  const row = await db
    .selectFrom('round')
    .selectAll()
    .where('period', '=', period)
    .executeTakeFirst();
  return row ? toRound(row) : null;
}

/** The round of an id; throws {@link UserError} `round.unknown`. */
export async function requireRoundById(db: Db, roundId: number): Promise<Round> {
  const row = await db.selectFrom('round').selectAll().where('id', '=', roundId).executeTakeFirst();
  if (!row) throw new UserError('round.unknown', `没有编号为 ${roundId} 的批次。`);
  return toRound(row);
}

/** All rounds, newest first. */
export async function listRounds(db: Db): Promise<Round[]> {
  const rows = await db.selectFrom('round').selectAll().orderBy('id', 'desc').limit(1000).execute();
  return rows.map(toRound);
}

/** One page of the rounds, newest first, and how many there are. */
export async function pageRounds(
  db: Db,
  page: { readonly limit: number; readonly offset: number },
): Promise<{ rounds: Round[]; total: number }> {
  const rows = await db
    .selectFrom('round')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const counted = await db
    .selectFrom('round')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return { rounds: rows.map(toRound), total: Number(counted.count) };
}

/** The round that was planned last, or null. */
export async function newestRound(db: Db): Promise<Round | null> {
  const row = await db
    .selectFrom('round')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ? toRound(row) : null;
}

/** The round of a period; throws {@link UserError} `round.unknown`. */
export async function requireRound(db: Db, period: string): Promise<Round> {
  const round = await findRound(db, period);
  if (!round)
    throw new UserError(
      'round.unknown',
      `没有 ${period} 这个批次；请先运行 xunjian round run --period ${period}。`,
      { field: 'period' },
    );
  return round;
}

function toRound(row: { [K in keyof InspectionTables['round']]: unknown }): Round {
  return {
    id: row.id as number,
    period: row.period as string,
    label: row.label as string,
    window: [row.window_from as string, row.window_to as string],
    monitoredAt: instant(row.monitored_at),
    ruleset: parsed<Ruleset>(row.ruleset),
    clock: row.clock as Round['clock'],
    coverage: parsed<Coverage>(row.coverage),
    wholeSites: {
      sites: row.whole_sites as WholeSites['sites'],
      pagesPerSite: (row.pages_per_site as number | null) ?? PAGES_PER_SITE.usual,
    },
    resolveRules: parsed<string[]>(row.resolve_rules),
    state: row.state as RoundState,
    paused: row.paused as boolean,
    reviewWaived: row.review_waived as string | null,
    undeterminedWaived: row.undetermined_waived as string | null,
    createdAt: instant(row.created_at),
    frozenAt: row.frozen_at === null ? null : instant(row.frozen_at),
  };
}

/** Writes a state and, when frozen, its waivers. */
export async function updateRoundState(
  db: Db,
  roundId: number,
  change: {
    state: RoundState;
    reviewWaived?: string | null;
    undeterminedWaived?: string | null;
    frozenAt?: Instant;
  },
): Promise<void> {
  await db
    .updateTable('round')
    .set({
      state: change.state,
      ...(change.reviewWaived === undefined ? {} : { review_waived: change.reviewWaived }),
      ...(change.undeterminedWaived === undefined
        ? {}
        : { undetermined_waived: change.undeterminedWaived }),
      ...(change.frozenAt === undefined ? {} : { frozen_at: change.frozenAt }),
    })
    .where('id', '=', roundId)
    .execute();
}

/** A subject inside a round, as the register stood when the round was planned. */
export interface RoundSubject {
  readonly subject: Subject;
  readonly checked: boolean;
  readonly monitoredAt: Instant;
  readonly stage: SubjectStage;
  readonly pages: number;
  readonly apiCalls: number;
  readonly feeds: number;
  readonly lastUpdate: { readonly date: string | null; readonly none: boolean };
  readonly verdict: Verdict | null;
}

/** Rows per insert statement: 10 parameters each, far below PostgreSQL's 65,535. */
const INSERT_BATCH = 500;

/** Adds the planned subjects. */
export async function insertRoundSubjects(
  db: Db,
  roundId: number,
  rows: readonly { subject: Subject; checked: boolean; monitoredAt: Instant }[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += INSERT_BATCH) {
    await db
      .insertInto('round_subject')
      .values(
        rows.slice(start, start + INSERT_BATCH).map(({ subject, checked, monitoredAt }) => ({
          round_id: roundId,
          kind: subject.kind,
          subject_id: subject.id,
          checked,
          subject: JSON.stringify(subject),
          print_row: subject.printRow,
          registry_order: subject.registryOrder,
          monitored_at: monitoredAt,
          stage: 'planned' as const,
          pages: 0,
          api_calls: 0,
          feeds: 0,
          last_update_on: null,
          last_update_none: false,
          verdict: null,
        })),
      )
      .execute();
  }
}

/** All subjects of a round in registry order, sites first. */
export async function listRoundSubjects(db: Db, roundId: number): Promise<RoundSubject[]> {
  const rows = await db
    .selectFrom('round_subject')
    .selectAll()
    .where('round_id', '=', roundId)
    .orderBy('kind', 'desc')
    .orderBy('registry_order')
    .orderBy('subject_id')
    .execute();
  return rows.map(toRoundSubject);
}

/** Some subjects of one kind, in registry order; ids that the round does not have are left out. */
export async function findRoundSubjects(
  db: Db,
  roundId: number,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<RoundSubject[]> {
  if (subjectIds.length === 0) return [];
  const rows = await db
    .selectFrom('round_subject')
    .selectAll()
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('subject_id', 'in', subjectIds)
    .orderBy('registry_order')
    .orderBy('subject_id')
    .execute();
  return rows.map(toRoundSubject);
}

/** A row of `round_subject` as the domain sees it. */
export function toRoundSubject(
  row: {
    [K in keyof InspectionTables['round_subject']]: unknown;
  },
): RoundSubject {
  return {
    subject: parsed<Subject>(row.subject),
    checked: row.checked as boolean,
    monitoredAt: instant(row.monitored_at),
    stage: row.stage as SubjectStage,
    pages: row.pages as number,
    apiCalls: row.api_calls as number,
    feeds: row.feeds as number,
    lastUpdate: {
      date: row.last_update_on as string | null,
      none: row.last_update_none as boolean,
    },
    verdict: row.verdict === null ? null : parsed<Verdict>(row.verdict),
  };
}

/** What the round has cost and brought so far, over all processes. */
export interface RoundTotals {
  readonly pages: number;
  readonly feeds: number;
  readonly apiCalls: number;
  readonly probes: number;
}

export async function countTotals(db: Db, roundId: number): Promise<RoundTotals> {
  const sums = await db
    .selectFrom('round_subject')
    .select((eb) => [
      eb.fn.sum<number>('pages').as('pages'),
      eb.fn.sum<number>('feeds').as('feeds'),
      eb.fn.sum<number>('api_calls').as('apiCalls'),
    ])
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  const probes = await db
    .selectFrom('probe')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return {
    pages: Number(sums?.pages ?? 0),
    feeds: Number(sums?.feeds ?? 0),
    apiCalls: Number(sums?.apiCalls ?? 0),
    probes: Number(probes?.count ?? 0),
  };
}

export async function countFacts(db: Db, roundId: number): Promise<number> {
  const row = await db
    .selectFrom('fact')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('round_id', '=', roundId)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** How far a subject has come; nobody else can change it until this transaction ends. */
export async function lockStage(
  trx: Db,
  roundId: number,
  subject: Pick<Subject, 'kind' | 'id'>,
): Promise<SubjectStage | null> {
  const row = await trx
    .selectFrom('round_subject')
    .select('stage')
    .where('round_id', '=', roundId)
    .where('kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .forUpdate()
    .executeTakeFirst();
  return row?.stage ?? null;
}

/** Nobody else can change these subjects of the round until this transaction ends. */
export async function lockSubjects(
  trx: Db,
  roundId: number,
  kind: SubjectKind,
  subjectIds: readonly number[],
): Promise<void> {
  await trx
    .selectFrom('round_subject')
    .select('subject_id')
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('subject_id', 'in', subjectIds)
    .orderBy('subject_id')
    .forUpdate()
    .execute();
}

/** Marks how far a subject has come, with what it cost. */
export async function markSubject(
  db: Db,
  roundId: number,
  subject: Pick<Subject, 'kind' | 'id'>,
  change: Partial<{
    stage: SubjectStage;
    pages: number;
    api_calls: number;
    feeds: number;
    last_update_on: string | null;
    last_update_none: boolean;
    verdict: string | null;
  }>,
): Promise<void> {
  await db
    .updateTable('round_subject')
    .set(change)
    .where('round_id', '=', roundId)
    .where('kind', '=', subject.kind)
    .where('subject_id', '=', subject.id)
    .execute();
}

/** Subjects of a round per kind and stage: what a progress display counts. */
export async function countStages(
  db: Db,
  roundId: number,
): Promise<{ kind: string; stage: SubjectStage; checked: boolean; count: number }[]> {
  const rows = await db
    .selectFrom('round_subject')
    .select(['kind', 'stage', 'checked'])
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('round_id', '=', roundId)
    .groupBy(['kind', 'stage', 'checked'])
    .execute();
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
