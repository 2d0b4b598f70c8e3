import { randomBytes } from 'node:crypto';
import { wordOf } from '../../derive/links/judge-absence.ts';
import { isAccused, judgeLink, needsBrowser } from '../../derive/links/judge-link.ts';
import { judgePlain, needsSecondOpinion } from '../../derive/links/judge-plain.ts';
import { type CheckedLink, summariseLinks } from '../../derive/links/site-links.ts';
import { canonicalUrl, linkBase } from '../../derive/scan/canonical-url.ts';
import { digestPage } from '../../derive/scan/digest-page.ts';
import type { SiteLinks } from '../../domain/facts/link-facts.ts';
import type {
  LinkObservation,
  LinkPromise,
  LinkSight,
  LinkVerdict,
} from '../../domain/link-check.ts';
import type { LinkBrowser } from '../../gather/links/browser-turns.ts';
import { type LaterPause, type LinkBudget, probeLinks } from '../../gather/links/probe-links.ts';
import { secondAgent } from '../../gather/links/second-agent.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { siteScope } from '../walk/site-scope.ts';
import type { WalkResult } from '../walk/walk-tally.ts';
import { BrowserDoubts } from './browser-doubts.ts';
import type { FailingBodies } from './failing-bodies.ts';
import type { HomePromises } from './home-promises.ts';
import type { BookedLink, LinkBook } from './link-book.ts';
import type { WalkNotes } from './walk-notes.ts';

export interface JudgeLinksInput {
  readonly homeUrl: string;
  readonly fetcher: Fetcher;
  /** The fetcher's own; the second agent's string is made from it. */
  readonly userAgent: string;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  readonly isOwnLineDown: () => Promise<boolean>;
  readonly later: LaterPause;
  readonly probeBudget?: LinkBudget;
  /** The third opinion (gather/links/browse-link.ts); absent where there is no browser. */
  readonly browser?: Omit<LinkBrowser, 'wants'>;
  /** Where the answers of broken links are kept; absent = nobody keeps them, and no row points at any. */
  readonly bodies?: FailingBodies;
  /** Pages walked and links looked at so far; for a progress line. */
  readonly onProgress?: (pages: number, looked: number) => void;
  /** Patience of one look; for tests. */
  readonly lookLimitMs?: number;
}

/** What a walk found of a site's links, from memory or from a survey's rows. */
export interface WalkedLinks {
  readonly book: LinkBook;
  readonly notes: WalkNotes;
  readonly promises: HomePromises;
  /** Addresses that were not visited, and why. */
  readonly refusals: ReadonlyMap<string, string>;
  /** Looks that the walk waited for in vain, by address. */
  readonly waited: ReadonlyMap<string, LinkSight>;
  readonly walk: Pick<WalkResult, 'hitLimits' | 'waiting'>;
}

export interface JudgedLinks {
  /** Every distinct link, breadth first from the home page. */
  readonly links: readonly CheckedLink[];
  readonly summary: SiteLinks;
}

/** Enough for the failing and outside links of a large portal. */
const PROBE_BUDGET: LinkBudget = { requests: 60_000, milliseconds: 3 * 3_600_000 };
/** Addresses that the walk refused as traps and that are looked at once each, not walked. */
const TRAPPED_LOOKS_MAX = 2_000;
const MISSING_PAGE_BYTES = 1024 * 1024;

/**
 * Judges the links that a walk found: believes the walk where it read a sound page, and looks more closely at everything else: what
 * failed, what is odd, what leads outside. Nothing that the world does is thrown; an abort of `signal` is.
 */
export async function judgeLinks(input: JudgeLinksInput, found: WalkedLinks): Promise<JudgedLinks> {
  const { book, notes, promises } = found;
  const base = linkBase(input.homeUrl);
  const home = (base === null ? null : canonicalUrl(input.homeUrl, base)) ?? input.homeUrl;
  const links = book
    .links(home)
    // The walk asked for every style and script of the site; more looks are due only where none came.
    .filter(({ use, url }) => use !== 'asset' || notes.isLost(url))
    .map((link) => withPromise(link, promises.of(link.url)));
  const settled = new Map<string, LinkVerdict>();
  const missing = await missingFingerprint(input);
  for (const link of links) {
    const isPromise = promises.of(link.url) !== null;
    const verdict = isPromise ? null : notes.verdictOf(link, missing);
    if (verdict !== null) settled.set(link.url, verdict);
  }
  leaveRefused(links, found.refusals, settled);
  const observed = await lookAtRest(input, {
    ...{ links, settled, pages: book.pages, seen: found.waited },
  });
  const scope = siteScope(home);
  const judged = links.map((link): CheckedLink => {
    const verdict = settled.get(link.url);
    const seen = verdict ? { ...UNSEEN, verdict } : (observed.get(link.url) ?? UNSEEN);
    const { url, use, onHome } = link;
    const { from, text } = seen.verdict.promise ?? link;
    const external = !scope.includes(url);
    return { url, from, text, use, onHome, external, ...seen, verdict: fairTo(link, seen.verdict) };
  });
  const checked = judged.filter(({ use, verdict }) => use !== 'asset' || isAccused(verdict));
  const incompleteReason = incompleteOf(found.walk, book);
  const summary = summariseLinks(checked, { pages: book.pages, incompleteReason });
  const bodiesLeftOut = input.bodies?.leftOut ?? 0;
  return { links: checked, summary: bodiesLeftOut > 0 ? { ...summary, bodiesLeftOut } : summary };
}

