import { readableDomain } from '../../lib/pure/readable-domain.ts';

/** A host name as people write it: lower-cased, Unicode, no final dot, no port. */
export function readableHost(url: string): string | null {
  const parsed = URL.parse(url);
  if (parsed === null) return null;
  return readableDomain(parsed.hostname.replace(/\.$/, ''));
}

/** IPv4, or IPv6 in brackets. */
export const isAddress = (host: string): boolean => /^[\d.]+$|^\[/.test(host);

/** Whether a (readable) host is a government one: 以 .gov.cn 结尾，中文域名以“.政务”结尾 (国办函〔2018〕55号). */
export function isGovernmentHost(host: string): boolean {
  return host === 'gov.cn' || host.endsWith('.gov.cn') || /\.政务(?:\.cn)?$/.test(host);
}

/** No government name, and still an office that every site has to link: 标识管理, 违法举报, 备案. */
const OFFICIAL = ['conac.cn', '12377.cn', '12321.cn', 'cnnic.cn', 'edu.cn', 'mil.cn', 'ac.cn'];

/** Whether leaving for this host is leaving the world of public offices. */
export function isOutsideHost(host: string): boolean {
  if (isAddress(host) || isGovernmentHost(host)) return false;
  return !OFFICIAL.some((official) => host === official || host.endsWith(`.${official}`));
}
