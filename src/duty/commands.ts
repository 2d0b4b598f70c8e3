import { basename, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';
import { readInput } from '../registry/index.ts';
import type { StoreDeps } from '../store/store.ts';
import { chaseDuty } from './chase-duty.ts';
import { importChains } from './posts/import-chains.ts';
import { listChains } from './posts/list-chains.ts';
import { remindReaders } from './regulations/remind-readers.ts';

/** Lines that a terminal shows. */
const SHOWN_MAX = 200;

const lacking = defineCommand<StoreDeps>({
  words: ['duty', 'lacking'],
  summary: '缺责任人员、或任期已过的网站和账号',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor, now }) => {
    const today = shanghaiDate(now());
    const page = { stands: 'lacking', limit: SHOWN_MAX, offset: 0, today } as const;
    const { items, total } = await listChains(deps, actor, page);
    const lines = items.map(({ name, unitName, posts }) => {
      const missing = posts.filter(({ isLacking }) => isLacking);
      const words = missing.map(({ title, isExpired }) => `${title}${isExpired ? '任期已过' : ''}`);
      return `${name}（${unitName}）：${words.join('、')}`;
    });
    out.result({ items, total }, [`共 ${total} 个`, ...lines].join('\n'));
    return 0;
  },
});

const take = defineCommand<StoreDeps>({
  words: ['duty', 'import'],
  summary: '导入责任人员（.xlsx、.csv）：全部导入，或一行也不导入',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ deps, args, out, actor, cwd, now }) => {
    const path = args.positionals[0]!;
    const bytes = await readInput(resolve(cwd, path));
    const taken = await importChains(deps, actor, { name: basename(path), bytes, at: now() });
    out.result(taken, `登记 ${taken.set} 个岗位，${taken.same} 个没有变化。`);
    return 0;
  },
});

const chase = defineCommand<StoreDeps>({
  words: ['duty', 'chase'],
  summary: '催办没有接收的交接、到期的责任人员、没有学习的制度；重复执行不会重复催',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, now }) => {
    const at = now();
    const told = (await chaseDuty(deps, { at })) + (await remindReaders(deps, { at }));
    out.result({ told }, `发出 ${told} 条催办。`);
    return 0;
  },
});

export const dutyCommands: readonly Command<StoreDeps>[] = [lacking, take, chase];
