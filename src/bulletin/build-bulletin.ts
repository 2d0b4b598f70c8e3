import { recordAudit } from '../identity/index.ts';
import { readFrozenRound } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { listUnits } from '../registry/index.ts';
import type { Store } from '../store/store.ts';
import { findBulletin, insertBulletin } from './bulletin.repository.ts';
import type { Bulletin, Issue } from './bulletin.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { placeOf } from './place.ts';
import { reconcile } from './reconcile.ts';
import { writeBulletinFiles } from './write-bulletin-files.ts';

export interface BuildInput {
  readonly period: string;
  readonly outDir: string;
  readonly issue: Issue;
  readonly at: Instant;
}

export interface BuildResult {
  readonly bulletin: Bulletin;
  readonly files: readonly string[];
  /** Why there is no PDF, or null. */
  readonly pdfSkipped: string | null;
}

/**
 * Builds the bulletin of a frozen round into a folder. Text and annexes are reconciled first; files appear whole or not at all.
 * Throws {@link UserError} `round.not-frozen`, `bulletin.mismatch` or `bulletin.folder`.
 */
export async function buildBulletin(
  deps: { store: Store; chromiumPath?: string | undefined },
  actor: string,
  input: BuildInput,
): Promise<BuildResult> {
  const frozen = await readFrozenRound(deps.store, input.period);
  const roots = (await listUnits(deps.store.db)).filter((unit) => unit.parentId === null);
  const bulletin = composeBulletin(frozen, input.issue, placeOf(roots.map((unit) => unit.name)));
  reconcile(bulletin, frozen.round.ruleset);
  const { files, sha256, pdfSkipped } = await writeBulletinFiles(
    bulletin,
    input.outDir,
    deps.chromiumPath,
  );
  await deps.store.transaction(async (trx) => {
    const earlier = await findBulletin(trx, frozen.round.period);
    await insertBulletin(trx, {
      period: frozen.round.period,
      builtAt: input.at,
      folder: input.outDir,
      files,
      content: bulletin,
      sha256,
    });
    await recordAudit(trx, {
      actor,
      action: 'bulletin.build',
      subject: `round:${frozen.round.period}`,
      detail: { files, isDraft: bulletin.isDraft },
      before: earlier === null ? null : { sha256: earlier.sha256, builtAt: earlier.builtAt },
      after: { sha256, builtAt: input.at },
    });
  });
  return { bulletin, files, pdfSkipped };
}
