import { answer, cookieGate, endless, inTurn, redirect, reset } from '../servers/behaviours.ts';
import type { Handler } from '../servers/start-server.ts';
import { type LinkCase, SITE } from './link-cases.ts';
import {
  article,
  byMethod,
  fileBytes,
  framed,
  inGbk,
  page,
  rangedFile,
  slowly,
} from './link-pages.ts';

const GBK = { 'content-type': 'text/html; charset=gbk' };
const HTML = { 'content-type': 'text/html' };

/** Links that work, in ways that make checkers stumble. */
const PAGES: readonly (readonly [name: string, handler: Handler, text?: string])[] = [
  [
    'an article',
    answer(200, article('关于做好秋季森林防火工作的通知')),
    '关于做好秋季森林防火工作的通知',
  ],
  [
    'an article in GBK',
    answer(200, inGbk(article('县政府召开常务会议', 1)), GBK),
    '县政府召开常务会议',
  ],
  ['an article without declared charset', answer(200, inGbk(article('县长调研水利工程', 2)), HTML)],
  [
    'a title cut short by the list',
    answer(200, article('关于印发青阳县农村公路养护管理实施细则的通知', 3)),
    '关于印发青阳县农村公路养护管理…',
  ],
  [
    'an article about missing pages',
    answer(200, article('我县整治“页面不存在”“找不到页面”等网站顽疾', 4)),
    '我县整治“页面不存在”“找不到页面”等网站顽疾',
  ],
  [
    'an article about project 404',
    answer(200, article('404国道改扩建工程正式开工', 1)),
    '404国道改扩建工程正式开工',
  ],
  [
    'a help page that quotes the error',
    answer(
      200,
      framed(
        '常见问题',
        `<h1>常见问题</h1><p>问：为什么有时提示您访问的页面不存在？</p><p>${'答：可能是网站改版后地址有了变化，请从首页栏目重新进入，或者拨打服务电话，由工作人员为您查找需要的内容并发送给您。'.repeat(4)}</p>`,
      ),
    ),
  ],
  ['an empty section', answer(200, framed('公示公告', '<h2>公示公告</h2><p>暂无内容</p>'))],
  [
    'a search without results',
    answer(200, framed('站内搜索', '<p>没有找到相关内容，共 0 条结果</p>')),
  ],
  [
    'a sign-in page',
    answer(
      200,
      page('用户登录', '<form>用户名<input>密码<input>验证码<input><button>登录</button></form>'),
    ),
  ],
  [
    'a form that can complain',
    answer(
      200,
      framed(
        '网上申报',
        '<form>姓名<input name="n">电话<input name="t"><span style="display:none">您输入的信息有误，请重新输入</span><button>提交</button></form>',
      ),
    ),
  ],
  [
    'a repealed document',
    answer(
      200,
      framed(
        '关于公布收费目录的通知',
        '<h1>关于公布收费目录的通知</h1><p>【该文件已失效】</p><p>附件：收费目录.doc</p>',
      ),
    ),
  ],
  [
    'a short notice',
    answer(200, framed('停水通知', '<h1>停水通知</h1><p>因管道检修，明日城区停水一天。</p>')),
  ],
  [
    'a notice on foreigners',
    answer(
      200,
      framed('通告', '<h1>通告</h1><p>境外人员入境后应按规定登记，不得进入限制区域。</p>'),
    ),
  ],
  [
    'a service only for local people',
    answer(
      200,
      framed(
        '办事指南',
        '<h1>住房补贴申请</h1><p>仅限本省户籍居民申请，通过身份验证后方可办理。</p>',
      ),
    ),
  ],
  [
    'a notice of system maintenance',
    answer(200, article('关于社保系统停机维护的公告', 2)),
    '关于社保系统停机维护的公告',
  ],
  ['a very short page', answer(200, page('办公时间', '<p>上午八点半至十二点。</p>'))],
  ['a page of pictures', answer(200, page('图说青阳', '<img src="/a.jpg"><img src="/b.jpg">'))],
  [
    'a frameset',
    answer(
      200,
      '<html><head><title>青阳县志</title></head><frameset cols="20%,80%"><frame src="/l.html"><frame src="/r.html"></frameset></html>',
    ),
  ],
  [
    'an application shell',
    answer(
      200,
      '<html><head><title>政务服务</title><script src="/app.js"></script></head><body><div id="app"></div></body></html>',
    ),
  ],
  ['HEAD not allowed', byMethod(answer(405), answer(200, article('一', 1)))],
  ['HEAD not found', byMethod(answer(404), answer(200, article('二', 2)))],
  ['HEAD refused', byMethod(answer(403), answer(200, article('三', 3)))],
  ['HEAD fails', byMethod(answer(500), answer(200, article('四', 4)))],
  ['HEAD drops the line', byMethod(reset, answer(200, article('五', 5)))],
  ['503 once', inTurn(answer(503, '忙'), answer(200, article('六', 1)))],
  ['500 once', inTurn(answer(500, '错'), answer(200, article('七', 2)))],
  ['404 once', inTurn(answer(404), answer(404), answer(200, article('八', 3)))],
  [
    '429 with Retry-After',
    inTurn(answer(429, '', { 'retry-after': '0' }), answer(200, article('九', 4))),
  ],
  [
    '503 with Retry-After',
    inTurn(answer(503, '', { 'retry-after': '0' }), answer(200, article('十', 4))),
  ],
  ['the line dropped once', inTurn(reset, answer(200, article('十一', 1)))],
  ['empty once', inTurn(answer(200, ''), answer(200, ''), answer(200, article('十二', 1)))],
  ['a cookie gate', cookieGate(article('十三', 2))],
  ['a cookie set on a redirect to itself', cookieRedirect(article('十四', 2))],
  ['slow but whole', slowly(article('十五', 3), 8, 30)],
  ['cut off by the server', truncatedArticle()],
  ['a page without end', endless()],
  ['a status line of 203', answer(203, article('十六', 3))],
  ['a jump by meta refresh', answer(200, '<meta http-equiv="refresh" content="0;url=/sound/0">')],
  ['a jump by script', answer(200, '<script>window.location.href="/sound/0";</script>')],
  ['a temporary redirect', redirect('/sound/0', 302)],
  ['a redirect by 303', redirect('/sound/0', 303)],
  ['a redirect by 307', redirect('/sound/1', 307)],
  [
    'a service platform under its own name',
    answer(200, page('青阳县政务服务网', '<h1>青阳县政务服务网</h1><p>个人办事 法人办事</p>')),
    '青阳县政务服务网',
  ],
];

