import type { SourceView } from '../../../domain/account-sources.ts';
import { observed, unobserved } from '../../../domain/fact.ts';
import { type SourceItem, viewSource } from '../../../domain/view-source.ts';
import type { Fetcher } from '../../../lib/node/http/create-fetcher.ts';
import { addDays, type Instant, shanghaiDate, shanghaiText } from '../../../lib/pure/dates.ts';
import { asRecord, JsonExchange, type JsonRecord, type PlatformAnswer } from '../json-exchange.ts';
import {
  NOT_ASKED,
  type PlatformRefusal,
  ruleOf,
  standingOf,
  wordRefusal,
} from '../platform-errors.ts';
import { type SourceAlarm, type SourceGathered, WORKING } from '../source-gathered.ts';
import { DOUYIN_ERRORS } from './douyin-errors.ts';
import { type DouyinTokens, isRenewalDue, refreshTokens } from './douyin-tokens.ts';
import { readWorks } from './read-works.ts';

export interface GatherDouyinInput {
  /** In place of https://open.douyin.com; paths as documented. */
  readonly baseUrl: string;
  readonly clientKey: string;
  readonly openId: string;
  readonly tokens: DouyinTokens;
  readonly monitoredAt: Instant;
  /** The present: tokens are told by it to be at their end. */
  readonly now: Instant;
  readonly fetcher: Fetcher;
  readonly windowDays: number;
}

export interface DouyinGathered extends SourceGathered {
  /** New tokens, to be stored in place of the given ones even where nothing else came of the visit; null = unchanged. */
  readonly renewed: DouyinTokens | null;
}

const NAME = '抖音接口';
const LIST = '/api/douyin/v1/video/video_list/';
const PAGE_COUNT = 20;
/** Pages read of one list: 400 works in two weeks are more than any account publishes. */
const PAGES_MAX = 20;
const CALLS_MAX = 30;

/** Asks Douyin for an account's own works (new-media-apis §5, scope `video.list.bind`). Refreshes its token once at the most. */
export async function gatherDouyin(input: GatherDouyinInput): Promise<DouyinGathered> {
  const client = new DouyinClient(input);
  const works = await readList(client, input);
  const { received, calls, renewed } = client;
  const { refusal, items } = works;
  const at = client.lastAt ?? input.now;
  const standing = refusal
    ? standingOf(NAME, DOUYIN_ERRORS, refusal, at)
    : { ...WORKING, alarm: endOf(client) };
  const rest = { received, calls, renewed, standing };
  if (refusal && items.length === 0)
    return { ...rest, fact: unobserved(wordRefusal(NAME, DOUYIN_ERRORS, refusal)) };
  if (items.length === 0) return { ...rest, fact: unobserved(EMPTY) };
  return { ...rest, fact: observed(viewOf(input, works, at)) };
}

/** The owner is told before the end, not after it. */
function endOf({ unrenewable, tokens }: DouyinClient): SourceAlarm | null {
  if (unrenewable === null) return null;
  const { errcode, message } = unrenewable;
  const ends = shanghaiText(tokens.refreshExpiresAt);
  const words = `抖音授权将于 ${ends} 到期，平台不再续期（${errcode} ${message}）。请账号管理员在此之前重新授权。`;
  return { errcode, audience: 'owner', message: words };
}

const EMPTY = '抖音接口返回空列表，不能说明没有发布。请由人工观察这个账号。';

/** Calls with the account's token; one that is past or refused is replaced once. */
class DouyinClient {
  readonly #input: GatherDouyinInput;
  readonly #exchange: JsonExchange;
  #tokens: DouyinTokens;
  #hasRefreshed = false;
  #unrenewable: PlatformRefusal | null = null;

