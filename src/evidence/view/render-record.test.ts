import { Parser } from 'htmlparser2';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { hostilePages } from '../../testing/pages/hostile-pages.ts';
import type { RecordMeta } from './record-meta.ts';
import { recordMeta } from './record-meta.ts';
import { renderRecord } from './render-record.ts';

const BASE = 'http://evil.example';
const meta = (more: Partial<RecordMeta> = {}): RecordMeta => ({
  url: 'http://www.example.gov.cn/',
  status: 200,
  fetchedAt: '2020-09-12T04:00:00.000Z',
  headers: [],
  contentType: 'text/html',
  charset: 'utf-8',
  bytes: 0,
  kind: 'html',
  ...more,
});
const render = (html: string, mark: string | null = null): string =>
  renderRecord(meta(), Buffer.from(html), mark);
/** What is rendered of the page itself. */
const inside = (html: string, mark: string | null = null): string =>
  /<body>(.*)<\/body>/s.exec(render(html, mark))![1]!;

/** Elements and attributes of what was rendered, as a parser sees them. */
function parsed(html: string): { elements: string[]; attributes: [string, string][] } {
  const [elements, attributes]: [string[], [string, string][]] = [[], []];
  const parser = new Parser({
    onopentag: (name, all) => {
      elements.push(name);
      attributes.push(...Object.entries(all));
    },
    oncomment: () => elements.push('comment'),
    onprocessinginstruction: () => elements.push('instruction'),
  });
  parser.end(html);
  return { elements, attributes };
}

const ATTRIBUTES = /^(class|title|style|colspan|rowspan|align|valign|dir|color|bgcolor)$/;
const ELEMENTS =
  /^(div|p|span|section|article|header|footer|nav|main|aside|h[1-6]|[uo]l|li|d[ltd]|address|table|caption|thead|tbody|tfoot|tr|t[dh]|blockquote|pre|code|b|i|em|strong|u|s|del|ins|small|big|sub|sup|font|center|time|label|figure|figcaption|br|hr|legend)$/;

const PAGES = Object.entries(hostilePages(BASE));

describe('a hostile page', () => {
  it.each(PAGES)('%s', (_name, html) => {
    const { elements, attributes } = parsed(
      inside(`<html><body><p>前文</p>${html}<p>后文</p></body></html>`),
    );
    expect(elements.filter((name) => !ELEMENTS.test(name))).toEqual([]);
    expect(attributes.filter(([name]) => !ATTRIBUTES.test(name))).toEqual([]);
    const styles = attributes.flatMap(([name, value]) => (name === 'style' ? [value] : []));
    expect(
      styles.filter((style) => /url|import|expression|image|\\|behavior/i.test(style)),
    ).toEqual([]);
  });

  it('are enough of them', () => expect(PAGES.length).toBeGreaterThanOrEqual(25));

  it('keeps the text around what was taken out', () => {
    for (const name of ['script', 'image', 'form', 'svg', 'base', 'frame'])
      expect(inside(`<p>前文</p>${hostilePages(BASE)[name]}<p>后文</p>`)).toContain('后文');
  });

  it('says what was there: pictures by their words, links by their address', () => {
    const html = inside(
      '<img alt="领导&quot;视察" src="/a.png"><a href="http://x.gov.cn/?a=1&b=2">公告</a><input type=hidden value=t><input value="搜索">',
    );
    expect(html).toContain('<span class="gone" title="/a.png">［图片：领导&quot;视察］</span>');
    expect(html).toContain('<span class="link" title="http://x.gov.cn/?a=1&amp;b=2">公告</span>');
    expect(html).toContain('<span class="field">搜索</span>');
    expect(html).not.toContain('>t<');
  });

  it('shows what the page hid, with plain styles only', () => {
    const html = inside('<p style="display:none; color:#f00; font-weight: bold">暗</p>');
    expect(html).toContain('<p style="color: #f00; font-weight: bold">暗</p>');
  });

  it.each([
    ['deep', '<div>'.repeat(5_000), /只显示了一部分/],
    ['with very many elements', '<b>字</b>'.repeat(150_000), /只显示了一部分/],
    ['long', `<p>${'字'.repeat(2_000_000)}</p>`, /只显示了一部分/],
  ])('a page that is %s ends, and says that it was cut', (_name, html, said) => {
    const rendered = inside(html);
    expect(rendered).toMatch(said);
    const depth = [...rendered.matchAll(/<(\/?)(?:div|b|p)\b/g)].reduce(
      ([now, most], [, end]) => (end ? [now! - 1, most!] : [now! + 1, Math.max(most!, now! + 1)]),
      [0, 0],
    );
    expect(depth[0]).toBe(0);
    expect(depth[1]).toBeLessThan(300);
  });
});

