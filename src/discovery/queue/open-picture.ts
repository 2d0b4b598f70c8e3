import type { Acting } from '../../domain/acting.ts';
import { scopeOf } from '../../domain/acting.ts';
import { sniffPicture } from '../../gather/pictures/sniff-picture.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { Archive } from '../../store/archive/archive.ts';
import type { Store } from '../../store/store.ts';
import { discoveryDb } from './discovery-db.ts';
import { readDiscovered } from './list-discovered.ts';

/**
 * The bytes of a QR picture that shows an account, for whoever may see the account; its type is what the bytes are. Throws {@link UserError}
 * `discovered.unknown`, `discovered.picture`.
 */
export async function openPicture(
  { store, archive }: { readonly store: Store; readonly archive: Archive },
  acting: Acting,
  { id, sha256 }: { readonly id: number; readonly sha256: string },
): Promise<{ readonly bytes: Uint8Array; readonly type: string }> {
  const { sightings } = await readDiscovered(discoveryDb(store.db), scopeOf(acting), id);
  const gone = (): UserError => new UserError('discovered.picture', '没有存下这张图片。');
  if (!sightings.some(({ pictureSnapshot }) => pictureSnapshot === sha256)) throw gone();
  const bytes = await archive.get(sha256);
  if (bytes === null) throw gone();
  return { bytes, type: `image/${sniffPicture(bytes).format}` };
}
