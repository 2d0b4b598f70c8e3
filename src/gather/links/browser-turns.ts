import type { LinkObservation, LinkSight, SiteLink } from '../../domain/link-check.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';

/** How many links of one check a browser may look at. A page takes it two to five seconds and a hundred requests. */
export interface BrowseBudget {
  readonly links: number;
  /** The same page with the same scripts stands behind most failing links of one host: a few of them tell. */
  readonly perHost: number;
  readonly milliseconds: number;
}

export const BROWSE_BUDGET: BrowseBudget = { links: 60, perHost: 10, milliseconds: 5 * 60_000 };

/** A browser as the check of links knows it. */
export interface LinkBrowser {
  /** One link's page as a visitor sees it, or Chinese why it was not seen. Throws only the reason of an aborted signal. */
  readonly look: (link: SiteLink, signal: AbortSignal) => Promise<LinkSight | string>;
  /** Whether a look could change what is said of a link: the judge's word, for a probe does not judge. */
  readonly wants: (observation: LinkObservation) => boolean;
  readonly budget?: BrowseBudget;
}

const BROWSES_AT_ONCE = 2;

/** Takes the links that a browser is to look at, and has them looked at when all other looks are done: it is slow, they are not. */
export class BrowserTurns {
  readonly #browser: LinkBrowser;
  readonly #budget: BrowseBudget;
  readonly #waiting: LinkObservation[] = [];
  readonly #perHost = new Map<string, number>();

  constructor(browser: LinkBrowser) {
    this.#browser = browser;
    this.#budget = browser.budget ?? BROWSE_BUDGET;
  }

  /** Takes a link; else gives it back as it is to be told: not wanted, or beyond a limit. */
  take(seen: LinkObservation): LinkObservation | null {
    if (!this.#browser.wants(seen)) return seen;
    const { links, perHost } = this.#budget;
    const host = URL.parse(seen.link.url)?.host ?? '';
    const ofHost = this.#perHost.get(host) ?? 0;
    if (this.#waiting.length >= links) return leave(seen, `一次最多看 ${links} 个`);
    if (ofHost >= perHost) return leave(seen, `同一主机最多看 ${perHost} 个`);
    this.#perHost.set(host, ofHost + 1);
    this.#waiting.push(seen);
    return null;
  }

  /** Looks at all that were taken. `over` = no more time for any look; an abort of `signal` is thrown. */
  async run(
    { signal, over }: { readonly signal: AbortSignal; readonly over: AbortSignal },
    onObservation: (seen: LinkObservation) => void,
  ): Promise<void> {
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), this.#budget.milliseconds);
    const until = AbortSignal.any([signal, over, late.signal]);
    try {
      await forEachParallel(this.#waiting, BROWSES_AT_ONCE, signal, async (seen) =>
        onObservation(await this.#lookAt(seen, until, signal)),
      );
    } finally {
      clearTimeout(timer);
    }
  }

  async #lookAt(
    seen: LinkObservation,
    until: AbortSignal,
    signal: AbortSignal,
  ): Promise<LinkObservation> {
    const noTime = `已用满 ${Math.round(this.#budget.milliseconds / 1000)} 秒或全部时间`;
    if (until.aborted) return leave(seen, noTime);
    try {
      const sight = await this.#browser.look(seen.link, until);
      if (typeof sight === 'string') return leave(seen, sight);
      const outside = seen.sights[0]?.outside ?? sight.outside;
      return { ...seen, sights: [...seen.sights, { ...sight, outside }] };
    } catch (error) {
      signal.throwIfAborted();
      if (!until.aborted) throw error;
      return leave(seen, noTime);
    }
  }
}

const leave = (seen: LinkObservation, notBrowsed: string): LinkObservation => ({
  ...seen,
  notBrowsed,
});
