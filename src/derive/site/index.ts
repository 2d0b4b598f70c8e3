/** The door of the reader of a whole site. */
export type { SiteFacts } from './derive-facts.ts';
export { createSiteReader } from './site-reader.ts';
