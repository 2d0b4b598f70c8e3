import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { sql } from 'kysely';
import { openAuditTrail } from '../src/identity/index.ts';
import { passClock } from '../src/rectification/clock/pass-clock.ts';
import { readPolicy } from '../src/rectification/index.ts';
import { databaseSettings } from '../src/store/database-settings.ts';
import { openEmbeddedStore } from '../src/store/open-embedded-store.ts';
import { openPostgresStore } from '../src/store/open-postgres-store.ts';
import type { Store } from '../src/store/store.ts';

const CASES = 100_000;
const UNITS = 2_000;
/** Deadlines, one a day: so many cases share each. */
const DEADLINES = 60;
/** The bound of issue 7. */
const MOST_SECONDS = 5;
const FIRST = '2026-03-02';

/**
 * `npm run bench -- overdue [postgres://…]`: the daily pass over 100,000 open cases, on the embedded database, and on an empty database of the
 * server that is named: an ordinary day, the same day again, and the worst day, on which every case is reminded and escalated.
 */
export async function benchOverdue([server]: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'xunjian-overdue-'));
  try {
    await run('内嵌数据库', await openEmbeddedStore(folder), folder);
    if (server !== undefined)
      await run('PostgreSQL', await openPostgresStore(databaseSettings(server)), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function run(name: string, store: Store, dataDir: string): Promise<void> {
  try {
    await openAuditTrail({ store, dataDir, key: null, keepDays: null });
    await fill(store);
    const days = [
      ['平常一天', '2026-04-20'],
      ['同一天再走一遍', '2026-04-20'],
      ['全部逾期', '2026-07-01'],
    ] as const;
    for (const [what, day] of days) {
      const [started, cpu] = [performance.now(), process.cpuUsage()];
      const pass = await passClock({ store }, '测速', { at: `${day}T01:00:00.000Z` });
      const seconds = (performance.now() - started) / 1_000;
      const used = process.cpuUsage(cpu);
      // The embedded database works in this process; PostgreSQL's own time is not in it. On a busy machine only this says what it costs.
      const own = (used.user + used.system) / 1_000_000;
      process.stdout.write(
        `${name}，${what}：${CASES} 件，催办 ${pass.chasers}，升级 ${pass.escalated}，${seconds.toFixed(2)} 秒（本进程 CPU ${own.toFixed(2)} 秒）；要求 ≤ ${MOST_SECONDS} 秒：${seconds <= MOST_SECONDS ? '达到' : '没有达到'}\n`,
      );
    }
  } finally {
    await store.close();
  }
}

/** Cases as many rounds would have left them, each with its unit, under one policy. */
async function fill(store: Store): Promise<void> {
  const policy = await readPolicy('policies/rectification.json');
  const { db } = store;
  await sql`insert into unit (name, parent_id, aliases, print_order, registry_order)
    select '单位' || n, null, '[]', n, n from generate_series(1, ${UNITS}::int) n`.execute(db);
  await sql`insert into round (period, label, window_from, window_to, monitored_at, ruleset_id, ruleset_hash, ruleset, clock,
      coverage, resolve_rules, state, created_at)
    values ('2026Q1', '2026年第一季度', '2026-01-01', '2026-03-01', '2026-03-01T00:00:00Z', 'x', 'x', '{}', 'live', '{}', '[]',
      'issued', '2026-03-01T00:00:00Z')`.execute(db);
  await sql`insert into rectification_policy (hash, content) values ('x', ${JSON.stringify(policy)}::jsonb)`.execute(
    db,
  );
  await sql`insert into rectification_notice (round_id, unit_id, policy_id, year, serial, number, issuer, noticed_on, deadline_on,
      provisional, made_by, made_at)
    select r.id, u.id, p.id, 2026, u.id, '整改' || u.id, '省', ${FIRST}, ${FIRST}, false, '测速', '2026-03-02T01:00:00Z'
      from unit u, round r, rectification_policy p`.execute(db);
  await sql`insert into rectification_case (notice_id, round_id, unit_id, policy_id, kind, subject_id, subject, rule_id, rule,
      finding_id, state, noticed_on, deadline_on, deadline_set_on, provisional, marks, changed_at, acknowledged_on)
    select t.id, t.round_id, t.unit_id, t.policy_id, 'account', n, '{"name":"账号","identity":"x","place":"微信公众号"}',
           'media.veto.stale.two-weeks', '{"id":"media.veto.stale.two-weeks","label":"两周内无更新"}', n, 'acknowledged', ${FIRST}::date,
           ${FIRST}::date + 21 + n % ${DEADLINES}::int, ${FIRST}::date, false,
           '{"consecutive":1,"withinYear":0,"relapsed":false,"unmendedSince":null,"remindersIgnored":false}', '2026-03-02T01:00:00Z',
           ${FIRST}::date
      from generate_series(1, ${CASES}::int) n
      join rectification_notice t on t.serial = n % ${UNITS}::int + 1`.execute(db);
  await sql`analyze`.execute(db);
}
