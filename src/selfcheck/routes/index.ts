import type { HttpServer } from '../../http/create-server.ts';
import type { StoreDeps } from '../../store/store.ts';
import { registerCheckRoutes } from './check-routes.ts';
import { registerComparisonRoutes } from './comparison-routes.ts';
import { registerDraftRoutes } from './draft-routes.ts';
import { registerQuestionRoutes } from './question-routes.ts';

/** City self-checks: asked for, handed in, compared. */
export function registerSelfCheckRoutes(app: HttpServer, deps: StoreDeps): void {
  registerCheckRoutes(app, deps);
  registerDraftRoutes(app, deps);
  registerComparisonRoutes(app, deps);
  registerQuestionRoutes(app, deps);
}
