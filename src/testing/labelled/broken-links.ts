import { answer, garbage, inTurn, redirect, redirectOn, reset } from '../servers/behaviours.ts';
import type { Handler } from '../servers/start-server.ts';
import { type CaseHost, type LinkCase, SITE } from './link-cases.ts';
import { article, fileBytes, framed, inGbk, page, rangedFile } from './link-pages.ts';

const GBK = { 'content-type': 'text/html; charset=gbk' };
const HTML = { 'content-type': 'text/html' };

const DEAD: readonly (readonly [name: string, handler: Handler])[] = [
  ['404 with a word', answer(404, '没有这个页面')],
  ['404 empty', answer(404)],
  [
    '404 of nginx',
    answer(
      404,
      page(
        '404 Not Found',
        '<center><h1>404 Not Found</h1></center><hr><center>nginx/1.18.0</center>',
      ),
    ),
  ],
  [
    '404 of Tomcat',
    answer(
      404,
      page('HTTP Status 404', '<h1>HTTP Status 404 – Not Found</h1><p>Apache Tomcat/8.5.57</p>'),
    ),
  ],
  ['404 in GBK', answer(404, inGbk(page('找不到', '您要查看的网页可能已被删除')), GBK)],
  ['404 within the frame', answer(404, framed('青阳县人民政府', '<h2>您访问的页面不存在</h2>'))],
  ['404 that looks like an article', answer(404, article('推荐阅读', 2))],
  [
    '404 that jumps home',
    answer(
      404,
      page('404', '<script>setTimeout(function(){location.href="/"},3000)</script>页面不存在'),
    ),
  ],
  ['410', answer(410, '已删除')],
  ['400', answer(400, 'Bad Request')],
  ['500', answer(500, 'Internal Server Error')],
  [
    '500 with a trace',
    answer(
      500,
      page('HTTP Status 500', '<pre>java.lang.NullPointerException at cn.site.A.b(A.java:1)</pre>'),
    ),
  ],
  ['500 empty', answer(500)],
  ['502', answer(502, 'Bad Gateway')],
  ['503 for good', answer(503, 'Service Unavailable')],
  ['504', answer(504, 'Gateway Time-out')],
  ['404 then 500', inTurn(answer(404), answer(500))],
  ['a redirect to what is missing', redirect('/nowhere/at-all.html', 302)],
  ['a permanent redirect to what is missing', redirect('/nowhere/at-all.html', 301)],
  [
    'a jump to what is missing',
    answer(200, '<script>location.replace("/nowhere/2.html")</script>'),
  ],
  ['a circle of redirects', redirect('/dead/21', 302)],
  ['the other half of the circle', redirect('/dead/20', 302)],
  ['a redirect to itself', redirect('/dead/22', 301)],
  ['redirects without end', redirectOn],
  ['the line dropped on this page only', reset],
  ['no HTTP on this page only', garbage],
  [
    'a redirect to a port where nobody listens',
    redirect('http://closed.qingyang.gov.cn/a.html', 302),
  ],
];

/** What publishing systems and servers say with status 200. */
const WORDINGS: readonly string[] = [
  '您访问的页面不存在',
  '对不起，您要访问的页面不存在或已被删除！',
  '抱歉，您访问的网页已下线',
  '您所查看的信息已被删除',
  '您要查找的内容不存在，请检查地址是否正确',
  '很抱歉，您要访问的页面走丢了',
  '抱歉！页面无法访问……',
  '哎呀，您访问的页面迷路了',
  '该信息不存在或已删除',
  '该文章已被删除',
  '您访问的栏目不存在',
  '您请求的文件不存在',
  '找不到您要访问的页面',
  '无法找到该页',
  '您正在查找的页可能已被删除、名称已被更改，或者暂时不可用',
  'HTTP 错误 404 - 文件或目录未找到',
  '对不起，没有找到您要的内容',
  '您访问的链接已失效',
  '您访问的地址有误',
  'The page you are looking for could not be found',
  'The requested URL /a.html was not found on this server.',
  '404 Not Found',
];
/** As terse as they come: only without a frame of menus around them. */
const TERSE: readonly string[] = ['页面不存在', '页面找不到了', '参数错误', '信息不存在', '404'];

