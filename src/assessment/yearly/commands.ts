import { type Command, defineCommand } from '../../cli/command.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { chaseForms } from './chase-forms.ts';
import { openForms } from './open-forms.ts';
import { listForms } from './read-forms.ts';
import type { YearlyDeps } from './yearly-db.ts';

const ROWS_MAX = 1_000;

const open = defineCommand<YearlyDeps>({
  words: ['yearly', 'open'],
  summary: '开始一年的年度报表：每个在运行的网站、每个最上级单位一份',
  positionals: { name: '年份', min: 1, max: 1 },
  options: {},
  needs: 'store',
  run: async ({ deps, args, out, actor, now }) => {
    const [text = ''] = args.positionals;
    if (!/^\d{4}$/.test(text))
      throw new UserError('assessment.year', '请写四位数的年份，如 2026。');
    const opened = await openForms(deps, actor, { year: Number(text), at: now() });
    const { sites, offices } = opened;
    out.result(opened, `新开 ${sites} 份网站工作年度报表，${offices} 份监管年度报表。`);
    return 0;
  },
});

const list = defineCommand<YearlyDeps>({
  words: ['yearly', 'list'],
  summary: '年度报表：状态、期限；--overdue 只列逾期没有公开的',
  positionals: { name: '', min: 0, max: 0 },
  options: { overdue: { kind: 'flag', help: '只列逾期没有公开的' } },
  needs: 'store',
  run: async ({ deps, args, out, actor, now }) => {
    const filter = args.flag('overdue') ? ({ state: 'overdue' } as const) : {};
    const page = { limit: ROWS_MAX, offset: 0, at: now() };
    const { items, total } = await listForms(deps, actor, filter, page);
    const lines = items.map(
      ({ id, year, unitName, name, state, dueOn, isOverdue }) =>
        `${id}  ${year}  ${unitName}  ${name}  ${state}  ${dueOn}${isOverdue ? '  逾期' : ''}`,
    );
    const cut = total > items.length ? [`（只列前 ${items.length} 份，共 ${total} 份）`] : [];
    out.result({ items, total }, [...lines, ...cut].join('\n') || '没有年度报表。');
    return 0;
  },
});

const chase = defineCommand<YearlyDeps>({
  words: ['yearly', 'chase'],
  summary: '催报年度报表；重复执行不会重复催',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, now }) => {
    const told = await chaseForms(deps, { at: now() });
    out.result({ told }, `发出 ${told} 条催报。`);
    return 0;
  },
});

export const yearlyCommands: readonly Command<YearlyDeps>[] = [open, list, chase];
