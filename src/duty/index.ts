import type { HttpServer } from '../http/create-server.ts';
import type { StoreDeps } from '../store/store.ts';
import { registerChainRoutes } from './routes/chain-routes.ts';
import { registerLoadRoutes } from './routes/load-routes.ts';
import { registerMeasureRoutes } from './routes/measure-routes.ts';
import { registerRegulationRoutes } from './routes/regulation-routes.ts';
import { registerTrainingRoutes } from './routes/training-routes.ts';

/** The door of duty and mechanisms: who answers for what, and how it is handed over. */
export { keepDuty } from './chase-duty.ts';
export { dutyCommands } from './commands.ts';
export { countMeasures } from './measures/count-measures.ts';

export function registerDutyRoutes(app: HttpServer, deps: StoreDeps): void {
  registerChainRoutes(app, deps);
  registerMeasureRoutes(app, deps);
  registerRegulationRoutes(app, deps);
  registerTrainingRoutes(app, deps);
  registerLoadRoutes(app, deps);
}
