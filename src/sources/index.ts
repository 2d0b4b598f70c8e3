/** The door of sources: where accounts can be read. */

export { resealCredentials } from './reseal-credentials.ts';
export { sealPlain } from './seal-plain.ts';
export { credentialOf, sourcesOf } from './source.repository.ts';
export type { Source } from './source.ts';
