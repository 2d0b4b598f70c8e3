import { type Kysely, sql } from 'kysely';
import type { Ruleset } from '../../src/domain/ruleset.ts';

/** How large the made-up province is. */
export interface ProvinceSize {
  readonly sites: number;
  readonly accounts: number;
  readonly rounds: number;
  readonly findings: number;
}

export const FULL: ProvinceSize = {
  sites: 15_000,
  accounts: 120_000,
  rounds: 20,
  findings: 3_000_000,
};

const CITIES = 14;
const BUREAUS = 10;

/**
 * Fills an empty, migrated database with a province of that size: one statement each, so that loading takes minutes. Values vary as
 * real ones do (names, verdicts, three in a hundred breached), but no bytes were fetched and nothing was judged.
 */
export async function fillProvince(
  db: Kysely<unknown>,
  size: ProvinceSize,
  ruleset: Ruleset,
  say: (words: string) => void,
): Promise<void> {
  await sql`
    insert into unit (name, parent_id, aliases, print_row, print_order, registry_order, division_code)
    select '丙省', null, '[]', '省直', 0, 0, '430000'`.execute(db);
  await sql`
    insert into unit (name, parent_id, aliases, print_row, print_order, registry_order, division_code)
    select '第' || n || '市', 1, '[]', '第' || n || '市', n, n, null from generate_series(1, ${CITIES}::int) n`.execute(
    db,
  );
  await sql`
    insert into unit (name, parent_id, aliases, print_row, print_order, registry_order, division_code)
    select '第' || c || '市' || (array['教育','公安','民政','司法','财政','交通运输','农业农村','商务','卫生健康','应急管理'])[b] || '局',
           c + 1, '[]', null, c * 100 + b, c * 100 + b, null
      from generate_series(1, ${CITIES}::int) c, generate_series(1, ${BUREAUS}::int) b`.execute(db);
  say('单位');
  await sql`
    insert into site (site_code, name, sponsor_id, print_row, home_url, status, is_portal, has_service, monitored_at, registry_order)
    select lpad((4300000000 + n)::text, 10, '0'), u.name || '门户网站' || n, u.id, null, 'http://w' || n || '.gov.cn/',
           case when n % 50 = 0 then 'closed' else 'running' end, n % 100 = 0, n % 3 > 0, null, n
      from generate_series(1, ${size.sites}::int) n join unit u on u.id = 2 + n % ${CITIES * (BUREAUS + 1)}::int`.execute(
    db,
  );
  await sql`
    insert into account (platform, account_id, name, sponsor_id, print_row, status, monitored_at, registry_order)
    select (array['微信公众号','新浪微博','抖音号','头条号','移动客户端'])[1 + n % 5], 'id_' || md5(n::text),
           u.name || (array['发布','在线','之声','微讯'])[1 + n % 4] || n, u.id, null, 'running', null, n
      from generate_series(1, ${size.accounts}::int) n join unit u on u.id = 2 + n % ${CITIES * (BUREAUS + 1)}::int`.execute(
    db,
  );
  await sql`
    insert into register_history (kind, subject_id, valid_from, value)
    select 'site', id, date '2020-01-01', to_jsonb(site) - 'id' - 'words' from site
    union all select 'account', id, date '2020-01-01', to_jsonb(account) - 'id' - 'words' from account`.execute(
    db,
  );
  say('名录');
  for (let round = 1; round <= size.rounds; round += 1) {
    await fillRound(db, size, ruleset, round);
    say(`批次 ${round}/${size.rounds}`);
  }
  // As autovacuum leaves a database that was not just filled.
  await sql`vacuum analyze`.execute(db);
}

