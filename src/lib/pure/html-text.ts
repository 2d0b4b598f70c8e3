/**
 * Looks at HTML without building a document, in one pass: a hostile page of unclosed comments and tags costs no more than its
 * length (the usual regular expressions go back to the end of the text for each `<`).
 */

/** The text without its comments. One that is never closed is left as it stands. */
export function withoutComments(html: string): string {
  let kept = '';
  let at = 0;
  for (;;) {
    const start = html.indexOf('<!--', at);
    const end = start < 0 ? -1 : html.indexOf('-->', start + 4);
    if (end < 0) return kept + html.slice(at);
    kept += html.slice(at, start);
    at = end + 3;
  }
}

const HIDDEN_OPEN = /<(script|style|noscript|title|head)\b/gi;
const HIDDEN_CLOSE: Readonly<Record<string, RegExp>> = {
  script: /<\/script\s*>/gi,
  style: /<\/style\s*>/gi,
  noscript: /<\/noscript\s*>/gi,
  title: /<\/title\s*>/gi,
  head: /<\/head\s*>/gi,
};

/** The text without elements that a reader does not see. One that is never closed is left as it stands. */
function withoutHidden(html: string): string {
  let kept = '';
  let at = 0;
  const open = new RegExp(HIDDEN_OPEN);
  const neverClosed = new Set<string>();
  for (let match = open.exec(html); match !== null; match = open.exec(html)) {
    const name = match[1]!.toLowerCase();
    if (neverClosed.has(name)) continue;
    const close = new RegExp(HIDDEN_CLOSE[name]!);
    close.lastIndex = open.lastIndex;
    if (close.exec(html) === null) {
      neverClosed.add(name);
      continue;
    }
    kept += html.slice(at, match.index);
    at = close.lastIndex;
    open.lastIndex = at;
  }
  return kept + html.slice(at);
}

/** What a reader sees of a page, without any white space: enough to tell a page from a jump or a challenge. */
export function visibleText(html: string): string {
  return withoutHidden(withoutComments(html))
    .replace(/<[^<>]*>/g, '')
    .replace(/\s+/g, '');
}

/** Error pages of old systems say their one sentence by a script and go back: it is at the top and short. */
const ALERT_TEXT_MAX = 4_000;
const ALERT = /\balert\s?\(\s?(?:"([^"\n]{2,200})"|'([^'\n]{2,200})')/g;

/** What scripts of a short page tell the visitor in a box, in order. A page with more than a few lines of script speaks for itself. */
export function alertWords(html: string): string[] {
  if (html.length > ALERT_TEXT_MAX) return [];
  return [...html.matchAll(ALERT)].map((match) => (match[1] ?? match[2])!);
}

/** Elements that show or do something without a word in the page itself. */
const WORDLESS =
  /<(?:script|style|img|image|iframe|frame|object|embed|applet|svg|canvas|video|audio|input|select|textarea|button|form|link)\b|http-equiv|\bbackground\b/i;

/** Whether a page shows nobody anything: no words, and nothing that could bring some. */
export function isBlankPage(html: string): boolean {
  return !WORDLESS.test(html) && visibleText(html).replaceAll('&nbsp;', '') === '';
}

/** Text as it may stand in HTML, in content and between double quotes. */
export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
