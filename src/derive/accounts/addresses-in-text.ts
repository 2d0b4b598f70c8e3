import { nameOfWords } from './account-names.ts';

/**
 * Addresses written in scripts, styles and plain words. Pure, linear, bounded: each `//` or known host is looked at once, and what
 * follows is cut where an address ends.
 */

/** Hosts that accounts have addresses at; a text without any is not looked at again. */
const HOSTS =
  /weibo\.c|weixin\.qq|u\.wechat|toutiao\.com|zjurl\.cn|douyin\.com|kuaishou\.com|bilibili\.com|b23\.tv|xiaohongshu\.com|xhslink|pdnews\.cn|peopleapp|baidu\.com|new\.qq\.com|163\.com|mp\.sohu|zhihu\.com|thepaper\.cn|ximalaya|ixigua|apple\.com|a\.app\.qq|myapp\.com|sj\.qq\.com|app\.mi\.com|huawei\.com|hicloud|wxaurl|v\.t\.sina|\.apk|\.ipa/i;
const ADDRESS =
  /(?:https?:)?\\?\/\\?\/[A-Za-z0-9][A-Za-z0-9.-]{2,80}(?::\d{1,5})?(?:\\?\/[^\s"'<>`\\^{}|（）()，。；、]{0,700}){0,40}/g;
/** Hosts without a scheme in plain words: weibo.com/hnfabu. */
const BARE =
  /(?<![\w./-])(?:www\.|m\.|e\.)?(?:weibo\.com|weibo\.cn|douyin\.com|toutiao\.com|kuaishou\.com)\/[A-Za-z0-9_/.-]{2,120}/g;
const FOUND_MAX = 500;
const TEXT_MAX = 2_000_000;

export interface WrittenAddress {
  readonly address: string;
  /** The name that the same object of a script gives (`{"name": "…", "url": "…"}`); null = none. */
  readonly name: string | null;
}

/** Addresses in a script or style, `\/` undone. */
export function addressesIn(text: string): WrittenAddress[] {
  const within = text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text;
  if (!HOSTS.test(within)) return [];
  const found: WrittenAddress[] = [];
  for (const match of within.matchAll(ADDRESS)) {
    if (found.length >= FOUND_MAX) break;
    const address = match[0]
      .replaceAll('\\/', '/')
      .replaceAll('&amp;', '&')
      .replace(/[.,;]+$/, '');
    found.push({ address, name: nameBeside(within, match.index, match[0].length) });
  }
  return found;
}

/** How far an object of a script may reach before and behind an address. */
const OBJECT_MAX = 300;
const QUOTED_NAME = /["']([^"'{}\\]{0,4}[\u3400-\u9fff][^"'{}\\]{1,28})["']/g;

function nameBeside(text: string, at: number, length: number): string | null {
  const before = text.slice(Math.max(0, at - OBJECT_MAX), at);
  const open = before.lastIndexOf('{');
  if (open < 0 || before.indexOf('}', open) >= 0) return null;
  const after = text.slice(at + length, at + length + OBJECT_MAX);
  const close = after.indexOf('}');
  if (close < 0) return null;
  for (const [, quoted] of `${before.slice(open)} ${after.slice(0, close)}`.matchAll(QUOTED_NAME)) {
    const name = nameOfWords(quoted!);
    if (name !== null) return name;
  }
  return null;
}

/** Addresses that words on a page spell out. */
export function addressesInWords(text: string): string[] {
  if (!HOSTS.test(text)) return [];
  const bare = [...text.matchAll(BARE)].map((match) => `https://${match[0]}`);
  return [...addressesIn(text).map(({ address }) => address), ...bare].slice(0, FOUND_MAX);
}

/** `ralateUid`, `relateUid` of share buttons, and their nested form (`{"tsina":"123"}`) of JiaThis: the account that shares name. */
const SHARE_UID = /r[ae]lateuid["']?\s{0,3}[:=]\s{0,3}["']?(\d{5,11})(?!\d)/gi;
const SHARE_NESTED =
  /r[ae]lateuid["']?\s{0,3}:\s{0,3}\{[^{}]{0,80}?["']?tsina["']?\s{0,3}:\s{0,3}["']?(\d{5,11})(?!\d)/gi;

/** Weibo uids that share buttons of a script or attribute name. */
export function shareUidsIn(text: string): string[] {
  if (!/r[ae]lateuid/i.test(text)) return [];
  const within = text.slice(0, TEXT_MAX);
  return [
    ...new Set(
      [...within.matchAll(SHARE_UID), ...within.matchAll(SHARE_NESTED)].map((match) => match[1]!),
    ),
  ].slice(0, FOUND_MAX);
}

/** Texts that scripts turn into QR pictures on the page itself: `new QRCode(el, {text: '…'})`, `.qrcode('…')`. */
const MADE_QR = /qrcode\w{0,10}\s{0,3}\([^)]{0,200}?["'](https?:\\?\/\\?\/[^"'\s]{4,500})["']/gi;

export function madeQrTexts(script: string): string[] {
  if (!/qrcode/i.test(script)) return [];
  return [...script.slice(0, TEXT_MAX).matchAll(MADE_QR)]
    .slice(0, FOUND_MAX)
    .map((match) => match[1]!.replaceAll('\\/', '/'));
}

/** A picture that a style names. */
export interface StyledPicture {
  /** `data:` pictures may be long: they are cut by whoever decodes them. */
  readonly url: string;
  /** Last class or id of the rule's selector (`.wx`, `#code`), whose elements show it; null in a style attribute. */
  readonly selector: string | null;
}

const STYLE_URL =
  /url\(\s{0,3}(?:"([^"]{1,400000})"|'([^']{1,400000})'|([^"')\s]{1,400000}))\s{0,3}\)/gi;
const STYLE_PICTURES_MAX = 300;
const SELECTOR_MAX = 200;

export function picturesIn(style: string): StyledPicture[] {
  const text = style.slice(0, TEXT_MAX);
  return [...text.matchAll(STYLE_URL)].slice(0, STYLE_PICTURES_MAX).map((match) => ({
    url: (match[1] ?? match[2] ?? match[3])!.trim(),
    selector: selectorBefore(text, match.index),
  }));
}

function selectorBefore(text: string, at: number): string | null {
  const open = text.lastIndexOf('{', at);
  if (open < 0) return null;
  const before = text.slice(Math.max(0, open - SELECTOR_MAX), open);
  const rule = before.slice(before.lastIndexOf('}') + 1);
  return [...rule.matchAll(/[.#][A-Za-z_][\w-]{0,60}/g)].at(-1)?.[0] ?? null;
}

/** Quoted names of picture files in a script that speak of a code. */
const CODE_FILE =
  /["']([^"'\s]{0,300}?(?:qr|ewm|erwei|weixin|wechat|gzh|weibo|douyin|toutiao)[^"'\s/]{0,60}\.(?:png|jpe?g|gif|webp|bmp))["']/gi;

export function codeFilesIn(script: string): string[] {
  if (!/\.(?:png|jpe?g|gif|webp|bmp)["']/i.test(script)) return [];
  return [...script.slice(0, TEXT_MAX).matchAll(CODE_FILE)]
    .slice(0, STYLE_PICTURES_MAX)
    .map((match) => match[1]!.replaceAll('\\/', '/'));
}
