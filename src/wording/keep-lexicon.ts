import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import type { Lexicon } from '../derive/text/lexicon.ts';
import { type Acting, nameOf } from '../domain/acting.ts';
import { recordAudit } from '../identity/index.ts';
import type { Instant } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { lockInTransaction } from '../store/lock-in-transaction.ts';
import type { Store } from '../store/store.ts';
import { assertMayChange } from './assert-may-change.ts';
import { wordingDb } from './wording-tables.ts';

export interface WordingDeps {
  readonly store: Store;
}

/** One kept version, without its entries. */
export interface LexiconHead {
  readonly id: string;
  readonly version: number;
  /** What the file calls its version. */
  readonly label: string;
  readonly terms: number;
  readonly names: number;
  readonly roles: number;
  readonly words: number;
  readonly isActive: boolean;
  readonly reason: string;
  readonly importedBy: string;
  readonly importedAt: Instant;
}

export interface ImportedLexicon {
  readonly id: string;
  readonly version: number;
  /** Whether the same content was kept before: then nothing was written but which version counts. */
  readonly isKnown: boolean;
}

/** Versions read at once: a lexicon changes some times a year. */
const VERSIONS_MAX = 2000;
const LEXICON_ID = /^[\p{L}\p{N}][\p{L}\p{N}_-]{0,60}$/u;

/**
 * Keeps a lexicon as the next version of its id and lets it count from now on. Throws {@link UserError} `lexicon.id`.
 * What a check found under an earlier version stays as it was: facts name the version.
 */
export async function keepLexicon(
  { store }: WordingDeps,
  acting: Acting,
  input: { readonly lexicon: Lexicon; readonly reason: string; readonly at: Instant },
): Promise<ImportedLexicon> {
  assertMayChange(acting);
  const { lexicon, reason, at } = input;
  if (!LEXICON_ID.test(lexicon.id) || lexicon.id === 'seed')
    throw new UserError(
      'lexicon.id',
      `词库名“${lexicon.id}”不行：用字母、数字、汉字，不能叫 seed。`,
      {
        field: 'id',
      },
    );
  const content = JSON.stringify(lexicon);
  const hash = createHash('sha256').update(content).digest('hex');
  return store.transaction(async (trx) => {
    await lockInTransaction(trx, `lexicon:${lexicon.id}`);
    const db = wordingDb(trx);
    const kept = await db
      .selectFrom('lexicon_version')
      .select(['version', 'hash'])
      .where('lexicon_id', '=', lexicon.id)
      .orderBy('version', 'desc')
      .limit(VERSIONS_MAX)
      .execute();
    const known = kept.find((one) => one.hash === hash);
    const version = known?.version ?? (kept[0]?.version ?? 0) + 1;
    if (!known)
      await db
        .insertInto('lexicon_version')
        .values({
          ...{ lexicon_id: lexicon.id, version, label: lexicon.version, hash, content, reason },
          ...{ imported_by: nameOf(acting), imported_at: at },
        })
        .execute();
    const before = await setActive(trx, acting, { id: lexicon.id, version, at });
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'lexicon.import', subject: `lexicon:${lexicon.id}` },
      detail: { hash, terms: lexicon.terms.length, names: lexicon.names.length },
      ...{ before, after: { version, reason } },
    });
    return { id: lexicon.id, version, isKnown: known !== undefined };
  });
}

/** Lets a kept version count. Throws {@link UserError} `lexicon.unknown`, `identity.forbidden`. */
export async function activateLexicon(
  deps: WordingDeps,
  acting: Acting,
  input: { readonly id: string; readonly version: number; readonly at: Instant },
): Promise<void> {
  assertMayChange(acting);
  await deps.store.transaction(async (trx) => {
    await lockInTransaction(trx, `lexicon:${input.id}`);
    await readVersion(trx, input.id, input.version);
    const before = await setActive(trx, acting, input);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'lexicon.activate', subject: `lexicon:${input.id}` },
      ...{ detail: {}, before, after: { version: input.version } },
    });
  });
}

