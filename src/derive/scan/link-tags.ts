import { codeOf } from './name-code.ts';
import type { LinkKind } from './scanned-page.ts';

/** Which attributes of which elements lead somewhere (HTML §4, and §16 for the obsolete ones that sites still use). */

type Read = (attribute: number) => string | null;
type Add = (kind: LinkKind, href: string) => void;

const HREF = codeOf('href');
const SRC = codeOf('src');
const SRCSET = codeOf('srcset');
const REL = codeOf('rel');
const TYPE = codeOf('type');

function simple(kind: LinkKind, ...attributes: readonly string[]): (read: Read, add: Add) => void {
  const codes = attributes.map(codeOf);
  return (read, add) => {
    for (const code of codes) {
      const value = read(code);
      if (value !== null) add(kind, value);
    }
  };
}

const image = (read: Read, add: Add): void => {
  const src = read(SRC);
  if (src !== null) add('image', src);
  const set = read(SRCSET);
  if (set !== null) for (const each of candidates(set)) add('image', each);
};

const READERS: ReadonlyMap<number, (read: Read, add: Add) => void> = new Map(
  Object.entries({
    area: simple('page', 'href'),
    img: image,
    iframe: simple('frame', 'src'),
    frame: simple('frame', 'src'),
    form: simple('form', 'action'),
    button: simple('form', 'formaction'),
    script: simple('asset', 'src'),
    embed: simple('asset', 'src'),
    object: simple('asset', 'data'),
    audio: simple('asset', 'src'),
    track: simple('asset', 'src'),
    video: (read: Read, add: Add): void => {
      simple('asset', 'src')(read, add);
      simple('image', 'poster')(read, add);
    },
    source: (read: Read, add: Add): void => {
      simple('asset', 'src')(read, add);
      for (const each of candidates(read(SRCSET) ?? '')) add('image', each);
    },
    input: (read: Read, add: Add): void => {
      if (/^image$/i.test(read(TYPE)?.trim() ?? '')) simple('image', 'src')(read, add);
      simple('form', 'formaction')(read, add);
    },
    link: readLink,
    meta: readRefresh,
  }).map(([name, reader]) => [codeOf(name), reader]),
);

/** Hands every address of the tag at hand to `add`; `<a>` is the scanner's own work, for it has words. */
export function linksOfTag(tag: number, read: Read, add: Add): void {
  READERS.get(tag)?.(read, add);
}

const LINK_PAGES = /^(?:next|prev|canonical|alternate|author|help|license|search)$/;
const LINK_ASSETS = /^(?:stylesheet|icon|manifest|preload|modulepreload|apple-touch-icon)$/;
const RELATIONS_MAX = 200;

/** `preconnect` and the like name a host, not a resource. */
function readLink(read: Read, add: Add): void {
  const href = read(HREF);
  if (href === null) return;
  const words = (read(REL) ?? '').slice(0, RELATIONS_MAX).toLowerCase().split(/\s+/);
  if (words.some((word) => LINK_ASSETS.test(word))) add('asset', href);
  else if (words.some((word) => LINK_PAGES.test(word))) add('page', href);
}

const CONTENT = codeOf('content');
const EQUIV = codeOf('http-equiv');
const REFRESH_MAX = 2_000;

/** `<meta http-equiv=refresh content="5; url=…">` (§4.2.5.3). */
function readRefresh(read: Read, add: Add): void {
  if (!/^\s{0,9}refresh\s{0,9}$/i.test(read(EQUIV) ?? '')) return;
  const content = (read(CONTENT) ?? '').slice(0, REFRESH_MAX).trim();
  const target = /^[\d.]*\s*[;,\s]\s*(.+)$/s.exec(content)?.[1];
  if (target === undefined) return;
  const url = /^url\s*=\s*(.*)$/is.exec(target)?.[1] ?? target;
  const quote = /^["']/.exec(url)?.[0];
  const end = quote === undefined ? -1 : url.indexOf(quote, 1);
  add('page', quote === undefined ? url : url.slice(1, end < 0 ? undefined : end));
}

const CANDIDATES_MAX = 32;

/** The addresses of a `srcset` (§4.8.4.2.1): an address runs to the next blank and may hold commas; a descriptor ends at one. */
export function candidates(srcset: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (found.length < CANDIDATES_MAX) {
    while (at < srcset.length && (isBlank(srcset.charCodeAt(at)) || srcset[at] === ',')) at += 1;
    if (at >= srcset.length) break;
    const start = at;
    while (at < srcset.length && !isBlank(srcset.charCodeAt(at))) at += 1;
    let end = at;
    while (srcset[end - 1] === ',') end -= 1;
    found.push(srcset.slice(start, end));
    if (end < at) continue;
    const comma = srcset.indexOf(',', at);
    at = comma < 0 ? srcset.length : comma + 1;
  }
  return found;
}

const isBlank = (unit: number): boolean =>
  unit === 32 || unit === 10 || unit === 9 || unit === 13 || unit === 12;

const SCRIPT_TEXT_MAX = 2_000;
const SCRIPTED =
  /(?:location(?:\.href)?\s{0,9}=|location\.(?:replace|assign)\s{0,9}\(|\b(?:open|goto|go|link|jump|tourl|openurl|turn)\w{0,20}\s{0,9}\()\s{0,9}['"]([^'"]{1,500})['"](?!\s{0,9}\+)/i;

/** The address that an `onclick` or a `javascript:` link most likely opens, or null. Words without `/` or `.` are no address. */
export function scriptedHref(script: string): string | null {
  if (script.length < 6) return null;
  const found = SCRIPTED.exec(script.slice(0, SCRIPT_TEXT_MAX))?.[1];
  return found !== undefined && /[/.]/.test(found) && !/[{}<>]/.test(found) ? found : null;
}
