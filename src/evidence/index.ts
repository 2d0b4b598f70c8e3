/** The door of the evidence feature. */
export { evidenceCommands } from './commands.ts';
export type { EvidenceDeps } from './evidence-deps.ts';
export { registerEvidenceRoutes } from './routes.ts';
