import { setTimeout as sleep } from 'node:timers/promises';
import type { BrowserContext, CDPSession, Page } from 'playwright-core';
import type { RenderRequests, RenderTiming } from '../../domain/facts/render-facts.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import type { BrowserLimits } from './browser-limits.ts';
import type { BrowserSlot } from './browser-slot.ts';
import { IsolatedWorld, within } from './isolated-world.ts';
import { PageGuard } from './page-guard.ts';
import type { ResourceCache } from './resource-cache.ts';
import { type Picture, takePicture } from './take-picture.ts';
import { PageWatch } from './watch-page.ts';

/** A page to be opened. */
export interface RenderRequest {
  readonly url: string;
  /** The way to the outside: its guard, resolve rules, pace and agent string hold for everything that the page asks for. */
  readonly fetcher: Fetcher;
  readonly signal: AbortSignal;
  /**
   * What the bytes of a document are really read as (a WHATWG name). A page whose declaration is wrong would show rubbish, and
   * rubbish would be judged; without it the browser believes the page.
   */
  readonly charsetOf?: (body: Uint8Array, contentType: string) => string;
  /** `false`: no picture is wanted, only what stands in the page. */
  readonly picture?: false;
  /** More to be looked at while the page stands there. */
  readonly look?: (open: OpenPage) => Promise<void>;
}

/** A page at rest, for those who look at more of it. Every call is bounded. */
export interface OpenPage {
  readonly page: Page;
  readonly session: CDPSession;
  readonly world: IsolatedWorld;
  readonly limits: BrowserLimits;
  /** Its scripts were stopped by us: what needs them cannot be looked at. */
  isStopped(): boolean;
  /** Scripts, data and frames that did not come so far. */
  missed(): number;
  /** Waits until the page rests again after something was done to it. */
  rest(): Promise<boolean>;
}

interface RenderBase {
  readonly url: string;
  readonly requests: RenderRequests;
  readonly hitLimits: readonly string[];
  readonly renderedAt: Instant;
}

/** What came of opening a page. */
export type RenderResult =
  | (RenderBase & {
      readonly state: 'rendered';
      readonly finalUrl: string;
      /** Status and address of the page's own answer. */
      readonly status: number;
      readonly address: string | null;
      readonly title: string;
      /** The document after scripts, UTF-8. */
      readonly html: Uint8Array;
      readonly truncated: boolean;
      readonly picture: Picture | null;
      readonly consoleErrors: number;
      readonly timing: RenderTiming;
      readonly isStopped: boolean;
      /** Nothing that carries or makes content was missing, and no script was stopped. */
      readonly isWhole: boolean;
      /** Such as `Chromium 156.0.8078.108`. */
      readonly browser: string;
    })
  | (RenderBase & {
      readonly state: 'unobserved';
      /** Chinese, for people. */
      readonly reason: string;
      /** The browser went away in the middle: another try may help. */
      readonly isGone?: true;
    });

export interface RenderIn {
  readonly slot: BrowserSlot;
  readonly limits: BrowserLimits;
  readonly cache: ResourceCache;
  readonly userAgent: string;
  readonly now: () => Instant;
}

const MEMORY_LOOK_MS = 500;
const NO_REQUESTS: RenderRequests = { made: 0, refused: 0, bytes: 0, failed: 0, reasons: {} };

/** Opens one page in a browser of its own, reads and pictures it. Throws nothing but the reason of an aborted signal. */
export async function renderPage(request: RenderRequest, room: RenderIn): Promise<RenderResult> {
  const { slot, limits } = room;
  const visit = new Visit(request, room);
  const over = new AbortController();
  const ends = [
    goneBrowser(slot, over.signal),
    memoryUsedUp(slot, limits, over.signal),
    timeUsedUp(limits, over.signal),
    stopAsked(request.signal, over.signal),
  ];
  try {
    const ended = await Promise.race([visit.run(), ...ends]);
    if (typeof ended !== 'string') return ended;
    // Nothing but an end from outside stops a page that does not yield.
    await slot.kill();
    request.signal.throwIfAborted();
    return { ...visit.unseen(ended), ...(ended === GONE ? { isGone: true as const } : {}) };
  } finally {
    over.abort();
    for (const end of ends) end.catch(() => undefined);
    await visit.leave();
  }
}

