import { type Kysely, sql } from 'kysely';

/** For the rows that there are: what `domain/account-identity.ts` says of the names and ids that registers had until then. */
const PLATFORM = `case
  when p.name like '%小程序%' then 'miniprogram'
  when p.name like '%视频号%' then 'channels'
  when p.name ~ '微信|公众号|订阅号|服务号' then 'wechat'
  when p.name like '%微博%' then 'weibo'
  when p.name like '%头条%' then 'toutiao'
  when p.name like '%抖音%' then 'douyin'
  when p.name like '%快手%' then 'kuaishou'
  when p.name ~ '哔哩|b站' then 'bilibili'
  when p.name like '%小红书%' then 'xiaohongshu'
  when p.name ~ '客户端|app' then 'app'
  else p.name end`;
const ID_KIND = `case
  when k.platform in ('wechat', 'channels', 'miniprogram') and p.id ~* '^gh_[0-9a-z]+$' then 'gh'
  when k.platform in ('wechat', 'channels') and p.id ~ '^M[A-Za-z0-9+/]{13}={0,2}$' then 'biz'
  when k.platform in ('wechat', 'channels') then 'wxid'
  when k.platform = 'miniprogram' and p.id ~* '^wx[0-9a-f]{16}$' then 'appid'
  when k.platform = 'weibo' and p.id ~ '^[0-9]{5,12}$' then 'uid'
  when k.platform = 'weibo' then 'name'
  when k.platform = 'douyin' and p.id like 'MS4wLjABAAAA%' then 'sec_uid'
  when k.platform = 'douyin' and p.id ~ '^[0-9]{15,20}$' then 'uid'
  when k.platform = 'toutiao' and p.id like 'MS4w%' then 'token'
  when k.platform = 'toutiao' and p.id ~ '^[0-9]+$' then 'uid'
  when k.platform = 'bilibili' and p.id ~ '^[0-9]+$' then 'mid'
  when k.platform = 'app' and p.id ~ '^[A-Za-z][A-Za-z0-9_-]*([.][A-Za-z0-9_-]+)+$' then 'bundle'
  else 'id' end`;

/**
 * What the national system asks of an account beyond what a round needs (new-media-apis.md §10), one row an account, and every identity
 * under which the account is known on its platform, each of one account only.
 */
const STATEMENTS = [
  // The name is the new table's; the index keeps its work.
  'alter index account_identity rename to account_by_platform_id',
  `create table account_record (
     account_id integer primary key references account (id) on delete cascade,
     credit_code text,
     unit_kind text,
     certified_as text,
     certification text,
     account_type text,
     -- 信息发布, 政务互动, 办事服务 in that order, joined by '、'.
     functions text,
     opened_on date,
     closed_on date,
     followers integer,
     followers_on date,
     leader text,
     responsible text,
     contact text,
     phone text,
     upkeep text,
     upkeep_company text,
     in_national_system boolean,
     national_number text,
     checked_on date,
     home_link text,
     qr_image text,
     remark text,
     -- 0–100 under the formula named; null = not computed yet.
     completeness smallint,
     completeness_formula text,
     missing text[] not null default '{}',
     -- Counts the changes, so that two who edit at once do not undo each other's.
     version integer not null default 1
   )`,
  'insert into account_record (account_id) select id from account',
  'create index account_record_by_completeness on account_record (completeness, account_id)',
  `create table account_identity (
     account_id integer not null references account (id) on delete cascade,
     platform text not null,
     id_kind text not null,
     id text not null,
     primary key (platform, id_kind, id)
   )`,
  'create index account_identity_of_account on account_identity (account_id)',
  `insert into account_identity (account_id, platform, id_kind, id)
   select p.account, k.platform, i.kind,
          case when i.kind = 'biz' then rtrim(p.id, '=') when i.kind in ('wxid', 'gh', 'appid', 'name') then lower(p.id) else p.id end
     from (select id as account, lower(regexp_replace(normalize(platform, nfkc), '\\s+', '', 'g')) as name,
                  left(regexp_replace(normalize(account_id, nfkc), '\\s+', '', 'g'), 200) as id
             from account where trim(account_id) <> '' order by registry_order, id) p
          cross join lateral (select ${PLATFORM} as platform) k cross join lateral (select ${ID_KIND} as kind) i
    on conflict do nothing`,
  `alter table import_draft drop constraint import_draft_state_check,
     add constraint import_draft_state_check check (state in ('ready', 'faulty', 'waiting', 'refused', 'done'))`,
  // How an office's tables are read and written: header → field, constants, title rows.
  `create table column_map (
     name text primary key,
     definition jsonb not null,
     changed_by text not null,
     changed_at timestamptz not null
   )`,
];

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}
