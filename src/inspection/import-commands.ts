import { basename, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { readInput } from '../registry/index.ts';
import { importHistory } from './import-history.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { importObservations } from './observe/import-observations.ts';

const observationImport = defineCommand<InspectionDeps>({
  words: ['observation', 'import'],
  summary: '导入人工观察（.csv 或 .xlsx）',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async (context) => {
    const path = resolve(context.cwd, context.args.positionals[0] ?? '');
    const result = await importObservations(context.deps, context.actor, {
      fileName: basename(path),
      bytes: await readInput(path),
      now: context.now(),
    });
    context.out.result(
      result,
      `人工观察已导入：新增或变更 ${result.added} 条，不变 ${result.unchanged} 条${
        result.withdrawn > 0 ? `；已撤回的 ${result.withdrawn} 条没有再导入` : ''
      }。`,
    );
    return 0;
  },
});

const historyImport = defineCommand<InspectionDeps>({
  words: ['round', 'import-history'],
  summary: '导入上一期被通报的对象（history.json）',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async (context) => {
    const path = resolve(context.cwd, context.args.positionals[0] ?? '');
    const result = await importHistory(context.deps, context.actor, {
      fileName: basename(path),
      bytes: await readInput(path),
    });
    for (const name of result.unmatched.slice(0, 50))
      context.out.note(`提醒：名录里没有 ${name}，已留存但不参与比对。`);
    context.out.result(
      result,
      `${result.period} 的名单已导入：对上 ${result.matched} 个，没有对上 ${result.unmatched.length} 个。`,
    );
    return 0;
  },
});

export const importCommands: readonly Command<InspectionDeps>[] = [
  observationImport,
  historyImport,
];
