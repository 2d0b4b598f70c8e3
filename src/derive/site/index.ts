/** The door of the reader of a whole site. */
export type { SiteFacts } from './derive-facts.ts';
export { pageKey } from './page-links.ts';
export type { RenderNeed } from './render-needs.ts';
export { createSiteReader, type FactReader } from './site-reader.ts';
