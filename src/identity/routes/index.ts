import type { HttpServer } from '../../http/create-server.ts';
import { registerAccountRoutes } from './account-routes.ts';
import { registerOidcRoutes } from './oidc-routes.ts';
import type { SessionRouteDeps } from './session-cookie.ts';
import { registerSessionRoutes } from './session-routes.ts';
import { registerUserRoutes } from './user-routes.ts';

/** Sign-in, one's own account, and the users. */
export function registerIdentityRoutes(app: HttpServer, deps: SessionRouteDeps): void {
  app.decorateRequest('session', null);
  registerSessionRoutes(app, deps);
  registerOidcRoutes(app, deps);
  registerAccountRoutes(app, deps);
  registerUserRoutes(app, deps);
}
