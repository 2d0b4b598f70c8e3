import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';

/** The home page of a registered site as a round gathered it last; its bytes are in the archive. */
export interface HomePage {
  readonly siteId: number;
  readonly roundId: number;
  readonly url: string;
  /** SHA-256 (hex). */
  readonly snapshot: string;
  readonly contentType: string;
  readonly fetchedAt: Instant;
  /** As the round was told where hosts are. */
  readonly resolveRules: readonly string[];
}

/** Home pages read at once; a province has some hundred sites. */
const PAGES_MAX = 20_000;

/** The newest home page of every site that a round has read, in the order of sites. */
export async function newestHomePages<Tables>(db: Kysely<Tables>): Promise<HomePage[]> {
  const { rows } = await sql<HomePage>`
    select distinct on (page.subject_id)
           page.subject_id as "siteId", page.round_id as "roundId", page.url, page.snapshot,
           coalesce(page.headers->>'content-type', '') as "contentType", page.fetched_at as "fetchedAt",
           round.resolve_rules as "resolveRules"
      from page join round on round.id = page.round_id join site on site.id = page.subject_id
     where page.kind = 'site' and page.role = 'home' and page.outcome = 'ok' and page.snapshot is not null
     order by page.subject_id, page.fetched_at desc limit ${PAGES_MAX}`.execute(db);
  return rows.map((row) => ({ ...row, fetchedAt: new Date(row.fetchedAt).toISOString() }));
}
