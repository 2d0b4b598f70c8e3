import { canonicalUrl, linkBase } from '../../derive/scan/canonical-url.ts';
import { CrawlTraps, TRAP_WORDS } from '../../derive/scan/crawl-traps.ts';
import type { PageBytes } from '../../derive/scan/digest-page.ts';
import { NO_ROBOTS } from '../../derive/scan/robots.ts';
import type {
  WalkedLink,
  WalkedLinkKind,
  WalkedPage,
  WalkedPageWithBody,
} from '../../domain/walk.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { invariant, UserError } from '../../lib/pure/errors.ts';
import type { ReceivedResponse } from '../../lib/pure/received-response.ts';
import { type Answer, askAddress } from './ask-address.ts';
import { type Frontier, type FrontierEntry, MemoryFrontier } from './frontier.ts';
import { readGate, type SiteGate } from './site-gate.ts';
import { SitePause } from './site-pause.ts';
import { type ScopeOptions, type SiteScope, siteScope } from './site-scope.ts';
import { Spending, WALK_BUDGET, type WalkBudget } from './walk-budget.ts';
import { pageBytes, readInline, type WalkReading } from './walk-reading.ts';
import { type WalkResult, WalkTally } from './walk-tally.ts';
import { landedPage, unchangedPage, walkedPage, withReading } from './walked-page.ts';

export interface WalkInput {
  readonly homeUrl: string;
  readonly fetcher: Fetcher;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  /** Every record as it comes; the walk goes on when this resolves: then it is kept. */
  readonly onPage: (page: WalkedPageWithBody) => Promise<void> | void;
  readonly budget?: Partial<WalkBudget>;
  readonly scope?: ScopeOptions;
  /** Whether robots.txt is honoured; the home page is visited in any case. Default true. */
  readonly honourRobots?: boolean;
  /** Whether pictures, styles and attachments are looked at (first bytes only). Default true. */
  readonly lookAtFiles?: boolean;
  /** Requests of this site under way at once; the pacer may allow fewer. */
  readonly atOnce?: number;
  /** Bytes of one page that are read. */
  readonly pageBytes?: number;
  /** Where known addresses are kept; in memory when nothing is given. */
  readonly frontier?: Frontier;
  /** What the last walk had of an address: it is asked for only when changed, and its links are followed when not. */
  readonly earlier?: (url: string) => Promise<WalkedPage | null>;
  /** Reads a page elsewhere, for example in a worker thread; `response` is the one that brought it, `visit` as what it was visited. */
  readonly readPage?: (
    page: PageBytes,
    response: ReceivedResponse,
    visit: Pick<WalkedPage, 'url' | 'linkText' | 'depth'>,
  ) => Promise<WalkReading>;
  /** Awaited before every visit: opening hours, a person's pause. */
  readonly beforeVisit?: (signal: AbortSignal) => Promise<void>;
  /** What an interrupted walk of this frontier spent. */
  readonly spent?: { readonly requests: number; readonly bytes: number };
}

const AT_ONCE = 4;
const PAGE_BYTES = 8 * 1024 * 1024;
/** A server that asks us to come back later is asked again so often. */
const COME_BACK_MAX = 2;

/**
 * Walks a whole site from its home page and sitemaps: every address once, breadth first, files looked at, traps refused, budgets
 * kept. Nothing that the world does is thrown; an abort of `signal` is. A limit that is hit stands in the result.
 */
export async function walkSite(input: WalkInput): Promise<WalkResult> {
  const base = linkBase(input.homeUrl);
  const home = base === null ? null : canonicalUrl(input.homeUrl, base);
  if (home === null) throw new UserError('survey.home', `首页网址无法识别：${input.homeUrl}`);
  return new SiteWalk(input, home).run();
}

const NO_GATE: SiteGate = { robots: NO_ROBOTS, sitemapUrls: [], notes: [] };

