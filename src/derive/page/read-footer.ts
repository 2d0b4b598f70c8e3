import type { Document, Element } from 'domhandler';
import type { FooterView } from '../../domain/site-facts.ts';
import { footWords } from './foot-words.ts';
import { findErrorCode, findErrorEntry, partyGovMark } from './footer-marks.ts';
import { ancestorsOf, namesOf } from './page-dom.ts';
import { isHidden, type PageText, readText, SEAM } from './page-text.ts';
import { parseMarkup } from './parse-markup.ts';
import { unescapeMarkup, writtenMarkup } from './written-markup.ts';

/** 云贵川甘 register as 滇黔蜀陇, and both are written. */
const PROVINCES = '京津沪渝冀豫云滇辽黑湘皖鲁新苏浙赣鄂桂甘陇晋蒙陕吉闽贵黔粤川蜀青藏琼宁';
const SITE_CODE =
  /(?:政府)?网站标识(?:编码|码)\s{0,3}(?:为|是)?\s{0,3}[:：(（[【]?\s{0,5}(bm\s{0,2}\d{8}|\d{10})(?!\d)/i;
const ICP = new RegExp(
  `(?:[${PROVINCES}]\\s{0,2})?ICP\\s{0,2}(?:备|证)\\s{0,2}(?:案号?)?\\s{0,2}[:：]?\\s{0,2}\\d{5,10}\\s{0,2}号?(?:\\s{0,2}[-—－]\\s{0,2}\\d{1,3})?`,
  'gi',
);
const RECORD_NUMBER =
  '\\s{0,2}(?:案)?\\s{0,2}(?:编?号)?\\s{0,2}[:：]?\\s{0,3}(?:第\\s{0,2})?\\d{11,14}\\s{0,2}号?(?:-\\d{1,3})?';
/** 湘公网安备 …号; with the name of a place in front also 郑公备, 冀公网备案号; without one only 公网安备. */
const POLICE = new RegExp(
  `(?:(?:[${PROVINCES}][\\u4e00-\\u9fa5]?|(?<![\\u4e00-\\u9fa5])[\\u4e00-\\u9fa5])\\s{0,2}公\\s{0,2}(?:网\\s{0,2})?(?:安\\s{0,2})?备|公\\s{0,2}网\\s{0,2}安\\s{0,2}备)${RECORD_NUMBER}`,
);
const BARE_POLICE =
  /公安(?:机关)?(?:联网|互联网)?备案(?:编?号)?\s{0,3}[:：]?\s{0,3}(\d{11,14}\s{0,2}号?)/;

export interface FooterSource {
  readonly document: Document;
  readonly page: PageText;
  /** Page source; comments are left out here. */
  readonly html: string;
  /** Texts of the page's inline scripts. */
  readonly inlineScripts: readonly string[];
  /** Texts of same-site scripts that may write the foot. */
  readonly assets: readonly string[];
  /** Script, SSI or frame that may write it and was not given. */
  readonly mayBeWritten: boolean;
}

interface FootText {
  readonly siteCode: string | null;
  readonly icp: string | null;
  readonly policeRecord: string | null;
}

const NONE: FootText = { siteCode: null, icp: null, policeRecord: null };

/** What a page's foot prints and links (page-patterns §8), from static markup first, then from what its scripts write. */
export function readFooter(source: FooterSource): FooterView {
  const printed = footText(visibleWords(source.page));
  const markup = writtenMarkup([...source.inlineScripts, ...source.assets].join('\n'));
  const isWhole = Object.values(printed).every((each) => each !== null);
  const written = markup === '' ? null : parseMarkup(markup).document;
  const fromScript = written === null || isWhole ? NONE : footText(visibleWords(readText(written)));
  const text: FootText = {
    siteCode: printed.siteCode ?? fromScript.siteCode,
    icp: printed.icp ?? fromScript.icp,
    policeRecord: printed.policeRecord ?? fromScript.policeRecord,
  };
  const elements = [...source.page.elements, ...(written ? readText(written).elements : [])];
  const marks = { elements, source: markSource(source, markup) };
  const readings = [
    visibleWords(source.page),
    ...(written ? [visibleWords(readText(written))] : []),
  ];
  const code = findErrorCode(marks.source);
  const isMissing = text.siteCode === null && text.icp === null && text.policeRecord === null;
  return {
    ...text,
    ...(Object.values(text).some(isPlaceholder) ? { placeholder: true as const } : {}),
    ...footWords(readings.map((reading) => reading[1]!)),
    ...(code === null ? {} : { findErrorCode: code }),
    partyGovMark: partyGovMark(marks),
    findError: findErrorEntry(marks),
    byScript: isMissing && source.mayBeWritten,
  };
}

/** Both readings of the visible words: numbers are cut by inline markup, neighbours are parted by it. */
function visibleWords(page: PageText): readonly string[] {
  const parts: string[] = [];
  let at = 0;
  for (const element of page.elements) {
    const place = page.places.get(element)!;
    if (!place.hidden || place.start < at) continue;
    parts.push(page.seamed.slice(at, place.start));
    at = place.end;
  }
  const seamed = [...parts, page.seamed.slice(at)].join('\n');
  return [seamed.replaceAll(SEAM, ''), seamed.replaceAll(SEAM, ' ')];
}

function footText(readings: readonly string[]): FootText {
  const first = <T>(find: (text: string) => T | null): T | null => {
    for (const reading of readings) {
      const found = find(reading);
      if (found !== null) return found;
    }
    return null;
  };
  return { siteCode: first(siteCodeIn), icp: first(icpIn), policeRecord: first(policeIn) };
}

const siteCodeIn = (text: string): string | null =>
  SITE_CODE.exec(text.normalize('NFKC'))?.[1]?.replace(/\s/g, '').toLowerCase() ?? null;

/** The foot stands last: of several numbers the last one that names its province. */
function icpIn(text: string): string | null {
  const found = [...text.matchAll(ICP)].slice(-20).map((match) => match[0].trim());
  return found.find((each) => !/^ICP/i.test(each)) ?? found[0] ?? null;
}

function policeIn(text: string): string | null {
  const record = POLICE.exec(text)?.[0].trim();
  return record ?? BARE_POLICE.exec(text)?.[1]?.trim() ?? null;
}

/** Numbers that no register gives: a code without a serial (1304000000), one digit and zeros, 123456…. */
export function isPlaceholder(text: string | null): boolean {
  const digits = /\d{5,}/.exec(text ?? '')?.[0] ?? '';
  return (
    /0{6}$/.test(digits) ||
    /^\d0{4,}$/.test(digits) ||
    /^(\d)\1{4,}$/.test(digits) ||
    /^1234567/.test(digits) ||
    /^x/i.test(digits)
  );
}

const SOURCE_MAX = 3_000_000;

function markSource({ html, inlineScripts, assets }: FooterSource, written: string): string {
  const scripts = [...inlineScripts, ...assets].join('\n');
  const joined = `${html.slice(0, SOURCE_MAX)}\n${written}\n${scripts.slice(0, SOURCE_MAX)}`;
  return unescapeMarkup(
    joined
      .replace(/["']\s{0,3}\+\s{0,3}["']/g, '')
      .replace(/%3c/gi, '<')
      .replace(/%3e/gi, '>'),
  ).replaceAll('\\/', '/');
}

/** Whether something that was not read may write the foot: a script, a frame or an include named for it, an empty holder. */
export function mayBeWritten(
  elements: readonly Element[],
  {
    scripts,
    frames,
  }: { readonly scripts: readonly Element[]; readonly frames: readonly Element[] },
  html: string,
): boolean {
  const FOOT = /foot|bottom|copyright|common|public|dibu|tail/i;
  if ([...scripts, ...frames].some(({ attribs }) => FOOT.test(attribs.src ?? ''))) return true;
  if (/<!--\s{0,3}#include[^>]{0,200}(?:foot|bottom|copyright|dibu)/i.test(html)) return true;
  if (/\.load\(\s{0,3}["'][^"']{0,200}(?:foot|bottom|copyright|dibu)/i.test(html)) return true;
  return elements.some((element) => {
    const isHolder =
      /^(?:div|footer)$/.test(element.name) &&
      /foot|copyright|dibu/.test(`${element.name} ${namesOf(element)}`);
    return (
      isHolder &&
      element.children.every((child) => child.type === 'text' && child.data.trim() === '') &&
      !hasHiddenAround(element)
    );
  });
}

const hasHiddenAround = (element: Element): boolean =>
  [element, ...ancestorsOf(element)].some(isHidden);
