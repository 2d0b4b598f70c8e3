import type { Role } from '../../domain/actor.ts';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import {
  IdentityProvider,
  identifyBy,
  type OidcSettings,
  registerIdentityRoutes,
} from '../../identity/index.ts';
import type { Store } from '../../store/store.ts';
import { signedIn, type TestBrowser, testIdentity } from '../signed-in.ts';
import type { TestProvider } from './start-provider.ts';
import { type Arrival, signInAtProvider, Walk } from './walk.ts';

/** A listening server whose people can sign in by a provider. */
export interface Door {
  readonly app: HttpServer;
  readonly deps: ReturnType<typeof testIdentity>;
  readonly url: string;
  /** A walk from `path` of ours to the provider and, as `login`, back to the page that our callback answers. */
  enter(login: string, path?: string, walk?: Walk): Promise<Arrival>;
  /** A new user, signed in, in `walk`'s browser as well. */
  person(roles: readonly Role[], walk?: Walk): Promise<TestBrowser>;
  /** A new user, linked to `login` of the provider. */
  linked(roles: readonly Role[], login: string): Promise<TestBrowser>;
}

export async function openDoor(
  store: Store,
  provider: TestProvider,
  settings: Partial<OidcSettings> = {},
  publicOrigin: string | null = null,
): Promise<Door> {
  const deps = testIdentity(store);
  const app = await createServer(identifyBy(deps), { publicOrigin });
  const { issuer, clientId, clientSecret } = provider;
  const oidc = new IdentityProvider(
    {
      ...{ issuer, clientId, clientSecret },
      ...{ name: '省统一身份认证', claim: 'sub', scope: 'openid profile', ...settings },
    },
    () => deps.now().getTime(),
  );
  registerIdentityRoutes(app, {
    ...deps,
    secureCookies: publicOrigin !== null,
    publicOrigin,
    oidc,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  provider.serve([url]);
  const enter: Door['enter'] = async (login, path = '', walk = new Walk()) => {
    const start = await walk.open(`${url}/api/v1/session/oidc/start${path}`);
    return signInAtProvider(walk, start, login);
  };
  const person: Door['person'] = async (roles, walk = new Walk()) => {
    const browser = await signedIn(app, deps, roles);
    const [name, value] = browser.cookie.split('=') as [string, string];
    walk.setCookie(url, name, value);
    return browser;
  };
  const linked: Door['linked'] = async (roles, login) => {
    const walk = new Walk();
    const browser = await person(roles, walk);
    const { next } = await enter(login, '?link=1', walk);
    if (next !== '/me?linked=1') throw new Error(`not linked: ${next}`);
    return browser;
  };
  return { app, deps, url, enter, person, linked };
}
