import type { SightPage } from './read-sight.ts';

/** What a page says of itself instead of giving content. */
export type PageStatement =
  | 'missing' // no such page, deleted, moved away
  | 'error' // a program's error
  | 'closed' // the site is shut, or a server's untouched first page
  | 'maintenance'
  | 'barred' // refuses us: firewall, verification, too often
  | 'elsewhere' // only for visitors of some regions
  | 'parked'; // the domain is for sale

const THING =
  '(?:网页|页面|内容|信息|文章|文件|资源|地址|网址|链接|栏目|稿件|新闻|记录|数据|附件|图片|频道|专题|文档|视频|目录|模块)';
const GONE =
  '(?:不存在|未找到|没找到|没有找到|找不到|无法找到|未能找到|已经?不在|(?:已经?|可能)?(?:被)?(?:发布者|作者|管理员|用户)(?:自行)?(?:删除|移除)|(?:已经?|可能)(?:被)?(?:删除|移除|删掉|下线|下架|撤稿)|被(?:删除|移除|移走)|走丢|丢失|丢了|迷路|飞走|去火星|不见了|尚未发布|未发布)';
/** Of a page or its address only: documents lapse (已失效) and forms complain (有误) on pages that are well. */
const PAGE = '(?:网页|页面|地址|网址|链接|栏目|频道)';
const BROKEN =
  '(?:已经?失效|失效了|(?:已经?|可能)(?:被)?(?:关闭|移走|移动|转移|更名|改名)|暂时不可用|无法显示|无法访问|无法打开|打不开|有误|出错|错误)';
const ASKED =
  '[您你](?:现在|当前|正在|刚才)?(?:所|要|想要?|需要)?(?:访问|查看|浏览|请求|打开|查找|寻找|找|输入|点击|阅读|查阅|下载)[的了]?(?:这个|该)?';
const SORRY = '(?:抱歉|对不起|很遗憾|不好意思|哎呀|糟糕|啊哦|oops|sorry)[^。\\n]{0,16}';

const clause = (...parts: readonly string[]): RegExp => new RegExp(parts.join(''), 'i');

