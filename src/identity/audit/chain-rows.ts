import { type Kysely, sql } from 'kysely';
import { UserError } from '../../lib/pure/errors.ts';
import { lockInTransaction } from '../../store/lock-in-transaction.ts';
import type { AuditKeys } from './audit-keys.ts';
import { type ChainedRow, hashOf, NO_PREDECESSOR } from './audit-row.ts';
import { type AuditDb, CHAINED_COLUMNS, type Head, readHead } from './audit-tables.ts';

/** Values of a new row; the JSON parts as text. */
export interface NewRow {
  readonly actor: string;
  readonly userId: number | null;
  readonly address: string | null;
  readonly requestId: string | null;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** Actions that may follow a row of a key that this installation does not have: there the trail says that the key changed. */
const MAY_CHANGE_KEY = new Set(['data.restore', 'audit.rekey']);

/**
 * Takes the chain for this transaction: rows of other transactions wait, so each follows the one before it. Rows of before the
 * chain are chained first, once.
 */
export async function takeChain<Tables>(
  trx: Kysely<Tables>,
  db: AuditDb,
  keys: AuditKeys,
): Promise<Head | null> {
  await lockInTransaction(trx, 'audit');
  return (await readHead(db)) ?? chainOldRows(db, keys);
}

/** Appends one row after `head`. Throws {@link UserError} `audit.key` where the chain goes on under a key that we do not have. */
export async function appendRow(
  db: AuditDb,
  keys: AuditKeys,
  head: Head | null,
  row: NewRow,
): Promise<void> {
  if (head !== null && keys.get(head.keyId) === undefined && !MAY_CHANGE_KEY.has(row.action))
    throw foreignKey(head.keyId);
  // jsonb has its own spelling: what is hashed is what it will give back.
  const { rows } = await sql<Pick<ChainedRow, 'id' | 'at' | 'detail' | 'before' | 'after'>>`
    select nextval(pg_get_serial_sequence('audit', 'id'))::int4 as id, clock_timestamp()::text as at,
           ${row.detail}::jsonb::text as detail, ${row.before}::jsonb::text as before, ${row.after}::jsonb::text as after`.execute(
    db,
  );
  const chained: ChainedRow = {
    ...rows[0]!,
    position: (head?.position ?? 0) + 1,
    actor: row.actor,
    user_id: row.userId,
    address: row.address,
    request_id: row.requestId,
    action: row.action,
    subject: row.subject,
    key_id: keys.current.id,
    previous_hash: head?.hash ?? NO_PREDECESSOR,
  };
  const { id, at, detail, before, after, ...rest } = chained;
  await sql`
    insert into audit (id, at, detail, before, after, position, actor, user_id, address, request_id, action, subject,
                       key_id, previous_hash, hash) overriding system value
    values (${id}, ${at}::timestamptz, ${detail}::jsonb, ${before}::jsonb, ${after}::jsonb, ${rest.position}, ${rest.actor},
            ${rest.user_id}, ${rest.address}, ${rest.request_id}, ${rest.action}, ${rest.subject}, ${rest.key_id},
            ${rest.previous_hash}, ${hashOf(chained, keys.current)})`.execute(db);
}

export function foreignKey(keyId: string): UserError {
  return new UserError(
    'audit.key',
    `审计链上最新的记录用的是密钥 ${keyId}，本机没有这把密钥，所以没有写入任何内容。几个进程共用一个数据库时，请给它们同样的 XUNJIAN_AUDIT_KEY；密钥确已丢失时，用 xunjian audit rekey 说明理由后换新。`,
    { family: 'state' },
  );
}

const OLD_ROWS_BATCH = 1000;

async function chainOldRows(db: AuditDb, keys: AuditKeys): Promise<Head | null> {
  let head: Head | null = null;
  for (;;) {
    const { rows } = await sql<ChainedRow>`
      select ${CHAINED_COLUMNS} from audit where position is null order by id limit ${OLD_ROWS_BATCH}`.execute(
      db,
    );
    if (rows.length === 0) return head;
    const links: object[] = [];
    for (const row of rows) {
      const chained: ChainedRow = {
        ...row,
        position: (head?.position ?? 0) + 1,
        key_id: keys.current.id,
        previous_hash: head?.hash ?? NO_PREDECESSOR,
      };
      head = {
        position: chained.position,
        hash: hashOf(chained, keys.current),
        keyId: chained.key_id,
      };
      links.push({
        id: row.id,
        position: head.position,
        key_id: head.keyId,
        previous_hash: chained.previous_hash,
        hash: head.hash,
      });
    }
    await sql`
      update audit set position = link.position, key_id = link.key_id, previous_hash = link.previous_hash, hash = link.hash
        from jsonb_to_recordset(${JSON.stringify(links)}::jsonb)
             as link (id integer, position integer, key_id text, previous_hash text, hash text)
       where audit.id = link.id`.execute(db);
  }
}
