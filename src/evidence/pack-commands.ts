import { randomUUID } from 'node:crypto';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type CommandContext, defineCommand } from '../cli/command.ts';
import { UserError } from '../lib/pure/errors.ts';
import { sha256 } from '../store/archive/warc-record.ts';
import type { EvidenceDeps } from './evidence-deps.ts';
import { buildPack } from './pack/build-pack.ts';
import { PACK_BYTES_MAX } from './pack/pack-format.ts';
import { openSigningKey } from './pack/signing-key.ts';
import { type PackSummary, verifyPack } from './pack/verify-pack.ts';
import { recordTaken } from './record-taken.ts';
import { ROW_OPTIONS, ROW_POSITIONAL, rowOf } from './show-command.ts';

/** `xunjian evidence pack ROW --out FILE.zip`: exit 1 when a body that the row names could not be packed. */
export const packCommand = defineCommand<EvidenceDeps>({
  words: ['evidence', 'pack'],
  summary: '把一行的证据打成签名的证据包（原件、规则和参数、事实、判断）',
  positionals: ROW_POSITIONAL,
  options: {
    ...ROW_OPTIONS,
    out: { kind: 'text', value: '文件.zip', help: '写到这个文件', required: true },
  },
  needs: 'store',
  run: async (context) => {
    const row = await rowOf(context);
    const key = await openSigningKey(context.dataDir);
    const { bytes, manifest, records, missing } = buildPack(row, key);
    const path = resolve(context.cwd, context.args.text('out') ?? '');
    await writeWhole(path, bytes);
    await recordTaken(context, row, { sha256: sha256(bytes), records });
    context.out.result(
      {
        file: path,
        bytes: bytes.byteLength,
        sha256: sha256(bytes),
        entries: manifest.entries.length,
        findings: row.findings.length,
        records,
        missing,
        keyFingerprint: key.fingerprint,
      },
      `证据包 ${path}：问题 ${row.findings.length} 个，原件 ${records} 份，${bytes.byteLength} 字节。\n签名公钥指纹 ${key.fingerprint}`,
    );
    if (missing === 0) return 0;
    context.out.note(
      `有 ${missing} 份原件没有打进包里（只留摘要或已损坏），原因见包里的 findings.json。`,
    );
    return 1;
  },
});

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const unfinished = `${path}.${randomUUID()}`;
  try {
    await writeFile(unfinished, bytes, { flush: true });
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    throw new UserError('evidence.pack.out', `写不了 ${path}：请检查目录是否存在、能否写入。`, {
      field: 'out',
      cause,
    });
  }
}

/** `xunjian evidence verify FILE.zip`: offline, without data folder or database. */
export const verifyCommand = defineCommand<unknown>({
  words: ['evidence', 'verify'],
  summary: '离线核验一个证据包；不完好时退出码 1，并说出第一处',
  positionals: { name: '文件.zip', min: 1, max: 1 },
  options: {
    fingerprint: { kind: 'text', value: '指纹', help: '要求由这把公钥签名（64 位十六进制）' },
  },
  needs: 'none',
  run: async (context: CommandContext<unknown>) => {
    const path = resolve(context.cwd, context.args.positionals[0] ?? '');
    const fingerprint = context.args.text('fingerprint')?.toLowerCase() ?? null;
    if (fingerprint !== null && !/^[0-9a-f]{64}$/.test(fingerprint))
      throw new UserError('evidence.fingerprint', '--fingerprint 要写 64 位十六进制。', {
        field: 'fingerprint',
      });
    const result = verifyPack(await readPack(path), fingerprint);
    if (!result.ok) {
      context.out.result(
        { ok: false, file: path, where: result.where, why: result.why },
        `不完好：${result.where}：${result.why}`,
      );
      return 1;
    }
    context.out.result(
      { ok: true, file: path, ...summaryView(result.summary) },
      summaryWords(result.summary),
    );
    return 0;
  },
});

async function readPack(path: string): Promise<Uint8Array> {
  try {
    const { size } = await stat(path);
    if (size <= PACK_BYTES_MAX) return await readFile(path);
  } catch (cause) {
    throw new UserError('evidence.pack.file', `读不了文件 ${path}。`, { cause });
  }
  throw new UserError(
    'evidence.pack.file',
    `${path} 超过证据包的上限 ${PACK_BYTES_MAX} 字节，不会是证据包。`,
    { family: 'state' },
  );
}

function summaryView({ manifest, ...rest }: PackSummary) {
  const { subject, ruleset, keyFingerprint } = manifest;
  return { subject, ruleset, keyFingerprint, ...rest };
}

const REJUDGED_WORDS = {
  same: '用包里的事实重新判定，结果相同',
  different: '用包里的事实重新判定，本版程序的结果不同（包本身完好）',
  none: '由人判定，没有可以重算的指标',
} as const;

function summaryWords({ manifest, findings, records, digestOnly, rejudged }: PackSummary): string {
  const { subject } = manifest;
  return [
    `完好：${subject.period} ${subject.unit} ${subject.name}，问题 ${findings} 个，原件 ${records} 份${digestOnly > 0 ? `（另有 ${digestOnly} 份只有摘要）` : ''}`,
    REJUDGED_WORDS[rejudged.outcome],
    `签名公钥指纹 ${manifest.keyFingerprint}：请与签发单位公布的对照`,
  ].join('\n');
}
