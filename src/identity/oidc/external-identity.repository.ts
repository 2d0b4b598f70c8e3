import type { IdentityDb } from '../identity-db.ts';
import type { ExternalPerson } from './identity-provider.ts';

/** A person of the provider, linked to one user. */
export interface ExternalIdentity extends ExternalPerson {
  readonly userId: number;
  readonly linkedAt: string;
  readonly usedAt: string | null;
}

const instant = (value: string): string => new Date(value).toISOString();

function identities(db: IdentityDb) {
  return db.selectFrom('external_identity').selectAll();
}

type Row = Awaited<ReturnType<ReturnType<typeof identities>['executeTakeFirstOrThrow']>>;

const toIdentity = (row: Row): ExternalIdentity => ({
  userId: row.user_id,
  issuer: row.issuer,
  claim: row.claim,
  subject: row.subject,
  label: row.label,
  linkedAt: instant(row.linked_at),
  usedAt: row.used_at === null ? null : instant(row.used_at),
});

export async function findIdentity(
  db: IdentityDb,
  { issuer, claim, subject }: ExternalPerson,
): Promise<ExternalIdentity | null> {
  const row = await identities(db)
    .where('issuer', '=', issuer)
    .where('claim', '=', claim)
    .where('subject', '=', subject)
    .executeTakeFirst();
  return row ? toIdentity(row) : null;
}

export async function findIdentityOf(
  db: IdentityDb,
  userId: number,
): Promise<ExternalIdentity | null> {
  const row = await identities(db).where('user_id', '=', userId).executeTakeFirst();
  return row ? toIdentity(row) : null;
}

/** False when the user has one already, or the identity another user. */
export async function insertIdentity(
  db: IdentityDb,
  userId: number,
  person: ExternalPerson,
  linkedAt: string,
): Promise<boolean> {
  const { issuer, claim, subject, label } = person;
  const row = await db
    .insertInto('external_identity')
    .values({
      ...{ issuer, claim, subject, label },
      user_id: userId,
      linked_at: linkedAt,
      used_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function touchIdentity(db: IdentityDb, userId: number, at: string): Promise<void> {
  await db
    .updateTable('external_identity')
    .set({ used_at: at })
    .where('user_id', '=', userId)
    .execute();
}

export async function deleteIdentity(db: IdentityDb, userId: number): Promise<boolean> {
  const [result] = await db.deleteFrom('external_identity').where('user_id', '=', userId).execute();
  return Number(result?.numDeletedRows ?? 0) > 0;
}
