import { sql } from 'kysely';
import type { CrawlRequest, FetchedPage } from '../domain/crawl.ts';
import type { SubjectKind } from '../domain/subject.ts';
import { storableJson } from '../lib/pure/storable-json.ts';
import type { InspectionDb } from './inspection-db.ts';

/** A fetched page as recorded: where, with what outcome, and under which hash its bytes are kept. */
export type PageRecord = Pick<
  FetchedPage,
  'url' | 'outcome' | 'status' | 'snapshot' | 'fetchedAt' | 'headers' | 'truncated'
> & {
  /** As asked for; `url` is where redirects led. */
  readonly askedUrl: string;
  readonly role: string;
  readonly bytes: number;
  readonly reason: string | null;
  readonly errorClass: string | null;
};

export type OwnedPage = PageRecord & { readonly kind: SubjectKind; readonly subjectId: number };

/** Headers that the readers of pages look at; the archived record has all. */
const KEPT_HEADERS = ['content-type', 'last-modified', 'location', 'content-language'];
const URL_KEPT_MAX = 4_096;

/** Records pages once each; only what a budget refused earlier may be fetched after all. */
export async function insertPages(
  db: InspectionDb,
  roundId: number,
  pages: readonly OwnedPage[],
): Promise<void> {
  if (pages.length === 0) return;
  const rows = onePerPage(pages).map((page) => ({
    kind: page.kind,
    subject_id: page.subjectId,
    url: page.url.slice(0, URL_KEPT_MAX),
    role: page.role,
    outcome: page.outcome,
    status: page.status,
    snapshot: page.snapshot,
    bytes: page.bytes,
    fetched_at: page.fetchedAt,
    reason: page.reason,
    asked_url: page.askedUrl.slice(0, URL_KEPT_MAX),
    headers: Object.fromEntries(
      KEPT_HEADERS.flatMap((name) => {
        const value = page.headers[name];
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    truncated: page.truncated,
    error_class: page.errorClass,
  }));
  await sql`
    insert into page (round_id, kind, subject_id, url, role, outcome, status, snapshot, bytes, fetched_at, reason,
                      asked_url, headers, truncated, error_class)
    select ${roundId}::int, * from json_to_recordset(${storableJson(rows)}::json) as page(
      kind text, subject_id int, url text, role text, outcome text, status smallint, snapshot text, bytes int,
      fetched_at timestamptz, reason text, asked_url text, headers jsonb, truncated boolean, error_class text)
    on conflict (round_id, kind, subject_id, role, md5(asked_url)) do update set
      url = excluded.url, outcome = excluded.outcome, status = excluded.status, snapshot = excluded.snapshot,
      bytes = excluded.bytes, fetched_at = excluded.fetched_at, reason = excluded.reason, headers = excluded.headers,
      truncated = excluded.truncated, error_class = excluded.error_class
      where page.outcome = 'refused'`.execute(db);
}

/** One statement may not touch a row twice. */
function onePerPage(pages: readonly OwnedPage[]): OwnedPage[] {
  return [
    ...new Map(
      pages.map((page) => [`${page.kind} ${page.subjectId} ${page.role} ${page.askedUrl}`, page]),
    ).values(),
  ];
}

/** What an interrupted crawl of a subject kept. */
export interface KeptPages {
  has(request: CrawlRequest): boolean;
  /** The page as it came; null when it was not kept or its bytes are gone. */
  recall(request: CrawlRequest): Promise<FetchedPage | null>;
}

/** Pages of a subject that need not be fetched again. `bytesOf` reads the archive. */
export async function keptPages(
  db: InspectionDb,
  roundId: number,
  owner: { readonly kind: SubjectKind; readonly subjectId: number },
  bytesOf: (hash: string) => Promise<Uint8Array | null>,
): Promise<KeptPages> {
  const records = await listPages(db, roundId, owner.kind, owner.subjectId);
  const key = (role: string, url: string): string => `${role} ${url}`;
  const kept = new Map(
    records
      .filter(({ outcome }) => outcome !== 'refused')
      .map((record) => [key(record.role, record.askedUrl), record]),
  );
  return {
    has: ({ role, url }) => kept.has(key(role, url)),
    recall: async (request) => {
      const record = kept.get(key(request.role, request.url));
      if (!record) return null;
      const body = record.snapshot === null ? new Uint8Array(0) : await bytesOf(record.snapshot);
      if (body === null) {
        kept.delete(key(request.role, request.url));
        return null;
      }
      const { url, outcome, status, snapshot, fetchedAt, headers, truncated } = record;
      return {
        request,
        ...{ url, outcome, status, snapshot, fetchedAt, headers, truncated, body },
        ...(record.reason === null ? {} : { reason: record.reason }),
        ...(record.errorClass === null
          ? {}
          : { errorClass: record.errorClass as NonNullable<FetchedPage['errorClass']> }),
      };
    },
  };
}

/** At most this many pages of one subject are listed; a subject's crawl budget is far below it. */
const PAGES_MAX = 2000;

export async function listPages(
  db: InspectionDb,
  roundId: number,
  kind: SubjectKind,
  subjectId: number,
): Promise<PageRecord[]> {
  const rows = await db
    .selectFrom('page')
    .selectAll()
    .where('round_id', '=', roundId)
    .where('kind', '=', kind)
    .where('subject_id', '=', subjectId)
    .orderBy('fetched_at')
    .limit(PAGES_MAX)
    .execute();
  return rows.map((row) => ({
    url: row.url,
    askedUrl: row.asked_url ?? row.url,
    role: row.role,
    outcome: row.outcome as PageRecord['outcome'],
    status: row.status,
    snapshot: row.snapshot,
    bytes: row.bytes,
    fetchedAt: new Date(row.fetched_at).toISOString(),
    reason: row.reason,
    headers: (row.headers ?? {}) as unknown as Record<string, string>,
    truncated: row.truncated,
    errorClass: row.error_class,
  }));
}
