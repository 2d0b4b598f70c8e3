/**
 * Addresses that a site makes without end: calendars, filters, paths that grow into themselves, pagers that never stop. A trap is
 * our reason not to go on, never a finding.
 */
export type TrapReason =
  | 'long'
  | 'deep'
  | 'repeated-path'
  | 'calendar'
  | 'parameters'
  | 'template-budget'
  | 'same-content'
  | 'link-depth';

/** For people, in Chinese. */
export const TRAP_WORDS: Readonly<Record<TrapReason, string>> = {
  long: '网址过长',
  deep: '目录层级过深',
  'repeated-path': '目录名循环重复',
  calendar: '无尽的日历',
  parameters: '参数过多',
  'template-budget': '同一模板的网址过多',
  'same-content': '同一模板的页面内容不断重复',
  'link-depth': '离首页的链接层数过多',
};

export interface TrapLimits {
  /** Characters of an address. */
  readonly urlLength: number;
  readonly pathSegments: number;
  /** How often one name may stand in a path. */
  readonly segmentRepeats: number;
  readonly parameters: number;
  /** Addresses of one template (path and parameter names with digits folded). */
  readonly perTemplate: number;
  /** Of a template with three or more parameters: filters multiply. */
  readonly perFilterTemplate: number;
  /** Of a template whose parameters hold a date. */
  readonly perCalendar: number;
  /** Pages of one template in a row with the same words. */
  readonly sameInRow: number;
  /** Links from the home page; a pager's last page is as far away as it has pages. */
  readonly linkDepth: number;
  /** Templates told apart; later ones share one budget. */
  readonly templates: number;
}

export const TRAP_LIMITS: TrapLimits = {
  urlLength: 1_024,
  pathSegments: 20,
  segmentRepeats: 3,
  parameters: 12,
  perTemplate: 200_000,
  perFilterTemplate: 2_000,
  perCalendar: 400,
  sameInRow: 60,
  linkDepth: 1_500,
  templates: 20_000,
};

interface Template {
  admitted: number;
  last: string;
  inRow: number;
  closed: boolean;
}

/** Which addresses of one site are still worth a visit. Holds state of the walk; no clock, no I/O. */
export class CrawlTraps {
  readonly #limits: TrapLimits;
  readonly #thisYear: number;
  readonly #templates = new Map<string, Template>();
  readonly #hits = new Map<TrapReason, number>();

  /** `today` = `YYYY-MM-DD`: a calendar of the year after next is a trap, this year's is not. */
  constructor(today: string, limits: TrapLimits = TRAP_LIMITS) {
    this.#limits = limits;
    this.#thisYear = Number(today.slice(0, 4));
  }

  /** How often each trap was met. */
  get hits(): ReadonlyMap<TrapReason, number> {
    return this.#hits;
  }

  /** Takes a new canonical address, `depth` links from the home page, into the walk, or says why not. Each address once. */
  admit(url: string, depth: number): TrapReason | null {
    const reason = this.#refuse(url, depth);
    if (reason !== null) this.#hits.set(reason, (this.#hits.get(reason) ?? 0) + 1);
    return reason;
  }

