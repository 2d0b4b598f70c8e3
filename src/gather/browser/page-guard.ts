import type { BrowserContext, Page, Request, Route } from 'playwright-core';
import type { RenderRequests } from '../../domain/facts/render-facts.ts';
import type { Fetcher, FetchResult } from '../../lib/node/http/create-fetcher.ts';
import { siteOfHost } from '../../lib/pure/site-of-host.ts';
import type { BrowserLimits } from './browser-limits.ts';
import { answerHeaders, cookiesOfHost, requestHeaders } from './carry-headers.ts';
import type { ResourceCache } from './resource-cache.ts';

type Response = Extract<FetchResult, { kind: 'response' }>;

/** What a page may ask for. Films, endless streams, beacons and reports show nothing that is judged. */
const KINDS = new Set([
  'document',
  'stylesheet',
  'image',
  'font',
  'script',
  'xhr',
  'fetch',
  'other',
]);
/** Kinds that carry content or make it. */
const BEARING = new Set(['document', 'script', 'xhr', 'fetch']);
/** Marks, counters and buttons for sharing: they write a picture of their own and nothing else of the page. */
const BESIDE =
  /(^|\.)(conac\.cn|kaipuyun\.cn|zfwzgl\.www\.gov\.cn|hm\.baidu\.com|bdimg\.share\.baidu\.com|bdstatic\.com|cnzz\.com|51\.la|51yes\.com|jiathis\.com)$/;
const KIND_WORDS: Readonly<Record<string, string>> = {
  media: '音视频不下载',
  eventsource: '不接长连接',
  websocket: '不接 WebSocket',
  ping: '不发统计信标',
  cspreport: '不发统计信标',
  manifest: '不需要的资源',
  texttrack: '不需要的资源',
  prefetch: '不需要的资源',
};
const REASONS_MAX = 20;
/** Answers held back for the address that a navigation was redirected to. */
const READY_MAX = 20;
const SHOWN_TYPES = /^(?:text\/|image\/|application\/(?:xhtml\+xml|xml|json|javascript)|$)/i;

export interface GuardOptions {
  readonly fetcher: Fetcher;
  readonly cache: ResourceCache;
  readonly limits: BrowserLimits;
  readonly signal: AbortSignal;
  readonly charsetOf?: (body: Uint8Array, contentType: string) => string;
}

/** What the server said to the page's own address. */
export interface MainAnswer {
  readonly url: string;
  readonly status: number | null;
  readonly address: string | null;
  /** Chinese; null when a response came. */
  readonly problem: string | null;
  /** It was our own guard or budget that refused. */
  readonly isRefused: boolean;
}

/**
 * Stands between a page and the network: every request is answered by our fetcher, which guards addresses, resolves by the
 * round's rules, paces, follows redirects hop by hop and cuts; or it is refused with a reason.
 */
export class PageGuard {
  readonly hitLimits = new Set<string>();
  main: MainAnswer | null = null;
  /** Main-frame navigations let through. */
  navigations = 0;
  /** `performance.now()` of the last request that began or ended. */
  lastActiveAt = performance.now();
  /** The page does nothing but ask. */
  isFlooded = false;
  /** Scripts, data and frames that did not come: what is missing on the page may be missing for them. */
  missed = 0;
  readonly #options: GuardOptions;
  readonly #page: Page;
  readonly #ready = new Map<string, Response>();
  readonly #reasons = new Map<string, number>();
  #underWay = 0;
  #made = 0;
  #refused = 0;
  #failed = 0;
  #bytes = 0;
  #posts = 0;

  constructor(page: Page, options: GuardOptions) {
    this.#page = page;
    this.#options = options;
  }

