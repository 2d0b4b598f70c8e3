import type { LinkClass } from '../../domain/facts/link-facts.ts';
import type { LinkSight, LinkVerdict } from '../../domain/link-check.ts';
import { isChallengePage } from '../../lib/pure/challenge.ts';
import { isBlankPage } from '../../lib/pure/html-text.ts';
import { type PageStatement, pageSays } from './page-says.ts';
import { readSight } from './read-sight.ts';

/** The kind of answer that one look brought. */
export type Answer =
  | 'content' // 2xx with something in it, whatever it says
  | 'empty'
  | 'missing' // 404, 410 and the like
  | 'failing' // 5xx
  | 'barred' // refuses us
  | 'later' // 429, 503 with Retry-After
  | 'maintenance'
  | 'none'; // no answer came

/** Refuses us, not everyone: logins, firewalls (405: Aliyun, 412 and 521: Jiasule, 418, 444, 493, 567: others), LinkedIn's 999. */
const BARRED = new Set([401, 402, 403, 405, 406, 407, 412, 418, 421, 423, 425, 428, 431, 451, 521]);
const MISSING = new Set([400, 404, 410, 414, 422]);
/** 5xx that a server (RFC 9110) or Cloudflare in front of a dead server gives; others are firewalls' own. */
const FAILING = new Set([
  500, 501, 502, 503, 504, 505, 507, 508, 509, 520, 522, 523, 524, 525, 526, 527, 530,
]);

/** A page that only says something of itself, or nothing at all, is no longer than this. */
const SAID_BYTES_MAX = 32 * 1024;

export function readAnswer(sight: LinkSight): Answer {
  const { status } = sight;
  if (status === null) return 'none';
  if (status === 429) return 'later';
  if (BARRED.has(status)) return 'barred';
  const said = status >= 400 || sight.body.byteLength <= SAID_BYTES_MAX ? saidBy(sight) : null;
  if (said === 'barred' || said === 'elsewhere') return 'barred';
  if (status < 300) return contentAnswer(sight);
  // A redirect without an address leads nowhere.
  if (status < 400) return 'empty';
  if (said === 'maintenance') return 'maintenance';
  if (MISSING.has(status)) return 'missing';
  if (FAILING.has(status)) return sight.retryAfterMs === null ? 'failing' : 'later';
  return 'barred';
}

function contentAnswer(sight: LinkSight): Answer {
  if (sight.body.byteLength === 0) return 'empty';
  const text = new TextDecoder('latin1').decode(sight.body);
  const isSmallPage = text.length <= SAID_BYTES_MAX && /html/i.test(sight.contentType);
  if (isSmallPage && isBlankPage(text)) return 'empty';
  return isChallengePage({ status: 200, text }) && sight.hops.every((hop) => !hop.jump)
    ? 'barred'
    : 'content';
}

function saidBy(sight: LinkSight): PageStatement | null {
  const page = readSight(sight);
  return page === null ? null : (pageSays(page)?.statement ?? null);
}

const STATEMENTS: Readonly<Record<PageStatement, { class: LinkClass; words: string }>> = {
  missing: { class: 'soft404', words: '页面说没有这个内容' },
  error: { class: 'soft404', words: '打开的是程序出错的页面' },
  closed: { class: 'soft404', words: '网站已关闭或只有服务器的默认页' },
  maintenance: { class: 'unobserved', words: '对方正在维护' },
  barred: { class: 'blocked', words: '被对方的防护拦截' },
  elsewhere: { class: 'blocked', words: '只对部分地区开放' },
  parked: { class: 'wrongTarget', words: '域名已停用或待出售' },
};

/** The verdict on a page that says something of itself instead of giving content. */
export function statementVerdict(
  said: { statement: PageStatement; words: string },
  status: number | null,
): LinkVerdict {
  const { class: verdict, words } = STATEMENTS[said.statement];
  return { class: verdict, status, reason: `${words}：“${said.words.slice(0, 80)}”` };
}
