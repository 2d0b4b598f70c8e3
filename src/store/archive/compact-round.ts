import { randomBytes } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { gzipSync } from 'node:zlib';
import type { Instant } from '../../lib/pure/dates.ts';
import { thisProcess } from '../directory-lock.ts';
import type { Store } from '../store.ts';
import {
  type ArchivedRecord,
  closeSegment,
  type IndexRow,
  insertIndexRows,
  insertSegment,
  listSegmentRows,
  listSegments,
  type StoredSegment,
} from './archive-index.repository.ts';
import { SegmentWriter } from './segment-writer.ts';
import { infoRecord } from './warc-record.ts';

export interface CompactOptions {
  readonly store: Store;
  readonly pathOf: (roundId: number, name: string) => string;
  readonly now: () => Instant;
  readonly software: string;
  /** Chinese; what a reader of a deleted record is told. */
  readonly reason: string;
}

export interface Compaction {
  readonly roundId: number;
  readonly segments: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly recordsKept: number;
}

/** What a compacted segment's row says; such a segment is not compacted again. */
const KEPT_REASON = '只留问题所指的原件';
/** Buffered before it is written out: copies are read and written in turn. */
const FLUSH_EVERY_BYTES = 8 * 1024 * 1024;

/** The segments of a round that compaction would rewrite. */
export async function compactable(store: Store, roundId: number): Promise<StoredSegment[]> {
  const segments = await listSegments(store.db, { state: 'sealed', roundId });
  return segments.filter((segment) => segment.reason === null);
}

/**
 * Keeps of a round's segments only the records of `payloads`: they are copied, byte for byte, into one new segment, which is on
 * the disk before the old ones are marked and deleted. Index rows of what is deleted stay: their digests are what is left.
 */
export async function compactRound(
  options: CompactOptions,
  roundId: number,
  payloads: ReadonlySet<string>,
): Promise<Compaction> {
  const { store, now, reason } = options;
  const segments = await compactable(store, roundId);
  const kept = await copyKept(options, roundId, segments, payloads);
  await store.transaction(async (trx) => {
    await insertIndexRows(trx, kept.rows);
    const at = now();
    if (kept.id !== null)
      await closeSegment(trx, kept.id, {
        state: 'sealed',
        bytes: kept.bytes,
        at,
        reason: KEPT_REASON,
      });
    for (const segment of segments)
      await closeSegment(trx, segment.id, { state: 'dropped', bytes: 0, at, reason });
  });
  for (const segment of segments) await rm(options.pathOf(roundId, segment.name), { force: true });
  return {
    roundId,
    segments: segments.length,
    bytesBefore: segments.reduce((sum, segment) => sum + segment.bytes, 0),
    bytesAfter: kept.bytes,
    recordsKept: kept.rows.length,
  };
}

interface Kept {
  readonly id: number | null;
  readonly bytes: number;
  readonly rows: readonly IndexRow[];
}

async function copyKept(
  options: CompactOptions,
  roundId: number,
  segments: readonly StoredSegment[],
  payloads: ReadonlySet<string>,
): Promise<Kept> {
  let writer: SegmentWriter | null = null;
  const rows: IndexRow[] = [];
  try {
    for (const segment of segments) {
      for await (const record of wantedRecords(options.store, segment, payloads)) {
        const member = await readMember(options.pathOf(roundId, segment.name), record);
        // What is damaged already is not made a whole record of: its row stays with the old segment.
        if (member === null) continue;
        writer ??= await beginKept(options, roundId);
        const place = writer.append(member);
        rows.push({ ...rowOf(record), segment: writer.id, ...place });
        if (writer.size % FLUSH_EVERY_BYTES < member.byteLength) await writer.flush();
      }
    }
  } finally {
    await writer?.close();
  }
  return { id: writer?.id ?? null, bytes: writer?.size ?? 0, rows };
}

async function* wantedRecords(
  store: Store,
  segment: StoredSegment,
  payloads: ReadonlySet<string>,
): AsyncGenerator<ArchivedRecord> {
  for (let from = 0; ; ) {
    const batch = await listSegmentRows(store.db, segment.id, from);
    for (const record of batch) if (payloads.has(record.payload)) yield record;
    const last = batch.at(-1);
    if (!last) return;
    from = last.position + 1;
  }
}

function rowOf(record: ArchivedRecord): Omit<IndexRow, 'segment' | 'position' | 'length'> {
  return {
    payload: record.payload,
    kind: record.kind,
    url: record.url,
    status: record.status,
    fetched_at: record.fetchedAt,
    body_bytes: record.bodyBytes,
  };
}

async function beginKept(
  { store, pathOf, now, software }: CompactOptions,
  roundId: number,
): Promise<SegmentWriter> {
  const at = now();
  const name = `kept-${randomBytes(8).toString('hex')}.warc.gz`;
  const id = await insertSegment(store.db, {
    roundId,
    name,
    state: 'open',
    writer: JSON.stringify({ host: hostname(), ...thisProcess() }),
    reason: null,
    at,
  });
  const writer = await SegmentWriter.create(id, pathOf(roundId, name));
  writer.append(gzipSync(infoRecord(at, name, software)));
  return writer;
}

/** The bytes of one record as they lie in a segment file, or null when the file is gone or shorter. */
export async function readMember(
  path: string,
  { position, length }: { readonly position: number; readonly length: number },
): Promise<Buffer | null> {
  const file = await open(path, 'r').catch(() => null);
  if (file === null) return null;
  try {
    const member = Buffer.alloc(length);
    const { bytesRead } = await file.read(member, 0, length, position);
    return bytesRead === length ? member : null;
  } finally {
    await file.close();
  }
}