const SOFT: readonly (readonly [name: string, handler: Handler])[] = [
  ...WORDINGS.flatMap((words): [string, Handler][] => [
    [`“${words}” alone`, answer(200, page('提示信息', `<div>${words}</div>`))],
    [
      `“${words}” within the frame`,
      answer(
        200,
        framed('青阳县人民政府', `<div class="tip">${words}</div><a href="/">返回首页</a>`),
      ),
    ],
  ]),
  ...TERSE.map((words): [string, Handler] => [`“${words}” terse`, answer(200, page('', words))]),
  ['the title says it', answer(200, framed('404错误页面', '<p>小编正在努力</p>'))],
  ['the title says it in GBK', answer(200, inGbk(framed('页面未找到', '<p>去别处看看</p>')), GBK)],
  ['in GBK', answer(200, inGbk(page('提示', '您访问的页面不存在')), GBK)],
  [
    'in GBK without charset',
    answer(200, inGbk(framed('提示', '对不起，您访问的页面已被删除')), HTML),
  ],
  [
    'it says so and jumps home',
    answer(
      200,
      '<meta charset="utf-8"><meta http-equiv="refresh" content="3;url=/">您访问的页面不存在，3秒后返回首页',
    ),
  ],
  ['a redirect to the error page', redirect('/404.html', 302)],
  ['a redirect to error.jsp', redirect('/error/404.jsp', 302)],
  ['a redirect with aspxerrorpath', redirect('/oops.aspx?aspxerrorpath=/a.aspx', 302)],
  [
    'an error of the program',
    answer(200, page('出错了', 'java.lang.NullPointerException at cn.site.Web.show(Web.java:12)')),
  ],
  ['a database error', answer(200, page('系统提示', '数据库连接失败，请与管理员联系'))],
  ['a system error', answer(200, page('系统错误', '系统错误，请稍后再试'))],
  ['empty for everyone', answer(200)],
  ['a redirect without address', answer(302)],
];

const BROKEN_FILES: readonly (readonly [name: string, path: string, handler: Handler])[] = [
  [
    'a page served as PDF',
    'a.pdf',
    answer(200, framed('青阳县人民政府', '<p>首页</p>'), { 'content-type': 'application/pdf' }),
  ],
  [
    'an error page served as PDF',
    'b.pdf',
    answer(200, page('提示', '您访问的文件不存在'), { 'content-type': 'application/pdf' }),
  ],
  ['an error page for docx', 'a.docx', answer(200, page('404', '附件不存在'))],
  ['an error page for doc', 'b.doc', answer(200, page('提示', '对不起，您要下载的附件不存在'))],
  ['an error page for zip', 'a.zip', answer(200, page('错误', '系统错误'))],
  [
    'a sentence for a PDF',
    'c.pdf',
    answer(200, '文件不存在', { 'content-type': 'text/plain; charset=utf-8' }),
  ],
  [
    'JSON for a PDF',
    'd.pdf',
    answer(200, '{"code":404,"msg":"file missing"}', { 'content-type': 'application/json' }),
  ],
  ['an empty PDF', 'e.pdf', answer(200, '', { 'content-type': 'application/pdf' })],
  ['an empty PDF with ranges', 'f.pdf', rangedFile(new Uint8Array(0), 'application/pdf')],
  ['an empty archive', 'b.zip', answer(200, '', { 'content-type': 'application/zip' })],
];

const lost = (name: string, path: string, handler: Handler, text?: string): LinkCase => ({
  ...{ name, truth: 'redirectHome', url: `${SITE}${path}`, handler },
  ...(text === undefined ? {} : { text }),
});

const HOMEWARD: readonly LinkCase[] = [
  lost('an article that leads home', '/art/2019/5/6/art_1_2.html', redirect('/', 302)),
  lost('an article that leads home for good', '/art/2019/5/7/art_1_3.html', redirect('/', 301)),
  lost(
    'an article that leads to the index file',
    '/art/2019/5/8/art_1_4.html',
    redirect('/index.html', 302),
  ),
  lost('a section that leads home', '/zwgk/zcwj/', redirect('/', 302), '政策文件'),
  lost('a service that leads home', '/wsbs/item-12.html', redirect('/', 302), '不动产登记预约'),
  lost(
    'a jump home by refresh',
    '/info/1021/3.htm',
    answer(200, '<meta http-equiv="refresh" content="0;url=/">'),
  ),
  lost(
    'a jump home by script',
    '/info/1021/4.htm',
    answer(200, '<script>top.location.href="/";</script>'),
  ),
  lost('a query that leads home', '/content.jsp?id=12', redirect('/', 302)),
  lost(
    'another site took the host over',
    '/dept/tj/2018/a.html',
    redirect('http://bureau.qingyang.gov.cn/', 301),
  ),
  lost('home through two redirects', '/xxgk/old/1.html', redirect('/xxgk-gone', 302)),
  lost('a document that leads home', '/xxgk-gone', redirect('/', 302)),
  lost('an attachment that leads home', '/upload/2019/gone.html', redirect('/index.html', 301)),
];

