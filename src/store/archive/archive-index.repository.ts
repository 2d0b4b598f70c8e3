import { type Kysely, sql } from 'kysely';
import type { Instant } from '../../lib/pure/dates.ts';

/** The archive's own tables (migrations/0110-evidence.ts). The kit knows no other. */
export interface ArchiveTables {
  evidence_segment: {
    id: number;
    round_id: number;
    name: string;
    state: SegmentState;
    bytes: number;
    writer: string;
    reason: string | null;
    created_at: string;
    closed_at: string | null;
  };
}
export type SegmentState = 'open' | 'sealed' | 'dropped' | 'digest';

// biome-ignore lint/suspicious/noExplicitAny: callers bring a connection or a transaction typed for their own tables
export type AnyDb = Kysely<any>;

/** One row of the index as written. `payload` = SHA-256 (hex) of the body. */
export interface IndexRow {
  readonly payload: string;
  readonly segment: number;
  readonly position: number;
  readonly length: number;
  /** `resource`: made by us of answers, not received. */
  readonly kind: 'response' | 'resource' | 'revisit' | 'digest';
  readonly url: string;
  readonly status: number;
  readonly fetched_at: Instant;
  readonly body_bytes: number;
}

/** Where a payload is kept, or that only its digest is. */
export interface ArchivedRecord {
  readonly payload: string;
  readonly kind: IndexRow['kind'];
  readonly url: string;
  readonly status: number;
  readonly fetchedAt: Instant;
  readonly bodyBytes: number;
  readonly segment: number;
  readonly roundId: number;
  /** File name of the segment. */
  readonly name: string;
  readonly position: number;
  readonly length: number;
  readonly state: SegmentState;
  /** Chinese: why only the digest is left. */
  readonly reason: string | null;
}

/** Rows per statement. */
const INSERT_BATCH = 1000;

/** Adds rows; a row that is there already stays. One parameter a statement: the rows go as one JSON text. */
export async function insertIndexRows(db: AnyDb, rows: readonly IndexRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += INSERT_BATCH) {
    const slice = JSON.stringify(rows.slice(start, start + INSERT_BATCH));
    await sql`
      insert into evidence_record (payload, segment, position, length, kind, url, status, fetched_at, body_bytes)
      select decode(payload, 'hex'), segment, position, length, kind, url, status, fetched_at, body_bytes
        from json_to_recordset(${slice}::json) as each(
          payload text, segment int, position int, length int, kind text, url text, status smallint,
          fetched_at timestamptz, body_bytes int)
      on conflict do nothing`.execute(db);
  }
}

/** Places listed for one payload; a body of a few bytes may have very many. */
const PLACES_MAX = 50;

