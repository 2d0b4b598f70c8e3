import { isInForce } from '../derive/text/ignored-wording.ts';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { shanghaiDate } from '../lib/pure/dates.ts';
import { forgetIgnore, ignoreText, listIgnores } from './ignore-text.ts';
import type { WordingDeps } from './keep-lexicon.ts';
import { IgnoreBody, IgnoreList, IgnoreParams, IgnoreStanding, Nothing, Page } from './schemas.ts';

const TAGS = ['词库'];
const CHANGE = { access: 'ruleset.change' } as const;

/** What people decided to ignore: listed, decided or confirmed, taken back. */
export function registerIgnoreRoutes(app: HttpServer, deps: WordingDeps): void {
  app.get(
    '/api/v1/text-ignores',
    {
      config: { access: 'ruleset.read' },
      schema: {
        tags: TAGS,
        summary: '决定忽略的表述：什么、在哪里、为什么、谁、到哪一天',
        querystring: Page,
        response: { 200: IgnoreList, ...REFUSALS },
      },
    },
    async ({ query: { limit, offset } }) => {
      const today = shanghaiDate(new Date());
      const all = await listIgnores(deps);
      const items = all
        .slice(offset, offset + limit)
        .map((one) => ({ ...one, isInForce: isInForce(one, today) }));
      return { items, total: all.length, totalIsExact: true };
    },
  );
  app.post(
    '/api/v1/text-ignores',
    {
      config: CHANGE,
      schema: {
        tags: TAGS,
        summary: '决定忽略一处表述；veto 级由另一个人再说一次才算',
        description: describeRefusals({}),
        querystring: Nothing,
        body: IgnoreBody,
        response: { 201: IgnoreStanding, ...REFUSALS },
      },
    },
    async ({ actor, body }, reply) => {
      const at = new Date().toISOString();
      return reply.code(201).send(await ignoreText(deps, actor, { ...body, at }));
    },
  );
  app.delete(
    '/api/v1/text-ignores/:id',
    {
      config: CHANGE,
      schema: {
        tags: TAGS,
        summary: '撤回一项忽略：以后照样提示',
        description: describeRefusals({ 'text.unknown': '没有这一项，或已被撤回' }),
        params: IgnoreParams,
        querystring: Nothing,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      await forgetIgnore(deps, actor, id);
      return reply.code(204).send(null);
    },
  );
}
