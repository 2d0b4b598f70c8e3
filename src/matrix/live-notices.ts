import { type RawBuilder, sql } from 'kysely';
import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import { ENDED_STATUSES, type SubjectStatus } from '../domain/subject.ts';
import { closedPosting } from '../indicators/account-notice/closed-posting.ts';
import { SEEN_DAYS } from '../indicators/shared/profile-claim.ts';
import { foldName, operatorStanding, type SponsorNames } from '../indicators/shared/unit-names.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { idList, type LiveKind, type MatrixDb } from './matrix-db.ts';

/** Where something was seen: a person, a source, or the account's authorisation of our WeChat platform. */
export type SeenBy = SourceKind | 'authorisation';

interface Sight {
  readonly seenOn: CalendarDate;
  readonly seenBy: SeenBy;
}

/** What shows that the register and the platform do not agree. */
export type LiveEvidence =
  | {
      readonly kind: 'closed-posting';
      readonly status: SubjectStatus;
      readonly since: CalendarDate;
      readonly postOn: CalendarDate;
      readonly title: string;
      readonly url: string;
      readonly seenBy: SourceKind;
      readonly level: EvidenceLevel;
    }
  /** `said`: the platform's own words; '' where a person looked. */
  | ({ readonly kind: 'gone'; readonly said: string } & Sight)
  | ({
      readonly kind: 'renamed' | 'operator';
      readonly shown: string;
      readonly registered: string;
    } & Sight);

export interface LiveNotice {
  readonly accountId: number;
  /** What makes it another one than a former one of the same account and kind. */
  readonly mark: string;
  readonly evidence: LiveEvidence;
}

export interface FoundNotices {
  readonly notices: readonly LiveNotice[];
  /** Kinds of which there are more than {@link NOTICES_MAX}: those that are not listed may stand all the same. */
  readonly overflowing: readonly LiveKind[];
}

/** Notices of one kind at once: more disagree only when an import went wrong, and then the first ones tell. */
export const NOTICES_MAX = 5_000;
const GRACE_DAYS = closedPosting.parameters.graceDays.default;

/**
 * Where what is seen and what is registered do not agree now, by the rules of the rounds' notices (indicators/account-notice):
 * live, for people to look at, never a finding. What cannot be told is not told of.
 */
export async function findLiveNotices(db: MatrixDb, at: Instant): Promise<FoundNotices> {
  const oldest = addDays(shanghaiDate(at), -SEEN_DAYS.default);
  const notices: LiveNotice[] = [];
  const overflowing: LiveKind[] = [];
  const add = (kind: LiveKind, { rows, kept }: Listed): void => {
    if (rows > NOTICES_MAX) overflowing.push(kind);
    notices.push(...kept.slice(0, NOTICES_MAX));
  };
  add('closed-posting', await closedThatPost(db));
  add('gone', await goneAccounts(db, oldest));
  add('renamed', await renamedAccounts(db, oldest));
  add('operator', await otherOperators(db, oldest));
  return { notices, overflowing };
}

/** What a query gave, and how many rows it read for it. */
interface Listed {
  readonly rows: number;
  readonly kept: readonly LiveNotice[];
}

const FETCHED = NOTICES_MAX + 1;

/**
 * Since when the register has said of `a` (account) without a break what it says now: the first date after the last other value of a
 * field. A sight of that day or before it may be of what was so before, and tells nothing.
 */
const heldSince = (field: string, now: RawBuilder<unknown>): RawBuilder<CalendarDate> =>
  sql`(select min(h.valid_from) from register_history h
        where h.kind = 'account' and h.subject_id = a.id and h.id > coalesce((
          select max(o.id) from register_history o where o.kind = 'account' and o.subject_id = a.id
             and o.value->>${sql.lit(field)} is distinct from ${now}), 0))`;

/** The closing's own announcement does not count. */
async function closedThatPost(db: MatrixDb): Promise<Listed> {
  type Row = Extract<LiveEvidence, { kind: 'closed-posting' }>;
  const { rows } = await sql<{ accountId: number } & Omit<Row, 'kind'>>`
    select a.id as "accountId", a.status, held.since, p.last_on as "postOn", p.last_title as title,
           p.last_url as url, p.last_kind as "seenBy", p.last_level as level
      from account a join account_pulse p on p.account_id = a.id
      join lateral (select ${heldSince('status', sql`a.status`)} as since) held on true
     where a.status = any(${`{${ENDED_STATUSES.join(',')}}`}::text[])
       and p.last_on > held.since + ${GRACE_DAYS}::int
     order by a.id limit ${FETCHED}`.execute(db);
  const kept = rows.map(
    ({ accountId, ...seen }): LiveNotice => ({
      ...{ accountId, mark: seen.since },
      evidence: { kind: 'closed-posting', ...seen },
    }),
  );
  return { rows: rows.length, kept };
}

/** Platforms that say that an account is not there or was banned; WeChat's refusals are of its interfaces, a bridge's of itself. */
const TELLING_KINDS = ['weibo', 'douyin'] as const satisfies readonly SourceKind[];

