import { alertWords, visibleText, withoutComments } from './html-text.ts';

/**
 * Answers that stand in front of a site instead of being it (page-patterns §4.5): a WAF's refusal, a script that computes a
 * cookie. They say nothing about the site: neither a failed visit nor a blank section.
 */

const CHALLENGE_STATUSES = new Set([403, 412, 521]);
/** Beyond this a page with scripts is a page, not a challenge. */
const CHALLENGE_TEXT_MAX = 30_000;
/** Characters of visible text below which a page is "script only". */
const VISIBLE_TEXT_MIN = 12;
const CHALLENGE_MARKS =
  /\$_ts\b|_\$[a-z0-9]{2}\b|C3VK|__jsl_clearance|__jsluid|document\.cookie\s*=|acw_sc__v2|eval\(function\(p,a,c,k/i;
/** An application that draws itself needs rendering; that is another thing than being refused. */
const APPLICATION_MARKS = /<div[^<>]+id=["']?(app|root|__nuxt|main)\b|<script[^<>]+src=/i;

/** Whether an answer is a challenge or a refusal by something in front of the site. `text` is the decoded body. */
export function isChallengePage(answer: {
  readonly status: number;
  readonly text: string;
}): boolean {
  if (CHALLENGE_STATUSES.has(answer.status)) return true;
  const { text } = answer;
  if (text.length > CHALLENGE_TEXT_MAX || !/<script/i.test(text)) return false;
  if (/<(frameset|iframe|frame|a)\b/i.test(text)) return false;
  if (visibleText(text).length >= VISIBLE_TEXT_MIN) return false;
  if (CHALLENGE_MARKS.test(text)) return true;
  return (
    !APPLICATION_MARKS.test(text) &&
    // What speaks to the visitor is no puzzle for his browser.
    alertWords(text).length === 0 &&
    clientRedirect(text, 'http://placeholder.invalid/') === null &&
    !/JSON|__DATA__|\{\s*"/.test(text)
  );
}

/** A page that only sends the browser on: at most this long. */
const JUMP_TEXT_MAX = 4_000;

/**
 * The absolute URL to which a page sends the browser by meta refresh or plain location assignment, or null. Only short pages
 * without text of their own count: a long page that also sets location is a page. A refresh to itself (auto reload) is none.
 */
export function clientRedirect(text: string, base: string): string | null {
  if (visibleText(text).length > 60) return null;
  const head = text.slice(0, JUMP_TEXT_MAX);
  // White space folded: the expressions below then have no long runs of it to share out among their parts.
  const markup = withoutComments(head).replace(/\s+/g, ' ');
  const refresh = (markup.match(/<meta\b[^<>]*>/gi) ?? [])
    .filter((tag) => /http-equiv ?= ?["']?refresh\b/i.test(tag))
    .map((tag) => /content ?= ?["']? ?[\d.]* ?[;,] ?url ?= ?['"]?([^"'>\s]+)/i.exec(tag))
    .find((match) => match !== null);
  const assigned =
    text.length > JUMP_TEXT_MAX
      ? null
      : /\blocation(?:\.href)?\s*=\s*["']([^"']+)["']|\blocation\.(?:replace|assign)\(\s*["']([^"']+)["']\s*\)/.exec(
          markup,
        );
  const target = refresh?.[1] ?? assigned?.[1] ?? assigned?.[2];
  if (target === undefined) return null;
  try {
    const url = new URL(target, base);
    return /^https?:$/.test(url.protocol) && url.href !== new URL(base).href ? url.href : null;
  } catch {
    return null;
  }
}
