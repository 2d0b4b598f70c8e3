import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Address ranges that hide an IPv4 address: what they hide is judged too. */
const WRAPPING_RANGES = new Set(['rfc6052', '6to4', 'ipv4Mapped', 'teredo', 'rfc6145']);

/**
 * Whether an address literal may be visited: public unicast only, so that a crawled page cannot send us into the inner
 * network, to this machine or to a metadata service. Everything that ipaddr.js does not call `unicast` is refused.
 */
export function isPublicAddress(literal: string): boolean {
  if (!ipaddr.isValid(literal)) return false;
  const address = ipaddr.process(literal);
  const range = address.range();
  if (address.kind() === 'ipv4') return range === 'unicast';
  const { parts } = address as ipaddr.IPv6;
  // Only 2000::/3 is assigned for global unicast; `::7f00:1` (IPv4-compatible) is not in it.
  if (range === 'unicast') return (parts[0]! & 0xe000) === 0x2000;
  if (!WRAPPING_RANGES.has(range)) return false;
  const hidden = hiddenIpv4(parts, range);
  return hidden !== null && ipaddr.parse(hidden).range() === 'unicast';
}

/**
 * The IPv4 address inside an RFC 6052 (well-known prefix, last 32 bits) or 6to4 (bits 16–47) address; null for kinds that we do
 * not unwrap, among them the local prefix of RFC 8215, whose layout is the operator's.
 */
function hiddenIpv4(parts: readonly number[], range: string): string | null {
  const wellKnown = range === 'rfc6052' && parts.slice(2, 6).every((part) => part === 0);
  const pair = wellKnown ? parts.slice(6, 8) : range === '6to4' ? parts.slice(1, 3) : null;
  if (pair === null) return null;
  return pair.flatMap((part) => [part >> 8, part & 255]).join('.');
}

/** An IPv4 or IPv6 address, or a range in CIDR notation (RFC 4632, RFC 4291 §2.3). */
export function isAddressRange(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  if (bits < 0 || more.length > 0) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
}
