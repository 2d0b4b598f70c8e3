import ipaddr from 'ipaddr.js';

/** Names that always mean this machine or the inner network. */
const INNER_NAMES = /^(localhost|.*\.localhost|.*\.local|.*\.internal|.*\.lan)$/i;

/** Whether a URL's host may stand in a register: a name, or a public address literal. What the name resolves to is checked on every visit. */
export function isPublicAddressText(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (INNER_NAMES.test(host)) return false;
  return !ipaddr.isValid(host) || ipaddr.process(host).range() === 'unicast';
}