/** The newest word on whether an account is there: a person's, or its platform's; a newer post says that it is. */
async function goneAccounts(db: MatrixDb, oldest: CalendarDate): Promise<Listed> {
  const { rows } = await sql<{ accountId: number; said: string } & Sight>`
    with told as (
      select account_id, observed_at as at, 'observation' as "seenBy", is_there as "isThere", '' as said
        from observation where is_there is not null and withdrawn_at is null and observed_at >= ${oldest}::date
      union all
      select account_id, checked_at, kind, false, state_reason from account_source
       where state = 'banned' and removed_at is null and checked_at >= ${oldest}::date
         and kind = any(${`{${TELLING_KINDS.join(',')}}`}::text[])
      union all
      select account_id, ok_at, kind, true, '' from account_source
       where state = 'ok' and removed_at is null and level = 'A1' and ok_at >= ${oldest}::date
    ), newest as (
      select distinct on (account_id) account_id, "seenBy", "isThere", said,
             (at at time zone 'Asia/Shanghai')::date as "seenOn" from told order by account_id, at desc)
    select n.account_id as "accountId", n.said, n."seenOn", n."seenBy"
      from newest n join account a on a.id = n.account_id left join account_pulse p on p.account_id = a.id
     where a.status = 'running' and not n."isThere" and not coalesce(p.last_on > n."seenOn", false)
       and n."seenOn" > ${heldSince('status', sql`a.status`)}
     order by n.account_id limit ${FETCHED}`.execute(db);
  const kept = rows.map(
    ({ accountId, ...seen }): LiveNotice => ({
      ...{ accountId, mark: '' },
      evidence: { kind: 'gone', ...seen },
    }),
  );
  return { rows: rows.length, kept };
}

type Shown = { accountId: number; shown: string; registered: string } & Sight;

const toldOf = (kind: 'renamed' | 'operator', { accountId, ...seen }: Shown): LiveNotice => ({
  ...{ accountId, mark: seen.shown },
  evidence: { kind, ...seen },
});

/** The newest of what `shown` (account_id, name, at, "seenBy") tells, as of its day in Shanghai. */
const newestShown = sql`(select distinct on (account_id) account_id, name, "seenBy",
  (at at time zone 'Asia/Shanghai')::date as "seenOn" from shown order by account_id, at desc)`;

async function renamedAccounts(db: MatrixDb, oldest: CalendarDate): Promise<Listed> {
  const { rows } = await sql<Shown>`
    with shown as (
      select account_id, seen_name as name, observed_at as at, 'observation' as "seenBy"
        from observation where seen_name is not null and withdrawn_at is null and observed_at >= ${oldest}::date
      union all
      select account_id, seen_name, seen_name_at, kind from account_source
       where seen_name is not null and removed_at is null and seen_name_at >= ${oldest}::date
      union all
      select account_id, nick_name, authorised_at, 'authorisation' from wechat_authorisation
       where account_id is not null and state = 'authorised' and nick_name <> '' and authorised_at >= ${oldest}::date
    )
    select a.id as "accountId", n.name as shown, a.name as registered, n."seenOn", n."seenBy"
      from ${newestShown} n join account a on a.id = n.account_id
     where a.status = 'running' and n.name <> a.name and n."seenOn" > ${heldSince('name', sql`a.name`)}
     order by a.id limit ${FETCHED}`.execute(db);
  const kept = rows
    .filter(({ shown, registered }) => foldName(shown) !== foldName(registered))
    .map((row) => toldOf('renamed', row));
  return { rows: rows.length, kept };
}

async function otherOperators(db: MatrixDb, oldest: CalendarDate): Promise<Listed> {
  const { rows } = await sql<Shown & { sponsorId: number }>`
    with shown as (
      select account_id, seen_operator as name, observed_at as at, 'observation' as "seenBy"
        from observation where seen_operator is not null and withdrawn_at is null and observed_at >= ${oldest}::date
      union all
      select account_id, principal_name, authorised_at, 'authorisation' from wechat_authorisation
       where account_id is not null and state = 'authorised' and principal_name <> '' and authorised_at >= ${oldest}::date
    )
    select a.id as "accountId", a.sponsor_id as "sponsorId", n.name as shown, u.name as registered,
           n."seenOn", n."seenBy"
      from ${newestShown} n join account a on a.id = n.account_id join unit u on u.id = a.sponsor_id
     where a.status = 'running' and position(u.name in n.name) = 0
       and n."seenOn" > ${heldSince('sponsor_id', sql`a.sponsor_id::text`)}
     order by a.id limit ${FETCHED}`.execute(db);
  const names = await sponsorNames(db, [...new Set(rows.map(({ sponsorId }) => sponsorId))]);
  const kept = rows.flatMap(({ sponsorId, ...row }): LiveNotice[] => {
    const sponsor = names.get(sponsorId);
    const isOther = sponsor !== undefined && operatorStanding(row.shown, sponsor) === 'other';
    return isOther ? [toldOf('operator', row)] : [];
  });
  return { rows: rows.length, kept };
}

/** A unit tree is not deeper (registry/unit-tree.ts). */
const DEPTH_MAX = 12;

/** The sponsors' names now, their former ones, and those of the units above and right below. */
async function sponsorNames(
  db: MatrixDb,
  ids: readonly number[],
): Promise<Map<number, SponsorNames>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number } & SponsorNames>`
    with recursive line (id, unit_id, depth) as (
      select id, parent_id, 1 from unit where id = any(${idList(ids)}::int[])
      union all
      select line.id, up.parent_id, line.depth + 1 from line join unit up on up.id = line.unit_id
       where line.depth < ${DEPTH_MAX})
    select s.id, s.name,
           s.aliases || coalesce((select jsonb_agg(former_name) from unit_rename where unit_id = s.id), '[]') as "otherNames",
           (select coalesce(jsonb_agg(up.name), '[]') from line join unit up on up.id = line.unit_id
             where line.id = s.id) as above,
           (select coalesce(jsonb_agg(b.name), '[]') from unit b where b.parent_id = s.id) as below
      from unit s where s.id = any(${idList(ids)}::int[])`.execute(db);
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}
