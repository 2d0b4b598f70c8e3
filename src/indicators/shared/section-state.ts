import type { SectionKind, SectionView } from '../../domain/site-facts.ts';
import { addDays, addMonths, type CalendarDate } from '../../lib/pure/dates.ts';

/** Under which of the three sub-rules a section can count; never under two. */
export type SectionDuty = 'key' | 'should' | 'none';

/** Kinds that are due: lists that should be kept up to date. */
const DUE_KINDS: ReadonlySet<SectionKind> = new Set([
  'news',
  'notice',
  'policy',
  'interpretation',
  'disclosure',
  'data',
  'interaction',
  'list',
]);

/**
 * News at any level, notices and policy files at the first level only, are key sections (通知公告、政策文件只看一级栏目);
 * every other list is due by its period.
 */
export function dutyOf(section: SectionView): SectionDuty {
  if (!DUE_KINDS.has(section.kind)) return 'none';
  if (section.kind === 'news') return 'key';
  if (section.kind === 'notice' || section.kind === 'policy')
    return section.level <= 1 ? 'key' : 'should';
  return 'should';
}

export type Freshness = 'fresh' | 'stale' | 'unknown' | 'irrelevant';

/**
 * Whether a list section has anything from `oldest` to the monitoring `day`. A blank section is another sub-rule's; a single
 * page is nobody's. A newest date after the day proves no update and hides what came before it.
 */
export function freshnessOf(
  section: Pick<SectionView, 'content' | 'gone' | 'newest' | 'confidence'>,
  { oldest, day }: { readonly oldest: CalendarDate; readonly day: CalendarDate },
  confidenceMin: number,
): Freshness {
  if (section.content === 'blank' || section.content === 'single' || section.content === 'query')
    return 'irrelevant';
  if (section.gone) return 'irrelevant';
  if (section.content === 'script' || section.content === 'unobserved') return 'unknown';
  const { newest } = section;
  if (newest && !newest.date.yearUnknown && newest.date.value <= day) {
    if (newest.date.value >= oldest) return 'fresh';
    return section.confidence >= confidenceMin ? 'stale' : 'unknown';
  }
  return 'unknown';
}

/** The first day of a window of days, or of months, before the monitoring day; that day itself is still in time. */
export const daysBefore = (day: CalendarDate, days: number): CalendarDate => addDays(day, -days);
export const monthsBefore = (day: CalendarDate, months: number): CalendarDate =>
  addMonths(day, -months);
