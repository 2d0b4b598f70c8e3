import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { registerBulletinRoutes } from '../bulletin/index.ts';
import type { Actor } from '../domain/actor.ts';
import { registerEvidenceRoutes } from '../evidence/index.ts';
import { closeServer } from '../http/close-server.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { registerAuditRoutes } from '../identity/index.ts';
import { registerInspectionRoutes } from '../inspection/index.ts';
import { TransientError } from '../lib/pure/errors.ts';
import { registerRegistryRoutes } from '../registry/index.ts';
import { announceServer } from '../store/open-embedded-store.ts';
import type { AppDeps } from './app-deps.ts';
import { PACKAGE_ROOT } from './config.ts';
import { executeInServer } from './execute-call.ts';
import { registerOperationRoutes } from './operation-routes.ts';
import { registerCommandEndpoint } from './remote-command.ts';

export interface RunningServer {
  readonly url: string;
  readonly app: HttpServer;
  /** Takes nothing new, lets requests and commands under way end, cuts what is left after {@link ANSWERS_LIMIT_MS}. */
  close(): Promise<void>;
}

/** Until identity is wired in, whoever reaches the loopback address is the computer's owner. */
const OWNER: Actor = {
  userId: null,
  login: 'local',
  name: '本机',
  roles: [],
  unitId: null,
  unitName: null,
  scope: 'all',
  how: 'command',
  can: () => true,
};

/** Answers under way get this long after a stop is asked; a part of the ten seconds that a service manager is promised. */
const ANSWERS_LIMIT_MS = 4_000;

const ASSETS = {
  'page.js': 'text/javascript',
  'page.css': 'text/css',
  'icon.svg': 'image/svg+xml',
} as const;
/** When the wanted port is taken, this many following ones are tried. */
const PORTS_TRIED = 20;

/** Starts the server on 127.0.0.1; on an embedded database it is announced in the folder's lock, so that commands go through it. */
export async function startServer(
  deps: AppDeps,
  dataDir: string,
  port: number,
): Promise<RunningServer> {
  const app = await createServer(async () => OWNER);
  const token = randomBytes(32).toString('hex');
  registerFirstPage(app);
  registerInspectionRoutes(app, deps);
  registerRegistryRoutes(app, deps);
  registerBulletinRoutes(app, deps);
  registerEvidenceRoutes(app, { ...deps, dataDir });
  registerAuditRoutes(app, deps);
  registerOperationRoutes(app, deps.store);
  // Commands go through the server only where it alone can open the data.
  const isOnlyOpener = deps.store.kind === 'embedded';
  const commands = isOnlyOpener
    ? registerCommandEndpoint(app, token, (call, out, signal) =>
        executeInServer(deps, dataDir, call, out, signal),
      )
    : null;
  app.get('/api/openapi.json', { config: { access: 'public' }, schema: { hide: true } }, async () =>
    app.swagger(),
  );
  const listening = await listen(app, port);
  if (isOnlyOpener) await announceServer(dataDir, { port: listening, token });
  return {
    url: `http://127.0.0.1:${listening}/`,
    app,
    close: async () => {
      await Promise.all([commands?.stop(), closeServer(app, ANSWERS_LIMIT_MS)]);
    },
  };
}

function registerFirstPage(app: HttpServer): void {
  const folder = join(PACKAGE_ROOT, 'src', 'main', 'first-page');
  app.get('/', { config: { access: 'public' }, schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(await readFile(join(folder, 'index.html'))),
  );
  for (const [name, type] of Object.entries(ASSETS)) {
    app.get(
      `/assets/${name}`,
      { config: { access: 'public' }, schema: { hide: true } },
      async (_request, reply) =>
        reply.type(`${type}; charset=utf-8`).send(await readFile(join(folder, name))),
    );
  }
}

async function listen(app: HttpServer, wanted: number): Promise<number> {
  for (let tried = 0; tried < PORTS_TRIED; tried += 1) {
    const port = wanted === 0 ? 0 : wanted + tried;
    try {
      await app.listen({ host: '127.0.0.1', port });
      const address = app.server.address();
      if (address !== null && typeof address === 'object') return address.port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new TransientError(
    'server.ports',
    `127.0.0.1 上从 ${wanted} 起的 ${PORTS_TRIED} 个端口都被占用；请用 XUNJIAN_PORT 另指一个。`,
  );
}
