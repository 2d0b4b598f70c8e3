import { resolve } from 'node:path';
import { type Command, defineCommand } from '../../cli/command.ts';
import { UserError } from '../../lib/pure/errors.ts';
import type { StoreDeps } from '../../store/store.ts';
import { readInput } from '../read-input.ts';
import { registryDb } from '../registry.repository.ts';
import { listMaps } from './column-map.repository.ts';
import { neededBy, parseColumnMap } from './column-map.ts';
import { deleteColumnMap, saveColumnMap } from './save-column-map.ts';

const mapSave = defineCommand<StoreDeps>({
  words: ['registry', 'map', 'save'],
  summary: '保存一个列映射（.json）：表头对字段、固定值、标题行，导入、导出、比对都用',
  positionals: { name: '文件.json', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ args, out, deps, cwd, actor, now }) => {
    const path = resolve(cwd, args.positionals[0] ?? '');
    const map = parseColumnMap(parsed(await readInput(path)));
    await saveColumnMap(deps, actor, { map, at: now() });
    const lacking = neededBy(map);
    if (lacking.length > 0) out.note(`提醒：没有${lacking.join('、')}，只能导出，不能导入。`);
    out.result(map, `已保存列映射“${map.name}”，${map.columns.length} 列。`);
    return 0;
  },
});

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8').decode(bytes).replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new UserError('column-map.invalid', '列映射的文件不是有效的 JSON。', { cause });
  }
}

const mapList = defineCommand<StoreDeps>({
  words: ['registry', 'map', 'list'],
  summary: '列出保存的列映射',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ out, deps }) => {
    for (const { map, changedBy, changedAt } of await listMaps(registryDb(deps.store.db)))
      out.result(
        { ...map, changedBy, changedAt },
        `${map.name}\t${map.columns.length} 列\t${changedBy}`,
      );
    return 0;
  },
});

const mapDelete = defineCommand<StoreDeps>({
  words: ['registry', 'map', 'delete'],
  summary: '删除一个列映射',
  positionals: { name: '名称', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ args, out, deps, actor }) => {
    const name = args.positionals[0] ?? '';
    await deleteColumnMap(deps, actor, name);
    out.result({ name }, `已删除列映射“${name}”。`);
    return 0;
  },
});

export const mapCommands: readonly Command<StoreDeps>[] = [mapSave, mapList, mapDelete];
