import { addDays, daysBetween, isCalendarDate, shanghaiInstant } from '../../../lib/pure/dates.ts';
import { refuse } from './refuse.ts';
import type { WechatPlan, WechatPost } from './wechat-plan.ts';

export type Answer = Readonly<Record<string, unknown>>;

/** First day of the platform's statistics. */
const FIRST_DAY = '2014-12-01';
const PAGE_MAX = 20;
const COMMENTS_MAX = 49;
/** Statistics of an article grow for so many days. */
const DETAIL_DAYS_MAX = 30;

export interface CallSpec {
  readonly method: 'GET' | 'POST';
  /** Permission sets of a third-party platform, any of which allows the call (new-media-apis §2.1, §2.3). */
  readonly sets: readonly number[];
}

export const OWNER_CALLS: Readonly<Record<string, CallSpec>> = {
  '/datacube/getarticletotaldetail': { method: 'POST', sets: [7] },
  '/cgi-bin/freepublish/batchget': { method: 'POST', sets: [7] },
  '/cgi-bin/comment/list': { method: 'POST', sets: [7] },
  '/cgi-bin/get_current_selfmenu_info': { method: 'GET', sets: [1, 3, 15] },
  '/cgi-bin/get_current_autoreply_info': { method: 'GET', sets: [1, 3, 15] },
};

/** One authorised call; `body` is empty for GET. */
export function answerCall(plan: WechatPlan, path: string, body: Answer): Answer {
  switch (path) {
    case '/datacube/getarticletotaldetail':
      return totalDetail(plan, body);
    case '/cgi-bin/freepublish/batchget':
      return quietList(plan, body);
    case '/cgi-bin/get_current_selfmenu_info':
      return menuInfo(plan);
    case '/cgi-bin/get_current_autoreply_info':
      return autoReplyInfo(plan);
    default:
      return commentList(plan, body);
  }
}

function totalDetail(plan: WechatPlan, body: Answer): Answer {
  if (plan.withheld.includes('getarticletotaldetail')) return refuse(48001, 'api unauthorized');
  const [begin, end] = [String(body.begin_date ?? ''), String(body.end_date ?? '')];
  if (!isCalendarDate(begin) || !isCalendarDate(end)) return refuse(61500, 'date format error');
  const isInside = begin <= end && begin >= FIRST_DAY && end < plan.today;
  if (!isInside || daysBetween(begin, end) + 1 > plan.spanDays)
    return refuse(61501, 'date range error');
  const list = plan.posts
    .filter((post) => post.counted && post.on >= begin && post.on <= end)
    .map((post) => ({
      ref_date: post.on,
      msgid: `${messageId(plan, post)}_1`,
      publish_type: post.quiet ? 1 : 0,
      detail_list: readers(plan, post),
    }));
  return { list, is_delay: plan.isDelayed };
}

/** Readers by day, cumulative. */
function readers(plan: WechatPlan, post: WechatPost): readonly Answer[] {
  const days = Math.min(DETAIL_DAYS_MAX, daysBetween(post.on, addDays(plan.today, -1)) + 1);
  return Array.from({ length: Math.min(3, days) }, (_, day) => ({
    stat_date: addDays(post.on, day),
    read_user: 21 + day * 9,
    share_user: day,
  }));
}

/** Not in order of time: the platform promises none. */
function quietList(plan: WechatPlan, body: Answer): Answer {
  if (plan.withheld.includes('freepublish')) return refuse(48001, 'api unauthorized');
  const [offset, count] = [Number(body.offset ?? Number.NaN), Number(body.count ?? Number.NaN)];
  if (!(offset >= 0) || !(count >= 1 && count <= PAGE_MAX)) return refuse(40097, 'invalid args');
  const quiet = plan.posts.filter((post) => post.quiet).reverse();
  const item = quiet.slice(offset, offset + count).map((post) => ({
    article_id: `a${messageId(plan, post)}`,
    content: { news_item: [newsItem(plan, post, body.no_content !== 1)] },
    update_time: secondsOf(`${post.on} ${post.time}`),
  }));
  return { total_count: quiet.length, item_count: item.length, item };
}

function newsItem(plan: WechatPlan, post: WechatPost, withContent: boolean): Answer {
  const id = messageId(plan, post);
  return {
    title: post.title,
    author: '',
    digest: post.title,
    ...(withContent ? { content: `<p>${post.title}</p>` } : {}),
    thumb_media_id: `m${id}`,
    url: `http://mp.weixin.qq.com/s?mid=${id}&idx=1`,
    need_open_comment: plan.comments ? 1 : 0,
    only_fans_can_comment: 0,
    [plan.deletedField ?? 'is_deleted']: post.deleted,
  };
}

function menuInfo(plan: WechatPlan): Answer {
  if (!plan.menu) return { is_menu_open: 0, selfmenu_info: { button: [] } };
  const list = [
    { type: 'view', name: '我要咨询', url: 'http://zwfw.province.test/' },
    { type: 'click', name: '联系我们', key: 'contact' },
  ];
  return {
    is_menu_open: 1,
    selfmenu_info: {
      button: [
        { name: '互动', sub_button: { list } },
        { type: 'view', name: '办事', url: 'http://zwfw.province.test/' },
      ],
    },
  };
}

/** Followers are greeted either way: a greeting answers nobody. */
function autoReplyInfo(plan: WechatPlan): Answer {
  const greeting = {
    is_add_friend_reply_open: 1,
    is_autoreply_open: plan.autoReply ? 1 : 0,
    add_friend_autoreply_info: { type: 'text', content: '感谢关注！' },
  };
  if (!plan.autoReply) return greeting;
  const rule = {
    rule_name: '办事',
    create_time: 1_577_808_000,
    reply_mode: 'reply_all',
    keyword_list_info: [{ type: 'text', match_mode: 'contain', content: '办理' }],
    reply_list_info: [{ type: 'text', content: '请留下您要咨询的事项，工作人员会尽快答复。' }],
  };
  return { ...greeting, keyword_autoreply_info: { list: [rule] } };
}

function commentList(plan: WechatPlan, body: Answer): Answer {
  const [begin, count] = [Number(body.begin ?? Number.NaN), Number(body.count ?? Number.NaN)];
  if (!(begin >= 0) || !(count >= 1 && count <= COMMENTS_MAX)) return refuse(40097, 'invalid args');
  if (!plan.comments) return refuse(88000, 'without comment privilege');
  const post = plan.posts.find((each) => messageId(plan, each) === Number(body.msg_data_id));
  if (!post || Number(body.index ?? 0) !== 0) return refuse(88001, 'msg_data is not exists');
  const all = post.comments ?? [];
  const comment = all.slice(begin, begin + count).map(({ content, at, reply }, index) => ({
    user_comment_id: begin + index + 1,
    openid: 'oReader',
    create_time: secondsOf(at),
    content,
    comment_type: 0,
    ...(reply ? { reply: { content: reply.content, create_time: secondsOf(reply.at) } } : {}),
  }));
  return { total: all.length, comment };
}

const secondsOf = (text: string): number => Date.parse(shanghaiInstant(text)!) / 1000;

/** `msg_data_id` of a publication. */
function messageId(plan: WechatPlan, post: WechatPost): number {
  return 2_247_480_000 + plan.posts.indexOf(post) + 1;
}
