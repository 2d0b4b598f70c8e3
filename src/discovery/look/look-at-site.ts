import {
  type PageAccounts,
  readAssetAccounts,
  readPageAccounts,
} from '../../derive/accounts/page-accounts.ts';
import { type SiteIdentity, siteIdentity } from '../../derive/accounts/site-identity.ts';
import { decodePage } from '../../derive/page/decode-page.ts';
import { absolute } from '../../derive/page/page-dom.ts';
import type { Page } from '../../derive/page/read-page.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import { type FetchResult, sha256Hex } from '../../lib/node/http/create-fetcher.ts';
import { type Instant, shanghaiDate } from '../../lib/pure/dates.ts';
import { siteOfHost } from '../../lib/pure/site-of-host.ts';
import { type CompletedSightings, completeSightings, type LookIo } from './complete-sightings.ts';
import { ASK_MS, ASSET_BYTES, AT_ONCE, type LookBudget, PAGE_BYTES } from './look-budget.ts';

export interface SiteLookInput {
  readonly homeUrl: string;
  readonly now: () => Instant;
  readonly budget: LookBudget;
  /** Names of the site and its sponsor that the register knows. */
  readonly names: readonly string[];
  readonly onPage?: (pages: number) => void;
}

export interface SiteLook extends CompletedSightings {
  readonly identity: SiteIdentity;
  readonly pages: number;
  /** Why the home page was not read, in Chinese; null = it was. */
  readonly homeReason: string | null;
}

/** Looks at a site's home page and some of its pages for accounts: bounded, polite, pictures included. Aborts are thrown. */
export async function lookAtSite(io: LookIo, input: SiteLookInput): Promise<SiteLook> {
  const walk = new AccountsWalk(io, input);
  const homeReason = await walk.run();
  const completed = await completeSightings(io, walk.readings, input.budget);
  return {
    ...completed,
    hitLimits: [...walk.hitLimits, ...completed.hitLimits],
    ...{ identity: walk.identity(), pages: walk.pages, homeReason },
  };
}

type Reading = Pick<PageAccounts, 'sightings' | 'pictures' | 'toldApart'>;

/** Words of links to pages that name accounts; then what a menu leads to; then the rest in order. */
const WANTED =
  /新媒体|矩阵|微信|微博|客户端|抖音|头条|关注|两微|公众号|二维码|联系我们|关于我们|关于本站|网站声明|掌上|APP|融媒/i;
