/** The door of the yearly assessment of supervision work (年度考核) and of the yearly forms (年度报表). */

export type { AssessmentDeps } from './assessment-db.ts';
export { assessmentClock } from './chase-reports.ts';
export { assessmentCommands } from './commands.ts';
export { registerAssessmentRoutes } from './routes/index.ts';
export { registerYearlyRoutes } from './routes/yearly-routes.ts';
export { readScheme } from './scheme.ts';
export { yearlyClock } from './yearly/chase-forms.ts';
export { yearlyCommands } from './yearly/commands.ts';
export { readForms } from './yearly/form.ts';
export type { YearlyDeps } from './yearly/yearly-db.ts';
