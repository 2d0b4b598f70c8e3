import { answer, drip, endless, hang, redirect, SCRIPT_ONLY_PAGE } from '../servers/behaviours.ts';
import type { Handler } from '../servers/start-server.ts';
import { type LinkCase, SITE } from './link-cases.ts';
import { article, forBrowsers, framed, inGbk, page } from './link-pages.ts';

const shown = answer(200, article('关于开展节前安全检查的通知', 2));
const GBK = { 'content-type': 'text/html; charset=gbk' };

/** Refusals of us in particular: never a reason to call a link dead. */
const REFUSALS: readonly (readonly [name: string, handler: Handler])[] = [
  ['401', answer(401, '请登录', { 'www-authenticate': 'Basic' })],
  ['403', answer(403, 'Forbidden')],
  ['403 in GBK', answer(403, inGbk(page('403', '禁止访问')), GBK)],
  [
    '405 of a firewall',
    answer(405, page('405', '很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。')),
  ],
  ['412 with a script', answer(412, "<script>$_ts=window['$_ts'];if(!$_ts)$_ts={};</script>")],
  ['418', answer(418)],
  ['423', answer(423)],
  ['429 for good', answer(429, '')],
  ['429 for an hour', answer(429, '', { 'retry-after': '3600' })],
  ['451', answer(451, 'Unavailable For Legal Reasons')],
  ['521 with a script', answer(521, '<script>document.cookie=("__jsl_clearance=1")</script>')],
  [
    '521 with a cookie that helps nobody',
    answer(521, '<script>x</script>', { 'set-cookie': ['__jsluid_h=1'] }),
  ],
  ['567 of a firewall', answer(567, page('567', '请求被拦截'))],
  ['999', answer(999, '')],
  ['200 with nothing but a script', answer(200, SCRIPT_ONLY_PAGE)],
  [
    '503 of a browser check',
    answer(
      503,
      page('Just a moment...', 'Checking your browser before accessing the site. DDoS protection'),
    ),
  ],
  ['404 of a firewall', answer(404, page('拦截', '您的请求已被拦截，您的IP地址已被限制访问'))],
  ['200 of a firewall', answer(200, page('安全拦截', '检测到可疑访问，请求被拦截，事件编号 1234'))],
  ['200 with a puzzle', answer(200, page('验证', '请完成安全验证后继续访问'))],
  ['too often', answer(200, page('提示', '您的访问过于频繁，请稍后再试'))],
  ['other countries not', answer(200, page('提示', '境外用户暂时无法访问本网站'))],
  ['other regions not', answer(403, page('提示', '您所在的地区不在服务范围内'))],
  ['404 for other regions', answer(404, page('提示', '本站仅限中国大陆IP访问'))],
  [
    'not in your country',
    answer(200, page('Sorry', 'This content is not available in your country')),
  ],
  ['404 to programs', forBrowsers(shown, answer(404))],
  ['404 page to programs', forBrowsers(shown, answer(404, page('404', '页面不存在')))],
  ['410 to programs', forBrowsers(shown, answer(410))],
  ['403 to programs', forBrowsers(shown, answer(403))],
  ['500 to programs', forBrowsers(shown, answer(500))],
  ['nothing to programs', forBrowsers(shown, answer(200, ''))],
  [
    'an error page to programs',
    forBrowsers(shown, answer(200, page('提示', '您访问的页面不存在'))),
  ],
  ['home to programs', forBrowsers(shown, redirect('/', 302))],
  ['a redirect to a refusal', redirect('/barred/1', 302)],
  ['sign in first', redirect('/barred/0', 302)],
];

const SLOW: readonly (readonly [name: string, handler: Handler])[] = [
  ['no word', hang],
  ['a drop now and then', drip],
  ['a redirect to silence', redirect('/slow/0', 302)],
];

const WRONG: readonly (readonly [name: string, text: string, handler: Handler])[] = [
  [
    'another county',
    '朝阳县人民政府',
    answer(200, framed('青阳县人民政府门户网站', '<h2>要闻</h2>')),
  ],
  ['another bureau', '青阳县财政局', answer(200, framed('青阳县教育局', '<h2>教育动态</h2>'))],
  [
    'a bureau of another city',
    '清江市公安局',
    answer(200, framed('首页-明湖市公安局', '<h2>警务</h2>')),
  ],
  [
    'another document',
    '青阳县人民政府办公室关于印发农村宅基地管理办法的通知',
    answer(200, article('青阳县第三季度空气质量状况', 3)),
  ],
  [
    'another document by number',
    '关于调整城乡居民医疗保险缴费标准的通知',
    answer(200, article('县委书记调研产业园区', 1)),
  ],
  [
    'a domain for sale',
    '青阳县旅游网',
    answer(
      200,
      page('qingyang-travel.com', '<h1>该域名正在出售</h1><p>域名出售，有意者请联系</p>'),
    ),
  ],
  [
    'a parked domain',
    '青阳县旅游网',
    answer(200, page('qy', '<p>This domain is for sale. Buy this domain.</p>')),
  ],
];

