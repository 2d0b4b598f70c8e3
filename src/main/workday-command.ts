import { defineCommand } from '../cli/command.ts';
import { countWorkdaysOrWeekdays } from '../domain/workday.ts';
import { isCalendarDate } from '../lib/pure/dates.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { AppDeps } from './app-deps.ts';

/** No deadline of the standards is longer than some months; more is a slip of the keyboard. */
const WORKDAYS_MAX = 1000;
/** Before 2000 there was no holiday arrangement like today's, and nobody has a deadline after 2200. */
const YEARS = { first: 2000, last: 2200 } as const;

/** `xunjian workday add DATE N`: the day on which something is due. */
export const workdayCommand = defineCommand<AppDeps>({
  words: ['workday', 'add'],
  summary: '某日之后第 N 个工作日（收到次日起算，调休计入）',
  positionals: { name: '<日期> <工作日数>', min: 2, max: 2 },
  options: {},
  needs: 'none',
  run: async ({ args, out }) => {
    const [from = '', days = ''] = args.positionals;
    const counted = countWorkdaysOrWeekdays(readDate(from), readCount(days));
    const remark = counted.provisional
      ? `（暂定：${counted.date.slice(0, 4)}年的节假日安排还没有公布，未公布的年份按周一至周五计算，公布后请重新计算）`
      : '';
    out.result(counted, `${counted.date}${remark}`);
    return 0;
  },
});

function readDate(text: string): string {
  const year = Number(text.slice(0, 4));
  if (isCalendarDate(text) && year >= YEARS.first && year <= YEARS.last) return text;
  throw new UserError(
    'workday.date',
    `“${text}”不是可以计算的日期：请写真实的日期，如 2026-02-13，年份在 ${YEARS.first} 至 ${YEARS.last} 之间。`,
    { field: 'date' },
  );
}

function readCount(text: string): number {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= WORKDAYS_MAX) return count;
  throw new UserError(
    'workday.count',
    `“${text}”不是工作日数：请写 1 至 ${WORKDAYS_MAX} 的整数。`,
    { field: 'count' },
  );
}
