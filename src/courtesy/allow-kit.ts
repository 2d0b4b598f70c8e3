import type { OfficialDocument } from '../documents/official-document.ts';
import type { CrawlerIdentity, Manners } from './crawler-identity.ts';

/** A file of the kit for site owners whose firewall blocks us. */
export interface KitFile {
  readonly name: string;
  readonly text: string;
}

const NO_ADDRESS = '# 出口地址没有填写：用 --address 或 XUNJIAN_CRAWL_ADDRESSES 给出后重新生成';

/** The kit's text files: addresses, agent string, rules for nginx and for anything else. Pure. */
export function kitFiles(who: CrawlerIdentity, manners: Manners): KitFile[] {
  const addresses = who.addresses.length === 0 ? [NO_ADDRESS] : who.addresses;
  return [
    { name: '出口地址.txt', text: lines(addresses) },
    { name: '用户代理.txt', text: lines([who.userAgent]) },
    { name: 'nginx.conf', text: nginxRules(who) },
    { name: '通用规则.txt', text: genericRules(who, manners) },
    { name: '放行清单.json', text: `${JSON.stringify(listOf(who, manners), null, 2)}\n` },
  ];
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

function listOf(
  { operator, contact, contactUrl, userAgent, addresses }: CrawlerIdentity,
  manners: Manners,
) {
  return { operator, contact, contactUrl, userAgent, addresses, ...manners };
}

/** An empty key of limit_req_zone is not limited (nginx, ngx_http_limit_req_module); both address and agent must fit. */
function nginxRules({ addresses, userAgent, contactUrl }: CrawlerIdentity): string {
  const agent = userAgent.replace(/[\\"]/g, '\\$&');
  return lines([
    `# 放行巡鉴的检查访问；说明：${contactUrl}`,
    '# 放进 http { } 里。地址和用户代理都相符才放行。',
    'geo $xunjian_address {',
    '    default 0;',
    ...(addresses.length === 0
      ? [`    ${NO_ADDRESS}`]
      : addresses.map((address) => `    ${address} 1;`)),
    '}',
    'map $http_user_agent $xunjian_agent {',
    '    default 0;',
    `    "${agent}" 1;`,
    '}',
    'map "$xunjian_address$xunjian_agent" $limit_key {',
    '    default $binary_remote_addr;',
    '    "11" "";',
    '}',
    '# 把现有的 limit_req_zone $binary_remote_addr … 改成：',
    '# limit_req_zone $limit_key zone=one:10m rate=10r/s;',
  ]);
}

function genericRules(who: CrawlerIdentity, manners: Manners): string {
  return lines([
    '适用于各种防火墙、云防护、验证码服务：',
    '1. 来源地址在“出口地址.txt”里，而且 User-Agent 等于“用户代理.txt”的，加入白名单；两个条件都要满足。',
    '2. 对白名单关闭：人机验证（脚本挑战、滑块、验证码）、按频率封禁、境外和机房地址封禁、爬虫识别。',
    '3. 不需要开放任何新端口，也不需要放行登录后的页面和后台。',
    `4. 访问量：检查期间每天访问首页 ${manners.visitsPerDay} 次、连续 ${manners.visitDays} 天，另读取栏目和稿件一遍；对同一地址两次请求至少间隔 ${manners.paceMs} 毫秒。`,
    `5. 说明和联系方式：${who.contactUrl}`,
  ]);
}

/** The letter that goes with the kit, to be completed by the office before it is sent. */
export function kitLetter(
  who: CrawlerIdentity,
  manners: Manners,
  signedOn: string,
): OfficialDocument {
  const operator = who.operator ?? '（单位名称）';
  const body = (text: string, lead = '') => ({ kind: 'body' as const, lead, text });
  const came = who.addresses.length === 0 ? '（出口地址）' : who.addresses.join('、');
  const title = '关于放行政府网站检查访问的函';
  return {
    draftNotice: '样稿：发出前请核对内容、填写文号和主送单位',
    issuer: operator,
    documentNumber: '（填写文号）',
    title,
    titleLines: [title],
    recipients: '（网站主办单位）：',
    blocks: [
      body(
        '按照政府网站与政务新媒体检查的要求，我单位使用巡鉴平台对所管网站进行日常监测。监测中发现，贵单位网站的防护设备拦截了监测访问，致使检查结果无法判定，需要人工反复核实。为准确掌握网站情况，请协助放行。',
      ),
      body(`${came}。`, '一、来源地址。'),
      body(`${who.userAgent}。来源地址和用户代理同时相符的，请加入白名单。`, '二、用户代理。'),
      body(
        `检查期间每天访问首页${manners.visitsPerDay}次、连续${manners.visitDays}天，另读取栏目和稿件一遍，对同一地址两次请求至少间隔${manners.paceMs}毫秒；只读取公开页面，不登录、不提交。如有不便访问的时段，请告知，我们将避开。`,
        '三、访问方式。',
      ),
      body(`${who.contact ?? '（联系人、电话）'}；说明页：${who.contactUrl}。`, '四、联系方式。'),
      body('随函附防火墙规则样例，供技术人员使用。'),
    ],
    signedOn,
    annexes: [],
  };
}