  constructor(input: GatherDouyinInput) {
    this.#input = input;
    this.#tokens = input.tokens;
    this.#exchange = new JsonExchange({
      fetcher: input.fetcher,
      baseUrl: input.baseUrl,
      callsMax: CALLS_MAX,
      readRefusal,
      isPassing: (errcode) => ruleOf(DOUYIN_ERRORS, errcode).action === 'retry',
    });
    this.#exchange.hide(input.tokens.accessToken);
    if (input.tokens.refreshToken) this.#exchange.hide(input.tokens.refreshToken);
  }

  get received() {
    return this.#exchange.received;
  }

  get calls(): number {
    return this.#exchange.calls;
  }

  get lastAt(): Instant | null {
    return this.#exchange.lastAt;
  }

  get renewed(): DouyinTokens | null {
    return this.#tokens === this.#input.tokens ? null : this.#tokens;
  }

  /** Why the authorisation cannot be prolonged any more, although it still works. */
  get unrenewable(): PlatformRefusal | null {
    return this.#unrenewable;
  }

  get tokens(): DouyinTokens {
    return this.#tokens;
  }

  async list(cursor: string): Promise<PlatformAnswer> {
    const { now } = this.#input;
    const isDue = this.#tokens.accessExpiresAt <= now || isRenewalDue(this.#tokens, now);
    if (isDue && !this.#hasRefreshed) {
      const refused = await this.#refresh();
      if (refused) return refused;
    }
    const answer = await this.#askList(cursor);
    if (answer.ok || ruleOf(DOUYIN_ERRORS, answer.errcode).action !== 'refresh-token')
      return answer;
    if (this.#hasRefreshed) return answer;
    return (await this.#refresh()) ?? this.#askList(cursor);
  }

  #askList(cursor: string): Promise<PlatformAnswer> {
    return this.#exchange.send({
      path: LIST,
      method: 'GET',
      archive: true,
      query: { open_id: this.#input.openId, cursor, count: String(PAGE_COUNT) },
      headers: {
        'access-token': this.#tokens.accessToken.reveal(),
        'content-type': 'application/json',
      },
    });
  }

  async #refresh(): Promise<PlatformRefusal | null> {
    this.#hasRefreshed = true;
    const { clientKey, now } = this.#input;
    const answer = await refreshTokens(this.#exchange, clientKey, this.#tokens, now);
    if (!answer.ok) return answer;
    this.#tokens = answer.tokens;
    this.#unrenewable = answer.unrenewable;
    return null;
  }
}

interface Works {
  readonly items: readonly SourceItem[];
  readonly isComplete: boolean;
  readonly refusal: PlatformRefusal | null;
}

/** Reads back until a work is older than the window, or the platform says that there is no more. */
async function readList(client: DouyinClient, input: GatherDouyinInput): Promise<Works> {
  const from = addDays(shanghaiDate(input.monitoredAt), -input.windowDays);
  const items = new Map<string, SourceItem>();
  let isReadable = true;
  let cursor = '0';
  const end = (isComplete: boolean, refusal: PlatformRefusal | null = null): Works => ({
    items: [...items.values()],
    isComplete: isComplete && isReadable,
    refusal,
  });
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await client.list(cursor);
    if (!answer.ok) return end(false, answer);
    const data = asRecord(answer.data.data) ?? {};
    const read = readWorks(data.list);
    isReadable &&= read.isReadable;
    const fresh = read.items.filter((item) => !items.has(item.itemId));
    for (const item of fresh) items.set(item.itemId, item);
    // By place: a pinned work at the top says nothing of the ones below it.
    const last = fresh.findLast((item) => !item.pinned);
    if (last?.publishedOn && last.publishedOn < from) return end(true);
    const next = cursorOf(data.cursor);
    // Older answers write 1 and 0. Whoever says neither says nothing of an end.
    const more = typeof data.has_more === 'number' ? data.has_more === 1 : data.has_more;
    if (more === false) return end(items.size > 0);
    if (more !== true || next === null || next === cursor) return end(false);
    cursor = next;
  }
  const message = `已读 ${PAGES_MAX} 页，还没有读到 ${from} 以前`;
  return end(false, { ok: false, errcode: NOT_ASKED, message });
}

function cursorOf(value: unknown): string | null {
  if (typeof value === 'string' && /^\d{1,19}$/.test(value)) return value;
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? String(value)
    : null;
}

function viewOf(input: GatherDouyinInput, works: Works, askedAt: Instant): SourceView {
  const day = shanghaiDate(input.monitoredAt);
  const asked = shanghaiDate(askedAt);
  // The day on which it was asked is not over; a monitoring day that lies before it is.
  const to = asked > day ? day : addDays(asked, -1);
  const { refusal } = works;
  return viewSource({
    kind: 'douyin',
    level: 'A1',
    items: works.items,
    monitoredAt: input.monitoredAt,
    complete: works.isComplete ? { from: addDays(day, -input.windowDays), to } : null,
    refused: refusal
      ? [{ api: 'video/video_list', errcode: refusal.errcode, message: refusal.message }]
      : [],
  });
}

/** `{data:{error_code,description},extra:{error_code,sub_error_code,…}}`, with HTTP 200; either place may carry the code. */
function readRefusal(answer: JsonRecord): { errcode: number; message: string } | null {
  for (const part of [asRecord(answer.data), asRecord(answer.extra)]) {
    const errcode = Number(part?.error_code ?? 0);
    if (!Number.isSafeInteger(errcode) || errcode === 0) continue;
    const { description } = part ?? {};
    return { errcode, message: typeof description === 'string' ? description : '' };
  }
  return null;
}
