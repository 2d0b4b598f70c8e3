import { basename, resolve } from 'node:path';
import { type Command, defineCommand } from '../cli/command.ts';
import { isCalendarDate, shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { listUnits, readInput } from '../registry/index.ts';
import type { StoreDeps } from '../store/store.ts';
import { chaseMessages } from './chase-messages.ts';
import { countFindError } from './count-find-error.ts';
import { importMessages } from './take-messages.ts';

const take = defineCommand<StoreDeps>({
  words: ['finderror', 'import'],
  summary: '导入“我为政府网站找错”平台导出的留言（.xlsx、.csv）；编号导过的不再导',
  positionals: { name: '文件', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ deps, args, out, actor, cwd, now }) => {
    const path = args.positionals[0]!;
    const bytes = await readInput(resolve(cwd, path));
    const taken = await importMessages(deps, actor, { name: basename(path), bytes, at: now() });
    out.result(
      taken,
      `新收 ${taken.received} 条（已交主办单位 ${taken.assigned} 条），以前收过 ${taken.known} 条。`,
    );
    return 0;
  },
});

const count = defineCommand<StoreDeps>({
  words: ['finderror', 'count'],
  summary: '一段时间里收到的留言：按期、逾期、没办完，各单位多少',
  positionals: { name: '从 到', min: 2, max: 2 },
  options: {},
  needs: 'store',
  run: async ({ deps, args, out, now }) => {
    const [from = '', to = ''] = args.positionals;
    if (!isCalendarDate(from) || !isCalendarDate(to) || from > to)
      throw new UserError('finderror.period', '请写两个日期，先后如 2026-10-01 2026-12-31。');
    const today = shanghaiDate(now());
    const counted = await countFindError(deps.store, { from, to, today });
    const names = new Map((await listUnits(deps.store.db)).map(({ id, name }) => [id, name]));
    const words = (name: string, line: Omit<typeof counted, 'byUnit'>): string =>
      `${name}：收到 ${line.received}，按期 ${line.inTime}，超期办结 ${line.late}，没办完 ${line.open}（其中逾期 ${line.overdue}）`;
    const lines = counted.byUnit.map((line) =>
      words(line.unitId === null ? '没有交办' : (names.get(line.unitId) ?? '？'), line),
    );
    out.result(counted, [words('合计', counted), ...lines].join('\n'));
    return 0;
  },
});

const chase = defineCommand<StoreDeps>({
  words: ['finderror', 'chase'],
  summary: '催办今天到期和逾期的留言；重复执行不会重复催',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, now }) => {
    const told = await chaseMessages(deps, { at: now() });
    out.result({ told }, `发出 ${told} 条催办。`);
    return 0;
  },
});

export const findErrorCommands: readonly Command<StoreDeps>[] = [take, count, chase];
