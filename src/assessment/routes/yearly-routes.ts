import { FILE_BYTES, sendFile } from '../../http/attached-files.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import { unitsBelow } from '../../registry/index.ts';
import { exportForm } from '../yearly/export-form.ts';
import { openForms } from '../yearly/open-forms.ts';
import { listForms, readForm } from '../yearly/read-forms.ts';
import {
  fillForm,
  publishForm,
  recountForm,
  returnForm,
  signForm,
  submitForm,
} from '../yearly/step-form.ts';
import type { YearlyDeps } from '../yearly/yearly-db.ts';
import { now } from './common.ts';
import {
  ExportFormQuery,
  FillBody,
  FormList,
  FormPublishBody,
  FormQuery,
  FormReturnBody,
  FormStepBody,
  FormView,
  OpenedForms,
  OpenFormsBody,
} from './yearly-schemas.ts';

const TAGS = ['年度报表'];
const PATH = '/api/v1/yearly-forms';
const READ = { access: 'yearly.read' } as const;
const FILL = { access: 'yearly.fill' } as const;
const SIGN = { access: 'yearly.sign' } as const;
const REFUSED = describeRefusals({
  'yearly.unknown': '没有这份报表，或看不到',
  'yearly.state': '现在不能这样办',
  'yearly.changed': '看过之后别人改过',
  'yearly.fields': '有的栏目没有填或填得不对',
  'yearly.same-person': '填报的人不能自己签发',
});
const MEDIA = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
} as const;
const STEP = {
  ...{ tags: TAGS, description: REFUSED, params: IdParams },
  response: { ...DONE, ...REFUSALS_OF_ONE },
};

/** The yearly forms: opened, filled, signed, published. */
export function registerYearlyRoutes(app: HttpServer, deps: YearlyDeps): void {
  registerReading(app, deps);
  registerFilling(app, deps);
  registerSigning(app, deps);
}

function registerReading(app: HttpServer, deps: YearlyDeps): void {
  app.get(
    PATH,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '年度报表：自己看得到的单位和网站的', querystring: FormQuery },
        response: { 200: FormList, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, limit, offset, ...filter } }) => {
      const unitIds = unitId === undefined ? undefined : await unitsBelow(deps.store.db, unitId);
      return listForms(deps, actor, { ...filter, unitIds }, { limit, offset, at: now() });
    },
  );
  app.get(
    `${PATH}/:id`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '一份年度报表：逐栏的内容、平台知道的和来处、问题' },
        ...{ params: IdParams, response: { 200: FormView, ...REFUSALS_OF_ONE } },
      },
    },
    async ({ actor, params: { id } }) => {
      const { sections, ...read } = await readForm(deps, actor, { id, at: now() });
      return {
        ...read,
        sections: sections.map((section) => ({ ...section, fields: [...section.fields] })),
      };
    },
  );
  app.get(
    `${PATH}/:id/export`,
    {
      config: READ,
      schema: {
        ...{ tags: TAGS, summary: '导出一份年度报表（.docx、.xlsx）；记入审计' },
        ...{ params: IdParams, querystring: ExportFormQuery },
        response: { 200: FILE_BYTES, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, query: { format } }, reply) =>
      sendFile(reply, {
        ...(await exportForm(deps, actor, { id, format, at: now() })),
        mediaType: MEDIA[format],
      }),
  );
}

function registerFilling(app: HttpServer, deps: YearlyDeps): void {
  app.post(
    PATH,
    {
      config: { access: 'yearly.open' },
      schema: {
        ...{ tags: TAGS, summary: '开始一年的年度报表：填上平台知道的，请各单位填其余的' },
        ...{ body: OpenFormsBody, response: { 200: OpenedForms, ...REFUSALS_OF_ONE } },
      },
    },
    async ({ actor, body: { year } }) => openForms(deps, actor, { year, at: now() }),
  );
  app.put(
    `${PATH}/:id/fields`,
    { config: FILL, schema: { ...STEP, summary: '保存填写的栏目', body: FillBody } },
    async ({ actor, params, body }, reply) => {
      await fillForm(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/:id/recount`,
    { config: FILL, schema: { ...STEP, summary: '平台重新数一次', body: FormStepBody } },
    async ({ actor, params, body }, reply) => {
      await recountForm(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/:id/submission`,
    { config: FILL, schema: { ...STEP, summary: '提交负责人签发', body: FormStepBody } },
    async ({ actor, params, body }, reply) => {
      await submitForm(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/:id/publication`,
    { config: FILL, schema: { ...STEP, summary: '填写公开的网址', body: FormPublishBody } },
    async ({ actor, params, body }, reply) => {
      await publishForm(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerSigning(app: HttpServer, deps: YearlyDeps): void {
  app.post(
    `${PATH}/:id/signature`,
    { config: SIGN, schema: { ...STEP, summary: '签发；提交的人不能自己签', body: FormStepBody } },
    async ({ actor, params, body }, reply) => {
      await signForm(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${PATH}/:id/return`,
    { config: SIGN, schema: { ...STEP, summary: '退回修改', body: FormReturnBody } },
    async ({ actor, params, body }, reply) => {
      await returnForm(deps, actor, { ...params, ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
