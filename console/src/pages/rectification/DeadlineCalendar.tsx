import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Link, useSearch } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/types.ts';
import { useGet } from '../../hooks/use-get.ts';
import type { ListQuery } from '../../hooks/use-list-query.ts';
import { Answer } from '../../ui/Answer.tsx';
import { Panel } from '../../ui/Panel.tsx';
import { ScrollBox } from '../../ui/ScrollBox.tsx';
import { todayOn } from '../../util/dates.ts';
import type { Search } from '../../util/search.ts';
import { monthAfter, monthWeeks, readMonth } from './month-weeks.ts';

type Day = AnswerOf<'/api/v1/rectification/calendar'>['days'][number];

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** On which day how much of what units owe falls due. */
export function DeadlineCalendar({ list }: { readonly list: ListQuery }) {
  const search = useSearch({ strict: false }) as Search;
  const today = todayOn(new Date());
  const month = readMonth(search.month, today.slice(0, 7));
  const weeks = monthWeeks(month);
  const within = weeks.flat().filter((day) => day !== null);
  const calendar = useGet(
    '/api/v1/rectification/calendar',
    { query: { ...list.filters, dueFrom: within[0] ?? month, dueTo: within.at(-1) ?? month } },
    { keepsFormer: true },
  );
  const monthLink = (months: number) => ({ ...search, month: monthAfter(month, months) });
  return (
    <Panel
      title={`${month.slice(0, 4)} 年 ${Number(month.slice(5))} 月到期的整改事项`}
      aside={
        <span className="button-row">
          <Link to="/rectification" search={monthLink(-1)}>
            <LeftOutlined aria-hidden /> 上个月
          </Link>
          <Link to="/rectification" search={{ ...search, month: undefined }}>
            本月
          </Link>
          <Link to="/rectification" search={monthLink(1)}>
            下个月 <RightOutlined aria-hidden />
          </Link>
        </span>
      }
    >
      <p className="quiet">只数单位还没有上报的；点一天看是哪些。</p>
      <Answer of={calendar} rows={6}>
        {({ days }) => <MonthTable weeks={weeks} days={days} today={today} list={list} />}
      </Answer>
    </Panel>
  );
}

interface MonthTableProps {
  readonly weeks: readonly (readonly (string | null)[])[];
  readonly days: readonly Day[];
  readonly today: string;
  readonly list: ListQuery;
}

function MonthTable({ weeks, days, today, list }: MonthTableProps) {
  const byDay = new Map(days.map((day) => [day.on, day]));
  return (
    <ScrollBox name="到期日历">
      <table className="due-calendar">
        <thead>
          <tr>
            {WEEKDAYS.map((day) => (
              <th key={day} scope="col">
                <span className="only-read">星期</span>
                {day}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map((week, at) => (
            <tr key={week.find((day) => day !== null) ?? at}>
              {week.map((day, weekday) =>
                day === null ? (
                  <td key={WEEKDAYS[weekday]} />
                ) : (
                  <DayCell key={day} day={day} due={byDay.get(day)} today={today} list={list} />
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollBox>
  );
}

interface DayCellProps {
  readonly day: string;
  readonly due: Day | undefined;
  readonly today: string;
  readonly list: ListQuery;
}

function DayCell({ day, due, today, list }: DayCellProps) {
  const isLate = day < today;
  return (
    <td
      className={isLate && due ? 'due-late' : ''}
      {...(day === today && { 'aria-current': 'date' as const })}
    >
      <span className="due-day">{Number(day.slice(8))}</span>
      {due !== undefined && (
        <Link
          to="/rectification"
          search={{ ...list.filters, view: undefined, deadlineOn: day, owing: 'yes' }}
          aria-label={`${day}，${due.cases} 件${isLate ? '逾期' : ''}`}
        >
          {due.cases} 件{isLate && '逾期'}
        </Link>
      )}
      {due !== undefined && due.provisional > 0 && <span className="quiet">暂定</span>}
    </td>
  );
}
