import type { HttpServer } from '../http/create-server.ts';
import type { LifecycleDeps } from './lifecycle-policy.ts';
import { registerCaseRoutes } from './routes/case-routes.ts';
import { registerFileRoutes } from './routes/file-routes.ts';
import { registerStepRoutes } from './routes/step-routes.ts';
import { registerUpkeepRoutes } from './routes/upkeep-routes.ts';
import { registerWaitingRoute } from './routes/waiting-route.ts';

/** The door of the lifecycle: cases of accounts, and the monthly upkeep. */
export { adoptAccount } from './cases/adopt-account.ts';
export { withdrawCase } from './cases/decide-case.ts';
export { openCasesOfAccount } from './cases/open-of-account.ts';
export { lifecycleCommands } from './commands.ts';
export {
  DEFAULT_LIFECYCLE_POLICY,
  type LifecycleDeps,
  type LifecyclePolicy,
} from './lifecycle-policy.ts';
export { runUpkeep, upkeepClock } from './run-upkeep.ts';

export { countMissedUpkeep } from './upkeep/count-missed.ts';

export function registerLifecycleRoutes(app: HttpServer, deps: LifecycleDeps): void {
  registerCaseRoutes(app, deps);
  registerStepRoutes(app, deps);
  registerFileRoutes(app, deps);
  registerUpkeepRoutes(app, deps);
  registerWaitingRoute(app, deps);
}
