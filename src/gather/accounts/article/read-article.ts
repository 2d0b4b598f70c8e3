import { isChallengePage } from '../../../lib/pure/challenge.ts';
import { cutText } from '../../../lib/pure/cut-text.ts';
import type { Instant } from '../../../lib/pure/dates.ts';
import { visibleText } from '../../../lib/pure/html-text.ts';
import { ScriptValues } from './script-values.ts';

/** An article of an official account, as its own page tells (new-media-apis §7). */
export interface WechatArticle {
  /** `__biz`: base64 of a number. */
  readonly biz: string | null;
  /** The account's original id `gh_…`. */
  readonly ghId: string | null;
  readonly nickname: string | null;
  readonly title: string;
  readonly publishedAt: Instant;
  /** `item_show_type`: 0 article, 5 video, 7 audio, 8 pictures, 10 text, 17 short. */
  readonly showType: number | null;
}

export type ArticleReading =
  | { readonly kind: 'article'; readonly article: WechatArticle }
  /** It was there once: taken back by the account or by the platform. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** The page says nothing of the article; `isBarred` = and will not for any other article that is asked for now. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly isBarred: boolean };

const NAMES = [
  'ct',
  'biz',
  'user_name',
  'nickname',
  'nick_name',
  'msg_title',
  'item_show_type',
] as const;
const TITLE_MAX = 200;
/** The platform opened on 2012-08-17: what says to be older says nothing. */
const FIRST_SECOND = Date.parse('2012-08-16T16:00:00.000Z') / 1000;
/** A page in place of an article has little text; in a longer one the same words are somebody's article. */
const NOTICE_MAX = 1500;

/** By the text of the page in place of an article; the first that fits counts. */
const NOTICES: readonly {
  readonly words: RegExp;
  readonly kind: 'gone' | 'unreadable';
  readonly reason: string;
  readonly isBarred?: true;
}[] = [
  { words: /已被发布者删除/, kind: 'gone', reason: '文章已被发布者删除' },
  {
    words: /因违规无法查看|经审核涉嫌|被投诉|因涉嫌违反/,
    kind: 'gone',
    reason: '文章因违规或投诉被平台撤下',
  },
  {
    words: /环境异常|完成验证后|操作频繁|访问过于频繁|验证码/,
    kind: 'unreadable',
    reason: '微信要求人机验证，没有看到文章',
    isBarred: true,
  },
  {
    words: /在微信客户端打开|使用微信扫描/,
    kind: 'unreadable',
    reason: '文章只能在微信客户端打开',
  },
  {
    words: /帐号已被屏蔽|账号已被屏蔽|帐号已自主注销|账号已自主注销|帐号已迁移|账号已迁移|被封禁/,
    kind: 'unreadable',
    reason: '公众号已注销、迁移或被封禁，文章无法查看。请主办单位核对账号',
  },
  { words: /链接已过期|链接已失效|参数错误/, kind: 'unreadable', reason: '文章链接已过期或不完整' },
];

/** Reads the page of an article link. Whatever the article's text says, only the page's own scripts date it. */
export function readArticle(html: string): ArticleReading {
  const values = new ScriptValues(html, NAMES);
  const publishedAt = instantOf(values.one('ct', /^\d{10}$/));
  const biz = values.one('biz', /^[A-Za-z0-9+/]{6,40}={0,2}$/);
  const ghId = values.one('user_name', /^gh_[0-9a-z]{6,40}$/i);
  if (publishedAt !== null && (biz !== null || ghId !== null)) {
    const showType = values.one('item_show_type', /^\d{1,3}$/);
    return {
      kind: 'article',
      article: {
        biz,
        ghId,
        nickname: values.one('nickname', /^.{1,60}$/s) ?? values.one('nick_name', /^.{1,60}$/s),
        title: titleOf(html, values.one('msg_title', /./s)),
        publishedAt,
        showType: showType === null ? null : Number(showType),
      },
    };
  }
  const text = visibleText(html).replace(/\s+/g, ' ').trim();
  const notice =
    text.length > NOTICE_MAX ? undefined : NOTICES.find(({ words }) => words.test(text));
  if (notice?.kind === 'gone') return { kind: 'gone', reason: notice.reason };
  if (notice) return unreadable(notice.reason, notice.isBarred ?? false);
  if (biz !== null || ghId !== null) return unreadable('文章页里没有可信的发布时间', false);
  if (isChallengePage({ status: 200, text: html }))
    return unreadable('微信返回的是验证脚本，没有看到文章', true);
  return unreadable('页面里没有文章', false);
}

function unreadable(reason: string, isBarred: boolean): ArticleReading {
  return { kind: 'unreadable', reason, isBarred };
}

function instantOf(seconds: string | null): Instant | null {
  if (seconds === null || Number(seconds) < FIRST_SECOND) return null;
  return new Date(Number(seconds) * 1000).toISOString();
}

function titleOf(html: string, fromScript: string | null): string {
  const meta = /<meta\s+property="og:title"\s+content="([^"]{1,400})"/.exec(html)?.[1];
  return cutText((fromScript ?? meta ?? '').replace(/\s+/g, ' ').trim(), TITLE_MAX);
}
