/** The door of the evidence feature. */
export { evidenceCommands } from './commands.ts';
export { registerEvidenceRoutes } from './routes.ts';
