import { type Command, defineCommand } from '../cli/command.ts';
import { fillFromRounds } from './fill-from-rounds.ts';
import { NOTICES_MAX } from './live-notices.ts';
import { LIVE_TITLES } from './live-words.ts';
import type { LiveKind, MatrixDeps } from './matrix-db.ts';
import { watchAccounts } from './watch-accounts.ts';

const watch = defineCommand<MatrixDeps>({
  words: ['accounts', 'watch'],
  summary: '更新账号矩阵，提醒快到更新期限、与登记不一致的账号；重复执行不会重复提醒',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor, now }) => {
    const run = await watchAccounts(deps, actor, { at: now() });
    out.result(
      run,
      `更新 ${run.refreshed} 个账号；新提醒 ${run.raised} 条，结束 ${run.closed} 条，转管理员 ${run.passedOn} 条。${overflowWords(run.overflowing)}`,
    );
    return 0;
  },
});

const overflowWords = (kinds: readonly LiveKind[]): string =>
  kinds.length === 0
    ? ''
    : `“${kinds.map((kind) => LIVE_TITLES[kind]).join('”“')}”超过 ${NOTICES_MAX} 个账号，只列出前面的；请先核对名录是不是导入错了。`;

const fill = defineCommand<MatrixDeps>({
  words: ['accounts', 'fill'],
  summary: '用以前批次看到的内容补全账号矩阵；只补不改，可以重复执行',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor, now }) => {
    const filled = await fillFromRounds(deps, actor, { at: now() });
    out.result(
      filled,
      `看了 ${filled.rounds} 个批次，补全 ${filled.accounts} 个账号，补上 ${filled.posts} 条发布。`,
    );
    return 0;
  },
});

export const matrixCommands: readonly Command<MatrixDeps>[] = [watch, fill];
