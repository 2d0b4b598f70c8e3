import { addWorkdays } from '../../../domain/workday.ts';
import { addDays, type CalendarDate } from '../../../lib/pure/dates.ts';
import type { Draw } from '../sites/draw.ts';
import type { SightPlan } from './province-plan.ts';

/** A test message must be answered within so many working days. */
const REPLY_WORKDAYS = 5;
/** Ends the search for a day long enough ago: no holidays last longer. */
const TEST_DAYS_MAX = 40;

const GOOD_WAYS = [
  '评论',
  '私信',
  '留言',
  '菜单',
  '评论；私信',
  '留言；菜单',
  '评论；转发',
  '私信；留言；菜单',
  '评论；私信；转发',
] as const;
const TESTED_WAYS = ['私信', '留言', '评论', '私信；转发'] as const;
const HOURS = ['08:50', '09:30', '10:15', '11:40', '14:20', '15:05', '16:30', '17:10'] as const;

type Interaction = Pick<SightPlan, 'ways' | 'testedAt' | 'repliedAt'>;

const at = (day: CalendarDate, draw: Draw): string => `${day} ${draw.pick(HOURS)}`;

/** What an inspector writes down on `day`. `newest` = 无 when there is nothing at all, empty when he did not look. */
export function planSight(
  draw: Draw,
  day: CalendarDate,
  newest: string,
  interaction: Interaction,
): SightPlan {
  const image = draw.chance(0.7) ? `IMG_${draw.int(1000, 9999)}.jpg` : '';
  // In the evening: nothing that he saw can be younger.
  return {
    observedAt: `${day} ${draw.pick(['18:30', '19:45', '21:10'])}`,
    newest,
    ...interaction,
    image,
  };
}

/** Ways by which a citizen is answered. A test sent just before the look is still open. */
export function goodInteraction(draw: Draw, look: CalendarDate, isLast: boolean): Interaction {
  const ways = draw.pick(GOOD_WAYS);
  const kind = draw.int(0, 9);
  if (kind < 3) {
    const tested = addDays(look, -draw.int(4, 8));
    const replied = addDays(tested, draw.int(1, 3));
    return { ways, testedAt: at(tested, draw), repliedAt: at(replied, draw) };
  }
  if (kind === 3 && isLast)
    return { ways, testedAt: at(addDays(look, -draw.int(0, 2)), draw), repliedAt: '' };
  return { ways, testedAt: '', repliedAt: '' };
}

/** Nothing by which a citizen is answered: no way at all, only passing on, or a test message that nobody answered. */
export function noInteraction(draw: Draw, look: CalendarDate): Interaction {
  const kind = draw.pick(['none', 'share', 'test'] as const);
  if (kind === 'share') return { ways: '转发', testedAt: '', repliedAt: '' };
  const tested = kind === 'test' ? overdueTest(look) : null;
  if (tested === null) return { ways: '无', testedAt: '', repliedAt: '' };
  return { ways: draw.pick(TESTED_WAYS), testedAt: at(tested, draw), repliedAt: '' };
}

/** The last day on which a test sent would be overdue at the look; null where the holidays are not known. */
function overdueTest(look: CalendarDate): CalendarDate | null {
  try {
    for (let days = REPLY_WORKDAYS + 1; days < TEST_DAYS_MAX; days += 1) {
      const day = addDays(look, -days);
      if (addWorkdays(day, REPLY_WORKDAYS) < addDays(look, -1)) return day;
    }
  } catch {
    return null;
  }
  return null;
}
