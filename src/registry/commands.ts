import { readFile, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { recordAudit } from '../identity/index.ts';
import { isCalendarDate, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { exportRegistry } from './export-registry.ts';
import { type ImportResult, importRegistry, type RegistryDeps } from './import-registry.ts';
import { quietHoursCommands } from './quiet-hours-commands.ts';
import {
  historyAsOf,
  listAccounts,
  listPrintRows,
  listSites,
  registryDb,
} from './registry.repository.ts';

const registryImport = defineCommand<RegistryDeps>({
  words: ['registry', 'import'],
  summary: '导入名录（单位、网站、新媒体），.xlsx、.csv 或 .json，可一次多个文件',
  positionals: { name: '文件...', min: 1, max: 20 },
  options: { 'dry-run': { kind: 'flag', help: '只检查，不写入' } },
  needs: 'store',
  run: async (context) => {
    const files = await Promise.all(
      context.args.positionals.map(async (path) => ({
        name: basename(path),
        bytes: await readInput(resolve(context.cwd, path)),
      })),
    );
    const result = await importRegistry(context.deps, context.actor, {
      files,
      dryRun: context.args.flag('dry-run'),
      today: shanghaiDate(context.now()),
    });
    for (const warning of result.warnings.slice(0, WARNINGS_SHOWN))
      context.out.note(`提醒：${warning}`);
    if (result.warnings.length > WARNINGS_SHOWN)
      context.out.note(`提醒：另有 ${result.warnings.length - WARNINGS_SHOWN} 条`);
    context.out.result(result, wordImport(result));
    return 0;
  },
});

const WARNINGS_SHOWN = 50;

function wordImport(result: ImportResult): string {
  const part = (what: string, counts: ImportResult['units']): string =>
    `${what} 新增 ${counts.added}、变更 ${counts.changed}、不变 ${counts.unchanged}`;
  const head = result.dryRun ? '检查通过（没有写入）：' : '名录已导入：';
  return `${head}${part('单位', result.units)}；${part('网站', result.sites)}；${part('新媒体', result.accounts)}。`;
}

/** Reads an input file; throws {@link UserError} `file.unreadable`. */
export async function readInput(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UserError('file.unreadable', `读不了文件 ${path}（${cause.code ?? '未知原因'}）。`, {
      cause,
    });
  });
}

const registryExport = defineCommand<StoreDeps>({
  words: ['registry', 'export'],
  summary: '导出名录（.xlsx、.csv 或 .json），可以再导入',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async (context) => {
    const path = resolve(context.cwd, context.args.positionals[0] ?? '');
    const files = await exportRegistry(context.deps.store, path);
    await context.deps.store.transaction((trx) =>
      recordAudit(trx, {
        actor: context.actor,
        action: 'registry.export',
        detail: {
          ...{ kind: 'all', format: extname(path).slice(1).toLowerCase() },
          bytes: files.reduce((sum, { bytes }) => sum + bytes.byteLength, 0),
        },
      }),
    );
    for (const { path, bytes } of files) await writeFile(path, bytes);
    context.out.result(
      { files: files.map(({ path }) => path) },
      `已导出：${files.map(({ path }) => path).join('、')}`,
    );
    return 0;
  },
});

const registryShow = defineCommand<StoreDeps>({
  words: ['registry', 'show'],
  summary: '按通报行列出网站和新媒体的数量',
  positionals: { name: '', min: 0, max: 0 },
  options: { 'as-of': { kind: 'text', value: '日期', help: '某一天的名录' } },
  needs: 'store',
  run: async (context) => {
    const asOf = context.args.text('as-of');
    if (asOf !== undefined && !isCalendarDate(asOf))
      throw new UserError('registry.as-of', `日期“${asOf}”应写成 2020-09-17。`, { field: 'as-of' });
    const db = registryDb(context.deps.store.db);
    const statusOn = async (
      kind: 'site' | 'account',
    ): Promise<(subject: { id: number; status: string }) => string> => {
      if (asOf === undefined) return (subject) => subject.status;
      const history = await historyAsOf(db, kind, asOf);
      return (subject) => String(history.get(subject.id)?.status ?? '');
    };
    const [sites, accounts] = [await listSites(db), await listAccounts(db)];
    const [siteStatus, accountStatus] = [await statusOn('site'), await statusOn('account')];
    for (const row of await listPrintRows(db)) {
      const value = {
        unit: row,
        sites: sites.filter((site) => site.printRow === row && siteStatus(site) === 'running')
          .length,
        accounts: accounts.filter(
          (account) => account.printRow === row && accountStatus(account) === 'running',
        ).length,
      };
      context.out.result(
        value,
        `${row}\t正常运行的网站 ${value.sites} 家，新媒体 ${value.accounts} 家`,
      );
    }
    return 0;
  },
});

export const registryCommands: readonly Command<RegistryDeps>[] = [
  registryImport,
  registryExport,
  registryShow,
  ...quietHoursCommands,
];
