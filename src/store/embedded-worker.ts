import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { sessionStatement, VALUE_PARSERS } from './values.ts';

/**
 * The embedded database's thread: PGlite computes on the thread that calls it, so the server's event loop stays free only
 * when that is another one. One message in, one message out, in order.
 */
export interface WorkerSettings {
  readonly folder: string;
  /** A packed empty database, made once per PGlite version: opening it takes 0.7 s instead of initdb's 2.5–7 s. */
  readonly template: string;
}

export type WorkerRequest =
  | {
      readonly id: number;
      readonly kind: 'query';
      readonly sql: string;
      readonly parameters: readonly unknown[];
    }
  | { readonly id: number; readonly kind: 'close' };

export type WorkerReply =
  | {
      readonly id: number;
      readonly ok: true;
      readonly rows: readonly unknown[];
      readonly affectedRows: number | null;
    }
  | {
      readonly id: number;
      readonly ok: false;
      readonly message: string;
      readonly code: string | null;
      readonly detail: string | null;
    };

/** A new database is made beside its place and renamed into it: a kill leaves no half-made one under the final name. */
async function open({ folder, template }: WorkerSettings): Promise<PGlite> {
  if (!existsSync(folder)) {
    const unfinished = `${folder}.new`;
    await rm(unfinished, { recursive: true, force: true });
    await mkdir(dirname(folder), { recursive: true });
    await create(unfinished, template);
    await rename(unfinished, folder);
  }
  const database = await PGlite.create({ dataDir: folder, parsers: { ...VALUE_PARSERS } });
  await database.exec(sessionStatement());
  return database;
}

async function create(folder: string, template: string): Promise<void> {
  const packed = await readFile(template).catch(() => null);
  const fresh = await PGlite.create(
    packed === null ? { dataDir: folder } : { dataDir: folder, loadDataDir: new Blob([packed]) },
  );
  if (packed === null) await keepTemplate(fresh, template);
  await fresh.close();
}

/** The template only saves time: a read-only checkout does without. */
async function keepTemplate(database: PGlite, template: string): Promise<void> {
  const dump = await database.dumpDataDir('gzip');
  const unfinished = `${template}.${process.pid}`;
  try {
    await mkdir(dirname(template), { recursive: true });
    await writeFile(unfinished, Buffer.from(await dump.arrayBuffer()));
    await rename(unfinished, template);
  } catch {
    await rm(unfinished, { force: true });
  }
}

const database = await open(workerData as WorkerSettings);

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  try {
    if (request.kind === 'close') {
      await database.close();
      return { id: request.id, ok: true, rows: [], affectedRows: null };
    }
    const { rows, affectedRows } = await database.query(request.sql, [...request.parameters]);
    return { id: request.id, ok: true, rows, affectedRows: affectedRows ?? null };
  } catch (error) {
    const { message, code, detail } = error as { message: string; code?: string; detail?: string };
    return { id: request.id, ok: false, message, code: code ?? null, detail: detail ?? null };
  }
}

let last: Promise<void> = Promise.resolve();
parentPort!.on('message', (request: WorkerRequest) => {
  last = last.then(async () => parentPort!.postMessage(await answer(request)));
});
parentPort!.postMessage({ id: 0, ok: true, rows: [], affectedRows: null } satisfies WorkerReply);
