/** The door of the yearly assessment of supervision work (年度考核). */

export type { AssessmentDeps } from './assessment-db.ts';
export { assessmentClock } from './chase-reports.ts';
export { assessmentCommands } from './commands.ts';
export { registerAssessmentRoutes } from './routes/index.ts';
export { readScheme } from './scheme.ts';
