import { sql } from 'kysely';
import type { AccountPeers, AccountRegister } from '../../domain/account-facts.ts';
import { observed } from '../../domain/fact.ts';
import type { Account, SubjectStatus } from '../../domain/subject.ts';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { NewFact } from '../fact.repository.ts';
import type { InspectionDb } from '../inspection-db.ts';
import { recordFact } from '../record-facts.ts';
import { historyLimitOf } from '../round-register.repository.ts';

/** Others of the same sponsor and platform that are named; all are counted. */
const PEERS_NAMED = 20;
/** Units right below a sponsor that are named: a city has some tens of departments. */
const UNITS_NAMED = 100;
/** A unit tree is not deeper (registry/unit-tree.ts). */
const DEPTH_MAX = 12;
/** Changes of one account that are looked through, the newest first. */
const CHANGES_MAX = 200;

/**
 * What the register said of accounts beyond their own rows when the round was planned: their history, their sponsors' other names and
 * neighbours, and who else the sponsor has on the same platform. Judging again gives the same. By account id.
 */
export async function accountRegisterFacts(
  db: InspectionDb,
  roundId: number,
  accounts: readonly Account[],
  at: Instant,
): Promise<Map<number, NewFact[]>> {
  if (accounts.length === 0) return new Map();
  const ids = accounts.map(({ id }) => id);
  const peers = await peersOf(db, roundId, ids);
  const changes = await changesOf(db, ids, await historyLimitOf(db, roundId));
  const sponsors = [...new Set(accounts.map(({ sponsorId }) => sponsorId))];
  const units = await unitsAround(db, roundId, sponsors);
  return new Map(
    accounts.map((account) => {
      const origin = { subjectId: account.id, gatherer: 'registry', gatheredAt: at };
      const register: AccountRegister = {
        name: account.name,
        ...pastOf(account, changes.get(account.id) ?? []),
        status: account.status,
        sponsor: { name: account.sponsorName, ...(units.get(account.sponsorId) ?? ALONE) },
      };
      return [
        account.id,
        [
          recordFact('account.register', observed(register), origin),
          recordFact('account.peers', observed(peers.get(account.id) ?? NO_PEERS), origin),
        ],
      ];
    }),
  );
}

const NO_PEERS: AccountPeers = { same: [], count: 0 };
const ALONE = { otherNames: [], above: [], below: [] };

async function peersOf(
  db: InspectionDb,
  roundId: number,
  ids: readonly number[],
): Promise<Map<number, AccountPeers>> {
  const { rows } = await sql<{ id: number; name: string; accountId: string; count: number }>`
    select id, name, "accountId", count from (
      select mine.subject_id as id, other.name, other.subject->>'accountId' as "accountId",
             (count(*) over of_mine)::int as count,
             row_number() over (of_mine order by other.registry_order, other.subject_id) as place
        from round_subject mine
        join round_subject other
          on other.round_id = mine.round_id and other.kind = 'account' and other.sponsor_id = mine.sponsor_id
         and other.subject_id <> mine.subject_id
         and other.subject->>'platform' = mine.subject->>'platform'
       where mine.round_id = ${roundId} and mine.kind = 'account' and mine.subject_id in (${sql.join(ids)})
      window of_mine as (partition by mine.subject_id)) as all_peers
     where place <= ${PEERS_NAMED} order by id, place`.execute(db);
  return new Map(
    [...Map.groupBy(rows, ({ id }) => id)].map(([id, same]) => [
      id,
      { same: same.map(({ name, accountId }) => ({ name, accountId })), count: same[0]!.count },
    ]),
  );
}

interface Change {
  readonly id: number;
  readonly on: CalendarDate;
  readonly name: string | null;
  readonly status: SubjectStatus | null;
}

/** What accounts were called and how they stood before, the newest first. */
async function changesOf(
  db: InspectionDb,
  ids: readonly number[],
  upTo: number | null,
): Promise<Map<number, readonly Change[]>> {
  const { rows } = await sql<Change>`
    select id, "on", name, status from (
      select subject_id as id, to_char(valid_from, 'YYYY-MM-DD') as "on", value->>'name' as name,
             value->>'status' as status,
             row_number() over (partition by subject_id order by valid_from desc, register_history.id desc) as place
        from register_history where kind = 'account' and subject_id in (${sql.join(ids)})
          and (${upTo}::int is null or id <= ${upTo})) as changes
     where place <= ${CHANGES_MAX} order by id, place`.execute(db);
  return Map.groupBy(rows, ({ id }) => id);
}

/** Former names, and since when the present status has held without a break. */
function pastOf(
  { name, status }: Account,
  changes: readonly Change[],
): Pick<AccountRegister, 'formerNames' | 'since'> {
  const names = changes.flatMap((change) => change.name ?? []);
  const other = changes.findIndex((change) => change.status !== status);
  const held = other === -1 ? changes : changes.slice(0, other);
  return {
    formerNames: [...new Set(names)].filter((each) => each !== name),
    since: held.at(-1)?.on ?? null,
  };
}

interface UnitNames {
  readonly otherNames: readonly string[];
  readonly above: readonly string[];
  readonly below: readonly string[];
}

async function unitsAround(
  db: InspectionDb,
  roundId: number,
  sponsors: readonly number[],
): Promise<Map<number, UnitNames>> {
  const { rows } = await sql<{ id: number } & UnitNames>`
    with recursive line (id, unit_id, depth) as (
      select sponsor.unit_id, sponsor.parent_id, 1 from round_unit sponsor
       where sponsor.round_id = ${roundId} and sponsor.unit_id in (${sql.join(sponsors)})
      union all
      select line.id, up.parent_id, line.depth + 1
        from line join round_unit up on up.round_id = ${roundId} and up.unit_id = line.unit_id
       where line.depth < ${DEPTH_MAX})
    select sponsor.unit_id as id, sponsor.other_names as "otherNames",
           (select coalesce(json_agg(up.name order by line.depth), '[]')
              from line join round_unit up on up.round_id = ${roundId} and up.unit_id = line.unit_id
             where line.id = sponsor.unit_id) as above,
           (select coalesce(json_agg(name), '[]') from (
              select name from round_unit where round_id = ${roundId} and parent_id = sponsor.unit_id
               order by registry_order limit ${UNITS_NAMED}) as names) as below
      from round_unit sponsor
     where sponsor.round_id = ${roundId} and sponsor.unit_id in (${sql.join(sponsors)})`.execute(
    db,
  );
  return new Map(rows.map(({ id, ...names }) => [id, names]));
}