class SiteWalk {
  readonly #input: WalkInput;
  readonly #home: string;
  readonly #scope: SiteScope;
  readonly #frontier: Frontier;
  readonly #traps: CrawlTraps;
  readonly #spending: Spending;
  readonly #pause = new SitePause();
  readonly #tally = new WalkTally();
  readonly #comeBacks = new Map<string, number>();
  readonly #over = new AbortController();
  readonly #signal: AbortSignal;
  readonly #running = new Set<Promise<void>>();
  #gate: SiteGate = NO_GATE;

  constructor(input: WalkInput, home: string) {
    this.#input = input;
    this.#home = home;
    this.#scope = siteScope(home, input.scope);
    this.#frontier = input.frontier ?? new MemoryFrontier();
    this.#traps = new CrawlTraps(shanghaiDate(input.now()));
    const budget = { ...WALK_BUDGET, ...input.budget };
    this.#spending = new Spending(budget, performance.now(), input.spent);
    this.#signal = AbortSignal.any([input.signal, this.#over.signal]);
  }

  async run(): Promise<WalkResult> {
    const left = this.#spending.endsAt - performance.now();
    const timer = setTimeout(() => this.#over.abort(), Math.max(0, left));
    let ended = 0;
    try {
      await this.#open();
      await this.#visitAll();
    } catch (error) {
      this.#input.signal.throwIfAborted();
      if (!this.#over.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      // Timers may fire a moment early by the other clock: what they ended has reached its end.
      ended = this.#over.signal.aborted ? this.#spending.endsAt : performance.now();
      this.#over.abort();
      // Whoever stops a walk may count on it that nothing of it is still under way.
      await Promise.allSettled(this.#running);
    }
    const limit = this.#spending.limitHit(ended);
    const waiting = await this.#frontier.waiting();
    if (limit !== null && waiting > 0) this.#tally.hit(limit);
    return this.#tally.result(this.#spending, waiting);
  }

  /** The home page first; robots and sitemaps before the rest, for they decide about it. */
  async #open(): Promise<void> {
    const entry = { url: this.#home, kind: 'page', depth: 0, from: null, linkText: '' } as const;
    await this.#frontier.add([entry], () => null);
    this.#gate = await readGate(this.#input.fetcher, this.#home, this.#signal);
    for (const note of this.#gate.notes) this.#tally.note(note);
    const { delaySeconds } = this.#gate.robots;
    if (delaySeconds !== null && this.#input.honourRobots !== false)
      this.#pause.between(delaySeconds * 1_000);
    await this.#add(
      this.#gate.sitemapUrls.map((url) => ({
        url,
        kind: 'page',
        depth: 1,
        from: null,
        linkText: '',
      })),
    );
  }

  /** Hands out entries until nothing waits and no visit is under way that may still bring something. */
  async #visitAll(): Promise<void> {
    const running = this.#running;
    const atOnce = this.#input.atOnce ?? AT_ONCE;
    let ended = 0;
    for (;;) {
      this.#signal.throwIfAborted();
      const mayGoOn = this.#spending.limitHit(performance.now()) === null;
      const room = mayGoOn ? atOnce - running.size : 0;
      const endedBefore = ended;
      const entries = room > 0 ? await this.#frontier.take(room) : [];
      for (const entry of entries) {
        this.#spending.requests += 1;
        const visit = this.#visit(entry).finally(() => {
          running.delete(visit);
          ended += 1;
        });
        // A failure is met by the race below, or by the others that it leaves behind.
        visit.catch(() => undefined);
        running.add(visit);
      }
      if (running.size > 0) await Promise.race(running);
      // A visit that ended while the frontier was asked may have brought what it could not give yet.
      else if (!mayGoOn || ended === endedBefore) return;
    }
  }

  async #visit(entry: FrontierEntry): Promise<void> {
    const input = this.#input;
    try {
      await input.beforeVisit?.(this.#signal);
      await this.#pause.turn(this.#signal);
      const earlier = (await input.earlier?.(entry.url)) ?? null;
      const { fetcher, pageBytes = PAGE_BYTES } = input;
      const answer = await askAddress({ fetcher, signal: this.#signal, pageBytes }, entry, earlier);
      this.#spending.bytes += answer.fetched.body.byteLength;
      if (this.#comesBack(entry, answer)) await this.#frontier.giveBack(entry);
      else await this.#take(entry, await this.#read(entry, answer, earlier));
    } catch (error) {
      if (this.#over.signal.aborted && !input.signal.aborted) await this.#frontier.giveBack(entry);
      throw error;
    }
  }

  /** Retry-After (RFC 9110 §10.2.3) of a 429 or 503: the whole site is left alone for so long. */
  #comesBack({ url }: FrontierEntry, { fetched }: Answer): boolean {
    if (fetched.status !== 429 && fetched.status !== 503) return false;
    const times = (this.#comeBacks.get(url) ?? 0) + 1;
    if (times > COME_BACK_MAX) return false;
    if (!this.#pause.retryAfter(fetched.headers['retry-after'], fetched.fetchedAt)) return false;
    this.#comeBacks.set(url, times);
    return true;
  }

  async #read(
    entry: FrontierEntry,
    answer: Answer,
    earlier: WalkedPage | null,
  ): Promise<WalkedPageWithBody[]> {
    const page = walkedPage(entry, answer);
    const { outcome, landedUrl } = page;
    if (outcome === 'unchanged') return [earlier === null ? page : unchangedPage(page, earlier)];
    if (answer.file !== null || (outcome !== 'page' && outcome !== 'redirect')) return [page];
    const isOurs = landedUrl === null || this.#scope.includes(landedUrl);
    if (!isOurs) return [page];
    if (landedUrl !== null && !(await this.#frontier.claim(landedUrl))) return [page];
    const response = page.received.at(-1);
    invariant(response, `没有原文的网页：${page.url}`);
    const read = landedUrl === null ? page : landedPage(page, landedUrl);
    const readPage = this.#input.readPage ?? readInline;
    const reading = await readPage(pageBytes(answer.fetched), response, read);
    if (landedUrl === null) return [withReading(page, reading)];
    return [{ ...page, received: [] }, withReading(read, reading)];
  }

  async #take(entry: FrontierEntry, pages: readonly WalkedPageWithBody[]): Promise<void> {
    for (const page of pages) {
      this.#tally.saw(page.outcome);
      // A page without words may be drawn by a script: it says nothing about the next.
      if (page.fingerprint !== null) this.#traps.saw(page.url, page.fingerprint + page.title);
      await this.#input.onPage(page);
    }
    for (const page of pages) await this.#add(page.links.map((link) => entryOf(link, page)));
    await this.#frontier.finish(entry, pages);
  }

  async #add(entries: readonly FrontierEntry[]): Promise<void> {
    const wanted = entries.filter(
      ({ url, kind }) => this.#isWalked(kind) && this.#scope.includes(url),
    );
    if (wanted.length > 0) this.#tally.refused(await this.#frontier.add(wanted, this.#admit));
    if (wanted.length < entries.length)
      await this.#frontier.noteOutside(entries.filter(({ url }) => !this.#scope.includes(url)));
  }

  #isWalked(kind: WalkedLinkKind): boolean {
    if (kind === 'form') return false;
    return kind === 'page' || kind === 'frame' || this.#input.lookAtFiles !== false;
  }

  readonly #admit = ({ url, depth }: FrontierEntry): string | null => {
    if (this.#input.honourRobots !== false && !this.#gate.robots.allows(url))
      return 'robots.txt 不允许';
    const trap = this.#traps.admit(url, depth);
    return trap === null ? null : TRAP_WORDS[trap];
  };
}

const entryOf = (link: WalkedLink, page: WalkedPage): FrontierEntry => ({
  url: link.url,
  kind: link.kind,
  depth: page.depth + 1,
  from: page.url,
  linkText: link.text,
});
