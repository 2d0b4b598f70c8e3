import type { HttpServer } from '../../http/create-server.ts';
import { registerContestRoutes } from './contest-routes.ts';
import { registerControlRoutes } from './control-routes.ts';
import { registerFindingRoutes } from './finding-routes.ts';
import { registerObservationRoutes } from './observation-routes.ts';
import { registerOverviewRoute } from './overview-route.ts';
import { registerProgressRoute } from './progress-route.ts';
import { registerReviewRoutes } from './review-routes.ts';
import { registerRoundRoutes } from './round-routes.ts';
import type { InspectionRouteDeps } from './route-deps.ts';
import { registerSectionRoutes } from './section-routes.ts';
import { registerSubjectRoutes } from './subject-routes.ts';
import { registerSurveyRoutes } from './survey-routes.ts';

/** Everything of inspection over HTTP. */
export function registerInspectionRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  registerOverviewRoute(app, deps);
  registerSubjectRoutes(app, deps);
  registerObservationRoutes(app, deps);
  registerSectionRoutes(app, deps);
  registerSurveyRoutes(app, deps);
  registerRoundRoutes(app, deps);
  registerControlRoutes(app, deps);
  registerProgressRoute(app, deps);
  registerFindingRoutes(app, deps);
  registerReviewRoutes(app, deps);
  registerContestRoutes(app, deps);
}
