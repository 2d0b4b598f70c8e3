import { isHomeAddress } from './home-address.ts';
import { proseOf } from './page-says.ts';
import type { SightPage } from './read-sight.ts';
import { mayBeSameUnit, readUnitName, unitsOfTitle } from './unit-name.ts';

export interface PromisedTarget {
  /** Words of the link. */
  readonly text: string;
  /** Address of the link. */
  readonly url: string;
  /** Address that answered. */
  readonly endedAt: string;
  /** The link leads to the site on which it stands. */
  readonly sameSite: boolean;
  readonly page: SightPage;
}

/**
 * Why a link leads somewhere else than its words promise (错链), in Chinese, or null. Only what leaves no doubt: another unit's
 * site under a unit's name, the site's home page under a service's name, a document whose words do not occur on its page.
 */
export function wrongTargetReason(target: PromisedTarget): string | null {
  return otherUnit(target) ?? homeForService(target) ?? otherDocument(target) ?? otherTitle(target);
}

/** Whether a page of this title could fail these words: the cheap question before {@link wrongTargetReason}. */
export function mayMislead(text: string, title: string): boolean {
  const promised = readUnitName(text);
  if (promised !== null) {
    const units = unitsOfTitle(title);
    return units.length > 0 && !units.some((unit) => mayBeSameUnit(promised, unit));
  }
  const quoted = QUOTED.exec(text.replace(/\s/gu, ''))?.[1];
  if (quoted !== undefined) return !title.includes(quoted);
  const core = coreOf(text);
  return core !== null && coverage(core, (pair) => title.includes(pair)) < TITLE_COVERAGE_MIN;
}

const SPONSOR_LINE = /主办|承办|版权|copyright/iu;

function otherUnit({ text, page }: PromisedTarget): string | null {
  const promised = readUnitName(text);
  if (promised === null) return null;
  const named = [page.title, ...page.headings.slice(0, 3)];
  const units = unitsOfTitle(page.title);
  if (units.length === 0 || units.some((unit) => mayBeSameUnit(promised, unit))) return null;
  const sponsors = page.lines.filter((line) => SPONSOR_LINE.test(line)).slice(0, 10);
  if ([...named, ...sponsors].some((line) => line.includes(promised.name))) return null;
  return `链接文字是“${promised.name}”，打开的是“${units[0]!.name}”`;
}

const SERVICE =
  /办理|申请|申报|查询|预约|缴费|缴纳|登记|报名|报考|投诉|举报|挂号|领取|认定|补贴|年检|年审|网上办/u;
/** Names of whole sites: their home page is what they promise. */
const WHOLE_SITE = /首页|主页|网站|门户|平台|系统|大厅|中心|窗口|专区|专栏|网$|厅$|局$|委$|府$/u;
const GENERAL_HOME = /人民政府(?:门户)?(?:网站)?(?:首页)?$|政府(?:门户)?网(?:站)?(?:首页)?$/u;

/** Whether words name one service, not a site that offers many. */
export function promisesService(text: string): boolean {
  const words = text.replace(/\s/gu, '');
  return words.length >= 4 && words.length <= 24 && SERVICE.test(words) && !WHOLE_SITE.test(words);
}

function homeForService({ text, url, endedAt, sameSite, page }: PromisedTarget): string | null {
  const words = text.replace(/\s/gu, '');
  if (!promisesService(words) || !isHomeAddress(url) || !isHomeAddress(endedAt)) return null;
  if (!sameSite && !GENERAL_HOME.test(page.title.trim())) return null;
  const named = [page.title, ...page.headings].some((line) => line.includes(words));
  return named ? null : `链接文字是办事服务“${words}”，打开的是网站首页`;
}

const DOCUMENT =
  /^关于|《[^》]{4,}》|〔\d{4}〕|的?(?:通知|通告|公告|公示|意见|决定|办法|规定|方案|批复|复函|报告|细则|条例|解读|规划|预案|纪要|令)(?:（[^）]{1,20}）)?$/u;
const GENERIC =
  /关于|人民政府|办公[厅室]|印发|转发|开展|做好|进一步|加强|推进|实施|有关|工作|通知|通告|公告|公示|意见|决定|办法|规定|方案|批复|复函|报告|细则|条例|解读|规划|预案|纪要|全[省市县区州]|试行|修订|\d{2,4}年度?/gu;
/** Words that titles of any subject share, beside those of every document. */
const SUBJECTLESS =
  /管理|服务|监督|检查|工程|项目|建设|发展|资金|行动|计划|规则|措施|考核|若干|规范|制度|标准|信息|情况|专项/gu;
const ISSUER = /^[\p{Script=Han}\s]{2,30}?(?=关于)/u;
const PLACE = /^[《〈]?[\p{Script=Han}]{2,8}?[省市县区州镇乡](?=[\p{Script=Han}]{2})/u;
const CORE_MIN = 4;
const COVERAGE_MAX = 0.4;
/** A page's own title holds most of its document's words. */
const TITLE_COVERAGE_MIN = 0.5;
/** Running text that a page must have to be held against its link: a page of pictures, or around a reader, holds nothing. */
const PROSE_MIN = 100;
const READER = /<(?:iframe|embed|object)\b/i;

