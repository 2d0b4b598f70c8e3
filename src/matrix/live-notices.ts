import { sql } from 'kysely';
import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import { ENDED_STATUSES, type SubjectStatus } from '../domain/subject.ts';
import { closedPosting } from '../indicators/account-notice/closed-posting.ts';
import { SEEN_DAYS } from '../indicators/shared/profile-claim.ts';
import { foldName, operatorStanding, type SponsorNames } from '../indicators/shared/unit-names.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../lib/pure/dates.ts';
import { idList, type MatrixDb } from './matrix-db.ts';

/** Where something was seen: a person, a source, or the account's authorisation of our WeChat platform. */
export type SeenBy = SourceKind | 'authorisation';

/** What shows that the register and the platform do not agree; its kind says what it is of. */
export type LiveEvidence =
  | {
      readonly kind: 'closed-posting';
      readonly status: SubjectStatus;
      readonly since: CalendarDate;
      readonly postOn: CalendarDate;
      readonly title: string;
      readonly url: string;
      readonly seenBy: SeenBy | null;
      readonly level: EvidenceLevel | null;
    }
  | ({ readonly kind: 'gone'; readonly said: string } & Sight)
  | ({ readonly kind: 'renamed'; readonly shown: string; readonly registered: string } & Sight)
  | ({ readonly kind: 'operator'; readonly shown: string; readonly registered: string } & Sight);

interface Sight {
  readonly seenAt: Instant;
  readonly seenBy: SeenBy;
  /** The person who looked; '' where no person did. */
  readonly by: string;
}

export interface LiveNotice {
  readonly accountId: number;
  readonly evidence: LiveEvidence;
}

/** Notices of one kind at once: more disagree only when an import went wrong, and then the first ones tell. */
const NOTICES_MAX = 5_000;
const GRACE_DAYS = closedPosting.parameters.graceDays.default;

/**
 * Where what is seen and what is registered do not agree now, by the rules of the rounds' notices (indicators/account-notice):
 * live, for people to look at, never a finding. What cannot be told is not told of.
 */
export async function findLiveNotices(db: MatrixDb, at: Instant): Promise<LiveNotice[]> {
  return [
    ...(await closedThatPost(db)),
    ...(await goneAccounts(db, at)),
    ...(await renamedAccounts(db, at)),
    ...(await otherOperators(db, at)),
  ];
}

/** Since when a status holds is told by the history of the register; the closing's own announcement does not count. */
async function closedThatPost(db: MatrixDb): Promise<LiveNotice[]> {
  const { rows } = await sql<
    { accountId: number } & Omit<Extract<LiveEvidence, { kind: 'closed-posting' }>, 'kind'>
  >`
    select a.id as "accountId", a.status, held.since, p.last_on as "postOn", p.last_title as title, p.last_url as url,
           p.last_kind as "seenBy", p.last_level as level
      from account a join account_pulse p on p.account_id = a.id
      join lateral (
        select min(h.valid_from) as since from register_history h
         where h.kind = 'account' and h.subject_id = a.id and h.id > coalesce((
           select max(o.id) from register_history o
            where o.kind = 'account' and o.subject_id = a.id and o.value->>'status' <> a.status), 0)) held on true
     where a.status = any(${`{${ENDED_STATUSES.join(',')}}`}::text[]) and p.last_on > held.since + ${GRACE_DAYS}::int
     order by a.id limit ${NOTICES_MAX}`.execute(db);
  return rows.map(({ accountId, ...seen }) => ({
    accountId,
    evidence: { kind: 'closed-posting', ...seen },
  }));
}

