import { type Kysely, sql } from 'kysely';
import type { SniffedPicture } from '../../lib/pure/sniff-picture.ts';

/** An uploaded picture of one account (人工观察的图片). */
export interface StoredPicture {
  readonly sha256: string;
  readonly mediaType: SniffedPicture['type'];
  readonly bytes: Uint8Array;
  readonly uploadedAt: string;
  readonly uploadedBy: string;
}

interface PictureTables {
  observation_picture: {
    account_id: number;
    sha256: string;
    media_type: SniffedPicture['type'];
    bytes: Uint8Array;
    uploaded_at: string;
    uploaded_by: string;
    uploaded_by_id: number | null;
  };
}

const picturesDb = <Tables>(db: Kysely<Tables>): Kysely<PictureTables> =>
  db as unknown as Kysely<PictureTables>;

/** The same bytes of the same account are kept once. */
export async function insertPicture<Tables>(
  db: Kysely<Tables>,
  accountId: number,
  picture: StoredPicture & { readonly uploadedById: number | null },
): Promise<void> {
  await picturesDb(db)
    .insertInto('observation_picture')
    .values({
      account_id: accountId,
      sha256: picture.sha256,
      media_type: picture.mediaType,
      bytes: picture.bytes,
      uploaded_at: picture.uploadedAt,
      uploaded_by: picture.uploadedBy,
      uploaded_by_id: picture.uploadedById,
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'sha256']).doNothing())
    .execute();
}

/** Pictures of one account, in the order asked for; those that are not there are left out. */
export async function picturesOf<Tables>(
  db: Kysely<Tables>,
  accountId: number,
  hashes: readonly string[],
): Promise<StoredPicture[]> {
  if (hashes.length === 0) return [];
  const rows = await picturesDb(db)
    .selectFrom('observation_picture')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('sha256', 'in', hashes)
    .execute();
  const bySha = new Map(rows.map((row) => [row.sha256, row]));
  return hashes.flatMap((sha256) => {
    const row = bySha.get(sha256);
    if (!row) return [];
    return [
      {
        ...{ sha256, mediaType: row.media_type, bytes: row.bytes },
        ...{ uploadedAt: new Date(row.uploaded_at).toISOString(), uploadedBy: row.uploaded_by },
      },
    ];
  });
}

/** Forgets pictures that no sight names, uploaded before `before`: somebody left the form. Returns how many are left over. */
export async function dropUnusedPictures<Tables>(
  db: Kysely<Tables>,
  accountId: number,
  before: string,
): Promise<number> {
  const unused = sql`account_id = ${accountId} and not exists (
    select 1 from observation o where o.account_id = ${accountId} and o.picture = p.sha256)`;
  await sql`delete from observation_picture p where ${unused} and uploaded_at < ${before}`.execute(
    db,
  );
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from observation_picture p where ${unused}`.execute(db);
  return rows[0]?.left ?? 0;
}
