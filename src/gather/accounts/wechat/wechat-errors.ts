import { cutText } from '../../../lib/pure/cut-text.ts';
import { NO_ANSWER, NOT_ASKED, type WechatRefusal } from './wechat-answer.ts';

/**
 * What a connector does about a refusal:
 * `retry` again with growing pauses, three times at the most · `refresh-token` a new token once, the call once more, then `stop-owner` ·
 * `stop-owner` leave the account alone until its owner has mended it · `stop-operations` the same, but our own people mend it ·
 * `park` ask this interface no more before the next day in Shanghai · `back-off` not for a minute ·
 * `drop-capability` the account does not have the interface · `split-span` ask for fewer days · `none-there` the answer is "nothing" ·
 * `defect` our request was wrong: never again unchanged · `mend-content` `publish-otherwise` `by-hand` what a publishing connector has
 * to do with the article · `give-up` anything else.
 */
export type WechatAction =
  | 'retry'
  | 'refresh-token'
  | 'stop-owner'
  | 'stop-operations'
  | 'park'
  | 'back-off'
  | 'drop-capability'
  | 'split-span'
  | 'none-there'
  | 'defect'
  | 'mend-content'
  | 'publish-otherwise'
  | 'by-hand'
  | 'give-up';

interface ErrorRule {
  readonly codes: readonly number[];
  readonly action: WechatAction;
  /** Chinese: what it means, and who does what next. */
  readonly means: string;
  readonly next: string;
}