const GONE = '浏览器中途退出';

/** One visit to one page. */
class Visit {
  readonly #request: RenderRequest;
  readonly #room: RenderIn;
  readonly #startedAt: Instant;
  readonly #leaving = new AbortController();
  #context: BrowserContext | null = null;
  #guard: PageGuard | null = null;

  constructor(request: RenderRequest, room: RenderIn) {
    this.#request = request;
    this.#room = room;
    this.#startedAt = room.now();
  }

  unseen(reason: string): Extract<RenderResult, { state: 'unobserved' }> {
    return { ...this.#base(), state: 'unobserved', reason };
  }

  /** The result, or {@link GONE}. */
  async run(): Promise<RenderResult | string> {
    try {
      return await this.#open();
    } catch (error) {
      if (!this.#room.slot.isAlive) return GONE;
      if (error instanceof Error && /crash|closed/i.test(error.message)) return GONE;
      throw error;
    }
  }

  async leave(): Promise<void> {
    this.#leaving.abort();
    const { slot, limits } = this.#room;
    if (this.#context === null || !slot.isAlive) return;
    const closed = await within(
      limits.hangMs,
      this.#context.close().then(() => true),
    );
    if (closed === null) await slot.kill();
  }

  #base(): RenderBase {
    const { url } = this.#request;
    const guard = this.#guard;
    return {
      url,
      requests: guard?.requests() ?? NO_REQUESTS,
      hitLimits: [...(guard?.hitLimits ?? [])],
      renderedAt: this.#startedAt,
    };
  }

  async #open(): Promise<RenderResult | string> {
    const { slot, limits, cache, userAgent } = this.#room;
    const { fetcher, url, charsetOf } = this.#request;
    slot.wall.take();
    this.#context = await slot.newContext(userAgent);
    const page = await this.#context.newPage();
    const signal = AbortSignal.any([this.#leaving.signal, this.#request.signal]);
    const guard = new PageGuard(page, {
      ...{ fetcher, cache, limits, signal },
      ...(charsetOf ? { charsetOf } : {}),
    });
    this.#guard = guard;
    await guard.install(this.#context);
    const session = await this.#context.newCDPSession(page);
    const watch = new PageWatch(page, session, guard, limits);
    watch.listen(this.#context);
    const crashed = new Promise<string>((resolve) => page.once('crash', () => resolve(GONE)));
    const looked = this.#look(page, session, watch, url);
    looked.catch(() => undefined);
    return Promise.race([looked, crashed, watch.flooded()]);
  }

  async #look(
    page: Page,
    session: CDPSession,
    watch: PageWatch,
    url: string,
  ): Promise<RenderResult> {
    const { slot, limits } = this.#room;
    const guard = this.#guard!;
    // The visit's own watch bounds it; playwright's only says why a page did not come.
    const went = await page.goto(url, { waitUntil: 'commit', timeout: limits.loadMs }).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message.split('\n')[0]! : String(error)),
    );
    if (!slot.isAlive) throw new Error('closed');
    const main = guard.main;
    if (went !== null && (main === null || main.problem !== null || page.url() === 'about:blank'))
      return this.unseen(whyNot(main?.problem ?? null, main?.isRefused ?? false));
    const isAtRest = await watch.rest();
    this.#countWall(watch);
    if (!isAtRest) return this.unseen('脚本占住页面，停不下来');
    // A script that could get no more comes to rest with what it holds, perhaps before the watch has looked again.
    const full = await memoryProblem(slot, limits);
    if (full !== null) return this.unseen(full);
    return this.#read(page, session, watch);
  }

  async #read(page: Page, session: CDPSession, watch: PageWatch): Promise<RenderResult> {
    const { limits, slot } = this.#room;
    const guard = this.#guard!;
    const world = new IsolatedWorld(session);
    const expression = readingOf(limits.htmlCharacters);
    let read = await world.run<Reading>(expression, limits.captureMs / 2);
    if (read === null && !watch.isStopped) {
      // It was quiet when we looked, and is not any more.
      guard.hitLimits.add('页面不停变化，脚本已停止');
      if (await watch.stop()) read = await world.run<Reading>(expression, limits.captureMs / 2);
    }
    if (read === null) return this.unseen('渲染后的页面读不出来（过大，或仍在不停变化）');
    if (read.length > read.html.length) guard.hitLimits.add('渲染后的网页过大，只读了前一部分');
    const isPictured = this.#request.picture !== false;
    const picture = isPictured ? await takePicture(session, limits) : null;
    if (isPictured && picture === null) guard.hitLimits.add('没有拍成截图');
    if (picture?.cut) guard.hitLimits.add(`截图只到 ${limits.pictureHeight} 像素`);
    const { consoleErrors, isStopped } = watch;
    const isWhole = guard.missed === 0 && !isStopped && read.length === read.html.length;
    const { main } = guard;
    await this.#request.look?.({
      ...{ page, session, world, limits },
      isStopped: () => watch.isStopped,
      missed: () => guard.missed,
      rest: () => watch.rest(),
    });
    this.#countWall(watch);
    return {
      ...this.#base(),
      state: 'rendered',
      finalUrl: read.url,
      status: main?.status ?? 0,
      address: main?.address ?? null,
      title: read.title,
      html: new TextEncoder().encode(read.html),
      truncated: read.length > read.html.length,
      picture,
      consoleErrors,
      timing: { domContentLoadedMs: read.parsedMs, loadMs: read.loadedMs },
      isStopped,
      isWhole,
      browser: slot.version,
    };
  }

  #countWall(watch: PageWatch): void {
    const refused = this.#room.slot.wall.take().refused - watch.webSockets;
    watch.webSockets = 0;
    if (refused > 0) this.#guard?.refuse('浏览器自行发起的连接，一律不通', refused);
  }
}