async function fillRound(
  db: Kysely<unknown>,
  size: ProvinceSize,
  ruleset: Ruleset,
  number: number,
): Promise<void> {
  const year = 2016 + Math.floor((number - 1) / 4);
  const quarter = 1 + ((number - 1) % 4);
  const isLast = number === size.rounds;
  const { rows } = await sql<{ id: number }>`
    insert into round (period, label, window_from, window_to, monitored_at, ruleset_id, ruleset_hash, ruleset, clock, coverage,
                       resolve_rules, state, created_at, frozen_at)
    values (${`${year}Q${quarter}`}, ${`${year}年第${quarter}季度`}, ${`${year}-01-05`}, ${`${year}-03-15`},
            ${`${year}-03-15T15:59:59.999Z`}, ${ruleset.id}, ${ruleset.hash}, ${JSON.stringify(ruleset)}, 'live',
            '{"sites":{"mode":"census"},"accounts":{"mode":"census"}}', '[]', ${isLast ? 'reviewing' : 'frozen'},
            now(), ${isLast ? null : `${year}-03-20T01:00:00.000Z`})
    returning id`.execute(db);
  const roundId = rows[0]!.id;
  await fillSubjects(db, roundId, 'site');
  await fillSubjects(db, roundId, 'account');
  const perRound = Math.round(size.findings / size.rounds);
  const rules = ruleset.rules.map((rule) => rule.id);
  const subjects = size.sites + size.accounts;
  // Three of a hundred are breached, one is undetermined, the rest met.
  await sql`
    insert into finding (round_id, kind, subject_id, sponsor_id, rule_id, status, judgement, source, review)
    select ${roundId}::int, made.kind, made.subject_id, s.sponsor_id, rule, status,
           case status when 'breached' then jsonb_build_object('status', status, 'occurrences', 1, 'evidence',
             jsonb_build_array(jsonb_build_object('factId', made.subject_id || ':site.home', 'snapshot', md5(n::text) || md5(rule),
               'locator', 'http://w' || made.subject_id || '.gov.cn/', 'excerpt', '最新一条信息的日期是2020-08-01', 'capturedAt', '2020-09-17T00:00:00.000Z')))
           when 'undetermined' then jsonb_build_object('status', status, 'reason', '没能看到首页', 'missing', '[]'::jsonb)
           else jsonb_build_object('status', status) end,
           'machine', case when ${isLast} or status <> 'breached' then 'open' else 'confirmed' end
      from (select n, case when n % 9 = 0 then 'site' else 'account' end as kind,
                   case when n % 9 = 0 then 1 + (n / 9) % ${size.sites}::int else 1 + n % ${size.accounts}::int end as subject_id,
                   (${rules}::text[])[1 + (n / ${subjects}::int) % ${rules.length}::int] as rule,
                   case when n % 100 < 3 then 'breached' when n % 100 = 3 then 'undetermined' else 'met' end as status
              from generate_series(1, ${perRound}::int) n) made
      join round_subject s on s.round_id = ${roundId}::int and s.kind = made.kind and s.subject_id = made.subject_id
    on conflict do nothing`.execute(db);
}

/** Every running subject with a copy of the register, as a planned and judged round has it. */
async function fillSubjects(
  db: Kysely<unknown>,
  roundId: number,
  kind: 'site' | 'account',
): Promise<void> {
  const own =
    kind === 'site'
      ? sql`'siteCode', t.site_code, 'homeUrl', t.home_url`
      : sql`'platform', t.platform, 'accountId', t.account_id`;
  await sql`
    insert into round_subject (round_id, kind, subject_id, checked, subject, print_row, registry_order, monitored_at, stage, verdict)
    select ${roundId}::int, ${kind}::text, t.id, true,
           jsonb_build_object('kind', ${kind}::text, 'id', t.id, 'name', t.name, 'sponsorId', t.sponsor_id, 'sponsorName', u.name,
             'printRow', '第' || t.sponsor_id || '市', 'status', t.status, 'registryOrder', t.registry_order, ${own}),
           '第' || t.sponsor_id || '市', t.registry_order, now(), 'judged',
           case when t.id % 33 = 0 then '{"kind":"vetoed","rules":["site.veto.home-stale"]}'::jsonb
                when t.id % 97 = 0 then '{"kind":"inconclusive","rules":[]}'::jsonb else '{"kind":"passed"}'::jsonb end
      from ${kind === 'site' ? sql`site` : sql`account`} t join unit u on u.id = t.sponsor_id
     where t.status = 'running'`.execute(db);
}
