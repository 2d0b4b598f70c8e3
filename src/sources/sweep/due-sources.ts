import { sql } from 'kysely';
import type { SourceKind } from '../../domain/account-sources.ts';
import { ENDED_STATUSES } from '../../domain/subject.ts';
import { type Instant, shanghaiText } from '../../lib/pure/dates.ts';
import { ASKED_KINDS } from '../ask/ask-source.ts';
import { toSource } from '../source.repository.ts';
import type { Source } from '../source.ts';
import type { SourcesDb } from '../sources-db.ts';
import type { SweepLane } from './sweep-lanes.ts';

/** Asked so recently, a source is not asked again by another sweep; WeChat's list may be read four times a day (§2.7). */
const ASKED_AGAIN_MS = 3 * 3_600_000;

/** What was closed is asked once a week: that it still publishes is rare, and is no hurry. */
const CLOSED_AGAIN_MS = 7 * 24 * 3_600_000 - ASKED_AGAIN_MS;

export interface DueFilter {
  readonly platform: string | null;
  readonly startedAt: Instant;
  readonly isPublicOnly: boolean;
  readonly now: Instant;
}

/** Names that nobody can own (RFC 6761, RFC 2606): a simulated province is found there by resolve rules only. */
const RESERVED =
  '^https?://([^/@]*@)?([^/:@]*\\.)?(test|example|invalid|localhost|example\\.(com|net|org))\\.?([:/?#]|$)';
const isReserved = sql<boolean>`s.address ~* ${sql.lit(RESERVED)}`;

/** Sources of running accounts that stand at such names, and that only a sweep with resolve rules asks. */
export async function countReserved(db: SourcesDb): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from account_source s join account a on a.id = s.account_id
     where s.removed_at is null and a.status = 'running' and ${isReserved}`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Sources that a sweep has still to ask, parked ones among them. */
function due({ platform, startedAt, isPublicOnly }: DueFilter, kinds: readonly SourceKind[]) {
  const since = new Date(Date.parse(startedAt) - ASKED_AGAIN_MS).toISOString();
  return sql`
    account_source s join account a on a.id = s.account_id
     where s.removed_at is null and ${isOfInterest(startedAt)} and s.kind in (${sql.join(kinds.map((kind) => sql.lit(kind)))})
       and (${platform}::text is null or a.platform = ${platform} or s.kind = ${platform})
       and (not ${isPublicOnly} or not ${isReserved})
       and (s.checked_at is null or s.checked_at < ${since}::timestamptz)`;
}

/** Running accounts; closed ones seldom, for whether they still publish. */
function isOfInterest(startedAt: Instant) {
  const since = new Date(Date.parse(startedAt) - CLOSED_AGAIN_MS).toISOString();
  return sql`(a.status = 'running' or a.status = any(${`{${ENDED_STATUSES.join(',')}}`}::text[])
    and (s.checked_at is null or s.checked_at < ${since}::timestamptz))`;
}

const isOpen = (now: Instant) => sql`(s.park_until is null or s.park_until <= ${now}::timestamptz)`;

export async function countDue(
  db: SourcesDb,
  filter: DueFilter,
): Promise<{ open: number; parked: number }> {
  const { rows } = await sql<{ open: number; parked: number }>`
    select count(*) filter (where ${isOpen(filter.now)})::int as open,
           count(*) filter (where not ${isOpen(filter.now)})::int as parked from ${due(filter, ASKED_KINDS)}`.execute(
    db,
  );
  return rows[0] ?? { open: 0, parked: 0 };
}

/** A source that is due, with the account it is of. */
export interface DueSource {
  /** In the order in which its lane takes sources. */
  readonly place: number;
  readonly source: Source;
  readonly accountName: string;
  readonly accountId: string;
}

/** Every id once, neighbours far from each other: multiplied by an odd number near 2³² / 1.618 (Knuth, TAOCP 3, 6.4), modulo 2³². */
const [SPREAD, IDS] = [2_654_435_761n, 4_294_967_296n];

/** The next sources of a lane after a place, in its order. */
export async function dueSources(
  db: SourcesDb,
  filter: DueFilter,
  { kinds, mixed }: Pick<SweepLane, 'kinds' | 'mixed'>,
  page: { readonly after: number; readonly count: number },
): Promise<DueSource[]> {
  const place = mixed
    ? sql`(s.id::bigint * ${sql.lit(Number(SPREAD))}::bigint % ${sql.lit(Number(IDS))}::bigint)`
    : sql`s.id`;
  const { rows } = await sql<
    Parameters<typeof toSource>[0] & { account_name: string; account_code: string }
  >`select s.*, a.name as account_name, a.account_id as account_code
      from ${due(filter, kinds)} and ${isOpen(filter.now)} and ${place} > ${page.after}
     order by ${place} limit ${page.count}`.execute(db);
  return rows.map((row) => ({
    place: mixed ? Number((BigInt(row.id) * SPREAD) % IDS) : row.id,
    source: toSource(row),
    accountName: row.account_name,
    accountId: row.account_code,
  }));
}

/** Leaves sources of a platform alone until it may be asked again. */
export async function parkSources(
  db: SourcesDb,
  ids: readonly number[],
  park: { readonly kind: SourceKind; readonly until: Instant },
): Promise<void> {
  if (ids.length === 0) return;
  await db
    .updateTable('account_source')
    .set({
      ...{ state: 'parked' as const, park_until: park.until },
      state_reason: '平台对本系统的总额度用完，没有去看',
      next_step: `系统 ${shanghaiText(park.until)} 以后再看`,
    })
    .where('id', 'in', [...ids])
    .where('kind', '=', park.kind)
    .execute();
}
