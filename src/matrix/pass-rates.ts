import { sql } from 'kysely';
import type { Ruleset } from '../domain/ruleset.ts';
import type { MatrixDb } from './matrix-db.ts';

/** The newest round that will not change any more. */
export interface FrozenRoundHead {
  readonly id: number;
  readonly period: string;
  readonly label: string;
  readonly percent: Ruleset['percent'];
}

export async function newestFrozen(db: MatrixDb): Promise<FrozenRoundHead | null> {
  const { rows } = await sql<FrozenRoundHead>`
    select id, period, label, ruleset->'percent' as percent from round
     where state in ('frozen', 'issued') order by id desc limit 1`.execute(db);
  return rows[0] ?? null;
}

interface Checked {
  readonly sponsorId: number;
  readonly platform: string;
  readonly checked: number;
  readonly judged: number;
  readonly failing: number;
}

/** A frozen round never changes, so the newest one is counted once, by database. */
const counted = new WeakMap<MatrixDb, { readonly roundId: number; readonly rows: Checked[] }>();

/** Checked accounts of a frozen round by sponsor and platform, both as they were then. */
export async function countChecked(
  db: MatrixDb,
  { id }: FrozenRoundHead,
): Promise<readonly Checked[]> {
  const known = counted.get(db);
  if (known?.roundId === id) return known.rows;
  const { rows } = await sql<Checked>`
    select s.sponsor_id as "sponsorId", s.subject->>'platform' as platform, count(*)::int as checked,
           count(s.verdict_kind)::int as judged, (count(*) filter (where s.is_failing))::int as failing
      from round_subject s where s.round_id = ${id} and s.kind = 'account' and s.checked
     group by s.sponsor_id, s.subject->>'platform'`.execute(db);
  counted.set(db, { roundId: id, rows });
  return rows;
}
