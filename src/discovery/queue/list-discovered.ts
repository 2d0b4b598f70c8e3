import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import { normalName } from '../../derive/accounts/account-names.ts';
import type { Scope } from '../../domain/actor.ts';
import type { AccountPlatform, RegisterMatch, SeenVia } from '../../domain/discovered-account.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { DiscoveredState, DiscoveryDb, DiscoveryTables } from './discovery-db.ts';

export interface DiscoveredFilter {
  readonly platform?: AccountPlatform | undefined;
  readonly match?: RegisterMatch | undefined;
  readonly state?: DiscoveredState | undefined;
  readonly unitIds?: readonly number[] | undefined;
  readonly q?: string | undefined;
}

/** A discovered account as lists show it. */
export interface DiscoveredItem {
  readonly id: number;
  readonly platform: AccountPlatform;
  readonly idKind: string;
  readonly accountKey: string;
  readonly name: string | null;
  readonly site: { readonly id: number; readonly name: string };
  readonly unit: { readonly id: number; readonly name: string };
  readonly match: RegisterMatch;
  /** The registered account that it is, or is called like. */
  readonly registered: { readonly id: number; readonly name: string } | null;
  readonly score: number;
  readonly state: DiscoveredState;
  readonly reason: string | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly caseId: number | null;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  /** Pages on which it was seen. */
  readonly pages: number;
}

export interface DiscoveredDetail extends DiscoveredItem {
  readonly reasons: readonly string[];
  readonly sightings: readonly DiscoveredSighting[];
}

export interface DiscoveredSighting {
  readonly pageUrl: string;
  readonly via: SeenVia;
  readonly place: string;
  readonly words: string;
  readonly address: string | null;
  readonly picture: string | null;
  readonly pageSnapshot: string | null;
  readonly pictureSnapshot: string | null;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
}

/** Sightings shown of one account. */
const SIGHTINGS_MAX = 200;

/** The queue within somebody's sight: open ones first, the likeliest first. */
export async function listDiscovered(
  db: DiscoveryDb,
  scope: Scope,
  filter: DiscoveredFilter,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Promise<{ readonly items: DiscoveredItem[]; readonly total: number }> {
  const rows = await selected(db)
    .where(matching(scope, filter))
    .orderBy(sql`case found.state when 'open' then 0 when 'adopted' then 1 else 2 end`)
    .orderBy('found.score', 'desc')
    .orderBy('found.id')
    .limit(limit)
    .offset(offset)
    .execute();
  const counted = await db
    .selectFrom('discovered_account as found')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where(matching(scope, filter))
    .executeTakeFirst();
  return { items: rows.map(itemOf), total: Number(counted?.count ?? 0) };
}

/** One with everything that was seen of it. Throws {@link UserError} `discovered.unknown`, also for what lies outside of somebody's sight. */
export async function readDiscovered(
  db: DiscoveryDb,
  scope: Scope,
  id: number,
): Promise<DiscoveredDetail> {
  const row = await selected(db)
    .where(matching(scope, {}))
    .where('found.id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw unknownDiscovered();
  const sightings = await db
    .selectFrom('discovered_sighting')
    .selectAll()
    .where('discovered_id', '=', id)
    .orderBy('last_seen_at', 'desc')
    .orderBy('page_url')
    .limit(SIGHTINGS_MAX)
    .execute();
  return {
    ...itemOf(row),
    reasons: row.reasons as unknown as string[],
    sightings: sightings.map((seen) => ({
      ...{ pageUrl: seen.page_url, via: seen.via, place: seen.place, words: seen.words },
      ...{ address: seen.address, picture: seen.picture, pageSnapshot: seen.page_snapshot },
      pictureSnapshot: seen.picture_snapshot,
      firstSeenAt: new Date(seen.first_seen_at).toISOString(),
      lastSeenAt: new Date(seen.last_seen_at).toISOString(),
    })),
  };
}

export const unknownDiscovered = (): UserError =>
  new UserError('discovered.unknown', '没有这条线索；可能已不在您的单位范围里，请刷新列表。');

interface Named {
  readonly id: number;
  readonly name: string;
}
type Joined = DiscoveryTables & {
  readonly unit: Named;
  readonly site: Named;
  readonly account: Named;
};

function selected(db: DiscoveryDb) {
  return (db as unknown as Kysely<Joined>)
    .selectFrom('discovered_account as found')
    .innerJoin('unit', 'unit.id', 'found.unit_id')
    .innerJoin('site', 'site.id', 'found.site_id')
    .leftJoin('account', 'account.id', 'found.registered_id')
    .selectAll('found')
    .select(['unit.name as unit_name', 'site.name as site_name', 'account.name as registered_name'])
    .select(
      sql<number>`(select count(distinct page_url)::int from discovered_sighting
                    where discovered_id = found.id)`.as('pages'),
    );
}

function matching(scope: Scope, filter: DiscoveredFilter) {
  const { platform, match, state, unitIds, q } = filter;
  const words = q === undefined ? '' : normalName(q);
  return ({
    and,
    eb,
  }: ExpressionBuilder<{ found: DiscoveryTables['discovered_account'] }, 'found'>) =>
    and([
      ...(scope === 'all' ? [] : [inUnits([...scope])]),
      ...(unitIds === undefined ? [] : [inUnits(unitIds)]),
      ...(platform === undefined ? [] : [eb('found.platform', '=', platform)]),
      ...(match === undefined ? [] : [eb('found.match', '=', match)]),
      ...(state === undefined ? [] : [eb('found.state', '=', state)]),
      ...(words === ''
        ? []
        : [
            sql<boolean>`(position(${words} in lower(coalesce(found.name, ''))) > 0
                          or position(${q!.trim()} in found.account_key) > 0)`,
          ]),
    ]);
}

const inUnits = (ids: readonly number[]) =>
  sql<boolean>`found.unit_id = any (${ids as number[]}::int[])`;

type Row = Awaited<ReturnType<ReturnType<typeof selected>['execute']>>[number];

function itemOf(row: Row): DiscoveredItem {
  return {
    ...{ id: row.id, platform: row.platform as AccountPlatform, idKind: row.id_kind },
    ...{ accountKey: row.account_key, name: row.name, match: row.match, score: row.score },
    site: { id: row.site_id, name: row.site_name },
    unit: { id: row.unit_id, name: row.unit_name },
    registered:
      row.registered_id === null || row.registered_name === null
        ? null
        : { id: row.registered_id, name: row.registered_name },
    ...{ state: row.state, reason: row.reason, decidedBy: row.decided_by, caseId: row.case_id },
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    firstSeenAt: new Date(row.first_seen_at).toISOString(),
    lastSeenAt: new Date(row.last_seen_at).toISOString(),
    pages: row.pages,
  };
}
