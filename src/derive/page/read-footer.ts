import type { Document } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { FooterView } from '../../domain/site-facts.ts';
import { allElements, textOf } from './page-dom.ts';

const SITE_CODE = /(?:政府)?网站标识码\s*[:：]?\s*(bm\s*\d{8}|\d{10})(?!\d)/i;
const PROVINCES = '京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤川青藏琼宁';
const ICP = new RegExp(
  `[${PROVINCES}]\\s*ICP\\s*备\\s*[:：]?\\s*\\d{5,10}\\s*号?(?:\\s*-\\s*\\d{1,3})?`,
  'i',
);
const POLICE = new RegExp(
  `[\\u4e00-\\u9fa5]{0,2}[${PROVINCES}]?公\\s*(?:网\\s*安\\s*备|网\\s*备案号|备案?)\\s*[:：]?\\s*\\d{11,14}\\s*号?`,
);
const OUTDATED_FIND_ERROR = /pucha\.kaipuyun\.cn\/exposure|121\.43\.68\.40\/exposure/i;

/** What a page's foot prints and links. `scripts` are texts of same-site scripts that may write it. */
export function readFooter(
  document: Document,
  html: string,
  scripts: readonly string[],
): FooterView {
  const own = readFoot(document, textOf(document.children as never));
  const missing = own.siteCode === null && own.icp === null && own.policeRecord === null;
  const written = writtenMarkup([...inlineScripts(document), ...scripts].join('\n'));
  const fromScript =
    missing && written !== ''
      ? readFootText(written.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))
      : null;
  const marks = markup(html, written);
  const text = fromScript ?? own;
  return {
    siteCode: text.siteCode,
    ...(text.placeholder ? { placeholder: true as const } : {}),
    icp: text.icp,
    policeRecord: text.policeRecord,
    partyGovMark: partyGovMark(document, marks),
    findError: findError(document, marks),
    byScript: missing && fromScript?.siteCode == null && hasFooterScript(document),
  };
}

interface FootText {
  readonly siteCode: string | null;
  readonly placeholder: boolean;
  readonly icp: string | null;
  readonly policeRecord: string | null;
}

function readFoot(_document: Document, text: string): FootText {
  return readFootText(text);
}

function readFootText(text: string): FootText {
  const code = SITE_CODE.exec(text)?.[1]?.replace(/\s/g, '').toLowerCase() ?? null;
  const icp = ICP.exec(text)?.[0].trim() ?? null;
  const policeRecord = POLICE.exec(text)?.[0].trim() ?? null;
  return {
    siteCode: code,
    icp,
    policeRecord,
    placeholder: [code, icp, policeRecord].some((each) => each !== null && isPlaceholder(each)),
  };
}

/** Numbers that no register gives: a code without a serial (…000000), a filing of one digit and zeros. */
function isPlaceholder(text: string): boolean {
  const digits = /\d{6,}/.exec(text)?.[0] ?? '';
  return (
    /0{6}$/.test(digits) ||
    /^1?0+$/.test(digits) ||
    /^(\d)\1+$/.test(digits) ||
    /^1234567/.test(digits)
  );
}

function inlineScripts(document: Document): string[] {
  return DomUtils.getElementsByTagName('script', document).map((script) =>
    DomUtils.textContent(script),
  );
}

/** Markup that scripts write: arguments of document.write(ln), percent-encoded ones decoded, joined strings joined. */
export function writtenMarkup(script: string): string {
  const pieces: string[] = [];
  for (const match of script.matchAll(/document\.writeln?\(([\s\S]{0,20000}?)\)\s*(?:;|$|\n)/g)) {
    pieces.push(stringsOf(match[1]!));
    if (pieces.length > 500) break;
  }
  for (const match of script.matchAll(/\.innerHTML\s*=\s*([\s\S]{0,20000}?);/g))
    pieces.push(stringsOf(match[1]!));
  return pieces.join('');
}

function stringsOf(code: string): string {
  const joined = [...code.matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)]
    .map((match) => (match[1] ?? match[2] ?? match[3] ?? '').replace(/\\(.)/g, '$1'))
    .join('');
  if (!/%3c/i.test(joined)) return joined;
  try {
    return decodeURIComponent(joined);
  } catch {
    return joined.replace(/%3c/gi, '<').replace(/%3e/gi, '>').replace(/%20/g, ' ');
  }
}

/** Page source without comments, with what scripts write and percent-encoding undone: where conac and find-error marks are looked for. */
function markup(html: string, written: string): string {
  return `${html.replace(/<!--[\s\S]*?-->/g, '')}\n${written}`
    .replace(/%3c/gi, '<')
    .replace(/%3e/gi, '>')
    .replace(/["']\s*\+\s*["']/g, '');
}

function partyGovMark(document: Document, source: string): FooterView['partyGovMark'] {
  if (/dcs\.conac\.cn\/js\//i.test(source)) return 'script';
  if (/bszs\.conac\.cn\/sitename/i.test(source)) return 'link';
  if (/dcs\.conac\.cn\/image\//i.test(source)) return imageLink(document, /conac/i);
  return hasImage(document, /dzjg|conac|dangzheng|党政机关|jgbs/i)
    ? imageLink(document, /dzjg|conac|dangzheng|党政机关|jgbs/i)
    : false;
}

function findError(document: Document, source: string): FooterView['findError'] {
  if (OUTDATED_FIND_ERROR.test(source)) return 'outdated';
  if (/<script[^>]+(?:id=["']?_jiucuo_|exposure\/jiucuo\.js)/i.test(source)) return 'script';
  if (
    /zfwzgl\.www\.gov\.cn\/exposure|zfwzgl\.gov\.cn\/exposure/i.test(source) ||
    /onclick=["'][^"']*Link\(\s*['"]?(\d{10}|bm\d{8})/i.test(source)
  )
    return 'link';
  return hasImage(document, /jiucuo|zhaocuo|找错/i)
    ? imageLink(document, /jiucuo|zhaocuo|找错/i)
    : false;
}

function hasImage(document: Document, words: RegExp): boolean {
  return allElements(document).some(
    (element) =>
      element.name === 'img' &&
      words.test(`${element.attribs.src ?? ''} ${element.attribs.alt ?? ''}`),
  );
}

/** 有图无链: the picture is there, its link leads nowhere. */
function imageLink(document: Document, words: RegExp): 'link' | 'image-only' {
  const image = allElements(document).find(
    (element) =>
      element.name === 'img' &&
      words.test(`${element.attribs.src ?? ''} ${element.attribs.alt ?? ''}`),
  );
  const link =
    image?.parent && 'name' in image.parent && image.parent.name === 'a'
      ? image.parent.attribs.href
      : undefined;
  return link !== undefined && !/^(#|javascript:|\s*$)/i.test(link) ? 'link' : 'image-only';
}

function hasFooterScript(document: Document): boolean {
  return allElements(document).some(
    (element) =>
      element.name === 'script' && /foot|bottom|copyright/i.test(element.attribs.src ?? ''),
  );
}
