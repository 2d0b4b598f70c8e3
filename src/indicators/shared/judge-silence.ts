import type { Observation, WechatPublished } from '../../domain/account-facts.ts';
import type { SourceView } from '../../domain/account-sources.ts';
import type { FactSet } from '../../domain/fact.ts';
import type { Evidence, Judgement } from '../../domain/finding.ts';
import type { Parameters } from '../../domain/indicator.ts';
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
import {
  SOURCE_FACTS,
  type SourceFactKey,
  type SourceFacts,
  type SourceSight,
  sourceSightsOf,
} from './source-sights.ts';

/** Facts that tell whether an account was silent. */
export const SILENCE_NEEDS = [
  'round.monitoredAt',
  'subject.register',
  ...SOURCE_FACTS,
  'account.observations',
] as const;
export type SilenceFacts = Pick<FactSet, (typeof SILENCE_NEEDS)[number]>;

/** The rule whose numbers of proof hold for every rule of silence. */
export const SILENCE_RULE = 'media.veto.stale.two-weeks';

/** An inspector's look proves silence until he looked: so it has to be near the monitoring time. */
export const OBSERVATION_DAYS = {
  unit: '天',
  default: 2,
  why: '人工观察只能证明到观察时间为止，须在监测时间点前后2天内',
} as const;

/** What the ruleset wants as the proof of a silence. */
export const SILENCE_PROOFS = {
  observationDays: OBSERVATION_DAYS,
  weiboOthers: {
    unit: '种',
    default: 1,
    why: '微博本人列表看全了、没有发布，还要几种信源或观察一致才能下结论；0 表示只凭本人列表',
  },
  douyinOthers: {
    unit: '种',
    default: 1,
    why: '抖音本人列表看全了、没有发布，还要几种信源或观察一致才能下结论；0 表示只凭本人列表',
  },
} as const;
/** The same numbers, read where the veto has them: a silence is proved in one way. */
export const SHARED_PROOFS = {
  observationDays: OBSERVATION_DAYS,
  weiboOthers: { ...SILENCE_PROOFS.weiboOthers, of: SILENCE_RULE },
  douyinOthers: { ...SILENCE_PROOFS.douyinOthers, of: SILENCE_RULE },
} as const;
export type SilenceParameters = Parameters<typeof SILENCE_PROOFS>;

/** Own lists that are one source; WeChat's view is complete only where two of its interfaces agree (gather-wechat.ts). */
const OTHERS_OF: Partial<Readonly<Record<SourceFactKey, keyof typeof SILENCE_PROOFS>>> = {
  'account.weibo': 'weiboOthers',
  'account.douyin': 'douyinOthers',
};

/**
 * Whether an account published nothing since a day before the monitoring day (inclusive). Silence needs a proof: an owner's
 * interface that showed every day since and as many other kinds as the ruleset wants, or an inspector near the monitoring time.
 * Whatever any source shows, is an update: quiet or with notice to followers, and also what was taken back afterwards, which is left
 * to people. Source: new-media-apis §7, docs/decisions/0066.
 */
