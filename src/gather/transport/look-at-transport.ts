import type { HandshakeLook, Ipv6Look, TransportLook } from '../../domain/transport-look.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { findAddress } from '../../lib/node/http/find-address.ts';
import { matchResolveRule, type ResolveRule } from '../../lib/node/http/resolve-rule.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { type Ipv6Ways, lookAtIpv6 } from './look-at-ipv6.ts';
import { lookAtPage } from './look-at-page.ts';
import { shakeHands } from './shake-hands.ts';

export interface TransportAsking {
  readonly homeUrl: string;
  readonly fetcher: Fetcher;
  readonly resolve: readonly ResolveRule[];
  /** Private literal addresses that may be visited (tests). */
  readonly allowAddresses?: readonly string[];
  readonly userAgent: string;
  readonly now: () => Instant;
  readonly signal: AbortSignal;
  readonly ipv6?: Ipv6Ways;
  /** Where the other scheme listens; its standard port unless a test says otherwise. */
  readonly otherPort?: number;
}

/**
 * Looks at a site's transport: the home page as registered and by the other scheme, the certificate, IPv6. At most three
 * requests and one handshake. Null for a home address that is none. Never throws for the world.
 */
export async function lookAtTransport(asking: TransportAsking): Promise<TransportLook | null> {
  const url = URL.parse(asking.homeUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const home = await lookAtPage(asking.fetcher, url.href, asking.signal);
  const other = otherAddress(asking, url);
  const otherLook =
    other.url === null ? null : await lookAtPage(asking.fetcher, other.url, asking.signal);
  const secure = url.protocol === 'https:' ? url.href : other.url;
  return {
    host,
    home,
    other: otherLook,
    otherReason: other.reason,
    handshake: await handshakeOf(asking, secure, other.reason),
    ipv6: await ipv6Of(asking, url, host),
  };
}

/** The same page by the other scheme; null where a port was chosen, for then nobody knows the other one. */
function otherAddress(asking: TransportAsking, url: URL): { url: string | null; reason: string } {
  const rule = matchResolveRule(asking.resolve, url.hostname);
  if (rule?.port != null)
    return { url: null, reason: '--resolve 指定了端口，另一种协议没有端口可看' };
  if (url.port !== '' && asking.otherPort === undefined)
    return { url: null, reason: '首页网址带端口，另一种协议没有端口可看' };
  const other = new URL(url);
  other.protocol = url.protocol === 'https:' ? 'http:' : 'https:';
  other.port = asking.otherPort === undefined ? '' : String(asking.otherPort);
  return { url: other.href, reason: '' };
}

async function handshakeOf(
  { resolve, allowAddresses = [], signal }: TransportAsking,
  secure: string | null,
  reason: string,
): Promise<HandshakeLook> {
  if (secure === null) return { state: 'notTried', reason };
  const url = new URL(secure);
  const found = await findAddress(url, { resolve, allowAddresses: new Set(allowAddresses) });
  if (found.state !== 'found') return { state: 'notTried', reason: found.message };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return shakeHands({ host, address: found.address, port: found.port }, signal);
}

async function ipv6Of(asking: TransportAsking, url: URL, host: string): Promise<Ipv6Look> {
  const nowhere = (reason: string): Ipv6Look => ({ state: 'notTried', reason, addresses: [] });
  if (/^[\d.]+$|:/.test(host)) return nowhere('首页网址是 IP 地址，没有域名可查');
  if (matchResolveRule(asking.resolve, host) !== null && asking.ipv6 === undefined)
    return nowhere('--resolve 指定了地址，没有查 AAAA 记录');
  const { userAgent, now, signal } = asking;
  return lookAtIpv6({ url: url.href, host, userAgent, now, signal }, asking.ipv6);
}
