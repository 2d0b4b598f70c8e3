import { z } from 'zod';
import { scopeOf } from '../../domain/acting.ts';
import type { HttpServer } from '../../http/create-server.ts';
import { describeRefusals } from '../../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { IdParams } from '../../http/row-id.ts';
import type { LifecycleDeps } from '../../lifecycle/index.ts';
import { unitsBelow } from '../../registry/index.ts';
import type { Archive } from '../../store/archive/archive.ts';
import { adoptDiscovered, dismissDiscovered, reopenDiscovered } from './decide-discovered.ts';
import { discoveryDb } from './discovery-db.ts';
import { exportDiscovered } from './export-discovered.ts';
import { listDiscovered, readDiscovered } from './list-discovered.ts';
import { openPicture } from './open-picture.ts';
import {
  Adoption,
  AdoptionBody,
  Discovered,
  DiscoveredFilterQuery,
  DiscoveredList,
  DiscoveredQuery,
  DismissalBody,
  PictureParams,
} from './schemas.ts';

export interface DiscoveryDeps extends LifecycleDeps {
  readonly archive: Archive;
}

const TAGS = ['系统外账号'];
const PATH = '/api/v1/discovered-accounts';
const READ = { access: 'discovery.read' } as const;
const DECIDE = { access: 'discovery.decide' } as const;
const UNKNOWN = { 'discovered.unknown': '没有这条线索，或看不到' };
const now = (): string => new Date().toISOString();

/** Accounts that pages show and the register does not have: listed, looked at, adopted, dismissed. */
export function registerDiscoveryRoutes(app: HttpServer, deps: DiscoveryDeps): void {
  registerReads(app, deps);
  registerFiles(app, deps);
  registerDecisions(app, deps);
}

function registerReads(app: HttpServer, { store }: DiscoveryDeps): void {
  app.get(
    PATH,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '网页上发现的账号：平台、比对结果、状态、单位',
        querystring: DiscoveredQuery,
        response: { 200: DiscoveredList, ...REFUSALS },
      },
    },
    async ({ actor, query: { limit, offset, unitId, ...filter } }) => {
      const unitIds = unitId === undefined ? undefined : await unitsBelow(store.db, unitId);
      const found = await listDiscovered(
        discoveryDb(store.db),
        scopeOf(actor),
        { ...filter, unitIds },
        { limit, offset },
      );
      return { ...found, totalIsExact: true };
    },
  );
  app.get(
    `${PATH}/:id`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '一条线索：理由、所在页面、图片、二维码内容',
        description: describeRefusals(UNKNOWN),
        params: IdParams,
        response: { 200: Discovered, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }) => {
      const found = await readDiscovered(discoveryDb(store.db), scopeOf(actor), id);
      return { ...found, reasons: [...found.reasons], sightings: [...found.sightings] };
    },
  );
}

const Bytes = z.unknown().meta({ description: '文件的字节', example: '…' });

function registerFiles(app: HttpServer, deps: DiscoveryDeps): void {
  app.get(
    `${PATH}/export`,
    {
      config: { access: 'registry.export' },
      schema: {
        tags: TAGS,
        summary: '导出网页上发现的账号（.xlsx）',
        querystring: DiscoveredFilterQuery,
        response: { 200: Bytes, ...REFUSALS },
      },
    },
    async ({ actor, query: { unitId, ...filter } }, reply) => {
      const unitIds = unitId === undefined ? undefined : await unitsBelow(deps.store.db, unitId);
      const bytes = await exportDiscovered(deps, actor, { ...filter, unitIds });
      return reply
        .headers({
          'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          'content-disposition': 'attachment; filename="discovered-accounts.xlsx"',
        })
        .send(Buffer.from(bytes));
    },
  );
  app.get(
    `${PATH}/:id/pictures/:sha256`,
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '显示账号的二维码图片（存档的字节）',
        description: describeRefusals({ ...UNKNOWN, 'discovered.picture': '没有存下这张图片' }),
        params: PictureParams,
        response: { 200: Bytes, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params }, reply) => {
      const { bytes, type } = await openPicture(deps, actor, params);
      return reply
        .headers({
          'content-type': type,
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; sandbox",
        })
        .send(Buffer.from(bytes));
    },
  );
}

function registerDecisions(app: HttpServer, deps: DiscoveryDeps): void {
  app.post(
    `${PATH}/:id/adoption`,
    {
      config: DECIDE,
      schema: {
        tags: TAGS,
        summary: '纳入名录：为负责的单位起草补登记事项',
        description: describeRefusals({
          ...UNKNOWN,
          'discovered.decided': '已有人处理',
          'discovered.registered': '已在名录里',
          'discovered.name': '没有名称，要填写',
          'unit.unknown': '没有这个单位',
        }),
        params: IdParams,
        body: AdoptionBody,
        response: { 201: Adoption, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body }, reply) =>
      reply.code(201).send(await adoptDiscovered(deps, actor, { ...body, id, at: now() })),
  );
  app.post(
    `${PATH}/:id/dismissal`,
    {
      config: DECIDE,
      schema: {
        tags: TAGS,
        summary: '不予纳入，写明理由；没有变化就不再列出',
        description: describeRefusals({ ...UNKNOWN, 'discovered.decided': '已有人处理' }),
        params: IdParams,
        body: DismissalBody,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body: { reason } }, reply) => {
      await dismissDiscovered(deps, actor, { id, reason, at: now() });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${PATH}/:id/decision`,
    {
      config: DECIDE,
      schema: {
        tags: TAGS,
        summary: '撤回决定：重新待处理；纳入的，撤回还没有办完的事项',
        description: describeRefusals({
          ...UNKNOWN,
          'discovered.open': '还没有处理',
          'case.state': '补登记事项已办完，撤不回',
        }),
        params: IdParams,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id } }, reply) => {
      await reopenDiscovered(deps, actor, { id, at: now() });
      return reply.code(204).send(null);
    },
  );
}