/** A service promised at a home address is looked at before the other words for it, of which only so many are kept. */
const withPromise = (link: BookedLink, promise: LinkPromise | null): BookedLink =>
  promise === null ? link : { ...link, promises: [promise, ...link.promises] };

/** Addresses that the walk would not visit: never what robots.txt forbids; traps once each, up to a limit. */
function leaveRefused(
  links: readonly BookedLink[],
  refusals: ReadonlyMap<string, string>,
  settled: Map<string, LinkVerdict>,
): void {
  let looked = 0;
  for (const { url } of links) {
    const refusal = refusals.get(url);
    if (refusal === undefined || settled.has(url)) continue;
    const isForbidden = refusal.includes('robots.txt');
    if (!isForbidden && looked < TRAPPED_LOOKS_MAX) looked += 1;
    else settled.set(url, { class: 'unobserved', status: null, reason: `没有访问：${refusal}` });
  }
}

async function lookAtRest(
  input: JudgeLinksInput,
  about: {
    readonly links: readonly BookedLink[];
    readonly settled: ReadonlyMap<string, LinkVerdict>;
    readonly pages: number;
    readonly seen: ReadonlyMap<string, LinkSight>;
  },
): Promise<Map<string, Seen>> {
  const observed = new Map<string, Seen>();
  const doubts = new BrowserDoubts();
  const rest = about.links.filter(({ url }) => !about.settled.has(url));
  await probeLinks(rest, {
    fetcher: input.fetcher,
    secondAgent: secondAgent(input.userAgent),
    budget: input.probeBudget ?? PROBE_BUDGET,
    later: input.later,
    signal: input.signal,
    isOwnLineDown: input.isOwnLineDown,
    doubts: needsSecondOpinion,
    ...(input.browser ? { browser: { ...input.browser, wants: needsBrowser } } : {}),
    seen: about.seen,
    onObservation: (observation) => {
      doubts.take(observation);
      observed.set(observation.link.url, seenOf(observation, input.bodies));
      input.onProgress?.(about.pages, observed.size);
    },
    ...(input.lookLimitMs === undefined ? {} : { lookLimitMs: input.lookLimitMs }),
  });
  for (const [url, seen] of observed)
    observed.set(url, { ...seen, verdict: doubts.fairTo(url, seen.verdict) });
  return observed;
}

type Seen = Pick<CheckedLink, 'verdict' | 'looks' | 'snapshot'>;

const UNSEEN: Seen = {
  verdict: { class: 'unobserved', status: null, reason: '没有访问' },
  looks: [],
  snapshot: null,
};

/** Judged as soon as it is complete: the bodies of a large site's links are not to be held until the end. */
function seenOf(observation: LinkObservation, bodies: FailingBodies | undefined): Seen {
  const { sights } = observation;
  const verdict = judgeLink(observation);
  const proof = bodies !== undefined && isAccused(verdict) ? proofOf(observation) : undefined;
  return {
    verdict,
    looks: sights.map((sight) => ({
      ...{ at: sight.at, kind: sight.kind, status: sight.status, outcome: wordOf(sight) },
    })),
    snapshot: proof === undefined ? null : (bodies?.keep(proof) ?? null),
  };
}

/** The last answer that has a body: the server's own, unless only a browser could tell. */
function proofOf(observation: LinkObservation): LinkSight | undefined {
  const answers = observation.sights.filter(({ kind }) => kind !== 'browser');
  const isPlain = isAccused(judgePlain({ ...observation, sights: answers }));
  const bearing = isPlain ? answers : observation.sights;
  return bearing.findLast(({ body }) => body.byteLength > 0);
}

/** An address guessed from a script is no link that anyone wrote: it may work, it cannot fail. */
function fairTo(link: BookedLink, verdict: LinkVerdict): LinkVerdict {
  if (!link.guessed || verdict.class === 'ok' || verdict.class === 'moved') return verdict;
  const reason = `地址是从脚本里推测的，不作判断（${verdict.reason}）`;
  return { ...verdict, class: 'unobserved', reason };
}

/** The words of the page that the site shows at an address that cannot exist; null where it says 404 as it should. */
async function missingFingerprint(input: JudgeLinksInput): Promise<string | null> {
  const url = `${new URL(input.homeUrl).origin}/xunjian-${randomBytes(6).toString('hex')}.html`;
  const { fetcher, signal, now } = input;
  const answer = await fetcher.fetch(url, { maxBytes: MISSING_PAGE_BYTES, signal });
  if (answer.kind === 'error' || answer.status >= 300) return null;
  const contentType = answer.headers['content-type'] ?? '';
  const today = shanghaiDate(now());
  return digestPage({ body: answer.body, contentType, url: answer.url, today }).fingerprint;
}

function incompleteOf(walk: WalkedLinks['walk'], { leftOut, cutPages }: LinkBook): string | null {
  const reasons = [
    ...walk.hitLimits,
    ...(walk.waiting > 0 ? [`还有 ${walk.waiting} 个地址没有访问`] : []),
    ...(cutPages > 0 ? [`有 ${cutPages} 页过长或中断，后面的链接没有读到`] : []),
    ...(leftOut > 0 ? [`链接过多，有 ${leftOut} 处没有记下`] : []),
  ];
  return reasons.length === 0 ? null : reasons.join('；');
}
