import type { DomainView } from '../../domain/facts/guideline-facts.ts';
import { isAddress, isGovernmentHost, readableHost } from './government-host.ts';

/**
 * What a site's name says (国办发〔2017〕47号, 国办函〔2018〕55号). `hops` = every address on the way from the registered one to the
 * page shown, that page last; empty when none was reached. `portalHomeUrl` = of the portal above, null when not known. Null
 * for a home address that cannot be read.
 */
export function domainView(
  homeUrl: string,
  hops: readonly string[],
  portalHomeUrl: string | null,
): DomainView | null {
  const host = readableHost(homeUrl);
  if (host === null || host === '') return null;
  const hosts = [...new Set(hops.flatMap((hop) => readableHost(hop) ?? []))].map((each) => ({
    host: each,
    official: isGovernmentHost(each),
  }));
  const portalHost = portalHomeUrl === null ? null : readableHost(portalHomeUrl);
  const portalDomain =
    portalHost !== null && isGovernmentHost(portalHost) ? portalHost.replace(/^www\./, '') : null;
  const shown = hops.length === 0 ? null : readableHost(hops.at(-1)!);
  return {
    host,
    suffix: suffixOf(host),
    form: formOf(host),
    portalDomain,
    underPortal: portalDomain === null ? null : host.endsWith(`.${portalDomain}`),
    hosts,
    leftOfficial: shown === null ? null : !isGovernmentHost(shown),
  };
}

function suffixOf(host: string): DomainView['suffix'] {
  if (isAddress(host)) return 'address';
  if (!isGovernmentHost(host)) return 'other';
  return host.endsWith('.gov.cn') || host === 'gov.cn' ? 'gov.cn' : '政务';
}

function formOf(host: string): DomainView['form'] {
  if (!isGovernmentHost(host) || isAddress(host)) return 'other';
  if (!host.endsWith('.gov.cn'))
    return /^(?:www\.)?[^.]+\.政务(?:\.cn)?$/.test(host) ? 'portal' : 'below';
  if (/^www\.[a-z\d-]+\.gov\.cn$/.test(host)) return 'portal';
  return /^[a-z\d-]+\.gov\.cn$/.test(host) ? 'portal-bare' : 'below';
}
