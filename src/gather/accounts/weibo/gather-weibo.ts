import type { SourceView } from '../../../domain/account-sources.ts';
import { observed, unobserved } from '../../../domain/fact.ts';
import { type SourceItem, viewSource } from '../../../domain/view-source.ts';
import type { Fetcher } from '../../../lib/node/http/create-fetcher.ts';
import { addDays, type CalendarDate, type Instant, shanghaiDate } from '../../../lib/pure/dates.ts';
import type { Secret } from '../../../lib/pure/secret.ts';
import { asCount, asId, JsonExchange, type JsonRecord } from '../json-exchange.ts';
import {
  NOT_ASKED,
  type PlatformRefusal,
  ruleOf,
  standingOf,
  wordRefusal,
} from '../platform-errors.ts';
import { type SourceGathered, WORKING } from '../source-gathered.ts';
import { readStatuses, type WeiboStatus } from './read-statuses.ts';
import { WEIBO_ERRORS } from './weibo-errors.ts';

export interface GatherWeiboInput {
  /** In place of https://c.api.weibo.com; paths as documented. */
  readonly baseUrl: string;
  readonly token: Secret;
  /**
   * `own`: the timeline of whoever gave the token; `other`: that of `uid`, asked with a token of ours. Only the own one can show
   * everything.
   */
  readonly timeline: 'own' | 'other';
  /** The account's uid; null = not known, then an own timeline is believed to be its. Required for `other`. */
  readonly uid: string | null;
  readonly monitoredAt: Instant;
  readonly fetcher: Fetcher;
  readonly windowDays: number;
}

const NAME = '微博接口';
/** Posts of a page: the most that each interface gives (open.weibo.com wiki; `other`: 25 in the newest page). */
const OWN_COUNT = 100;
const OTHER_COUNT = 25;
/** Pages read of one timeline: 2,000 posts in two weeks are more than any account publishes. */
const PAGES_MAX = 20;
const CALLS_MAX = 30;

/** Asks Weibo what an account published (new-media-apis §3). Never refreshes: an ordinary application has nothing to refresh with. */
export async function gatherWeibo(input: GatherWeiboInput): Promise<SourceGathered> {
  const exchange = new JsonExchange({
    fetcher: input.fetcher,
    baseUrl: input.baseUrl,
    callsMax: CALLS_MAX,
    readRefusal,
    isPassing: (errcode) => ruleOf(WEIBO_ERRORS, errcode).action === 'retry',
  });
  exchange.hide(input.token);
  const timeline = await readTimeline(exchange, input);
  const { received, calls } = exchange;
  const { refusal, stranger, items, total } = timeline;
  if (stranger !== null) return { received, calls, ...strangerOf(stranger, input.uid ?? '') };
  const at = exchange.lastAt ?? input.monitoredAt;
  const standing = refusal ? standingOf(NAME, WEIBO_ERRORS, refusal, at) : WORKING;
  if (refusal && items.length === 0) {
    const fact = unobserved(wordRefusal(NAME, WEIBO_ERRORS, refusal));
    return { received, calls, standing, fact };
  }
  // Of a count above nothing an empty page keeps everything back; a timeline that never had a post says so.
  const isWithheld = items.length === 0 && total !== 0;
  const fact = isWithheld ? unobserved(EMPTY) : observed(viewOf(input, timeline, at));
  const { name, followers } = timeline.author;
  const counted = followers === null ? [] : [{ on: shanghaiDate(at), followers }];
  return { received, calls, standing, fact, shownName: name || null, followers: counted };
}

const EMPTY = '微博接口返回空列表，不能说明没有发布。请由人工观察这个账号。';

function viewOf(input: GatherWeiboInput, timeline: Timeline, askedAt: Instant): SourceView {
  const day = shanghaiDate(input.monitoredAt);
  const asked = shanghaiDate(askedAt);
  // The day on which it was asked is not over; a monitoring day that lies before it is.
  const to = asked > day ? day : addDays(asked, -1);
  return viewSource({
    kind: 'weibo',
    level: input.timeline === 'own' ? 'A1' : 'B',
    items: timeline.items,
    monitoredAt: input.monitoredAt,
    complete: timeline.isComplete ? { from: windowFrom(input), to } : null,
    refused: timeline.refusal ? [{ api: apiOf(input), ...withoutOk(timeline.refusal) }] : [],
  });
}

const withoutOk = ({ errcode, message }: PlatformRefusal) => ({ errcode, message });

