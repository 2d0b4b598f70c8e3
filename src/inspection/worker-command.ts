import { once } from 'node:events';
import { defineCommand } from '../cli/command.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { InspectionDeps } from './inspection-deps.ts';
import { workOnRounds } from './work/work-on-rounds.ts';

/** Works beside a `round run` of another process until it is stopped; what it has in hand then goes back into the queue. */
export const workerCommand = defineCommand<InspectionDeps>({
  words: ['worker'],
  summary: '增加一个工作进程，分担正在运行的批次（需要 PostgreSQL）',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, now, signal }) => {
    if (deps.store.kind === 'embedded')
      throw new UserError(
        'worker.embedded',
        '内嵌数据库只能由一个进程打开，不能增加工作进程；请用 DATABASE_URL 指向 PostgreSQL（迁移见 xunjian data copy）。',
        { family: 'state' },
      );
    const io = { now, note: (message: string) => out.note(message), signal };
    await workOnRounds(deps, io, async (worker) => {
      out.result(
        { ready: true, pid: process.pid },
        `工作进程 ${process.pid} 已就绪，等待任务；按 Ctrl+C 停止，手里的任务会交还。`,
      );
      if (!worker.signal.aborted) await once(worker.signal, 'abort');
    });
    return 0;
  },
});
