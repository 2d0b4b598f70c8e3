import type { Kysely } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';
import type { Bulletin } from './bulletin.ts';

interface BulletinTables {
  bulletin: {
    period: string;
    built_at: string;
    folder: string;
    files: string;
    content: string;
    sha256: string;
  };
}

export interface BuiltBulletin {
  readonly period: string;
  readonly builtAt: Instant;
  readonly folder: string;
  readonly files: readonly string[];
  readonly content: Bulletin;
  /** SHA-256 (hex) of bulletin.json. */
  readonly sha256: string;
}

export async function insertBulletin<Tables>(
  anyDb: Kysely<Tables>,
  built: BuiltBulletin,
): Promise<void> {
  const db = anyDb as unknown as Kysely<BulletinTables>;
  await db
    .insertInto('bulletin')
    .values({
      period: built.period,
      built_at: built.builtAt,
      folder: built.folder,
      files: JSON.stringify(built.files),
      content: JSON.stringify(built.content),
      sha256: built.sha256,
    })
    .execute();
}

/** The newest bulletin of a period, or null. */
export async function findBulletin<Tables>(
  anyDb: Kysely<Tables>,
  period: string,
): Promise<BuiltBulletin | null> {
  const db = anyDb as unknown as Kysely<BulletinTables & { bulletin: { id: number } }>;
  const row = await db
    .selectFrom('bulletin')
    .selectAll()
    .where('period', '=', period)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (!row) return null;
  return {
    period: row.period,
    builtAt: row.built_at,
    folder: row.folder,
    files: row.files as unknown as string[],
    content: row.content as unknown as Bulletin,
    sha256: row.sha256,
  };
}
