import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import type { StoreDeps } from '../store/store.ts';
import { registerExportRoute } from './export-route.ts';
import { registerImportRoutes } from './import/routes.ts';
import { listAccounts, listSites, listUnits } from './registry.repository.ts';

const Page = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
const List = z.object({ total: z.number(), items: z.array(z.unknown()) });

/** Read endpoints of the register. Secrets never leave: their type prints as `[secret]`, and they are left out here. */
export function registerRegistryRoutes(app: HttpServer, deps: StoreDeps): void {
  const { store } = deps;
  registerImportRoutes(app, deps);
  registerExportRoute(app, deps);
  app.get(
    '/api/units',
    {
      config: { access: 'registry.read' },
      schema: { summary: '单位', querystring: Page, response: { 200: List } },
    },
    async ({ query }) => slice(await listUnits(store.db), query),
  );
  app.get(
    '/api/sites',
    {
      config: { access: 'registry.read' },
      schema: { summary: '网站', querystring: Page, response: { 200: List } },
    },
    async ({ query }) => slice(await listSites(store.db), query),
  );
  app.get(
    '/api/accounts',
    {
      config: { access: 'registry.read' },
      schema: { summary: '政务新媒体', querystring: Page, response: { 200: List } },
    },
    async ({ query }) =>
      slice(
        (await listAccounts(store.db)).map(
          ({ appSecret: _appSecret, appId: _appId, ...account }) => account,
        ),
        query,
      ),
  );
}

function slice<T>(
  items: readonly T[],
  { limit, offset }: { limit: number; offset: number },
): { total: number; items: T[] } {
  return { total: items.length, items: items.slice(offset, offset + limit) };
}
