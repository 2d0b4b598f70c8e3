import type { LinkClass } from '../../domain/facts/link-facts.ts';
import type { LinkObservation, LinkSight, LinkVerdict } from '../../domain/link-check.ts';
import { isShell, judgeContent, judgePlain } from './judge-plain.ts';
import { pageSays, proseOf } from './page-says.ts';
import { readSight, type SightPage } from './read-sight.ts';
import { readAnswer } from './sight-answer.ts';

/** What says that a site's link is broken. */
const ACCUSED: ReadonlySet<LinkClass> = new Set(['dead', 'soft404', 'redirectHome', 'wrongTarget']);

export const isAccused = (verdict: LinkVerdict): boolean => ACCUSED.has(verdict.class);

/**
 * Says what a link is from everything that was seen of it. Pure. A browser's view comes last: what opens in it is not accused, and
 * what only it can see (a page written by scripts, a gate that scripts pass) is judged by it. Bytes that carry no script say the
 * same to a browser as to us, so no browser is asked about them ({@link needsBrowser}).
 */
export function judgeLink(observation: LinkObservation): LinkVerdict {
  const sight = observation.sights.find(({ kind }) => kind === 'browser');
  const plainly = { ...observation, sights: observation.sights.filter((each) => each !== sight) };
  const plain = judgePlain(plainly);
  if (sight !== undefined) return withBrowser(plainly, plain, sight);
  const { notBrowsed } = observation;
  if (notBrowsed === undefined || !isAccused(plain)) return plain;
  return { ...plain, reason: `${plain.reason}（没有用浏览器复看：${notBrowsed}）` };
}

/** Whether a browser could see something else than we did: the verdict would speak against the link or stay open, and there are scripts. */
export function needsBrowser(observation: LinkObservation): boolean {
  const { link, sights } = observation;
  if (link.use !== 'page' && link.use !== 'frame') return false;
  if (!sights.some(mayDraw)) return false;
  const plain = judgePlain(observation);
  if (isAccused(plain) || plain.class === 'blocked') return true;
  const isOpen = plain.class === 'ok' || plain.class === 'unobserved';
  return isOpen && sights.some((sight) => readAnswer(sight) === 'content' && isBare(sight));
}

/** Scripts came, with an answer or on the way to it. */
const mayDraw = (sight: LinkSight): boolean =>
  [sight, sight.jumpPage].some(
    (each) => each !== null && /<script/i.test(readSight(each)?.html ?? ''),
  );

const isBare = (sight: LinkSight): boolean => {
  const page = readSight(sight);
  return page !== null && isShell(page);
};

function withBrowser(plainly: LinkObservation, plain: LinkVerdict, sight: LinkSight): LinkVerdict {
  const drawn = readSight(sight);
  const { status } = sight;
  if (drawn === null || !isOpen(plainly, sight, drawn)) return unopened(plain, sight);
  const verdict = judgeContent(plainly, sight);
  if (verdict.class === 'ok' || verdict.class === 'moved') {
    if (plain.class === 'ok' || plain.class === 'moved') return plain;
    if (!isMore(plainly, plain, drawn)) return plain;
    return { class: 'ok', status, reason: `浏览器里可以打开（不运行脚本时：${plain.reason}）` };
  }
  if (isAccused(plain) && isAccused(verdict)) return plain;
  // What was not got whole may lack just what it promised.
  if (isAccused(verdict) && sight.cut) return plain;
  return { ...verdict, reason: `在浏览器里看，${verdict.reason}` };
}

/** The browser saw nothing better: the verdict stands, unless nothing is all that there was and the page did not come whole. */
function unopened(plain: LinkVerdict, sight: LinkSight): LinkVerdict {
  if (plain.class !== 'soft404' || readAnswer(sight) !== 'empty' || !sight.cut) return plain;
  const reason = `${plain.reason}，浏览器里也没有，但页面的脚本没有取全`;
  return { class: 'unobserved', status: plain.status, reason };
}

/** Characters of running text that scripts must have written before an error's status, or a page that is none, is not believed. */
const PROSE_MORE = 80;
/** The same of any words, where there were none before. */
const WORDS_MORE = 30;

/** Whether a visitor would say that a page opened. */
function isOpen({ sights }: LinkObservation, sight: LinkSight, drawn: SightPage): boolean {
  if (sight.status === null) return false;
  if (sight.status < 400) return readAnswer(sight) === 'content' && drawn.text !== '';
  return pageSays(drawn) === null && proseOf(drawn) - mostOf(sights, proseOf) >= PROSE_MORE;
}

/**
 * Whether the browser shows more than the page that was held against the link: a date or a menu that scripts write makes none of a
 * page that says “not here”. A gate that was passed shows whatever stands behind it.
 */
function isMore({ sights }: LinkObservation, plain: LinkVerdict, drawn: SightPage): boolean {
  if (plain.class !== 'soft404' && plain.class !== 'redirectHome') return true;
  const words = ({ text }: SightPage): number => text.length;
  const before = mostOf(sights, words);
  return before === 0
    ? words(drawn) >= WORDS_MORE
    : proseOf(drawn) - mostOf(sights, proseOf) >= PROSE_MORE;
}

const mostOf = (sights: readonly LinkSight[], of: (page: SightPage) => number): number =>
  Math.max(
    0,
    ...sights.map((sight) => {
      const page = readSight(sight);
      return page === null ? 0 : of(page);
    }),
  );
