import { cutText } from '../../lib/pure/cut-text.ts';
import { type CalendarDate, calendarDate, daysBetween } from '../../lib/pure/dates.ts';

/** An announced window in which the site is down or being rebuilt. */
export interface NoticeReading {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
  readonly excerpt: string;
}

const SUBJECT = /(网站|门户|系统|平台|本站|我局|我厅|服务器|机房|站点|域名|云平台|政务云)/u;
const MAINTENANCE =
  /(系统|网站|平台|服务器|机房|设备|门户|电力|网络)?.{0,6}(维护|停机|升级改造|升级|检修|割接|迁移|改版|切换|暂停(服务|访问|运行)|停止(服务|访问)|无法(正常)?访问|临时(关闭|下线))/u;
const DAY = String.raw`(?:(20\d{2})\s*[年\-/.]\s*)?(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*日?`;
const TIME = String.raw`(?:\s*[（(][^）)]{1,6}[）)])?(?:\s*(?:上午|下午|晚上?|凌晨|中午)?\s*\d{1,2}\s*(?:[:：时点]\s*(?:\d{1,2}|半)?\s*分?)?(?::\d{2})?(?![\d月年\-/.]))?`;
const RANGE = new RegExp(
  `${DAY}${TIME}\\s*(?:至|到|—+|–|-|~|～|起至|开始至)\\s*(?:次日)?(?:${DAY}|(\\d{1,2})日)`,
  'gu',
);
const SINGLE = new RegExp(`${DAY}`, 'gu');
/** A site may be down for 30 days at most (guidelines §1.5, 临时下线); a longer window is a misreading. */
const MAX_WINDOW_DAYS = 62;
const MAX_TEXT = 4000;
const EXCERPT = 200;

/** Whether a title announces maintenance of the site. */
export function announcesMaintenance(title: string): boolean {
  return (
    MAINTENANCE.test(title) &&
    (SUBJECT.test(title) || /维护|停机|升级/u.test(title)) &&
    title.length <= 60 &&
    !/道路|水库|设施维护|公路|停电|停水|供水|电梯|车辆|权益|秩序|稳定/u.test(title)
  );
}

/**
 * Windows announced in a text: sentences that speak of maintenance and give dates. A date without year takes the year
 * of `publishedOn`, or of `today` when that is unknown. `rangesOnly` for pages that are no announcement themselves.
 */
export function readMaintenance(
  text: string,
  publishedOn: CalendarDate | null,
  today: CalendarDate,
  rangesOnly = false,
): readonly NoticeReading[] {
  const year = Number((publishedOn ?? today).slice(0, 4));
  const clean = cutText(text.normalize('NFKC'), MAX_TEXT);
  const notices: NoticeReading[] = [];
  for (const sentence of clean.split(/[。!！\n]/u)) {
    if (!MAINTENANCE.test(sentence) && !/期间|定于|将于/u.test(sentence)) continue;
    const window = windowIn(sentence, year, rangesOnly);
    if (window && MAINTENANCE.test(clean))
      notices.push({ ...window, excerpt: cutText(sentence.trim(), EXCERPT) });
  }
  return notices;
}

function windowIn(
  sentence: string,
  defaultYear: number,
  rangesOnly: boolean,
): { from: CalendarDate; to: CalendarDate } | null {
  for (const match of sentence.matchAll(RANGE)) {
    const [, fromYear, fromMonth, fromDay, toYear, toMonth, toDay, onlyDay] = match;
    const year = Number(fromYear ?? defaultYear);
    const from = calendarDate(year, Number(fromMonth), Number(fromDay));
    const lastMonth = Number(toMonth ?? fromMonth);
    const lastYear = Number(toYear ?? (lastMonth < Number(fromMonth) ? year + 1 : year));
    const to = calendarDate(lastYear, lastMonth, Number(toDay ?? onlyDay));
    if (from && to && to >= from && daysBetween(from, to) <= MAX_WINDOW_DAYS) return { from, to };
  }
  return MAINTENANCE.test(sentence) && !rangesOnly ? singleDay(sentence, defaultYear) : null;
}

function singleDay(
  sentence: string,
  defaultYear: number,
): { from: CalendarDate; to: CalendarDate } | null {
  for (const [, year, month, day] of sentence.matchAll(SINGLE)) {
    const date = calendarDate(Number(year ?? defaultYear), Number(month), Number(day));
    if (date) return { from: date, to: date };
  }
  return null;
}
