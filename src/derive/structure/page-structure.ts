import type { Document } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { pageChrome } from '../site/page-chrome.ts';
import type { PageLink } from '../site/page-links.ts';
import type { PageView } from '../site/page-view.ts';
import { asksForMore, findSearch, type SearchForm } from './find-search.ts';
import { type OfferedForm, offeredForms } from './read-forms-offered.ts';
import { DUTIES, type LeaderReading, POST, RESUME, readLeaders } from './read-leaders.ts';
import { type PolicyReading, readPolicy } from './read-policy.ts';
import { readStatistics, type StatisticsReading } from './read-statistics.ts';

/** What a page says of the site's structure, kept after its DOM was dropped. */
export interface PageStructure {
  readonly people: readonly LeaderReading[];
  /** 主要职责, 内设机构 … stand as headings. */
  readonly tellsFunctions: boolean;
  readonly statistics: readonly StatisticsReading[];
  readonly search: SearchForm | null;
  readonly forms: readonly OfferedForm[];
  readonly policy: PolicyReading | null;
  /** Words of a post, of a life and of duties: on the page of one leader. */
  readonly tellsPost: boolean;
  readonly tellsResume: boolean;
  readonly tellsDuties: boolean;
  /** How an answer to a survey can be given here. */
  readonly way: 'online' | 'email' | 'none';
}

/** Which readings a page needs: each costs a walk over it. */
export type StructureWants = 'home' | 'section' | 'guide' | 'article' | 'nothing';

/** Of a page that was not looked at for this. */
export const NO_STRUCTURE: PageStructure = {
  people: [],
  tellsFunctions: false,
  statistics: [],
  search: null,
  forms: [],
  policy: null,
  tellsPost: false,
  tellsResume: false,
  tellsDuties: false,
  way: 'none',
};
const FUNCTIONS =
  /^.{0,8}(主要职责|主要职能|工作职责|内设机构|机构职能|职能配置|职责范围|下属单位|直属单位).{0,6}$/u;

/** Reads of a page what its role in the site asks for. */
export function readPageStructure(
  view: PageView,
  links: readonly PageLink[],
  wants: StructureWants,
  today: CalendarDate,
): PageStructure {
  if (wants === 'nothing') return NO_STRUCTURE;
  const about = { ...NO_STRUCTURE, statistics: readStatistics(view.runs, view.title, today) };
  if (wants === 'home') return { ...about, search: findSearch(view.document, links, view) };
  if (wants === 'guide') return { ...NO_STRUCTURE, forms: offeredForms(links) };
  if (wants === 'article') {
    const isScripted = asksForMore(view.document);
    const policy = readPolicy(view.text, links, { chrome: pageChrome(view.document), isScripted });
    return { ...about, ...aboutPeople(view), policy, way: wayToAnswer(view.document, view.text) };
  }
  return {
    ...about,
    ...aboutPeople(view),
    tellsFunctions: view.runs.filter((run) => FUNCTIONS.test(run.text)).length >= 1,
    forms: offeredForms(links),
    way: wayToAnswer(view.document, view.text),
  };
}

function aboutPeople(
  view: PageView,
): Pick<PageStructure, 'people' | 'tellsPost' | 'tellsResume' | 'tellsDuties'> {
  return {
    people: readLeaders(view.runs),
    tellsPost: POST.test(view.text),
    tellsResume: RESUME.test(view.text),
    tellsDuties: DUTIES.test(view.text),
  };
}

/** Fields to tick or to write in, then an address to write to. */
function wayToAnswer(document: Document, text: string): PageStructure['way'] {
  const fields = DomUtils.find(
    (node) =>
      node.type === 'tag' &&
      (node.name === 'textarea' ||
        (node.name === 'input' && /^(radio|checkbox)$/iu.test(node.attribs.type ?? ''))),
    document.children,
    true,
    1,
  );
  if (fields.length > 0) return 'online';
  return /电子?邮(箱|件)|[\w.-]{2,40}@[\w-]{2,40}\.\w/u.test(text.slice(0, 50_000))
    ? 'email'
    : 'none';
}
