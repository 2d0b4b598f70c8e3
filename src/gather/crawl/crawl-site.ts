import type { CrawlRequest, FetchedPage, SiteReader } from '../../domain/crawl.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { fetchPage } from './fetch-page.ts';

/** What one site may cost. Hitting a limit is recorded: the reader gets a `refused` page with the reason. */
export interface CrawlBudget {
  readonly requests: number;
  readonly bytes: number;
  readonly milliseconds: number;
}

export interface CrawlInput {
  readonly reader: SiteReader;
  readonly fetcher: Fetcher;
  readonly budget: CrawlBudget;
  readonly signal: AbortSignal;
  readonly now: () => Instant;
  /** Every page in the order in which it came; the reader sees it when this resolves: then it is kept. */
  readonly onPage: (page: FetchedPage) => Promise<void>;
  /** A page that an interrupted crawl kept: it is not fetched again. */
  readonly recall?: (request: CrawlRequest) => Promise<FetchedPage | null>;
}

export interface CrawlCounts {
  readonly pages: number;
  readonly bytes: number;
  /** Chinese names of the limits that were hit. */
  readonly hitLimits: readonly string[];
}

/** Requests of one site under way at the same time; the pacer may allow fewer. */
const REQUESTS_AT_ONCE = 4;
/** Requests that a reader may have waiting; beyond that it asks for more than any budget could fetch. */
const FRONTIER_MAX = 2000;

/** Walks one site as its reader asks: most important first, nothing twice, nothing beyond the budget. */
export async function crawlSite(input: CrawlInput): Promise<CrawlCounts> {
  const crawl = new Crawl(input);
  await crawl.run();
  return crawl.counts();
}

class Crawl {
  readonly #input: CrawlInput;
  readonly #seen = new Set<string>();
  readonly #frontier: CrawlRequest[] = [];
  readonly #hitLimits = new Set<string>();
  /** Ends what is under way when the site's time is over: a page that never ends must not hold the round. */
  readonly #time: AbortController;
  readonly #signal: AbortSignal;
  #pages = 0;
  #started = 0;
  #bytes = 0;

  constructor(input: CrawlInput) {
    this.#input = input;
    this.#time = new AbortController();
    this.#signal = AbortSignal.any([input.signal, this.#time.signal]);
  }

  async run(): Promise<void> {
    const over = (): void => this.#time.abort();
    const timer = setTimeout(over, this.#input.budget.milliseconds);
    if (this.#input.budget.milliseconds <= 0) over();
    try {
      await this.#walk();
    } finally {
      clearTimeout(timer);
    }
  }

  async #walk(): Promise<void> {
    this.#add(this.#input.reader.start());
    const running = new Set<Promise<void>>();
    while (this.#frontier.length > 0 || running.size > 0) {
      this.#input.signal.throwIfAborted();
      while (this.#frontier.length > 0 && running.size < REQUESTS_AT_ONCE) {
        const task: Promise<void> = this.#visit(this.#frontier.shift()!).finally(() =>
          running.delete(task),
        );
        running.add(task);
      }
      if (running.size > 0) await Promise.race(running);
    }
  }

  counts(): CrawlCounts {
    return { pages: this.#pages, bytes: this.#bytes, hitLimits: [...this.#hitLimits] };
  }

  async #visit(request: CrawlRequest): Promise<void> {
    const limit = this.#limitHit();
    const page =
      limit === null ? await this.#fetch(request) : refusedPage(request, limit, this.#input.now());
    await this.#take(page);
  }

  async #fetch(request: CrawlRequest): Promise<FetchedPage> {
    this.#started += 1;
    try {
      const page =
        (await this.#input.recall?.(request)) ??
        (await fetchPage(this.#input.fetcher, request, this.#signal));
      this.#pages += 1;
      this.#bytes += page.body.byteLength;
      return page;
    } catch (error) {
      this.#input.signal.throwIfAborted();
      const cut =
        this.#time.signal.aborted && error instanceof Error && error.name === 'AbortError';
      if (!cut) throw error;
      const limit = this.#timeLimit();
      this.#hitLimits.add(limit);
      return refusedPage(request, limit, this.#input.now());
    }
  }

  #limitHit(): string | null {
    const { budget } = this.#input;
    const limit =
      this.#started >= budget.requests
        ? `已达单站 ${budget.requests} 次请求的上限`
        : this.#bytes >= budget.bytes
          ? `已达单站 ${Math.round(budget.bytes / 1_048_576)} MB 的上限`
          : this.#time.signal.aborted
            ? this.#timeLimit()
            : null;
    if (limit !== null) this.#hitLimits.add(limit);
    return limit;
  }

  #timeLimit(): string {
    return `已达单站 ${Math.round(this.#input.budget.milliseconds / 1000)} 秒的上限`;
  }

  async #take(page: FetchedPage): Promise<void> {
    // A redirect's target need not be fetched again when another link names it.
    this.#seen.add(keyOf(page.url, page.request.role));
    await this.#input.onPage(page);
    this.#add(this.#input.reader.read(page));
  }

  #add(requests: readonly CrawlRequest[]): void {
    for (const request of requests) {
      const key = keyOf(request.url, request.role);
      if (this.#seen.has(key)) continue;
      this.#seen.add(key);
      if (this.#frontier.length >= FRONTIER_MAX) {
        this.#hitLimits.add(`待抓取页面超过 ${FRONTIER_MAX} 个`);
        this.#input.reader.read(
          refusedPage(request, `待抓取页面超过 ${FRONTIER_MAX} 个`, this.#input.now()),
        );
        continue;
      }
      const at = this.#frontier.findIndex((waiting) => waiting.priority > request.priority);
      if (at < 0) this.#frontier.push(request);
      else this.#frontier.splice(at, 0, request);
    }
  }
}

/** One page may serve two purposes (a section that is also a board), so the role is part of the key. */
function keyOf(url: string, role: string): string {
  try {
    const parsed = new URL(url);
    parsed.hash = '';
    return `${role} ${parsed.href}`;
  } catch {
    return `${role} ${url}`;
  }
}

function refusedPage(request: CrawlRequest, reason: string, fetchedAt: Instant): FetchedPage {
  return {
    request,
    url: request.url,
    outcome: 'refused',
    status: null,
    headers: {},
    body: new Uint8Array(0),
    truncated: false,
    snapshot: null,
    fetchedAt,
    reason,
  };
}
