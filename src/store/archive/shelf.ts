import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { constants, gzip, gzipSync } from 'node:zlib';
import type { Instant } from '../../lib/pure/dates.ts';
import type { MadeResource } from '../../lib/pure/made-resource.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { thisProcess } from '../directory-lock.ts';
import {
  type AnyDb,
  type ArchivedRecord,
  closeSegment,
  type IndexRow,
  insertSegment,
  storedBytes,
} from './archive-index.repository.ts';
import { segmentKey } from './compact-round.ts';
import type { SegmentStore } from './segment-store.ts';
import { SegmentWriter } from './segment-writer.ts';
import { infoRecord, resourceRecord, responseRecord, revisitRecord } from './warc-record.ts';

const gzipAsync = promisify(gzip);
const LEVEL = { level: constants.Z_BEST_SPEED } as const;
/** Packing here costs a third of handing it to another thread (docs/decisions/0008); only what would hold others up is handed over. */
const PACKED_HERE_BYTES = 256 * 1024;
/** A revisit record is about this long itself: below it the body is simply kept again. */
const REVISIT_BODY_MIN = 1024;
/** Payloads remembered per round and process, about 300 bytes each. Beyond it the oldest is forgotten and may be kept twice. */
const KNOWN_MAX = 20_000;

export interface ShelfOptions {
  readonly db: AnyDb;
  readonly roundId: number;
  readonly segments: SegmentStore;
  readonly now: () => Instant;
  readonly segmentBytes: number;
  /** Bytes of all segments together at the most; null = no limit. */
  readonly maxBytes: number | null;
  readonly software: string;
}

/** A response's record made elsewhere; the body itself need not come along. */
export interface PackedBody {
  readonly member: Uint8Array | null;
  readonly bodyBytes: number;
}

/** Who writes a segment, as its row names it. */
export interface SegmentOwner {
  readonly host: string;
  readonly pid: number;
  readonly startTicks: string;
}

/** The segments of one round that this process writes: one after the other, never one of another process. */
export class Shelf {
  readonly #options: ShelfOptions;
  readonly #known = new Map<string, Promise<IndexRow>>();
  #queue: Promise<unknown> = Promise.resolve();
  #writer: SegmentWriter | null = null;
  #digestSegment: number | null = null;
  #digestRows = 0;
  #otherBytes = 0;
  #failure: unknown = null;
  readonly #handingOver = new Set<Promise<void>>();

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  /**
   * Appends a response; the rows are to be indexed once `flush` is done. Identical bodies are kept once. `packed` = its record
   * as a gzip member when somebody made it already (pack-response.ts); then the body's length is given beside it.
   */
  async keep(
    response: ReceivedResponse,
    payload: string,
    packed: PackedBody = { member: null, bodyBytes: response.body.byteLength },
  ): Promise<readonly IndexRow[]> {
    const { bodyBytes } = packed;
    const known = this.#known.get(payload);
    if (known) {
      const origin = await known;
      if (origin.kind === 'digest')
        return [await this.#append(response, payload, 'digest', null, bodyBytes)];
      const first = { url: origin.url, receivedAt: origin.fetched_at };
      const member = revisitRecord(response, payload, first, bodyBytes);
      // The origin's row goes along: whoever brought it may be killed before he indexes it.
      const revisit = gzipSync(member, LEVEL);
      return [origin, await this.#append(response, payload, 'revisit', revisit, bodyBytes)];
    }
    const stored =
      packed.member === null
        ? this.#keepWhole(response, payload)
        : this.#append(response, payload, 'response', packed.member, bodyBytes);
    if (bodyBytes >= REVISIT_BODY_MIN) this.#remember(payload, stored);
    return [await stored];
  }

  /** Appends a record of another round byte for byte, unless its body is here already. */
  async keepCopy(place: ArchivedRecord, member: Uint8Array): Promise<readonly IndexRow[]> {
    const known = this.#known.get(place.payload);
    if (known) return [await known];
    const about = { url: place.url, status: place.status, receivedAt: place.fetchedAt };
    const stored = this.#append(about, place.payload, place.kind, member, place.bodyBytes);
    this.#remember(place.payload, stored);
    return [await stored];
  }

  /** Appends what was made of answers, once: the same picture twice is one record. */
  async keepMade(resource: MadeResource, payload: string): Promise<readonly IndexRow[]> {
    // Apart from answers: one with the same bytes is a record of its own.
    const key = `made ${payload}`;
    const known = this.#known.get(key);
    if (known) return [await known];
    const about = { url: resource.url, status: 0, receivedAt: resource.madeAt };
    const { byteLength } = resource.body;
    const stored = gzipAsync(resourceRecord(resource, payload), LEVEL).then((member) =>
      this.#append(about, payload, 'resource', member, byteLength),
    );
    this.#remember(key, stored);
    return [await stored];
  }

  /** After a failed write a shelf takes nothing more; the archive begins another. */
  get isBroken(): boolean {
    return this.#failure !== null || this.#writer?.isBroken === true;
  }

  /** Everything kept so far is on the disk; throws what the disk said when it is not. */
  async flush(): Promise<void> {
    await this.#queue;
    await this.#writer?.flush();
    if (this.#failure !== null) throw this.#failure;
  }

  /** Ends the segment under way, and waits until those before it are handed over. */
  async close(): Promise<void> {
    await this.#inTurn(() => this.#seal());
    await Promise.all(this.#handingOver);
  }

  async #keepWhole(response: ReceivedResponse, payload: string): Promise<IndexRow> {
    const record = responseRecord(response, payload);
    const member =
      record.byteLength <= PACKED_HERE_BYTES
        ? gzipSync(record, LEVEL)
        : await gzipAsync(record, LEVEL);
    return this.#append(response, payload, 'response', member, response.body.byteLength);
  }

  #remember(payload: string, stored: Promise<IndexRow>): void {
    if (this.#known.size >= KNOWN_MAX) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest);
        break;
      }
    }
    this.#known.set(payload, stored);
    stored.catch(() => this.#known.delete(payload));
  }

  #append(
    response: Pick<ReceivedResponse, 'url' | 'status' | 'receivedAt'>,
    payload: string,
    kind: IndexRow['kind'],
    member: Uint8Array | null,
    bodyBytes: number,
  ): Promise<IndexRow> {
    return this.#inTurn(async () => {
      const writer = member === null ? null : await this.#roomFor(member.byteLength);
      const place =
        writer === null || member === null
          ? { segment: await this.#digestOnly(), position: this.#digestRows++, length: 0 }
          : { segment: writer.id, ...writer.append(member) };
      return {
        payload,
        ...place,
        kind: writer === null ? 'digest' : kind,
        url: response.url,
        status: response.status,
        fetched_at: response.receivedAt,
        body_bytes: bodyBytes,
      };
    });
  }

