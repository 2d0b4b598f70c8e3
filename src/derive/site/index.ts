export { SITE_LIMITS, type SiteLimits } from './limits.ts';
export { createSiteReader, type FactReader, type SiteFacts } from './site-reader.ts';
export type { SiteReaderOptions } from './site-state.ts';
