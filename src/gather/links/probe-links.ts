import { setTimeout as sleep } from 'node:timers/promises';
import type { HostSights, LinkObservation, LinkSight, SiteLink } from '../../domain/link-check.ts';
import { forEachParallel } from '../../lib/node/for-each-parallel.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { BrowserTurns, type LinkBrowser } from './browser-turns.ts';
import { HostNotes } from './host-notes.ts';
import { type LookRequest, lookAtLink } from './look-at-link.ts';
import { hasContent, isEncryptionFailure, isForbidden, isRefusal } from './next-look.ts';

/** What checking the links of one site may cost. Hitting a limit is recorded on every link that it leaves out. */
export interface LinkBudget {
  readonly requests: number;
  readonly milliseconds: number;
}

/** Pauses before the later look, from the first one: a fault that passes has passed. */
export interface LaterPause {
  /** Hosts of a resolve rule: nothing outside is asked. */
  readonly ruledMs: number;
  readonly outsideMs: number;
}

export interface ProbeInput {
  readonly fetcher: Fetcher;
  /** {@link secondAgent} of the fetcher's own. */
  readonly secondAgent: string;
  readonly budget: LinkBudget;
  readonly later: LaterPause;
  readonly signal: AbortSignal;
  /** Whether our own line is at fault; asked only when outside hosts failed and none answered. */
  readonly isOwnLineDown: () => Promise<boolean>;
  /** Whether what was seen calls for the second agent's look: the judge's doubt, for a probe does not judge. */
  readonly doubts: (observation: LinkObservation) => boolean;
  /** The third opinion, after both agents; absent where there is no browser. */
  readonly browser?: LinkBrowser;
  /** First looks that were taken already, by address. */
  readonly seen?: ReadonlyMap<string, LinkSight>;
  /** Each link once, in no particular order. */
  readonly onObservation: (observation: LinkObservation) => void;
  /** Patience of one look; for tests. */
  readonly lookLimitMs?: number;
}

/** Looks under way at once over all hosts; the fetcher's pacer holds back what goes to one outside address. */
const LOOKS_AT_ONCE = 32;
/** A longer Retry-After than this is not waited for. */
const RETRY_AFTER_MAX_MS = 60_000;

/** Looks at every link: once, and again in other ways where the first look did not bring what was asked for. Never judges. */
export async function probeLinks(links: readonly SiteLink[], input: ProbeInput): Promise<void> {
  const probe = new LinkProbe(input);
  await probe.run(links);
}

interface Pending {
  readonly link: SiteLink;
  readonly sights: LinkSight[];
  /** `performance.now()` before which the later look is too early. */
  readonly notBefore: number;
}

class LinkProbe {
  readonly #input: ProbeInput;
  readonly #hosts: HostNotes;
  readonly #time = new AbortController();
  readonly #signal: AbortSignal;
  readonly #pending: Pending[] = [];
  readonly #turns: BrowserTurns | null;
  #requests = 0;
  #ownLineDown: Promise<boolean> | null = null;

  constructor(input: ProbeInput) {
    this.#input = input;
    this.#signal = AbortSignal.any([input.signal, this.#time.signal]);
    this.#turns = input.browser ? new BrowserTurns(input.browser) : null;
    this.#hosts = new HostNotes((url) => this.#look({ url, use: 'page', kind: 'first' }));
  }

