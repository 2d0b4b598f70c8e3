/** The door of sources: where accounts can be read, and what they showed there. */

export { askSource, isAsked } from './ask/ask-source.ts';
export { ownerOf } from './ask/connector.ts';
export { sourceCommands } from './commands.ts';
export { type AskedSource, keepOutcomes, keepPast, rememberSeen } from './keep-outcomes.ts';
export { storedQuotas } from './quota.repository.ts';
export { resealCredentials } from './reseal-credentials.ts';
export { registerSourceRoutes } from './routes.ts';
export { sealPlain } from './seal-plain.ts';
export { sourcesOf } from './source.repository.ts';
export type { Source } from './source.ts';
export { submittedView } from './submitted-view.ts';
export { SweepRunner } from './sweep/sweep-runner.ts';
