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
