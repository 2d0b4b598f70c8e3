import { answer, SCRIPT_ONLY_PAGE } from '../servers/behaviours.ts';
import type { Handler } from '../servers/start-server.ts';
import { type CaseHost, type LinkCase, SITE } from './link-cases.ts';
import { article, framed, page } from './link-pages.ts';

/** Links of which only a browser can tell what they are: gates that scripts pass, pages that scripts write, ways that scripts go. */

const shown = answer(200, article('关于开展防汛物资检查的通知', 3));
const notHere = page('提示', '<p>对不起，您访问的页面不存在</p>');

/** A gate that opens to whoever runs its script, which writes `pass=7` in some way of its own. */
function scriptGate(refusal: Handler, behind: Handler): Handler {
  return (request, response) => {
    const isPassed = /(?:^|;\s*)pass=7(?:;|$)/.test(request.headers.cookie ?? '');
    (isPassed ? behind : refusal)(request, response);
  };
}

const computed = (how: string): string => `<html><head><script>${how}</script></head></html>`;
const PASSING = 'document.cookie="pass="+(3+4)+";path=/";location.reload()';
/** Script of a served page, not a pause of a test: gates of this kind count down before they let in. */
const LATER =
  'setTimeout(function(){document["coo"+"kie"]="pass="+[7].join("");window.location.reload()},200)';

const inScript = (html: string): string => JSON.stringify(html).replaceAll('</', '<\\/');

/** A page whose body a script writes; `empty` stands there before. */
const written = (html: string, empty = ''): string =>
  page(
    '青阳县人民政府',
    `<div id="app">${empty}</div><script>document.getElementById("app").innerHTML=${inScript(html)}</script>`,
  );

const PROSE =
  '<h1>关于开展防汛物资检查的通知</h1><p>各乡镇人民政府，县直各单位：为做好今年防汛准备工作，经县政府同意，决定在全县开展一次防汛物资检查，请认真组织实施。</p><p>检查从本月十日开始，到月底结束，各单位先行自查，县应急管理局会同水利局、财政局组成工作组，对重点乡镇和库区逐一抽查，结果全县通报。</p>';
const MENU_AND_DAY =
  '<ul><li>首页</li><li>要闻动态</li><li>政务公开</li><li>办事服务</li><li>互动交流</li></ul><p>今天是星期四</p>';

const app: Handler = answer(
  200,
  page(
    '青阳县政务服务网',
    `<div id="app"></div><script>
      var pages={"/item/1":${inScript(PROSE)}};
      var here=pages[location.pathname]||"<p>抱歉，您访问的页面不存在或已被删除<\\/p>";
      document.getElementById("app").innerHTML=location.pathname==="/"?"<h1>政务服务<\\/h1>":here;
    </script>`,
  ),
);

/** Every address of it gets the same few bytes. */
export const SCRIPTED_HOSTS: readonly CaseHost[] = [
  { host: 'spa.qingyang.gov.cn', home: app, fallback: app },
];

type Row = readonly [
  name: string,
  truth: LinkCase['truth'],
  handler: Handler,
  more?: Partial<LinkCase>,
];

const GATES: readonly Row[] = [
  ['412 until a script ran', 'ok', scriptGate(answer(412, computed(PASSING)), shown)],
  ['521 until a script ran later', 'ok', scriptGate(answer(521, computed(LATER)), shown)],
  ['403 until a script ran', 'ok', scriptGate(answer(403, computed(PASSING)), shown)],
  ['202 until a script ran', 'ok', scriptGate(answer(202, computed(LATER)), shown)],
  ['404 until a script ran', 'ok', scriptGate(answer(404, computed(LATER)), shown)],
  [
    'an error page behind a gate',
    'soft404',
    scriptGate(answer(412, computed(PASSING)), answer(200, notHere)),
  ],
  ['a gate that never opens', 'blocked', answer(412, computed(LATER))],
  ['a gate that never opens and says 200', 'blocked', answer(200, SCRIPT_ONLY_PAGE)],
  ['a gate without an end', 'blocked', answer(521, computed('for(;;){}'))],
];

const WRITTEN: readonly Row[] = [
  ['404 with a page that a script writes', 'ok', answer(404, written(PROSE))],
  ['404 with a menu that a script writes', 'dead', answer(404, written(MENU_AND_DAY))],
  ['404 with a page that holds the line', 'dead', answer(404, computed('for(;;){}'))],
  ['“not here” until a script ran', 'ok', answer(200, written(PROSE, '您访问的页面不存在'))],
  [
    '“not here” beside what a script writes',
    'soft404',
    answer(200, notHere.replace('</body>', '<script>document.write("今天是星期四")</script>')),
  ],
  ['“not here” written by a script', 'soft404', answer(200, written('<p>该信息已被删除</p>'))],
  [
    'another document written by a script',
    'wrongTarget',
    answer(
      200,
      page(
        '正在打开',
        `<script>document.open();document.write(${inScript(article('全县中小学运动会闭幕', 2))});document.close()</script>`,
      ),
    ),
    { text: '青阳县人民政府办公室关于印发农村宅基地管理办法的通知' },
  ],
  [
    'home by a way that only a script knows',
    'redirectHome',
    answer(200, computed('var w=window;w["loca"+"tion"]["hr"+"ef"]="/"')),
  ],
  [
    'a page by a way that only a script knows',
    'ok',
    answer(200, computed('var w=window;w["loca"+"tion"]["hr"+"ef"]="/a.html"')),
  ],
  ['a frame of a site without scripts to run', 'dead', answer(404, framed('青阳县', ''))],
];

const casesOf = (folder: string, rows: readonly Row[]): LinkCase[] =>
  rows.map(([name, truth, handler, more], at) => ({
    ...{ name, truth, handler, url: `${SITE}/${folder}/${at}`, ...more },
  }));

export const SCRIPTED_LINKS: readonly LinkCase[] = [
  ...casesOf('gate', GATES),
  ...casesOf('written', WRITTEN),
  { name: 'a page of an application', truth: 'ok', url: 'http://spa.qingyang.gov.cn/item/1' },
  {
    name: 'nothing in an application',
    truth: 'soft404',
    url: 'http://spa.qingyang.gov.cn/item/404',
  },
];
