import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import { withoutSecrets } from './without-secrets.ts';

/** What an interface said: data, a refusal with the platform's errcode, or no answer. */
export type WechatAnswer =
  | { readonly ok: true; readonly data: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly errcode: number; readonly message: string };

/** An answer that never came (network, HTTP error, no JSON) is given this errcode: the platform's own are never −1000. */
export const NO_ANSWER = -1000;
/** Error table, new-media-apis §2.6. */
const TOKEN_ERRORS = new Set([40001, 40014, 42001]);
const SYSTEM_BUSY = -1;
const BUSY_TRIES = 3;
const CALL_LIMIT_MS = 20_000;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;

export interface WechatCredentials {
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: Secret;
}

/** Calls the owner interfaces of one account. Keeps the token; refreshes it once when the platform says that it is bad. */
export class WechatClient {
  readonly #fetcher: Fetcher;
  readonly #credentials: WechatCredentials;
  readonly #callsMax: number;
  #token: string | null = null;
  #calls = 0;
  readonly #received: ReceivedResponse[] = [];

  constructor(fetcher: Fetcher, credentials: WechatCredentials, callsMax: number) {
    this.#fetcher = fetcher;
    this.#credentials = credentials;
    this.#callsMax = callsMax;
  }

  get calls(): number {
    return this.#calls;
  }

  get budgetLeft(): number {
    return this.#callsMax - this.#calls;
  }

  /** Answers for the archive, our secrets taken out. Token answers are not among them. */
  get received(): readonly ReceivedResponse[] {
    return this.#received;
  }

  /** Gets a token; null means that calls may begin. */
  async connect(): Promise<WechatAnswer | null> {
    const { appId, appSecret } = this.#credentials;
    const body = {
      grant_type: 'client_credential',
      appid: appId,
      secret: appSecret.reveal(),
      force_refresh: false,
    };
    const answer = await this.#send('/cgi-bin/stable_token', 'POST', body, false);
    if (!answer.ok) return answer;
    if (typeof answer.data.access_token !== 'string')
      return { ok: false, errcode: NO_ANSWER, message: '没有返回 access_token' };
    this.#token = answer.data.access_token;
    return null;
  }

  /** One call with the token; a bad token is renewed once and the call replayed once. */
  async call(path: string, method: 'GET' | 'POST', body?: unknown): Promise<WechatAnswer> {
    const answer = await this.#withToken(path, method, body);
    if (answer.ok || !TOKEN_ERRORS.has(answer.errcode)) return answer;
    const refused = await this.connect();
    return refused ?? this.#withToken(path, method, body);
  }

  #withToken(path: string, method: 'GET' | 'POST', body: unknown): Promise<WechatAnswer> {
    return this.#send(
      `${path}?access_token=${encodeURIComponent(this.#token ?? '')}`,
      method,
      body,
      true,
    );
  }

  async #send(
    path: string,
    method: 'GET' | 'POST',
    body: unknown,
    archive: boolean,
  ): Promise<WechatAnswer> {
    let answer: WechatAnswer = {
      ok: false,
      errcode: NO_ANSWER,
      message: `已达单个账号 ${this.#callsMax} 次接口调用的上限`,
    };
    for (let tried = 0; tried < BUSY_TRIES && this.#calls < this.#callsMax; tried += 1) {
      answer = await this.#sendOnce(path, method, body, archive);
      const passing =
        !answer.ok && (answer.errcode === SYSTEM_BUSY || answer.errcode === NO_ANSWER);
      if (!passing) break;
    }
    return answer;
  }

  async #sendOnce(
    path: string,
    method: 'GET' | 'POST',
    body: unknown,
    archive: boolean,
  ): Promise<WechatAnswer> {
    this.#calls += 1;
    const url = `${this.#credentials.baseUrl.replace(/\/+$/, '')}${path}`;
    const payload =
      body === undefined
        ? {}
        : {
            body: Buffer.from(JSON.stringify(body)),
            headers: { 'content-type': 'application/json' },
          };
    const result = await this.#fetcher.fetch(url, {
      method,
      timeoutMs: CALL_LIMIT_MS,
      maxBytes: ANSWER_BYTES_MAX,
      maxRedirects: 0,
      ...payload,
    });
    if (result.kind === 'error')
      return { ok: false, errcode: NO_ANSWER, message: this.#redact(result.message) };
    if (archive)
      this.#received.push(...result.received.map((each) => withoutSecrets(each, this.#secrets())));
    if (result.status !== 200 || result.truncated)
      return { ok: false, errcode: NO_ANSWER, message: `接口返回 ${result.status}` };
    return readAnswer(Buffer.from(result.body).toString('utf8'), (text) => this.#redact(text));
  }

  #secrets(): readonly string[] {
    const token = this.#token ? [this.#token, encodeURIComponent(this.#token)] : [];
    return [this.#credentials.appSecret.reveal(), ...token];
  }

  /** No message of ours carries the secret or the token. */
  #redact(text: string): string {
    let clean = text.replaceAll(this.#credentials.appSecret.reveal(), '[secret]');
    if (this.#token) clean = clean.replaceAll(this.#token, '[secret]');
    return clean.slice(0, 200);
  }
}

function readAnswer(text: string, redact: (text: string) => string): WechatAnswer {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return { ok: false, errcode: NO_ANSWER, message: '接口没有返回 JSON' };
  }
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    return { ok: false, errcode: NO_ANSWER, message: '接口返回的不是对象' };
  const record = data as Record<string, unknown>;
  const errcode = Number(record.errcode ?? 0);
  if (errcode !== 0) return { ok: false, errcode, message: redact(String(record.errmsg ?? '')) };
  return { ok: true, data: record };
}
