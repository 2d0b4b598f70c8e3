import type { InteractionWay, Observation } from '../../domain/account-facts.ts';
import { type Instant, isCalendarDate, shanghaiDate } from '../../lib/pure/dates.ts';

/** What a sight holds at most, in characters. */
export const SIGHT_LIMITS = { name: 100, operator: 200, ads: 500, note: 500, by: 50 } as const;

export const INTERACTION_WAYS = [
  '评论',
  '私信',
  '留言',
  '菜单',
  '自动回复',
  '转发',
] as const satisfies readonly InteractionWay[];

/** A sight before it is stored, wherever it comes from. */
type Sight = Pick<
  Observation,
  'observedAt' | 'newestOn' | 'originalOn' | 'testedAt' | 'repliedAt' | 'profile'
>;

interface Contradiction {
  readonly field: 'observedAt' | 'newestOn' | 'originalOn' | 'testedAt' | 'repliedAt' | 'isThere';
  /** Chinese, without the field's name. */
  readonly message: string;
}

/**
 * What cannot all be true of one sight. Nobody sees what is published later: a mistyped year would make a silent account look
 * alive.
 */
export function contradictionsOf(sight: Sight, now: Instant): Contradiction[] {
  const found: Contradiction[] = [];
  const complain = (field: Contradiction['field'], message: string): void => {
    found.push({ field, message });
  };
  const { observedAt, newestOn, originalOn = null, testedAt, repliedAt } = sight;
  const seenOn = shanghaiDate(observedAt);
  if (observedAt > now) complain('observedAt', '在将来');
  for (const [field, date] of [
    ['newestOn', newestOn] as const,
    ['originalOn', originalOn] as const,
  ])
    if (date !== null && isCalendarDate(date) && date > seenOn)
      complain(field, `“${date}”晚于观察时间`);
  if (newestOn === 'none' && originalOn !== null && originalOn !== 'none')
    complain('originalOn', '没有任何内容，却有原创');
  if (isDate(newestOn) && isDate(originalOn) && originalOn > newestOn)
    complain('originalOn', '晚于最新一条日期');
  if (sight.profile?.isThere === false && isDate(newestOn))
    complain('isThere', '账号不存在，却看到了内容');
  if (testedAt !== null && testedAt > now) complain('testedAt', '在将来');
  if (repliedAt !== null && repliedAt > now) complain('repliedAt', '在将来');
  if (repliedAt !== null && testedAt === null)
    complain('repliedAt', '有回复时刻却没有测试留言时刻');
  if (repliedAt !== null && testedAt !== null && repliedAt < testedAt)
    complain('repliedAt', '早于测试留言时刻');
  return found;
}

const isDate = (date: string | null): date is string => date !== null && date !== 'none';
