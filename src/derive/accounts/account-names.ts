import type { AccountPlatform } from '../../domain/discovered-account.ts';
import { platformOfWords } from './platform-words.ts';

/** A name as words beside a link or picture give it, and what they say of its platform. */
export interface CaptionReading {
  readonly name: string | null;
  /** Null: the words name no platform. */
  readonly platform: AccountPlatform | null;
  /** A WeChat id of the account's own choice (微信号：hnfabu); null = none. */
  readonly wxid: string | null;
  /** The words call on the reader to follow (关注、扫码), or write the name behind a colon: more than a mention. */
  readonly invites: boolean;
}

/** Words looked at; a caption is one line. */
const CAPTION_MAX = 300;
const NAME = '[\\u3400-\\u9fffA-Za-z0-9·\\-_]{2,30}';
const QUOTES = '“”"\'「」『』《》〈〉【】\\[\\]';
const PLATFORM =
  '(?:微信公众平台|微信公众号|微信订阅号|微信服务号|公众微信号?|微信视频号|微信小程序|小程序|视频号|公众号|订阅号|服务号|新浪微博|腾讯微博|官方微博|官方微信|微博|微信(?!群|支付|好友|朋友圈|扫)|今日头条号?|头条号|抖音号?|快手号?|小红书号?|哔哩哔哩|B站|人民号|百家号|企鹅号|网易号|搜狐号|澎湃号|喜马拉雅|西瓜视频|手机客户端|移动客户端|客户端|APP)';
/** 微信公众号：衡南发布；官方微博@衡南发布；头条号 “衡南发布”. */
const AFTER_COLON = new RegExp(
  `${PLATFORM}(?:账号|帐号|名称|号|二维码|ID)?\\s{0,3}(?:[（(][^（()）]{0,20}[）)])?\\s{0,3}[:：@＠]\\s{0,3}[@＠]?[${QUOTES}]?(${NAME})`,
  'i',
);
/** 官方微博 衡南发布. */
const AFTER_BLANK = new RegExp(`${PLATFORM}\\s{1,3}[${QUOTES}]?(${NAME})[${QUOTES}]?$`, 'i');
/** 新浪微博（衡南发布）. */
const IN_BRACKETS = new RegExp(`${PLATFORM}\\s{0,3}[（(]\\s{0,3}(${NAME})\\s{0,3}[)）]`, 'i');
/** 关注“衡南发布”. */
const FOLLOW_QUOTED = new RegExp(
  `(?:关注|搜索|订阅|下载|添加)[^。；;\\n]{0,14}?[“"「『《【](${NAME})[”"」』》】]`,
);
/** 扫码关注衡南发布（微信公众号）. */
const FOLLOW_BARE = new RegExp(`(?:关注|订阅|下载)\\s{0,3}[@＠:：]?\\s{0,3}(${NAME})`);
/** “衡南发布”微信公众号; 衡南发布微信公众号; 衡南发布 官方微博. */
const BEFORE_PLATFORM = new RegExp(
  `[“"「『《【]?(${NAME}?)[”"」』》】]?\\s{0,3}[（(\\-—|]?\\s{0,3}(?:官方)?${PLATFORM}`,
  'i',
);
const AT_NAME = new RegExp(`[@＠]\\s{0,2}(${NAME})`);
const WXID =
  /(?:微信号|公众号|公众账号|ID|微信)\s{0,3}[:：]\s{0,3}([A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9])/i;
/** Where a text was taken from, which is no account of the site. */
const SOURCE = /(?:来源|转自|摘自|转载|供稿|来自|据)\s{0,3}[:：]?\s{0,3}$/;
const INVITES = /关注|扫[一码描]|扫二维|识别|长按|订阅|下载|搜索|添加|官方|官微|[:：@＠]/;

/** Words that are no name: what stands around a code, what it is for. */
const GENERIC =
  /^(?:请|您|你|我们|我局|本局|本网站?|本站|更多|精彩|资讯|内容|信息|手机|移动|官方|政务|新媒体|扫一扫|扫码|扫描|二维码|微信扫一扫|关注|进入|详情|全文|我|长按|识别|点击|打开|查看|访问|下载|安装|安卓|苹果|版|端|版下载|下载二维码|的|了|号|平台|账号|帐号|名称|服务|矩阵|分享|分享到|到|微|微信|微博|微信端|新浪|新浪网|腾讯|腾讯网|今日|一下|关注我们|联系我们|app|ios|android|iphone|ipad|wap|手机版|电脑版|客户端|手机客户端|移动客户端|官方微博|官方微信|公众号|公众微信|微信公众号|微信公众平台|订阅号|服务号|小程序|微信小程序|抖音|抖音号|快手|头条|今日头条|头条号|视频号|新浪微博|官方抖音|官方账号|官网|首页|网站|门户网站|政府网站|政务微信|政务微博|政务抖音|政务新媒体|政务客户端)+$/i;
/** What is cut off at the ends of a name. */
const HEAD =
  /^(?:(?:欢迎|敬请|请|扫码|扫一扫|扫描|长按|识别|二维码|立即|点击|搜索|添加|关注|订阅|下载|官方|我们的|我们|本局|我局|本单位|本|查看|打开|进入|手机|微信|微博|新浪|腾讯|政务(?=微))+)(?=[\u3400-\u9fffA-Za-z0-9])/;
const TAIL =
  /(?:的?(?:官方)?(?:微信)?(?:二维码|公众平台|公众号|订阅号|服务号|小程序|视频号|微博|微信|抖音号?|快手号?|头条号?|官微|账号|帐号|APP|客户端|手机|移动|官方|政务新媒体|今日|新浪|腾讯|今日头条)|上线(?:了|啦)?|欢迎您?|更多(?:精彩|资讯|内容|信息)*|获取更多\S{0,10}|了解更多\S{0,10})+$/i;

