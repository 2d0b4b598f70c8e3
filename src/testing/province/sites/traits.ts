import { type Draw, drawFrom } from './draw.ts';
import type { SitePlan } from './site-plan.ts';

/** Publishing systems; each has its own URL scheme and ways to list (page-patterns §4, §6). */
export const SYSTEMS = ['trs', 'jcms', 'vsb', 'array', 'json', 'dated', 'aspx', 'jhtml'] as const;
export type System = (typeof SYSTEMS)[number];

/** Where the date of a listed item stands, or how the list reaches the page (page-patterns §3, §4). */
export const LIST_FORMS = [
  'span',
  'inline',
  'before',
  'wrapped',
  'table',
  'threeDates',
  'block',
  'years',
  'heading',
  'definition',
  'short',
  'shortTitled',
  'mixed',
  'urlOnly',
  'articleOnly',
  'tooltip',
  'island',
  'array',
  'json',
  'jsonMillis',
  'source',
  'frame',
] as const;
export type ListForm = (typeof LIST_FORMS)[number];

export const DATE_FORMS = [
  'iso',
  'minute',
  'second',
  'chinese',
  'slash',
  'dot',
  'square',
  'lens',
  'paren',
  'round',
  'gap',
] as const;
export type DateForm = (typeof DATE_FORMS)[number];

/** What the bytes are and what is declared of them (page-patterns §5). */
export const CHARSETS = [
  'utf8',
  'utf8Bom',
  'utf8Late',
  'utf8SaysGb',
  'gbk',
  'gbkHeader',
  'gbkSaysUtf8',
  'gbkBare',
] as const;
export type CharsetForm = (typeof CHARSETS)[number];

export const HOME_FORMS = [
  'content',
  'redirect',
  'refresh',
  'location',
  'frameset',
  'navigation',
] as const;
export type HomeForm = (typeof HOME_FORMS)[number];

export const FOOTER_FORMS = ['static', 'script', 'writeln'] as const;
export type FooterForm = (typeof FOOTER_FORMS)[number];

export const BOARD_FORMS = ['table', 'list', 'inline', 'detail'] as const;
export type BoardForm = (typeof BOARD_FORMS)[number];

export const GUIDE_FORMS = [
  'table',
  'tablePairs',
  'definition',
  'headings',
  'numbered',
  'labels',
] as const;
export type GuideForm = (typeof GUIDE_FORMS)[number];

/** The looks and habits of one site: all from its seed. */
export interface SiteTraits {
  readonly system: System;
  readonly forms: readonly ListForm[];
  readonly dateForm: DateForm;
  readonly charset: CharsetForm;
  readonly home: HomeForm;
  readonly footer: FooterForm;
  readonly mark: 'script' | 'split' | 'link' | 'image' | 'none';
  readonly findError: 'script' | 'link' | 'onclick' | 'old' | 'none';
  readonly nav: 'dropdown' | 'flat' | 'image';
  readonly tags: 'full' | 'faulty' | 'reversed' | 'none';
  readonly clock: 'script' | 'static' | 'none';
  readonly board: BoardForm;
  readonly guide: GuideForm;
  readonly compress: 'none' | 'gzip' | 'br';
  readonly chunked: boolean;
  readonly hiddenTabs: boolean;
  readonly pinnedOld: boolean;
  readonly pinnedFuture: boolean;
  readonly absoluteLinks: boolean;
  /** Some news is listed with a link to the office's account. */
  readonly wechatNews: boolean;
  /** A section of records answers its first request with a server error, and no other. */
  readonly firstSlip: boolean;
  /** The newest news is exactly 14 days old. */
  readonly onTheEdge: boolean;
  /** Every page answers 412 until the cookie that it set comes back. */
  readonly cookieDoor: boolean;
}

const URL_DATED: readonly System[] = ['trs', 'jcms', 'array', 'dated'];

/** Whether the addresses of a system's articles carry their date. */
export const hasDatedUrls = (system: System): boolean => URL_DATED.includes(system);

/** Forms that print a whole date beside the item: nobody can doubt them. */
export const PLAIN_FORMS: readonly ListForm[] = [
  'span',
  'inline',
  'before',
  'wrapped',
  'table',
  'block',
  'years',
  'heading',
  'definition',
];

/** Forms that a site of `system` uses; the first is the one of its home page. */
function drawForms(draw: Draw, system: System, failing: boolean): ListForm[] {
  const own: ListForm[] = [];
  if (system === 'jcms') own.push('island');
  if (system === 'array') own.push('array');
  if (system === 'json') own.push('json', 'jsonMillis');
  const main: ListForm = draw.pick(['span', 'span', ...PLAIN_FORMS]);
  if (failing) return [main, ...own, ...draw.some(PLAIN_FORMS, 2)];
  const odd: ListForm[] = hasDatedUrls(system)
    ? ['short', 'shortTitled', 'mixed', 'urlOnly', 'tooltip', 'threeDates']
    : ['tooltip', 'threeDates', 'shortTitled', 'articleOnly'];
  if (system === 'json') odd.push('source');
  const home = draw.chance(0.25) ? draw.pick(odd.filter((form) => form !== 'source')) : main;
  return [
    home,
    ...own,
    main,
    ...draw.some(odd, 2),
    ...(draw.chance(0.3) ? ['frame' as const] : []),
  ];
}

const pickWeighted = <T>(draw: Draw, usual: T, share: number, others: readonly T[]): T =>
  draw.chance(share) ? usual : draw.pick(others);

/** The traits of a plan. A site with a problem keeps to forms that show it beyond doubt. */
export function traitsOf(plan: SitePlan): SiteTraits {
  const draw = drawFrom(plan.seed, 'traits');
  const failing = plan.problems.length > 0;
  const system = draw.pick(SYSTEMS);
  const forms = drawForms(draw, system, failing);
  const homes = HOME_FORMS.filter((form) => form !== 'content');
  const home = pickWeighted<HomeForm>(draw, 'content', 0.72, homes);
  const stale = plan.problems.includes('site.veto.home-stale');
  return {
    system,
    forms,
    dateForm: draw.pick(DATE_FORMS),
    charset: pickWeighted(draw, 'utf8', 0.55, CHARSETS.slice(1)),
    home: stale ? 'content' : home,
    footer: pickWeighted(draw, 'static', 0.7, FOOTER_FORMS.slice(1)),
    mark: draw.pick(['script', 'script', 'split', 'link', 'link', 'image', 'none']),
    findError: draw.pick(['script', 'script', 'link', 'link', 'onclick', 'old', 'none']),
    nav: pickWeighted(draw, 'dropdown', 0.6, failing ? ['flat'] : ['flat', 'image']),
    tags: draw.pick(['full', 'full', 'faulty', 'reversed', 'none']),
    clock: draw.pick(['script', 'script', 'static', 'none']),
    board: draw.pick(BOARD_FORMS),
    guide: draw.pick(GUIDE_FORMS),
    compress: draw.pick(['none', 'gzip', 'gzip', 'br']),
    chunked: draw.chance(0.3),
    hiddenTabs: draw.chance(0.6),
    pinnedOld: draw.chance(0.4),
    pinnedFuture: !failing && draw.chance(0.35),
    absoluteLinks: draw.chance(0.2),
    wechatNews: draw.chance(0.12),
    firstSlip: !failing && draw.chance(0.1),
    onTheEdge: !failing && draw.chance(0.08),
    cookieDoor: !failing && draw.chance(0.02),
  };
}