/** Lets no version of a lexicon count any more; all stay kept. Throws {@link UserError} `lexicon.unknown`, `identity.forbidden`. */
export async function disableLexicon(deps: WordingDeps, acting: Acting, id: string): Promise<void> {
  assertMayChange(acting);
  await deps.store.transaction(async (trx) => {
    await lockInTransaction(trx, `lexicon:${id}`);
    const before = await wordingDb(trx)
      .deleteFrom('lexicon_active')
      .where('lexicon_id', '=', id)
      .returning('version')
      .executeTakeFirst();
    if (before === undefined) throw unknown(id, null);
    await recordAudit(trx, {
      ...{ actor: nameOf(acting), action: 'lexicon.disable', subject: `lexicon:${id}` },
      ...{ detail: {}, before, after: { version: null } },
    });
  });
}

/** Returns which version counted before; null = none. */
async function setActive<Tables>(
  trx: Kysely<Tables>,
  acting: Acting,
  { id, version, at }: { id: string; version: number; at: Instant },
): Promise<{ readonly version: number } | null> {
  const db = wordingDb(trx);
  const before = await db
    .selectFrom('lexicon_active')
    .select('version')
    .where('lexicon_id', '=', id)
    .executeTakeFirst();
  const row = { version, activated_by: nameOf(acting), activated_at: at };
  await db
    .insertInto('lexicon_active')
    .values({ lexicon_id: id, ...row })
    .onConflict((conflict) => conflict.column('lexicon_id').doUpdateSet(row))
    .execute();
  return before ?? null;
}

export async function listLexicons({ store }: WordingDeps): Promise<LexiconHead[]> {
  const rows = await wordingDb(store.db)
    .selectFrom('lexicon_version as v')
    .leftJoin('lexicon_active as a', 'a.lexicon_id', 'v.lexicon_id')
    .select(['v.lexicon_id', 'v.version', 'v.label', 'v.reason', 'v.imported_by'])
    .select(['v.imported_at', 'a.version as active'])
    .select((['terms', 'names', 'roles', 'words'] as const).map(lengthOf))
    .orderBy('v.lexicon_id')
    .orderBy('v.version', 'desc')
    .limit(VERSIONS_MAX)
    .execute();
  return rows.map(({ terms, names, roles, words, ...row }) => ({
    ...{ id: row.lexicon_id, version: row.version, label: row.label, terms, names, roles, words },
    ...{ isActive: row.active === row.version, reason: row.reason },
    ...{ importedBy: row.imported_by, importedAt: row.imported_at },
  }));
}

type Lists = 'terms' | 'names' | 'roles' | 'words';
/** Counted by the database: a lexicon has megabytes. */
const lengthOf = (list: Lists) =>
  sql<number>`jsonb_array_length(v.content -> ${sql.lit(list)})`.as(list);

/** A version whole; the one that counts when none is named. Throws {@link UserError} `lexicon.unknown`. */
export async function readLexicon(
  { store }: WordingDeps,
  id: string,
  version: number | null,
): Promise<Lexicon> {
  if (version !== null) return readVersion(store.db, id, version);
  const active = (await activeLexicons({ store })).find((one) => one.id === id);
  if (active === undefined) throw unknown(id, null);
  return active;
}

async function readVersion<Tables>(
  db: Kysely<Tables>,
  id: string,
  version: number,
): Promise<Lexicon> {
  const row = await wordingDb(db)
    .selectFrom('lexicon_version')
    .select('content')
    .where('lexicon_id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (row === undefined) throw unknown(id, version);
  return { ...(row.content as unknown as Lexicon), version: String(version) };
}

const unknown = (id: string, version: number | null): UserError =>
  new UserError(
    'lexicon.unknown',
    `没有词库 ${id}${version === null ? '' : `@${version}`}；见 lexicon list。`,
    {
      field: 'lexicon',
    },
  );

/** The versions that count now, each named by the version that it was kept as. */
export async function activeLexicons({ store }: WordingDeps): Promise<Lexicon[]> {
  const rows = await wordingDb(store.db)
    .selectFrom('lexicon_active as a')
    .innerJoin('lexicon_version as v', (join) =>
      join.onRef('v.lexicon_id', '=', 'a.lexicon_id').onRef('v.version', '=', 'a.version'),
    )
    .select(['v.content', 'v.version'])
    .orderBy('a.lexicon_id')
    .limit(VERSIONS_MAX)
    .execute();
  return rows.map(({ content, version }) => ({
    ...(content as unknown as Lexicon),
    version: String(version),
  }));
}
