import type { MadeSite } from './made-web.ts';
import type { Slot } from './planted-ways.ts';

/** Page styles: names of parts differ from one publishing system to the next. */
interface Style {
  readonly head: string;
  readonly foot: string;
  readonly side: string;
  readonly article: string;
}

const STYLES: readonly Style[] = [
  { head: 'header', foot: 'footer', side: 'sidebar', article: 'TRS_Editor' },
  { head: 'top-bar', foot: 'bottom', side: 'right-box', article: 'v_news_content' },
  { head: 'hd', foot: 'foot_con', side: 'fr w300', article: 'article-content' },
  { head: 'head w1200', foot: 'copyright', side: 'float-menu', article: 'pages_content' },
  { head: 'toolbar', foot: 'ft', side: 'mod', article: 'zoom' },
];

const WORDS =
  '为深入贯彻落实上级决策部署，切实做好当前各项工作，经研究，现就有关事项通知如下，请各单位结合实际认真抓好落实。';

/** The files of a made site by path. */
export function writeSite(site: MadeSite, index: number): Map<string, string> {
  const style = STYLES[index % STYLES.length]!;
  const frame = pageFrame(site, style);
  const pages = new Map<string, string>();
  const of = (slot: Slot): string => (site.pieces.get(slot) ?? []).join('\n');
  pages.set('/', frame('', homeBody(site, of('home'), style)));
  pages.set(
    '/lxwm/',
    frame(
      '联系我们',
      `<div class="content"><h2>联系我们</h2><p>地址：${site.body.place}县城关镇</p>${of('contact')}</div>`,
    ),
  );
  const rows = of('matrix');
  if (rows !== '')
    pages.set(
      '/xmt/',
      frame('政务新媒体', `<h2>政务新媒体矩阵</h2><table class="${style.article}">${rows}</table>`),
    );
  pages.set(
    '/news/t20200910_1.html',
    frame('关于做好当前工作的通知', articleBody(of('article'), style)),
  );
  pages.set('/js/foot.js', of('js'));
  pages.set('/css/site.css', `body{margin:0}${of('css')}`);
  return pages;
}

function pageFrame(site: MadeSite, style: Style) {
  const of = (slot: Slot): string => (site.pieces.get(slot) ?? []).join('\n');
  const { title, sponsor } = site.body;
  return (name: string, main: string): string => `<!doctype html>
<html><head><meta charset="utf-8"><meta name="SiteName" content="${title}">
<title>${name === '' ? title : `${name}-${title}`}</title><link rel="stylesheet" href="/css/site.css"></head>
<body><div class="${style.head}"><ul><li><a href="/">首页</a></li>${of('head')}</ul></div>
${main}
<div class="${style.side}">${of('side')}</div>
<div class="${style.foot}"><p><a href="/lxwm/">联系我们</a> <a href="/xmt/">政务新媒体</a></p>${of('foot')}
<p>主办单位：${sponsor}</p><p>网站标识码：4304220001　湘ICP备12345678号</p></div>
<script src="/js/foot.js"></script></body></html>`;
}

const homeBody = (site: MadeSite, pieces: string, style: Style): string => `<div class="main">
<div class="news"><h3><a href="/news/">政务要闻</a></h3><ul>
<li><a href="/news/t20200910_1.html">关于做好当前工作的通知</a><span>2020-09-10</span></li>
<li><a href="/news/t20200909_2.html">${site.body.place}县召开重点项目建设调度会</a><span>2020-09-09</span></li>
${pieces}</ul></div><div class="${style.side}-in"></div></div>`;

const articleBody = (pieces: string, style: Style): string =>
  `<div class="wz"><h1>关于做好当前工作的通知</h1><p>发布时间：2020-09-10　来源：办公室</p>
<div class="${style.article}">${`<p>${WORDS}</p>`.repeat(4)}${pieces}</div></div>`;
