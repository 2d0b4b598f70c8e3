import { unzipSync, zipSync } from 'fflate';
import { z } from 'zod';

/** The evidence pack: a zip of stored entries, the same content always the same bytes. Names and meaning of version 1. */
export const PACK = {
  format: 'xunjian-evidence-pack',
  version: 1,
  manifest: 'manifest.json',
  /** Ed25519 (RFC 8032) over the bytes of manifest.json; 64 bytes. */
  signature: 'manifest.sig',
  publicKey: 'public-key.pem',
  readme: 'README.txt',
  ruleset: 'ruleset.json',
  findings: 'findings.json',
  facts: 'facts.json',
  visits: 'visits.json',
  /** The audit trail about a finding, when it was asked for. */
  audit: 'audit.json',
} as const;

/** A record's entry: the response under its payload's SHA-256; a revisit beside it. */
export const RECORD_NAME = /^records\/([0-9a-f]{64})(\.revisit)?\.warc\.gz$/;
const FIXED_NAMES = new Set<string>([
  PACK.manifest,
  PACK.signature,
  PACK.publicKey,
  PACK.readme,
  PACK.ruleset,
  PACK.findings,
  PACK.facts,
  PACK.visits,
  PACK.audit,
]);

/** A pack holds a row of a bulletin: some hundred pages at the most. */
export const PACK_BYTES_MAX = 512 * 1024 * 1024;
const ENTRIES_MAX = 2_000;

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

export const Manifest = z.strictObject({
  format: z.literal(PACK.format),
  version: z.literal(PACK.version),
  subject: z.record(z.string(), z.unknown()),
  ruleset: z.strictObject({ id: z.string(), hash: Sha256 }),
  /** SHA-256 of the public key (SPKI, DER): what the office publishes and a reader compares. */
  keyFingerprint: Sha256,
  /** Every entry but the manifest and its signature. */
  entries: z.array(
    z.strictObject({ name: z.string(), bytes: z.number().int().min(0), sha256: Sha256 }),
  ),
});
export type Manifest = z.infer<typeof Manifest>;

export type PackEntries = ReadonlyMap<string, Uint8Array>;

/** Noon, by fields: fflate writes local fields, so the stamp is the same in every time zone. */
const STAMP = new Date(2000, 0, 1, 12, 0, 0);

/** The zip of these entries: manifest and signature first, the rest by name, nothing compressed, fixed stamps. */
export function zipPack(entries: PackEntries): Uint8Array {
  const first = [PACK.manifest, PACK.signature] as string[];
  const rest = [...entries.keys()].filter((name) => !first.includes(name)).sort();
  const ordered = [...first.filter((name) => entries.has(name)), ...rest];
  return zipSync(
    Object.fromEntries(
      ordered.map((name) => [name, [entries.get(name)!, { level: 0, mtime: STAMP }]]),
    ),
  );
}

export type Unzipped =
  | { readonly ok: true; readonly entries: PackEntries }
  | { readonly ok: false; readonly where: string; readonly why: string };

class Refusal extends Error {
  readonly where: string;
  constructor(where: string, why: string) {
    super(why);
    this.where = where;
  }
}

/** Reads a zip that may be hostile: only our names, nothing compressed, nothing larger than the file, and not a byte besides. */
export function unzipPack(bytes: Uint8Array): Unzipped {
  const names: string[] = [];
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, size, originalSize, compression }) => {
        names.push(name);
        checkEntry({ name, count: names.length });
        if (compression !== 0 || size !== originalSize)
          throw new Refusal(name, '条目是压缩的；证据包里不会有压缩的条目');
        if (size > bytes.byteLength) throw new Refusal(name, '条目比整个文件还大');
        return true;
      },
    });
    const entries = new Map(names.map((name) => [name, files[name] ?? new Uint8Array(0)]));
    if (entries.size !== names.length) return { ok: false, where: '压缩包', why: '有重名的条目' };
    return { ok: true, entries };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, where: error.where, why: error.message };
    return { ok: false, where: '压缩包', why: '不是完整的 zip 文件' };
  }
}

function checkEntry({ name, count }: { name: string; count: number }): void {
  if (count > ENTRIES_MAX) throw new Refusal('压缩包', `条目超过 ${ENTRIES_MAX} 个`);
  if (!FIXED_NAMES.has(name) && !RECORD_NAME.test(name))
    throw new Refusal(JSON.stringify(name.slice(0, 100)), '证据包里不应有这个名称的条目');
}

/** Where a file first differs from what its own entries would be packed as, or null: no byte outside the entries is free. */
export function firstDifference(bytes: Uint8Array, entries: PackEntries): number | null {
  const again = zipPack(entries);
  if (Buffer.compare(bytes, again) === 0) return null;
  const shorter = Math.min(bytes.byteLength, again.byteLength);
  for (let at = 0; at < shorter; at += 1) if (bytes[at] !== again[at]) return at;
  return shorter;
}
