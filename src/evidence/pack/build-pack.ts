import { canonicalJson } from '../../domain/resolve-ruleset.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { sha256 } from '../../store/archive/warc-record.ts';
import type { OpenedRow } from '../open-row.ts';
import { findingView, recordView, subjectView } from '../row-view.ts';
import { type Manifest, PACK, PACK_BYTES_MAX, zipPack } from './pack-format.ts';
import type { SigningKey } from './signing-key.ts';

const README = `巡鉴证据包（格式 ${PACK.format}，版本 ${PACK.version}）

manifest.json   本包说的是哪个对象、哪一期、哪个规则集，以及每个条目的 SHA-256
manifest.sig    对 manifest.json 全部字节的 Ed25519 签名（64 字节）
public-key.pem  验证签名的公钥；它的指纹应与签发单位公布的一致
ruleset.json    规则集：每条指标和参数；其摘要可以由 percent、rules 和（有的话）scale 重新算出
findings.json   判断、证据的位置和摘录、审核记录
facts.json      判断所依据的事实
visits.json     首页访问的原始记录（只有依据访问的问题才有）
audit.json      审计链上与它有关的记录和哈希（导出完整链条时才有）
records/        抓取原件，WARC 1.1 记录，文件名是正文的 SHA-256

用巡鉴核验（离线，不要数据库）：xunjian evidence verify 本文件
不用巡鉴：
  openssl pkeyutl -verify -pubin -inkey public-key.pem -rawin -in manifest.json -sigfile manifest.sig
  再用 sha256sum 逐个对照 manifest.json；records/ 里的记录任何 WARC 工具都能打开。
`;

/** What a pack was made of, to be said to whoever asked for it. */
export interface BuiltPack {
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
  readonly records: number;
  /** Bodies that are named but not in the pack: only their digest is left, or they no longer prove themselves. */
  readonly missing: number;
}

/** Packs a row: the same row under the same key gives the same bytes. Throws {@link UserError} `evidence.pack.size`. */
export function buildPack(row: OpenedRow, key: SigningKey, audit?: unknown): BuiltPack {
  const { ruleset } = row.round;
  const records = recordEntries(row);
  const visits = row.findings.find((finding) => finding.visits.length > 0)?.visits ?? [];
  const entries = new Map<string, Uint8Array>([
    [PACK.publicKey, Buffer.from(key.publicPem)],
    [PACK.readme, Buffer.from(README)],
    [PACK.ruleset, json(ruleset)],
    [PACK.findings, json(row.findings.map((each) => packedFinding(each)))],
    [PACK.facts, json(packedFacts(row))],
    ...(visits.length > 0 ? [[PACK.visits, json(visits)] as const] : []),
    ...(audit === undefined ? [] : [[PACK.audit, json(audit)] as const]),
    ...records,
  ]);
  const manifest: Manifest = {
    format: PACK.format,
    version: PACK.version,
    subject: subjectView(row),
    ruleset: { id: ruleset.id, hash: ruleset.hash },
    keyFingerprint: key.fingerprint,
    entries: [...entries]
      .map(([name, bytes]) => ({ name, bytes: bytes.byteLength, sha256: sha256(bytes) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  const total = manifest.entries.reduce((sum, entry) => sum + entry.bytes, 0);
  if (total > PACK_BYTES_MAX * 0.9)
    throw new UserError(
      'evidence.pack.size',
      `这一行的原件共 ${total} 字节，超过一个证据包的上限；请用 --rule 分开打包。`,
      { family: 'state' },
    );
  const manifestBytes = json(manifest);
  entries.set(PACK.manifest, manifestBytes);
  entries.set(PACK.signature, key.sign(manifestBytes));
  const named = new Set(row.findings.flatMap((each) => each.records.map((one) => one.payload)));
  const held = new Set([...records.keys()].map((name) => name.slice(0, PAYLOAD_END)));
  return {
    bytes: zipPack(entries),
    manifest,
    records: held.size,
    missing: named.size - held.size,
  };
}

const PAYLOAD_END = 'records/'.length + 64;

type PackedSource = OpenedRow['findings'][number];

/** Where in a segment of ours a record lay says nothing outside, and would change when segments are rewritten. */
function packedFinding(finding: PackedSource) {
  return {
    ...findingView(finding),
    factIds: finding.facts.map((fact) => fact.id),
    records: finding.records.map((record) => {
      const { segment: _, offset: __, length: ___, ...view } = recordView(record);
      return view;
    }),
    recordsLeftOut: finding.recordsLeftOut,
  };
}

function packedFacts(row: OpenedRow) {
  const byId = new Map(
    row.findings.flatMap((each) => each.facts.map((fact) => [fact.id, fact] as const)),
  );
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function recordEntries(row: OpenedRow): Map<string, Uint8Array> {
  const entries = new Map<string, Uint8Array>();
  for (const { payload, reading, revisit } of row.findings.flatMap(({ records }) => records)) {
    if (reading.state !== 'whole') continue;
    entries.set(`records/${payload}.warc.gz`, reading.member);
    if (revisit !== null) entries.set(`records/${payload}.revisit.warc.gz`, revisit.member);
  }
  return entries;
}

/** Sorted keys: what a database gives back in another order is packed the same. */
function json(value: unknown): Uint8Array {
  return Buffer.from(`${JSON.stringify(JSON.parse(canonicalJson(value)), null, 1)}\n`);
}
