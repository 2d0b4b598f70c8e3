import { hostname } from 'node:os';
import type { Instant } from '../../lib/pure/dates.ts';
import { TransientError } from '../../lib/pure/errors.ts';
import type { MadeResource } from '../../lib/pure/made-resource.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { isAlive } from '../directory-lock.ts';
import type { Store } from '../store.ts';
import {
  type AnyDb,
  type ArchivedRecord,
  type ArchiveUsage,
  archiveUsage,
  closeSegment,
  findIndexRows,
  type IndexRow,
  indexedEnd,
  insertIndexRows,
  listSegments,
  type StoredSegment,
  segmentPlaces,
} from './archive-index.repository.ts';
import { type Compaction, compactable, compactRound, segmentKey } from './compact-round.ts';
import { readWarcMember, type WarcRecord } from './read-warc-record.ts';
import { repairSegment } from './repair-segment.ts';
import type { SegmentStore } from './segment-store.ts';
import { type PackedBody, type SegmentOwner, Shelf } from './shelf.ts';
import { sha256 } from './warc-record.ts';

export interface ArchiveOptions {
  readonly store: Store;
  readonly segments: SegmentStore;
  readonly now: () => Instant;
  /** Bytes of all segments together at the most; null = no limit. */
  readonly maxBytes?: number | null;
  readonly segmentBytes?: number;
}

/** Small enough to hand over whole and to repair in a second, large enough for ten thousand pages. */
const SEGMENT_BYTES = 64 * 1024 * 1024;
/** A segment that another machine left open is taken for abandoned when nothing was written for this long. */
const FOREIGN_STALE_MS = 24 * 3_600_000;
const HASH_FORM = /^[0-9a-f]{64}$/;
const SOFTWARE = 'Xunjian/0.1';

/** A record with its bytes, or why there are none: `gone` = only its digest is left, `damaged` = it no longer proves itself. */
export type ArchiveReading =
  | {
      readonly state: 'whole';
      readonly place: ArchivedRecord;
      readonly member: Buffer;
      readonly record: WarcRecord;
    }
  | { readonly state: 'gone'; readonly place: ArchivedRecord; readonly why: string }
  | { readonly state: 'damaged'; readonly place: ArchivedRecord; readonly why: string }
  | { readonly state: 'unknown' };

/**
 * Every response that facts were read from, as WARC 1.1 records in segments of one gzip member each, found by the SHA-256 of
 * the body. What is indexed is on the disk before its row is committed; what is on the disk without a row harms nobody.
 */
export class Archive {
  readonly #options: ArchiveOptions;
  readonly #shelves = new Map<number, Shelf>();

  private constructor(options: ArchiveOptions) {
    this.#options = options;
  }

  /** Opens the archive and mends the segments that killed processes left open. */
  static async open(options: ArchiveOptions): Promise<Archive> {
    const archive = new Archive(options);
    await archive.#repair();
    return archive;
  }

