import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { shanghaiDate } from '../../lib/pure/dates.ts';
import { inspectionDb } from '../inspection-db.ts';
import { planRound } from '../plan-round.ts';
import { seek } from '../read/find-words.ts';
import { pageRounds, requireRound } from '../round.repository.ts';
import {
  listSubjectItems,
  SUBJECT_SORTS,
  type SubjectItem,
  type SubjectSort,
} from '../rounds/list-round-subjects.ts';
import { readRound } from '../rounds/read-round.ts';
import {
  KIND,
  LIST_PAGE,
  listOf,
  narrowedTo,
  PeriodParams,
  refusals,
  UNIT_ID,
  WORDS,
} from './list-query.ts';
import { NewRound, readNewRound } from './new-round.ts';
import {
  ROUND_EXAMPLE,
  RoundDetailView,
  RoundItem,
  roundDetail,
  roundItem,
} from './round-views.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

/** Rounds: list, plan, one with its numbers, its subjects. */
export function registerRoundRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  registerList(app, deps);
  registerPlanning(app, deps);
  registerDetail(app, deps);
  registerSubjects(app, deps);
}

function registerList(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/rounds',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '批次列表，新的在前',
        description: refusals(),
        querystring: z.strictObject(LIST_PAGE),
        response: { 200: listOf(RoundItem, ROUND_EXAMPLE), ...REFUSALS },
      },
    },
    async ({ query }) => {
      const { rounds, total } = await pageRounds(db, query);
      return { items: rounds.map(roundItem), total, totalIsExact: true };
    },
  );
}

function registerPlanning(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/rounds',
    {
      config: { access: 'round.run' },
      schema: {
        tags: ['批次'],
        summary: '新建一个批次（全覆盖或抽查）；建好后另外运行',
        description: refusals(
          ...['round.exists', 'round.window', 'round.at', 'round.window-past', 'round.replay'],
          ...[
            'round.resolve',
            'round.whole-sites',
            'round.empty-register',
            'period.invalid',
            'ruleset.unknown',
          ],
        ),
        body: NewRound,
        response: { 201: RoundItem, ...REFUSALS_OF_ONE },
      },
    },
    async ({ body, actor }, reply) => {
      const plan = await readNewRound(body, deps.loadRuleset, nowOf(deps));
      const round = await planRound({ store: deps.store }, actor, plan);
      return reply.code(201).send(roundItem(round));
    },
  );
}

function registerDetail(app: HttpServer, deps: InspectionRouteDeps): void {
  app.get(
    '/api/v1/rounds/:period',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '一个批次：状态、进度、问题计数、还不能冻结的原因',
        description: refusals('round.unknown'),
        params: PeriodParams,
        response: { 200: RoundDetailView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, actor }) =>
      roundDetail(
        await readRound(deps, actor.scope, {
          period: params.period,
          today: shanghaiDate(nowOf(deps)),
        }),
      ),
  );
}

const SubjectView = z
  .object({
    kind: KIND,
    id: z.number(),
    name: z.string(),
    identity: z.string().describe('网站标识码，或 平台:账号ID'),
    unitId: z.number(),
    unitName: z.string(),
    printRow: z.string(),
    checked: z.boolean().describe('是否在检查范围内'),
    monitoredAt: z.string(),
    stage: z.enum(['planned', 'visited', 'gathered', 'judged']),
    verdict: z
      .object({
        kind: z.enum(['vetoed', 'passed', 'scored', 'inconclusive']),
        rules: z.array(z.string()).optional(),
        centipoints: z.number().optional(),
        passes: z.boolean().optional().describe('计分的：没有低于60分'),
      })
      .nullable(),
    pages: z.number(),
    feeds: z.number(),
    failure: z.string().nullable().describe('采集为什么没有做成'),
  })
  .meta({ id: 'RoundSubject', description: '批次里的一个对象' });

const SUBJECT_EXAMPLE = {
  kind: 'site',
  id: 12,
  name: '岳阳市人民政府',
  identity: '4306000001',
  unitId: 7,
  unitName: '岳阳市人民政府',
  printRow: '岳阳市',
  checked: true,
  monitoredAt: '2020-09-17T15:59:59.999Z',
  stage: 'judged',
  verdict: { kind: 'passed' },
  pages: 31,
  feeds: 0,
  failure: null,
};

function registerSubjects(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/v1/rounds/:period/subjects',
    {
      config: { access: 'round.read' },
      schema: {
        tags: ['批次'],
        summary: '批次里的对象',
        description: refusals('round.unknown'),
        params: PeriodParams,
        querystring: z.strictObject({
          ...LIST_PAGE,
          sort: z.enum(SUBJECT_SORTS).default('order'),
          kind: KIND.optional(),
          stage: z.enum(['planned', 'visited', 'gathered', 'judged']).optional(),
          verdict: z.enum(['passed', 'vetoed', 'scored', 'inconclusive', 'none']).optional(),
          checked: z.enum(['true', 'false']).optional(),
          q: WORDS.optional(),
          unitId: UNIT_ID.optional(),
        }),
        response: { 200: listOf(SubjectView, SUBJECT_EXAMPLE), ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, query, actor }) => {
      const { limit, offset, sort, unitId, q, checked, kind, stage, verdict } = query;
      const round = await requireRound(db, params.period);
      const filter = {
        roundId: round.id,
        scope: actor.scope,
        ...(kind ? { kind } : {}),
        ...(stage ? { stage } : {}),
        ...(verdict ? { verdict } : {}),
        ...(checked ? { checked: checked === 'true' } : {}),
        ...(q ? { sought: await seek(db, q) } : {}),
        ...(await narrowedTo(db, unitId)),
      };
      const page = { limit, offset, sort: sort as SubjectSort };
      const { items, ...counted } = await listSubjectItems(db, filter, page);
      return { items: items.map(subjectView), ...counted };
    },
  );
}

function subjectView({ verdict, ...rest }: SubjectItem): z.infer<typeof SubjectView> {
  if (verdict === null) return { ...rest, verdict };
  const { kind } = verdict;
  if ('rules' in verdict) return { ...rest, verdict: { kind, rules: [...verdict.rules] } };
  if (verdict.kind === 'passed') return { ...rest, verdict: { kind } };
  const { centipoints, passes } = verdict;
  return { ...rest, verdict: { kind, centipoints, passes } };
}
