import type { Element } from 'domhandler';
import type { FooterView } from '../../domain/site-facts.ts';
import { ancestorsOf, namesOf } from './page-dom.ts';

/** What the marks of a foot are looked for in. */
export interface MarkSource {
  /** Every element of the page, those in scripts' output too. */
  readonly elements: readonly Element[];
  /** Page source without comments, with what scripts write, percent-encoding and joined strings undone. */
  readonly source: string;
}

const PARTY_GOV_IMAGE =
  /dzjg|conac|dangzheng|党政机关|jgbs|bszs|dcs\.conac\.cn\/image|(?:^|[/_-])(?:red|blue)\.png|事业单位/i;

/** 党政机关网站标识: the conac script, its certificate link, or only a picture. */
export function partyGovMark({ elements, source }: MarkSource): FooterView['partyGovMark'] {
  // One plain word is looked for ten times faster than a choice, and most pages of a site do not have it.
  if (/conac/i.test(source)) {
    if (/dcs\.conac\.cn\/js\/|id\s{0,3}=\s{0,3}\\?["']?_ideConac/i.test(source)) return 'script';
    if (/bszs\.conac\.cn\/(?:sitename|[\w/]{0,40}\?)/i.test(source)) return 'link';
  }
  return imageMark(elements, PARTY_GOV_IMAGE);
}

const OUTDATED = /pucha\.kaipuyun\.cn\/exposure|121\.43\.68\.40\/exposure/i;
const CURRENT_SCRIPT = /<script[^>]{0,300}(?:id\s{0,3}=\s{0,3}["']?_jiucuo_|exposure\/jiucuo\.js)/i;
const CURRENT_LINK = /(?:zfwzgl\.www\.gov\.cn|zfwzgl\.gov\.cn)\/exposure/i;
const FIND_ERROR_IMAGE = /jiucuo|zhaocuo|zhao_?cuo|找错|纠错|zfwzzc|wzzc/i;

/** 我为政府网站找错: the script, the link, an entry at an address no longer served, or only a picture. */
export function findErrorEntry({ elements, source }: MarkSource): FooterView['findError'] {
  const isNamed = /exposure/i.test(source);
  const outdated = isNamed && OUTDATED.test(source);
  const withoutOld = outdated
    ? source.replace(new RegExp(`[^<]{0,200}(?:${OUTDATED.source})`, 'gi'), '')
    : source;
  if (/jiucuo/i.test(withoutOld) && CURRENT_SCRIPT.test(withoutOld)) return 'script';
  if (isNamed && CURRENT_LINK.test(withoutOld)) return 'link';
  if (outdated) return 'outdated';
  if (/\bLink\(\s{0,3}\\?['"]?(?:\d{10}|bm\d{8})/i.test(source)) return 'link';
  const image = imageMark(elements, FIND_ERROR_IMAGE);
  return image !== false ? image : wordLink(elements);
}

/** 有图无链: the picture is there, its link leads nowhere. */
function imageMark(elements: readonly Element[], words: RegExp): 'link' | 'image-only' | false {
  for (const element of elements) {
    const { src = '', alt = '', title = '' } = element.attribs;
    if (
      element.name !== 'img' ||
      !words.test(`${src.slice(0, 500)} ${alt.slice(0, 100)} ${title.slice(0, 100)}`)
    )
      continue;
    const link = [...ancestorsOf(element)].slice(0, 4).find((each) => each.name === 'a');
    return link && leadsSomewhere(link) ? 'link' : 'image-only';
  }
  // The picture may be a background: then the link's own name says what it is.
  const named = elements.find((each) => each.name === 'a' && words.test(namesOf(each)));
  return named === undefined ? false : leadsSomewhere(named) ? 'link' : 'image-only';
}

function wordLink(elements: readonly Element[]): 'link' | false {
  const link = elements.find(
    (each) =>
      each.name === 'a' && /我为政府网站找错/.test(firstWords(each)) && leadsSomewhere(each),
  );
  return link ? 'link' : false;
}

function firstWords(element: Element): string {
  const [child] = element.children;
  const own = child?.type === 'text' ? child.data : '';
  return `${own.slice(0, 40)} ${element.attribs.title ?? ''}`;
}

function leadsSomewhere({ attribs }: Element): boolean {
  if (attribs.onclick !== undefined && /\w\(|http|open/.test(attribs.onclick)) return true;
  return attribs.href !== undefined && !/^\s*(?:#|javascript:|$)/i.test(attribs.href);
}

const CODE = '(bm\\d{8}|\\d{10})(?!\\d)';
const CODE_OF_ENTRY = [
  new RegExp(`\\bLink\\(\\s{0,3}\\\\?['"]?${CODE}`, 'i'),
  new RegExp(`exposure/[^"'<>\\s]{0,100}site_?code=${CODE}`, 'i'),
  new RegExp(`_jiucuo_[^>]{0,200}site_?code\\s{0,3}=\\s{0,3}\\\\?["']?${CODE}`, 'i'),
  new RegExp(`site_?code\\s{0,3}=\\s{0,3}\\\\?["']?${CODE}[^>]{0,200}(?:_jiucuo_|exposure/)`, 'i'),
];

/** The site code that the find-error entry hands on, lower-cased. */
export function findErrorCode(source: string): string | null {
  for (const pattern of CODE_OF_ENTRY) {
    const code = pattern.exec(source)?.[1];
    if (code !== undefined) return code.toLowerCase();
  }
  return null;
}