function cookieRedirect(html: string): Handler {
  return (request, response) => {
    if ((request.headers.cookie ?? '').includes('pass=1')) answer(200, html)(request, response);
    else
      answer(302, '', { location: request.url ?? '/', 'set-cookie': ['pass=1'] })(
        request,
        response,
      );
  };
}

function truncatedArticle(): Handler {
  const html = article('十七', 4);
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': html.length * 9 });
    response.write(html, () => response.destroy());
  };
}

const FILES: readonly (readonly [name: string, path: string, handler: Handler])[] = [
  ['a PDF', 'a.pdf', rangedFile(fileBytes('pdf'), 'application/pdf')],
  ['a PDF served as a page', 'b.pdf', answer(200, fileBytes('pdf'), HTML)],
  [
    'a PDF served as text',
    'c.pdf',
    answer(200, fileBytes('pdf'), { 'content-type': 'text/plain' }),
  ],
  [
    'a PDF after blanks',
    'd.pdf',
    answer(200, Buffer.concat([Buffer.from('\r\n'), fileBytes('pdf')])),
  ],
  ['a Word file', 'a.docx', rangedFile(fileBytes('docx'), 'application/octet-stream')],
  [
    'an old Word file named docx',
    'b.docx',
    answer(200, fileBytes('doc'), { 'content-type': 'application/msword' }),
  ],
  [
    'a table saved as a page',
    'a.xls',
    answer(
      200,
      '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><table><tr><td>序号</td><td>名称</td></tr></table></html>',
      { 'content-type': 'application/vnd.ms-excel' },
    ),
  ],
  [
    'a letter saved as a page',
    'a.doc',
    answer(200, inGbk(page('申请表', '<table><tr><td>申请人</td></tr></table>')), {
      'content-type': 'application/msword',
    }),
  ],
  ['an archive', 'a.zip', rangedFile(fileBytes('zip'), 'application/zip')],
  [
    'an archive of another kind',
    'b.zip',
    answer(200, fileBytes('rar'), { 'content-type': 'application/zip' }),
  ],
  [
    'a PDF in a reader',
    'e.pdf',
    answer(200, page('阅读', '<script src="/pdf.js"></script><iframe src="/real.pdf"></iframe>')),
  ],
  [
    'a text file',
    'a.txt',
    answer(200, '说明：请按要求填写。', { 'content-type': 'text/plain; charset=utf-8' }),
  ],
  ['a file without type', 'f.pdf', answer(200, fileBytes('pdf'), { 'content-type': '' })],
];

