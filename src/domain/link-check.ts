import type { Instant } from '../lib/pure/dates.ts';
import type { ReceivedResponse } from '../lib/pure/received-response.ts';
import type { LinkClass, LinkLook, LinkUse } from './facts/link-facts.ts';
import type { VisitErrorClass } from './site-facts.ts';

/** Words under which a link stands, and the page on which it does. */
export interface LinkPromise {
  readonly text: string;
  readonly from: string;
}

/** A link of a site that is to be checked. */
export interface SiteLink {
  /** Absolute http(s) address without fragment. */
  readonly url: string;
  /** First page on which it stands. */
  readonly from: string;
  /** Words of the link there; '' for a picture without words. */
  readonly text: string;
  readonly use: LinkUse;
  /** Other words under which other links to the same address stand: each is a promise. */
  readonly promises?: readonly LinkPromise[];
}

/** One step on the way to an answer: a redirect, or a page that only sent the browser on (`jump`). */
export interface LinkHop {
  readonly url: string;
  readonly status: number;
  readonly jump: boolean;
}

/** What one request for a link brought. Nothing is judged here. */
export interface LinkSight {
  readonly kind: LinkLook['kind'];
  /** Address that was asked. */
  readonly asked: string;
  /** Address that answered, after redirects and jumps. */
  readonly url: string;
  readonly hops: readonly LinkHop[];
  /** Null when no answer came. */
  readonly status: number | null;
  /** Why no answer came; null when one did. */
  readonly failure: {
    readonly class: VisitErrorClass;
    /** The system's code, e.g. `ENOTFOUND`, `CERT_HAS_EXPIRED`; '' without. */
    readonly code: string;
    readonly message: string;
  } | null;
  /** As sent; '' without. */
  readonly contentType: string;
  /** The first part of the body, decompressed. */
  readonly body: Uint8Array;
  /** The body is longer than what is kept, or a browser did not get everything that the page is drawn with. */
  readonly cut: boolean;
  /** A page that only sent the browser on, as it was: it may have said why. Null when there was none. */
  readonly jumpPage: { readonly contentType: string; readonly body: Uint8Array } | null;
  /** Every answer on the way, the last one's body is `body`; absent where a browser drew it or nobody noted them. */
  readonly received?: readonly ReceivedResponse[];
  /** The browser that drew `body`, such as `Chromium 156.0.8078.108`; absent for an answer. */
  readonly maker?: string;
  /** What Retry-After asked for; null without. */
  readonly retryAfterMs: number | null;
  /** Went out into the world: hosts of a resolve rule do not. */
  readonly outside: boolean;
  readonly at: Instant;
}

/** What is known of the host on which a link ends. */
export interface HostSights {
  /** A path that cannot exist there; null when it was not asked. */
  readonly missing: LinkSight | null;
  readonly home: LinkSight | null;
  /** The host answered something in this check. */
  readonly answered: boolean;
}

/** Everything that was seen of one link. */
export interface LinkObservation {
  readonly link: SiteLink;
  /** In the order in which they were taken; never empty unless `notLooked`. */
  readonly sights: readonly LinkSight[];
  readonly host: HostSights;
  /** Chinese: why nobody looked (a limit); null when somebody did. */
  readonly notLooked: string | null;
  /** Chinese: why no browser looked although the verdict called for it; absent when one did, or none was called for. */
  readonly notBrowsed?: string;
  /** Nothing outside answered in this check and no control target either: the fault is ours. */
  readonly ownNetworkDown: boolean;
}

/** What a link is, and why in Chinese. `status` = the last that came. */
export interface LinkVerdict {
  readonly class: LinkClass;
  readonly status: number | null;
  readonly reason: string;
  /** The words that are not kept, where they are not the link's first. */
  readonly promise?: LinkPromise;
}
