import type {
  AccountRegister,
  FeedView,
  Observation,
  WechatPublished,
} from '../../domain/account-facts.ts';
import { NO_COUNTS, type SourcePost, type SourceView } from '../../domain/account-sources.ts';

/** Values of account facts for tests. */

/** A sight on the day before the monitoring day, at which nobody looked at anything. */
export function sight(more: Partial<Observation> = {}): Observation {
  return {
    observedAt: '2020-09-16T02:00:00.000Z',
    newestOn: null,
    ways: null,
    testedAt: null,
    repliedAt: null,
    image: null,
    origin: 'observations.csv:2',
    ...more,
  };
}

export function feed(publishedOn: string | null): FeedView {
  const newest = publishedOn === null ? null : { title: '标题', url: 'http://a/1', publishedOn };
  return { url: 'http://a/feed', itemCount: 1, newest, futureItems: 0, undatedItems: 0 };
}

/** Owner interfaces that answered the whole window. */
export function wechat(
  publishedOn: string | null,
  more: Partial<WechatPublished> = {},
): WechatPublished {
  return {
    newest: publishedOn === null ? null : { title: '标题', url: '', publishedOn },
    completeFrom: '2020-09-03',
    completeTo: '2020-09-16',
    answered: ['getarticletotaldetail', 'freepublish/batchget'],
    refused: [],
    ...more,
  };
}

/** An item of a source, named after its day. */
export function sourcePost(publishedOn: string, more: Partial<SourcePost> = {}): SourcePost {
  return {
    ...NO_COUNTS,
    itemId: publishedOn,
    title: '标题',
    url: '',
    publishedOn,
    publishedAt: null,
    quiet: null,
    original: null,
    pinned: false,
    deleted: false,
    ...more,
  };
}

/** An own timeline that was read back past the window. */
export function sourceView(publishedOn: string | null, more: Partial<SourceView> = {}): SourceView {
  const posts = publishedOn === null ? [] : [sourcePost(publishedOn)];
  return {
    kind: 'weibo',
    level: 'A1',
    newest: publishedOn === null ? null : { title: '标题', url: '', publishedOn },
    posts,
    itemCount: posts.length,
    completeFrom: '2020-09-03',
    completeTo: '2020-09-16',
    futureItems: 0,
    undatedItems: 0,
    refused: [],
    ...more,
  };
}

/** A running account of 岳阳市商务局. */
export function accountRegister(more: Partial<AccountRegister> = {}): AccountRegister {
  return {
    name: '岳阳商务',
    formerNames: ['岳阳市商务局'],
    status: 'running',
    since: '2019-01-01',
    sponsor: {
      name: '岳阳市商务局',
      otherNames: ['岳阳市商务和粮食局'],
      above: ['岳阳市', '湖南省'],
      below: ['岳阳市口岸办公室'],
    },
    ...more,
  };
}
