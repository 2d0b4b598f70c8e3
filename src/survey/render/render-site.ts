import { readPage } from '../../derive/page/read-page.ts';
import type { FactReader, RenderNeed } from '../../derive/site/index.ts';
import type { CrawlRequest, SiteReader } from '../../domain/crawl.ts';
import { type Fact, observed, unobserved } from '../../domain/fact.ts';
import type {
  AccessibilityView,
  AgeingView,
  RenderedPage,
  RenderedView,
} from '../../domain/facts/render-facts.ts';
import type { RenderResult } from '../../gather/browser/render-page.ts';
import type { RenderPool } from '../../gather/browser/render-pool.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { CalendarDate } from '../../lib/pure/dates.ts';
import { HomeLook } from './look-at-home.ts';
import { asFact, asFetchedPage, charsetOf, type KeptBytes, keptOfResult } from './rendered-page.ts';

/** What one site may cost in a browser: its most important pages, not all of them. */
export interface RenderBudget {
  readonly pages: number;
  readonly milliseconds: number;
}

/** A page takes 2 to 30 s at our pace; a site whose every list is written by script has 20 to 60. */
export const RENDER_BUDGET: RenderBudget = { pages: 16, milliseconds: 8 * 60_000 };

export interface RenderSiteInput {
  /** The site's reader after the crawl: it names the pages, and reads them again. */
  readonly reader: FactReader;
  readonly homeUrl: string;
  /** Date of the monitoring time, Asia/Shanghai. */
  readonly today: CalendarDate;
  readonly pool: RenderPool;
  readonly fetcher: Fetcher;
  readonly signal: AbortSignal;
  readonly budget?: Partial<RenderBudget>;
  /** Look at the home page even when it needs no browser: accessibility, the ageing-friendly version. */
  readonly looks?: boolean;
  /** Fetches in the usual way what a rendered page leads to; without it such requests are dropped. */
  readonly crawl?: (reader: SiteReader) => Promise<void>;
  /** Keeps what came as evidence, before the fact that names it. */
  readonly keep?: (kept: readonly KeptBytes[]) => Promise<void>;
}

/** Facts that a browser gives, beside those of the reader, which it has changed. */
export interface RenderFacts {
  readonly rendered: Fact<RenderedView>;
  readonly accessibility: Fact<AccessibilityView>;
  readonly ageing: Fact<AgeingView>;
}

/**
 * Opens the pages of one site that only a browser can show, most important first and within a budget, and has them read again.
 * Our own failures are `unobserved` with a Chinese reason; throws only the reason of an aborted signal.
 */
export async function renderSite(input: RenderSiteInput): Promise<RenderFacts> {
  const rendering = new SiteRendering(input);
  await rendering.run();
  return rendering.facts();
}

/** Links from which a home page is one, and not something that stands in front of it. */
const HOME_LINKS = 3;
/** The home page when it is only looked at. */
const LOOK = { name: '首页', ownerUrl: null, level: 0, priority: 0, role: 'home' } as const;

class SiteRendering {
  readonly #input: RenderSiteInput;
  readonly #budget: RenderBudget;
  readonly #endsAt: number;
  readonly #pages: RenderedPage[] = [];
  readonly #tried = new Set<string>();
  #leftOut = 0;
  #browser = '';
  #looks: Pick<RenderFacts, 'accessibility' | 'ageing'>;

  constructor(input: RenderSiteInput) {
    this.#input = input;
    this.#budget = { ...RENDER_BUDGET, ...input.budget };
    this.#endsAt = performance.now() + this.#budget.milliseconds;
    const unseen = unobserved(input.looks ? '首页没有渲染' : '没有要求在浏览器里查看首页');
    this.#looks = { accessibility: unseen, ageing: unseen };
  }

  /** What a page leads to may need a browser too: until nothing new is named, or the budget is used up. */
  async run(): Promise<void> {
    const { looks, homeUrl } = this.#input;
    for (let need = this.#next(); need; need = this.#next()) await this.#render(need);
    if (looks && !this.#pages.some(({ cause }) => cause === 'home' || cause === 'footer'))
      await this.#render({ request: { ...LOOK, url: homeUrl }, cause: 'look' });
  }

  facts(): RenderFacts {
    const { problem } = this.#input.pool;
    const isNeeded = this.#pages.length > 0 || this.#leftOut > 0;
    const rendered: Fact<RenderedView> =
      problem !== null && isNeeded
        ? unobserved(problem)
        : observed({ pages: this.#pages, leftOut: this.#leftOut, browser: this.#browser });
    return { rendered, ...this.#looks };
  }

  #next(): RenderNeed | null {
    const needs = this.#input.reader
      .renderNeeds()
      .filter(({ request }) => !this.#tried.has(request.url));
    const isUsedUp = this.#pages.length >= this.#budget.pages || performance.now() > this.#endsAt;
    if (isUsedUp) this.#leftOut = needs.length;
    return isUsedUp ? null : (needs[0] ?? null);
  }

  async #render({ request, cause }: RenderNeed): Promise<void> {
    const { pool, fetcher, signal, reader, looks, keep } = this.#input;
    this.#tried.add(request.url);
    const home = request.role === 'home' && looks ? new HomeLook() : null;
    const look = home ? { look: home.look } : {};
    const result = await pool.render({ url: request.url, fetcher, signal, charsetOf, ...look });
    const read = result.state === 'rendered' ? this.#read(result) : null;
    const after = cause === 'look' ? null : (read?.items.length ?? null);
    const before = cause === 'list' && read !== null ? 0 : null;
    this.#pages.push(asFact(cause, result, { before, after }));
    if (home) this.#looks = home.facts(result);
    if (result.state !== 'rendered') return;
    this.#browser = result.browser;
    await keep?.([...keptOfResult(result), ...(home?.kept(result) ?? [])]);
    // A page that was only looked at had been read well enough as it was sent. What still refuses us, or asks for a picture to be
    // typed off, is no home page: it stays what it was.
    const isHome = read !== null && (read.items.length > 0 || read.links.length >= HOME_LINKS);
    const isPage = result.status < 400 && (cause !== 'home' || isHome);
    if (cause !== 'look' && isPage) await this.#follow(reader.read(asFetchedPage(request, result)));
  }

  async #follow(requests: readonly CrawlRequest[]): Promise<void> {
    const { crawl, reader } = this.#input;
    if (requests.length === 0 || !crawl) return;
    await crawl({ start: () => requests, read: (page) => reader.read(page) });
  }

  #read(result: Extract<RenderResult, { state: 'rendered' }>) {
    return readPage({
      bytes: result.html,
      contentType: 'text/html; charset=utf-8',
      url: result.finalUrl,
      today: this.#input.today,
    });
  }
}
