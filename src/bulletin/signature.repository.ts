import type { GeneratedAlways, Kysely } from 'kysely';
import type { Instant } from '../lib/pure/dates.ts';

interface SignatureTables {
  bulletin_signature: {
    id: GeneratedAlways<number>;
    bulletin_id: number;
    sha256: string;
    user_id: number;
    signer: string;
    signed_at: string;
    withdrawn_at: string | null;
  };
}

/** One person's signature under one exact build. */
export interface Signature {
  readonly bulletinId: number;
  readonly sha256: string;
  readonly userId: number;
  /** As written into the audit trail. */
  readonly by: string;
  readonly at: Instant;
}

const tables = <Tables>(db: Kysely<Tables>) => db as unknown as Kysely<SignatureTables>;

/** Signatures that stand under these builds, oldest first. */
export async function listSignatures<Tables>(
  db: Kysely<Tables>,
  bulletinIds: readonly number[],
): Promise<Signature[]> {
  if (bulletinIds.length === 0) return [];
  const rows = await tables(db)
    .selectFrom('bulletin_signature')
    .selectAll()
    .where('bulletin_id', 'in', bulletinIds)
    .where('withdrawn_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    bulletinId: row.bulletin_id,
    sha256: row.sha256,
    userId: row.user_id,
    by: row.signer,
    at: row.signed_at,
  }));
}

export async function insertSignature<Tables>(
  db: Kysely<Tables>,
  signature: Signature,
): Promise<void> {
  await tables(db)
    .insertInto('bulletin_signature')
    .values({
      bulletin_id: signature.bulletinId,
      sha256: signature.sha256,
      user_id: signature.userId,
      signer: signature.by,
      signed_at: signature.at,
      withdrawn_at: null,
    })
    .execute();
}

/** Ends a person's signature under a build; the row stays. Returns whether there was one. */
export async function withdrawSignature<Tables>(
  db: Kysely<Tables>,
  { bulletinId, userId, at }: { bulletinId: number; userId: number; at: Instant },
): Promise<boolean> {
  const result = await tables(db)
    .updateTable('bulletin_signature')
    .set({ withdrawn_at: at })
    .where('bulletin_id', '=', bulletinId)
    .where('user_id', '=', userId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst();
  return Number(result.numUpdatedRows) > 0;
}
