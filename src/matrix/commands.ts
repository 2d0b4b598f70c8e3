import { type Command, defineCommand } from '../cli/command.ts';
import type { MatrixDeps } from './matrix-db.ts';
import { watchAccounts } from './watch-accounts.ts';

const watch = defineCommand<MatrixDeps>({
  words: ['accounts', 'watch'],
  summary: '更新账号矩阵，提醒快到更新期限的账号；重复执行不会重复提醒',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor, now }) => {
    const run = await watchAccounts(deps, actor, { at: now() });
    out.result(
      run,
      `更新 ${run.refreshed} 个账号；新提醒 ${run.raised} 条，结束 ${run.closed} 条，转管理员 ${run.passedOn} 条。`,
    );
    return 0;
  },
});

export const matrixCommands: readonly Command<MatrixDeps>[] = [watch];
