import type { Fetcher, FetchResult } from '../../../lib/node/http/create-fetcher.ts';
import { cutText } from '../../../lib/pure/cut-text.ts';
import type { ReceivedResponse } from '../../../lib/pure/received-response.ts';
import type { Secret } from '../../../lib/pure/secret.ts';
import { withoutSecrets } from '../../feeds/without-secrets.ts';
import {
  NO_ANSWER,
  NOT_ASKED,
  refusal,
  type WechatAnswer,
  type WechatRefusal,
} from './wechat-answer.ts';
import { actionOf } from './wechat-errors.ts';

const TRIES_MAX = 3;
/** Before the second and the third try; a pause doubles for the next. Nothing here waits longer. */
const FIRST_PAUSE_MS = 250;
const CALL_LIMIT_MS = 20_000;
/** A page of twenty articles without content is some 40 KB; with content, which is never asked for, some megabytes. */
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const MESSAGE_LENGTH_MAX = 200;

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
 * Requests to the platform: JSON both ways, tried again while the platform is busy, counted, our secrets taken out of everything
 * that is kept or said. After a call that brought no answer at all the platform is asked nothing more: so many calls, each with
 * its time limit, would hold up a sweep for nothing.
 */
export class WechatExchange {
  readonly #options: ExchangeOptions;
  readonly #secrets = new Set<string>();
  readonly #received: ReceivedResponse[] = [];
  #calls = 0;
  #silent = false;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  get calls(): number {
    return this.#calls;
  }

  get budgetLeft(): number {
    return this.#options.callsMax - this.#calls;
  }

  /** Answers for the archive, our secrets taken out. Answers with tokens are not among them. */
  get received(): readonly ReceivedResponse[] {
    return this.#received;
  }

  /** From now on it stands in nothing that is kept or said. */
  hide(secret: Secret): void {
    const text = secret.reveal();
    if (text !== '') this.#secrets.add(text).add(encodeURIComponent(text));
  }

  async send(call: WechatCall): Promise<WechatAnswer> {
    if (this.#silent) return refusal(NOT_ASKED, '前面的调用没有等到答复，没有再问');
    let answer: WechatAnswer = refusal(NO_ANSWER, '');
    for (let tried = 0; tried < TRIES_MAX; tried += 1) {
      if (tried > 0) await this.#options.pause(FIRST_PAUSE_MS * 2 ** (tried - 1));
      const barred = await this.#admit(call);
      if (barred) return tried === 0 ? barred : answer;
      answer = await this.#sendOnce(call);
      if (answer.ok || actionOf(answer.errcode) !== 'retry') return answer;
    }
    this.#silent = !answer.ok && answer.errcode === NO_ANSWER;
    return answer;
  }

  async #admit({ admit }: WechatCall): Promise<WechatRefusal | null> {
    if (this.budgetLeft <= 0)
      return refusal(NOT_ASKED, `已达单个账号 ${this.#options.callsMax} 次接口调用的上限`);
    return (await admit?.()) ?? null;
  }

  async #sendOnce({ path, method, token, body, archive }: WechatCall): Promise<WechatAnswer> {
    this.#calls += 1;
    const { baseUrl, fetcher } = this.#options;
    if (token) this.hide(token.value);
    const query = token ? `?${token.name}=${encodeURIComponent(token.value.reveal())}` : '';
    const payload =
      body === undefined
        ? {}
        : {
            // Chinese as it is, never escaped: what is sent stands so in the account.
            body: Buffer.from(JSON.stringify(body)),
            headers: { 'content-type': 'application/json' },
          };
    const result = await fetcher.fetch(`${baseUrl.replace(/\/+$/, '')}${path}${query}`, {
      method,
      timeoutMs: CALL_LIMIT_MS,
      maxBytes: ANSWER_BYTES_MAX,
      maxRedirects: 0,
      ...payload,
    });
    return this.#read(result, archive);
  }

  #read(result: FetchResult, archive: boolean): WechatAnswer {
    if (result.kind === 'error') return refusal(NO_ANSWER, this.#clean(result.message));
    if (archive)
      this.#received.push(
        ...result.received.map((each) => withoutSecrets(each, [...this.#secrets])),
      );
    if (result.status !== 200 || result.truncated)
      return refusal(NO_ANSWER, `接口返回 ${result.status}${result.truncated ? '，内容过长' : ''}`);
    const answer = readAnswer(Buffer.from(result.body).toString('utf8'));
    return answer.ok ? answer : refusal(answer.errcode, this.#clean(answer.message));
  }

  /** No message of ours carries a secret, whatever the platform echoes. */
  #clean(text: string): string {
    const clean = [...this.#secrets].reduce(
      (rest, secret) => rest.replaceAll(secret, '[secret]'),
      text,
    );
    return cutText(clean, MESSAGE_LENGTH_MAX);
  }
}

function readAnswer(text: string): WechatAnswer {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return refusal(NO_ANSWER, '接口没有返回 JSON');
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return refusal(NO_ANSWER, '接口返回的不是对象');
  const record = data as Record<string, unknown>;
  const errcode = Number(record.errcode ?? 0);
  // A success may omit errcode or give 0; what is no number is no success.
  if (errcode === 0) return { ok: true, data: record };
  return refusal(Number.isFinite(errcode) ? errcode : NO_ANSWER, String(record.errmsg ?? ''));
}
