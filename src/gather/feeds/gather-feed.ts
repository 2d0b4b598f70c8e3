import type { FeedView, PublishedItem } from '../../domain/account-facts.ts';
import { type Fact, observed, unobserved } from '../../domain/fact.ts';
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
  return { fact: readAnswer(input, result), received };
}

function readAnswer(input: GatherFeedInput, result: FetchResult): Fact<FeedView> {
  if (result.kind === 'error') return unobserved(`信源打不开：${result.message}`);
  if (result.truncated)
    return unobserved(`信源超过 ${FEED_BYTES_MAX / 1_048_576} MB 或中途断开，没有读全`);
  if (result.status >= 400) return unobserved(`信源返回 ${result.status}`);
  const text = decodeFeed(result.body, result.headers['content-type'] ?? '');
  if (isChallengePage({ status: result.status, text: text.slice(0, 40_000) }))
    return unobserved('信源被拦截');
  const parsed = parseFeed(text);
  if (!parsed.ok) return unobserved(parsed.reason);
  return observed(viewOf(input, parsed.entries));
}

function viewOf(input: GatherFeedInput, entries: readonly FeedEntry[]): FeedView {
  const living = entries.filter((entry) => !entry.deleted);
  const lastDay = shanghaiDate(input.monitoredAt);
  const dated = living.flatMap((entry) =>
    entry.at === null ? [] : [{ ...entry, on: shanghaiDate(entry.at) }],
  );
  const past = dated.filter((entry) => entry.on <= lastDay);
  const newest = past.reduce<(typeof past)[number] | null>(
    (best, entry) => (best === null || entry.on > best.on ? entry : best),
    null,
  );
  const item: PublishedItem | null =
    newest === null ? null : { title: newest.title, url: newest.url, publishedOn: newest.on };
  return {
    url: input.url,
    itemCount: living.length,
    newest: item,
    futureItems: dated.length - past.length,
    undatedItems: living.length - dated.length,
  };
}