/** Sentences that speak to the visitor about the page he asked for: nothing but an error page says so. */
const SPOKEN: readonly RegExp[] = [
  clause(ASKED, `${THING}[^。！!\\n]{0,24}${GONE}`),
  clause(ASKED, `${PAGE}[^。！!\\n]{0,24}${BROKEN}`),
  clause(SORRY, `${THING}[^。\\n]{0,10}${GONE}`),
  clause(SORRY, `${PAGE}[^。\\n]{0,10}${BROKEN}`),
  clause(SORRY, `(?:没有|没能|未能|未|无法)找到[^。\\n]{0,14}${THING}`),
  clause(`(?:该|此|这个|当前|所?请求的?|所?访问的?)${THING}(?:可能)?${GONE}`),
  clause(`(?:该|此|这个|当前|所?请求的?|所?访问的?)${PAGE}(?:可能)?${BROKEN}`),
  clause(`(?:找不到|无法找到|没有找到)(?:该|此|[您你]|请求的|对应的|指定的)[^。\\n]{0,12}${THING}`),
  clause(
    `(?<![如若果当])(?:该|此)(?:${THING}|[账帐]号|公众号|页)[^。\\n]{0,16}(?:无法|不能|不可)(?:再|正常)?(?:查看|浏览|访问|打开|显示)`,
  ),
  /无法找到(?:该|网)页|找不到文件或目录|文件或目录未找到|已被删除、名称已(?:被)?更改/,
  /(?:page|file|resource|document) (?:that )?(?:you (?:are|were) looking for|you(?:'ve| have)? requested)?.{0,80}(?:(?:was|is|could|can) ?not|n't)(?: be)? (?:found|displayed|exist)/i,
  /resource you are looking for (?:might|may) have been removed|file or directory not found|the resource cannot be found/i,
  /requested url .{0,300}was not found on this server|page (?:no longer exists|does not exist|doesn't exist)/i,
];

/** Words that also stand in running text; alone on a short page they are its message. */
const TERSE = clause(
  `${THING}[^。\\n]{0,4}${GONE}|${PAGE}[^。\\n]{0,4}${BROKEN}|找不到[^。\\n]{0,6}${THING}|(?:无|没有)(?:此|该|这个|这篇|相应的?|对应的?)${THING}|id(?:参数)?(?:错误|有误|无效|不存在)|非法(?:访问|参数|请求|操作)|参数(?:错误|有误|不正确)|(?<![\\w/])404(?![\\w\\u4e00-\\u9fff])|not found`,
);
/** A search that found nothing works. */
const SEARCHED = /查询|搜索|检索|共[^。\n]{0,6}条/;
const TITLE_MISSING =
  /^\W{0,6}(?:http\s?)?(?:错误|error)?\W{0,3}404(?![\p{Script=Han}\d])|404\W{0,3}(?:错误|页面|提示|出错|error|not found)|(?:错误|error)\W{0,3}404\b|(?:网页|页面|内容|信息|文章|文件)(?:不存在|未找到|找不到|没有找到|丢失|走丢|已?被?删除|无法找到)|找不到(?:页面|网页|文件|您)|无法找到(?:网页|该页|页面)|^(?:page )?not found\b|^.{0,6}出错了/iu;
/** An error's heading, the whole of its line. */
const HEADLINE =
  /^\W{0,4}(?:http\s?)?(?:error|错误)?\s?404\W{0,3}(?:(?:page )?not found|error|错误|页面.{0,8})?\W{0,4}$/i;
const ERROR =
  /http\s?(?:status|状态|错误|error)\W{0,4}[45]\d\d|server error in '|应用程序中的服务器错误|internal server error|(?:服务器|系统|程序|应用)(?:内部|运行|发生(?:内部|未知)?|出现(?:内部|未知)?)?(?:错误|出错|异常|开小差)|运行时错误|数据库(?:连接|操作)?(?:失败|错误|出错|异常)|ole db provider for |whitelabel error page|(?:java|org|javax)\.[a-z]{2,20}\.[\w.]{0,60}exception|fatal error: |on line \d{1,6}$|\bora-\d{5}\b|sqlstate\[|error establishing a database connection|bad gateway|service (?:temporarily )?unavailable|gateway time-?out/i;
const CLOSED =
  /(?:网站|站点|本站|该站|此站)(?:现)?(?:已经?|被)(?:于[^。\n]{0,14})?(?:永久)?(?:关闭|关停|停用|下线|停止(?:服务|运行|访问|使用|更新)|注销|撤销)|(?:没有找到|未找到|找不到)(?:该|此)?站点|站点(?:已?暂停|不存在|未绑定)|恭喜[，,]?\s?站点创建成功|welcome to (?:nginx|openresty|tengine|caddy)|apache2? (?:\w{1,12} )?default page|^it works!?$|iis windows server|internet information services/i;
const MAINTENANCE =
  /(?:网站|系统|平台|服务器|站点)(?:正在|进行|例行|升级|临时|停机|日常)*(?:维护|升级|改版|割接|迁移)(?:中|期间|暂停)|(?:正在|进行)(?:系统|网站|升级)?(?:维护|升级|改版)|停机维护|under (?:scheduled )?maintenance/i;
const BARRED =
  /访问(?:已?被|请求被)(?:拒绝|拦截|禁止|阻断|限制)|请求(?:已?被|遭到)(?:拒绝|拦截|阻断)|对(?:网站|服务器)造成(?:安全)?威胁|(?:安全|防护)(?:策略|规则|系统)[^。\n]{0,6}(?:拦截|阻断|拒绝)|(?:没有|无)权限(?:查看|访问|浏览)|web应用防火墙|网站防火墙|安全(?:拦截|狗)|输入验证码(?:后)?(?:继续|再)?(?:访问|浏览|查看)|请完成(?:安全|人机|滑[动块])?验证|人机验证|完成验证后[^。\n]{0,6}访问|访问(?:过于频繁|频率过)|操作过于频繁|\bip(?:地址)?[^。\n]{0,10}(?:已?被|受到)[^。\n]{0,4}(?:封|限制|禁|拉黑)|request (?:has been |was )?blocked|access (?:denied|forbidden)|attention required|just a moment|checking your browser|enable javascript and cookies|are you a (?:human|robot)|ddos protection/i;
const REGION = '(?:境外|海外|国外|外网|地区|区域|国家|地域|地理位置)';
const ELSEWHERE = clause(
  `${REGION}[^。\\n]{0,12}(?:限制|禁止|无法|不能|不可|不支持|未开放|暂停)[^。\\n]{0,6}访问(?=$|[\\s。，,！!；;）)]|本|该|此|我|网)`,
  `|${REGION}[^。\\n]{0,8}访问[^。\\n]{0,6}(?:限制|禁止|受限|未开放)`,
  '|[您你](?:当前|现在)?(?:的ip)?(?:地址)?所在的?(?:地区|区域|国家)[^。\\n]{0,12}(?:不在|暂不|无法|不能|未|不支持|限制)',
  '|(?:仅|只)(?:限|对|允许|面向|支持|接受)[^。\\n]{0,10}(?:境内|国内|中国大陆|内网|政务外网)[^。\\n]{0,8}(?:访问|ip)',
  '|(?:not available|unavailable|blocked|restricted) (?:in|from|for) your (?:country|region|location)|from your (?:country|region|area) (?:is|are|has)',
);
const PARKED =
  /(?:此|该|本)?域名(?:正在|可能|现)?(?:待?出售|转让|拍卖|求购|停放|已过期|已到期|未续费)|(?:购买|收购|出售)(?:此|该|本|这个)域名|domain (?:name )?(?:is|may be) (?:for sale|parked|expired)|buy this domain|(?:this|the) domain .{0,60}(?:for sale|has expired|is parked)|域名交易|sedoparking|parkingcrew/i;

/**
 * A heading under which a page tells of such things instead of being one: a notice that a site was closed, a warning of false domains,
 * a letter that something fails. The word alone (公告) stands over closed sites too.
 */
const ANNOUNCEMENT =
  /关于|公告|通知|通告|公示|通报|声明|启事|说明|提醒|倡议|答复|来信|解答|如何|怎么|怎样|为什么|[？?]|整改|整治|举报|查处/;
const ANNOUNCED_CHARS_MIN = 5;

/** The site's name behind an article's. */
const SITE_OF_TITLE = /[-—_|–][^-—_|–]{2,40}$/u;

/** Most visible characters of a page that is only a statement; a refusal's page is short, an error page may carry the site's menu. */
const SHORT = 800;
const TERSE_MAX = 120;
/** The message itself; a longer line tells of something, unless it is an interface's answer. */
const TERSE_LINE_MAX = 20;
const PROSE_LINE = 36;
const PROSE_MAX = 160;
const FOOTER = /版权|copyright|备案|网站标识码|主办|承办|联系电话|地址[：:]|邮编|©|技术支持/i;

/** What the page says of itself instead of giving content; null when it seems to give some. */
export function pageSays(page: SightPage): { statement: PageStatement; words: string } | null {
  const whole = `${page.title}\n${page.lines.join('\n')}`;
  if (announcesIt(page)) return null;
  const error = saysError(page);
  if (error !== null) return error;
  if (page.text.length <= SHORT && proseOf(page) <= PROSE_MAX) {
    // What stands in quotation marks is said of something else.
    const brief = firstOf(whole.replace(/“[^“”]{0,80}”/g, ''), [
      ['elsewhere', ELSEWHERE],
      ['barred', BARRED],
      ['parked', PARKED],
      ['closed', CLOSED],
      ['maintenance', MAINTENANCE],
    ]);
    if (brief) return brief;
  }
  return saysMissing(page);
}

/** Whether the page stands under a heading of its own that names a subject, not under 公告 or 提示. */
function announcesIt({ title, headings }: SightPage): boolean {
  return [title.replace(SITE_OF_TITLE, ''), ...headings].some(
    (line) =>
      ANNOUNCEMENT.test(line) &&
      !SPOKEN.some((pattern) => pattern.test(line)) &&
      (line.match(/\p{Script=Han}/gu)?.length ?? 0) >= ANNOUNCED_CHARS_MIN,
  );
}

function saysMissing(page: SightPage): { statement: 'missing'; words: string } | null {
  const prose = proseOf(page);
  const found = (words: string): { statement: 'missing'; words: string } => ({
    statement: 'missing',
    words,
  });
  if (prose <= PROSE_MAX && page.title.length <= 60 && TITLE_MISSING.test(page.title))
    return found(page.title);
  for (const line of page.lines) {
    if (line.length > 200) continue;
    if (prose <= PROSE_MAX && HEADLINE.test(line) && !isNumbered(page)) return found(line);
    const spoken = SPOKEN.map((pattern) => pattern.exec(line)?.[0]).find((words) => words);
    if (spoken && prose - (line.length >= PROSE_LINE ? line.length : 0) <= PROSE_MAX)
      return found(spoken);
  }
  const own = page.lines.filter((line) => !FOOTER.test(line)).join('\n');
  if (own.length > TERSE_MAX || SEARCHED.test(own)) return null;
  const terse = own
    .split('\n')
    .map((line) =>
      line.length <= TERSE_LINE_MAX || line.startsWith('{') ? TERSE.exec(line)?.[0] : undefined,
    )
    .find((words) => words && (words !== '404' || !isNumbered(page)));
  return terse ? found(terse) : null;
}

/** Other numbers on lines of their own: the rows of a table, one of which is the 404th. */
const isNumbered = ({ lines }: SightPage): boolean =>
  lines.some((line) => /^\d{2,8}$/.test(line) && line !== '404');

/** A program's error stands at the top; a manual that quotes one says something else first. */
function saysError(page: SightPage): { statement: 'error'; words: string } | null {
  const top = `${page.title}\n${page.lines.slice(0, 3).join('\n').slice(0, 300)}`;
  const match = ERROR.exec(top);
  if (match === null) return null;
  const isTrace = /\.java:\d+|exception|\bat [\w.]+\(/i.test(page.html.slice(0, 20_000));
  return page.text.length <= SHORT || isTrace ? { statement: 'error', words: match[0] } : null;
}

/** Characters of running text: lines long enough to be sentences, the footer's left out. */
export function proseOf(page: SightPage): number {
  let prose = 0;
  for (const line of page.lines)
    if (line.length >= PROSE_LINE && !FOOTER.test(line)) prose += line.length;
  return prose;
}

function firstOf(
  text: string,
  patterns: readonly (readonly [PageStatement, RegExp])[],
): { statement: PageStatement; words: string } | null {
  for (const [statement, pattern] of patterns) {
    const words = pattern.exec(text)?.[0];
    if (words !== undefined) return { statement, words };
  }
  return null;
}
