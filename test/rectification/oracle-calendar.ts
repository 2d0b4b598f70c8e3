/** The oracle's own calendar: days off and made-up working days as the State Council's yearly notices give them. */

// Days off on weekdays and working days at weekends: 国办发明电〔2024〕12号 for 2025, 国办发明电〔2025〕7号 for 2026.
const OFF = new Set([
  ...['2025-01-01', ...span('2025-01-28', 8), ...span('2025-04-04', 3), ...span('2025-05-01', 5)],
  ...[...span('2025-05-31', 3), ...span('2025-10-01', 8)],
  ...[...span('2026-01-01', 3), ...span('2026-02-15', 9), ...span('2026-04-04', 3)],
  ...[...span('2026-05-01', 5), ...span('2026-06-19', 3), ...span('2026-09-25', 3)],
  ...span('2026-10-01', 7),
]);
const MADE_UP = new Set([
  ...['2025-01-26', '2025-02-08', '2025-04-27', '2025-09-28', '2025-10-11'],
  ...['2026-01-04', '2026-02-14', '2026-02-28', '2026-05-09', '2026-09-20', '2026-10-10'],
]);
export const LAST_PUBLISHED_YEAR = 2026;

export function plus(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}

function span(from: string, days: number): string[] {
  return Array.from({ length: days }, (_, index) => plus(from, index));
}

function isWorking(date: string): boolean {
  if (OFF.has(date)) return false;
  const weekday = new Date(date).getUTCDay();
  return MADE_UP.has(date) || (weekday !== 0 && weekday !== 6);
}

/** The n-th working day after (n > 0) or before (n < 0) a date. */
export function workday(from: string, n: number): string {
  const step = Math.sign(n);
  let date = from;
  for (let left = Math.abs(n); left > 0; ) {
    date = plus(date, step);
    if (isWorking(date)) left -= 1;
  }
  return date;
}
