import { writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { recordAudit } from '../identity/index.ts';
import { isCalendarDate, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { accountsDiffCommand } from './diff/diff-command.ts';
import { exportRegistry } from './export-registry.ts';
import { type ImportResult, importRegistry, type RegistryDeps } from './import-registry.ts';
import { findMap } from './maps/column-map.repository.ts';
import { MAPPED_FORMATS, writeMapped } from './maps/export-mapped.ts';
import { mapCommands } from './maps/map-commands.ts';
import { quietHoursCommands } from './quiet-hours-commands.ts';
import { readInput } from './read-input.ts';
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
  options: {
    'dry-run': { kind: 'flag', help: '只检查，不写入' },
    map: { kind: 'text', value: '名称', help: '按保存的列映射读账号' },
  },
  needs: 'store',
  run: async (context) => {
    const files = await Promise.all(
      context.args.positionals.map(async (path) => ({
        name: basename(path),
        bytes: await readInput(resolve(context.cwd, path)),
      })),
    );
    const map = context.args.text('map');
    const result = await importRegistry(context.deps, context.actor, {
      files,
      map: map === undefined ? null : await findMap(registryDb(context.deps.store.db), map),
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

const registryExport = defineCommand<StoreDeps>({
  words: ['registry', 'export'],
  summary: '导出名录（.xlsx、.csv 或 .json），可以再导入；给出列映射就导出它那样的账号表',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {
    map: { kind: 'text', value: '名称', help: '按保存的列映射导出账号（标题行、列次序）' },
    since: { kind: 'text', value: '日期', help: '只导出这一天起新增、变更的账号；要有 --map' },
  },
  needs: 'store',
  run: async (context) => {
    const { args, deps } = context;
    const path = resolve(context.cwd, args.positionals[0] ?? '');
    const map = args.text('map');
    const since = args.text('since') ?? null;
    if (since !== null && (map === undefined || !isCalendarDate(since)))
      throw new UserError('registry.export', '--since 要写成 2020-09-17，并同时给出 --map。', {
        field: 'since',
      });
    const files =
      map === undefined
        ? await exportRegistry(deps.store, path)
        : [{ path, bytes: await mappedBytes(deps, path, { name: map, since }) }];
    await deps.store.transaction((trx) =>
      recordAudit(trx, {
        actor: context.actor,
        action: 'registry.export',
        detail: {
          ...{ kind: map === undefined ? 'all' : 'accounts' },
          ...(map === undefined ? {} : { map, since }),
          format: extname(path).slice(1).toLowerCase(),
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

async function mappedBytes(
  { store }: StoreDeps,
  path: string,
  { name, since }: { readonly name: string; readonly since: string | null },
): Promise<Uint8Array> {
  const format = MAPPED_FORMATS.find((each) => path.toLowerCase().endsWith(`.${each}`));
  if (format === undefined)
    throw new UserError('registry.export', '按列映射导出的文件名要以 .xlsx 或 .csv 结尾。');
  const given = { scope: 'all', since, mayContact: true, format } as const;
  return (await writeMapped(store, name, given)).bytes;
}

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
  accountsDiffCommand,
  ...mapCommands,
  ...quietHoursCommands,
];