  /** Takes in what one subject brings; see {@link ArchiveIntake}. */
  begin(roundId: number): ArchiveIntake {
    return new ArchiveIntake(this.#shelfOf(roundId));
  }

  /** Ends this process's segment of a round, and hands over what a remote store did not take before. */
  async finish(roundId: number): Promise<void> {
    await this.#shelves.get(roundId)?.close();
    // A store that is away must not stop a round: `evidence status` counts what waits, `evidence upload` says why.
    await this.handOver().catch(() => 0);
  }

  async close(): Promise<void> {
    for (const shelf of this.#shelves.values()) await shelf.close();
    this.#shelves.clear();
  }

  /** The places of a payload, those with bytes first; [] for what is no SHA-256. */
  async find(payload: string, url: string | null = null): Promise<ArchivedRecord[]> {
    return HASH_FORM.test(payload) ? findIndexRows(this.#db, payload, url) : [];
  }

  /** The payload's record, read and proved; of several, the one that `near` describes. */
  async read(payload: string, near: Nearness = NOWHERE): Promise<ArchiveReading> {
    const places = (await this.find(payload)).sort((a, b) => distance(a, near) - distance(b, near));
    let worst: ArchiveReading = { state: 'unknown' };
    for (const place of places) {
      if (place.kind === 'revisit') continue;
      const reading = await this.readPlace(place);
      if (reading.state === 'whole') return reading;
      if (worst.state !== 'damaged') worst = reading;
    }
    return worst;
  }

  /** One record as it lies in its segment. A response proves its payload; a revisit only its own head. */
  async readPlace(place: ArchivedRecord): Promise<ArchiveReading> {
    if (place.state === 'dropped' || place.state === 'digest')
      return { state: 'gone', place, why: place.reason ?? '只留摘要' };
    const member = await this.#segments.read(segmentKey(place.roundId, place.name), place);
    if (member === null) return { state: 'damaged', place, why: '证据文件不在了，或比索引的短' };
    const reading = readWarcMember(member);
    if (!reading.ok) return { state: 'damaged', place, why: reading.why };
    const { record } = reading;
    const isWhole = place.kind === 'response' || place.kind === 'resource';
    if (isWhole && sha256(record.payload) !== place.payload)
      return { state: 'damaged', place, why: '记录的正文不是索引所指的' };
    return { state: 'whole', place, member, record };
  }

  /** The body kept under a SHA-256, or null when there is none or it no longer matches. */
  async get(payload: string): Promise<Uint8Array | null> {
    const reading = await this.read(payload);
    return reading.state === 'whole' ? reading.record.payload : null;
  }

  /** Whether a round holds more than what its findings name. */
  async isCompactable(roundId: number, before?: Instant): Promise<boolean> {
    return (await compactable(this.#options.store, roundId, before)).length > 0;
  }

  /** Deletes all of a closed round (or what was begun `before`) but the records of these payloads; `reason` (Chinese) is what readers are told. */
  compact(
    roundId: number,
    payloads: ReadonlySet<string>,
    reason: string,
    before?: Instant,
  ): Promise<Compaction> {
    const { store, now, segments } = this.#options;
    const options = {
      ...{ store, segments, now, software: SOFTWARE, reason },
      ...(before === undefined ? {} : { before }),
    };
    return compactRound(options, roundId, payloads);
  }

  /** Segments that have bytes, oldest first. */
  async segments(roundId: number | null): Promise<StoredSegment[]> {
    const all = await listSegments(this.#db, roundId === null ? {} : { roundId });
    return all.filter(({ state }) => state === 'open' || state === 'sealed');
  }

  /** The indexed records of a segment, in the order in which they lie there. */
  placesIn(segment: StoredSegment): AsyncGenerator<ArchivedRecord> {
    return segmentPlaces(this.#db, segment.id);
  }

  /** Segments and bytes per round and state, what the disk holds and what only digests are left of. */
  usage(): Promise<ArchiveUsage[]> {
    return archiveUsage(this.#db);
  }

  get maxBytes(): number | null {
    return this.#options.maxBytes ?? null;
  }

  /** Hands over the sealed segments that a remote store has not taken yet; returns how many. */
  async handOver(): Promise<number> {
    const waiting = await this.waiting();
    for (const key of waiting) await this.#segments.keep(key);
    return waiting.length;
  }

  /** Keys of the sealed segments that still lie here only because a remote store has not taken them. */
  async waiting(): Promise<string[]> {
    if (!this.#segments.isRemote) return [];
    const waiting: string[] = [];
    for (const { roundId, name } of await listSegments(this.#db, { state: 'sealed' }))
      if (await this.#segments.isWaiting(segmentKey(roundId, name)))
        waiting.push(segmentKey(roundId, name));
    return waiting;
  }

  get #segments(): SegmentStore {
    return this.#options.segments;
  }

  get #db(): AnyDb {
    return this.#options.store.db;
  }

  #shelfOf(roundId: number): Shelf {
    const known = this.#shelves.get(roundId);
    if (known && !known.isBroken) return known;
    const shelf = new Shelf({
      db: this.#db,
      roundId,
      segments: this.#segments,
      now: this.#options.now,
      segmentBytes: this.#options.segmentBytes ?? SEGMENT_BYTES,
      maxBytes: this.#options.maxBytes ?? null,
      software: SOFTWARE,
    });
    this.#shelves.set(roundId, shelf);
    return shelf;
  }

  async #repair(): Promise<void> {
    for (const segment of await listSegments(this.#db, { state: 'open' })) {
      const path = this.#segments.pathOf(segmentKey(segment.roundId, segment.name));
      if (!isAbandoned(segment, this.#options.now())) continue;
      const bytes = await repairSegment(path, await indexedEnd(this.#db, segment.id));
      await closeSegment(this.#db, segment.id, {
        state: 'sealed',
        bytes,
        at: this.#options.now(),
      });
    }
  }
}

/** Which of several records of one body is meant. */
export interface Nearness {
  readonly roundId: number | null;
  readonly urls: readonly string[];
}
const NOWHERE: Nearness = { roundId: null, urls: [] };

function distance(place: ArchivedRecord, near: Nearness): number {
  return (place.roundId === near.roundId ? 0 : 2) + (near.urls.includes(place.url) ? 0 : 1);
}

function isAbandoned(segment: StoredSegment, now: Instant): boolean {
  const owner = JSON.parse(segment.writer) as SegmentOwner;
  if (owner.host === hostname()) return !isAlive(owner);
  return Date.parse(now) - Date.parse(segment.createdAt) > FOREIGN_STALE_MS;
}

/** The responses of one subject on their way into the archive: `add` as they come, `settle` before the transaction, `index` in it. */
export class ArchiveIntake {
  readonly #shelf: Shelf;
  readonly #kept: Promise<readonly IndexRow[]>[] = [];
  #rows: IndexRow[] = [];

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** Queues a response and returns its payload's SHA-256 (hex). `payload` spares a second computation when the caller has it. */
  add(response: ReceivedResponse, payload = sha256(response.body)): string {
    return this.#take(this.#shelf.keep(response, payload), payload);
  }

  /** Queues a response whose record another thread made (pack-response.ts); `response.body` is not looked at. */
  addPacked(response: ReceivedResponse, payload: string, packed: PackedBody): string {
    return this.#take(this.#shelf.keep(response, payload, packed), payload);
  }

  #take(kept: Promise<readonly IndexRow[]>, payload: string): string {
    // Awaited by `settle`; until then a refusal must not count as unhandled.
    kept.catch(() => undefined);
    this.#kept.push(kept);
    return payload;
  }

  /** Queues what was made of answers (a picture, a page after its scripts) and returns its SHA-256. */
  addMade(resource: MadeResource, payload = sha256(resource.body)): string {
    const kept = this.#shelf.keepMade(resource, payload);
    kept.catch(() => undefined);
    this.#kept.push(kept);
    return payload;
  }

  /** Queues a record of another round as it lies there, and returns its payload's SHA-256. */
  addCopy(place: ArchivedRecord, member: Uint8Array): string {
    return this.#take(this.#shelf.keepCopy(place, member), place.payload);
  }

  /** Everything added is on the disk. Throws {@link TransientError} `archive.write` when the disk refuses. */
  async settle(): Promise<void> {
    try {
      this.#rows = (await Promise.all(this.#kept)).flat();
      await this.#shelf.flush();
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new TransientError('archive.write', `证据写不下：${said}。请检查磁盘后重新运行。`, {
        cause,
      });
    }
  }

  /** Adds the index rows within the caller's transaction: facts and the way to their bytes appear together. */
  async index(trx: unknown): Promise<void> {
    await insertIndexRows(trx as AnyDb, this.#rows);
  }
}