/** The places of a payload, those with bytes first; `url` narrows to the records of one address. */
export async function findIndexRows(
  db: AnyDb,
  payload: string,
  url: string | null = null,
): Promise<ArchivedRecord[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select r.segment, r.position, r.length, r.kind, r.url, r.status, r.fetched_at, r.body_bytes,
           s.round_id, s.name, s.state, s.reason
      from evidence_record r join evidence_segment s on s.id = r.segment
     where r.payload = decode(${payload}, 'hex') ${url === null ? sql`` : sql`and r.url = ${url}`}
     limit ${PLACES_MAX}`.execute(db);
  return rows
    .map((row) => toRecord(payload, row))
    .sort((a, b) => rank(a) - rank(b) || (a.fetchedAt < b.fetchedAt ? -1 : 1));
}

function rank({ kind, state }: ArchivedRecord): number {
  if (state === 'dropped' || state === 'digest') return 2;
  return kind === 'response' || kind === 'resource' ? 0 : 1;
}

function toRecord(payload: string, row: Record<string, unknown>): ArchivedRecord {
  return {
    payload,
    kind: row.kind as IndexRow['kind'],
    url: row.url as string,
    status: Number(row.status),
    fetchedAt: new Date(row.fetched_at as string).toISOString(),
    bodyBytes: Number(row.body_bytes),
    segment: Number(row.segment),
    roundId: Number(row.round_id),
    name: row.name as string,
    position: Number(row.position),
    length: Number(row.length),
    state: row.state as SegmentState,
    reason: row.reason as string | null,
  };
}

export interface NewSegment {
  readonly roundId: number;
  readonly name: string;
  readonly state: SegmentState;
  readonly writer: string;
  readonly reason: string | null;
  readonly at: Instant;
}

export async function insertSegment(db: AnyDb, segment: NewSegment): Promise<number> {
  const row = await (db as Kysely<ArchiveTables>)
    .insertInto('evidence_segment')
    .values({
      round_id: segment.roundId,
      name: segment.name,
      state: segment.state,
      writer: segment.writer,
      reason: segment.reason,
      created_at: segment.at,
    } as never)
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function closeSegment(
  db: AnyDb,
  id: number,
  change: { state: SegmentState; bytes: number; at: Instant; reason?: string },
): Promise<void> {
  await (db as Kysely<ArchiveTables>)
    .updateTable('evidence_segment')
    .set({
      state: change.state,
      bytes: change.bytes,
      closed_at: change.at,
      ...(change.reason === undefined ? {} : { reason: change.reason }),
    })
    .where('id', '=', id)
    .execute();
}

export interface StoredSegment {
  readonly id: number;
  readonly roundId: number;
  readonly name: string;
  readonly state: SegmentState;
  readonly bytes: number;
  readonly writer: string;
  readonly reason: string | null;
  readonly createdAt: Instant;
}

/** Segments by id, oldest first; a segment is tens of megabytes, so this bounds terabytes. */
const SEGMENTS_MAX = 100_000;

export async function listSegments(
  db: AnyDb,
  filter: { state?: SegmentState; roundId?: number } = {},
): Promise<StoredSegment[]> {
  let query = (db as Kysely<ArchiveTables>).selectFrom('evidence_segment').selectAll();
  if (filter.state) query = query.where('state', '=', filter.state);
  if (filter.roundId !== undefined) query = query.where('round_id', '=', filter.roundId);
  const rows = await query.orderBy('id').limit(SEGMENTS_MAX).execute();
  return rows.map((row) => ({
    id: row.id,
    roundId: row.round_id,
    name: row.name,
    state: row.state,
    bytes: Number(row.bytes),
    writer: row.writer,
    reason: row.reason,
    createdAt: new Date(row.created_at).toISOString(),
  }));
}

/** Rows read at a time. */
const SEGMENT_ROWS = 5_000;

/** All rows of one segment in the order in which they lie there, read in batches. */
export async function* segmentPlaces(db: AnyDb, segment: number): AsyncGenerator<ArchivedRecord> {
  for (let from = 0; ; ) {
    const batch = await listSegmentRows(db, segment, from);
    yield* batch;
    const last = batch.at(-1);
    if (!last) return;
    from = last.position + 1;
  }
}

async function listSegmentRows(
  db: AnyDb,
  segment: number,
  from: number,
): Promise<ArchivedRecord[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select encode(r.payload, 'hex') as payload, r.segment, r.position, r.length, r.kind, r.url, r.status,
           r.fetched_at, r.body_bytes, s.round_id, s.name, s.state, s.reason
      from evidence_record r join evidence_segment s on s.id = r.segment
     where r.segment = ${segment} and r.position >= ${from}
     order by r.position limit ${SEGMENT_ROWS}`.execute(db);
  return rows.map((row) => toRecord(row.payload as string, row));
}

/** End of the last indexed record of a segment: everything before it is whole. */
export async function indexedEnd(db: AnyDb, segment: number): Promise<number> {
  const { rows } = await sql<{ indexed: number | null }>`
    select max(position + length) as indexed from evidence_record where segment = ${segment}`.execute(
    db,
  );
  return Number(rows[0]?.indexed ?? 0);
}

/** Bytes of all segments that have a file. */
export async function storedBytes(db: AnyDb): Promise<number> {
  const { rows } = await sql<{ bytes: string | null }>`
    select sum(bytes) as bytes from evidence_segment where state in ('open', 'sealed')`.execute(db);
  return Number(rows[0]?.bytes ?? 0);
}

/** What one round's segments of one state hold. */
export interface ArchiveUsage {
  readonly roundId: number;
  readonly state: SegmentState;
  readonly segments: number;
  readonly bytes: number;
  /** Chinese, the same for all of them or the last one's. */
  readonly reason: string | null;
}

export async function archiveUsage(db: AnyDb): Promise<ArchiveUsage[]> {
  const { rows } = await sql<Record<string, unknown>>`
    select round_id, state, count(*) as segments, sum(bytes) as bytes, max(reason) as reason
      from evidence_segment group by round_id, state order by round_id, state`.execute(db);
  return rows.map((row) => ({
    roundId: Number(row.round_id),
    state: row.state as SegmentState,
    segments: Number(row.segments),
    bytes: Number(row.bytes),
    reason: row.reason as string | null,
  }));
}
