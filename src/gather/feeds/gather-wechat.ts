import type {
  PublishedItem,
  WechatInteraction,
  WechatPublished,
} from '../../domain/account-facts.ts';
import { type Fact, observed, unobserved } from '../../domain/fact.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import { WechatClient } from './wechat-client.ts';
import { readInteraction } from './wechat-interaction.ts';
import {
  lookBack,
  type PublishedRow,
  type Refusal,
  readQuietList,
  readTotalDetail,
} from './wechat-published.ts';

export interface GatherWechatInput {
  /** In place of https://api.weixin.qq.com; paths as documented. */
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: Secret;
  readonly monitoredAt: Instant;
  readonly fetcher: Fetcher;
  readonly staleWindowDays: number;
}

export interface WechatGathered {
  readonly published: Fact<WechatPublished>;
  readonly interaction: Fact<WechatInteraction>;
  readonly apiCalls: number;
  /** Every answer but those with a token, secrets taken out; for the archive. */
  readonly received: readonly ReceivedResponse[];
}

/** Calls for one account in one round: the window by single days, the lists, and a look-back of about three months. */
const CALLS_MAX = 160;
/** Calls kept for menu, auto-reply and comments when the look-back is long. */
const CALLS_KEPT = 12;

/** Asks an account's owner interfaces what it published and how it can be reached. */
export async function gatherWechat(input: GatherWechatInput): Promise<WechatGathered> {
  const client = new WechatClient(input.fetcher, input, CALLS_MAX);
  const refused = await client.connect();
  if (refused && !refused.ok) {
    const reason = `公众号接口拒绝授权（${refused.errcode}）：${refused.message}`;
    return {
      published: unobserved(reason),
      interaction: unobserved(reason),
      apiCalls: client.calls,
      received: client.received,
    };
  }
  const { view, rows } = await readPublished(client, input);
  const interaction = await readInteraction(client, rows);
  const published: Fact<WechatPublished> =
    view.answered.length > 0
      ? observed(view)
      : unobserved(`公众号发布接口都没有答复：${wordRefusals(view.refused)}`);
  return { published, interaction, apiCalls: client.calls, received: client.received };
}

function wordRefusals(refused: readonly Refusal[]): string {
  return refused.map(({ api, errcode, message }) => `${api} ${errcode} ${message}`).join('；');
}

async function readPublished(
  client: WechatClient,
  input: GatherWechatInput,
): Promise<{ view: WechatPublished; rows: readonly PublishedRow[] }> {
  const day = shanghaiDate(input.monitoredAt);
  const [windowFrom, yesterday] = [addDays(day, -input.staleWindowDays), addDays(day, -1)];
  const detail = await readTotalDetail(client, windowFrom, yesterday);
  const quiet = await readQuietList(client);
  const refused = [detail.refusal, quiet.refusal].filter((each) => each !== null);
  const answered = [
    ...(detail.refusal ? [] : ['getarticletotaldetail']),
    ...(quiet.refusal ? [] : ['freepublish/batchget']),
  ];
  let rows = detail.rows;
  let newest = newestOf([...rows, ...quiet.rows], day);
  if (detail.complete && (newest === null || newest.publishedOn < windowFrom)) {
    const older = await lookBackWithin(client, windowFrom);
    rows = [...rows, ...older];
    newest = newestOf([...older, ...(newest ? [newest] : [])], day);
  }
  const view: WechatPublished = {
    newest:
      newest === null
        ? null
        : { title: newest.title, url: newest.url, publishedOn: newest.publishedOn },
    completeFrom: detail.complete ? windowFrom : null,
    completeTo: detail.complete ? yesterday : null,
    answered,
    refused,
  };
  return { view, rows };
}

async function lookBackWithin(
  client: WechatClient,
  before: CalendarDate,
): Promise<readonly PublishedRow[]> {
  return (await lookBack(client, before, CALLS_KEPT)).rows;
}

/** The newest item not later than the monitoring day. */
function newestOf(items: readonly PublishedItem[], day: CalendarDate): PublishedItem | null {
  return items
    .filter((item) => item.publishedOn <= day)
    .reduce<PublishedItem | null>(
      (best, item) => (best === null || item.publishedOn > best.publishedOn ? item : best),
      null,
    );
}
