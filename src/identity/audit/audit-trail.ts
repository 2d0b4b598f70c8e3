import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { log } from '../../lib/node/log.ts';
import { invariant } from '../../lib/pure/errors.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import type { Store } from '../../store/store.ts';
import { AuditAnchors } from './audit-anchors.ts';
import { type AuditKeys, openAuditKeys } from './audit-keys.ts';
import { auditDb, readHead } from './audit-tables.ts';
import { takeChain } from './chain-rows.ts';

export interface AuditSettings {
  readonly store: Store;
  /** Where the key and the anchors lie. */
  readonly dataDir: string;
  /** `XUNJIAN_AUDIT_KEY`; null = the data folder's own. */
  readonly key: Secret | null;
  /** Days that rows are kept, at least 180; null = for ever. */
  readonly keepDays: number | null;
}

/** Rows after which the end of the chain is written down outside the database. */
const ANCHOR_EVERY = 100;

/** The audit trail of this process's installation: its keys, and the file that knows how long the chain is. */
export class AuditTrail {
  readonly settings: AuditSettings;
  keys: AuditKeys;
  readonly anchors: AuditAnchors;
  #appended = 0;
  #anchoring: Promise<void> = Promise.resolve();

  constructor(settings: AuditSettings, keys: AuditKeys) {
    this.settings = settings;
    this.keys = keys;
    this.anchors = new AuditAnchors(join(settings.dataDir, anchorFile(settings.store)));
  }

  /** Writes down where the committed chain ends. What cannot be written is logged: the trail itself is in the database. */
  anchor(reset: string | null = null): Promise<void> {
    this.#anchoring = this.#anchoring.then(() => this.#anchorNow(reset)).catch(logFailure);
    return this.#anchoring;
  }

  /** Called within the transaction of a row; what it writes down is only what was committed. */
  noteAppend(): void {
    this.#appended += 1;
    if (this.#appended % ANCHOR_EVERY === 0) void this.anchor();
  }

  async #anchorNow(reset: string | null): Promise<void> {
    const head = await readHead(auditDb(this.settings.store.db));
    // Who cannot prove the chain does not vouch for its end: his line would be a broken one to those who hold its key.
    if (head === null || this.keys.get(head.keyId) === undefined) return;
    await this.anchors.add(head, this.keys.current, new Date().toISOString(), reset);
    log.info('审计链', { rows: head.position, head: head.hash });
  }
}

/** One file per database: after a move to PostgreSQL the old, embedded chain may go on for itself. */
function anchorFile({ database }: Store): string {
  if (database === null) return 'audit-anchors.jsonl';
  const name = createHash('sha256').update(database.shown).digest('hex').slice(0, 12);
  return `audit-anchors-${name}.jsonl`;
}

function logFailure(error: unknown): void {
  log.error('审计链的锚点没有写成', { error });
}

let held: AuditTrail | null = null;

/** Makes `trail` the one that this process writes to: a process works for one installation. */
export function holdAuditTrail(trail: AuditTrail): void {
  held = trail;
}

export function heldAuditTrail(): AuditTrail {
  invariant(held !== null, '审计链还没有打开');
  return held;
}

/**
 * Opens the trail of an installation and holds it: reads or makes the key, chains rows of before the chain, and writes down
 * where it ends. A chain under a key that we do not have can be read; what would write to it is refused.
 */
export async function openAuditTrail(settings: AuditSettings): Promise<AuditTrail> {
  const { store } = settings;
  const trail = new AuditTrail(settings, await openAuditKeys(settings.dataDir, settings.key));
  holdAuditTrail(trail);
  const head =
    (await readHead(auditDb(store.db))) ??
    (await store.transaction((trx) => takeChain(trx, auditDb(trx), trail.keys)));
  if (head !== null && trail.keys.get(head.keyId) === undefined)
    log.error('审计链用的密钥本机没有，不能写入', { keyId: head.keyId });
  await trail.anchor();
  return trail;
}
