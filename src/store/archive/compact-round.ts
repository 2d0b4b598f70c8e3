import { randomBytes } from 'node:crypto';
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
  listSegments,
  type StoredSegment,
  segmentPlaces,
} from './archive-index.repository.ts';
import type { SegmentStore } from './segment-store.ts';
import { SegmentWriter } from './segment-writer.ts';
import { infoRecord } from './warc-record.ts';

export interface CompactOptions {
  readonly store: Store;
  readonly segments: SegmentStore;
  readonly now: () => Instant;
  readonly software: string;
  /** Chinese; what a reader of a deleted record is told. */
  readonly reason: string;
  /** Only segments that were begun before. */
  readonly before?: Instant;
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

/** The segments of a round that compaction would rewrite, or, after a kill, has still to delete. */
export async function compactable(
  store: Store,
  roundId: number,
  before?: Instant,
): Promise<StoredSegment[]> {
  const segments = await listSegments(store.db, { roundId });
  return segments.filter(
    ({ state, reason, bytes, createdAt }) =>
      (before === undefined || createdAt < before) &&
      ((state === 'sealed' && reason === null) || (state === 'dropped' && bytes > 0)),
  );
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
  const { store, now, reason, before } = options;
  const segments = (await compactable(store, roundId, before)).filter(
    ({ state }) => state === 'sealed',
  );
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
    // The bytes count until the file is gone: a kill in between is seen, and mended the next time.
    for (const segment of segments)
      await closeSegment(trx, segment.id, {
        state: 'dropped',
        bytes: Math.max(1, segment.bytes),
        at,
        reason,
      });
  });
  if (kept.name !== null) await options.segments.keep(segmentKey(roundId, kept.name));
  await removeDropped(options, roundId);
  return {
    roundId,
    segments: segments.length,
    bytesBefore: segments.reduce((sum, segment) => sum + segment.bytes, 0),
    bytesAfter: kept.bytes,
    recordsKept: kept.rows.length,
  };
}

/** Deletes the segments that are marked dropped and still count bytes. */
async function removeDropped(options: CompactOptions, roundId: number): Promise<void> {
  const { store, segments, now } = options;
  for (const segment of await listSegments(store.db, { state: 'dropped', roundId })) {
    if (segment.bytes === 0) continue;
    await segments.remove(segmentKey(roundId, segment.name));
    await closeSegment(store.db, segment.id, { state: 'dropped', bytes: 0, at: now() });
  }
}

/** The name by which a segment store knows a segment. */
export function segmentKey(roundId: number, name: string): string {
  return `r${roundId}/${name}`;
}

interface Kept {
  readonly name: string | null;
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
      for await (const record of segmentPlaces(options.store.db, segment.id)) {
        if (!payloads.has(record.payload)) continue;
        const member = await options.segments.read(segmentKey(roundId, segment.name), record);
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
  return { id: writer?.id ?? null, name: writer?.name ?? null, bytes: writer?.size ?? 0, rows };
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
  { store, segments, now, software }: CompactOptions,
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
  const writer = await SegmentWriter.create(id, segments.pathOf(segmentKey(roundId, name)));
  writer.append(gzipSync(infoRecord(at, name, software)));
  return writer;
}
