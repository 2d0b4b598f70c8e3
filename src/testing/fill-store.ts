import { sql } from 'kysely';
import type { AnyDb } from '../store/transfer/catalog.ts';

const PAGES = 400;
const FACTS = 40;
/** Larger than a block, so that it lies outside the row (TOAST). */
const LONG_TEXT = '巡鉴'.repeat(30_000);

/**
 * Rows of every awkward kind: a unit below one with a higher number, equal rows in a table without a key, JSON null beside SQL
 * null, text with quotes, breaks and astral letters, fractions of a second, and gaps in the numbering.
 */
export async function fillStore(db: AnyDb): Promise<void> {
  await sql`insert into unit (name, aliases, print_order, registry_order) values ('将删', '[]', 1, 1)`.execute(
    db,
  );
  await sql`delete from unit`.execute(db);
  await sql`
    insert into unit (id, name, parent_id, aliases, print_order, registry_order, division_code) overriding system value values
      (2, '城关镇', 30, '["甲\\n\\"乙\\\\"]', 1, 1, null),
      (30, '乙市', 7, '[]', 2, 2, '430100'),
      (7, '甲省', null, '{"b": 1.50, "a": 1e3}', 3, 3, '')`.execute(db);
  await sql`select setval(pg_get_serial_sequence('unit', 'id'), 50)`.execute(db);
  await sql`insert into unit_rename (unit_id, former_name, until) values (30, '乙', '0999-12-31'), (30, '乙', '0999-12-31')`.execute(
    db,
  );
  await sql`
    insert into audit (at, actor, action, detail) values
      ('2020-09-17 15:59:59.999999+00', ${'𠮷\u0001\t"\\\u2028'}, 'test', 'null'), ('infinity', '', '', '"文"')`.execute(
    db,
  );
  await sql`
    insert into page (round_id, kind, subject_id, url, role, outcome, status, snapshot, bytes, fetched_at, reason)
    select 1, 'site', i / 3, 'http://x/' || i, 'home', 'ok', i % 7, null, i, now(), case when i % 2 = 0 then 'null' end
      from generate_series(1, ${PAGES}) i`.execute(db);
  await sql`
    insert into fact (round_id, kind, subject_id, key, state, value, reason, gathered_at, gatherer, gatherer_version, vantage, snapshots)
    select 1, 'site', i, 'k', 'observed', case when i % 3 = 0 then 'null'::jsonb when i % 3 = 1 then to_jsonb(${LONG_TEXT}::text || i) end,
           null, now(), 'g', '1', 'local', '[]' from generate_series(1, ${FACTS}) i`.execute(db);
  await sql`
    insert into probe (round_id, subject_id, slot, scheduled_at, happened_at, url, outcome, vantage, paced, dns_ms, tcp_ms)
    values (1, 1, 1, now(), now(), 'x', 'ok', 'local', true, 0.1, 'nan'), (1, 1, 2, now(), now(), 'x', 'ok', 'local', false, 1e-30, 16777217)`.execute(
    db,
  );
}