  async install(context: BrowserContext): Promise<void> {
    await context.route('**/*', (route) => this.#handle(route));
  }

  get underWay(): number {
    return this.#underWay;
  }

  requests(): RenderRequests {
    return {
      made: this.#made,
      refused: this.#refused,
      failed: this.#failed,
      bytes: this.#bytes,
      reasons: Object.fromEntries(this.#reasons),
    };
  }

  /** Counts a refusal, also one that happened elsewhere (a dialog, a window, the wall). */
  refuse(reason: string, count = 1): void {
    this.#refused += count;
    this.#count(reason, count);
    if (this.#refused >= this.#options.limits.refusals && !this.isFlooded) {
      this.isFlooded = true;
      this.hitLimits.add(`被拒绝的请求超过 ${this.#options.limits.refusals} 个，脚本已停止`);
    }
  }

  async #handle(route: Route): Promise<void> {
    this.#underWay += 1;
    this.lastActiveAt = performance.now();
    try {
      await this.#answer(route);
    } catch {
      // The page went away meanwhile, or its visit was stopped: nobody waits for this answer.
    } finally {
      this.#underWay -= 1;
      this.lastActiveAt = performance.now();
    }
  }

  async #answer(route: Route): Promise<void> {
    const request = route.request();
    const isMain = this.#isMain(request);
    const reason = this.#refusalOf(request, isMain);
    if (reason !== null) {
      this.refuse(reason);
      if (isBearing(request) && !isMain) this.missed += 1;
      if (isMain) this.#noteMain(request.url(), { problem: reason, isRefused: true });
      // An aborted navigation leaves the page that stands there; a blocked one would put an error page in its place.
      return route.abort(request.isNavigationRequest() ? 'aborted' : 'blockedbyclient');
    }
    if (isMain) this.navigations += 1;
    const result = this.#known(request) ?? (await this.#ask(request));
    if (result.kind === 'error') return this.#fail(route, result, isMain);
    if (request.isNavigationRequest()) return this.#open(route, result, isMain);
    this.#options.cache.keep(request.url(), request.resourceType(), result);
    return fulfil(route, result);
  }

