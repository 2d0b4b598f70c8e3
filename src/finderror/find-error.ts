import { addKnownWorkdays, addWorkdaysOrWeekdays } from '../domain/workday.ts';
import type { CalendarDate } from '../lib/pure/dates.ts';

export const ORIGINS = ['import', 'api', 'form'] as const;
export type Origin = (typeof ORIGINS)[number];

/** `received`: no unit yet; `assigned`: a unit has it; `accepted`: the unit says that it is its own; `answered`: it is done. */
export const FIND_ERROR_STATES = ['received', 'assigned', 'accepted', 'answered'] as const;
export type FindErrorState = (typeof FIND_ERROR_STATES)[number];

/**
 * Working days, the day of receipt not counted: one to hand a message on (待核), three to answer a simple one (guidelines.md §6). A complex
 * one may be given longer, to a calendar month at the most: what takes longer loses points in the yearly assessment.
 */
export const HAND_ON_WORKDAYS = 1;
export const REPLY_WORKDAYS = 3;

export interface Clock {
  readonly handOnBy: CalendarDate;
  readonly dueOn: CalendarDate;
  /** Whether the holidays of that time are not announced yet: weekdays were counted, the days may move. */
  readonly isProvisional: boolean;
}

/** When a message of a day is to be handed on and answered. */
export function clockOf(receivedOn: CalendarDate): Clock {
  return {
    handOnBy: addWorkdaysOrWeekdays(receivedOn, HAND_ON_WORKDAYS),
    dueOn: addWorkdaysOrWeekdays(receivedOn, REPLY_WORKDAYS),
    isProvisional: addKnownWorkdays(receivedOn, REPLY_WORKDAYS) === null,
  };
}
