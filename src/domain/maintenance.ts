import { addDays, type CalendarDate } from '../lib/pure/dates.ts';
import type { MaintenanceNotice } from './site-facts.ts';

/** Announced maintenance is exempt for at most so many days (a longer one is an outage with a notice). */
const MAINTENANCE_DAYS_MAX = 30;

/** The announced window that holds on a day (Asia/Shanghai), or null; one of more than thirty days counts for nothing. */
export function maintenanceOn(
  announced: readonly MaintenanceNotice[],
  day: CalendarDate,
): MaintenanceNotice | null {
  return (
    announced.find(
      ({ from, to }) => to <= addDays(from, MAINTENANCE_DAYS_MAX - 1) && from <= day && day <= to,
    ) ?? null
  );
}
