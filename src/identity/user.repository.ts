import { type Kysely, sql } from 'kysely';
import type { Role, Scope } from '../domain/actor.ts';
import { UserError } from '../lib/pure/errors.ts';
import { type IdentityDb, type IdentityTables, identityDb } from './identity-db.ts';
import type { User } from './user.ts';

/** Users of one office: more is somebody's mistake. */
const USERS_MAX = 10_000;

function users(db: IdentityDb) {
  return (
    db
      .selectFrom('app_user')
      .leftJoin('unit', 'unit.id', 'app_user.unit_id')
      // At the most one: the column is unique.
      .leftJoin('external_identity', 'external_identity.user_id', 'app_user.id')
      .selectAll('app_user')
      .select([
        'unit.name as unit_name',
        'unit.parent_id as unit_parent',
        'external_identity.id as external_id',
      ])
  );
}

type Row = Awaited<ReturnType<ReturnType<typeof users>['executeTakeFirstOrThrow']>>;

const instant = (value: string | null): string | null =>
  value === null ? null : new Date(value).toISOString();

function toUser(row: Row): User {
  return {
    id: row.id,
    login: row.login,
    name: row.name,
    unitId: row.unit_id,
    unitName: row.unit_name,
    unitIsRoot: row.unit_id !== null && row.unit_parent === null,
    roles: row.roles as unknown as Role[],
    state: row.state,
    passwordHash: row.password_hash,
    formerHashes: row.former_hashes as unknown as string[],
    failures: row.failures,
    lockedUntil: instant(row.locked_until),
    totpState: row.totp_state,
    totpSecret: row.totp_secret,
    totpStep: row.totp_step === null ? null : Number(row.totp_step),
    recoveryHashes: row.recovery_hashes as unknown as string[],
    isLinked: row.external_id !== null,
    lastSignInAt: instant(row.last_sign_in_at),
    createdAt: new Date(row.created_at).toISOString(),
  };
}

/** By sign-in name, whatever its case; null when there is none. */
export async function findUserByLogin(db: IdentityDb, login: string): Promise<User | null> {
  const row = await users(db)
    .where(sql<string>`lower(login)`, '=', login.toLowerCase())
    .executeTakeFirst();
  return row ? toUser(row) : null;
}

export async function findUser(db: IdentityDb, id: number): Promise<User | null> {
  const row = await users(db).where('app_user.id', '=', id).executeTakeFirst();
  return row ? toUser(row) : null;
}

/** Throws {@link UserError} `user.unknown`. */
export async function requireUser(db: IdentityDb, id: number): Promise<User> {
  const user = await findUser(db, id);
  if (user === null) throw new UserError('user.unknown', `没有编号为 ${id} 的用户。`);
  return user;
}

export interface UserFilter {
  readonly q?: string | undefined;
  readonly role?: Role | undefined;
  readonly unitId?: number | undefined;
  readonly state?: 'active' | 'disabled' | 'locked' | undefined;
  /** Only users of these units. */
  readonly scope?: Scope | undefined;
  readonly now: string;
}

/** All users that the filter lets through, by login. */
export async function listUsers(db: IdentityDb, filter: UserFilter): Promise<User[]> {
  let query = users(db);
  if (filter.q) {
    const like = `%${filter.q.replace(/[\\%_]/g, '\\$&')}%`;
    query = query.where((eb) =>
      eb.or([
        eb('app_user.login', 'ilike', like),
        eb('app_user.name', 'ilike', like),
        eb('unit.name', 'ilike', like),
      ]),
    );
  }
  if (filter.role)
    query = query.where(sql<boolean>`app_user.roles @> ${JSON.stringify([filter.role])}::jsonb`);
  if (filter.scope !== undefined && filter.scope !== 'all')
    query = query.where(sql<boolean>`app_user.unit_id = any(${[...filter.scope]}::int[])`);
  if (filter.unitId !== undefined) query = query.where('app_user.unit_id', '=', filter.unitId);
  if (filter.state === 'locked') query = query.where('app_user.locked_until', '>', filter.now);
  else if (filter.state) query = query.where('app_user.state', '=', filter.state);
  const rows = await query.orderBy('app_user.login').limit(USERS_MAX).execute();
  return rows.map(toUser);
}

export async function countUsers<Tables>(db: Kysely<Tables>): Promise<number> {
  const row = await identityDb(db)
    .selectFrom('app_user')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Inserts a user without a password; returns the id. Throws {@link UserError} `user.duplicate`. */
export async function insertUser(
  db: IdentityDb,
  user: { login: string; name: string; unitId: number | null; roles: readonly Role[]; at: string },
): Promise<number> {
  const row = await db
    .insertInto('app_user')
    .values({
      login: user.login,
      name: user.name,
      unit_id: user.unitId,
      roles: JSON.stringify(user.roles),
      state: 'active',
      password_hash: null,
      former_hashes: '[]',
      failures: 0,
      locked_until: null,
      totp_state: 'none',
      totp_secret: null,
      totp_step: null,
      recovery_hashes: '[]',
      last_sign_in_at: null,
      created_at: user.at,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!row)
    throw new UserError('user.duplicate', `登录名 ${user.login} 已经有人用了。`, {
      family: 'state',
      field: 'login',
    });
  return row.id;
}

export async function updateUser(
  db: IdentityDb,
  id: number,
  change: Partial<Omit<IdentityTables['app_user'], 'id'>>,
): Promise<void> {
  await db.updateTable('app_user').set(change).where('id', '=', id).execute();
}

/** The unit and everything below it; a tree deeper than this is a cycle. */
const DEPTH_MAX = 12;

/** What a unit sees: itself and all below. */
export async function subtreeOf(db: IdentityDb, unitId: number): Promise<Scope> {
  const { rows } = await sql<{ id: number }>`
    with recursive below (id, depth) as (
      select id, 0 from unit where id = ${unitId}
      union all
      select unit.id, depth + 1 from unit join below on unit.parent_id = below.id where depth < ${DEPTH_MAX}
    ) select id from below`.execute(db);
  return new Set(rows.map((row) => row.id));
}

/** The units of a name, for commands. */
export async function findUnitByName(
  db: IdentityDb,
  name: string,
): Promise<{ id: number; name: string } | null> {
  const rows = await db
    .selectFrom('unit')
    .select(['id', 'name'])
    .where('name', '=', name)
    .limit(2)
    .execute();
  return rows.length === 1 ? rows[0]! : null;
}
