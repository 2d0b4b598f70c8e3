import type { CrawlerIdentity, Manners } from './crawler-identity.ts';

/** The page's only style; its hash stands in the policy. */
export const ABOUT_STYLE =
  'body{max-width:44rem;margin:2rem auto;padding:0 1rem;font-family:sans-serif;line-height:1.8}dt{font-weight:bold}code{word-break:break-all}';

const NOT_SET = '（尚未填写）';

/** The contact page that our user agent points to: for the owner of a visited site, without sign-in. Pure. */
export function aboutPage(who: CrawlerIdentity, manners: Manners): string {
  const rows: readonly (readonly [string, string])[] = [
    ['我们是谁', text(who.operator ?? NOT_SET)],
    ['怎么找到我们', text(who.contact ?? NOT_SET)],
    ['用户代理（User-Agent）', `<code>${text(who.userAgent)}</code>`],
    ['从哪些地址来', addressList(who.addresses)],
  ];
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>关于巡鉴的访问</title>
<style>${ABOUT_STYLE}</style>
</head>
<body>
<h1>关于巡鉴的访问</h1>
<p>您的网站日志里出现了“巡鉴”的访问。巡鉴是政府网站监管平台，受网站主管单位委托，按《政府网站与政务新媒体检查指标》检查政府网站是否能打开、是否按时更新、底部要素是否齐全。它只读取公开的页面，不登录、不提交、不探测漏洞。</p>
<dl>
${rows.map(([term, words]) => `<dt>${term}</dt><dd>${words}</dd>`).join('\n')}
<dt>什么时候来、来多少</dt><dd>检查期间连续 ${manners.visitDays} 天、每天访问首页 ${manners.visitsPerDay} 次；另在监测时间点后读取栏目和稿件一遍。对同一地址的两次请求至少间隔 ${manners.paceMs} 毫秒。</dd>
</dl>
<h2>如果访问给您带来不便</h2>
<p>请按上面的方式告诉我们：可以约定不访问的时段，系统会把访问挪到时段之外；也可以索取放行材料（地址、用户代理、防火墙规则样例）。请不要只是拦截：被拦截的检查结果会记为“无法判定”，要由人再来核实，不会因此判为不合格。</p>
</body>
</html>
`;
}

function addressList(addresses: readonly string[]): string {
  if (addresses.length === 0) return NOT_SET;
  return addresses.map((address) => `<code>${text(address)}</code>`).join('、');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};
const text = (words: string): string => words.replace(/[&<>"]/g, (each) => ESCAPES[each]!);
