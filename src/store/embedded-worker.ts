import { cpSync, existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
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
  /** The folder of a closed database that a new one is copied from; null or not there: it is made from nothing. */
  readonly template: string | null;
}

export type WorkerRequest =
  | {
      readonly id: number;
      readonly kind: 'query';
      readonly sql: string;
      readonly parameters: readonly unknown[];
    }
  | { readonly id: number; readonly kind: 'script'; readonly sql: string }
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
    // At once, not by promises: 1,300 small files take a seventh of the computing, and this thread has nothing else to do.
    if (template !== null && existsSync(template))
      cpSync(template, unfinished, { recursive: true });
    else await (await PGlite.create({ dataDir: unfinished })).close();
    await rename(unfinished, folder);
  }
  const database = await PGlite.create({ dataDir: folder, parsers: { ...VALUE_PARSERS } });
  await database.exec(sessionStatement());
  return database;
}

const database = await open(workerData as WorkerSettings);

/** Several statements at once; one that fails in a transaction of its own leaves none behind. */
async function runScript(sql: string): Promise<{ rows: unknown[]; affectedRows: null }> {
  try {
    const results = await database.exec(sql);
    return { rows: results.flatMap(({ rows }) => rows), affectedRows: null };
  } catch (error) {
    if (/^\s*begin\b/i.test(sql)) await database.exec('rollback');
    throw error;
  }
}

async function answer(request: WorkerRequest): Promise<WorkerReply> {
  try {
    if (request.kind === 'close') {
      await database.close();
      return { id: request.id, ok: true, rows: [], affectedRows: null };
    }
    if (request.kind === 'script')
      return { id: request.id, ok: true, ...(await runScript(request.sql)) };
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
