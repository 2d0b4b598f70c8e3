import { createHash } from 'node:crypto';
import { daysBetween, isCalendarDate } from '../../../lib/pure/dates.ts';
import type { AccountEntry } from '../plan/province-plan.ts';

export interface WechatRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

type Answer = Readonly<Record<string, unknown>>;

const refuse = (errcode: number, errmsg: string): Answer => ({ errcode, errmsg: `${errmsg} rid: 5f6a0000-1b2c3d4e-00000000` });
const PAGE_MAX = 20;
const COMMENT_COUNT_MAX = 49;
/** Spans that accounts of this province may ask at once: some long, some a week, some a single day. */
const SPANS = [30, 7, 1] as const;

/**
 * The owner interfaces of 公众平台 as documented (new-media-apis §2), for all accounts of a province, told apart by their AppID.
 * It refuses as the real one does: bad secret, bad or missing token, broken JSON, spans and pages that are too long.
 */
export class WechatSimulator {
  readonly #byAppId: ReadonlyMap<string, AccountEntry>;
  readonly #byToken = new Map<string, AccountEntry>();

  constructor(accounts: readonly AccountEntry[]) {
    this.#byAppId = new Map(accounts.filter((account) => account.appId !== '').map((account) => [account.appId, account]));
  }

  answer(request: WechatRequest): Answer {
    const body = parseBody(request.body);
    if (request.method === 'POST' && body === null) return refuse(request.body === '' ? 44002 : 47001, request.body === '' ? 'empty post data' : 'data format error');
    if (request.path === '/cgi-bin/stable_token') return this.#token(body ?? {});
    const account = this.#byToken.get(request.query.get('access_token') ?? '');
    if (!account) return request.query.has('access_token') ? refuse(40001, 'invalid credential, access_token is invalid or not latest') : refuse(41001, 'access_token missing');
    const handler = HANDLERS[request.path];
    return handler ? handler(account, body ?? {}) : refuse(40066, 'invalid url');
  }

  #token(body: Answer): Answer {
    if (body.grant_type !== 'client_credential') return refuse(40002, 'invalid grant_type');
    const account = this.#byAppId.get(String(body.appid ?? ''));
    if (!account) return refuse(40013, 'invalid appid');
    if (body.secret !== account.appSecret) return refuse(40125, 'invalid appsecret');
    if (account.refusesToken) return refuse(40243, 'AppSecret is frozen, please unfreeze it in the console');
    const token = createHash('sha256').update(`${account.appId} ${account.appSecret}`).digest('base64url').repeat(3);
    this.#byToken.set(token, account);
    return { access_token: token, expires_in: 7200 };
  }
}

function parseBody(text: string): Answer | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Answer) : null;
  } catch {
    return null;
  }
}

const HANDLERS: Readonly<Record<string, (account: AccountEntry, body: Answer) => Answer>> = {
  '/datacube/getarticletotaldetail': totalDetail,
  '/cgi-bin/freepublish/batchget': quietList,
  '/cgi-bin/get_current_selfmenu_info': menu,
  '/cgi-bin/get_current_autoreply_info': autoReply,
  '/cgi-bin/comment/list': comments,
};

/** Posts with an even place are pushed to followers, the others published quietly. */
function totalDetail(account: AccountEntry, body: Answer): Answer {
  const [begin, end] = [String(body.begin_date ?? ''), String(body.end_date ?? '')];
  if (!isCalendarDate(begin) || !isCalendarDate(end) || begin > end) return refuse(61500, 'date format error');
  if (daysBetween(begin, end) + 1 > SPANS[account.seed % SPANS.length]!) return refuse(61501, 'date range error');
  const list = account.posts.flatMap((post, index) => {
    if (post.date < begin || post.date > end || post.deleted) return [];
    return [{ ref_date: post.date, msgid: `22474${account.seed % 90_000}${index}_1`, title: post.title, publish_type: index % 2, detail_list: [{ stat_date: post.date, read_user: 10 + (account.seed % 300) }] }];
  });
  return { list, is_delay: false };
}

function quietList(account: AccountEntry, body: Answer): Answer {
  const [offset, count] = [Number(body.offset ?? 0), Number(body.count ?? 0)];
  if (!(count >= 1 && count <= PAGE_MAX) || offset < 0) return refuse(40097, 'invalid args');
  const quiet = account.posts.filter((_post, index) => index % 2 === 1);
  const item = quiet.slice(offset, offset + count).map((post, index) => ({
    article_id: `art${account.seed}${index}`,
    content: { news_item: [{ title: post.title, author: account.name, url: 'http://mp.weixin.qq.com/s/x', is_deleted: post.deleted }] },
    update_time: Date.parse(`${post.date}T02:30:00Z`) / 1000,
  }));
  return { total_count: quiet.length, item_count: item.length, item };
}

function menu(account: AccountEntry): Answer {
  if (!account.interactive || account.seed % 5 === 1) return { is_menu_open: 0, selfmenu_info: { button: [] } };
  return { is_menu_open: 1, selfmenu_info: { button: [{ name: '政务服务', type: 'view', url: 'http://example.com/' }, { name: '互动交流', sub_button: { list: [{ type: 'click', name: '我要咨询', key: 'ask' }] } }] } };
}

/** A greeting on following stands everywhere: it is no interaction. */
function autoReply(account: AccountEntry): Answer {
  const greeting = { is_add_friend_reply_open: 1, add_friend_autoreply_info: { type: 'text', content: '感谢关注！' } };
  if (!account.interactive || account.seed % 5 !== 1) return { ...greeting, is_autoreply_open: 0 };
  return { ...greeting, is_autoreply_open: 1, keyword_autoreply_info: { list: [{ rule_name: '办事', reply_mode: 'random_one', keyword_list_info: [{ type: 'text', match_mode: 'contain', content: '社保' }], reply_list_info: [{ type: 'text', content: '请拨打12333' }] }] } };
}

function comments(account: AccountEntry, body: Answer): Answer {
  if (Number(body.count ?? 0) > COMMENT_COUNT_MAX) return refuse(40097, 'invalid args');
  if (!account.interactive) return refuse(88000, 'without comment privilege');
  return { total: 0, comment: [] };
}
