export type { SiteFacts } from './derive-facts.ts';
export { SITE_LIMITS, type SiteLimits } from './limits.ts';
export { createSiteReader, type FactReader } from './site-reader.ts';
export type { SiteReaderOptions } from './site-state.ts';