const WAITING_MAX = 3_000;
const DEPTH_MAX = 2;
const NO_PAGE =
  /\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|7z|wps|ofd|mp[34]|wmv|flv|avi|jpe?g|png|gif|webp|bmp|ico|css|js|json|xml|apk|exe|txt)(?:$|[?#])/i;

interface Waiting {
  readonly url: string;
  readonly depth: number;
  readonly order: number;
}

class AccountsWalk {
  readonly readings: Reading[] = [];
  readonly hitLimits: string[] = [];
  pages = 0;
  readonly #io: LookIo;
  readonly #input: SiteLookInput;
  readonly #known = new Set<string>();
  readonly #waiting: Waiting[] = [];
  #home: Page | null = null;
  #host: string;
  #added = 0;

  constructor(io: LookIo, input: SiteLookInput) {
    this.#io = io;
    this.#input = input;
    this.#host = new URL(input.homeUrl).hostname;
  }

  /** Why the home page was not read, or null. */
  async run(): Promise<string | null> {
    const { homeUrl, budget } = this.#input;
    const reason = await this.#readHome(homeUrl);
    if (reason !== null || this.#home === null) return reason;
    await this.#readAssets(this.#home);
    while (this.#waiting.length > 0 && this.pages < budget.pages) {
      this.#waiting.sort((a, b) => a.order - b.order);
      const next = this.#waiting.splice(0, Math.min(AT_ONCE, budget.pages - this.pages));
      await forEachParallel(next, AT_ONCE, this.#io.signal, async ({ url, depth }) => {
        const answer = await this.#ask(url, PAGE_BYTES);
        if (isHtml(answer)) this.#takePage(answer, depth);
      });
    }
    if (this.#waiting.length > 0)
      this.hitLimits.push(`看了 ${this.pages} 个页面，还有 ${this.#waiting.length} 个没有看`);
    return null;
  }

  identity(): SiteIdentity {
    const names = [...this.#input.names];
    const home = this.#home;
    if (home !== null) {
      names.push(home.tags.sitename ?? '', ...home.title.split(/[-_|—–·]/).slice(0, 3));
      const sponsor = /主办(?:单位)?\s{0,3}[:：]?\s{0,3}([\u3400-\u9fff]{4,30})/.exec(
        home.text,
      )?.[1];
      if (sponsor !== undefined) names.push(sponsor);
    }
    return siteIdentity(this.#host, names);
  }

  /** A page that only sends the visitor on is followed. */
  async #readHome(homeUrl: string): Promise<string | null> {
    let url = homeUrl;
    for (let jumps = 0; jumps < 3; jumps += 1) {
      this.#known.add(url);
      const answer = await this.#ask(url, PAGE_BYTES);
      if (answer.kind === 'error') return answer.message;
      if (answer.status !== 200) return `返回 ${answer.status}`;
      if (!isHtml(answer)) return '不是网页';
      const page = this.#takePage(answer, 0);
      this.#home = page;
      this.#host = new URL(page.url).hostname;
      if (page.redirect === null || this.#known.has(page.redirect)) return null;
      url = page.redirect;
    }
    return null;
  }

  #ask(url: string, maxBytes: number): Promise<FetchResult> {
    return this.#io.fetcher.fetch(url, { timeoutMs: ASK_MS, maxBytes, signal: this.#io.signal });
  }

  #takePage(answer: Answered, depth: number): Page {
    const reading = readPageAccounts({
      bytes: answer.body,
      contentType: answer.headers['content-type'] ?? '',
      url: answer.url,
      today: shanghaiDate(this.#input.now()),
      snapshot: sha256Hex(answer.body),
    });
    this.readings.push(reading);
    this.pages += 1;
    this.#input.onPage?.(this.pages);
    if (depth < DEPTH_MAX) this.#addLinks(reading.page, depth + 1);
    return reading.page;
  }

  #addLinks(page: Page, depth: number): void {
    for (const url of page.frames) this.#add(url, depth, 0);
    for (const { url, text } of page.links)
      this.#add(url, depth, WANTED.test(text.slice(0, 40)) ? 1 : depth + 1);
  }

  #add(written: string, depth: number, order: number): void {
    const url = written.split('#', 1)[0]!;
    if (this.#known.has(url) || this.#waiting.length >= WAITING_MAX || NO_PAGE.test(url)) return;
    const parsed = URL.parse(url);
    if (parsed === null || siteOfHost(parsed.hostname) !== siteOfHost(this.#host)) return;
    this.#known.add(url);
    this.#added += 1;
    // Earlier links before later ones of the same kind.
    this.#waiting.push({ url, depth, order: order + this.#added / 1_000_000 });
  }

  /** Styles and scripts of the home page that lie on the site: follow boxes are often written by one. */
  async #readAssets(home: Page): Promise<void> {
    const urls = [...new Set([...home.scripts, ...styleUrls(home)])].filter(
      (url) => siteOfHost(new URL(url).hostname) === siteOfHost(this.#host),
    );
    const chosen = urls.slice(0, this.#input.budget.assets);
    await forEachParallel(chosen, AT_ONCE, this.#io.signal, async (url) => {
      const answer = await this.#ask(url, ASSET_BYTES);
      if (answer.kind === 'error' || answer.status !== 200) return;
      const { text } = decodePage(answer.body, answer.headers['content-type'] ?? '');
      this.readings.push({ toldApart: [], ...readAssetAccounts(text, { url, page: home }) });
    });
  }
}

type Answered = Extract<FetchResult, { kind: 'response' }>;

function isHtml(answer: FetchResult): answer is Answered {
  if (answer.kind !== 'response' || answer.status !== 200) return false;
  const type = answer.headers['content-type'] ?? '';
  return type === '' || /html|xml|text\/plain/i.test(type);
}

const STYLE_LINK =
  /<link\b[^>]{0,400}?href\s{0,3}=\s{0,3}["']?([^"'\s>]{1,300}\.css[^"'\s>]{0,100})/gi;

const styleUrls = (page: Page): string[] =>
  [...page.html.slice(0, 200_000).matchAll(STYLE_LINK)].flatMap((match) => {
    const url = absolute(match[1], page.base);
    return url === null ? [] : [url];
  });
