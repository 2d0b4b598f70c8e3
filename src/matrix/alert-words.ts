import type { EvidenceLevel, SourceKind } from '../domain/account-sources.ts';
import { type CalendarDate, daysBetween } from '../lib/pure/dates.ts';

/** What is known of a silence when it is told. */
export interface KnownSilence {
  readonly account: string;
  /** The last update that is known; null = none is known, and a source shows everything of the time. */
  readonly since: CalendarDate | null;
  readonly today: CalendarDate;
  readonly limitDays: number;
  /** Whether a source that shows everything, or an inspector, saw the silence. */
  readonly isProved: boolean;
  readonly kind: SourceKind | null;
  readonly level: EvidenceLevel | null;
}

export const KIND_WORDS: Readonly<Record<SourceKind, string>> = {
  wechat: '微信接口',
  weibo: '微博接口',
  douyin: '抖音接口',
  rss: 'RSS 订阅',
  atom: 'Atom 订阅',
  jsonfeed: 'JSON Feed 订阅',
  article: '文章链接',
  submission: '单位报送',
  observation: '人工观察',
};

/** Days until the limit is passed: 0 = today is the last day on which an update is in time; negative = passed. */
export function daysLeftOf({
  since,
  today,
  limitDays,
}: Pick<KnownSilence, 'since' | 'today' | 'limitDays'>): number | null {
  return since === null ? null : limitDays - daysBetween(since, today);
}

/** What the operator reads: what is known, from where, how long is left, and what to do. It accuses of nothing. */
export function alertWords(silence: KnownSilence): string {
  const { account, since, limitDays, isProved, kind, level } = silence;
  const left = daysLeftOf(silence);
  const from =
    kind === null ? '' : `（${KIND_WORDS[kind]}${level === null ? '' : `，${level} 级`}）`;
  const known =
    since === null
      ? `“${account}”：信源能看全的时间里没有看到发布的内容。`
      : isProved
        ? `“${account}”最近一次更新是 ${since}${from}，之后没有更新。`
        : `我们的信源在 ${since}${from}之后没有看到“${account}”更新；信源可能看不全。`;
  return `${known}${leftWords(left, limitDays)}${
    isProved ? '请及时发布。' : '请及时发布；已经发布的，请报送或更新信源。'
  }`;
}

function leftWords(left: number | null, limitDays: number): string {
  if (left === null) return `要求 ${limitDays} 天内有更新。`;
  if (left > 0) return `要求 ${limitDays} 天内有更新，还有 ${left} 天。`;
  if (left === 0) return `要求 ${limitDays} 天内有更新，今天是最后一天。`;
  return `要求 ${limitDays} 天内有更新，按已知情况已超过 ${-left} 天。`;
}
