import type { WechatPublished } from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import type { FactSet } from '../../domain/fact.ts';
import type { Evidence, Judgement } from '../../domain/finding.ts';
import { MOBILE_APP_PLATFORM } from '../../domain/subject.ts';
import {
  addDays,
  type CalendarDate,
  daysBetween,
  shanghaiDate,
  shanghaiText,
} from '../../lib/pure/dates.ts';
import { breached, evidenceOf, met, notApplicable, pictureOf, undetermined } from './evidence.ts';
import { lastUpdateOf } from './last-update.ts';
import { SOURCE_FACTS, type SourceFacts, sourceSightsOf } from './source-sights.ts';

/** Facts that tell whether an account was silent. */
export const SILENCE_NEEDS = [
  'round.monitoredAt',
  'subject.register',
  ...SOURCE_FACTS,
  'account.observations',
] as const;
export type SilenceFacts = Pick<FactSet, (typeof SILENCE_NEEDS)[number]>;

/** An inspector's look proves silence until he looked: so it has to be near the monitoring time. */
export const OBSERVATION_DAYS = {
  unit: '天',
  default: 2,
  why: '人工观察只能证明到观察时间为止，须在监测时间点前后2天内',
} as const;

/**
 * Whether an account published nothing since a day before the monitoring day (inclusive). Silence needs a proof: an owner's
 * interface that showed every day since, or an inspector near the monitoring time. Whatever any source shows, is an update:
 * quiet or with notice to followers, and also what was taken back afterwards, which is left to people.
 */
export function judgeSilence(
  facts: SilenceFacts,
  oldestOf: (day: CalendarDate) => CalendarDate,
  observationDays: number,
): Judgement {
  const monitored = facts['round.monitoredAt'];
  const register = facts['subject.register'];
  if (register?.state === 'observed' && register.value.platform === MOBILE_APP_PLATFORM)
    return notApplicable('移动客户端按“无法下载或使用”判，由人认定');
  if (monitored?.state !== 'observed') return undetermined('没有监测时间点', ['round.monitoredAt']);
  const day = shanghaiDate(monitored.value);
  const oldest = oldestOf(day);
  const last = lastUpdateOf(facts);
  if (last.date !== null && last.date >= oldest) return met;
  const taken = takenBackOn(facts, oldest, day);
  if (taken !== null)
    return undetermined(
      `${taken} 发布过、后来删除或被平台删除的内容算不算更新，由人对照截图或后台记录认定`,
      ['account.observations'],
    );
  const words =
    last.date === null ? (last.none ? '无动态信息' : '没有看到任何更新') : `最后更新 ${last.date}`;
  const [first, ...rest] = [
    ...silentSources(facts, oldest, day, words),
    ...silentObservations(facts, day, observationDays, words),
  ];
  if (first) return breached(1, [first, ...rest], words);
  return undetermined(
    `${words}，但没有完整的接口数据，也没有监测时间点前后${observationDays}天内的人工观察，不能证明没有更新`,
    ['account.observations', ...SOURCE_FACTS.filter((key) => facts[key] !== undefined)],
  );
}

/** The newest day in the window of something that was published and taken back. */
function takenBackOn(
  facts: SourceFacts,
  oldest: CalendarDate,
  day: CalendarDate,
): CalendarDate | null {
  const days = SOURCE_FACTS.flatMap((key) => {
    const fact = facts[key];
    if (fact?.state !== 'observed') return [];
    const { posts = [], withdrawn } = fact.value as Partial<SourceView & WechatPublished>;
    const taken = [...posts.filter(({ deleted }) => deleted), ...(withdrawn ? [withdrawn] : [])];
    return taken.map(({ publishedOn }) => publishedOn);
  });
  return (
    days
      .filter((each) => each >= oldest && each <= day)
      .sort()
      .at(-1) ?? null
  );
}

/** Complete sources: an owner's interface showed every day of the window up to the day before the monitoring time. */
function silentSources(
  facts: SourceFacts,
  oldest: CalendarDate,
  day: CalendarDate,
  words: string,
): Evidence[] {
  return sourceSightsOf(facts).flatMap((source) => {
    const { fact, name, locator, completeFrom, completeTo } = source;
    if (completeFrom === null || completeTo === null) return [];
    if (completeFrom > oldest || completeTo < addDays(day, -1)) return [];
    const excerpt = `${name}完整答复 ${completeFrom} 至 ${completeTo}，期间没有发布；${words}`;
    return [evidenceOf(fact, locator, excerpt, fact.snapshots[0] ?? null)];
  });
}

/** Inspectors who looked at the newest item near enough to the monitoring time. */
function silentObservations(
  facts: Pick<FactSet, 'account.observations'>,
  day: CalendarDate,
  observationDays: number,
  words: string,
): Evidence[] {
  const observations = facts['account.observations'];
  if (observations?.state !== 'observed') return [];
  return observations.value
    .filter(
      (sight) =>
        sight.newestOn !== null &&
        // What was newest after the monitoring day hides what came before it: such a sight proves no silence.
        (sight.newestOn === 'none' || sight.newestOn <= day) &&
        Math.abs(daysBetween(shanghaiDate(sight.observedAt), day)) <= observationDays,
    )
    .map((sight) => {
      const seen = sight.newestOn === 'none' ? '没有任何内容' : `最新一条为 ${sight.newestOn}`;
      return evidenceOf(
        observations,
        sight.origin,
        `${shanghaiText(sight.observedAt)} 人工观察：${seen}；${words}${sight.image ? `（图片 ${sight.image}）` : ''}`,
        pictureOf(observations, sight),
      );
    });
}
