import { shanghaiInstant } from '../../../lib/pure/dates.ts';

/** A page of an official account's article, or what stands in its place. */
export interface ArticlePlan {
  /** `/s/…` below the platform's host. */
  readonly path: string;
  readonly biz: string;
  readonly ghId: string;
  readonly nickname: string;
  readonly title: string;
  /** A date and `HH:MM` in Asia/Shanghai. */
  readonly on: string;
  readonly time: string;
  readonly state: 'shown' | 'deleted' | 'violating' | 'verify' | 'closed';
  /** Pictures instead of text: the page assigns its fields in another way. */
  readonly form: 'text' | 'pictures';
}

/** The page as the platform serves it: the fields stand in scripts, and the text may say anything. */
export function writeArticle(plan: ArticlePlan): string {
  switch (plan.state) {
    case 'deleted':
      return notice('该内容已被发布者删除');
    case 'violating':
      return notice('此内容因违规无法查看');
    case 'verify':
      return notice('环境异常', '当前环境异常，完成验证后即可继续访问。');
    case 'closed':
      return notice('此帐号已自主注销，内容无法查看');
    default:
      return shown(plan);
  }
}

function shown(plan: ArticlePlan): string {
  const seconds = Date.parse(shanghaiInstant(`${plan.on} ${plan.time}`)!) / 1000;
  const fields = plan.form === 'text' ? textFields(plan, seconds) : pictureFields(plan, seconds);
  // The text tells of dates of its own: what is announced is older or still to come.
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>${escapeHtml(plan.title)}</title>
<meta property="og:title" content="${escapeHtml(plan.title)}" />
<script nonce="1902" type="text/javascript">window.logs = { pagetime: {} }; var t = "ct = '1262304000'";</script>
</head><body>
<div id="js_content"><p>${escapeHtml(plan.title)}</p><p>var ct = "1893456000"; 发布时间：2030年1月1日</p></div>
<script nonce="1902" type="text/javascript">${fields}</script>
</body></html>`;
}

function textFields(plan: ArticlePlan, seconds: number): string {
  return `
  // var ct = "1";
  var biz = "${plan.biz}" || "";
  var sn = "" || "" || "";
  var user_name = "${plan.ghId}";
  var nickname = htmlDecode("${escapeScript(plan.nickname)}");
  var msg_title = '${escapeScript(plan.title)}'.html(false);
  var ct = "${seconds}";
  var item_show_type = "0";
  var real_item_show_type = "0";
  if (ct == "1") { window.old = true; }
`;
}

function pictureFields(plan: ArticlePlan, seconds: number): string {
  return `
  d.biz = xml ? getXmlValue('biz') : '${plan.biz}';
  d.user_name = xml ? getXmlValue('user_name') : '${plan.ghId}';
  d.nick_name = xml ? getXmlValue('nick_name') : '${escapeScript(plan.nickname)}';
  d.msg_title = xml ? getXmlValue('msg_title') : '${escapeScript(plan.title)}';
  d.ct = xml ? getXmlValue('ct') * 1 : '${seconds}';
  d.item_show_type = xml ? getXmlValue('item_show_type') : '8';
`;
}

function notice(title: string, more = ''): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title></title></head><body>
<div class="weui-msg"><div class="weui-msg__text-area"><h2 class="weui-msg__title">${title}</h2><p>${more}</p></div></div>
<script type="text/javascript">var s = 1;</script></body></html>`;
}

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** As the platform writes strings into scripts: quotes and angle brackets by code. */
const escapeScript = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replace(/['"<>&]/g, (sign) => `\\x${sign.charCodeAt(0).toString(16)}`);