/** Reads a caption: “微信公众号：衡南发布”, “扫码关注衡南发布”, “官方微博@衡南发布”. Pure, linear. */
export function readCaption(text: string): CaptionReading {
  const words = text.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, CAPTION_MAX);
  const wxid = WXID.exec(words)?.[1] ?? null;
  const name = nameIn(words);
  return {
    name: name !== null && name.toLowerCase() === wxid?.toLowerCase() ? null : name,
    platform: platformOfWords(words),
    wxid: wxid === null ? null : wxid.toLowerCase(),
    invites: INVITES.test(words),
  };
}

const NAME_PATTERNS = [
  ...[AFTER_COLON, IN_BRACKETS, FOLLOW_QUOTED, AT_NAME, FOLLOW_BARE, AFTER_BLANK],
  BEFORE_PLATFORM,
];

function nameIn(words: string): string | null {
  for (const pattern of NAME_PATTERNS) {
    const found = pattern.exec(words);
    if (found === null || SOURCE.test(words.slice(0, found.index))) continue;
    const name = cleanName(found[1] ?? '');
    if (name !== null) return name;
  }
  return null;
}

/** The name in a few words of an account's own: of a caption, else the words themselves where they are nothing but a name. */
export const nameOfWords = (text: string): string | null =>
  readCaption(text).name ?? bareName(text);

const EVERY_COLON = new RegExp(AFTER_COLON.source, 'gi');
const CAPTIONS_MAX = 20;
const INVITATION_MAX = 28;

/** An account that a line of words names by itself: nothing but the words is known of it. */
export interface LineCaption {
  readonly platform: AccountPlatform;
  /** Null only where a WeChat id is given. */
  readonly name: string | null;
  readonly wxid: string | null;
}

/**
 * Accounts that a line invites to follow or lists with a colon (微信公众号：衡南发布　抖音号：衡南融媒). A platform that is only mentioned,
 * and where a text was taken from (来源：某某微信公众号), is none.
 */
export function captionsIn(line: string): LineCaption[] {
  const words = line.normalize('NFKC').replace(/\s+/g, ' ').trim().slice(0, CAPTION_MAX);
  if (platformOfWords(words) === null) return [];
  const found: LineCaption[] = [];
  for (const match of words.matchAll(EVERY_COLON)) {
    if (found.length >= CAPTIONS_MAX || SOURCE.test(words.slice(0, match.index))) continue;
    const platform = platformOfWords(match[0].slice(0, match[0].length - match[1]!.length));
    const wxid = platform === 'wechat' ? wxidOf(match[1]!) : null;
    const name = wxid === null ? cleanName(match[1]!) : null;
    if (platform !== null && (name !== null || wxid !== null)) found.push({ platform, name, wxid });
  }
  if (found.length > 0) return found;
  const platform = platformOfWords(words);
  for (const pattern of [FOLLOW_QUOTED, FOLLOW_BARE, AT_NAME]) {
    const match = pattern.exec(words);
    if (match === null || SOURCE.test(words.slice(0, match.index))) continue;
    // In running text 关注 has other objects: 关注群众诉求.
    if (pattern === FOLLOW_BARE && words.length > INVITATION_MAX) continue;
    const name = cleanName(match[1]!);
    if (name !== null && platform !== null) return [{ platform, name, wxid: null }];
  }
  return [];
}

const wxidOf = (text: string): string | null =>
  /^[A-Za-z][-_A-Za-z0-9]{5,19}$/.test(text) ? text.toLowerCase() : null;

/** A short line that is nothing but a name (衡南发布 under a picture); null when it reads like anything else. */
export function bareName(text: string): string | null {
  const words = text.normalize('NFKC').replace(/\s+/g, '').trim();
  if (words.length < 2 || words.length > 24 || /[。，,；;！!？?、]/.test(words)) return null;
  return new RegExp(`^[${QUOTES}@]?${NAME}[${QUOTES}]?$`).test(words)
    ? cleanName(words.replace(new RegExp(`[${QUOTES}@]`, 'g'), ''))
    : null;
}

function cleanName(written: string): string | null {
  let name = written.replace(/^[-_·]+|[-_·]+$/g, '');
  for (let round = 0; round < 3; round += 1) {
    const before = name;
    name = name.replace(HEAD, '').replace(TAIL, '');
    if (name === before) break;
  }
  name = name.replace(/^[-_·]+|[-_·]+$/g, '');
  const isName = name.length >= 2 && !GENERIC.test(name) && !/^(?:\d+|https?|www)$/i.test(name);
  return isName ? name : null;
}

/** Two spellings of one name come to the same: width, letters' case, blanks, quotes and stops do not count. */
export function normalName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\u3400-\u9fffa-z0-9]/g, '');
}

/** Words that accounts of one body differ in, longest first: taken off the end one by one, as a pattern could not in linear time. */
const DRESS = [
  ...['政务新媒体', '官方微博', '官方微信', '官方账号', '官方帐号', '政务发布', '微政务', '公众号'],
  ...['订阅号', '服务号', '头条号', '抖音号', '视频号', '客户端', '官方', '官微', '微博', '微信'],
  ...['发布', '政务', 'app'],
];
const CORE_MIN = 2;

/** What is left of a normal name without the words that accounts of one body differ in (发布、政务、官微). Too short a rest is no name. */
export function coreName(name: string): string {
  let core = normalName(name);
  for (;;) {
    const dress = DRESS.find(
      (each) => core.endsWith(each) && core.length - each.length >= CORE_MIN,
    );
    if (dress === undefined) return core;
    core = core.slice(0, -dress.length);
  }
}
