import { sql } from 'kysely';
import type { Sealing } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { RegisterFile } from '../read-register-files.ts';
import type { RegistryDb } from '../registry.repository.ts';
import type { ImportPreview } from './import-draft.ts';

/** Drafts that one person may have waiting; a further one takes the place of the oldest. */
const DRAFTS_OF_ONE_MAX = 5;
/** Drafts with bytes in the whole installation: at most so many times an upload's limit on the disk. */
const DRAFTS_MAX = 40;
/** An expired draft still says for a day that it expired. */
const REMEMBERED_MS = 24 * 3_600_000;

export interface StoredDraft {
  readonly preview: ImportPreview;
  readonly state: 'ready' | 'faulty' | 'done';
}

/** Deletes the bytes of what expired, and what expired a day ago altogether. */
export async function sweepDrafts(db: RegistryDb, now: Instant): Promise<void> {
  await sql`
    delete from import_draft_file where draft_id in (select id from import_draft where expires_at <= ${now}::timestamptz)`.execute(
    db,
  );
  const forgotten = new Date(Date.parse(now) - REMEMBERED_MS).toISOString();
  await db.deleteFrom('import_draft').where('expires_at', '<=', forgotten).execute();
}

/** A draft's file opens at its own place only. */
const placeOf = (id: string, number: number): string => `import-draft:${id}:${number}`;

/**
 * Keeps a draft; its files name secrets of accounts, and are sealed as a whole. Throws {@link UserError} `registry.import.busy`
 * while too many drafts wait.
 */
export async function insertDraft(
  db: RegistryDb,
  sealing: Sealing,
  draft: {
    readonly owner: string;
    readonly preview: ImportPreview;
    readonly createdAt: Instant;
    readonly files: readonly RegisterFile[];
  },
): Promise<void> {
  await lockInTransaction(db, 'import_draft');
  const { owner, preview, createdAt, files } = draft;
  await sql`
    delete from import_draft where id in (
      select id from import_draft where owner = ${owner}
       order by created_at desc, id offset ${sql.lit(DRAFTS_OF_ONE_MAX - 1)})`.execute(db);
  const { rows } = await sql<{ waiting: number }>`
    select count(distinct draft_id)::int4 as waiting from import_draft_file`.execute(db);
  if (files.length > 0 && rows[0]!.waiting >= DRAFTS_MAX)
    throw new UserError('registry.import.busy', '等待确认的导入太多，请过一会儿再上传。', {
      family: 'state',
    });
  await db
    .insertInto('import_draft')
    .values({
      ...{ id: preview.id, owner, created_at: createdAt, expires_at: preview.expiresAt },
      state: preview.state === 'ready' ? 'ready' : 'faulty',
      preview: JSON.stringify(preview),
    })
    .execute();
  for (const [number, { name, bytes }] of files.entries()) {
    const sealed = sealing.sealBytes(placeOf(preview.id, number), bytes).toString('base64');
    await sql`
      insert into import_draft_file (draft_id, number, name, bytes)
      values (${preview.id}, ${number}, ${name}, decode(${sealed}, 'base64'))`.execute(db);
  }
}

export async function findDraft(
  db: RegistryDb,
  owner: string,
  id: string,
): Promise<StoredDraft | null> {
  const row = await db
    .selectFrom('import_draft')
    .select(['state', 'preview'])
    .where('id', '=', id)
    .where('owner', '=', owner)
    .executeTakeFirst();
  if (row === undefined) return null;
  return { state: row.state, preview: row.preview as unknown as ImportPreview };
}

/**
 * The draft's files as they were uploaded. Throws {@link UserError} `secret.foreign` when the installation's key was changed
 * meanwhile.
 */
export async function readDraftFiles(
  db: RegistryDb,
  sealing: Sealing,
  id: string,
): Promise<RegisterFile[]> {
  const { rows } = await sql<{ name: string; number: number; bytes: string }>`
    select name, number, encode(bytes, 'base64') as bytes from import_draft_file
     where draft_id = ${id} order by number`.execute(db);
  return rows.map(({ name, number, bytes }) => ({
    name,
    bytes: sealing.openBytes(placeOf(id, number), Buffer.from(bytes, 'base64')),
  }));
}

export async function deleteDraftFiles(db: RegistryDb, id: string): Promise<void> {
  await sql`delete from import_draft_file where draft_id = ${id}`.execute(db);
}

/** Marks a ready draft as done; false when it is not ready (any more). */
export async function settleDraft(db: RegistryDb, id: string): Promise<boolean> {
  const done = await db
    .updateTable('import_draft')
    .set({ state: 'done' })
    .where('id', '=', id)
    .where('state', '=', 'ready')
    .executeTakeFirst();
  return Number(done.numUpdatedRows) === 1;
}

export async function deleteDraft(db: RegistryDb, owner: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('import_draft')
    .where('id', '=', id)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows) === 1;
}
