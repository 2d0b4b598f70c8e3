import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { UserError } from '../lib/pure/errors.ts';
import type { Archive } from '../store/archive/archive.ts';
import type { Store } from '../store/store.ts';
import { countFindings, listFindings } from './finding.repository.ts';
import { inspectionDb } from './inspection-db.ts';
import { listPages } from './page.repository.ts';
import type { ProgressHub, RoundProgress } from './progress.ts';
import { countStages, listRoundSubjects, listRounds, requireRound } from './round.repository.ts';
import { stateWords } from './round.ts';

export interface InspectionRouteDeps {
  readonly store: Store;
  readonly archive: Archive;
  readonly progress: ProgressHub;
}

const Period = z.object({ period: z.string().min(1).max(40) });
const Page = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).max(1_000_000).default(0),
});
const Problem = z
  .object({ code: z.string(), message: z.string(), details: z.array(z.string()) })
  .meta({ id: 'Problem' });
const RoundView = z
  .object({
    period: z.string(),
    label: z.string(),
    state: z.string(),
    stateWords: z.string(),
    window: z.array(z.string()),
    monitoredAt: z.string(),
    ruleset: z.string(),
    clock: z.string(),
    coverage: z.unknown(),
    reviewWaived: z.string().nullable(),
    frozenAt: z.string().nullable(),
  })
  .meta({ id: 'Round' });

/** Read endpoints of rounds, findings, pages and progress. */
export function registerInspectionRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  registerRoundList(app, deps);
  registerRoundRoute(app, deps);
  registerFindingsRoute(app, deps);
  registerPagesRoute(app, deps);
  registerSnapshotRoute(app, deps);
  registerProgressRoute(app, deps);
}

function registerRoundList(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/rounds',
    {
      config: { access: 'round.read' },
      schema: { summary: '批次列表', response: { 200: z.array(RoundView) } },
    },
    async () => (await listRounds(db)).map(roundView),
  );
}

function registerRoundRoute(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/rounds/:period',
    {
      config: { access: 'round.read' },
      schema: {
        summary: '一个批次：状态、进度、问题计数',
        params: Period,
        response: {
          200: RoundView.extend({
            stages: z.unknown(),
            findings: z.unknown(),
            progress: z.unknown(),
          }),
          404: Problem,
        },
      },
    },
    async (request) => {
      const round = await requireRound(db, request.params.period);
      const [stages, findings] = [
        await countStages(db, round.id),
        await countFindings(db, round.id),
      ];
      return {
        ...roundView(round),
        stages,
        findings,
        progress: deps.progress.latest(round.period),
      };
    },
  );
}

function registerFindingsRoute(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/rounds/:period/findings',
    {
      config: { access: 'finding.read' },
      schema: {
        summary: '批次里的问题（默认只列成立的）',
        params: Period,
        querystring: Page.extend({
          status: z.enum(['met', 'breached', 'undetermined', 'notApplicable']).default('breached'),
        }),
        response: { 200: z.object({ items: z.array(z.unknown()) }), 404: Problem },
      },
    },
    async (request) => {
      const { limit, offset, status } = request.query;
      const round = await requireRound(db, request.params.period);
      const names = new Map(
        (await listRoundSubjects(db, round.id)).map(({ subject }) => [
          `${subject.kind}:${subject.id}`,
          subject,
        ]),
      );
      const labels = new Map(round.ruleset.rules.map((rule) => [rule.id, rule.printedLabel]));
      const findings = (await listFindings(db, round.id, { status, limit: offset + limit })).slice(
        offset,
      );
      return {
        items: findings.map((finding) => {
          const subject = names.get(`${finding.kind}:${finding.subjectId}`);
          return {
            ...finding,
            unit: subject?.printRow ?? '',
            name: subject?.name ?? '',
            label: labels.get(finding.ruleId) ?? finding.ruleId,
          };
        }),
      };
    },
  );
}

function registerPagesRoute(app: HttpServer, deps: InspectionRouteDeps): void {
  const db = inspectionDb(deps.store);
  app.get(
    '/api/rounds/:period/pages/:kind/:subjectId',
    {
      config: { access: 'evidence.read' },
      schema: {
        summary: '一个对象被抓取的页面',
        params: Period.extend({
          kind: z.enum(['site', 'account']),
          subjectId: z.coerce.number().int(),
        }),
        response: { 200: z.object({ items: z.array(z.unknown()) }), 404: Problem },
      },
    },
    async (request) => {
      const { period, kind, subjectId } = request.params;
      const round = await requireRound(db, period);
      return { items: await listPages(db, round.id, kind, subjectId) };
    },
  );
}

function roundView(round: Awaited<ReturnType<typeof listRounds>>[number]) {
  return {
    period: round.period,
    label: round.label,
    state: round.state,
    stateWords: stateWords(round.state),
    window: [...round.window],
    monitoredAt: round.monitoredAt,
    ruleset: round.ruleset.id,
    clock: round.clock,
    coverage: round.coverage,
    reviewWaived: round.reviewWaived,
    frozenAt: round.frozenAt,
  };
}

/** Archived bytes are hostile: only ever plain text, never sniffed, never run. */
function registerSnapshotRoute(app: HttpServer, deps: InspectionRouteDeps): void {
  app.get(
    '/api/snapshots/:hash',
    {
      config: { access: 'evidence.read' },
      schema: {
        summary: '抓取原文（只作纯文本）',
        params: z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) }),
      },
    },
    async (request, reply) => {
      const bytes = await deps.archive.get(request.params.hash);
      if (bytes === null) throw new UserError('snapshot.unknown', '没有存下这份原文，或它已损坏。');
      return reply
        .headers({
          'content-type': 'text/plain; charset=utf-8',
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(Buffer.from(bytes));
    },
  );
}

/** Events waiting for a slow reader; beyond that the newest replaces the oldest, for progress is only ever about now. */
const WAITING_EVENTS_MAX = 1;

function registerProgressRoute(app: HttpServer, deps: InspectionRouteDeps): void {
  const open = new Set<() => void>();
  // A stream never ends by itself: a server that stops ends it, and browsers come back to the next one.
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });
  app.get(
    '/api/progress',
    {
      config: { access: 'round.read' },
      sse: 'only',
      schema: { summary: '进度（服务器推送事件）' },
    },
    async (_request, reply) => {
      const waiting: RoundProgress[] = [];
      let wake: () => void = () => undefined;
      const end = deps.progress.subscribe((progress) => {
        if (waiting.length >= WAITING_EVENTS_MAX) waiting.shift();
        waiting.push(progress);
        wake();
      });
      reply.sse.keepAlive();
      const close = (): void => reply.sse.close();
      open.add(close);
      reply.sse.onClose(() => {
        open.delete(close);
        end();
        wake();
      });
      // The first event opens the stream at once; without one the browser would wait for its headers.
      await reply.sse.send({ event: 'ready', data: {} });
      while (reply.sse.isConnected) {
        const progress = waiting.shift();
        if (progress) await reply.sse.send({ event: 'progress', data: progress });
        else
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
      }
    },
  );
}
