import type { GeneratedAlways, Kysely } from 'kysely';
import type { CalendarDate, Instant } from '../../lib/pure/dates.ts';
import type { CorrectionContent, CorrectionWords } from './correction.ts';

interface CorrectionTables {
  bulletin_correction: {
    id: GeneratedAlways<number>;
    period: string;
    bulletin_id: number;
    sha256: string;
    document_number: string;
    issued_on: string;
    wrong: string;
    correct: string;
    reason: string;
    content: string;
    drafted_by: string;
    drafted_at: string;
    issued_at: string | null;
    withdrawn_at: string | null;
  };
  bulletin_correction_signature: {
    correction_id: number;
    user_id: number;
    signer: string;
    signed_at: string;
  };
}

export interface CorrectionSignature {
  readonly userId: number;
  readonly by: string;
  readonly at: Instant;
}

/** A correction notice with its signatures, oldest first. */
export interface Correction extends CorrectionWords {
  readonly id: number;
  readonly period: string;
  /** The build that it corrects. */
  readonly bulletinId: number;
  /** SHA-256 (hex) of the notice's words: what is signed. */
  readonly sha256: string;
  readonly content: CorrectionContent;
  readonly draftedBy: string;
  readonly draftedAt: Instant;
  /** When the second person signed; null before. */
  readonly issuedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
  readonly signatures: readonly CorrectionSignature[];
}

const tables = <Tables>(db: Kysely<Tables>) => db as unknown as Kysely<CorrectionTables>;

/** All corrections of a period, newest first; with `id` only that one. */
export async function listCorrections<Tables>(
  db: Kysely<Tables>,
  period: string,
  id?: number,
): Promise<Correction[]> {
  let found = tables(db).selectFrom('bulletin_correction').selectAll().where('period', '=', period);
  if (id !== undefined) found = found.where('id', '=', id);
  const rows = await found.orderBy('id', 'desc').execute();
  const ids = rows.map((row) => row.id);
  const signatures =
    ids.length === 0
      ? []
      : await tables(db)
          .selectFrom('bulletin_correction_signature')
          .selectAll()
          .where('correction_id', 'in', ids)
          .orderBy('signed_at')
          .execute();
  return rows.map((row) => ({
    ...{ id: row.id, period: row.period, bulletinId: row.bulletin_id, sha256: row.sha256 },
    ...{ documentNumber: row.document_number, issuedOn: row.issued_on as CalendarDate },
    ...{ wrong: row.wrong, correct: row.correct, reason: row.reason },
    content: row.content as unknown as CorrectionContent,
    ...{ draftedBy: row.drafted_by, draftedAt: row.drafted_at },
    ...{ issuedAt: row.issued_at, withdrawnAt: row.withdrawn_at },
    signatures: signatures
      .filter((each) => each.correction_id === row.id)
      .map((each) => ({ userId: each.user_id, by: each.signer, at: each.signed_at })),
  }));
}

/** Periods of these that have an issued correction. */
export async function correctedPeriods<Tables>(
  db: Kysely<Tables>,
  periods: readonly string[],
): Promise<ReadonlySet<string>> {
  if (periods.length === 0) return new Set();
  const rows = await tables(db)
    .selectFrom('bulletin_correction')
    .select('period')
    .distinct()
    .where('period', 'in', periods)
    .where('issued_at', 'is not', null)
    .execute();
  return new Set(rows.map(({ period }) => period));
}

export async function insertCorrection<Tables>(
  db: Kysely<Tables>,
  each: Omit<Correction, 'id' | 'issuedAt' | 'withdrawnAt' | 'signatures'>,
): Promise<number> {
  const { id } = await tables(db)
    .insertInto('bulletin_correction')
    .values({
      ...{ period: each.period, bulletin_id: each.bulletinId, sha256: each.sha256 },
      ...{ document_number: each.documentNumber, issued_on: each.issuedOn },
      ...{ wrong: each.wrong, correct: each.correct, reason: each.reason },
      content: JSON.stringify(each.content),
      ...{ drafted_by: each.draftedBy, drafted_at: each.draftedAt },
      ...{ issued_at: null, withdrawn_at: null },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function insertCorrectionSignature<Tables>(
  db: Kysely<Tables>,
  correctionId: number,
  { userId, by, at }: CorrectionSignature,
): Promise<void> {
  await tables(db)
    .insertInto('bulletin_correction_signature')
    .values({ correction_id: correctionId, user_id: userId, signer: by, signed_at: at })
    .execute();
}

/** Marks a draft as issued or as withdrawn. */
export async function endDraft<Tables>(
  db: Kysely<Tables>,
  id: number,
  end: { readonly issued_at: Instant } | { readonly withdrawn_at: Instant },
): Promise<void> {
  await tables(db).updateTable('bulletin_correction').set(end).where('id', '=', id).execute();
}