/** The newest word on whether an account is there: a person's, or the platform's refusal; a newer post says that it is. */
async function goneAccounts(db: MatrixDb, at: Instant): Promise<LiveNotice[]> {
  const { rows } = await sql<{ accountId: number; said: string } & Sight>`
    with told as (
      select account_id, observed_at as "seenAt", 'observation' as "seenBy", is_there, coalesce(seen_by, '') as by,
             '' as said
        from observation where is_there is not null and withdrawn_at is null
      union all
      select account_id, checked_at, kind, false, '', state_reason
        from account_source where state = 'banned' and removed_at is null and checked_at is not null
      union all
      select account_id, ok_at, kind, true, '', '' from account_source
       where removed_at is null and ok_at is not null and state = 'ok' and level = 'A1'
    ), newest as (select distinct on (account_id) * from told order by account_id, "seenAt" desc)
    select n.account_id as "accountId", n.said, n."seenAt", n."seenBy", n.by
      from newest n join account a on a.id = n.account_id left join account_pulse p on p.account_id = a.id
     where a.status = 'running' and not n.is_there and n."seenAt" >= ${oldestOf(at)}::timestamptz
       and not coalesce(p.last_on > (n."seenAt" at time zone 'Asia/Shanghai')::date, false)
     order by a.id limit ${NOTICES_MAX}`.execute(db);
  return rows.map(({ accountId, ...seen }) => ({ accountId, evidence: { kind: 'gone', ...seen } }));
}

const oldestOf = (at: Instant): CalendarDate => addDays(shanghaiDate(at), -SEEN_DAYS.default);

type Shown = { accountId: number; shown: string; registered: string } & Sight;

async function renamedAccounts(db: MatrixDb, at: Instant): Promise<LiveNotice[]> {
  const { rows } = await sql<Shown>`
    with shown as (
      select account_id, seen_name as name, observed_at as "seenAt", 'observation' as "seenBy", coalesce(seen_by, '') as by
        from observation where seen_name is not null and withdrawn_at is null
      union all
      select account_id, seen_name, seen_name_at, kind, '' from account_source
       where seen_name is not null and removed_at is null
      union all
      select account_id, nick_name, authorised_at, 'authorisation', '' from wechat_authorisation
       where account_id is not null and state = 'authorised' and nick_name <> ''
    ), newest as (select distinct on (account_id) * from shown order by account_id, "seenAt" desc)
    select a.id as "accountId", n.name as shown, a.name as registered, n."seenAt", n."seenBy", n.by
      from newest n join account a on a.id = n.account_id
     where a.status = 'running' and n.name <> a.name and n."seenAt" >= ${oldestOf(at)}::timestamptz
     order by a.id limit ${NOTICES_MAX}`.execute(db);
  return rows
    .filter(({ shown, registered }) => foldName(shown) !== foldName(registered))
    .map(({ accountId, ...seen }) => ({ accountId, evidence: { kind: 'renamed', ...seen } }));
}

async function otherOperators(db: MatrixDb, at: Instant): Promise<LiveNotice[]> {
  const { rows } = await sql<Shown & { sponsorId: number }>`
    with shown as (
      select account_id, seen_operator as name, observed_at as "seenAt", 'observation' as "seenBy",
             coalesce(seen_by, '') as by
        from observation where seen_operator is not null and withdrawn_at is null
      union all
      select account_id, principal_name, authorised_at, 'authorisation', '' from wechat_authorisation
       where account_id is not null and state = 'authorised' and principal_name <> ''
    ), newest as (select distinct on (account_id) * from shown order by account_id, "seenAt" desc)
    select a.id as "accountId", a.sponsor_id as "sponsorId", n.name as shown, u.name as registered, n."seenAt", n."seenBy", n.by
      from newest n join account a on a.id = n.account_id join unit u on u.id = a.sponsor_id
     where a.status = 'running' and position(u.name in n.name) = 0 and n."seenAt" >= ${oldestOf(at)}::timestamptz
     order by a.id limit ${NOTICES_MAX}`.execute(db);
  const names = await sponsorNames(db, [...new Set(rows.map(({ sponsorId }) => sponsorId))]);
  return rows.flatMap(({ accountId, sponsorId, ...seen }): LiveNotice[] => {
    const sponsor = names.get(sponsorId);
    const isOther = sponsor !== undefined && operatorStanding(seen.shown, sponsor) === 'other';
    return isOther ? [{ accountId, evidence: { kind: 'operator', ...seen } }] : [];
  });
}

/** A unit tree is not deeper (registry/unit-tree.ts). */
const DEPTH_MAX = 12;

async function sponsorNames(
  db: MatrixDb,
  ids: readonly number[],
): Promise<Map<number, SponsorNames>> {
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
