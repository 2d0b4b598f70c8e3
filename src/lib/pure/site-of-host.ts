/** Second-level names under a country's domain below which one registers: x.gov.cn, not gov.cn, is somebody's. */
const SHARED_SECOND = /^(gov|com|net|org|edu|ac|mil|政务|公益|[a-z]{2})$/;

/**
 * The part of a host name that one holder registered (`xxgk.x.gov.cn` → `x.gov.cn`): enough to tell a site's own hosts from those
 * of others. Addresses and single labels stand for themselves. An approximation of the Public Suffix List for Chinese names.
 */
export function siteOfHost(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  if (/^[\d.]+$|:/.test(name)) return name;
  const labels = name.split('.');
  const [top = '', second = ''] = [labels.at(-1), labels.at(-2)];
  const isShared = top.length === 2 && SHARED_SECOND.test(second);
  return labels.slice(isShared ? -3 : -2).join('.');
}
