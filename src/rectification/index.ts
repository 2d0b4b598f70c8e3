import type { HttpServer } from '../http/create-server.ts';
import type { RectificationDeps } from './rectification-deps.ts';
import { registerCaseRoutes } from './routes/case-routes.ts';
import { registerFileRoutes } from './routes/file-routes.ts';
import { registerLetterRoutes } from './routes/letter-routes.ts';
import { registerNoticeRoutes } from './routes/notice-routes.ts';
import { registerStepRoutes } from './routes/step-routes.ts';

/** The door of rectification: cases from an issued round to their mending, its clock, and what the next bulletin says of them. */
export { caseBriefs } from './cases/case-briefs.ts';
export { openCases } from './cases/open-cases.ts';
export { openCasesOf } from './cases/open-of-subject.ts';
export { rectificationCommands } from './commands.ts';
export { contestDesk } from './contest/contest-desk.ts';
export { contestCommands } from './contest-commands.ts';
export { countLapses, type Lapses } from './count-lapses.ts';
export { countRectification } from './count-rectification.ts';
export { countUnitCases } from './count-unit-cases.ts';
export { keepRectification, rectificationClock } from './keep-rectification.ts';
export { parsePolicy, readPolicy } from './policy.ts';
export type { RectificationDeps } from './rectification-deps.ts';

export function registerRectificationRoutes(app: HttpServer, deps: RectificationDeps): void {
  registerCaseRoutes(app, deps);
  registerStepRoutes(app, deps);
  registerFileRoutes(app, deps);
  registerNoticeRoutes(app, deps);
  registerLetterRoutes(app, deps);
}
