import { readFrozenRound } from '../inspection/index.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { findBulletin } from './bulletin.repository.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { placeOf } from './place.ts';
import { keptPlan } from './plan.ts';
import { unbuilt } from './sign-bulletin.ts';
import { writeBulletinFiles } from './write-bulletin-files.ts';

export interface RemadeFile {
  readonly name: string;
  /** The same bytes as were built; null when this build's checksum of it was not kept, or there was no such file. */
  readonly isSame: boolean | null;
}

export interface Remade {
  readonly period: string;
  /** SHA-256 (hex) of the bulletin.json that was built. */
  readonly sha256: string;
  readonly files: readonly RemadeFile[];
  /** Files that were built and not made again: the PDF where there is no browser. */
  readonly missing: readonly string[];
  readonly pdfSkipped: string | null;
}

/**
 * Makes the files of an earlier build again, also of an issued one, from its frozen round and what was kept with the build, and compares
 * them by their bytes. Changes nothing in the store. Throws {@link UserError} `bulletin.unknown`, `bulletin.build.unknown`, `bulletin.folder`.
 */
export async function remakeBulletin(
  { store, chromiumPath }: { store: Store; chromiumPath?: string | undefined },
  input: { readonly period: string; readonly sha256?: string | undefined; readonly outDir: string },
): Promise<Remade> {
  const build = await findBulletin(store.db, input.period, input.sha256);
  if (build === null)
    throw input.sha256 === undefined
      ? unbuilt(input.period)
      : new UserError('bulletin.build.unknown', '没有这一稿通报。', { field: 'sha256' });
  const frozen = await readFrozenRound(store, build.period);
  const place = placeOf(frozen.roots);
  const bulletin = composeBulletin(frozen, build.issue ?? {}, place, keptPlan(build));
  const written = await writeBulletinFiles(bulletin, input.outDir, chromiumPath);
  return {
    period: build.period,
    sha256: build.sha256,
    files: written.files.map((name) => {
      const before = build.fileHashes?.[name];
      return { name, isSame: before === undefined ? null : before === written.fileHashes[name] };
    }),
    missing: build.files.filter((name) => !written.files.includes(name)),
    pdfSkipped: written.pdfSkipped,
  };
}