/** Names and titles that differ and still belong together. */
const RIGHT: readonly (readonly [name: string, text: string, handler: Handler])[] = [
  ['a short name', '县发改局', answer(200, framed('青阳县发展和改革局', '<h2>动态</h2>'))],
  [
    'a county by its short name',
    '青阳县政府',
    answer(200, framed('青阳县人民政府门户网站', '<h2>要闻</h2>')),
  ],
  [
    'a bureau that was renamed',
    '青阳县国土资源局',
    answer(200, framed('青阳县自然资源局', '<h2>动态</h2>')),
  ],
  [
    'a bureau within the portal',
    '青阳县审计局',
    answer(200, framed('青阳县人民政府', '<h2>审计局</h2>')),
  ],
  [
    'a title in other words',
    '一图读懂：青阳县农村宅基地管理办法',
    answer(200, article('图解《青阳县农村宅基地管理办法》', 2)),
  ],
  [
    'a document under the site title only',
    '关于做好节前安全检查工作的通知',
    answer(
      200,
      framed(
        '青阳县人民政府',
        '<p class="t">关于做好节前安全检查工作的通知</p><p>各乡镇：现将有关事项通知如下，请认真落实节前安全检查各项要求，发现隐患及时整改。</p>',
      ),
    ),
  ],
];

export const REFUSING_LINKS: readonly LinkCase[] = [
  ...REFUSALS.map(
    ([name, handler], at): LinkCase => ({
      ...{ name, handler, truth: 'blocked', url: `${SITE}/barred/${at}` },
    }),
  ),
  ...SLOW.map(
    ([name, handler], at): LinkCase => ({
      ...{ name, handler, truth: 'timeout', url: `${SITE}/slow/${at}` },
    }),
  ),
  ...WRONG.map(
    ([name, text, handler], at): LinkCase => ({
      ...{ name, text, handler, truth: 'wrongTarget', url: `${SITE}/wrong/${at}/` },
    }),
  ),
  ...RIGHT.map(
    ([name, text, handler], at): LinkCase => ({
      ...{ name, text, handler, truth: 'ok', url: `${SITE}/right/${at}/` },
    }),
  ),
  {
    name: 'a service that is the home page',
    truth: 'wrongTarget',
    text: '企业登记网上申请',
    url: `${SITE}/default.html`,
    handler: answer(200, framed('青阳县人民政府', '<h2>要闻</h2>')),
  },
  {
    name: 'a host that drops every line',
    truth: 'blocked',
    url: 'http://dropping.qingyang.gov.cn/',
  },
  {
    name: 'a page of a host that drops every line',
    truth: 'blocked',
    url: 'http://dropping.qingyang.gov.cn/a.html',
  },
  {
    name: 'a notice of maintenance',
    truth: 'unobserved',
    url: `${SITE}/wh/1`,
    handler: answer(200, page('系统维护', '网站正在升级维护中，给您带来不便敬请谅解')),
  },
  {
    name: '503 with a notice of maintenance',
    truth: 'unobserved',
    url: `${SITE}/wh/2`,
    handler: answer(503, page('系统维护', '系统维护中，预计两小时后恢复')),
  },
  {
    name: '503 until an hour from now',
    truth: 'unobserved',
    url: `${SITE}/wh/3`,
    handler: answer(503, '', { 'retry-after': '3600' }),
  },
  { name: 'this machine', truth: 'unobserved', url: 'http://127.0.0.2/' },
  { name: 'the inner network', truth: 'unobserved', url: 'http://10.1.2.3/oa/' },
  {
    name: 'a redirect into the inner network',
    truth: 'unobserved',
    url: `${SITE}/inner`,
    handler: redirect('http://192.168.0.1/', 302),
  },
  { name: 'a self-signed certificate', truth: 'tls', url: 'https://selfsigned.qingyang.gov.cn/' },
  {
    name: 'a certificate of another host',
    truth: 'tls',
    url: 'https://selfsigned.qingyang.gov.cn/a.html',
  },
  { name: 'an expired certificate', truth: 'tls', url: 'https://expired.qingyang.gov.cn/' },
  {
    name: 'no encryption at the secure port',
    truth: 'tls',
    url: 'https://plainport.qingyang.gov.cn/',
  },
  {
    name: 'an endless page behind a bad certificate',
    truth: 'tls',
    url: 'https://expired.qingyang.gov.cn/endless',
    handler: endless(),
  },
  {
    name: 'nothing behind a bad certificate',
    truth: 'dead',
    url: 'https://expired.qingyang.gov.cn/gone.html',
  },
];
