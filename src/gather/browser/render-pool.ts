import { findChromium } from '../../lib/node/chromium.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { BROWSER_LIMITS, type BrowserLimits } from './browser-limits.ts';
import { BrowserSlot } from './browser-slot.ts';
import { type RenderRequest, type RenderResult, renderPage } from './render-page.ts';
import { ResourceCache } from './resource-cache.ts';

export interface RenderPoolOptions {
  /** Path of a Chromium; undefined = the usual places. */
  readonly chromiumPath: string | undefined;
  /** The honest agent string that scripts see; the same as the fetcher's. */
  readonly userAgent: string;
  /** Pages open at once, a browser each (about 300 MB). */
  readonly pagesAtOnce?: number;
  readonly limits?: Partial<BrowserLimits>;
  readonly now: () => Instant;
}

const PAGES_AT_ONCE = 2;
/** More than this many waiting means that a budget upstream is missing. */
const WAITING_MAX = 10_000;
/** A page is tried again once when its browser went away: a second time it is the page that does it. */
const TRIES = 2;

/**
 * Renders pages in Chromium: bounded pages at once, browsers replaced after so many pages, a new try when one dies. Browsers are
 * started at need and kept; close the pool when the work is over.
 */
export class RenderPool {
  readonly #options: RenderPoolOptions;
  readonly #limits: BrowserLimits;
  readonly #path: string | null;
  readonly #cache = new ResourceCache();
  readonly #idle: BrowserSlot[] = [];
  readonly #all = new Set<BrowserSlot>();
  readonly #waiting: (() => void)[] = [];
  #running = 0;
  #isClosed = false;

  constructor(options: RenderPoolOptions) {
    this.#options = options;
    this.#limits = { ...BROWSER_LIMITS, ...options.limits };
    this.#path = findChromium(options.chromiumPath);
  }

  /** Chinese, what is missing on this machine; null when pages can be rendered. */
  get problem(): string | null {
    if (this.#path !== null) return null;
    return '没有找到 Chromium，不能渲染页面；请安装 chromium 与 fonts-noto-cjk，或用 CHROMIUM_PATH 指明它的位置';
  }

  /** Browsers running now. */
  get browsers(): number {
    return this.#all.size;
  }

  /** Their processes, for whoever must find them when this one is killed. */
  processes(): number[] {
    return [...this.#all].flatMap((slot) => slot.processes);
  }

  /** Opens a page when there is room. Our own failures are `unobserved`; throws only the reason of an aborted signal. */
  async render(request: RenderRequest): Promise<RenderResult> {
    if (this.#path === null) return this.#unseen(request, this.problem!);
    await this.#enter(request.signal);
    try {
      return await this.#tryTwice(this.#path, request);
    } finally {
      this.#running -= 1;
      this.#waiting.shift()?.();
    }
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all([...this.#all].map((slot) => this.#end(slot)));
  }

  async #tryTwice(path: string, request: RenderRequest): Promise<RenderResult> {
    for (let tries = 1; ; tries += 1) {
      request.signal.throwIfAborted();
      const slot = await this.#slot(path);
      if (typeof slot === 'string') return this.#unseen(request, slot);
      slot.pages += 1;
      const { userAgent, now } = this.#options;
      const room = { slot, limits: this.#limits, cache: this.#cache, userAgent, now };
      const result = await renderPage(request, room).finally(() => this.#giveBack(slot));
      const isGone = result.state === 'unobserved' && result.isGone === true;
      if (!isGone) return result;
      if (tries >= TRIES) return { ...result, reason: `${result.reason}（试了 ${tries} 次）` };
    }
  }

  /** A browser that is free, or a new one; Chinese why there is none. */
  async #slot(path: string): Promise<BrowserSlot | string> {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.isAlive) return idle;
      await this.#end(idle);
    }
    if (this.#isClosed) return '渲染已经结束';
    try {
      const slot = await BrowserSlot.open(path);
      this.#all.add(slot);
      return slot;
    } catch (error) {
      const said = error instanceof Error ? error.message.split('\n')[0] : String(error);
      return `Chromium 没有启动：${said}`;
    }
  }

  async #giveBack(slot: BrowserSlot): Promise<void> {
    if (slot.isAlive && slot.pages < this.#limits.pagesPerBrowser && !this.#isClosed)
      this.#idle.push(slot);
    else await this.#end(slot);
  }

  async #end(slot: BrowserSlot): Promise<void> {
    if (this.#all.delete(slot)) await slot.close();
  }

  async #enter(signal: AbortSignal): Promise<void> {
    while (this.#running >= (this.#options.pagesAtOnce ?? PAGES_AT_ONCE)) {
      if (this.#waiting.length >= WAITING_MAX) throw new Error('等待渲染的页面过多');
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
      signal.throwIfAborted();
    }
    this.#running += 1;
  }

  #unseen({ url }: RenderRequest, reason: string): RenderResult {
    const requests = { made: 0, refused: 0, bytes: 0, failed: 0, reasons: {} };
    const renderedAt = this.#options.now();
    return { url, state: 'unobserved', reason, requests, hitLimits: [], renderedAt };
  }
}
