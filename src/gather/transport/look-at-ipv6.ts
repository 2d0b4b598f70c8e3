import { createSocket } from 'node:dgram';
import { resolve6 } from 'node:dns/promises';
import { connect } from 'node:net';
import type { Ipv6Look } from '../../domain/transport-look.ts';
import { isPublicAddress } from '../../lib/node/http/address-guard.ts';
import { createFetcher } from '../../lib/node/http/create-fetcher.ts';
import type { Instant } from '../../lib/pure/dates.ts';
import { lookAtPage } from './look-at-page.ts';

/** This machine's way to IPv6; another one in tests. */
export interface Ipv6Ways {
  /** AAAA records of a name; rejects with a DNS code. */
  readonly addressesOf: (host: string) => Promise<readonly string[]>;
  /** Whether there is a route at all. */
  readonly hasRoute: () => Promise<boolean>;
  /** Whether anything that is surely up answers over IPv6. */
  readonly reachesOthers: () => Promise<boolean>;
  readonly isAllowed: (address: string) => boolean;
}

export interface Ipv6Asking {
  readonly url: string;
  readonly host: string;
  readonly userAgent: string;
  readonly now: () => Instant;
  readonly signal: AbortSignal;
}

/** No such record, or no such name: said by DNS, not by a failing resolver. */
const NO_RECORD = new Set(['ENODATA', 'ENOTFOUND']);

/** Looks whether the home page answers over IPv6. Without records or without a route nothing is sent to the site. */
export async function lookAtIpv6(asking: Ipv6Asking, ways: Ipv6Ways = OWN_WAYS): Promise<Ipv6Look> {
  let addresses: readonly string[];
  try {
    addresses = await ways.addressesOf(asking.host);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    if (NO_RECORD.has(code)) return { state: 'noRecord' };
    return { state: 'notTried', reason: `AAAA 记录没能查到：${code}`, addresses: [] };
  }
  const [address] = addresses;
  if (address === undefined) return { state: 'noRecord' };
  const notTried = (reason: string): Ipv6Look => ({ state: 'notTried', reason, addresses });
  if (!addresses.every(ways.isAllowed)) return notTried('AAAA 记录不是公网地址，不访问');
  if (!(await ways.hasRoute())) return notTried('探测端没有 IPv6 出口');
  const page = await askOver(asking, address);
  const othersReachable = page.status === null ? await ways.reachesOthers() : null;
  return { state: 'asked', addresses, page, othersReachable };
}

/** The rule names the address, so that name, certificate and Host header stay the site's own. One request: no pace is needed. */
async function askOver({ url, host, userAgent, now, signal }: Ipv6Asking, address: string) {
  const fetcher = createFetcher({
    userAgent,
    resolve: [{ pattern: host, address, port: null }],
    pacePerAddressMs: 0,
    now,
  });
  try {
    return await lookAtPage(fetcher, url, signal);
  } finally {
    await fetcher.close();
  }
}

/** Public resolvers that answer over IPv6 all the time (AliDNS, Tencent DNSPod): only a connection is opened. */
const KNOWN_UP = ['2400:3200::1', '2402:4e00::'] as const;
const DNS_PORT = 53;
const CONNECT_LIMIT_MS = 3_000;

const OWN_WAYS: Ipv6Ways = {
  addressesOf: resolve6,
  hasRoute,
  reachesOthers: async () => (await Promise.all(KNOWN_UP.map(connects))).some(Boolean),
  isAllowed: isPublicAddress,
};

/** A datagram socket that is connected sends nothing, and fails where there is no route. */
function hasRoute(): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp6');
    const finish = (has: boolean): void => {
      socket.removeAllListeners();
      socket.on('error', () => undefined);
      socket.close();
      resolve(has);
    };
    socket.once('error', () => finish(false));
    socket.connect(DNS_PORT, KNOWN_UP[0], (error?: Error) =>
      finish(error === undefined || error === null),
    );
  });
}

function connects(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port: DNS_PORT, timeout: CONNECT_LIMIT_MS });
    const finish = (does: boolean): void => {
      socket.destroy();
      resolve(does);
    };
    socket.once('connect', () => finish(true));
    socket.once('timeout', () => finish(false));
    socket.once('error', () => finish(false));
  });
}
