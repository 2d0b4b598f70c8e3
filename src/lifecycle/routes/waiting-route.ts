import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS } from '../../http/problem.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { countWaiting } from '../cases/list-cases.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import type { LifecycleDeps } from '../lifecycle-policy.ts';
import { countOpenDuties } from '../upkeep/list-duties.ts';
import { now } from './case-routes.ts';

const Waiting = z
  .object({
    items: z.array(
      z.object({
        kind: z.enum(['case', 'upkeep', 'overdue']),
        count: z.number(),
        to: z.string(),
      }),
    ),
  })
  .meta({
    id: 'LifecycleWaiting',
    example: { items: [{ kind: 'case', count: 2, to: '/account-cases?mine=waiting' }] },
  });

/** What waits for whoever asks, for the first page. */
export function registerWaitingRoute(app: HttpServer, { store }: LifecycleDeps): void {
  const db = lifecycleDb(store.db);
  app.get(
    '/api/v1/account-cases/waiting',
    {
      config: { access: 'case.read' },
      schema: {
        tags: ['首页'],
        summary: '等我办的账号事项和维护确认',
        response: { 200: Waiting, ...REFUSALS },
      },
    },
    async ({ actor }) => {
      const { own, overdue } = await countOpenDuties(db, actor, shanghaiDate(now()));
      const items: z.input<typeof Waiting>['items'] = [
        {
          ...{ kind: 'case', count: await countWaiting(db, actor) },
          to: '/account-cases?mine=waiting',
        },
        { kind: 'upkeep', count: own, to: '/upkeep' },
        {
          ...{ kind: 'overdue', count: actor.can('case.review') ? overdue : 0 },
          to: '/upkeep?state=overdue',
        },
      ];
      return { items: items.filter(({ count }) => count > 0) };
    },
  );
}
