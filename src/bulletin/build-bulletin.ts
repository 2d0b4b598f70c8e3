import { recordAudit } from '../identity/index.ts';
import { readFrozenRound, withRound } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Store } from '../store/store.ts';
import { findBulletin, insertBulletin } from './bulletin.repository.ts';
import type { Bulletin, Issue } from './bulletin.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { type CountOwn, withOwnFigures } from './own-figures.ts';
import { placeOf } from './place.ts';
import { readPlan } from './plan.ts';
import { reconcile } from './reconcile.ts';
import type { TemplateDeps } from './template/read-templates.ts';
import { writeBulletinFiles } from './write-bulletin-files.ts';

export interface BuildInput {
  readonly period: string;
  readonly outDir: string;
  readonly issue: Issue;
  readonly at: Instant;
}

export interface BuildResult {
  readonly bulletin: Bulletin;
  /** SHA-256 (hex) of bulletin.json: what is signed. */
  readonly sha256: string;
  readonly files: readonly string[];
  /** Why there is no PDF, or null. */
  readonly pdfSkipped: string | null;
}

/**
 * Builds the bulletin of a frozen round into a folder. Text and annexes are reconciled first; files appear whole or not at all.
 * Throws {@link UserError} `round.not-frozen`, `bulletin.final` once it is signed, `bulletin.template…`, `bulletin.mismatch`
 * or `bulletin.folder`.
 */
export async function buildBulletin(
  deps: {
    store: Store;
    chromiumPath?: string | undefined;
    countOwn?: CountOwn | undefined;
  } & TemplateDeps,
  actor: string,
  input: BuildInput,
): Promise<BuildResult> {
  const frozen = await readFrozenRound(deps.store, input.period);
  assertNotFinal(frozen.round);
  const place = placeOf(frozen.roots);
  const plan = await readPlan(deps, frozen.round.period, input.issue.template);
  const counted = { issue: input.issue, plan, round: frozen.round, at: input.at };
  const issue = await withOwnFigures(deps.countOwn, counted);
  const bulletin = composeBulletin(frozen, issue, place, plan);
  const again = composeBulletin(frozen, issue, place, { ...plan, free: [] });
  reconcile(bulletin, frozen.round.ruleset, again);
  const { files, sha256, fileHashes, pdfSkipped } = await writeBulletinFiles(
    bulletin,
    input.outDir,
    deps.chromiumPath,
  );
  await withRound(deps.store, frozen.round.period, async ({ trx, round }) => {
    assertNotFinal(round);
    const earlier = await findBulletin(trx, round.period);
    await insertBulletin(trx, {
      period: round.period,
      builtAt: input.at,
      builtBy: actor,
      folder: input.outDir,
      files,
      fileHashes,
      issue,
      content: bulletin,
      template: bulletin.template === undefined ? null : plan.template.file,
      free: plan.free,
      sha256,
    });
    await recordAudit(trx, {
      actor,
      action: 'bulletin.build',
      subject: `round:${round.period}`,
      detail: { files, isDraft: bulletin.isDraft },
      before: earlier === null ? null : { sha256: earlier.sha256, builtAt: earlier.builtAt },
      after: { sha256, builtAt: input.at },
    });
  });
  return { bulletin, sha256, files, pdfSkipped };
}

function assertNotFinal({ state, period }: { state: string; period: string }): void {
  if (state === 'issued')
    throw new UserError(
      'bulletin.final',
      `${period} 的通报已由两人签发，不能再生成；请下载已签发的文件。`,
      {
        family: 'state',
      },
    );
}
