import ipaddr from 'ipaddr.js';

/** Names that always mean this machine or the inner network. */
const INNER_NAMES = /^(localhost|.*\.localhost|.*\.local|.*\.internal|.*\.lan)$/i;

/** Whether a URL's host may stand in a register: a name, or a public address literal. What the name resolves to is checked on every visit. */
export function isPublicAddressText(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (INNER_NAMES.test(host)) return false;
  return !ipaddr.isValid(host) || ipaddr.process(host).range() === 'unicast';
}

/** An http or https address that may stand in a register, `http://` added where no scheme is given; or what is wrong with it, in Chinese. */
export function readPublicUrl(
  text: string,
):
  | { readonly href: string; readonly complaint?: undefined }
  | { readonly href: string; readonly complaint: string } {
  const withScheme =
    /^[a-z][a-z0-9+.-]*:/i.test(text) && !/^[^/]+:\d+(\/|$)/.test(text) ? text : `http://${text}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    return { href: '', complaint: `“${text}”不是网址` };
  }
  const { href, protocol, hostname } = url;
  if (protocol !== 'http:' && protocol !== 'https:')
    return { href, complaint: `只接受 http 或 https 的网址，不是“${protocol}”` };
  if (url.username !== '' || url.password !== '')
    return { href, complaint: '网址里不能带用户名和密码' };
  if (!isPublicAddressText(hostname))
    return { href, complaint: `“${hostname}”是本机或内网地址，不能登记` };
  return { href };
}
