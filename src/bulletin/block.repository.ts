import { type GeneratedAlways, type Kysely, sql } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';

interface BlockTables {
  bulletin_block: {
    id: GeneratedAlways<number>;
    period: string;
    block: number;
    version: number;
    kind: BlockKind;
    after_key: string;
    place: number;
    text: string;
    reason: string;
    removed: boolean;
    written_by: string;
    written_at: string;
  };
}

/** `text` is printed as the office's own paragraphs; `annotation` is a remark on a computed part, printed below it. */
export type BlockKind = 'text' | 'annotation';

/** One version of what the office put between the computed parts of a period's bulletin. */
export interface BlockVersion {
  readonly period: string;
  readonly block: number;
  readonly version: number;
  readonly kind: BlockKind;
  /** The block of the template after which it stands. */
  readonly after: string;
  /** Order among those after the same block. */
  readonly place: number;
  readonly text: string;
  /** Why a computed part is annotated; empty for text. */
  readonly reason: string;
  readonly removed: boolean;
  readonly by: string;
  readonly at: Instant;
}

const tables = <Tables>(db: Kysely<Tables>) => db as unknown as Kysely<BlockTables>;

/** The newest version of each block of a period, in printing order; removed ones too. */
export async function newestBlocks<Tables>(
  db: Kysely<Tables>,
  period: string,
): Promise<BlockVersion[]> {
  const rows = await tables(db)
    .selectFrom('bulletin_block')
    .selectAll()
    .distinctOn('block')
    .where('period', '=', period)
    .orderBy('block')
    .orderBy('version', 'desc')
    .execute();
  return rows.map(versionOf).sort((a, b) => a.place - b.place || a.block - b.block);
}

/** All versions of one block, the newest first. */
export async function blockVersions<Tables>(
  db: Kysely<Tables>,
  period: string,
  block: number,
): Promise<BlockVersion[]> {
  const rows = await tables(db)
    .selectFrom('bulletin_block')
    .selectAll()
    .where('period', '=', period)
    .where('block', '=', block)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(versionOf);
}

/** Adds a version; false when somebody else added the same one in the meantime. */
export async function insertBlockVersion<Tables>(
  db: Kysely<Tables>,
  each: BlockVersion,
): Promise<boolean> {
  const result = await tables(db)
    .insertInto('bulletin_block')
    .values({
      ...{ period: each.period, block: each.block, version: each.version, kind: each.kind },
      ...{ after_key: each.after, place: each.place, text: each.text, reason: each.reason },
      ...{ removed: each.removed, written_by: each.by, written_at: each.at },
    })
    .onConflict((conflict) => conflict.columns(['period', 'block', 'version']).doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) > 0;
}

/** The number of the next block of a period. */
export async function nextBlock<Tables>(db: Kysely<Tables>, period: string): Promise<number> {
  const { next } = await tables(db)
    .selectFrom('bulletin_block')
    .select(sql<number>`coalesce(max(block), 0) + 1`.as('next'))
    .where('period', '=', period)
    .executeTakeFirstOrThrow();
  return Number(next);
}

function versionOf(
  row: {
    [Column in keyof BlockTables['bulletin_block']]: BlockTables['bulletin_block'][Column] extends GeneratedAlways<
      infer Value
    >
      ? Value
      : BlockTables['bulletin_block'][Column];
  },
): BlockVersion {
  const { period, block, version, kind, place, text, reason, removed } = row;
  return {
    ...{ period, block, version, kind, after: row.after_key, place, text, reason, removed },
    ...{ by: row.written_by, at: row.written_at },
  };
}