  /** One after the other, for places are given out by adding up lengths. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  /** The writer that takes `bytes` more, or null when the storage budget is used up. */
  async #roomFor(bytes: number): Promise<SegmentWriter | null> {
    const { segmentBytes, maxBytes } = this.#options;
    if (this.#writer && (this.#writer.isBroken || this.#writer.size + bytes > segmentBytes))
      await this.#seal();
    if (this.#writer === null) this.#writer = await this.#begin();
    if (maxBytes !== null && this.#otherBytes + this.#writer.size + bytes > maxBytes) return null;
    return this.#writer;
  }

  async #begin(): Promise<SegmentWriter> {
    const { db, roundId, now, segments, software } = this.#options;
    this.#otherBytes = await storedBytes(db);
    const at = now();
    const stamp = at.replace(/[-:]|\.\d+/g, '');
    const name = `${stamp}-${process.pid}-${randomBytes(4).toString('hex')}.warc.gz`;
    const owner: SegmentOwner = { host: hostname(), ...thisProcess() };
    const id = await insertSegment(db, {
      roundId,
      name,
      state: 'open',
      writer: JSON.stringify(owner),
      reason: null,
      at,
    });
    const writer = await SegmentWriter.create(id, segments.pathOf(segmentKey(roundId, name)));
    writer.append(gzipSync(infoRecord(at, name, software), LEVEL));
    return writer;
  }

  async #seal(): Promise<void> {
    const writer = this.#writer;
    if (writer === null) return;
    this.#writer = null;
    // A broken one keeps its row `open`: the next start repairs it like that of a killed process.
    const bytes = await writer.close().catch((error: unknown) => {
      this.#failure = error;
      return null;
    });
    if (bytes === null) return;
    await closeSegment(this.#options.db, writer.id, {
      state: 'sealed',
      bytes,
      at: this.#options.now(),
    });
    this.#handOver(writer.name);
  }

  /**
   * Beside the queue, for an upload must not hold up pages. What a store does not take stays in its local file, from which it is
   * read, and goes with the next.
   */
  #handOver(name: string): void {
    const { segments, roundId } = this.#options;
    const handing: Promise<void> = segments
      .keep(segmentKey(roundId, name))
      .catch(() => undefined)
      .finally(() => this.#handingOver.delete(handing));
    this.#handingOver.add(handing);
  }

  async #digestOnly(): Promise<number> {
    const { db, roundId, now, maxBytes } = this.#options;
    this.#digestSegment ??= await insertSegment(db, {
      roundId,
      name: `digest-${randomBytes(8).toString('hex')}`,
      state: 'digest',
      writer: '',
      reason: `证据存储已达上限 ${maxBytes} 字节，只留摘要`,
      at: now(),
    });
    return this.#digestSegment;
  }
}