/** new-media-apis §2.6, and -1000 of our own: an answer that did not come is treated as a busy platform. */
const RULES: readonly ErrorRule[] = [
  { codes: [-1, NO_ANSWER], action: 'retry', means: '微信平台繁忙或没有答复', next: '系统会再试' },
  {
    codes: [40001, 40014, 42001],
    action: 'refresh-token',
    means: '接口凭据失效，换新之后仍被拒绝',
    next: '请账号管理员重置 AppSecret 并在信源里重新填写，或重新授权',
  },
  {
    codes: [40125],
    action: 'stop-owner',
    means: 'AppSecret 不正确',
    next: '请账号管理员在公众平台查看并在信源里重新填写',
  },
  {
    codes: [40013],
    action: 'stop-owner',
    means: 'AppID 不正确',
    next: '请账号管理员核对 AppID 并在信源里改正',
  },
  {
    codes: [40243],
    action: 'stop-owner',
    means: 'AppSecret 已被冻结',
    next: '请账号管理员到公众平台“设置与开发—基本配置”解冻',
  },
  {
    codes: [61003, 61023],
    action: 'stop-owner',
    means: '账号没有授权给本平台，或授权已经失效',
    next: '请账号管理员用授权链接重新扫码授权',
  },
  {
    codes: [61004, 61005, 61006],
    action: 'stop-operations',
    means: '第三方平台的票据过期、无效，或出口 IP 不在第三方平台的白名单',
    next: '请运维人员检查回调地址能否收到推送的票据，并核对开放平台的 IP 白名单',
  },
  {
    codes: [61007],
    action: 'drop-capability',
    means: '账号授权时没有给这一项权限',
    next: '需要时请账号管理员重新授权并勾选这一项，或改用其他信源',
  },
  {
    codes: [40164],
    action: 'stop-operations',
    means: '本系统的出口 IP 不在账号的 IP 白名单里',
    next: '请账号管理员到公众平台“设置与开发—基本配置—IP白名单”加入',
  },
  {
    codes: [89503, 89506, 89507],
    action: 'stop-operations',
    means: '这个 IP 的调用在等管理员确认，或已被管理员拒绝',
    next: '请账号管理员在公众平台的通知里确认这个 IP',
  },
  {
    codes: [40007, 40118],
    action: 'mend-content',
    means: '素材编号无效',
    next: '重新上传素材，再建草稿',
  },
  {
    codes: [40066, 40097, 41001, 43001, 43002, 44002, 47001],
    action: 'defect',
    means: '请求的写法不对',
    next: '这是本系统的缺陷，请把编号报给维护人员',
  },
  {
    codes: [45001, 45002],
    action: 'mend-content',
    means: '素材或正文过大',
    next: '缩小之后再发',
  },
  {
    codes: [45009],
    action: 'park',
    means: '这个接口今天的调用次数已用完',
    next: '次日零点自动恢复；急用时账号管理员可在公众平台清零（每月 10 次）',
  },
  {
    codes: [48006],
    action: 'park',
    means: '本月清零次数已用完',
    next: '等次日零点自动恢复',
  },
  { codes: [45011], action: 'back-off', means: '调用太频繁', next: '一分钟以后系统会再试' },
  {
    codes: [45028],
    action: 'publish-otherwise',
    means: '没有群发次数了',
    next: '改用发布（不通知粉丝），或等到次日、次月',
  },
  {
    codes: [45015, 45047],
    action: 'by-hand',
    means: '客服消息超过时限或条数',
    next: '不能再用接口答复，请在公众平台人工答复',
  },
  { codes: [46003], action: 'none-there', means: '没有自定义菜单', next: '不需处理' },
  {
    codes: [48001],
    action: 'drop-capability',
    means: '账号没有这个接口的权限',
    next: '改用其他信源，或由检查人员打开账号查看',
  },
  {
    codes: [48004],
    action: 'stop-owner',
    means: '账号的接口被微信平台封禁',
    next: '请账号管理员登录公众平台查看处罚通知；解除之前由检查人员打开账号查看',
  },
  {
    codes: [50002],
    action: 'stop-owner',
    means: '账号被微信平台限制使用',
    next: '请账号管理员登录公众平台查看限制原因；解除之前由检查人员打开账号查看',
  },
  { codes: [53500], action: 'by-hand', means: '发布功能被封禁', next: '请到公众平台查看' },
  { codes: [53501], action: 'back-off', means: '发布太频繁', next: '过一会儿再发' },
  {
    codes: [53502, 53600],
    action: 'defect',
    means: '发布编号或文章编号无效',
    next: '重新核对编号',
  },
  {
    codes: [53503, 53504, 53505],
    action: 'by-hand',
    means: '草稿没有通过检查，或要先在公众平台处理',
    next: '请到公众平台的草稿箱处理',
  },
  { codes: [61500, 61501], action: 'split-span', means: '日期或跨度不合要求', next: '按单日再查' },
  { codes: [88000], action: 'drop-capability', means: '账号没有评论功能', next: '不需处理' },
  { codes: [88001], action: 'none-there', means: '文章不存在或没有评论', next: '不需处理' },
];

const UNKNOWN: ErrorRule = {
  codes: [],
  action: 'give-up',
  means: '微信平台拒绝了这次调用',
  next: '请运维人员按错误码查看微信的文档',
};

const BY_CODE = new Map(RULES.flatMap((rule) => rule.codes.map((code) => [code, rule] as const)));

export const actionOf = (errcode: number): WechatAction => (BY_CODE.get(errcode) ?? UNKNOWN).action;

/** In the errmsg of 40164: `invalid ip 192.0.2.7 ipv6 ::ffff:192.0.2.7, not in whitelist rid: …`. */
const IP_V4 = /\b\d{1,3}(?:\.\d{1,3}){3}\b/;
const ALARM_LENGTH_MAX = 300;

/** The refusal in Chinese, ending with what to do next; the IP that has to be allowed is named. */
export function wordRefusal({ errcode, message }: WechatRefusal): string {
  if (errcode === NOT_ASKED) return message;
  const { means, next } = BY_CODE.get(errcode) ?? UNKNOWN;
  const ip = errcode === 40164 ? IP_V4.exec(message)?.[0] : undefined;
  const address = ip === undefined ? '' : `：${ip}`;
  const said = errcode === NO_ANSWER ? message : `错误码 ${errcode} ${message}`;
  return cutText(`${means}；${next}${address}（${said}）`, ALARM_LENGTH_MAX);
}