  async run(links: readonly SiteLink[]): Promise<void> {
    const timer = setTimeout(() => this.#time.abort(), this.#input.budget.milliseconds);
    try {
      const { signal } = this.#input;
      await forEachParallel(byTurns(links), LOOKS_AT_ONCE, signal, (link) => this.#first(link));
      this.#pending.sort((one, other) => one.notBefore - other.notBefore);
      await forEachParallel(this.#pending, LOOKS_AT_ONCE, signal, (each) => this.#later(each));
      const over = this.#time.signal;
      await this.#turns?.run({ signal, over }, this.#input.onObservation);
    } finally {
      clearTimeout(timer);
    }
  }

  async #first(link: SiteLink): Promise<void> {
    const limit = this.#limitHit(link);
    if (limit !== null) return this.#leaveOut(link, limit);
    const sights: LinkSight[] = [];
    await this.#orLeaveOut(link, sights, async () => {
      const startedAt = performance.now();
      const seen = this.#input.seen?.get(link.url);
      const { sight, cookie } = seen
        ? { sight: seen, cookie: undefined }
        : await this.#lookWithCookie({ ...link, kind: 'first' });
      if (seen) this.#hosts.take(seen);
      sights.push(sight);
      if (cookie !== undefined && !hasContent(sight) && sight.status !== 404)
        sights.push(await this.#look({ ...link, kind: 'cookie', url: sight.url, cookie }));
      if (isEncryptionFailure(sight)) await this.#behindEncryption(link, sights);
      const isSettled = sights.some(hasContent) || isForbidden(sight) || isEncryptionFailure(sight);
      if (isSettled) return this.#finish(link, sights);
      if (sight.status !== null && sight.status < 500 && sight.status !== 429) {
        sights.push(await this.#agentLook(link));
        if (isRefusal(sight)) return this.#finish(link, sights);
      }
      const notBefore = startedAt + this.#pauseBefore(sight);
      if (Number.isFinite(notBefore)) this.#pending.push({ link, sights, notBefore });
      else await this.#finish(link, sights);
    });
  }

  /** Milliseconds before the later look; infinite when the server asks for more than anyone waits. */
  #pauseBefore(sight: LinkSight): number {
    const { ruledMs, outsideMs } = this.#input.later;
    const pause = sight.outside ? outsideMs : ruledMs;
    const asked = sight.retryAfterMs ?? 0;
    return asked > RETRY_AFTER_MAX_MS ? Number.POSITIVE_INFINITY : Math.max(pause, asked);
  }

  async #later({ link, sights, notBefore }: Pending): Promise<void> {
    await this.#orLeaveOut(link, sights, async () => {
      if (await this.#isOurs(sights)) return this.#finish(link, sights);
      const wait = notBefore - performance.now();
      if (wait > 0) await sleep(wait, undefined, { signal: this.#signal });
      // Whoever lets one wait would let the other wait as long: both wait together.
      const waits = sights.at(-1)?.failure?.class === 'timeout';
      const together = waits ? this.#agentLook(link) : null;
      together?.catch(() => undefined);
      const last = await this.#look({ ...link, kind: 'later' });
      sights.push(last);
      const hasAgent = sights.some(({ kind }) => kind === 'agent');
      if (together !== null) sights.push(await together);
      else if (!hasContent(last) && !hasAgent && last.failure?.class !== 'dns')
        sights.push(await this.#agentLook(link));
      if (last.failure !== null && last.failure.class !== 'dns') await this.#hosts.wake(link.url);
      await this.#finish(link, sights);
    });
  }

  /** What stands behind encryption that cannot be believed: without believing it, else without encryption. */
  async #behindEncryption(link: SiteLink, sights: LinkSight[]): Promise<void> {
    sights.push(await this.#look({ ...link, kind: 'certificate' }));
    if (sights.at(-1)!.status !== null || !link.url.startsWith('https:')) return;
    const plain = link.url.replace(/^https:/, 'http:');
    sights.push(await this.#look({ ...link, kind: 'plain', url: plain }));
  }

  #agentLook(link: SiteLink): Promise<LinkSight> {
    return this.#look({ ...link, kind: 'agent', userAgent: this.#input.secondAgent });
  }

  async #finish(link: SiteLink, sights: LinkSight[]): Promise<void> {
    const content = sights.find(hasContent);
    const hostOf = content?.url ?? link.url;
    const host: HostSights =
      content !== undefined && link.use !== 'image' && link.use !== 'asset'
        ? await this.#hosts.sights(hostOf)
        : { missing: null, home: null, answered: this.#hosts.answered(hostOf) };
    const ownNetworkDown = await this.#isOurs(sights);
    const seen = { link, sights, host, notLooked: null, ownNetworkDown };
    if (!sights.some(({ kind }) => kind === 'agent') && this.#input.doubts(seen))
      sights.push(await this.#agentLook(link));
    const told = this.#turns === null ? seen : this.#turns.take(seen);
    if (told !== null) this.#input.onObservation(told);
  }

  /** Failing out there while nothing out there answers: asked once, for a line that is down stays down for a check. */
  async #isOurs(sights: readonly LinkSight[]): Promise<boolean> {
    const failing = sights.some(
      ({ failure, outside, url }) => failure !== null && outside && !isNowhere(url),
    );
    if (!failing || this.#hosts.outsideAnswered) return false;
    this.#ownLineDown ??= this.#input.isOwnLineDown();
    return this.#ownLineDown;
  }

  #limitHit(link: SiteLink): string | null {
    const { budget } = this.#input;
    if (this.#time.signal.aborted) return this.#timeLimit();
    if (this.#requests >= budget.requests) return `已达 ${budget.requests} 次请求的上限，没有访问`;
    return this.#hosts.isSilent(link.url) ? '同一主机连续多次没有应答，没有逐个访问' : null;
  }

  #timeLimit(): string {
    return `已达 ${Math.round(this.#input.budget.milliseconds / 1000)} 秒的上限，没有看完`;
  }

  #leaveOut(link: SiteLink, notLooked: string, sights: readonly LinkSight[] = []): void {
    const host = { missing: null, home: null, answered: false };
    this.#input.onObservation({ link, sights, host, notLooked, ownNetworkDown: false });
  }

  /** The end of our time is a reason, not an error; the caller's own stop is thrown. */
  async #orLeaveOut(
    link: SiteLink,
    sights: readonly LinkSight[],
    work: () => Promise<void>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.#input.signal.throwIfAborted();
      const isOver =
        this.#time.signal.aborted && error instanceof Error && error.name === 'AbortError';
      if (!isOver) throw error;
      this.#leaveOut(link, this.#timeLimit(), sights);
    }
  }

  async #look(request: LookRequest): Promise<LinkSight> {
    return (await this.#lookWithCookie(request)).sight;
  }

  async #lookWithCookie(request: LookRequest): ReturnType<typeof lookAtLink> {
    this.#requests += 1;
    const { lookLimitMs } = this.#input;
    const limited = lookLimitMs === undefined ? request : { ...request, limitMs: lookLimitMs };
    const look = await lookAtLink(this.#input.fetcher, limited, this.#signal);
    this.#hosts.take(look.sight);
    return look;
  }
}

/** The links of all hosts in turn, so that one slow host does not hold up the others. */
function byTurns(links: readonly SiteLink[]): SiteLink[] {
  const hosts = new Map<string, SiteLink[]>();
  for (const link of links) {
    const host = URL.parse(link.url)?.host ?? '';
    const known = hosts.get(host);
    if (known) known.push(link);
    else hosts.set(host, [link]);
  }
  const order: SiteLink[] = [];
  const lanes = [...hosts.values()];
  for (let turn = 0; order.length < links.length; turn += 1)
    for (const lane of lanes) if (turn < lane.length) order.push(lane[turn]!);
  return order;
}

/** Names that no resolver ever finds, with a line or without one (RFC 6761 §6.4). */
function isNowhere(url: string): boolean {
  return URL.parse(url)?.hostname.endsWith('.invalid') === true;
}
