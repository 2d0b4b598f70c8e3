/** Pieces that change how what follows is read: half tags, comments, raw text elements, references, odd characters. */
const SPLINTERS = [
  '<',
  '>',
  '"',
  "'",
  '=',
  '/',
  '&',
  '<!--',
  '-->',
  '--!>',
  '<!',
  '<?',
  '</',
  '</>',
  '<!-->',
  '<!--->',
  '<!---',
  '<a ',
  '</a>',
  '<a href=',
  '<a href="/x.html" href=/y>',
  '<script>',
  '</script>',
  '</script',
  '<!--<script>',
  '<style>',
  '</style >',
  '<title>',
  '</title/>',
  '<textarea>',
  '</TEXTAREA>',
  '<plaintext>',
  '<iframe src=/f>',
  '</iframe>',
  '<noframes>',
  '<xmp>',
  '</xmp>',
  '<noscript>',
  '</noscript>',
  '<template>',
  '</template>',
  '<svg>',
  '</svg>',
  '<base href=/b/>',
  '&amp;',
  '&lt',
  '&#x4e2d;',
  '&#0;',
  '&copy',
  '&notin;',
  '&nbsp;',
  '\0',
  '\r\n',
  '\f',
  '\t',
  '<img src=a alt=b>',
  '<IMG SRC=a/b>',
  '<meta name=a content=b',
  '<![CDATA[',
  ']]>',
  '<p/>',
  '<br',
  'javascript:',
  '中文',
  '\u{1f600}',
  '\ufeff',
  '\ud800',
  '</ a>',
  '<a\nhref\n=\n/z\n>',
  '<1>',
  'on=',
] as const;

/** A page damaged in one to twelve places: pieces cut out, doubled, moved, splinters thrown in. */
export function mutateHtml(html: string, random: () => number): string {
  const pick = (below: number): number => Math.floor(random() * below);
  let page = html;
  for (let times = 1 + pick(12); times > 0; times -= 1) {
    const at = pick(page.length + 1);
    const to = Math.min(page.length, at + pick(60));
    const kind = pick(6);
    if (kind === 0) page = page.slice(0, at) + page.slice(to);
    else if (kind === 1) page = page.slice(0, to) + page.slice(at);
    else if (kind === 2) page = page.slice(0, at);
    else page = page.slice(0, at) + SPLINTERS[pick(SPLINTERS.length)]! + page.slice(at);
    if (page === '') page = '<p>';
  }
  return page;
}

const PARTS: readonly ((random: () => number) => string)[] = [
  (random) =>
    `<a href="/c${Math.floor(random() * 9)}/t${Math.floor(random() * 999)}.html" title='标题'>关于印发&ldquo;方案&rdquo;的通知</a>`,
  () => '<li><span>2020-09-17</span><a href=../a.htm?id=1&amp;b=2>栏目</a></li>',
  () =>
    '<script type="text/javascript">var a = "<a href=/no>";if(a<b&&c>d){document.write("<\\/script>")}</script>',
  () => '<style>.a{background:url("x.png")}</style>',
  () => '<!-- <a href="/hidden">注释</a> -->',
  () => '<img src="logo.png" alt="某某市&amp;政府" srcset="a.png 1x, b,c.png 2x">',
  () => '<meta http-equiv="refresh" content="0; url=/next"><meta name="SiteName" content="某某">',
  () => '<p style="text-indent: 2em">各县（市、区）人民政府，  市直各单位：</p>\n',
  () => '<table><tr><td width=16% onclick="location.href=\'/go/1.html\'">甲</td></tr></table>',
  () => '<select><option value=1 selected>一</option></select><textarea><a href=/t></textarea>',
  () =>
    '<iframe src="/frame.html"></iframe><form action="/search" method=get><input type=image src=/b.png></form>',
  () => '<svg><path d="M0 0"/><title>图</title></svg><br/>',
];

/** A small page of the parts that official pages are made of, for mutation. */
export function randomPage(random: () => number): string {
  let body = '';
  for (let count = 2 + Math.floor(random() * 14); count > 0; count -= 1)
    body += PARTS[Math.floor(random() * PARTS.length)]!(random);
  return `<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>首页 - 某某市</title></head><body>${body}</body></html>`;
}
