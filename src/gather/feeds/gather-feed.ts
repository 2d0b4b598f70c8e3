import type { FeedView } from '../../domain/account-facts.ts';
import { NO_COUNTS, type SourceView } from '../../domain/account-sources.ts';
import { type Fact, observed, unobserved } from '../../domain/fact.ts';
import { type SourceItem, viewSource } from '../../domain/view-source.ts';
import type { Fetcher, FetchResult } from '../../lib/node/http/create-fetcher.ts';
import { isChallengePage } from '../../lib/pure/challenge.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { decodeFeed } from './decode-feed.ts';
import { type FeedEntry, parseFeed } from './parse-feed.ts';

export interface GatherFeedInput {
  readonly kind: 'rss' | 'atom' | 'jsonfeed';
  readonly url: string;
  readonly monitoredAt: Instant;
  readonly fetcher: Fetcher;
}

const FEED_BYTES_MAX = 5 * 1024 * 1024;
const FEED_LIMIT_MS = 20_000;
const FEED_TRIES = 2;

export interface FeedGathered {
  readonly fact: Fact<FeedView>;
  /** The same as every source tells it, with its posts. */
  readonly source: Fact<SourceView>;
  /** Every response on the way, for the archive. */
  readonly received: readonly ReceivedResponse[];
}

/** Asks one feed. Silence in it proves nothing about the account; only what it shows does (new-media-apis §7, level B). */
export async function gatherFeed(input: GatherFeedInput): Promise<FeedGathered> {
  let result = await input.fetcher.fetch(input.url, {
    timeoutMs: FEED_LIMIT_MS,
    maxBytes: FEED_BYTES_MAX,
  });
  const received = [...result.received];
  for (
    let tried = 1;
    tried < FEED_TRIES &&
    (result.kind === 'error' ? result.errorClass !== 'forbidden-address' : result.status >= 500);
    tried += 1
  ) {
    result = await input.fetcher.fetch(input.url, {
      timeoutMs: FEED_LIMIT_MS,
      maxBytes: FEED_BYTES_MAX,
    });
    received.push(...result.received);
  }
  const source = readAnswer(input, result);
  const fact = source.state === 'observed' ? observed(feedViewOf(input, source.value)) : source;
  return { fact, source, received };
}

function readAnswer(input: GatherFeedInput, result: FetchResult): Fact<SourceView> {
  if (result.kind === 'error') return unobserved(`信源打不开：${result.message}`);
  if (result.truncated)
    return unobserved(`信源超过 ${FEED_BYTES_MAX / 1_048_576} MB 或中途断开，没有读全`);
  if (result.status >= 400) return unobserved(`信源返回 ${result.status}`);
  const text = decodeFeed(result.body, result.headers['content-type'] ?? '');
  if (isChallengePage({ status: result.status, text: text.slice(0, 40_000) }))
    return unobserved('信源被拦截');
  const parsed = parseFeed(text);
  if (!parsed.ok) return unobserved(parsed.reason);
  // An account without any item is a rare thing, a bridge that lost its login a common one: both show an empty feed.
  if (parsed.entries.length === 0) return unobserved(EMPTY);
  return observed(viewOf(input, parsed.entries));
}

const EMPTY = '信源是空的，不能说明没有发布。请检查桥接服务的登录是否过期，或由人工观察这个账号。';

function viewOf(input: GatherFeedInput, entries: readonly FeedEntry[]): SourceView {
  const { kind, monitoredAt } = input;
  const seen = new Set<string>();
  const items = entries.map((entry) => itemOf(entry, seen));
  return viewSource({ kind, level: 'B', items, monitoredAt, complete: null });
}

/** Feeds that give one id to all their entries lose none of them: an id that is taken is told apart by link and date. */
function itemOf(entry: FeedEntry, seen: Set<string>): SourceItem {
  const { title, url, at, deleted } = entry;
  const itemId = entry.id === '' || seen.has(entry.id) ? `${entry.id} ${url} ${at}` : entry.id;
  seen.add(itemId);
  return {
    ...NO_COUNTS,
    itemId,
    title,
    url,
    publishedOn: at === null ? null : shanghaiDate(at),
    publishedAt: at,
    quiet: null,
    original: null,
    pinned: false,
    deleted,
  };
}

function feedViewOf({ url }: GatherFeedInput, view: SourceView): FeedView {
  const { itemCount, newest, futureItems, undatedItems } = view;
  return { url, itemCount, newest, futureItems, undatedItems };
}