function strangerOf(stranger: string, uid: string): Pick<SourceGathered, 'fact' | 'standing'> {
  const message = `授权的微博账号（uid ${stranger}）不是名录里的账号（uid ${uid}）。请账号管理员用名录里的账号重新授权，或改正名录。`;
  return {
    fact: unobserved(message),
    standing: {
      state: 'stopped',
      parkUntil: null,
      alarm: { errcode: 0, audience: 'owner', message },
    },
  };
}

interface Timeline {
  readonly items: readonly SourceItem[];
  /** Posts that the platform says there are; null when it does not say. */
  readonly total: number | null;
  /** Everything since the window began was read. */
  readonly isComplete: boolean;
  readonly refusal: PlatformRefusal | null;
  /** As the newest page that tells shows the account. */
  readonly author: Pick<WeiboStatus, 'name' | 'followers'>;
  /** The uid whose posts came instead of the account's. */
  readonly stranger: string | null;
}

const windowFrom = (input: GatherWeiboInput): CalendarDate =>
  addDays(shanghaiDate(input.monitoredAt), -input.windowDays);

const apiOf = ({ timeline }: GatherWeiboInput): string =>
  timeline === 'own' ? 'statuses/user_timeline/biz' : 'statuses/user_timeline/other';

/**
 * Reads back until a post is older than the window. Pages are asked by `max_id`: page numbers shift when a post is taken back
 * meanwhile, and what slipped between two pages would be missing. The interface may show `max_id` itself again.
 */
async function readTimeline(exchange: JsonExchange, input: GatherWeiboInput): Promise<Timeline> {
  const from = windowFrom(input);
  const items = new Map<string, SourceItem>();
  let total: number | null = null;
  let isReadable = true;
  let author: Timeline['author'] = { name: '', followers: null };
  let maxId = '0';
  const end = (isComplete: boolean, refusal: PlatformRefusal | null = null): Timeline => {
    const complete = isComplete && isReadable && input.timeline === 'own';
    const rest = { author, refusal, stranger: null };
    return { items: [...items.values()], total, isComplete: complete, ...rest };
  };
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await exchange.send(callOf(input, maxId));
    if (!answer.ok) return end(false, answer);
    total = asCount(answer.data.total_number) ?? total;
    const read = readStatuses(answer.data.statuses);
    isReadable &&= read.isReadable;
    if (author.name === '') author = read.statuses.find(({ uid }) => uid !== '') ?? author;
    const stranger = read.statuses.find(({ uid }) => isStranger(uid, input.uid));
    if (stranger) return { ...end(false), stranger: stranger.uid };
    const fresh = read.statuses.map(({ item }) => item).filter((item) => !items.has(item.itemId));
    for (const item of fresh) items.set(item.itemId, item);
    // By place: a pinned post at the top, marked or not, says nothing of the ones below it.
    const last = fresh.findLast((item) => !item.pinned);
    if (last?.publishedOn && last.publishedOn < from) return end(true);
    // Nothing new: the timeline is at its end. It showed everything only if the platform counts no more.
    if (!last) return end(items.size > 0 && total !== null && items.size >= total);
    if (input.timeline === 'other') return end(false);
    maxId = last.itemId;
  }
  const message = `已读 ${PAGES_MAX} 页，还没有读到 ${from} 以前`;
  return end(false, { ok: false, errcode: NOT_ASKED, message });
}

const isStranger = (uid: string, expected: string | null): boolean =>
  expected !== null && expected !== '' && uid !== '' && uid !== expected;

function callOf(input: GatherWeiboInput, maxId: string): Parameters<JsonExchange['send']>[0] {
  const own = input.timeline === 'own';
  return {
    path: `/2/${apiOf(input)}.json`,
    method: 'GET',
    archive: true,
    query: {
      access_token: input.token.reveal(),
      ...(own ? {} : { uid: input.uid ?? '' }),
      count: String(own ? OWN_COUNT : OTHER_COUNT),
      ...(maxId === '0' ? {} : { max_id: maxId }),
    },
  };
}

/** `{"error":"expired_token","error_code":21327,"request":"/2/…"}`; the code is a number or digits. */
function readRefusal(data: JsonRecord): { errcode: number; message: string } | null {
  const errcode = Number(data.error_code ?? 0);
  if (!Number.isSafeInteger(errcode) || errcode === 0) return null;
  return { errcode, message: asId(data.error) };
}
