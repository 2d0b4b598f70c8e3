import { type Command, defineCommand } from '../cli/command.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import { CASE_KINDS, CASE_STATES } from './cases/case.ts';
import { KIND_WORDS, STATE_WORDS } from './cases/case-words.ts';
import { type ListedCase, listCases } from './cases/list-cases.ts';
import { lifecycleDb } from './lifecycle-db.ts';
import type { LifecycleDeps } from './lifecycle-policy.ts';
import { runUpkeep } from './run-upkeep.ts';
import { dutyStateWords } from './upkeep/export-duties.ts';
import { type ListedDuty, listDuties } from './upkeep/list-duties.ts';

/** Rows read at once, and at the most: a terminal is no place for more. */
const SLICE = 500;
const ROWS_MAX = 100_000;

/** One of a closed list, or undefined where nothing was said. Throws {@link UserError} `usage.choice`. */
function choiceOf<T extends string>(
  name: string,
  text: string | undefined,
  choices: readonly T[],
): T | undefined {
  const found = choices.find((each) => each === text);
  if (text !== undefined && found === undefined)
    throw new UserError('usage.choice', `--${name} 应是 ${choices.join('、')} 之一。`, {
      field: name,
    });
  return found;
}

async function eachPage<T>(
  read: (page: { limit: number; offset: number }) => Promise<{ items: readonly T[] }>,
  use: (item: T) => void,
): Promise<void> {
  for (let offset = 0; offset < ROWS_MAX; offset += SLICE) {
    const { items } = await read({ limit: SLICE, offset });
    for (const item of items) use(item);
    if (items.length < SLICE) return;
  }
}

const cases = defineCommand<LifecycleDeps>({
  words: ['accounts', 'cases'],
  summary: '列出账号事项：开设、补登记、变更、暂停、恢复、关停、注销',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    state: { kind: 'text', value: '状态', help: CASE_STATES.join('、') },
    kind: { kind: 'text', value: '种类', help: CASE_KINDS.join('、') },
    overdue: { kind: 'flag', help: '只列审批逾期的' },
  },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const filter = {
      state: choiceOf('state', args.text('state'), CASE_STATES),
      kind: choiceOf('kind', args.text('kind'), CASE_KINDS),
      overdueOn: args.flag('overdue') ? shanghaiDate(now()) : undefined,
    };
    await eachPage<ListedCase>(
      (page) => listCases(lifecycleDb(deps.store.db), actor, filter, page),
      ({ form: _form, before: _before, ...each }) =>
        out.result(
          each,
          [
            ...[each.id, KIND_WORDS[each.kind], STATE_WORDS[each.state], each.unitName],
            ...[each.platform, each.name, each.dueOn === null ? '' : `期限 ${each.dueOn}`],
          ].join('\t'),
        ),
    );
    return 0;
  },
});

const upkeepOpen = defineCommand<LifecycleDeps>({
  words: ['accounts', 'upkeep', 'open'],
  summary: '建立本月（和漏掉的各月）的维护确认，并提醒没有确认的单位；重复执行不会重复建立',
  positionals: { name: '', min: 0, max: 0 },
  options: {},
  needs: 'store',
  run: async ({ deps, out, actor, now }) => {
    const run = await runUpkeep(deps, { at: now(), actor });
    const made = run.months.map(({ month, duties }) => `${month} ${duties} 个单位`);
    const left = run.leftOut > 0 ? `；更早的 ${run.leftOut} 个月不再补` : '';
    out.result(
      run,
      `${made.length === 0 ? '没有要新建的' : `已建立：${made.join('、')}`}；提醒 ${run.told} 条${left}。`,
    );
    return 0;
  },
});

const STATES = ['open', 'confirmed', 'void', 'overdue'] as const;

const upkeepList = defineCommand<LifecycleDeps>({
  words: ['accounts', 'upkeep', 'list'],
  summary: '列出各单位每月维护确认的情况',
  positionals: { name: '', min: 0, max: 0 },
  options: {
    month: { kind: 'text', value: '月份', help: '如 2026-11；不写是全部' },
    state: { kind: 'text', value: '状态', help: STATES.join('、') },
  },
  needs: 'store',
  run: async ({ args, deps, out, actor, now }) => {
    const month = args.text('month');
    if (month !== undefined && !/^20\d{2}-(0[1-9]|1[0-2])$/.test(month))
      throw new UserError('usage.month', `--month “${month}”应写成 2026-11。`, { field: 'month' });
    const state = choiceOf('state', args.text('state'), STATES);
    const today = shanghaiDate(now());
    const filter = {
      month,
      state: state === 'overdue' ? undefined : state,
      overdueOn: state === 'overdue' ? today : undefined,
    };
    await eachPage<ListedDuty>(
      (page) => listDuties(lifecycleDb(deps.store.db), actor, filter, page),
      (duty) =>
        out.result(
          duty,
          [
            ...[duty.month, duty.unitName, dutyStateWords(duty, today), `期限 ${duty.dueOn}`],
            ...[`网站 ${duty.sites}`, `账号 ${duty.accounts}`, duty.confirmedBy ?? ''],
          ].join('\t'),
        ),
    );
    return 0;
  },
});

export const lifecycleCommands: readonly Command<LifecycleDeps>[] = [
  ...[cases, upkeepOpen, upkeepList],
];
