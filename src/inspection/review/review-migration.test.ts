import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { MIGRATIONS } from '../../../migrations/index.ts';
import { temporaryStore } from '../../testing/temporary-store.ts';

const MIGRATION = '0220-review';

it('a filled database keeps its reviews, and one confirmation becomes a state of its own', async () => {
  const { store, remove } = await temporaryStore();
  try {
    await sql.raw('drop schema public cascade').execute(store.db);
    await sql.raw('create schema public').execute(store.db);
    const names = Object.keys(MIGRATIONS).sort();
    for (const name of names.slice(0, names.indexOf(MIGRATION)))
      await MIGRATIONS[name]!.up(store.db);
    await sql
      .raw(
        `insert into round (period, label, window_from, window_to, monitored_at, ruleset_id, ruleset_hash, ruleset, clock,
                            coverage, resolve_rules, state, created_at)
         values ('2020Q3', 'x', '2020-07-07', '2020-09-17', now(), 'x', 'x', '{}', 'live', '{}', '[]', 'reviewing', now())`,
      )
      .execute(store.db);
    await sql
      .raw(
        `insert into finding (round_id, kind, subject_id, rule_id, status, judgement, source, review)
         select 1, 'site', n, 'r', 'breached', '{}', 'machine',
                case n when 4 then 'confirmed' when 5 then 'rejected' else 'open' end from generate_series(1, 5) n`,
      )
      .execute(store.db);
    await sql
      .raw(
        `insert into finding_review (finding_id, decision, reviewer, note, reviewed_at) values
         (2, 'confirm', '张三', '', now()), (3, 'confirm', '张三', '', now()), (3, 'reject', '李四', 'x', now()),
         (4, 'confirm', '张三', '', now()), (4, 'confirm', '李四', '', now()), (5, 'reject', '李四', 'x', now())`,
      )
      .execute(store.db);
    await MIGRATIONS[MIGRATION]!.up(store.db);
    const { rows } = await sql<{ review: string }>`select review from finding order by id`.execute(
      store.db,
    );
    expect(rows.map(({ review }) => review)).toEqual([
      ...['open', 'once', 'open', 'confirmed', 'rejected'],
    ]);
    const round = await sql`select paused, in_server, run_failure from round`.execute(store.db);
    expect(round.rows).toEqual([{ paused: false, in_server: false, run_failure: null }]);
    await expect(sql`update finding set review = 'sure'`.execute(store.db)).rejects.toThrow();
  } finally {
    await remove();
  }
});
