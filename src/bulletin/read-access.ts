import type { Actor } from '../domain/actor.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { type BuiltBulletin, findBulletin } from './bulletin.repository.ts';
import { SIGNATURES_NEEDED } from './check-signing.ts';
import { unbuilt } from './sign-bulletin.ts';
import { listSignatures, type Signature } from './signature.repository.ts';

/** The newest build of a period with its signatures. */
export interface SignedBuild {
  readonly build: BuiltBulletin;
  readonly signatures: readonly Signature[];
  readonly isSigned: boolean;
}

export async function readNewest(store: Store, period: string): Promise<SignedBuild | null> {
  const build = await findBulletin(store.db, period);
  if (!build) return null;
  const signatures = await listSignatures(store.db, [build.id]);
  return { build, signatures, isSigned: signatures.length >= SIGNATURES_NEEDED };
}

/**
 * The newest build that somebody may read: whoever sees the whole register reads drafts, everybody else only what was
 * published. What he may not read is answered as what does not exist: `bulletin.unknown`.
 */
export async function requireReadable(
  store: Store,
  actor: Actor,
  period: string,
): Promise<SignedBuild> {
  const found = await readNewest(store, period);
  if (!found || (actor.scope !== 'all' && !found.isSigned)) throw unbuilt(period);
  return found;
}

/** For what only those do who answer for the whole register: build, sign, look at drafts. */
export function assertWholeRegister(actor: Actor, period: string): void {
  if (actor.scope !== 'all') throw unbuilt(period);
}

/** The files that somebody may download: bulletin.json also names what nobody could judge, which is never published. */
export function filesFor(actor: Actor, files: readonly string[]): string[] {
  return files.filter((name) => actor.scope === 'all' || name !== 'bulletin.json');
}

export function assertFileFor(actor: Actor, name: string): void {
  if (filesFor(actor, [name]).length === 0)
    throw new UserError('bulletin.file.unknown', `这期通报没有 ${name} 这个文件。`);
}
