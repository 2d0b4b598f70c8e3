import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { defineCommand } from '../cli/command.ts';
import { recordAudit } from '../identity/index.ts';
import { databaseSettings } from '../store/database-settings.ts';
import { openPostgresStore } from '../store/open-postgres-store.ts';
import { type CopiedTable, copyStore } from '../store/transfer/copy-store.ts';
import type { Manifest } from '../store/transfer/manifest.ts';
import { restoreBackup } from '../store/transfer/restore-backup.ts';
import { writeBackup } from '../store/transfer/write-backup.ts';
import type { AppDeps } from './app-deps.ts';
import { PACKAGE_ROOT } from './config.ts';

const copyCommand = defineCommand<AppDeps>({
  words: ['data', 'copy'],
  summary: '把本机数据搬到一个空的 PostgreSQL，逐表核对行数和校验和',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    to: {
      kind: 'text',
      value: 'URL',
      help: '目标库 postgresql://用户:密码@主机:5432/库名；密码也可放在环境变量 PGPASSWORD',
      required: true,
    },
  },
  needs: 'store',
  run: async ({ args, deps, out, signal, actor }) => {
    const settings = databaseSettings(args.text('to') ?? '');
    out.note(`正在打开目标库 ${settings.shown} ……`);
    const target = await openPostgresStore(settings);
    try {
      const io = { signal, onProgress: (message: string) => out.progress(message) };
      const tables = await copyStore(deps.store, target, io, (trx, copied) =>
        recordAudit(trx, {
          actor,
          action: 'data.copy',
          detail: { tables: copied.length, rows: sum(copied) },
        }),
      );
      out.result({ to: settings.shown, tables }, tableOfProof(tables));
      out.note(
        `证据文件不在数据库里，没有搬动：让 XUNJIAN_EVIDENCE_DIR 指向 ${deps.evidenceDir} 或它的副本。`,
      );
      out.note(
        `密钥也不在数据库里：换了数据目录的，把 ${deps.dataDir} 里的 audit-key 和 secret.key 一起带去，否则新库拒绝写入，两步验证也失效。`,
      );
      return 0;
    } finally {
      await target.close();
    }
  },
});

const sum = (tables: readonly CopiedTable[]): number =>
  tables.reduce((total, table) => total + table.rows, 0);

/** How much of a checksum people compare; the JSON result has all of it. */
const DIGITS_SHOWN = 16;

function tableOfProof(tables: readonly CopiedTable[]): string {
  const width = Math.max(...tables.map(({ table }) => table.length));
  return [
    `${'表'.padEnd(width - 1)}  ${'行数'.padStart(10)}  校验和（两边一致）`,
    ...tables.map(
      ({ table, rows, checksum }) =>
        `${table.padEnd(width)}  ${String(rows).padStart(12)}  ${checksum.slice(0, DIGITS_SHOWN)}`,
    ),
    `共 ${tables.length} 张表、${sum(tables)} 行，两边的行数与校验和逐表一致。`,
  ].join('\n');
}

const backupCommand = defineCommand<AppDeps>({
  words: ['backup'],
  summary: '把数据库和证据备份成一个文件（含账号密钥，请妥善保管）',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    to: { kind: 'text', value: 'FILE', help: '备份文件；不覆盖已有的文件', required: true },
  },
  needs: 'store',
  run: async ({ args, cwd, deps, out, signal, now, actor }) => {
    const file = resolve(cwd, args.text('to') ?? '');
    const made = { program: await programVersion(), createdAt: now() };
    const io = { signal, onProgress: (message: string) => out.progress(message) };
    const manifest = await writeBackup(deps, file, made, io);
    const rows = manifest.tables.reduce((total, table) => total + table.rows, 0);
    await deps.store.transaction((trx) =>
      recordAudit(trx, { actor, action: 'data.backup', detail: { file, rows } }),
    );
    out.result({ file, ...contentOf(manifest) }, `已备份到 ${file}：${wordsOf(manifest)}。`);
    return 0;
  },
});

const restoreCommand = defineCommand<AppDeps>({
  words: ['restore'],
  summary: '把备份恢复到空的数据目录或空的 PostgreSQL；先核对整份备份，再写入',
  positionals: { name: '备份文件', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ args, cwd, deps, out, signal, actor }) => {
    const file = resolve(cwd, args.positionals[0] ?? '');
    const io = { signal, onProgress: (message: string) => out.progress(message) };
    const manifest = await restoreBackup(file, deps, io, (trx, { createdAt, program }) =>
      recordAudit(trx, { actor, action: 'data.restore', detail: { createdAt, program } }),
    );
    await deps.audit.anchor(`恢复了 ${manifest.createdAt} 的备份`);
    out.result(
      { file, ...contentOf(manifest) },
      `已从 ${file}（${manifest.createdAt} 的备份）恢复：${wordsOf(manifest)}，已逐表读回核对。`,
    );
    return 0;
  },
});

function contentOf({ createdAt, source, tables, evidence }: Manifest) {
  const counts = tables.map(({ name, rows, checksum }) => ({ table: name, rows, checksum }));
  return { createdAt, source, tables: counts, evidence };
}

function wordsOf({ tables, evidence }: Manifest): string {
  const rows = tables.reduce((total, table) => total + table.rows, 0);
  return `${tables.length} 张表、${rows} 行，证据 ${evidence.files} 个文件、${evidence.bytes} 字节`;
}

async function programVersion(): Promise<string> {
  const text = await readFile(join(PACKAGE_ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** Commands over an installation as a whole. */
export const dataCommands = [copyCommand, backupCommand, restoreCommand];
