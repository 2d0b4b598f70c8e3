import { setTimeout as wait } from 'node:timers/promises';
import type {
  CommentsView,
  PublishedItem,
  WechatInteraction,
  WechatPublished,
} from '../../../domain/account-facts.ts';
import { type Fact, observed, unobserved } from '../../../domain/fact.ts';
import type { Fetcher } from '../../../lib/node/http/create-fetcher.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../../lib/pure/received-response.ts';
import type { WechatCapabilities } from './wechat-capabilities.ts';
import { WechatClient, type WechatStanding } from './wechat-client.ts';
import { readComments } from './wechat-comments.ts';
import { wordRefusal } from './wechat-errors.ts';
import { WechatExchange } from './wechat-exchange.ts';
import { readInteraction } from './wechat-interaction.ts';
import {
  lookBack,
  type PublishedRow,
  type Refusal,
  readQuietList,
  readTotalDetail,
} from './wechat-published.ts';
import { MemoryQuotas, type QuotaCounter } from './wechat-quotas.ts';
import { tokensOf, type WechatCredential } from './wechat-tokens.ts';

export interface GatherWechatInput {
  /** In place of https://api.weixin.qq.com, which '' means; paths as documented. */
  readonly baseUrl: string;
  readonly credential: WechatCredential;
  readonly monitoredAt: Instant;
  readonly fetcher: Fetcher;
  readonly staleWindowDays: number;
  /** What the last visit learned, and the day's counts; without them an account is asked as if for the first time. */
  readonly capabilities?: WechatCapabilities;
  readonly quotas?: QuotaCounter;
  /** False = do not search statistics for the last publication before a silent window: a sweep that knows it already. */
  readonly looksBack?: boolean;
  /** False = ask only what was published, not how the account can be reached. */
  readonly asksInteraction?: boolean;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

export interface WechatGathered {
  readonly published: Fact<WechatPublished>;
  readonly interaction: Fact<WechatInteraction>;
  readonly comments: Fact<CommentsView>;
  /** Every article that the interfaces showed. */
  readonly rows: readonly PublishedRow[];
  readonly standing: WechatStanding;
  readonly apiCalls: number;
  /** Every answer but those with a token, secrets taken out; for the archive. */
  readonly received: readonly ReceivedResponse[];
}

/** Where the platform's interfaces are. */
export const WECHAT_API = 'https://api.weixin.qq.com';
/** Calls for one account in one round: the window by single days, the lists, and a look-back of about three months. */
const CALLS_MAX = 160;
/** Calls kept for menu, auto-reply and comments when the look-back is long. */
const CALLS_KEPT = 16;

/** Asks an account's owner interfaces what it published and how it can be reached. Never throws for what the platform does. */
export async function gatherWechat(input: GatherWechatInput): Promise<WechatGathered> {
  const { exchange, client } = clientFor(input);
  const done = () => ({
    standing: client.standing,
    apiCalls: exchange.calls,
    received: exchange.received,
  });
  const refused = await client.connect();
  if (refused) {
    const reason = `公众号接口拒绝授权（${refused.errcode}）：${wordRefusal(refused)}`;
    const nothing = unobserved(reason);
    return { published: nothing, interaction: nothing, comments: nothing, rows: [], ...done() };
  }
  const { view, rows } = await readPublished(client, input);
  const published: Fact<WechatPublished> =
    view.answered.length > 0
      ? observed(view)
      : unobserved(`公众号发布接口都没有答复：${wordRefusals(view.refused)}`);
  if (input.asksInteraction === false)
    return { published, interaction: NOT_ASKED, comments: NOT_ASKED, rows, ...done() };
  const comments = await readComments(client, rows);
  const interaction = await readInteraction(client, comments.right);
  return { published, interaction, comments: comments.fact, rows, ...done() };
}

const NOT_ASKED = unobserved('这次没有查看互动方式');

/** One account's client for one visit. */
export function clientFor(input: Omit<GatherWechatInput, 'monitoredAt' | 'staleWindowDays'>): {
  readonly exchange: WechatExchange;
  readonly client: WechatClient;
} {
  const { fetcher, baseUrl, capabilities = {}, now = Date.now } = input;
  const exchange = new WechatExchange({
    fetcher,
    baseUrl: baseUrl || WECHAT_API,
    callsMax: CALLS_MAX,
    pause: input.pause ?? wait,
  });
  const quotas = input.quotas ?? new MemoryQuotas();
  const tokens = tokensOf(input.credential, { exchange, quotas, now });
  return { exchange, client: new WechatClient({ exchange, tokens, quotas, capabilities, now }) };
}

function wordRefusals(refused: readonly Refusal[]): string {
  return refused
    .map(({ api, ...said }) => `${api} ${wordRefusal({ ok: false, ...said })}`)
    .join('；');
}

async function readPublished(
  client: WechatClient,
  input: GatherWechatInput,
): Promise<{ view: WechatPublished; rows: readonly PublishedRow[] }> {
  const day = shanghaiDate(input.monitoredAt);
  const [windowFrom, yesterday] = [addDays(day, -input.staleWindowDays), addDays(day, -1)];
  const detail = await readTotalDetail(client, { from: windowFrom, to: yesterday });
  const quiet = await readQuietList(client);
  let rows = [...detail.rows, ...quiet.rows];
  const withdrawn = newestOf(rows, day, (row) => row.deleted);
  let newest = newestOf(rows, day);
  const isSilent = newest === null || newest.publishedOn < windowFrom;
  // What was published in the window and taken back since is no silence that could be held against anybody: a person has to look.
  const isTakenBack = isSilent && withdrawn !== null && withdrawn.publishedOn >= windowFrom;
  // Hardly read articles may be missing in the statistics and notified ones are in no list: only both together show everything (§7).
  const isComplete = detail.complete && quiet.whole && !isTakenBack;
  if (isSilent && detail.complete && (input.looksBack ?? true)) {
    rows = [...rows, ...(await lookBack(client, windowFrom, CALLS_KEPT))];
    newest = newestOf(rows, day);
  }
  const view: WechatPublished = {
    newest: newest && itemOf(newest),
    withdrawn: withdrawn && itemOf(withdrawn),
    completeFrom: isComplete ? windowFrom : null,
    completeTo: isComplete ? yesterday : null,
    answered: [
      ...(detail.refusal ? [] : ['getarticletotaldetail']),
      ...(quiet.refusal ? [] : ['freepublish/batchget']),
    ],
    refused: [detail.refusal, quiet.refusal].filter((each) => each !== null),
  };
  return { view, rows };
}

const itemOf = ({ title, url, publishedOn }: PublishedItem): PublishedItem => ({
  title,
  url,
  publishedOn,
});

/** The newest article not later than the monitoring day that is still there, or that was taken back. */
function newestOf(
  rows: readonly PublishedRow[],
  day: CalendarDate,
  isWanted: (row: PublishedRow) => boolean = (row) => !row.deleted,
): PublishedRow | null {
  return rows
    .filter((row) => row.publishedOn <= day && isWanted(row))
    .reduce<PublishedRow | null>(
      (best, row) => (best === null || row.publishedOn > best.publishedOn ? row : best),
      null,
    );
}
