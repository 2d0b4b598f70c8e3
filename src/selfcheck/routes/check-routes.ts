import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import type { StoreDeps } from '../../store/store.ts';
import { closeSelfCheck, openSelfCheck } from '../open-self-check.ts';
import { listSelfChecks, readSelfCheck } from '../read-self-checks.ts';
import { OpenBody, OpenedView, SelfCheckList, SelfCheckView } from './schemas.ts';

const TAGS = ['市级自查'];
const PATH = '/api/v1/self-checks';
const READ = { access: 'selfcheck.read' } as const;
const OPEN = { access: 'selfcheck.open' } as const;
const now = (): string => new Date().toISOString();

/** Self-checks as wholes. */
export function registerCheckRoutes(app: HttpServer, deps: StoreDeps): void {
  app.get(
    PATH,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '市级自查：与自己看得到的单位有关的，新的在前',
        response: { 200: SelfCheckList, ...REFUSALS },
      },
    },
    async ({ actor }) => ({ items: await listSelfChecks(deps, actor) }),
  );
  app.get(
    `${PATH}/:id`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一次自查：各单位报送没有，与省级批次比对的数字',
        params: IdParams,
        response: { 200: SelfCheckView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const { units, ...view } = await readSelfCheck(deps, actor, { id, at: now() });
      return { ...view, units: [...units] };
    },
  );
  app.post(
    PATH,
    {
      config: OPEN,
      schema: {
        tags: TAGS,
        summary: '为一个批次布置自查，通知各单位',
        description: describeRefusals({
          'round.unknown': '没有这个批次',
          'selfcheck.units': '单位不在名录里',
          'selfcheck.exists': '这个批次布置过',
        }),
        body: OpenBody,
        response: { 200: OpenedView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, body }) => openSelfCheck(deps, actor, { ...body, at: now() }),
  );
  app.post(
    `${PATH}/:id/closing`,
    {
      config: OPEN,
      schema: {
        tags: TAGS,
        summary: '结束一次自查：不再收、不再催',
        description: describeRefusals({ 'selfcheck.closed': '已经结束' }),
        params: IdParams,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      await closeSelfCheck(deps, actor, { id, at: now() });
      return reply.code(204).send(null);
    },
  );
}
