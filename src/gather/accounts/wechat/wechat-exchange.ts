import type { Fetcher } from '../../../lib/node/http/create-fetcher.ts';
import type { ReceivedResponse } from '../../../lib/pure/received-response.ts';
import type { Secret } from '../../../lib/pure/secret.ts';
import { JsonExchange, type JsonRecord } from '../json-exchange.ts';
import {
  NO_ANSWER,
  NOT_ASKED,
  refusal,
  type WechatAnswer,
  type WechatRefusal,
} from './wechat-answer.ts';
import { actionOf } from './wechat-errors.ts';

export interface ExchangeOptions {
  readonly fetcher: Fetcher;
  /** In place of https://api.weixin.qq.com; paths as documented. */
  readonly baseUrl: string;
  /** Requests at the most, over all interfaces and tries. */
  readonly callsMax: number;
  /** Waits between two tries. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

export interface WechatCall {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  /** `access_token` or `component_access_token`, by its parameter's name. */
  readonly token?: { readonly name: string; readonly value: Secret };
  readonly body?: unknown;
  /** Whether the answer is kept for the archive: never one that carries a token. */
  readonly archive: boolean;
  /** Asked before every try; a refusal here is the answer. */
  readonly admit?: () => Promise<WechatRefusal | null>;
}

/**
 * Requests to WeChat, tried again after growing pauses while it is busy. After a call that brought no answer at all it is asked
 * nothing more: so many calls, each with its time limit, would hold up a sweep for nothing.
 */
export class WechatExchange {
  readonly #json: JsonExchange;
  #silent = false;

  constructor(options: ExchangeOptions) {
    this.#json = new JsonExchange({
      ...options,
      readRefusal,
      isPassing: (errcode) => actionOf(errcode) === 'retry',
    });
  }

  get calls(): number {
    return this.#json.calls;
  }

  get budgetLeft(): number {
    return this.#json.budgetLeft;
  }

  /** Answers for the archive, our secrets taken out. Answers with tokens are not among them. */
  get received(): readonly ReceivedResponse[] {
    return this.#json.received;
  }

  /** From now on it stands in nothing that is kept or said. */
  hide(secret: Secret): void {
    this.#json.hide(secret);
  }

  async send({ token, body, ...call }: WechatCall): Promise<WechatAnswer> {
    if (this.#silent) return refusal(NOT_ASKED, '前面的调用没有等到答复，没有再问');
    if (token) this.hide(token.value);
    const answer = await this.#json.send({
      ...call,
      ...(token ? { query: { [token.name]: token.value.reveal() } } : {}),
      ...(body === undefined ? {} : { json: body }),
    });
    this.#silent = !answer.ok && answer.errcode === NO_ANSWER;
    return answer;
  }
}

/** A success may omit errcode or give 0; what is no number is no success. */
function readRefusal(data: JsonRecord): { errcode: number; message: string } | null {
  const errcode = Number(data.errcode ?? 0);
  if (errcode === 0) return null;
  return {
    errcode: Number.isFinite(errcode) ? errcode : NO_ANSWER,
    message: String(data.errmsg ?? ''),
  };
}
