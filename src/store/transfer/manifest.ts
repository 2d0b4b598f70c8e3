import { z } from 'zod';

/** Raised when an older program could not read what a newer one writes. */
export const FORMAT = 1;
export const MANIFEST_NAME = 'manifest.json';

const Checksum = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.number().int().min(0);

const ManifestSchema = z.object({
  format: z.literal(FORMAT),
  product: z.literal('xunjian'),
  /** Version of the program that wrote it. */
  program: z.string(),
  createdAt: z.iso.datetime(),
  source: z.enum(['embedded', 'postgres']),
  /** Names of the migrations that the data are in the shape of. */
  migrations: z.array(z.string()),
  /** In the order in which they are loaded. */
  tables: z.array(
    z.object({
      name: z.string(),
      /** In the order of a line's values. */
      columns: z.array(z.string()),
      rows: Count,
      /** See `RowDigest`, over the lines. */
      checksum: Checksum,
      numbering: z.array(
        z.object({ column: z.string(), last: z.number().int(), given: z.boolean() }),
      ),
    }),
  ),
  /** `RowDigest` over a line per file: path, bytes, SHA-256. */
  evidence: z.object({ files: Count, bytes: Count, checksum: Checksum }),
});

/** What a backup holds; its last entry, so that a backup without it is not whole. */
export type Manifest = z.infer<typeof ManifestSchema>;

/** Reads a manifest; null when it is none of this format. */
export function parseManifest(text: string): Manifest | null {
  try {
    return ManifestSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

const TABLE_ENTRY = /^tables\/([^/]+)\/\d{6}\.jsonl\.gz$/;
const EVIDENCE_FOLDER = 'evidence/';

/** The name of a chunk of a table's lines. */
export function tableEntry(table: string, chunk: number): string {
  return `tables/${table}/${String(chunk).padStart(6, '0')}.jsonl.gz`;
}

/** The table of an entry, or null. */
export function tableOfEntry(name: string): string | null {
  return TABLE_ENTRY.exec(name)?.[1] ?? null;
}

export function evidenceEntry(path: string): string {
  return EVIDENCE_FOLDER + path;
}

/** Path of an evidence file below the evidence folder (`/` between names), or null when it is none or leads elsewhere. */
export function evidenceOfEntry(name: string): string | null {
  if (!name.startsWith(EVIDENCE_FOLDER)) return null;
  const path = name.slice(EVIDENCE_FOLDER.length);
  const isName = (part: string): boolean => part !== '' && part !== '.' && part !== '..';
  return path.split('/').every(isName) && !/[\\\0]/.test(path) ? path : null;
}

/** The line of a file that its checksum is made of. */
export function evidenceLine(path: string, bytes: number, sha256: string): string {
  return JSON.stringify([path, bytes, sha256]);
}
