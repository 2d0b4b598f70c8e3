import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';

dayjs.extend(utc);
dayjs.extend(timezone);

const ZONE = 'Asia/Shanghai';

/** An instant (ISO, UTC) as people in China read it: 2020-09-17 10:30, with seconds when asked. Nonsense is shown as it came. */
export function instantText(at: string, isExact = false): string {
  const time = dayjs(at);
  return time.isValid()
    ? time.tz(ZONE).format(isExact ? 'YYYY-MM-DD HH:mm:ss' : 'YYYY-MM-DD HH:mm')
    : at;
}

/** The date in Asia/Shanghai of an instant; a plain date stays as it is. */
export function dateText(at: string): string {
  return /^\d{4}-\d{2}-\d{2}$/.test(at) ? at : instantText(at).slice(0, 10);
}

/** How long ago, in words; a future instant is given in full. */
export function agoText(at: string, now: Date): string {
  const minutes = Math.floor((now.getTime() - Date.parse(at)) / 60_000);
  if (Number.isNaN(minutes) || minutes < 0) return instantText(at);
  if (minutes < 1) return '刚刚';
  if (minutes < 60) return `${minutes} 分钟前`;
  if (minutes < 24 * 60) return `${Math.floor(minutes / 60)} 小时前`;
  if (minutes < 30 * 24 * 60) return `${Math.floor(minutes / (24 * 60))} 天前`;
  return dateText(at);
}

/** A number of seconds as 3 小时 5 分. */
export function durationText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} 秒`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} 分`;
  return `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

/** Today's date in Asia/Shanghai. */
export function todayOn(now: Date): string {
  return dayjs(now).tz(ZONE).format('YYYY-MM-DD');
}

/** An instant as the browser's own field of date and time takes it, in Asia/Shanghai: 2020-09-17T10:30. */
export function localMinute(at: string): string {
  return dayjs(at).tz(ZONE).format('YYYY-MM-DDTHH:mm');
}
