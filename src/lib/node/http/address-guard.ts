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
  if (range === 'unicast') return true;
  if (address.kind() !== 'ipv6' || !WRAPPING_RANGES.has(range)) return false;
  const hidden = hiddenIpv4((address as ipaddr.IPv6).parts, range);
  return hidden !== null && ipaddr.parse(hidden).range() === 'unicast';
}

/** The IPv4 address inside an RFC 6052 (last 32 bits) or 6to4 (bits 16–47) address; null for kinds that we do not unwrap. */
function hiddenIpv4(parts: readonly number[], range: string): string | null {
  const pair =
    range === 'rfc6052' ? parts.slice(6, 8) : range === '6to4' ? parts.slice(1, 3) : null;
  if (pair === null) return null;
  return pair.flatMap((part) => [part >> 8, part & 255]).join('.');
}