const canBeHeldAgainst = (page: SightPage): boolean =>
  !READER.test(page.html) && proseOf(page) >= PROSE_MIN;

function otherDocument({ text, page }: PromisedTarget): string | null {
  const core = coreOf(text);
  if (core === null || !canBeHeldAgainst(page)) return null;
  const holds = (words: string): boolean => page.html.includes(words) || page.text.includes(words);
  if (coverage(core, holds) > COVERAGE_MAX || longestHeld(core, holds) > mayHold(core)) return null;
  const shown = ownHeading(page)?.slice(0, 60);
  if (shown === undefined) return null;
  return `链接文字是“${text.trim().slice(0, 60)}”，打开的是“${shown}”，正文里没有它`;
}

/**
 * Runs of Chinese characters that are a document's own: without issuer and place, and without the words that documents of any subject
 * share. Null when the words name no document, or hardly any remain.
 */
function coreOf(text: string): string[] | null {
  const words = text.replace(/[\s.…]+/gu, '');
  if (words.length < 10 || !DOCUMENT.test(words)) return null;
  const runs = subjectsOf(runsOf(words));
  return charactersOf(runs) < CORE_MIN ? null : runs;
}

const charactersOf = (runs: readonly string[]): number =>
  runs.reduce((sum, run) => sum + run.length, 0);

/** Characters in a row that any page holds by accident: a word of a short title, two of a long one. */
function mayHold(core: readonly string[]): number {
  const characters = charactersOf(core);
  if (characters >= 10) return 3;
  return characters >= 5 ? 2 : 1;
}

/** The share of the pairs of neighbouring characters that something holds. */
function coverage(core: readonly string[], holds: (words: string) => boolean): number {
  const pairs = core.flatMap((run) =>
    Array.from({ length: run.length - 1 }, (_, at) => run.slice(at, at + 2)),
  );
  return pairs.filter(holds).length / pairs.length;
}

/** The most characters in a row that something holds. */
function longestHeld(core: readonly string[], holds: (words: string) => boolean): number {
  let longest = 0;
  for (const run of core)
    for (let at = 0; at + longest < run.length; at += 1)
      while (at + longest < run.length && holds(run.slice(at, at + longest + 1))) longest += 1;
  return longest;
}

const QUOTED = /^《([^《》]{6,80})》$/u;
const SITE_NAME = /[-—_|–][^-—_|–]{2,40}$/u;
const HEADING_MIN = 6;
const RUN_MIN = 4;

const NAME_OF_SITE = /(?:网站?|门户|平台|厅|局|委|府|办|中心|首页)$/u;

const headingsOf = ({ headings, title }: SightPage): string[] => [
  ...headings,
  title.replace(SITE_NAME, ''),
];

/** The heading by which a page says what it is; undefined when it has none but 公告 or its site's name: it may be anything. */
function ownHeading(page: SightPage): string | undefined {
  return headingsOf(page).find(
    (line) =>
      line.length >= HEADING_MIN &&
      !NAME_OF_SITE.test(line) &&
      charactersOf(runsOf(line)) >= CORE_MIN,
  );
}

/**
 * A whole title in 《》 that leads to a page with a heading of its own subject: the heading shares not a pair of characters with the
 * title's subject, and no longer part of the title stands anywhere in the page. A notice that only says “有关办法” may bring it.
 */
function otherTitle({ text, page }: PromisedTarget): string | null {
  const promised = QUOTED.exec(text.replace(/\s/gu, ''))?.[1];
  if (promised === undefined || !canBeHeldAgainst(page) || page.text.includes(promised))
    return null;
  const shown = ownHeading(page);
  if (shown === undefined) return null;
  const runs = runsOf(promised);
  if (charactersOf(runs) < CORE_MIN || runs.some((run) => holdsRun(page, run))) return null;
  const subject = subjectsOf(runs);
  const isNamed =
    subject.length > 0 && coverage(subject, (pair) => headingsOf(page).join().includes(pair)) > 0;
  if (isNamed) return null;
  return `链接文字是“《${promised.slice(0, 60)}》”，打开的是“${shown.slice(0, 60)}”，正文里没有它`;
}

/** Runs of Chinese characters of a title without issuer, place and the words of every document. */
function runsOf(title: string): string[] {
  const own = title.replace(ISSUER, '').replace(GENERIC, ' ');
  return (own.match(/\p{Script=Han}{2,}/gu) ?? []).flatMap((run) => {
    const rest = run.replace(PLACE, '');
    return rest.length < 2 ? [] : [rest];
  });
}

/** What remains of runs without the words that titles of any subject share. */
const subjectsOf = (runs: readonly string[]): string[] =>
  runs.flatMap((run) => run.replace(SUBJECTLESS, ' ').match(/\p{Script=Han}{2,}/gu) ?? []);

/** Lines with fewer characters are entries of menus, which stand on every page of a site and say nothing of this one. */
const CONTENT_LINE_MIN = 10;

function holdsRun(page: SightPage, run: string): boolean {
  if (run.length < RUN_MIN) return false;
  const content = page.lines.filter((line) => line.length >= CONTENT_LINE_MIN);
  return [...content, ...page.headings, page.title].some((line) => line.includes(run));
}
