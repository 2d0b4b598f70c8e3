import { type GeneratedAlways, type Kysely, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import type { Bulletin, Issue } from './bulletin.ts';
import type { FreeBlock } from './template/compose-text.ts';

interface BulletinTables {
  bulletin: {
    id: GeneratedAlways<number>;
    period: string;
    built_at: string;
    built_by: string;
    folder: string;
    files: string;
    file_hashes: string | null;
    issue: string | null;
    content: string;
    template: string | null;
    free: string | null;
    sha256: string;
  };
}

/** A build without its content. */
export interface BuildHead {
  readonly id: number;
  readonly period: string;
  readonly builtAt: Instant;
  /** Empty when an older release built it. */
  readonly builtBy: string;
  readonly folder: string;
  readonly files: readonly string[];
  /** SHA-256 (hex) of each file by name; null when an older release built it. */
  readonly fileHashes: Readonly<Record<string, string>> | null;
  /** SHA-256 (hex) of bulletin.json. */
  readonly sha256: string;
  readonly isDraft: boolean;
  readonly documentNumber: string;
}

export interface BuiltBulletin extends BuildHead {
  readonly content: Bulletin;
  /** What the office said of it; null when an older release built it. */
  readonly issue: Issue | null;
  /** The template's file; null = the founding document's. */
  readonly template: unknown;
  /** What the office had put between the computed parts. */
  readonly free: readonly FreeBlock[];
}

const tables = <Tables>(db: Kysely<Tables>) => db as unknown as Kysely<BulletinTables>;

/** Adds a build; returns its id. */
export async function insertBulletin<Tables>(
  db: Kysely<Tables>,
  built: Omit<BuiltBulletin, 'id' | 'isDraft' | 'documentNumber'>,
): Promise<number> {
  const { id } = await tables(db)
    .insertInto('bulletin')
    .values({
      period: built.period,
      built_at: built.builtAt,
      built_by: built.builtBy,
      folder: built.folder,
      files: JSON.stringify(built.files),
      file_hashes: JSON.stringify(built.fileHashes),
      issue: JSON.stringify(built.issue),
      content: JSON.stringify(built.content),
      template: built.template === null ? null : JSON.stringify(built.template),
      free: JSON.stringify(built.free),
      sha256: built.sha256,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

const HEAD = [
  'id',
  'period',
  'built_at',
  'built_by',
  'folder',
  'files',
  'file_hashes',
  'sha256',
] as const;
const fromContent = [
  sql<boolean>`(content ->> 'isDraft')::boolean`.as('is_draft'),
  sql<string>`content ->> 'documentNumber'`.as('document_number'),
];

interface HeadRow {
  readonly id: number;
  readonly period: string;
  readonly built_at: string;
  readonly built_by: string;
  readonly folder: string;
  readonly files: unknown;
  readonly file_hashes: unknown;
  readonly sha256: string;
  readonly is_draft: unknown;
  readonly document_number: unknown;
}

function headOf(row: HeadRow): BuildHead {
  return {
    id: row.id,
    period: row.period,
    builtAt: row.built_at,
    builtBy: row.built_by,
    folder: row.folder,
    files: row.files as string[],
    fileHashes: row.file_hashes as Record<string, string> | null,
    sha256: row.sha256,
    isDraft: row.is_draft as boolean,
    documentNumber: row.document_number as string,
  };
}

/** The newest bulletin of a period, or of those whose bulletin.json has this checksum; or null. */
export async function findBulletin<Tables>(
  db: Kysely<Tables>,
  period: string,
  sha256?: string,
): Promise<BuiltBulletin | null> {
  let builds = tables(db).selectFrom('bulletin').where('period', '=', period);
  if (sha256 !== undefined) builds = builds.where('sha256', '=', sha256);
  const row = await builds
    .selectAll()
    .select(fromContent)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    ...headOf(row),
    content: row.content as unknown as Bulletin,
    issue: row.issue as unknown as Issue | null,
    template: row.template,
    free: (row.free as unknown as FreeBlock[] | null) ?? [],
  };
}

/** The newest build of each of these periods. */
export async function newestBuilds<Tables>(
  db: Kysely<Tables>,
  periods: readonly string[],
): Promise<BuildHead[]> {
  if (periods.length === 0) return [];
  const rows = await tables(db)
    .selectFrom('bulletin')
    .distinctOn('period')
    .select(HEAD)
    .select(fromContent)
    .where('period', 'in', periods)
    .orderBy('period')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(headOf);
}

/** Builds of a period, newest first. */
export async function listBuilds<Tables>(
  db: Kysely<Tables>,
  period: string,
  page: { readonly limit: number; readonly offset: number; readonly sha256?: string | undefined },
): Promise<{ items: BuildHead[]; total: number }> {
  let builds = tables(db).selectFrom('bulletin').where('period', '=', period);
  if (page.sha256 !== undefined) builds = builds.where('sha256', '=', page.sha256);
  const rows = await builds
    .select(HEAD)
    .select(fromContent)
    .orderBy('id', 'desc')
    .limit(page.limit)
    .offset(page.offset)
    .execute();
  const { total } = await builds
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return { items: rows.map(headOf), total: Number(total) };
}
