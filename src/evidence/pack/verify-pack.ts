import { createHash } from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from '../../domain/resolve-ruleset.ts';
import { payloadDigest, readWarcMember } from '../../store/archive/read-warc-record.ts';
import { sha256 } from '../../store/archive/warc-record.ts';
import {
  firstDifference,
  Manifest,
  PACK,
  PACK_BYTES_MAX,
  type PackEntries,
  RECORD_NAME,
  unzipPack,
} from './pack-format.ts';
import { type Rejudged, rejudge } from './rejudge.ts';
import { checkSignature } from './signing-key.ts';

/** What a sound pack holds. */
export interface PackSummary {
  readonly manifest: Manifest;
  readonly findings: number;
  readonly records: number;
  /** Bodies that the findings name and the pack holds only the digest of. */
  readonly digestOnly: number;
  /** Whether the indicators of this version judge the packed facts as the pack says. */
  readonly rejudged: Rejudged;
}

/** The first thing that is broken, by entry, in Chinese. */
export interface Broken {
  readonly where: string;
  readonly why: string;
}

export type Verification =
  | { readonly ok: true; readonly summary: PackSummary }
  | ({ readonly ok: false } & Broken);

class BrokenPack extends Error {
  readonly where: string;
  constructor(where: string, why: string) {
    super(why);
    this.where = where;
  }
}

const Findings = z.array(
  z.looseObject({
    id: z.number().int(),
    rule: z.string(),
    source: z.string(),
    judgement: z.looseObject({
      status: z.enum(['met', 'breached', 'notApplicable', 'undetermined']),
      evidence: z
        .array(z.looseObject({ factId: z.string(), snapshot: z.string().nullable() }))
        .optional(),
    }),
    factIds: z.array(z.string()),
    records: z.array(
      z.looseObject({
        sha256: z.string(),
        state: z.enum(['whole', 'gone', 'damaged', 'unknown']),
        blockDigest: z.string().nullable(),
      }),
    ),
    recordsLeftOut: z.number().int(),
  }),
);
export type PackedFindings = z.infer<typeof Findings>;

const Facts = z.array(
  z.looseObject({ id: z.string(), key: z.string(), snapshots: z.array(z.string()) }),
);
export type PackedFacts = z.infer<typeof Facts>;

const PackedRuleset = z.looseObject({
  id: z.string(),
  hash: z.string(),
  percent: z.unknown(),
  /** Rulesets made before scores have none. */
  scale: z.unknown().optional(),
  rules: z.array(z.looseObject({ id: z.string() })),
});
export type PackedRuleset = z.infer<typeof PackedRuleset>;

/**
 * Verifies a pack offline: container, manifest, signature, every digest, the ruleset's hash, every WARC record, and that
 * findings, facts and records belong together. `fingerprint` = the key that is expected, when the reader knows it.
 */
export function verifyPack(bytes: Uint8Array, fingerprint: string | null = null): Verification {
  try {
    return { ok: true, summary: check(bytes, fingerprint) };
  } catch (error) {
    if (error instanceof BrokenPack) return { ok: false, where: error.where, why: error.message };
    throw error;
  }
}

function check(bytes: Uint8Array, fingerprint: string | null): PackSummary {
  if (bytes.byteLength > PACK_BYTES_MAX)
    throw new BrokenPack('文件', `超过证据包的上限 ${PACK_BYTES_MAX} 字节`);
  const unzipped = unzipPack(bytes);
  if (!unzipped.ok) throw new BrokenPack(unzipped.where, unzipped.why);
  const { entries } = unzipped;
  const manifest = checkManifest(entries, fingerprint);
  checkEntries(entries, manifest);
  const difference = firstDifference(bytes, entries);
  if (difference !== null)
    throw new BrokenPack('压缩包', `条目之外的第 ${difference} 字节被改动过`);
  checkRuleset(entries, manifest);
  checkRecords(entries);
  const findings = parseEntry(entries, PACK.findings, Findings);
  const facts = parseEntry(entries, PACK.facts, Facts);
  checkReferences(entries, findings, facts);
  const named = new Map(
    findings.flatMap(({ records }) => records.map((record) => [record.sha256, record.state])),
  );
  return {
    manifest,
    findings: findings.length,
    records: [...named.values()].filter((state) => state === 'whole').length,
    digestOnly: [...named.values()].filter((state) => state !== 'whole').length,
    rejudged: rejudge(findings, facts, parseEntry(entries, PACK.ruleset, PackedRuleset)),
  };
}