interface Reading {
  readonly url: string;
  readonly title: string;
  readonly html: string;
  /** Characters of the whole document. */
  readonly length: number;
  readonly parsedMs: number | null;
  readonly loadedMs: number | null;
}

const TITLE_MAX = 500;

/** An expression for the page: plain JavaScript, for nothing of ours is there. */
const readingOf = (max: number): string => `(() => {
  const { doctype, documentElement } = document;
  const html = (doctype ? '<!DOCTYPE html>\\n' : '') + (documentElement ? documentElement.outerHTML : '');
  const timing = performance.getEntriesByType('navigation')[0];
  const reached = (value) => (timing && value > 0 ? Math.round(value) : null);
  return {
    url: location.href,
    title: document.title.slice(0, ${TITLE_MAX}),
    html: html.slice(0, ${max}),
    length: html.length,
    parsedMs: reached(timing?.domContentLoadedEventEnd),
    loadedMs: reached(timing?.loadEventEnd),
  };
})()`;

function whyNot(problem: string | null, isRefused: boolean): string {
  if (problem === null) return '页面没有打开';
  return isRefused ? `没有访问：${problem}` : `页面没有打开：${problem}`;
}

function goneBrowser(slot: BrowserSlot, over: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const forget = slot.onGone(() => resolve(GONE));
    over.addEventListener('abort', forget, { once: true });
  });
}

async function memoryUsedUp(
  slot: BrowserSlot,
  limits: BrowserLimits,
  over: AbortSignal,
): Promise<string> {
  for (;;) {
    await sleep(MEMORY_LOOK_MS, undefined, { signal: over });
    const problem = await memoryProblem(slot, limits);
    if (problem !== null) return problem;
  }
}

/** Why a page that holds too much is closed, or null. A browser that does not answer is another watch's matter. */
async function memoryProblem(slot: BrowserSlot, limits: BrowserLimits): Promise<string | null> {
  const bytes = await slot.memoryBytes().catch(() => 0);
  if (bytes <= limits.memoryBytes) return null;
  return `页面占用内存超过 ${Math.round(limits.memoryBytes / 1_048_576)} MB，已关闭`;
}

async function timeUsedUp(limits: BrowserLimits, over: AbortSignal): Promise<string> {
  await sleep(limits.pageMs, undefined, { signal: over });
  return `页面 ${Math.round(limits.pageMs / 1000)} 秒没有看完，已关闭`;
}

function stopAsked(signal: AbortSignal, over: AbortSignal): Promise<string> {
  return new Promise((resolve) => {
    const onAbort = (): void => resolve('已中止');
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    over.addEventListener('abort', () => signal.removeEventListener('abort', onAbort), {
      once: true,
    });
  });
}