export const BROKEN_LINKS: readonly LinkCase[] = [
  ...DEAD.map(
    ([name, handler], at): LinkCase => ({
      ...{
        name,
        handler,
        truth: 'dead',
        url: `${SITE}/dead/${at}`,
      },
    }),
  ),
  { name: 'a missing PDF', truth: 'dead', url: `${SITE}/gone/a.pdf`, use: 'attachment' },
  { name: 'a missing archive', truth: 'dead', url: `${SITE}/gone/a.zip`, use: 'attachment' },
  { name: 'a missing picture', truth: 'dead', url: `${SITE}/gone/a.jpg`, use: 'image' },
  { name: 'a missing frame', truth: 'dead', url: `${SITE}/gone/frame.html`, use: 'frame' },
  { name: 'a missing page', truth: 'dead', url: `${SITE}/gone/a.html` },
  { name: 'a name that no DNS has', truth: 'dead', url: 'http://www.gone-bureau.invalid/' },
  { name: 'a host where nobody listens', truth: 'dead', url: 'http://closed.qingyang.gov.cn/' },
  ...SOFT.map(
    ([name, handler], at): LinkCase => ({
      ...{ name, handler, truth: 'soft404', url: `${SITE}/soft/${at}.html` },
    }),
  ),
  ...BROKEN_FILES.map(
    ([name, path, handler]): LinkCase => ({
      ...{ name, handler, truth: 'soft404', url: `${SITE}/broken/${path}`, use: 'attachment' },
    }),
  ),
  {
    name: 'a page for a picture',
    truth: 'soft404',
    url: `${SITE}/broken/a.jpg`,
    use: 'image',
    handler: answer(200, page('提示', '图片不存在')),
  },
  {
    name: 'an empty picture',
    truth: 'soft404',
    url: `${SITE}/broken/b.jpg`,
    use: 'image',
    handler: answer(200, '', { 'content-type': 'image/jpeg' }),
  },
  ...['/a/1.html', '/b/deep/2.html', '/c.html?id=3'].map(
    (path): LinkCase => ({
      ...{
        name: `nothing known at ${path}`,
        truth: 'soft404',
        url: `http://quiet.qingyang.gov.cn${path}`,
      },
    }),
  ),
  ...['/x/1.html', '/y.jsp?id=2'].map(
    (path): LinkCase => ({
      ...{
        name: `the home page at ${path}`,
        truth: 'redirectHome',
        url: `http://echo.qingyang.gov.cn${path}`,
      },
    }),
  ),
  {
    name: 'an application address',
    truth: 'unobserved',
    url: 'http://app.qingyang.gov.cn/matter/12',
  },
  ...HOMEWARD,
];

const quietPage = answer(
  200,
  framed('青阳县某局', '<div class="oops"><img src="/oops.png"></div><p>随便看看</p>'),
);
const bureauHome = answer(
  200,
  framed(
    '青阳县统计局',
    '<h2>工作动态</h2><ul><li>一季度经济运行情况</li><li>全县第七次人口普查工作部署会召开</li></ul>',
  ),
);
const shell = answer(
  200,
  '<html><head><title>办事</title><script src="/app.js"></script></head><body><div id="app"></div></body></html>',
);

/** Hosts that answer every address: with an error page that does not say so, with their home page, with an application's shell. */
export const BROKEN_HOSTS: readonly CaseHost[] = [
  { host: 'quiet.qingyang.gov.cn', home: bureauHome, fallback: quietPage },
  { host: 'echo.qingyang.gov.cn', home: bureauHome, fallback: bureauHome },
  { host: 'app.qingyang.gov.cn', home: shell, fallback: shell },
];

/** Sound links of the same hosts: not everything there is missing. */
export const SOUND_BESIDE: readonly LinkCase[] = [
  {
    name: 'a short article of the quiet host',
    truth: 'ok',
    url: 'http://quiet.qingyang.gov.cn/news/1.html',
    handler: answer(200, framed('青阳县某局', '<h1>节日值班安排</h1><p>假期照常值班。</p>')),
  },
  {
    name: 'an article of the echoing host',
    truth: 'ok',
    url: 'http://echo.qingyang.gov.cn/news/1.html',
    handler: answer(200, article('统计公报发布')),
  },
  {
    name: 'a file of the quiet host',
    truth: 'ok',
    url: 'http://quiet.qingyang.gov.cn/f/a.pdf',
    use: 'attachment',
    handler: answer(200, fileBytes('pdf')),
  },
  {
    name: 'the home page of the echoing host',
    truth: 'ok',
    url: 'http://echo.qingyang.gov.cn/',
    text: '青阳县统计局',
  },
];
