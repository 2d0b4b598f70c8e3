import { sql } from 'kysely';
import type { Scope } from '../../domain/actor.ts';
import type { Judgement, ReviewState } from '../../domain/finding.ts';
import type { SubjectKind } from '../../domain/subject.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import type { Store } from '../../store/store.ts';
import { liveRuns, runFailure } from '../control/round-run.repository.ts';
import { type InspectionDb, inspectionDb } from '../inspection-db.ts';
import type { ProgressHub, RoundProgress } from '../progress.ts';
import { runningContests } from '../review/contest-term.ts';
import { requireRound } from '../round.repository.ts';
import type { Round } from '../round.ts';
import { isSeen } from '../subject-columns.ts';
import type { SubjectStage } from '../tables.ts';
import { countSettledByScore } from '../unsettled.ts';

/** A round as its page shows it; every count is of what somebody sees. */
export interface RoundDetail {
  readonly round: Round;
  readonly stages: readonly {
    readonly kind: SubjectKind;
    readonly stage: SubjectStage;
    readonly checked: boolean;
    readonly count: number;
  }[];
  readonly findings: readonly {
    readonly status: Judgement['status'];
    readonly review: ReviewState;
    readonly count: number;
  }[];
  readonly totals: { readonly pages: number; readonly probes: number; readonly feeds: number };
  readonly progress: RoundProgress | null;
  readonly running: boolean;
  readonly startedBy: string | null;
  /** Why the last run ended early; null when it did not. */
  readonly failure: string | null;
  /** What keeps the round from being frozen. */
  readonly blockers: {
    readonly open: number;
    readonly undetermined: number;
    readonly contested: number;
    /** Letters of the round whose days to object are not over, whosever; null = none. */
    readonly contestRuns: { readonly letters: number; readonly until: CalendarDate } | null;
  };
}

/** Throws {@link UserError} `round.unknown`. */
export async function readRound(
  deps: { readonly store: Store; readonly progress: ProgressHub },
  scope: Scope,
  { period, today }: { readonly period: string; readonly today: CalendarDate },
): Promise<RoundDetail> {
  const db = inspectionDb(deps.store);
  const round = await requireRound(db, period);
  const run = (await liveRuns(db, deps.store.kind)).get(round.id) ?? null;
  const findings = await countFindingStates(db, round.id, scope);
  const count = (
    of: (each: { status: Judgement['status']; review: ReviewState }) => boolean,
  ): number => findings.filter(of).reduce((sum, each) => sum + each.count, 0);
  return {
    round,
    stages: await countStagesSeen(db, round.id, scope),
    findings,
    totals: await countTotalsSeen(db, round.id, scope),
    // Of a run in another process we know what it last said of itself.
    progress: deps.progress.latest(period) ?? run?.progress ?? null,
    running: run !== null,
    startedBy: run?.startedBy ?? null,
    failure: await runFailure(db, round.id),
    blockers: {
      open: count(
        ({ status, review }) => status === 'breached' && (review === 'open' || review === 'once'),
      ),
      undetermined:
        count(
          ({ status, review }) =>
            (status === 'undetermined' && (review === 'open' || review === 'cannotJudge')) ||
            (status === 'breached' && review === 'cannotJudge'),
        ) - (await countSettledByScore(db, round, scope)),
      contested: await countOpenContests(db, round.id, scope),
      contestRuns: await runningContests(db, round.id, today),
    },
  };
}

async function countStagesSeen(
  db: InspectionDb,
  roundId: number,
  scope: Scope,
): Promise<RoundDetail['stages']> {
  const { rows } = await sql<RoundDetail['stages'][number]>`
    select s.kind, s.stage, s.checked, count(*)::int as count from round_subject s
     where s.round_id = ${roundId} and ${isSeen(scope)}
     group by s.kind, s.stage, s.checked order by s.kind, s.stage, s.checked`.execute(db);
  return rows;
}

async function countFindingStates(
  db: InspectionDb,
  roundId: number,
  scope: Scope,
): Promise<RoundDetail['findings']> {
  const seen =
    scope === 'all'
      ? sql`finding f`
      : sql`finding f join round_subject s
              on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id and ${isSeen(scope)}`;
  const { rows } = await sql<RoundDetail['findings'][number]>`
    select f.status, f.review, count(*)::int as count from ${seen}
     where f.round_id = ${roundId} group by f.status, f.review order by f.status, f.review`.execute(
    db,
  );
  return rows;
}

async function countTotalsSeen(
  db: InspectionDb,
  roundId: number,
  scope: Scope,
): Promise<RoundDetail['totals']> {
  const { rows } = await sql<{ pages: number; feeds: number }>`
    select coalesce(sum(s.pages), 0)::int as pages, coalesce(sum(s.feeds), 0)::int as feeds
      from round_subject s where s.round_id = ${roundId} and ${isSeen(scope)}`.execute(db);
  const probes = await sql<{ count: number }>`
    select count(*)::int as count from probe
     where probe.round_id = ${roundId}
       and (${scope === 'all'} or exists (
         select 1 from round_subject s where s.round_id = probe.round_id and s.kind = 'site'
            and s.subject_id = probe.subject_id and ${isSeen(scope)}))`.execute(db);
  return {
    pages: rows[0]?.pages ?? 0,
    feeds: rows[0]?.feeds ?? 0,
    probes: probes.rows[0]?.count ?? 0,
  };
}

async function countOpenContests(db: InspectionDb, roundId: number, scope: Scope): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count
      from contest join finding f on f.id = contest.finding_id
      join round_subject s on s.round_id = f.round_id and s.kind = f.kind and s.subject_id = f.subject_id
     where f.round_id = ${roundId} and contest.state = 'open' and ${isSeen(scope)}`.execute(db);
  return rows[0]?.count ?? 0;
}
