import type { Kysely } from 'kysely';
import type { Observation } from '../../domain/account-facts.ts';
import type { ArchiveIntake } from '../../store/archive/archive.ts';
import { picturesOf } from './picture.repository.ts';

/** Pictures of one account that a round keeps: those of its newest sights. */
const PICTURES_MAX = 50;

/**
 * Hands the pictures of an account's sights to the round's archive, where findings point at them, and returns their SHA-256,
 * newest first. Those of a sight whose picture lies with the inspector are not ours to keep.
 */
export async function archivePictures<Tables>(
  db: Kysely<Tables>,
  intake: ArchiveIntake,
  accountId: number,
  sights: readonly Observation[],
): Promise<string[]> {
  const hashes = new Set(sights.toReversed().flatMap(({ picture }) => picture ?? []));
  const pictures = await picturesOf(db, accountId, [...hashes].slice(0, PICTURES_MAX));
  for (const { sha256, mediaType, bytes, uploadedAt, uploadedBy } of pictures)
    intake.addMade(
      {
        // Of no address on the web: the name under which our own interface has it.
        url: `urn:xunjian:account:${accountId}:picture:${sha256}`,
        ...{ madeAt: uploadedAt, type: mediaType, body: bytes },
        maker: `人工观察 ${uploadedBy}`,
      },
      sha256,
    );
  return pictures.map(({ sha256 }) => sha256);
}
