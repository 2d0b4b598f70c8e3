import type { LinkClass } from '../../domain/facts/link-facts.ts';
import type { LinkObservation, LinkSight, LinkVerdict, SiteLink } from '../../domain/link-check.ts';
import { fileProblem } from './file-body.ts';
import { isDeepAddress, isErrorAddress, isHomeAddress, isSameAddress } from './home-address.ts';
import { judgeAbsence } from './judge-absence.ts';
import { pageSays } from './page-says.ts';
import { isPageBody, readSight, type SightPage } from './read-sight.ts';
import { isSamePage } from './same-page.ts';
import { readAnswer, statementVerdict } from './sight-answer.ts';
import { wrongTargetReason } from './wrong-target.ts';

/**
 * Says what a link is from what our agents got of it, no browser among them. Pure. Content that our own agent got settles the link;
 * what only the second agent got says that we are refused; where nothing was got, the weakest accusation that explains every sight
 * is chosen (judge-absence.ts).
 */
export function judgePlain(observation: LinkObservation): LinkVerdict {
  if (observation.notLooked !== null || observation.sights.length === 0)
    return { class: 'unobserved', status: null, reason: observation.notLooked ?? '没有访问' };
  const own = observation.sights.filter(isOurs);
  const content = own.findLast((sight) => readAnswer(sight) === 'content');
  if (content === undefined) return judgeAbsence(observation);
  const verdict = judgeContent(observation, content);
  return observation.sights.length > 1 ? withSecondOpinion(observation, content, verdict) : verdict;
}

/** Whether the verdict rests on what we alone were shown, so that the second agent has to look before it is said. */
export function needsSecondOpinion(observation: LinkObservation): boolean {
  return SHOWN_TO_US.has(judgePlain(observation).class);
}

/** Looks that a plain visitor of ours would have taken: the second agent, a distrusted certificate are not. */
const isOurs = (sight: LinkSight): boolean =>
  sight.kind === 'first' || sight.kind === 'cookie' || sight.kind === 'later';

/** Classes for which the page's content speaks; another agent may have been shown another page. */
const SHOWN_TO_US: ReadonlySet<LinkClass> = new Set(['soft404', 'redirectHome', 'wrongTarget']);

function withSecondOpinion(
  observation: LinkObservation,
  content: LinkSight,
  verdict: LinkVerdict,
): LinkVerdict {
  if (SHOWN_TO_US.has(verdict.class)) {
    const others = observation.sights.filter(
      (sight) => sight.kind === 'agent' && readAnswer(sight) === 'content',
    );
    const better = others.find((sight) => !SHOWN_TO_US.has(judgeContent(observation, sight).class));
    if (better !== undefined)
      return {
        class: 'blocked',
        status: content.status,
        reason: `只对程序这样：${verdict.reason}；换一种方式可以打开`,
      };
  }
  const failedFirst = observation.sights[0] !== content && verdict.class === 'ok';
  return failedFirst && content.kind === 'later'
    ? { ...verdict, reason: '第一次没有打开，再次访问正常' }
    : verdict;
}

/** What an answer with content is. */
export function judgeContent(observation: LinkObservation, sight: LinkSight): LinkVerdict {
  const { status } = sight;
  const says = (verdict: LinkClass, reason: string): LinkVerdict => ({
    class: verdict,
    status,
    reason,
  });
  const { link } = observation;
  const jumped = sight.jumpPage === null ? null : readSight(sight.jumpPage);
  const before = jumped === null ? null : pageSays(jumped);
  if (before !== null && jumped !== null) return statementVerdict(before, status);
  if (isHomeAddress(sight.url) && sight.hops.length > 0 && isDeepAddress(link.url))
    return says('redirectHome', `没有原来的内容，跳到了首页 ${sight.url}`);
  if (sight.hops.length > 0 && isErrorAddress(sight.url))
    return says('soft404', `跳到了出错页 ${sight.url}`);
  const fileUse = link.use !== 'page' && link.use !== 'frame';
  if (fileUse) {
    const problem = fileProblem(sight, link.url, link.use);
    if (problem !== null) return says('soft404', problem);
  } else if (isPageBody(sight.contentType, sight.body)) {
    const page = readSight(sight);
    const verdict = page === null ? null : judgePage(observation, sight, page);
    if (verdict !== null) return verdict;
  }
  return movedOrOk(sight, link.url);
}

function movedOrOk(sight: LinkSight, url: string): LinkVerdict {
  const { status, hops } = sight;
  const permanent = hops.some((hop) => !hop.jump && (hop.status === 301 || hop.status === 308));
  if (permanent && !isSameAddress(url, sight.url))
    return { class: 'moved', status, reason: `已永久转到 ${sight.url}，可以打开` };
  if (hops.length > 0 && !isSameAddress(url, sight.url))
    return { class: 'ok', status, reason: `转到 ${sight.url}，可以打开` };
  return { class: 'ok', status, reason: '可以打开' };
}

function judgePage(
  observation: LinkObservation,
  sight: LinkSight,
  page: SightPage,
): LinkVerdict | null {
  const said = pageSays(page);
  if (said !== null) return statementVerdict(said, sight.status);
  const alike = likeMissing(observation, sight, page);
  if (alike !== null) return alike;
  return brokenPromise(observation.link, sight, page);
}

function brokenPromise(link: SiteLink, sight: LinkSight, page: SightPage): LinkVerdict | null {
  const host = (address: string): string => URL.parse(address)?.host.replace(/^www\./, '') ?? '';
  for (const promise of [{ text: link.text, from: link.from }, ...(link.promises ?? [])]) {
    const { text, from } = promise;
    const sameSite = host(from) === host(sight.url);
    const target = { text, url: link.url, endedAt: sight.url, sameSite, page };
    const reason = wrongTargetReason(target);
    if (reason !== null) return { class: 'wrongTarget', status: sight.status, reason, promise };
  }
  return null;
}

/** Fewer visible characters than this, with scripts, is the shell of an application: every address of it looks the same. */
const SHELL_WORDS = 40;

/** A page with hardly a word of its own and scripts that may write more. */
export const isShell = ({ text, html }: SightPage): boolean =>
  text.length < SHELL_WORDS && /<script/i.test(html);

/** A page that is the same as that of a path which cannot exist. */
function likeMissing(
  { link, host }: LinkObservation,
  sight: LinkSight,
  page: SightPage,
): LinkVerdict | null {
  const { missing, home } = host;
  if (missing === null || missing.status !== sight.status || !isDeepAddress(link.url)) return null;
  const absent = readSight(missing);
  if (absent === null || !isSamePage(page, absent)) return null;
  const { status } = sight;
  if (isShell(page)) return { class: 'unobserved', status, reason: '内容由脚本写出，不渲染看不到' };
  const entrance = home === null ? null : readSight(home);
  if (entrance !== null && isSamePage(page, entrance))
    return { class: 'redirectHome', status, reason: '打开的是首页的内容' };
  return { class: 'soft404', status, reason: '返回 200，但与本站不存在的地址打开的是同一页' };
}
