import type { Ability } from '../domain/actor.ts';
import type { IdentityDb } from './identity-db.ts';

export interface Session {
  readonly id: number;
  readonly hash: string;
  readonly userId: number;
  readonly csrf: string;
  /** Whether the second factor was shown at sign-in. */
  readonly secondFactor: boolean;
  readonly address: string;
  readonly agent: string;
  readonly createdAt: string;
  readonly seenAt: string;
  readonly endsAt: string;
}

/** Sessions of one user at a time; the oldest gives way. */
export const SESSIONS_MAX = 10;
const AGENT_CHARACTERS_MAX = 200;

const iso = (value: string): string => new Date(value).toISOString();

export async function findSession(db: IdentityDb, hash: string): Promise<Session | null> {
  const row = await db
    .selectFrom('session')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row ? toSession(row) : null;
}

export async function listSessions(db: IdentityDb, userId: number): Promise<Session[]> {
  const rows = await db
    .selectFrom('session')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('seen_at', 'desc')
    .execute();
  return rows.map(toSession);
}

function toSession(row: {
  id: number;
  hash: string;
  user_id: number;
  csrf: string;
  second_factor: boolean;
  address: string;
  agent: string;
  created_at: string;
  seen_at: string;
  ends_at: string;
}): Session {
  return {
    id: row.id,
    hash: row.hash,
    userId: row.user_id,
    csrf: row.csrf,
    secondFactor: row.second_factor,
    address: row.address,
    agent: row.agent,
    createdAt: iso(row.created_at),
    seenAt: iso(row.seen_at),
    endsAt: iso(row.ends_at),
  };
}

/** Adds a session; sweeps ended ones and the user's oldest beyond {@link SESSIONS_MAX}. */
export async function insertSession(db: IdentityDb, session: Omit<Session, 'id'>): Promise<void> {
  await db.deleteFrom('session').where('ends_at', '<=', session.createdAt).execute();
  const known = await listSessions(db, session.userId);
  const tooMany = known.slice(SESSIONS_MAX - 1).map(({ id }) => id);
  if (tooMany.length > 0) await db.deleteFrom('session').where('id', 'in', tooMany).execute();
  await db
    .insertInto('session')
    .values({
      hash: session.hash,
      user_id: session.userId,
      csrf: session.csrf,
      second_factor: session.secondFactor,
      address: session.address,
      agent: session.agent.slice(0, AGENT_CHARACTERS_MAX),
      created_at: session.createdAt,
      seen_at: session.seenAt,
      ends_at: session.endsAt,
    })
    .execute();
}

export async function touchSession(db: IdentityDb, id: number, seenAt: string): Promise<void> {
  await db.updateTable('session').set({ seen_at: seenAt }).where('id', '=', id).execute();
}

export async function confirmSecondFactor(db: IdentityDb, hash: string): Promise<void> {
  await db.updateTable('session').set({ second_factor: true }).where('hash', '=', hash).execute();
}

/** Ends sessions of a user: one, or all but one. Returns how many. */
export async function deleteSessions(
  db: IdentityDb,
  userId: number,
  which: { readonly id?: number; readonly butHash?: string } = {},
): Promise<number> {
  let query = db.deleteFrom('session').where('user_id', '=', userId);
  if (which.id !== undefined) query = query.where('id', '=', which.id);
  if (which.butHash !== undefined) query = query.where('hash', '<>', which.butHash);
  const [result] = await query.execute();
  return Number(result?.numDeletedRows ?? 0);
}

export interface ApiToken {
  readonly id: number;
  readonly userId: number;
  readonly name: string;
  /** Its first characters, by which people tell it from others. */
  readonly prefix: string;
  readonly abilities: readonly Ability[];
  readonly expiresAt: string;
  readonly usedAt: string | null;
  readonly createdAt: string;
}

export async function findToken(db: IdentityDb, hash: string): Promise<ApiToken | null> {
  const row = await db
    .selectFrom('api_token')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row ? toToken(row) : null;
}

export async function listTokens(db: IdentityDb, userId: number): Promise<ApiToken[]> {
  const rows = await db
    .selectFrom('api_token')
    .selectAll()
    .where('user_id', '=', userId)
    .orderBy('id')
    .execute();
  return rows.map(toToken);
}

function toToken(row: {
  id: number;
  user_id: number;
  name: string;
  prefix: string;
  abilities: string;
  expires_at: string;
  used_at: string | null;
  created_at: string;
}): ApiToken {
  return {
    id: row.id,
    userId: row.user_id,
    name: row.name,
    prefix: row.prefix,
    abilities: row.abilities as unknown as Ability[],
    expiresAt: iso(row.expires_at),
    usedAt: row.used_at === null ? null : iso(row.used_at),
    createdAt: iso(row.created_at),
  };
}

export async function insertToken(
  db: IdentityDb,
  token: Omit<ApiToken, 'id' | 'usedAt'> & { readonly hash: string },
): Promise<number> {
  const row = await db
    .insertInto('api_token')
    .values({
      user_id: token.userId,
      name: token.name,
      prefix: token.prefix,
      hash: token.hash,
      abilities: JSON.stringify(token.abilities),
      expires_at: token.expiresAt,
      used_at: null,
      created_at: token.createdAt,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

export async function touchToken(db: IdentityDb, id: number, usedAt: string): Promise<void> {
  await db.updateTable('api_token').set({ used_at: usedAt }).where('id', '=', id).execute();
}

export async function deleteToken(db: IdentityDb, userId: number, id: number): Promise<boolean> {
  const [result] = await db
    .deleteFrom('api_token')
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .execute();
  return Number(result?.numDeletedRows ?? 0) > 0;
}
