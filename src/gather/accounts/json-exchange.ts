import type { Fetcher, FetchResult } from '../../lib/node/http/create-fetcher.ts';
import { cutText } from '../../lib/pure/cut-text.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import type { Secret } from '../../lib/pure/secret.ts';
import { NO_ANSWER, NOT_ASKED, type PlatformRefusal } from './platform-errors.ts';
import { withoutSecrets } from './without-secrets.ts';

export type JsonRecord = Readonly<Record<string, unknown>>;

export type PlatformAnswer = { readonly ok: true; readonly data: JsonRecord } | PlatformRefusal;

export interface JsonCall {
  readonly path: string;
  readonly method: 'GET' | 'POST';
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as `application/x-www-form-urlencoded`. */
  readonly form?: Readonly<Record<string, string>>;
  /** Sent as JSON, Chinese as it is and never escaped: what is sent stands so in an account. */
  readonly json?: unknown;
  /** Asked before every try; a refusal here is the answer, unless a try before had one. */
  readonly admit?: () => Promise<PlatformRefusal | null>;
  /** An answer with tokens in it never goes into an archive. */
  readonly archive: boolean;
}

export interface ExchangeOptions {
  readonly fetcher: Fetcher;
  readonly baseUrl: string;
  readonly callsMax: number;
  /** The platform's refusal in an answer, or null when it is none. */
  readonly readRefusal: (data: JsonRecord) => { errcode: number; message: string } | null;
  /** Codes in passing (busy): asked again at once. */
  readonly isPassing: (errcode: number) => boolean;
  /** Waits between two tries, twice as long before the third; absent = they follow at once. */
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Tries of one call while the platform is busy. Longer waiting is told and not done: whoever has time for it is the caller's caller. */
const BUSY_TRIES = 3;
const FIRST_PAUSE_MS = 250;
const CALL_LIMIT_MS = 20_000;
const ANSWER_BYTES_MAX = 4 * 1024 * 1024;
const MESSAGE_MAX = 200;

/**
 * Asks a platform's JSON interfaces for one account: counted, bounded, and with nothing secret in what is kept or said. HTTP status
 * codes are not believed: some platforms refuse with 200, others send their code with 400 or 403.
 */
export class JsonExchange {
  readonly #options: ExchangeOptions;
  readonly #secrets = new Set<string>();
  readonly #received: ReceivedResponse[] = [];
  #calls = 0;
  #lastAt: Instant | null = null;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  get calls(): number {
    return this.#calls;
  }

  get received(): readonly ReceivedResponse[] {
    return this.#received;
  }

  get budgetLeft(): number {
    return this.#options.callsMax - this.#calls;
  }

  /** When the last call was sent; null before the first. */
  get lastAt(): Instant | null {
    return this.#lastAt;
  }

  /** From now on it stands in nothing that is kept or said. */
  hide(secret: Secret): void {
    const text = secret.reveal();
    if (text !== '') this.#secrets.add(text).add(encodeURIComponent(text));
  }

  async send(call: JsonCall): Promise<PlatformAnswer> {
    let answer: PlatformAnswer = {
      ok: false,
      errcode: NOT_ASKED,
      message: `已达单个信源一次访问 ${this.#options.callsMax} 次接口调用的上限`,
    };
    for (let tried = 0; tried < BUSY_TRIES && this.budgetLeft > 0; tried += 1) {
      if (tried > 0) await this.#options.pause?.(FIRST_PAUSE_MS * 2 ** (tried - 1));
      const barred = await call.admit?.();
      if (barred) return tried === 0 ? barred : answer;
      answer = await this.#sendOnce(call);
      if (answer.ok || !this.#options.isPassing(answer.errcode)) break;
    }
    return answer;
  }

  async #sendOnce(call: JsonCall): Promise<PlatformAnswer> {
    this.#calls += 1;
    const query = new URLSearchParams(call.query ?? {}).toString();
    const address = `${this.#options.baseUrl.replace(/\/+$/, '')}${call.path}`;
    const result = await this.#options.fetcher.fetch(query ? `${address}?${query}` : address, {
      method: call.method,
      timeoutMs: CALL_LIMIT_MS,
      maxBytes: ANSWER_BYTES_MAX,
      maxRedirects: 0,
      headers: {
        ...call.headers,
        ...(call.form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...(call.json === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(call.form ? { body: Buffer.from(new URLSearchParams(call.form).toString()) } : {}),
      ...(call.json === undefined ? {} : { body: Buffer.from(JSON.stringify(call.json)) }),
    });
    this.#lastAt = result.happenedAt;
    const hidden = [...this.#secrets];
    if (call.archive)
      this.#received.push(...result.received.map((each) => withoutSecrets(each, hidden)));
    return this.#read(result);
  }

  #read(result: FetchResult): PlatformAnswer {
    if (result.kind === 'error') return this.#refusal(NO_ANSWER, result.message);
    if (result.truncated) return this.#refusal(NO_ANSWER, '接口的答复过大或中途断开');
    const data = parseRecord(Buffer.from(result.body).toString('utf8'));
    if (data === null)
      return this.#refusal(NO_ANSWER, `接口返回 ${result.status}，内容不是 JSON 对象`);
    const refused = this.#options.readRefusal(data);
    if (refused) return this.#refusal(refused.errcode, refused.message);
    return result.status === 200
      ? { ok: true, data }
      : this.#refusal(NO_ANSWER, `接口返回 ${result.status}`);
  }

  #refusal(errcode: number, message: string): PlatformRefusal {
    let clean = message;
    for (const secret of this.#secrets) clean = clean.replaceAll(secret, '[secret]');
    return { ok: false, errcode, message: cutText(clean, MESSAGE_MAX) };
  }
}

function parseRecord(text: string): JsonRecord | null {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The value when it is an object; everything of an answer is looked at before it is believed. */
export function asRecord(value: unknown): JsonRecord | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonRecord)
    : null;
}

/** A count that a platform gives as number or digits; null when it is neither. */
export function asCount(value: unknown): number | null {
  const count = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof count === 'number' && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

/** An id that a platform gives as text or number; '' when it is neither. */
export function asId(value: unknown): string {
  if (typeof value === 'string') return cutText(value.trim(), MESSAGE_MAX);
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : '';
}
