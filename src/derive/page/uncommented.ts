const COMMENT_END = /--!?>/g;

/** The source without comments, in one pass: what is commented out is not on the page. `--!>` and `<!-->` end one too. */
export function uncommented(html: string): string {
  if (!html.includes('<!--')) return html;
  const parts: string[] = [];
  let at = 0;
  for (let start = html.indexOf('<!--'); start >= 0; start = html.indexOf('<!--', at)) {
    parts.push(html.slice(at, start));
    COMMENT_END.lastIndex = start + 2;
    const end = COMMENT_END.exec(html);
    if (!end) return parts.join('');
    at = end.index + end[0].length;
  }
  parts.push(html.slice(at));
  return parts.join('');
}