  #known(request: Request): Response | null {
    const ready = request.isNavigationRequest() ? this.#ready.get(request.url()) : undefined;
    if (ready) {
      this.#ready.delete(request.url());
      return ready;
    }
    if (request.method() !== 'GET') return null;
    return this.#options.cache.find(request.url(), request.resourceType());
  }

  async #ask(request: Request): Promise<FetchResult> {
    const { fetcher, limits, signal } = this.#options;
    this.#made += 1;
    const body = request.method() === 'POST' ? request.postDataBuffer() : null;
    if (body !== null) this.#posts += 1;
    const result = await fetcher.fetch(request.url(), {
      method: request.method() as 'GET' | 'POST' | 'HEAD',
      headers: requestHeaders(await request.allHeaders()),
      ...(body === null ? {} : { body }),
      timeoutMs: limits.resourceMs,
      maxBytes: Math.min(limits.resourceBytes, Math.max(1, limits.bytes - this.#bytes)),
      signal,
    });
    for (const { body: received } of result.received) this.#bytes += received.byteLength;
    return result;
  }

  /** Chinese, why a request is not made; null when it is. */
  #refusalOf(request: Request, isMain: boolean): string | null {
    const { limits } = this.#options;
    const kind = request.resourceType();
    if (this.isFlooded) return '请求过多';
    if (!KINDS.has(kind)) return KIND_WORDS[kind] ?? '不需要的资源';
    if (request.isNavigationRequest() && !isMain && !this.#isOwnFrame(request)) return '不开新窗口';
    if (isMain && this.navigations >= limits.navigations)
      return this.#limit(`页面自己跳转超过 ${limits.navigations} 次`);
    if (this.#made >= limits.requests) return this.#limit(`请求超过 ${limits.requests} 个`);
    if (this.#bytes >= limits.bytes)
      return this.#limit(`下载超过 ${Math.round(limits.bytes / 1_048_576)} MB`);
    return this.#methodRefusal(request);
  }

  #methodRefusal(request: Request): string | null {
    const { limits } = this.#options;
    const method = request.method();
    if (method === 'GET' || method === 'HEAD') return null;
    if (method !== 'POST') return `不发 ${method.slice(0, 10)} 请求`;
    if (request.isNavigationRequest()) return '不提交表单';
    const [own, target] = [URL.parse(this.#page.url()), URL.parse(request.url())];
    if (!own || !target || siteOfHost(own.hostname) !== siteOfHost(target.hostname))
      return '不向别的网站提交数据';
    if ((request.postDataBuffer()?.byteLength ?? 0) > limits.postBytes) return '提交的数据过大';
    if (this.#posts >= limits.posts) return this.#limit(`POST 请求超过 ${limits.posts} 个`);
    return null;
  }

  #limit(words: string): string {
    this.hitLimits.add(words);
    return words;
  }

  #isMain(request: Request): boolean {
    return request.isNavigationRequest() && frameOf(request) === this.#page.mainFrame();
  }

  #isOwnFrame(request: Request): boolean {
    return frameOf(request)?.page() === this.#page;
  }

  async #fail(
    route: Route,
    result: Extract<FetchResult, { kind: 'error' }>,
    isMain: boolean,
  ): Promise<void> {
    const isRefused = result.errorClass === 'forbidden-address';
    if (isBearing(route.request())) this.missed += 1;
    if (isRefused) this.refuse('地址不允许访问');
    else {
      this.#failed += 1;
      this.#count('没有回应', 1);
    }
    if (isMain)
      this.#noteMain(result.url, {
        problem: result.message,
        isRefused,
        address: result.address,
      });
    await route.abort(route.request().isNavigationRequest() ? 'aborted' : 'failed');
  }

  /** A document. One that was redirected is opened again under the address that it came from, so that its links are right. */
  async #open(route: Route, result: Response, isMain: boolean): Promise<void> {
    const url = route.request().url();
    const type = result.headers['content-type'] ?? '';
    const isFile =
      /^\s*attachment/i.test(result.headers['content-disposition'] ?? '') ||
      !SHOWN_TYPES.test(type.trim());
    if (isMain)
      this.#noteMain(result.url, {
        status: result.status,
        address: result.address,
        problem: isFile ? '是供下载的文件，不是网页' : null,
      });
    if (isFile) {
      this.refuse('不下载文件');
      return route.abort('aborted');
    }
    if (withoutHash(result.url) === withoutHash(url)) return fulfil(route, this.#readable(result));
    if (this.#ready.size >= READY_MAX) this.#ready.clear();
    this.#ready.set(withoutHash(result.url), result);
    if (isMain) this.navigations -= 1;
    return route.fulfill({
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        ...cookiesOfHost(result.received, url),
      },
      body: `<!doctype html><script>location.replace(${scriptText(result.url)})</script>`,
    });
  }

  /** The document with the encoding that it really is in; what is no HTML stays as it is. */
  #readable(result: Response): Response {
    const { charsetOf } = this.#options;
    const type = result.headers['content-type'] ?? '';
    if (!charsetOf || !/html|^\s*$/i.test(type)) return result;
    const contentType = `text/html; charset=${charsetOf(result.body, type)}`;
    return { ...result, headers: { ...result.headers, 'content-type': contentType } };
  }

  /** A navigation that came to nothing leaves the page that stands there, and what was said of it. */
  #noteMain(url: string, about: Partial<MainAnswer>): void {
    if (typeof about.problem === 'string' && this.main?.problem === null) return;
    this.main = { url, status: null, address: null, problem: null, isRefused: false, ...about };
  }

  #count(reason: string, count: number): void {
    const known = this.#reasons.get(reason);
    if (known === undefined && this.#reasons.size >= REASONS_MAX) return;
    this.#reasons.set(reason, (known ?? 0) + count);
  }
}

/** The frame of a request; null for workers and for windows that are not there yet. */
function frameOf(request: Request): ReturnType<Request['frame']> | null {
  try {
    return request.frame();
  } catch {
    // Playwright throws when there is none (yet).
    return null;
  }
}

/** Whether what is missing with it may be content. */
const isBearing = (request: Request): boolean =>
  BEARING.has(request.resourceType()) && !BESIDE.test(URL.parse(request.url())?.hostname ?? '');

const withoutHash = (url: string): string => url.split('#', 1)[0]!;

/** A string of JSON that ends no script element. */
const scriptText = (text: string): string => JSON.stringify(text).replaceAll('<', '\\u003c');

function fulfil(route: Route, { status, headers, cookies, body }: Response): Promise<void> {
  return route.fulfill({
    status,
    headers: answerHeaders(headers, cookies),
    body: Buffer.from(body.buffer, body.byteOffset, body.byteLength),
  });
}