export function judgeSilence(
  facts: SilenceFacts,
  oldestOf: (day: CalendarDate) => CalendarDate,
  wanted: SilenceParameters,
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
  const sources = silentSources(facts, { oldest, day, words }, wanted);
  const [first, ...rest] = [
    ...sources.proofs,
    ...silentObservations(facts, day, wanted.observationDays, words),
  ];
  if (first) return breached(1, [first, ...rest], words);
  const missing = sources.alone[0] ?? '没有完整的接口数据';
  return undetermined(
    `${words}，但${missing}，也没有监测时间点前后${wanted.observationDays}天内的人工观察，不能证明没有更新`,
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

interface Silence {
  readonly oldest: CalendarDate;
  readonly day: CalendarDate;
  /** The last update, in Chinese. */
  readonly words: string;
}

/**
 * Complete sources: an owner's interface showed every day of the window up to the day before the monitoring time. `alone` says of those
 * with which too few others agree what is missing.
 */
function silentSources(
  facts: SilenceFacts,
  silence: Silence,
  wanted: SilenceParameters,
): { readonly proofs: readonly Evidence[]; readonly alone: readonly string[] } {
  const { oldest, day, words } = silence;
  const proofs: Evidence[] = [];
  const alone: string[] = [];
  for (const source of sourceSightsOf(facts)) {
    const { key, fact, name, locator, completeFrom, completeTo } = source;
    if (completeFrom === null || completeTo === null) continue;
    if (completeFrom > oldest || completeTo < addDays(day, -1)) continue;
    const others = othersThatAgree(facts, source, silence);
    const parameter = OTHERS_OF[key];
    const needed = parameter === undefined ? 0 : wanted[parameter];
    const shown = `${name}完整答复 ${completeFrom} 至 ${completeTo}，期间没有发布`;
    if (others.size >= needed)
      proofs.push(
        evidenceOf(fact, locator, `${shown}；${words}`, fact.snapshots[0] ?? null),
        ...others.values(),
      );
    else
      alone.push(
        `只有${shown}，一致的其他信源有 ${others.size} 种（要 ${needed} 种）；请检查人员打开账号看一次并登记，或添加订阅信源、由单位报送后重新采集`,
      );
  }
  return { proofs, alone };
}

/** Article links show the articles that were linked, and no list of them. */
const NO_LISTS: readonly SourceFactKey[] = ['account.articles'];
/** Feeds are one kind, in whichever fact they are. */
const familyOf = (key: SourceFactKey): string => (key === 'account.feeds' ? 'account.feed' : key);

/**
 * Kinds beside `own` that show the same silence, with their evidence: lists whose newest item is not older than its newest (one that is
 * behind stands still), and people who looked in the window. An empty list, or one that could not be read, agrees with nothing.
 */
function othersThatAgree(
  facts: SilenceFacts,
  own: SourceSight,
  { oldest, day }: Silence,
): ReadonlyMap<string, Evidence> {
  const isLevel = (date: CalendarDate): boolean =>
    date <= day && (own.newest === null || date >= own.newest.publishedOn);
  const agreeing = new Map<string, Evidence>();
  for (const { key, fact, name, locator, newest } of sourceSightsOf(facts)) {
    if (key === own.key || NO_LISTS.includes(key)) continue;
    if (newest === null || !isLevel(newest.publishedOn)) continue;
    const excerpt = `${name}最新一条为 ${newest.publishedOn}，与${own.name}一致`;
    agreeing.set(familyOf(key), evidenceOf(fact, locator, excerpt, fact.snapshots[0] ?? null));
  }
  const looked = facts['account.observations'];
  const sight = (looked?.state === 'observed' ? looked.value : []).find(
    ({ newestOn, observedAt }) =>
      shanghaiDate(observedAt) >= oldest &&
      shanghaiDate(observedAt) <= day &&
      (newestOn === 'none' ? own.newest === null : newestOn !== null && isLevel(newestOn)),
  );
  if (looked && sight)
    agreeing.set(
      'account.observations',
      evidenceOf(
        looked,
        sight.origin,
        `${shanghaiText(sight.observedAt)} 人工观察：${newestWords(sight)}，与${own.name}一致`,
        pictureOf(looked, sight),
      ),
    );
  return agreeing;
}

const newestWords = ({ newestOn }: Observation): string =>
  newestOn === 'none' ? '没有任何内容' : `最新一条为 ${newestOn}`;

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
    .map((sight) =>
      evidenceOf(
        observations,
        sight.origin,
        `${shanghaiText(sight.observedAt)} 人工观察：${newestWords(sight)}；${words}${sight.image ? `（图片 ${sight.image}）` : ''}`,
        pictureOf(observations, sight),
      ),
    );
}
