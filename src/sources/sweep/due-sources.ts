import { sql } from 'kysely';
import type { SourceKind } from '../../domain/account-sources.ts';
import { ENDED_STATUSES } from '../../domain/subject.ts';
import { type Instant, shanghaiText } from '../../lib/pure/dates.ts';
import { ASKED_KINDS } from '../ask/ask-source.ts';
import { toSource } from '../source.repository.ts';
import type { Source } from '../source.ts';
import type { SourcesDb } from '../sources-db.ts';

/** Asked so recently, a source is not asked again by another sweep; WeChat's list may be read four times a day (§2.7). */
const ASKED_AGAIN_MS = 3 * 3_600_000;

/** What was closed is asked once a week: that it still publishes is rare, and is no hurry. */
const CLOSED_AGAIN_MS = 7 * 24 * 3_600_000 - ASKED_AGAIN_MS;

export interface DueFilter {
  readonly platform: string | null;
  readonly startedAt: Instant;
  readonly now: Instant;
}

/** Sources that a sweep has still to ask, parked ones among them. */
function due({ platform, startedAt }: DueFilter) {
  const since = new Date(Date.parse(startedAt) - ASKED_AGAIN_MS).toISOString();
  return sql`
    account_source s join account a on a.id = s.account_id
     where s.removed_at is null and ${isOfInterest(startedAt)} and s.kind = any(${`{${ASKED_KINDS.join(',')}}`}::text[])
       and (${platform}::text is null or a.platform = ${platform} or s.kind = ${platform})
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
           count(*) filter (where not ${isOpen(filter.now)})::int as parked from ${due(filter)}`.execute(
    db,
  );
  return rows[0] ?? { open: 0, parked: 0 };
}

/** A source that is due, with the account it is of. */
export interface DueSource {
  readonly source: Source;
  readonly accountName: string;
  readonly accountId: string;
}

/** The next sources after one, in the order of their ids. */
export async function dueSources(
  db: SourcesDb,
  filter: DueFilter,
  page: { readonly after: number; readonly count: number },
): Promise<DueSource[]> {
  const { rows } = await sql<
    Parameters<typeof toSource>[0] & { account_name: string; account_code: string }
  >`select s.*, a.name as account_name, a.account_id as account_code
      from ${due(filter)} and ${isOpen(filter.now)} and s.id > ${page.after}
     order by s.id limit ${page.count}`.execute(db);
  return rows.map((row) => ({
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
