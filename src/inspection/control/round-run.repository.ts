import { hostname } from 'node:os';
import { sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';
import { shanghaiText } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Store } from '../../store/store.ts';
import type { InspectionDb } from '../inspection-db.ts';
import type { RoundProgress } from '../progress.ts';
import type { Round } from '../round.ts';

/** A run that has said nothing for so long is dead, wherever it was. */
const SILENT_SECONDS = 30;

/** Runs of this process: a row of ours that is not among them was left by a process that died with our number. */
const OURS = new Set<string>();

/** A round that some process runs now. */
export interface RoundRun {
  readonly runId: string;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly progress: RoundProgress | null;
}

interface RunRow {
  round_id: number;
  run_id: string;
  host: string;
  pid: number;
  started_by: string;
  started_at: string;
  progress: RoundProgress | null;
  is_silent: boolean;
}

/** Rounds that are run now, in whatever process, by round id. */
export async function liveRuns(
  db: InspectionDb,
  kind: Store['kind'],
): Promise<Map<number, RoundRun>> {
  const { rows } = await sql<RunRow>`
    select round_id, run_id, host, pid, started_by, started_at, progress,
           beat_at < clock_timestamp() - make_interval(secs => ${SILENT_SECONDS}::int) as is_silent
      from round_run order by round_id`.execute(db);
  return new Map(
    rows
      .filter((row) => isAlive(row, kind))
      .map((row) => [
        row.round_id,
        {
          runId: row.run_id,
          startedBy: row.started_by,
          startedAt: new Date(row.started_at).toISOString(),
          progress: row.progress,
        },
      ]),
  );
}

function isAlive(row: RunRow, kind: Store['kind']): boolean {
  if (OURS.has(row.run_id)) return true;
  // One process at a time opens the embedded database, and that is us.
  if (kind === 'embedded' || row.is_silent) return false;
  if (row.host !== hostname()) return true;
  return row.pid !== process.pid && isProcess(row.pid);
}

function isProcess(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Throws {@link UserError} `round.running`. */
export async function assertNotRunning(
  db: InspectionDb,
  kind: Store['kind'],
  round: Pick<Round, 'id' | 'period'>,
): Promise<void> {
  const run = (await liveRuns(db, kind)).get(round.id);
  if (run) throw roundRunning(round, run);
}

function roundRunning({ period }: Pick<Round, 'period'>, run: RoundRun): UserError {
  return new UserError(
    'round.running',
    `批次 ${period} 正在运行（${run.startedBy}，${shanghaiText(run.startedAt)} 开始）；请等它结束，或先暂停。`,
    { family: 'state' },
  );
}

/** Takes a round for one run; inside a transaction that locks the round. */
export async function insertRun(
  trx: InspectionDb,
  roundId: number,
  run: { readonly runId: string; readonly startedBy: string },
): Promise<void> {
  await sql`
    insert into round_run (round_id, run_id, host, pid, started_by, started_at, beat_at)
    values (${roundId}, ${run.runId}, ${hostname()}, ${process.pid}, ${run.startedBy}, clock_timestamp(), clock_timestamp())
    on conflict (round_id) do update set run_id = excluded.run_id, host = excluded.host, pid = excluded.pid,
      started_by = excluded.started_by, started_at = excluded.started_at, beat_at = excluded.beat_at, progress = null`.execute(
    trx,
  );
  OURS.add(run.runId);
}

/** Says that the run lives, and how far it is. Whether the round was paused; null when another run has taken it. */
export async function beatRun(
  db: InspectionDb,
  roundId: number,
  runId: string,
  progress: RoundProgress | null,
): Promise<{ paused: boolean } | null> {
  const { rows } = await sql<{ paused: boolean }>`
    update round_run set beat_at = clock_timestamp(), progress = ${progress === null ? null : JSON.stringify(progress)}::jsonb
      from round
     where round_run.round_id = ${roundId} and run_id = ${runId} and round.id = round_run.round_id
    returning round.paused`.execute(db);
  return rows[0] ?? null;
}

export async function deleteRun(db: InspectionDb, roundId: number, runId: string): Promise<void> {
  OURS.delete(runId);
  await db
    .deleteFrom('round_run')
    .where('round_id', '=', roundId)
    .where('run_id', '=', runId)
    .execute();
}

/** What is remembered of running a round: beside its state, and across restarts. */
export async function updateRunMemory(
  db: InspectionDb,
  roundId: number,
  change: { paused?: boolean; in_server?: boolean; run_failure?: string | null },
): Promise<void> {
  await db.updateTable('round').set(change).where('id', '=', roundId).execute();
}

/** Periods that a server ran when it was stopped, and that nobody paused. */
export async function interruptedPeriods(db: InspectionDb): Promise<string[]> {
  const rows = await db
    .selectFrom('round')
    .select('period')
    .where('in_server', '=', true)
    .where('paused', '=', false)
    .where('state', 'not in', ['frozen', 'issued'])
    .orderBy('id')
    .execute();
  return rows.map(({ period }) => period);
}

export async function runFailure(db: InspectionDb, roundId: number): Promise<string | null> {
  const row = await db
    .selectFrom('round')
    .select('run_failure')
    .where('id', '=', roundId)
    .executeTakeFirst();
  return row?.run_failure ?? null;
}
