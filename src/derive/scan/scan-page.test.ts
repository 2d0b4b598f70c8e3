import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../lib/pure/random.ts';
import { mutateHtml, randomPage } from '../../testing/scan/mutate-html.ts';
import { REAL_PAGES } from '../../testing/scan/real-pages.ts';
import { oracleEvents, readerEvents } from '../../testing/scan/token-oracle.ts';
import { treeReading } from '../../testing/scan/tree-oracle.ts';
import { candidates, scriptedHref } from './link-tags.ts';
import { scanPage } from './scan-page.ts';
import { SCAN_LIMITS, type ScannedLink } from './scanned-page.ts';

const pairsOf = (links: readonly ScannedLink[]): string[] => [
  ...new Set(links.filter(({ guessed }) => !guessed).map(({ kind, href }) => `${kind} ${href}`)),
];

describe('tokens are those of the standard', () => {
  it.each(REAL_PAGES)('%s', (_name, html) => {
    expect(readerEvents(html)).toEqual(oracleEvents(html));
  });

  it('5,000 damaged pages', () => {
    const random = seededRandom('scan');
    for (let round = 0; round < 5_000; round += 1) {
      const html = mutateHtml(randomPage(random), random);
      const [ours, theirs] = [readerEvents(html), oracleEvents(html)];
      if (JSON.stringify(ours) !== JSON.stringify(theirs))
        expect({ html, ours }).toEqual({ html, ours: theirs });
    }
  });
});

describe('links, title and words are those of the document', () => {
  it.each(REAL_PAGES)('%s', (_name, html) => {
    const { links, title, text, metas } = scanPage(html);
    const tree = treeReading(html);
    expect(pairsOf(links)).toEqual(tree.links);
    expect(title).toBe(tree.title);
    expect(text.replace(/\s/g, '')).toBe(tree.words);
    expect(metas.get('sitename')).toBe(tree.siteName);
  });

  it('1,000 sound pages', () => {
    const random = seededRandom('sound');
    for (let round = 0; round < 1_000; round += 1) {
      const html = randomPage(random);
      const { links, text } = scanPage(html);
      const tree = treeReading(html);
      expect(pairsOf(links)).toEqual(tree.links);
      expect(text.replace(/\s/g, '')).toBe(tree.words);
    }
  });
});

