import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { registerAssessmentRoutes, registerYearlyRoutes } from '../assessment/index.ts';
import { registerBulletinRoutes } from '../bulletin/index.ts';
import { registerCourtesyRoutes } from '../courtesy/index.ts';
import { registerDiscoveryRoutes } from '../discovery/index.ts';
import { registerDutyRoutes } from '../duty/index.ts';
import { registerEvidenceRoutes } from '../evidence/index.ts';
import { registerFindErrorRoutes } from '../finderror/index.ts';
import { closeServer } from '../http/close-server.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { identifyBy, registerAuditRoutes, registerIdentityRoutes } from '../identity/index.ts';
import { RoundRunner, registerInspectionRoutes } from '../inspection/index.ts';
import { TransientError } from '../lib/pure/errors.ts';
import { registerLifecycleRoutes } from '../lifecycle/index.ts';
import { BY_CALENDAR, registerMatrixRoutes, watchAccounts } from '../matrix/index.ts';
import { registerNotifyRoutes } from '../notify/index.ts';
import { contestDesk, registerRectificationRoutes } from '../rectification/index.ts';
import { registerRegistryRoutes } from '../registry/index.ts';
import { registerRulesetRoutes } from '../rulesets/index.ts';
import { registerSelfCheckRoutes } from '../selfcheck/index.ts';
import { registerSourceRoutes, SweepRunner } from '../sources/index.ts';
import { announceServer } from '../store/open-embedded-store.ts';
import { registerWechatRoutes } from '../wechat/index.ts';
import { registerWordingRoutes } from '../wording/index.ts';
import type { AppDeps } from './app-deps.ts';
import { clocksOf } from './clocks.ts';
import { PACKAGE_ROOT } from './config.ts';
import { registerConsoleFiles } from './console-files.ts';
import { executeInServer } from './execute-call.ts';
import { registerOperationRoutes } from './operation-routes.ts';
import { registerCommandEndpoint } from './remote-command.ts';
import { registerSystemRoutes } from './system-routes.ts';

export interface RunningServer {
  readonly url: string;
  readonly app: HttpServer;
  readonly sweeps: SweepRunner;
  /** Takes nothing new, lets requests, commands and rounds under way end at a safe point, cuts what is left after {@link ANSWERS_LIMIT_MS}. */
  close(): Promise<void>;
}

/** Answers under way get this long after a stop is asked; a part of the ten seconds that a service manager is promised. */
const ANSWERS_LIMIT_MS = 4_000;

/** Built by `npm run build`, and by the launcher before a start (scripts/build-console.mjs). */
const CONSOLE_FOLDER = join(PACKAGE_ROOT, 'console', 'dist');
/** When the wanted port is taken, this many following ones are tried. */
const PORTS_TRIED = 20;

/** Starts the server on 127.0.0.1; on an embedded database it is announced in the folder's lock, so that commands go through it. */
export async function startServer(
  deps: AppDeps,
  dataDir: string,
  options: {
    readonly port: number;
    readonly publicOrigin?: string | null;
    /** Where the hosts of sources are found, for a simulated outside. */
    readonly resolve?: readonly string[];
  },
): Promise<RunningServer> {
  const { port, publicOrigin = null, resolve = [] } = options;
  const app = await createServer(identifyBy(deps.identity), { publicOrigin });
  const token = randomBytes(32).toString('hex');
  const rounds = new RoundRunner(deps);
  const sweeps = new SweepRunner(deps, {
    resolve,
    // What a sweep saw ends alerts, and raises them, without waiting for the next look.
    afterwards: () => watchAccounts(deps, BY_CALENDAR, { at: new Date().toISOString() }),
  });
  registerRoutes(app, deps, { rounds, sweeps, publicOrigin });
  await registerConsoleFiles(app, CONSOLE_FOLDER);
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
  await rounds.resume();
  return {
    url: `http://127.0.0.1:${listening}/`,
    app,
    sweeps,
    close: async () => {
      await Promise.all([
        ...[commands?.stop(), rounds.stop(), sweeps.stop()],
        closeServer(app, ANSWERS_LIMIT_MS),
      ]);
    },
  };
}

/** Every route of the features: what the interface description describes. */
export function registerRoutes(
  app: HttpServer,
  deps: AppDeps,
  running: { rounds: RoundRunner; sweeps: SweepRunner; publicOrigin?: string | null },
): void {
  const { rounds, sweeps, publicOrigin = null } = running;
  registerIdentityRoutes(app, {
    ...deps.identity,
    secureCookies: publicOrigin?.startsWith('https:') ?? false,
    publicOrigin,
    oidc: deps.oidc,
  });
  registerInspectionRoutes(app, {
    ...deps,
    runner: rounds,
    contestDesk: contestDesk(deps.rectification),
  });
  registerRegistryRoutes(app, deps);
  registerSourceRoutes(app, { ...deps, sweeps });
  registerLifecycleRoutes(app, deps);
  registerDiscoveryRoutes(app, deps);
  registerMatrixRoutes(app, deps);
  registerNotifyRoutes(app, deps);
  registerFindErrorRoutes(app, deps);
  registerAssessmentRoutes(app, deps);
  registerYearlyRoutes(app, deps);
  registerDutyRoutes(app, deps);
  registerSelfCheckRoutes(app, deps);
  registerBulletinRoutes(app, deps);
  registerRectificationRoutes(app, deps);
  registerRulesetRoutes(app, deps);
  registerWordingRoutes(app, deps);
  registerEvidenceRoutes(app, deps);
  registerAuditRoutes(app, deps);
  registerWechatRoutes(app, deps);
  registerCourtesyRoutes(app, deps.crawler);
  registerSystemRoutes(app, {
    ...{ ...deps, clocks: clocksOf(deps, running) },
    ...registerOperationRoutes(app, deps.store),
  });
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
