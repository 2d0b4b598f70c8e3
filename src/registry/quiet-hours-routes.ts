import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { DONE, REFUSALS_OF_ONE } from '../http/problem.ts';
import { IdParams } from '../http/row-id.ts';
import type { StoreDeps } from '../store/store.ts';
import { QUIET_REASON_MAX, readQuietHours, setQuietHours, WINDOWS_MAX } from './quiet-hours.ts';
import { registryDb } from './registry.repository.ts';

const Clock = z
  .string()
  .max(5)
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '应写成 08:30')
  .describe('北京时间');
const Window = z
  .strictObject({ from: Clock, to: Clock })
  .refine(({ from, to }) => from !== to, '起止不能相同')
  .describe('止在起之前的跨零点');
const EXAMPLE = { windows: [{ from: '08:30', to: '18:00' }], reason: '白天办件高峰' };

const NewQuietHours = z
  .strictObject({
    windows: z.array(Window).max(WINDOWS_MAX).describe('空：取消'),
    reason: z.string().trim().min(1).max(QUIET_REASON_MAX),
  })
  .meta({ id: 'NewQuietHours', example: EXAMPLE });
const QuietHoursView = z
  .object({
    windows: z.array(z.object({ from: z.string(), to: z.string() })),
    reason: z.string().nullable(),
    setBy: z.string().nullable(),
    setAt: z.string().nullable(),
  })
  .meta({
    id: 'SiteQuietHours',
    example: { ...EXAMPLE, setBy: '张三（zhangsan）', setAt: '2020-09-17T04:00:00.000Z' },
  });

const ERRORS = '错误：400 http.bad-request · 401 identity.signed-out · 403 identity.forbidden';
const PATH = '/api/v1/sites/:id/quiet-hours';

/** The hours in which somebody wishes his site to be left alone. */
export function registerQuietHoursRoutes(app: HttpServer, { store }: StoreDeps): void {
  app.get(
    PATH,
    {
      config: { access: 'registry.read' },
      schema: {
        tags: ['名录'],
        summary: '一个网站的不访问时段',
        description: `${ERRORS} · 404 site.unknown · 429 http.too-many`,
        params: IdParams,
        response: { 200: QuietHoursView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, actor }) => {
      const set = await readQuietHours(registryDb(store.db), actor, { id });
      if (set === null) return { windows: [], reason: null, setBy: null, setAt: null };
      const { windows, reason, setBy, setAt } = set;
      return { windows: [...windows], reason, setBy, setAt };
    },
  );
  app.put(
    PATH,
    {
      config: { access: 'registry.quiet' },
      schema: {
        tags: ['名录'],
        summary: '设定或取消一个网站的不访问时段',
        description: `实时批次在时段内不访问这个网站，顺延到时段之后。${ERRORS}、identity.csrf · 400 quiet-hours.long · 404 site.unknown · 429 http.too-many`,
        params: IdParams,
        body: NewQuietHours,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params: { id }, body, actor }, reply) => {
      const at = new Date().toISOString();
      await setQuietHours(store, actor, { site: { id }, ...body, at });
      return reply.code(204).send(null);
    },
  );
}