describe('scanPage', () => {
  it.each<[string, string, object[]]>([
    [
      'a link and its words',
      '<a href=" /a.html ">通知 <b>公告</b></a>',
      [{ kind: 'page', href: '/a.html', text: '通知 公告' }],
    ],
    [
      'a picture as link',
      '<a href=/a><img src=l.png alt="县  政府"></a>',
      [
        { kind: 'page', href: '/a', text: '县 政府' },
        { kind: 'image', href: 'l.png', text: '' },
      ],
    ],
    [
      'title where there are no words',
      '<a href=/a title=首页> </a>',
      [{ kind: 'page', href: '/a', text: '首页' }],
    ],
    [
      'a link never closed ends at the next',
      '<a href=/a>甲<a href=/b>乙',
      [
        { kind: 'page', href: '/a', text: '甲' },
        { kind: 'page', href: '/b', text: '乙' },
      ],
    ],
    [
      'references',
      '<a href="/a?b=1&amp;c=2">a&lt;b</a>',
      [{ kind: 'page', href: '/a?b=1&c=2', text: 'a<b' }],
    ],
    [
      'a script link',
      `<a href="javascript:openurl('/x/y.html')">文件</a>`,
      [{ kind: 'page', href: '/x/y.html', text: '文件', guessed: true }],
    ],
    [
      'a click on a row',
      `<div onclick="window.open('/x.html')">文件</div>`,
      [{ kind: 'page', href: '/x.html', text: '', guessed: true }],
    ],
    [
      'frames and forms',
      '<iframe src=/f></iframe><form action=/s>',
      [
        { kind: 'frame', href: '/f', text: '' },
        { kind: 'form', href: '/s', text: '' },
      ],
    ],
    [
      'a refresh',
      `<meta http-equiv=Refresh content="0; URL='/next'">`,
      [{ kind: 'page', href: '/next', text: '' }],
    ],
    ['a refresh to itself', '<meta http-equiv=refresh content=300>', []],
    [
      'style, icon, next; no preconnect',
      '<link rel="shortcut icon" href=i><link rel=next href=n><link rel=preconnect href=//c>',
      [
        { kind: 'asset', href: 'i', text: '' },
        { kind: 'page', href: 'n', text: '' },
      ],
    ],
    [
      'nothing in comments, scripts and templates',
      '<!--<a href=1>--><script>"<a href=2>"</script><template><a href=3></template>',
      [],
    ],
    [
      'links for readers without scripts',
      '<noscript><a href=/plain>x</a></noscript>',
      [{ kind: 'page', href: '/plain', text: '' }],
    ],
  ])('%s', (_name, html, links) => {
    expect(scanPage(html).links).toEqual(links);
  });

  it('puts blocks on lines and folds blanks', () => {
    expect(scanPage('<h1> 标题 </h1>\n<p>第一\n  段</p><div>第<b>二</b>段</div>').text).toBe(
      '标题\n第一 段\n第二段',
    );
  });

  it('stops at its limits and says so', () => {
    const { links, hitLimits } = scanPage('<a href=/x>'.repeat(SCAN_LIMITS.links + 5));
    expect(links).toHaveLength(SCAN_LIMITS.links);
    expect(hitLimits).toEqual(['links']);
    expect(scanPage(`<p>${'字'.repeat(SCAN_LIMITS.text)}<p>尾`).hitLimits).toEqual(['text']);
  });

  it.each([
    ['a.png', ['a.png']],
    ['a.png 1x, b.png 2x', ['a.png', 'b.png']],
    ['a,b.png 480w,c.png', ['a,b.png', 'c.png']],
    [' , a.png,', ['a.png']],
  ])('srcset %s', (srcset, found) => {
    expect(candidates(srcset)).toEqual(found);
  });

  it.each([
    ["location.href='/a/b.html'", '/a/b.html'],
    ['window.location = "x.jsp?id=1"', 'x.jsp?id=1'],
    ["openDetail('123')", null],
    ["alert('请登录.')", null],
    ["open('/a/'+id)", null],
  ])('script %s leads to %s', (script, href) => {
    expect(scriptedHref(script)).toBe(href);
  });
});

describe('hostile markup costs no more than its length', () => {
  const MANY = 40_000;
  const workOf = (html: string): number => {
    const before = process.cpuUsage();
    scanPage(html);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
  it.each([
    ['comments', '<!--'.repeat(MANY)],
    ['closed comments', '<!---->'.repeat(MANY)],
    ['scripts', '<script>'.repeat(MANY)],
    ['escaped scripts', '<script><!--<script>'.repeat(MANY)],
    ['titles', '<title>'.repeat(MANY)],
    ['quotes', '<a href="'.repeat(MANY)],
    ['attributes', `<a ${'b '.repeat(MANY)}>`],
    ['equal names', `<a ${'href=x '.repeat(MANY)}>`],
    ['open links', '<a href=x>字'.repeat(MANY)],
    ['less-than signs', '<'.repeat(MANY * 5)],
    ['references', '&amp'.repeat(MANY)],
    ['blanks', `<a href=x>${' '.repeat(MANY * 5)}`],
    ['srcset', `<img srcset="${'a, '.repeat(MANY)}">`],
    ['click', `<p onclick="${'location.href'.repeat(MANY)}">`],
    ['half end tags', '</'.repeat(MANY)],
    ['nested templates', '<template>'.repeat(MANY)],
  ])('%s', (_name, html) => {
    const quarter = workOf(html.slice(0, html.length / 4));
    expect(workOf(html)).toBeLessThan(quarter * 10 + 100);
  });
});
