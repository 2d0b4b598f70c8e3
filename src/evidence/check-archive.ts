import type { Archive } from '../store/archive/archive.ts';

/** What a walk over the whole archive found. */
export interface ArchiveCheck {
  readonly records: number;
  readonly bytes: number;
  /** The first {@link BROKEN_NAMED} records that do not open, in Chinese. */
  readonly broken: readonly BrokenRecord[];
  readonly brokenCount: number;
}

export interface BrokenRecord {
  readonly payload: string;
  readonly url: string;
  readonly segment: string;
  readonly why: string;
}

/** Broken records named; the rest is counted. */
const BROKEN_NAMED = 100;

/** Opens and proves every indexed record that should have bytes, segment by segment; `roundId` null = of all rounds. */
export async function checkArchive(
  archive: Archive,
  roundId: number | null,
  io: { readonly signal: AbortSignal; readonly onSegment: (name: string) => void },
): Promise<ArchiveCheck> {
  const broken: BrokenRecord[] = [];
  let [records, bytes, brokenCount] = [0, 0, 0];
  for (const segment of await archive.segments(roundId)) {
    io.onSegment(segment.name);
    for await (const place of archive.placesIn(segment)) {
      io.signal.throwIfAborted();
      records += 1;
      bytes += place.length;
      const reading = await archive.readPlace(place);
      if (reading.state === 'whole') continue;
      brokenCount += 1;
      const why = reading.state === 'unknown' ? '没有存下' : reading.why;
      if (broken.length < BROKEN_NAMED)
        broken.push({ payload: place.payload, url: place.url, segment: place.name, why });
    }
  }
  return { records, bytes, broken, brokenCount };
}
