import { createServer } from '../../src/http/create-server.ts';
import type { AppDeps } from '../../src/main/app-deps.ts';
import { registerRoutes } from '../../src/main/serve.ts';
import { clientSchema, type OpenApi } from './client-schema.ts';

export const CONSOLE_CLIENT = 'console/src/api/schema.generated.ts';

/** The console's types of our HTTP interface. */
export async function consoleClient(): Promise<string> {
  return clientSchema(await interfaceDescription());
}

/** The description that a server gives of itself, from one that is built but never listens. */
export async function interfaceDescription(): Promise<OpenApi> {
  const app = await createServer(async () => null);
  registerRoutes(app, STAND_INS.deps, STAND_INS);
  await app.ready();
  const api = app.swagger() as OpenApi;
  await app.close();
  return api;
}

/** Registering routes only passes its parts on: whatever is asked for is another such stand-in, and doing something does nothing. */
const UNUSED = new Proxy(() => undefined, {
  get: (_target, name) => (name === 'then' ? undefined : UNUSED),
  apply: () => UNUSED,
}) as never;

/** Routes are handed parts of these, by spreading: so they must have the keys. */
const DEPS: Partial<AppDeps> = {
  store: UNUSED,
  archive: UNUSED,
  progress: UNUSED,
  identity: { store: UNUSED, keys: UNUSED, policy: UNUSED, now: UNUSED },
  oidc: null,
  loadRuleset: UNUSED,
  jobs: UNUSED,
  bulletinsDir: '',
  dataDir: '',
  audit: UNUSED,
  chromiumPath: undefined,
  rulesetsDir: '',
  lifecycle: UNUSED,
  rectification: UNUSED,
  look: UNUSED,
  wechat: UNUSED,
  matrix: UNUSED,
  sweepTime: null,
};

/** For a server whose routes are looked at and never carried out. */
export const STAND_INS = { deps: DEPS as AppDeps, rounds: UNUSED, sweeps: UNUSED };