const PICTURES: readonly (readonly [name: string, path: string, handler: Handler])[] = [
  ['a photo', 'a.jpg', answer(200, fileBytes('jpg'), { 'content-type': 'image/jpeg' })],
  ['a PNG named jpg', 'b.jpg', answer(200, fileBytes('png'), { 'content-type': 'image/jpeg' })],
  ['a picture served as a page', 'a.gif', answer(200, fileBytes('gif'), HTML)],
  [
    'a drawing',
    'a.svg',
    answer(200, '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0h9"/></svg>', {
      'content-type': 'image/svg+xml',
    }),
  ],
  ['a dynamic picture', 'pic.php', answer(200, fileBytes('png'), { 'content-type': 'image/png' })],
];

export const SOUND_LINKS: readonly LinkCase[] = [
  ...PAGES.map(
    ([name, handler, text], at): LinkCase => ({
      ...{ name, handler, truth: 'ok', url: `${SITE}/sound/${at}` },
      ...(text === undefined ? {} : { text }),
    }),
  ),
  ...FILES.map(
    ([name, path, handler]): LinkCase => ({
      ...{ name, handler, truth: 'ok', url: `${SITE}/files/${path}`, use: 'attachment' },
    }),
  ),
  ...PICTURES.map(
    ([name, path, handler]): LinkCase => ({
      ...{ name, handler, truth: 'ok', url: `${SITE}/pictures/${path}`, use: 'image' },
    }),
  ),
  { name: 'the home page', truth: 'ok', url: `${SITE}/`, text: '首页' },
  {
    name: 'an index file',
    truth: 'ok',
    url: `${SITE}/index.html`,
    handler: redirect('/'),
    text: '首页',
  },
  { name: 'an entry that leads home', truth: 'ok', url: `${SITE}/portal/`, handler: redirect('/') },
  { name: 'a slash added', truth: 'ok', url: `${SITE}/zwgk`, handler: redirect('/zwgk/', 301) },
  {
    name: 'the folder behind it',
    truth: 'ok',
    url: `${SITE}/zwgk/`,
    handler: answer(200, framed('政务公开', '<ul><li>目录</li></ul>')),
  },
  ...['301', '308'].flatMap((status, at): LinkCase[] => [
    {
      name: `moved by ${status}`,
      truth: 'moved',
      url: `${SITE}/moved/a${status}.html`,
      handler: redirect(`/sound/${at}`, Number(status)),
    },
    {
      name: `moved twice by ${status}`,
      truth: 'moved',
      url: `${SITE}/moved/b${status}.html`,
      handler: redirect(`/moved/a${status}.html`, 302),
    },
    {
      name: `an attachment moved by ${status}`,
      truth: 'moved',
      url: `${SITE}/moved/c${status}.pdf`,
      use: 'attachment',
      handler: redirect('/files/a.pdf', Number(status)),
    },
    {
      name: `moved to another host by ${status}`,
      truth: 'moved',
      url: `http://old.qingyang.gov.cn/p${status}.html`,
      handler: redirect(`${SITE}/sound/${at}`, Number(status)),
    },
  ]),
];
