import type { Archive, ArchiveIntake } from '../../store/archive/archive.ts';

/**
 * Brings records of earlier rounds into this round's archive, byte for byte: a page that did not change was not sent again, and what
 * a round's facts name must outlive the rounds before it. Returns the payloads that are there then; one whose bytes are gone is not.
 */
export async function carryRecords(
  archive: Archive,
  intake: ArchiveIntake,
  roundId: number,
  payloads: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const kept = new Set<string>();
  for (const payload of payloads) {
    const places = await archive.find(payload);
    if (!places.some((place) => place.roundId === roundId)) {
      const reading = await archive.read(payload);
      if (reading.state !== 'whole') continue;
      intake.addCopy(reading.place, reading.member);
    }
    kept.add(payload);
  }
  return kept;
}
