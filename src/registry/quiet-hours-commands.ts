import { type Command, defineCommand } from '../cli/command.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { StoreDeps } from '../store/store.ts';
import { listQuietHours, parseWindow, setQuietHours, wordsOfQuiet } from './quiet-hours.ts';
import { registryDb } from './registry.repository.ts';

const quietHours = defineCommand<StoreDeps>({
  words: ['site', 'quiet-hours'],
  summary: '网站不希望被访问的时段（东八区）：不带标识码列出全部，带标识码则设置或取消',
  positionals: { name: '标识码', min: 0, max: 1 },
  options: {
    hours: { kind: 'many', value: '起-止', help: '如 08:30-18:00，可以跨零点，可多次' },
    clear: { kind: 'flag', help: '取消这个网站的时段' },
    reason: { kind: 'text', value: '理由', help: '谁提出的、为什么' },
  },
  needs: 'store',
  run: async (context) => {
    const { args, deps, out } = context;
    const [siteCode] = args.positionals;
    if (siteCode !== undefined) {
      const windows = args.many('hours').map(parseWindow);
      if ((windows.length === 0) !== args.flag('clear'))
        throw new UserError('quiet-hours.what', '要么用 --hours 给出时段，要么用 --clear 取消。', {
          field: 'hours',
        });
      const input = {
        site: { siteCode },
        windows,
        reason: args.text('reason') ?? '',
        at: context.now(),
      };
      await setQuietHours(deps.store, context.actor, input);
    }
    for (const each of await listQuietHours(registryDb(deps.store.db)))
      if (siteCode === undefined || each.siteCode === siteCode)
        out.result(each, wordsOfQuiet(each));
    return 0;
  },
});

export const quietHoursCommands: readonly Command<StoreDeps>[] = [quietHours];
