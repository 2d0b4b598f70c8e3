import type { SimulatedSite, SitePlan } from './site-plan.ts';

/** The site of a plan. Holds only its request counts; pages are made on demand. */
export function createSite(plan: SitePlan): SimulatedSite {
  const body = Buffer.from(`<html><head><title>${plan.name}</title></head><body></body></html>`);
  const headers = { 'content-type': 'text/html', 'content-length': String(body.length) };
  return { host: plan.host, handle: () => ({ status: 200, headers, body, chunked: false }) };
}

/** The shared service platform (一体化政务服务平台) on `host`: lists and guides for every site code asked for. */
export function createServicePlatform(host: string, seed: number): SimulatedSite {
  return createSite({
    host,
    seed,
    name: '政务服务网',
    siteCode: '',
    sponsor: '',
    place: '',
    hasService: true,
    isPortal: false,
    monitoredOn: '2020-01-01',
    problems: [],
    platformHost: null,
  });
}
