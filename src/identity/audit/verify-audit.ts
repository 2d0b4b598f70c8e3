import { sql } from 'kysely';
import { log } from '../../lib/node/log.ts';
import type { AnchorReading } from './audit-anchors.ts';
import type { AuditKeys } from './audit-keys.ts';
import { type ChainedRow, checkpointMac, NO_PREDECESSOR } from './audit-row.ts';
import { type AuditDb, auditDb, CHAINED_COLUMNS } from './audit-tables.ts';
import type { AuditTrail } from './audit-trail.ts';
import { RowHasher } from './hash-rows.ts';

/** The first place where the chain does not prove itself. `id` null: what is missing was at the end, or outside the table. */
export interface BrokenRow {
  readonly id: number | null;
  readonly position: number | null;
  /** Chinese. */
  readonly why: string;
}

export interface AuditVerification {
  /** Rows that were read and proved, up to the first broken one. */
  readonly rows: number;
  readonly ok: boolean;
  readonly firstBroken: BrokenRow | null;
  /** Hash of the last proved row: what to write down outside. */
  readonly head: string | null;
  /** Position after which the rows are kept; what was before was deleted by retention. */
  readonly keptAfter: number;
  /** Newest position that the anchors outside the database know. */
  readonly anchored: number | null;
  readonly checkedAt: string;
}

/** Rows read at a time. */
const PAGE = 5_000;

type Stored = ChainedRow & { readonly hash: string };
interface Checkpoint {
  readonly position: number;
  readonly hash: string;
  readonly key_id: string;
  readonly mac: string;
}

/** Proves the whole chain against its keys and its anchors, and names the first row that is not what was written. */
export async function verifyAudit(
  trail: AuditTrail,
  io: { readonly signal?: AbortSignal; readonly onProgress?: (rows: number) => void } = {},
): Promise<AuditVerification> {
  const db = auditDb(trail.settings.store.db);
  const anchors = await trail.anchors.read(trail.keys);
  const checkpoint = await readCheckpoint(db);
  const found = await walk(db, trail.keys, { checkpoint, anchors, ...io });
  const moved = (await readCheckpoint(db))?.position !== checkpoint?.position;
  // Retention cut the chain while it was read.
  if (moved && found.broken !== null) return verifyAudit(trail, io);
  const firstBroken = found.broken ?? (await looseRow(db)) ?? brokenAnchor(anchors);
  if (firstBroken === null) await trail.anchor();
  else log.error('审计链不完好', { ...firstBroken });
  return {
    rows: found.rows,
    ok: firstBroken === null,
    firstBroken,
    head: found.rows === 0 ? (checkpoint?.hash ?? null) : found.head,
    keptAfter: checkpoint?.position ?? 0,
    anchored: anchors.anchors.at(-1)?.position ?? null,
    checkedAt: new Date().toISOString(),
  };
}

interface Walk {
  readonly checkpoint: Checkpoint | null;
  readonly anchors: AnchorReading;
  readonly signal?: AbortSignal;
  readonly onProgress?: (rows: number) => void;
}

interface Walked {
  readonly rows: number;
  readonly head: string;
  readonly broken: BrokenRow | null;
}

async function walk(db: AuditDb, keys: AuditKeys, how: Walk): Promise<Walked> {
  const { checkpoint } = how;
  let [position, head] = [checkpoint?.position ?? 0, checkpoint?.hash ?? NO_PREDECESSOR];
  const anchored = new Map(how.anchors.anchors.map((anchor) => [anchor.position, anchor.hash]));
  let rows = 0;
  const stop = (broken: BrokenRow | null): Walked => ({ rows, head, broken });
  const cut = brokenCheckpoint(checkpoint, keys);
  if (cut !== null) return stop(cut);
  const hasher = new RowHasher(keys);
  try {
    // The next page is read while this one is hashed.
    let next = readPage(db, position);
    for (;;) {
      how.signal?.throwIfAborted();
      const page = await next;
      const last = page.at(-1);
      if (last === undefined) break;
      next = readPage(db, last.position);
      next.catch(() => undefined);
      const hashes = await hasher.hashes(page);
      for (const [index, row] of page.entries()) {
        const why =
          brokenLink(row, { position, head, hash: hashes[index] ?? null }) ??
          disagreement(row, anchored.get(row.position));
        if (why !== null) return stop({ id: row.id, position: row.position, why });
        [position, head] = [row.position, row.hash];
        rows += 1;
      }
      how.onProgress?.(rows);
    }
  } finally {
    await hasher.close();
  }
  const longest = Math.max(0, ...anchored.keys());
  if (longest <= position) return stop(null);
  const why = `链尾被截去：数据库外的锚点记得有 ${longest} 行，现在只到第 ${position} 行`;
  return stop({ id: null, position: position + 1, why });
}

async function readPage(db: AuditDb, after: number): Promise<readonly Stored[]> {
  const { rows } = await sql<Stored>`
    select ${CHAINED_COLUMNS} from audit where position > ${after} order by position limit ${sql.lit(PAGE)}`.execute(
    db,
  );
  return rows;
}

interface Expected {
  /** Of the row before. */
  readonly position: number;
  readonly head: string;
  /** What the row's own hash ought to be; null = its key is not ours. */
  readonly hash: string | null;
}

function brokenLink(row: Stored, { position, head, hash }: Expected): string | null {
  if (row.position !== position + 1)
    return `它前面缺了第 ${position + 1} 到 ${row.position - 1} 行（被删除）`;
  if (hash === null) return `它用的密钥 ${row.key_id} 本机没有，无法核验`;
  if (hash !== row.hash) return '内容与它的哈希不符（被改动，或是插入的）';
  return row.previous_hash === head ? null : '与前一行接不上（前面的行被换过，或次序被改）';
}

const disagreement = (row: Stored, anchored: string | undefined): string | null =>
  anchored === undefined || anchored === row.hash ? null : '与数据库外的锚点不符（链被整段重写）';

async function readCheckpoint(db: AuditDb): Promise<Checkpoint | null> {
  const row = await db
    .selectFrom('audit_checkpoint')
    .select(['position', 'hash', 'key_id', 'mac'])
    .orderBy('position', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row ?? null;
}

function brokenCheckpoint(checkpoint: Checkpoint | null, keys: AuditKeys): BrokenRow | null {
  if (checkpoint === null) return null;
  const { position, key_id } = checkpoint;
  const key = keys.get(key_id);
  const broken = (why: string): BrokenRow => ({ id: null, position, why });
  if (key === undefined) return broken(`保存期限的检查点用的密钥 ${key_id} 本机没有，无法核验`);
  if (checkpointMac(checkpoint, key) === checkpoint.mac) return null;
  return broken('保存期限的检查点签名不符（旧记录不是系统删除的）');
}

/** A row outside the chain that came after it: every row of ours is chained when it is written. */
async function looseRow(db: AuditDb): Promise<BrokenRow | null> {
  const row = await db
    .selectFrom('audit')
    .select('id')
    .where('position', 'is', null)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { id: row.id, position: null, why: '不在链上（绕过系统插入）' };
}

function brokenAnchor({ broken }: AnchorReading): BrokenRow | null {
  const [line] = broken;
  if (line === undefined) return null;
  return { id: null, position: null, why: `锚点文件第 ${line} 行被改动，或不是本机的密钥签的` };
}
