import { type Selectable, sql } from 'kysely';
import type { Person } from '../../domain/acting.ts';
import type { Sealing } from '../../identity/index.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { ColumnMap } from '../maps/column-map.ts';
import type { RegisterFile } from '../read-register-files.ts';
import type { RegistryDb } from '../registry.repository.ts';
import type { ImportState, RegistryTables } from '../tables.ts';
import type { DraftPreview } from './import-draft.ts';

/** Drafts that one person may have waiting; a further one takes the place of the oldest. */
const DRAFTS_OF_ONE_MAX = 5;
/** Drafts with bytes in the whole installation: at most so many times an upload's limit on the disk. */
const DRAFTS_MAX = 40;
/** An expired draft still says for a day that it expired. */
const REMEMBERED_MS = 24 * 3_600_000;

/** Imports of one person that wait for another at the same time. */
const WAITING_OF_ONE_MAX = 5;

export interface StoredDraft {
  readonly preview: DraftPreview;
  readonly state: ImportState;
  readonly owner: string;
  readonly expiresAt: Instant;
  readonly sentBy: Person;
  readonly map: ColumnMap | null;
  readonly decidedBy: string | null;
  readonly decidedAt: Instant | null;
  readonly reason: string | null;
}

/** Marks what expired and deletes its bytes; what expired a day ago goes altogether. */
export async function sweepDrafts(db: RegistryDb, now: Instant): Promise<void> {
  await sql`
    delete from import_draft_file where draft_id in (select id from import_draft where expires_at <= ${now}::timestamptz)`.execute(
    db,
  );
  await db
    .updateTable('import_draft')
    .set({ state: 'expired' })
    .where('state', 'in', ['drafted', 'waiting'])
    .where('expires_at', '<=', now)
    .execute();
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
    readonly sentBy: Person;
    readonly preview: DraftPreview;
    readonly state: ImportState;
    readonly map: ColumnMap | null;
    readonly createdAt: Instant;
    readonly expiresAt: Instant;
    readonly files: readonly RegisterFile[];
  },
): Promise<void> {
  await lockInTransaction(db, 'import_draft');
  const { owner, sentBy, preview, state, map, createdAt, expiresAt, files } = draft;
  await sql`
    delete from import_draft where id in (
      select id from import_draft where owner = ${owner} and state <> 'waiting'
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
      ...{ id: preview.id, owner, created_at: createdAt, expires_at: expiresAt, state },
      ...{ sent_by: sentBy.name, sent_by_id: sentBy.userId },
      map: map === null ? null : JSON.stringify(map),
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

export async function findDraft(db: RegistryDb, id: string): Promise<StoredDraft | null> {
  const row = await db
    .selectFrom('import_draft')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst();
  return row === undefined ? null : draftOf(row);
}

/** Those that wait for a second person, and somebody's own, the newest first. */
export async function listDrafts(db: RegistryDb, owner: string): Promise<StoredDraft[]> {
  const rows = await db
    .selectFrom('import_draft')
    .selectAll()
    .where(({ eb, or }) => or([eb('state', '=', 'waiting'), eb('owner', '=', owner)]))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(DRAFTS_MAX * 2)
    .execute();
  return rows.map(draftOf);
}

function draftOf(row: Selectable<RegistryTables['import_draft']>): StoredDraft {
  return {
    ...{ state: row.state, owner: row.owner },
    preview: row.preview as unknown as DraftPreview,
    expiresAt: new Date(row.expires_at).toISOString(),
    sentBy: { name: row.sent_by, userId: row.sent_by_id },
    map: row.map as unknown as ColumnMap | null,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at === null ? null : new Date(row.decided_at).toISOString(),
    reason: row.reason,
  };
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

export interface DraftStep {
  readonly id: string;
  readonly from: ImportState;
  readonly to: ImportState;
  readonly expiresAt?: Instant;
  readonly decided?: { readonly by: string; readonly at: Instant; readonly reason: string | null };
}

/** Moves a draft on; false when it is not in that state (any more): of two who try at once one finds it so. */
export async function moveDraft(
  db: RegistryDb,
  { id, from, to, expiresAt, decided }: DraftStep,
): Promise<boolean> {
  const moved = await db
    .updateTable('import_draft')
    .set({
      state: to,
      ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
      ...(decided === undefined
        ? {}
        : { decided_by: decided.by, decided_at: decided.at, reason: decided.reason }),
    })
    .where('id', '=', id)
    .where('state', '=', from)
    .executeTakeFirst();
  return Number(moved.numUpdatedRows) === 1;
}

/** Throws {@link UserError} `registry.import.busy` where somebody has too many waiting. */
export async function assertMayWait(db: RegistryDb, owner: string): Promise<void> {
  await lockInTransaction(db, 'import_draft');
  const waiting = await db
    .selectFrom('import_draft')
    .select('id')
    .where('owner', '=', owner)
    .where('state', '=', 'waiting')
    .execute();
  if (waiting.length < WAITING_OF_ONE_MAX) return;
  throw new UserError(
    'registry.import.busy',
    `您已有 ${waiting.length} 份导入在等人批准，请先请人办完，或放弃其中的。`,
    { family: 'state' },
  );
}

export async function deleteDraft(db: RegistryDb, owner: string, id: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('import_draft')
    .where('id', '=', id)
    .where('owner', '=', owner)
    .executeTakeFirst();
  return Number(deleted.numDeletedRows) === 1;
}