function checkManifest(entries: PackEntries, fingerprint: string | null): Manifest {
  const bytes = entries.get(PACK.manifest);
  const signature = entries.get(PACK.signature);
  const publicKey = entries.get(PACK.publicKey);
  if (!bytes) throw new BrokenPack('压缩包', '里面没有 manifest.json：不是巡鉴的证据包');
  if (!signature) throw new BrokenPack(PACK.signature, '没有签名');
  if (!publicKey) throw new BrokenPack(PACK.publicKey, '没有公钥');
  const key = checkSignature(Buffer.from(publicKey).toString(), bytes, signature);
  if (key === null) throw new BrokenPack(PACK.publicKey, '不是 Ed25519 公钥');
  if (!key.valid) throw new BrokenPack(PACK.signature, '签名与 manifest.json 不符');
  const manifest = parseEntry(entries, PACK.manifest, Manifest);
  if (manifest.keyFingerprint !== key.fingerprint)
    throw new BrokenPack(PACK.publicKey, '公钥不是 manifest.json 所写的那一把');
  if (fingerprint !== null && fingerprint !== key.fingerprint)
    throw new BrokenPack(PACK.publicKey, `公钥的指纹是 ${key.fingerprint}，不是所要求的那一把`);
  return manifest;
}

function checkEntries(entries: PackEntries, manifest: Manifest): void {
  const listed = new Map(manifest.entries.map((entry) => [entry.name, entry]));
  for (const { name, bytes, sha256: digest } of manifest.entries) {
    const entry = entries.get(name);
    if (!entry) throw new BrokenPack(name, 'manifest.json 列出了它，包里没有');
    if (entry.byteLength !== bytes || sha256(entry) !== digest)
      throw new BrokenPack(name, 'SHA-256 与 manifest.json 不符');
  }
  for (const name of entries.keys())
    if (!listed.has(name) && name !== PACK.manifest && name !== PACK.signature)
      throw new BrokenPack(name, '包里有它，manifest.json 没有列出');
}

function checkRuleset(entries: PackEntries, manifest: Manifest): void {
  const { hash, percent, rules, scale } = parseEntry(entries, PACK.ruleset, PackedRuleset);
  const content = { percent, rules, ...(scale === undefined ? {} : { scale }) };
  const computed = createHash('sha256').update(canonicalJson(content)).digest('hex');
  if (computed !== hash || hash !== manifest.ruleset.hash)
    throw new BrokenPack(PACK.ruleset, '规则集的摘要与内容不符');
}

function checkRecords(entries: PackEntries): void {
  for (const [name, bytes] of entries) {
    const [, payload, isRevisit] = RECORD_NAME.exec(name) ?? [];
    if (payload === undefined) continue;
    const reading = readWarcMember(bytes);
    if (!reading.ok) throw new BrokenPack(name, `WARC 记录：${reading.why}`);
    const expected = isRevisit ? ['revisit'] : ['response', 'resource'];
    if (!expected.includes(reading.record.type))
      throw new BrokenPack(name, `WARC 记录的种类不对（${reading.record.type}）`);
    if (payloadDigest(reading.record) !== payload)
      throw new BrokenPack(name, '文件名不是记录正文的 SHA-256');
  }
}

/** A finding's evidence names facts and bodies; each must be here, or be said to be gone. */
function checkReferences(entries: PackEntries, findings: PackedFindings, facts: PackedFacts): void {
  const known = new Set(facts.map((fact) => fact.id));
  for (const { id, factIds, records, judgement, recordsLeftOut } of findings) {
    const lost = factIds.find((factId) => !known.has(factId));
    if (lost !== undefined)
      throw new BrokenPack(PACK.facts, `问题 ${id} 所依据的事实 ${lost} 不在包里`);
    for (const { sha256: payload, state } of records)
      if (state === 'whole' && !entries.has(`records/${payload}.warc.gz`))
        throw new BrokenPack(PACK.findings, `问题 ${id} 的原件 ${payload} 不在包里`);
    const listed = new Set(records.map((record) => record.sha256));
    const unlisted = judgement.evidence?.find(
      ({ snapshot }) => snapshot !== null && !listed.has(snapshot),
    );
    if (unlisted && recordsLeftOut === 0)
      throw new BrokenPack(PACK.findings, `问题 ${id} 的证据 ${unlisted.snapshot} 没有列出`);
  }
}

function parseEntry<T>(entries: PackEntries, name: string, schema: z.ZodType<T>): T {
  const bytes = entries.get(name);
  if (!bytes) throw new BrokenPack(name, '包里没有它');
  try {
    return schema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    throw new BrokenPack(name, '内容不是这一版证据包的写法');
  }
}
