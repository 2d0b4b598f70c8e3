import { sql } from 'kysely';
import { z } from 'zod';
import { isInScope, type Scope } from '../domain/actor.ts';
import type { HttpServer } from '../http/create-server.ts';
import { REFUSALS } from '../http/problem.ts';
import { registerDiffRoutes } from './diff/routes.ts';
import { registerExportRoute } from './export-route.ts';
import type { ImportDeps } from './import/import-draft.ts';
import { registerImportRoutes } from './import/routes.ts';
import { registerMapRoutes } from './maps/map-routes.ts';
import { registerQuietHoursRoutes } from './quiet-hours-routes.ts';
import { registerRecordRoutes } from './record/routes.ts';
import { loadUnitTree, type RegistryDb, registryDb } from './registry.repository.ts';

const UNIT_EXAMPLE = {
  id: 7,
  name: '岳阳市',
  parentId: 1,
  printRow: '岳阳市',
  level: 1,
  sites: 41,
  accounts: 120,
};

const UnitNode = z
  .object({
    id: z.number(),
    name: z.string(),
    parentId: z.number().nullable().describe('看得到的上级'),
    printRow: z.string(),
    level: z.number(),
    sites: z.number().describe('它和下级的网站数'),
    accounts: z.number().describe('它和下级的账号数'),
  })
  .meta({
    id: 'UnitNode',
    example: UNIT_EXAMPLE,
  });

/** The unit tree as somebody sees it; sites and accounts are listed by the inspection, which knows their verdicts. */
export function registerRegistryRoutes(app: HttpServer, deps: ImportDeps): void {
  const { store } = deps;
  registerImportRoutes(app, deps);
  registerDiffRoutes(app, deps);
  registerExportRoute(app, deps);
  registerMapRoutes(app, deps);
  registerQuietHoursRoutes(app, deps);
  registerRecordRoutes(app, deps);
  app.get(
    '/api/v1/units',
    {
      config: { access: 'registry.read' },
      schema: {
        tags: ['名录'],
        summary: '单位树，按名录次序',
        response: {
          200: z.object({ items: z.array(UnitNode) }).meta({ example: { items: [UNIT_EXAMPLE] } }),
          ...REFUSALS,
        },
      },
    },
    async ({ actor }) => ({ items: await listUnitNodes(registryDb(store.db), actor.scope) }),
  );
}

/** Units of a scope with the numbers of what is below them. */
async function listUnitNodes(db: RegistryDb, scope: Scope): Promise<z.input<typeof UnitNode>[]> {
  const tree = await loadUnitTree(db);
  const { rows } = await sql<{ sponsor_id: number; sites: number; accounts: number }>`
    select sponsor_id, count(*) filter (where kind = 'site')::int as sites,
           count(*) filter (where kind = 'account')::int as accounts
      from (select sponsor_id, 'site' as kind from site union all select sponsor_id, 'account' from account) s
     group by sponsor_id`.execute(db);
  const counts = new Map<number, { sites: number; accounts: number }>();
  for (const row of rows) {
    for (const { id } of tree.chain(row.sponsor_id)) {
      const known = counts.get(id) ?? { sites: 0, accounts: 0 };
      counts.set(id, {
        sites: known.sites + row.sites,
        accounts: known.accounts + row.accounts,
      });
    }
  }
  return tree
    .all()
    .filter(({ id }) => isInScope(scope, id))
    .map((unit) => ({
      id: unit.id,
      name: unit.name,
      parentId: isInScope(scope, unit.parentId) ? unit.parentId : null,
      printRow: tree.printRowOf(unit.id),
      level: tree.chain(unit.id).length - 1,
      ...(counts.get(unit.id) ?? { sites: 0, accounts: 0 }),
    }));
}
