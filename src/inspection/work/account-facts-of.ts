import type { SourceView } from '../../domain/account-sources.ts';
import type { Fact } from '../../domain/fact.ts';
import { mergeViews } from '../../domain/merge-views.ts';
import type { AskedSource } from '../../sources/index.ts';
import type { NewFact } from '../fact.repository.ts';
import { recordFact } from '../record-facts.ts';

/** A source that was asked, with the snapshots of what it answered. */
export type SeenSource = AskedSource & { readonly snapshots: readonly string[] };

interface Origin {
  readonly subjectId: number;
  readonly gatheredAt: string;
}

/**
 * The facts of an account's sources, one for each kind: what several of a kind show is put together. The first feed and WeChat's
 * interfaces keep the shapes that they always had, and further feeds stand beside the first.
 */
export function accountFactsOf(
  seen: readonly SeenSource[],
  submitted: Fact<SourceView> | null,
  origin: Origin,
): NewFact[] {
  const feeds = seen.filter(({ outcome }) => outcome.feed !== undefined);
  const wechat = seen.filter(({ outcome }) => outcome.wechat !== undefined);
  const ofKind = (kind: string): SeenSource[] => seen.filter(({ source }) => source.kind === kind);
  return [
    ...feedFact(feeds[0], origin),
    ...together('account.feeds', 'feeds/feed', feeds.slice(1), origin),
    ...wechatFacts(bestOf(wechat) ?? ofKind('wechat')[0], origin),
    ...together('account.weibo', 'accounts/weibo', ofKind('weibo'), origin),
    ...together('account.douyin', 'accounts/douyin', ofKind('douyin'), origin),
    ...together('account.articles', 'accounts/article', ofKind('article'), origin),
    ...(submitted === null
      ? []
      : [recordFact('account.submissions', submitted, { ...origin, gatherer: 'submission' })]),
  ];
}

function feedFact(first: SeenSource | undefined, origin: Origin): NewFact[] {
  if (first?.outcome.feed === undefined) return [];
  const { snapshots, outcome } = first;
  // Of a redirected feed the last answer is the feed.
  const more = { gatherer: 'feeds/feed', snapshots: snapshots.slice(-1) };
  return [recordFact('account.feed', first.outcome.feed ?? outcome.view, { ...origin, ...more })];
}

/** One that answered, before one that did not. */
const bestOf = (seen: readonly SeenSource[]): SeenSource | undefined =>
  seen.find(({ outcome }) => outcome.view.state === 'observed') ?? seen[0];

function wechatFacts(seen: SeenSource | undefined, origin: Origin): NewFact[] {
  if (seen === undefined) return [];
  const { outcome, snapshots } = seen;
  const { wechat, interaction, comments, view } = outcome;
  const more = { ...origin, gatherer: 'accounts/wechat', snapshots };
  // A source that could not be asked at all has only its reason.
  if (wechat === undefined)
    return view.state === 'observed' ? [] : [recordFact('account.wechat', view, more)];
  return [
    recordFact('account.wechat', wechat, more),
    ...(interaction ? [recordFact('account.wechatInteraction', interaction, more)] : []),
    ...(comments ? [recordFact('account.comments', comments, more)] : []),
  ];
}

function together(
  key: 'account.feeds' | 'account.weibo' | 'account.douyin' | 'account.articles',
  gatherer: string,
  seen: readonly SeenSource[],
  origin: Origin,
): NewFact[] {
  const view = mergeViews(seen.map(({ outcome }) => outcome.view));
  if (view === null) return [];
  const snapshots = seen.flatMap((each) => each.snapshots);
  return [recordFact(key, view, { ...origin, gatherer, snapshots })];
}
