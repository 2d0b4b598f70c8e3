import { FILE_BYTES, sendFile } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import type { AssessmentDeps } from '../assessment-db.ts';
import { exportAssessment } from '../export-assessment.ts';
import { openAssessment } from '../open-assessment.ts';
import { listAssessments, readAssessedUnit, readAssessment } from '../read-assessments.ts';
import { publishAssessment, withdrawAssessment } from '../steps/end-assessment.ts';
import { reportUnit } from '../steps/report-unit.ts';
import { closeReview, decideLine, returnUnit } from '../steps/review-unit.ts';
import { now, PATH, REFUSED, TAGS, UNIT } from './common.ts';
import { registerFileRoutes } from './file-routes.ts';
import {
  AssessedUnitView,
  AssessmentList,
  AssessmentView,
  DecisionBody,
  OpenBody,
  OpenedView,
  ReportBody,
  ReturnBody,
  ReviewBody,
  UnitParams,
  WithdrawBody,
} from './schemas.ts';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const REVIEW = { access: 'assessment.review' } as const;
const CHANGES = {
  tags: TAGS,
  description: describeRefusals(REFUSED),
  response: { ...DONE, ...REFUSALS_OF_ONE },
};

/** The yearly assessment: opened, reported, decided, published. */
export function registerAssessmentRoutes(app: HttpServer, deps: AssessmentDeps): void {
  registerReading(app, deps);
  registerEnds(app, deps);
  registerFileRoutes(app, deps);
  registerReport(app, deps);
  registerReview(app, deps);
}

function registerReading(app: HttpServer, deps: AssessmentDeps): void {
  const config = { access: 'assessment.read' } as const;
  app.get(
    PATH,
    {
      config,
      schema: {
        tags: TAGS,
        summary: '年度考核：自己看得到的单位参加的',
        response: { 200: AssessmentList, ...REFUSALS },
      },
    },
    async ({ actor }) => ({ items: await listAssessments(deps, actor) }),
  );
  app.get(
    `${PATH}/:id`,
    {
      config,
      schema: {
        ...{ tags: TAGS, summary: '一次考核的各单位：公布前只有自己看得到的' },
        ...{ params: IdParams, response: { 200: AssessmentView, ...REFUSALS_OF_ONE } },
      },
    },
    async ({ actor, params: { id } }) => {
      const { units, scheme, ...page } = await readAssessment(deps, actor, id);
      const rules = [...scheme.rules];
      return { ...page, scheme: { ...scheme, rules }, units: units.map(copyUnit) };
    },
  );
  app.get(
    UNIT,
    {
      config,
      schema: {
        ...{ tags: TAGS, summary: '一个单位的逐项情况：平台数的、自评的、核定的' },
        ...{ params: UnitParams, response: { 200: AssessedUnitView, ...REFUSALS_OF_ONE } },
      },
    },
    async ({ actor, params }) => {
      const { head, unit, lines, may } = await readAssessedUnit(deps, actor, params);
      const copied = lines.map((line) => ({
        ...{ ...line, evidence: [...line.evidence], files: [...line.files] },
      }));
      return { head, unit: copyUnit(unit), lines: copied, may };
    },
  );
  app.get(
    `${PATH}/:id/export`,
    {
      config,
      schema: {
        ...{ tags: TAGS, summary: '导出名次和逐项（.xlsx）；记入审计' },
        ...{ params: IdParams, response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE } },
      },
    },
    async ({ actor, params: { id } }, reply) =>
      sendFile(reply, {
        ...{ name: `年度考核-${id}.xlsx`, mediaType: XLSX },
        content: await exportAssessment(deps, actor, { id, at: now() }),
      }),
  );
}

type Unit = Awaited<ReturnType<typeof readAssessment>>['units'][number];

/** Answers are written from plain arrays. */
function copyUnit({ outcome, ...unit }: Unit) {
  if (outcome.kind === 'undetermined')
    return { ...unit, outcome: { ...outcome, missing: [...outcome.missing] } };
  if (outcome.kind === 'vetoed')
    return { ...unit, outcome: { ...outcome, vetoes: [...outcome.vetoes] } };
  return { ...unit, outcome };
}

function registerEnds(app: HttpServer, deps: AssessmentDeps): void {
  app.post(
    PATH,
    {
      config: REVIEW,
      schema: {
        tags: TAGS,
        summary: '开始一年的考核：数出平台知道的，请各单位自评',
        description: describeRefusals({ 'assessment.exists': '这一年已经开了' }),
        body: OpenBody,
        response: { 200: OpenedView, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, body }) => ({ id: await openAssessment(deps, actor, { ...body, at: now() }) }),
  );
  app.post(
    `${PATH}/:id/publication`,
    {
      config: { access: 'assessment.publish' },
      schema: { ...CHANGES, summary: '公布结果和名次；核定的人不能自己公布', params: IdParams },
    },
    async ({ actor, params: { id } }, reply) => {
      await publishAssessment(deps, actor, { id, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/:id/withdrawal`,
    {
      config: REVIEW,
      schema: { ...CHANGES, summary: '撤销一次考核', params: IdParams, body: WithdrawBody },
    },
    async ({ actor, params: { id }, body }, reply) => {
      await withdrawAssessment(deps, actor, { id, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerReport(app: HttpServer, deps: AssessmentDeps): void {
  app.post(
    `${UNIT}/report`,
    {
      config: { access: 'assessment.report' },
      schema: { ...CHANGES, summary: '报送自评', params: UnitParams, body: ReportBody },
    },
    async ({ actor, params, body }, reply) => {
      await reportUnit(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerReview(app: HttpServer, deps: AssessmentDeps): void {
  const common = { ...CHANGES, params: UnitParams };
  app.post(
    `${UNIT}/decision`,
    { config: REVIEW, schema: { ...common, summary: '核定一项', body: DecisionBody } },
    async ({ actor, params, body }, reply) => {
      await decideLine(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${UNIT}/review`,
    { config: REVIEW, schema: { ...common, summary: '核定完一个单位', body: ReviewBody } },
    async ({ actor, params, body }, reply) => {
      await closeReview(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${UNIT}/return`,
    {
      config: REVIEW,
      schema: { ...common, summary: '退回自评，或重新打开核定', body: ReturnBody },
    },
    async ({ actor, params, body }, reply) => {
      await returnUnit(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
