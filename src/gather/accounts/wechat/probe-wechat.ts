import type { Fetcher } from '../../../lib/node/http/create-fetcher.ts';
import { addDays, shanghaiDate } from '../../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../../lib/pure/received-response.ts';
import { clientFor } from './gather-wechat.ts';
import type { WechatApi, WechatStanding } from './wechat-client.ts';
import { wordRefusal } from './wechat-errors.ts';
import { type Refusal, refusalOf } from './wechat-published.ts';
import type { QuotaCounter } from './wechat-quotas.ts';
import type { WechatCredential } from './wechat-tokens.ts';

export interface ProbeWechatInput {
  readonly baseUrl: string;
  readonly credential: WechatCredential;
  readonly fetcher: Fetcher;
  readonly quotas?: QuotaCounter;
  readonly now?: () => number;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

export interface WechatProbe {
  /** Null = the credential is good; else in Chinese why not, and what to do. */
  readonly problem: string | null;
  readonly standing: WechatStanding;
  readonly refused: readonly Refusal[];
  readonly apiCalls: number;
  readonly received: readonly ReceivedResponse[];
}

/**
 * What an account's credential is good for: a token and one small call to each interface, six calls in all. Asked when a credential
 * is entered; later visits learn the same on the way.
 */
export async function probeWechat(input: ProbeWechatInput): Promise<WechatProbe> {
  const { exchange, client } = clientFor(input);
  const yesterday = addDays(shanghaiDate((input.now ?? Date.now)()), -1);
  const questions: readonly (readonly [WechatApi, unknown])[] = [
    ['getarticletotaldetail', { begin_date: yesterday, end_date: yesterday }],
    ['freepublish/batchget', { offset: 0, count: 1, no_content: 1 }],
    ['get_current_selfmenu_info', undefined],
    ['get_current_autoreply_info', undefined],
    // The right is told before the article is looked for.
    ['comment/list', { msg_data_id: 0, index: 0, begin: 0, count: 1, type: 0 }],
  ];
  const refused: Refusal[] = [];
  const noToken = await client.connect();
  for (const [api, body] of noToken ? [] : questions) {
    const answer = await client.call(api, body);
    if (!answer.ok) refused.push(refusalOf(api, answer));
  }
  const { standing } = client;
  return {
    problem: noToken ? wordRefusal(noToken) : (standing.alarm?.message ?? null),
    standing,
    refused,
    apiCalls: exchange.calls,
    received: exchange.received,
  };
}
