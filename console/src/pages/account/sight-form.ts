import type { ListedSight, NewSight } from '../../api/types.ts';

/** Looked, and it is so; looked, and it is not; not looked. */
export type Looked = 'yes' | 'no' | 'unseen';

/** A sight as the form holds it: words of its fields, in Beijing time. */
export interface SightForm {
  /** `2020-09-17T10:30`, as the browser's own field has it. */
  readonly observedAt: string;
  readonly hasItems: Looked;
  readonly newestOn: string;
  readonly looksAtWays: Looked;
  readonly ways: readonly Way[];
  readonly testedAt: string;
  readonly repliedAt: string;
  readonly isThere: Looked;
  readonly name: string;
  readonly operator: string;
  readonly certified: Looked;
  readonly followers: string;
  readonly hasAds: Looked;
  readonly ads: string;
  readonly hasOriginals: Looked;
  readonly originalOn: string;
  readonly opens: Looked;
  readonly note: string;
  readonly picture: string | null;
}
export type Way = NonNullable<NewSight['ways']>[number];

export const WAYS: readonly Way[] = ['评论', '私信', '留言', '菜单', '自动回复', '转发'];

/** A new sight of now (`2020-09-17T10:30`, Beijing time). */
export const emptySight = (now: string): SightForm => ({
  ...{ observedAt: now, hasItems: 'unseen', newestOn: '', looksAtWays: 'unseen', ways: [] },
  ...{ testedAt: '', repliedAt: '', isThere: 'unseen', name: '', operator: '' },
  ...{ certified: 'unseen', followers: '', hasAds: 'unseen', ads: '', hasOriginals: 'unseen' },
  ...{ originalOn: '', opens: 'unseen', note: '', picture: null },
});

/** Why it cannot be sent, in words; null when it can. The server has the last word. */
export function whyNotSend(form: SightForm): string | null {
  if (form.observedAt === '') return '请写观察时间';
  if (form.hasItems === 'yes' && form.newestOn === '') return '请写最新一条的日期';
  if (form.looksAtWays === 'yes' && form.ways.length === 0) return '请选看到的互动方式';
  if (form.hasAds === 'yes' && form.ads.trim() === '') return '请写看到了什么广告';
  if (form.hasOriginals === 'yes' && form.originalOn === '') return '请写最新一条原创的日期';
  if (form.repliedAt !== '' && form.testedAt === '') return '有回复时刻，也要写测试留言时刻';
  if (form.followers !== '' && !/^\d{1,10}$/.test(form.followers)) return '粉丝数写成整数';
  const empty = emptySight(form.observedAt);
  const isEmpty = Object.entries(form).every(
    ([name, value]) => name === 'ways' || value === empty[name as keyof SightForm],
  );
  return isEmpty ? '请至少写一项看到的情况' : null;
}

/** The body of the request. */
export function sightBody(form: SightForm): NewSight {
  return {
    observedAt: instantOf(form.observedAt),
    newestOn: dayOf(form.hasItems, form.newestOn),
    ways: form.looksAtWays === 'unseen' ? null : form.looksAtWays === 'no' ? [] : [...form.ways],
    testedAt: form.testedAt === '' ? null : instantOf(form.testedAt),
    repliedAt: form.repliedAt === '' ? null : instantOf(form.repliedAt),
    isThere: claimOf(form.isThere),
    name: wordsOf(form.name),
    operator: wordsOf(form.operator),
    certified: claimOf(form.certified),
    followers: form.followers === '' ? null : Number(form.followers),
    ads: form.hasAds === 'unseen' ? null : form.hasAds === 'no' ? '' : form.ads.trim(),
    originalOn: dayOf(form.hasOriginals, form.originalOn),
    opens: claimOf(form.opens),
    note: wordsOf(form.note),
    picture: form.picture,
  };
}

/** China has one zone and no summer time. */
const instantOf = (local: string): string => `${local}:00+08:00`;
const wordsOf = (text: string): string | null => (text.trim() === '' ? null : text.trim());
const claimOf = (looked: Looked): boolean | null => (looked === 'unseen' ? null : looked === 'yes');
const dayOf = (looked: Looked, day: string): string | null =>
  looked === 'unseen' ? null : looked === 'no' ? 'none' : day;

/** The test question that still waits for its answer, to be answered in the next sight. */
export function openTest(listed: readonly ListedSight[]): ListedSight | undefined {
  const items = listed.filter(({ withdrawn }) => withdrawn === null);
  const answered = new Set(items.flatMap(({ repliedAt, testedAt }) => (repliedAt ? testedAt : [])));
  return items.find(({ testedAt }) => testedAt !== null && !answered.has(testedAt));
}