describe('the excerpt', () => {
  it.each([
    [
      'in one text',
      '<p>关于公开的通知</p>',
      '公开的',
      '<p>关于<mark id="excerpt">公开的</mark>通知</p>',
    ],
    [
      'with other blanks',
      '<p>关于 公&nbsp;开\n的通知</p>',
      '公开 的',
      '<p>关于 <mark id="excerpt">公\u00a0开\n的</mark>通知</p>',
    ],
    [
      'across elements',
      '<p>关于<b>公</b>开<i>的</i>通知</p>',
      '公开的通',
      '<p>关于<b><mark id="excerpt">公</mark></b><mark>开</mark><i><mark>的</mark></i><mark>通</mark>知</p>',
    ],
    [
      'across blocks, blanks between unmarked',
      '<ul><li>甲</li>\n<li>乙</li></ul>',
      '甲 乙',
      '<ul><li><mark id="excerpt">甲</mark></li>\n<li><mark>乙</mark></li></ul>',
    ],
    [
      'the first of several',
      '<p>甲乙甲乙</p>',
      '甲乙',
      '<p><mark id="excerpt">甲乙</mark>甲乙</p>',
    ],
    [
      'with markup in it',
      '<p>a &lt;b&gt; c</p>',
      'a <b> c',
      '<p><mark id="excerpt">a &lt;b&gt; c</mark></p>',
    ],
    [
      'of which only a part is there',
      '<p>关于公开政府信息的通知</p>',
      '没有的话……关于公开政府信息…',
      '<p><mark id="excerpt">关于公开政府信息</mark>的通知</p>',
    ],
    [
      'with letters outside the plane',
      '<p>𠮷𠮷甲</p>',
      '𠮷甲',
      '<p>𠮷<mark id="excerpt">𠮷甲</mark></p>',
    ],
  ])('%s', (_name, html, excerpt, expected) => {
    expect(inside(html, excerpt)).toBe(`<div>${expected}</div>`);
  });

  it('that is nowhere is said to be nowhere', () => {
    expect(inside('<p>甲</p>', '乙丙')).toContain('没有找到这段摘录');
    expect(inside('<script>var a="乙丙"</script>', '乙丙')).not.toContain('<mark');
    expect(inside('<p>甲</p>')).not.toContain('没有找到');
  });

  it('is marked in plain text too', () => {
    const text = renderRecord(meta({ kind: 'text' }), Buffer.from('{"a": "<img src=x>"}'), '<img');
    expect(text).toContain(
      '<pre>{&quot;a&quot;: &quot;<mark id="excerpt">&lt;img</mark> src=x&gt;',
    );
  });

  it('of a large page is found in time', () => {
    const page = `<p>${'字 '.repeat(400_000)}</p><p>这里是<b>摘</b>录</p>`;
    const before = performance.now();
    expect(inside(page, '这里是摘录')).toContain('<mark id="excerpt">这里是</mark>');
    expect(performance.now() - before).toBeLessThan(10_000);
  });
});

describe('what an answer is', () => {
  const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const whole = (body: Uint8Array, contentType: string, more = '') =>
    ({
      state: 'whole',
      place: {
        ...{ url: 'http://x/', status: 200, fetchedAt: '', bodyBytes: body.byteLength },
      },
      record: { httpHead: `HTTP/1.1 200 OK\r\nContent-Type: ${contentType}${more}`, payload: body },
    }) as unknown as Parameters<typeof recordMeta>[0];
  it.each([
    ['a page', Buffer.from('<p>x</p>'), 'text/html; charset=utf-8', 'html', 'utf-8'],
    [
      'a GB page that says nothing',
      iconv.encode('<html><p>公告</p>', 'gbk'),
      '',
      'html',
      'gb18030',
    ],
    ['a picture', PNG, 'text/html', 'image', null],
    ['SVG is text', Buffer.from('<svg onload=alert(1)>'), 'image/svg+xml', 'text', 'utf-8'],
    [
      'a page that says picture',
      Buffer.from('<html><script>1</script>'),
      'image/png',
      'html',
      'utf-8',
    ],
    ['JSON', Buffer.from('{"a":1}'), 'application/json', 'text', 'utf-8'],
    ['a PDF', Buffer.from('%PDF-1.4\n\u0000\u0001'), 'application/pdf', 'binary', null],
    ['nothing', Buffer.alloc(0), '', 'text', 'utf-8'],
  ])('%s', (_name, body, contentType, kind, charset) => {
    expect(recordMeta(whole(body, contentType))).toMatchObject({ kind, charset });
  });

  it('a cookie is not shown', () => {
    const { headers } = recordMeta(whole(PNG, 'image/png', '\r\nSet-Cookie: session=1\r\nX: a:b'));
    expect(headers).toEqual([
      ['Content-Type', 'image/png'],
      ['Set-Cookie', '（不显示）'],
      ['X', 'a:b'],
    ]);
  });

  it('a small picture travels inside the page, a large one does not', () => {
    const picture = (body: Uint8Array) => renderRecord(meta({ kind: 'image' }), body, null);
    expect(picture(PNG)).toContain(`src="data:image/png;base64,${PNG.toString('base64')}"`);
    expect(picture(Buffer.concat([PNG, Buffer.alloc(3_000_000)]))).not.toContain('<img');
  });
});
