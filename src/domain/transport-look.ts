import type { CertificateView } from './facts/guideline-facts.ts';
import type { VisitErrorClass } from './site-facts.ts';

/** What came back when a page was asked for in one way; raw, judged by nobody. */
export interface PageLook {
  readonly url: string;
  /** URL of the last hop. */
  readonly finalUrl: string;
  /** URLs that redirected, in order. */
  readonly hops: readonly string[];
  /** Null when no response came. */
  readonly status: number | null;
  readonly errorClass: VisitErrorClass | null;
  /** Words of the error; '' when a response came. */
  readonly message: string;
  /** Name lookup, connection, answer and body of the last hop; null when no response came. */
  readonly milliseconds: number | null;
  readonly body: Uint8Array;
  readonly contentType: string;
}

/** A TLS handshake that believes any certificate, to look at it. */
export type HandshakeLook =
  | {
      readonly state: 'done';
      readonly version: string;
      readonly certificate: CertificateView | null;
    }
  | { readonly state: 'failed'; readonly code: string; readonly message: string }
  /** There was nowhere to shake hands: Chinese reason. */
  | { readonly state: 'notTried'; readonly reason: string };

/** How the name answers over IPv6. */
export type Ipv6Look =
  | { readonly state: 'noRecord' }
  | { readonly state: 'notTried'; readonly reason: string; readonly addresses: readonly string[] }
  | {
      readonly state: 'asked';
      readonly addresses: readonly string[];
      readonly page: PageLook;
      /** Whether this machine reached anything else over IPv6; null when nobody needed to know. */
      readonly othersReachable: boolean | null;
    };

/** Everything that one look at a site's transport saw. */
export interface TransportLook {
  readonly host: string;
  /** The registered address as it stands. */
  readonly home: PageLook;
  /** The same address by the other scheme; null = not asked (`otherReason`). */
  readonly other: PageLook | null;
  readonly otherReason: string;
  readonly handshake: HandshakeLook;
  readonly ipv6: Ipv6Look;
}