  /** Learns what a walked page said: `fingerprint` equal for the same words. */
  saw(url: string, fingerprint: string): void {
    const template = this.#templates.get(templateOf(url));
    if (template === undefined) return;
    template.inRow = template.last === fingerprint ? template.inRow + 1 : 1;
    template.last = fingerprint;
    if (template.inRow >= this.#limits.sameInRow) template.closed = true;
  }

  #refuse(url: string, depth: number): TrapReason | null {
    const limits = this.#limits;
    if (url.length > limits.urlLength) return 'long';
    if (depth > limits.linkDepth) return 'link-depth';
    const path = this.#refusePath(url);
    if (path !== null) return path;
    const query = url.indexOf('?');
    const parameters = query < 0 ? [] : url.slice(query + 1).split('&');
    if (parameters.length > limits.parameters) return 'parameters';
    if (isOutOfTime(url, this.#thisYear)) return 'calendar';
    const template = this.#template(templateOf(url));
    if (template.closed) return 'same-content';
    const isCalendar = parameters.some((each) => CALENDAR_PARAMETER.test(each));
    const budget = isCalendar
      ? limits.perCalendar
      : parameters.length >= 3
        ? limits.perFilterTemplate
        : limits.perTemplate;
    if (template.admitted >= budget) return isCalendar ? 'calendar' : 'template-budget';
    template.admitted += 1;
    return null;
  }

  #refusePath(url: string): TrapReason | null {
    const start = url.indexOf('/', url.indexOf('//') + 2);
    const query = url.indexOf('?');
    const path = url.slice(start + 1, query < 0 ? undefined : query);
    const segments = path.split('/');
    if (segments.length > this.#limits.pathSegments) return 'deep';
    if (segments.length <= this.#limits.segmentRepeats) return null;
    const counts = new Map<string, number>();
    for (const segment of segments) {
      const count = (counts.get(segment) ?? 0) + 1;
      if (count > this.#limits.segmentRepeats && segment !== '') return 'repeated-path';
      counts.set(segment, count);
    }
    return null;
  }

  #template(key: string): Template {
    const known = this.#templates.get(key);
    if (known) return known;
    if (this.#templates.size >= this.#limits.templates && key !== OTHER)
      return this.#template(OTHER);
    const fresh: Template = { admitted: 0, last: '', inRow: 0, closed: false };
    this.#templates.set(key, fresh);
    return fresh;
  }
}

const OTHER = '';
const CALENDAR_PARAMETER =
  /^(?:date|day|month|year|ym|ymd|rq|riqi|nian|yue|(?:start|end|begin)(?:time|date|day)?)=\d{1,8}(?:[-./]\d{1,2}){0,2}$|=(?:19|2\d)\d\d[-./]\d{1,2}(?:[-./]\d{1,2})?$/i;

/** An address without what changes from item to item: digits folded in the path, values left out of the query. */
export function templateOf(url: string): string {
  const query = url.indexOf('?');
  const path = (query < 0 ? url : url.slice(0, query))
    .replace(/\d+/g, '0')
    .replace(/[0a-f]{16,}/gi, '0');
  if (query < 0) return path;
  const names = url
    .slice(query + 1)
    .split('&')
    .map((part) => part.split('=', 1)[0] ?? '');
  return `${path}?${[...new Set(names)].sort().join('&')}`;
}

const YEARS_AHEAD = 2;
/** Official sites began in 1999; their archives reach back further, but nobody files pages by day before 1949. */
const EARLIEST_YEAR = 1949;
/** A folder of a month (`/2031/02/`; `/info/2031/02.htm` may be two numbers) or a written month (`2031-02`). */
const DATED =
  /\/((?:19|2[01])\d\d)\/(?:0?[1-9]|1[0-2])(?=[/?]|$)|[/=_]((?:19|2[01])\d\d)-(?:0?[1-9]|1[0-2])(?!\d)|[?&](?:year|nian)=((?:19|2[01])\d\d)(?!\d)/gi;

/** Most addresses hold nothing like a year, and every new one is asked. */
const MAY_BE_DATED = /[12]\d{3}[-/]|[?&](?:year|nian)=/i;

/** Whether an address names a month that no publication of this site can have. */
function isOutOfTime(url: string, thisYear: number): boolean {
  if (!MAY_BE_DATED.test(url)) return false;
  const start = url.indexOf('/', url.indexOf('//') + 2);
  for (const [, folder, written, parameter] of url.slice(start).matchAll(DATED)) {
    const year = Number(folder ?? written ?? parameter);
    if (year > thisYear + YEARS_AHEAD || year < EARLIEST_YEAR) return true;
  }
  return false;
}
