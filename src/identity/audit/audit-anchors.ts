import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type AuditKey, type AuditKeys, macOf } from './audit-keys.ts';
import type { Head } from './audit-tables.ts';

/** What the end of the chain was at some time, kept outside the database. */
export interface Anchor extends Head {
  readonly at: string;
  /** Chinese; set where the chain legitimately begins anew (a restored backup): what stood before no longer counts. */
  readonly reset: string | null;
}

export interface AnchorReading {
  /** Oldest first, since the last reset. */
  readonly anchors: readonly Anchor[];
  /** Numbers of lines that are not ours or were changed. */
  readonly broken: readonly number[];
}

const OWNER_ONLY = 0o600;

/**
 * An append-only file beside the database: one signed line now and then says how long the chain was and how it ended. Without it
 * nobody could tell a chain whose newest rows were cut off from one that was never longer.
 */
export class AuditAnchors {
  readonly path: string;
  #last: string | null = null;

  constructor(path: string) {
    this.path = path;
  }

  /** Adds a line unless the end is where this process saw it last. */
  async add(head: Head, key: AuditKey, at: string, reset: string | null = null): Promise<void> {
    const seen = `${head.position} ${head.hash}`;
    if (reset === null && seen === this.#last) return;
    this.#last = seen;
    const anchor: Anchor = { at, ...head, reset };
    const line = JSON.stringify({ ...anchor, signer: key.id, mac: macOf(key.key, signed(anchor)) });
    await mkdir(dirname(this.path), { recursive: true });
    await appendFile(this.path, `${line}\n`, { mode: OWNER_ONLY, flush: true });
  }

  /** A last line without its end was being written when the process was killed. */
  async read(keys: AuditKeys): Promise<AnchorReading> {
    const text = await readFile(this.path, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '';
      throw error;
    });
    let anchors: Anchor[] = [];
    const broken: number[] = [];
    for (const [index, line] of text.split('\n').slice(0, -1).entries()) {
      const anchor = parseAnchor(line, keys);
      if (anchor === null) broken.push(index + 1);
      else if (anchor.reset !== null) anchors = [anchor];
      else anchors.push(anchor);
    }
    return { anchors, broken };
  }
}

function signed({ at, position, hash, keyId, reset }: Anchor): string {
  return `xunjian-audit-anchor/1\n${JSON.stringify([at, position, hash, keyId, reset])}`;
}

function parseAnchor(line: string, keys: AuditKeys): Anchor | null {
  try {
    const { at, position, hash, keyId, reset, signer, mac } = JSON.parse(line) as Anchor & {
      signer: string;
      mac: string;
    };
    const anchor: Anchor = { at, position, hash, keyId, reset };
    const key = keys.get(signer);
    return key !== undefined && macOf(key.key, signed(anchor)) === mac ? anchor : null;
  } catch {
    return null;
  }
}
