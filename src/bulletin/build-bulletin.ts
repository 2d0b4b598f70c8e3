import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printPdf } from '../documents/print-pdf.ts';
import { recordAudit } from '../identity/index.ts';
import { readFrozenRound } from '../inspection/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import type { Store } from '../store/store.ts';
import { insertBulletin } from './bulletin.repository.ts';
import type { Bulletin, Issue } from './bulletin.ts';
import { composeBulletin } from './compose-bulletin.ts';
import { reconcile } from './reconcile.ts';
import { writeAnnexes } from './write-annexes.ts';
import { writeDocx } from './write-docx.ts';
import { writeHtml } from './write-html.ts';

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

/** Builds the bulletin of a frozen round into a folder. Text and annexes are reconciled first; files appear whole or not at all. */
export async function buildBulletin(
  deps: { store: Store; chromiumPath?: string | undefined },
  actor: string,
  input: BuildInput,
): Promise<BuildResult> {
  const frozen = await readFrozenRound(deps.store, input.period);
  const bulletin = composeBulletin(frozen, input.issue);
  reconcile(bulletin, frozen.round.ruleset.percent);
  const json = Buffer.from(`${JSON.stringify(bulletin, null, 1)}\n`);
  const pdf = await printPdf(writeHtml(bulletin), deps.chromiumPath);
  const files: readonly (readonly [string, Uint8Array])[] = [
    ['bulletin.json', json],
    ['bulletin.docx', await writeDocx(bulletin)],
    ['annexes.xlsx', await writeAnnexes(bulletin)],
    ...(pdf.ok ? [['bulletin.pdf', pdf.bytes] as const] : []),
  ];
  await writeWhole(input.outDir, files);
  const names = files.map(([name]) => name);
  const sha256 = createHash('sha256').update(json).digest('hex');
  await deps.store.transaction(async (trx) => {
    await insertBulletin(trx, {
      period: frozen.round.period,
      builtAt: input.at,
      folder: input.outDir,
      files: names,
      content: bulletin,
      sha256,
    });
    await recordAudit(trx, {
      actor,
      action: 'bulletin.build',
      subject: `round:${frozen.round.period}`,
      detail: { files: names, sha256, isDraft: bulletin.isDraft },
    });
  });
  return { bulletin, files: names, pdfSkipped: pdf.ok ? null : pdf.reason };
}

/** Writes beside, then renames: a kill leaves no half file, and an older set is replaced file by file. */
async function writeWhole(
  folder: string,
  files: readonly (readonly [string, Uint8Array])[],
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const unfinished = join(folder, `.unfinished-${randomUUID()}`);
  await mkdir(unfinished);
  try {
    for (const [name, bytes] of files) await writeFile(join(unfinished, name), bytes);
    for (const [name] of files) await rename(join(unfinished, name), join(folder, name));
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}
