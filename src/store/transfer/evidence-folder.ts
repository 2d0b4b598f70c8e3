import { mkdir, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a restore puts files until the database is in; it begins with a dot, so no backup takes it. */
const STAGING = '.restoring';

export interface EvidenceFile {
  /** Below the folder, `/` between names. */
  readonly path: string;
  readonly bytes: number;
}

/** A file under way: its name begins with a dot, or ends with the mark of its writer. */
const UNFINISHED = /^\.|\.(part|tmp|new)$|\.[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** Every finished file below the folder; none when there is no such folder. */
export async function* listEvidence(folder: string, below = ''): AsyncGenerator<EvidenceFile> {
  const entries = await opendir(join(folder, below)).catch(onlyMissing);
  if (entries === null) return;
  for await (const entry of entries) {
    if (UNFINISHED.test(entry.name)) continue;
    const path = below === '' ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) yield* listEvidence(folder, path);
    if (!entry.isFile()) continue;
    // Its time to be kept may be over since it was listed.
    const found = await stat(join(folder, path)).catch(onlyMissing);
    if (found !== null) yield { path, bytes: found.size };
  }
}

function onlyMissing(error: NodeJS.ErrnoException): null {
  if (error.code === 'ENOENT') return null;
  throw error;
}

/** Whether files may be restored into the folder: it is missing or empty, or holds what an interrupted restore left. */
export async function isEvidenceFree(folder: string): Promise<boolean> {
  const names = (await readdir(folder).catch(onlyMissing)) ?? [];
  return names.length === 0 || names.includes(STAGING);
}

/** Empties a free folder and returns the folder inside it that files are put into first. */
export async function beginEvidence(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  await clearEvidence(folder);
  const staging = join(folder, STAGING);
  await mkdir(staging);
  return staging;
}

/** Gives the files their places. The staging folder stays, empty, until the database is committed. */
export async function placeEvidence(folder: string): Promise<void> {
  const staging = join(folder, STAGING);
  for (const name of await readdir(staging)) await rename(join(staging, name), join(folder, name));
}

export async function endEvidence(folder: string): Promise<void> {
  await rm(join(folder, STAGING), { recursive: true, force: true });
}

/** Takes back everything; the staging folder last, for it says that the rest may be taken away. */
export async function clearEvidence(folder: string): Promise<void> {
  const names = await readdir(folder);
  for (const name of names.filter((each) => each !== STAGING))
    await rm(join(folder, name), { recursive: true, force: true });
  await endEvidence(folder);
}
