import type { Section, SectionMode } from './section.ts';
import type { System } from './traits.ts';

/** What an address is made of before the section itself exists. */
export interface SectionPlace {
  readonly system: System;
  readonly slug: string;
  readonly under: string | null;
  readonly index: number;
}

/** Articles of one section are numbered from `index * ARTICLES_PER_SECTION`. */
export const ARTICLES_PER_SECTION = 1000;

const SERIAL_BASE = 5_000_000;
const TEXT_PAGES: readonly SectionMode[] = [
  'mail',
  'meeting',
  'petition',
  'query',
  'guides',
  'leaders',
  'figures',
];

/** Folder of a section's pages and articles, with slashes at both ends. */
export const sectionFolder = (place: SectionPlace): string =>
  place.under === null ? `/${place.slug}/` : `/${place.under}/${place.slug}/`;

/** Path of a section's first page as its publishing system would name it (page-patterns §6). */
export function listPath(place: SectionPlace, mode: SectionMode): string {
  const folder = sectionFolder(place);
  if (place.system === 'trs' || TEXT_PAGES.includes(mode)) return folder;
  if (place.system === 'jcms') return `/col/col${2000 + place.index}/index.html`;
  if (place.system === 'vsb') return `${folder.slice(0, -1)}.htm`;
  if (place.system === 'aspx') return `/Category_${100 + place.index}/Index.aspx`;
  if (place.system === 'jhtml') return `${folder}index.jhtml`;
  return `${folder}index.html`;
}

/** Path of page `number` (from 1) of a list. */
export function pagePath(system: System, section: Section, number: number): string {
  if (number <= 1) return section.path;
  if (system === 'vsb') return `${section.path.slice(0, -4)}/${number - 1}.htm`;
  if (system === 'aspx') return section.path.replace('Index', `Index_${number}`);
  if (section.path.endsWith('/')) return `${section.path}index_${number - 1}.html`;
  return section.path.replace(/index\.(\w+)$/, `index_${number - 1}.$1`);
}

/** The name under which a crafted 32-digit file stands for an article: its last eight digits are the number. */
function longName(id: number): string {
  let mixed = (id * 2_654_435_761) >>> 0;
  let text = '';
  for (let at = 0; at < 3; at += 1) {
    mixed = (Math.imul(mixed ^ (mixed >>> 15), 0x85eb_ca6b) + at) >>> 0;
    text += mixed.toString(16).padStart(8, '0');
  }
  return text + id.toString(16).padStart(8, '0');
}

/** Path of an article. `date` is its date of publication. */
export function articlePath(system: System, section: Section, id: number, date: string): string {
  const [year, month, day] = date.split('-') as [string, string, string];
  const compact = `${year}${month}${day}`;
  switch (system) {
    case 'trs':
      return `${section.folder}${year}${month}/t${compact}_${SERIAL_BASE + id}.html`;
    case 'jcms':
      return `/art/${year}/${Number(month)}/${Number(day)}/art_${2000 + section.index}_${id}.html`;
    case 'vsb':
      return `/info/${1000 + section.index}/${id}.htm`;
    case 'array':
      return `/art/${year}/${Number(month)}/${Number(day)}/content_${id}.html`;
    case 'json':
      return `${section.folder}content_${id}.html`;
    case 'dated':
      return `${section.folder}${compact}/${longName(id)}.html`;
    case 'aspx':
      return `/Item/${id}.aspx`;
    case 'jhtml':
      return `${section.folder}${id}.jhtml`;
  }
}

/** The article number in a path, or null when the path cannot be one of an article. */
export function articleId(system: System, path: string): number | null {
  const long = /\/([0-9a-f]{32})\.html$/.exec(path);
  if (long) return Number.parseInt(long[1]!.slice(-8), 16);
  const match = /[/_](\d{1,9})\.(?:html|htm|aspx|jhtml)$/.exec(path);
  if (!match) return null;
  return system === 'trs' ? Number(match[1]) - SERIAL_BASE : Number(match[1]);
}
