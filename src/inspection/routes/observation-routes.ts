import fastifyMultipart from '@fastify/multipart';
import { validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import { DONE, Problem, REFUSALS_OF_ONE } from '../../http/problem.ts';
import { receiveFiles, type UploadLimits, uploadParts } from '../../http/receive-files.ts';
import { IdParams } from '../../http/row-id.ts';
import { UserError } from '../../lib/pure/errors.ts';
import { enterObservation } from '../observe/enter-observation.ts';
import { keepPicture, PICTURE_BYTES_MAX, readPicture } from '../observe/keep-picture.ts';
import { listObservations } from '../observe/list-observations.ts';
import { withdrawObservation } from '../observe/withdraw-observation.ts';
import { LIST_PAGE, refusals } from './list-query.ts';
import {
  AccountSights,
  KeptPictureView,
  listedSightView,
  NewSight,
  Sha256,
  Withdraw,
  Withdrawn,
} from './observation-views.ts';
import { type InspectionRouteDeps, nowOf } from './route-deps.ts';

const UPLOAD_LIMITS: UploadLimits = {
  ...{ files: 1, fileBytes: PICTURE_BYTES_MAX, bytes: PICTURE_BYTES_MAX },
  tooLarge: '一次上传一张图片，不超过 4 MB。',
};
const TAGS = ['人工观察'];
const Nothing = z.strictObject({});

/** What inspectors see of an account (人工观察), and the pictures that they take. */
export function registerObservationRoutes(app: HttpServer, deps: InspectionRouteDeps): void {
  registerList(app, deps);
  registerEntry(app, deps);
  registerWithdrawal(app, deps);
  registerPicture(app, deps);
  app.register(async (inner) => {
    await inner.register(fastifyMultipart, uploadParts(UPLOAD_LIMITS));
    registerUpload(inner.withTypeProvider<ZodTypeProvider>() as HttpServer, deps);
  });
}

function registerList(app: HttpServer, deps: InspectionRouteDeps): void {
  app.get(
    '/api/v1/accounts/:id/observations',
    {
      config: { access: 'evidence.read' },
      schema: {
        tags: TAGS,
        summary: '一个账号的人工观察，最新的在前',
        description: refusals('account.unknown'),
        params: IdParams,
        querystring: z.strictObject(LIST_PAGE),
        response: { 200: AccountSights, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, query, actor }) => {
      const { account, items, total } = await listObservations(deps, actor, {
        accountId: params.id,
        ...query,
      });
      const now = nowOf(deps);
      return {
        account: { id: account.id, name: account.name },
        items: items.map((seen) => listedSightView(seen, actor, now)),
        total,
      };
    },
  );
}

function registerEntry(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/accounts/:id/observations',
    {
      config: { access: 'observation.enter' },
      schema: {
        tags: TAGS,
        summary: '登记一条人工观察',
        description: refusals(
          ...['account.unknown', 'observation.empty', 'observation.contradiction'],
          ...['observation.exists', 'observation.many', 'picture.unknown'],
        ),
        params: IdParams,
        querystring: Nothing,
        body: NewSight,
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, body, actor }, reply) => {
      const { isThere, name, operator, certified, followers, ...seen } = body;
      await enterObservation(deps, actor, {
        accountId: params.id,
        sight: {
          ...seen,
          observedAt: minuteOf(body.observedAt),
          testedAt: body.testedAt && minuteOf(body.testedAt),
          repliedAt: body.repliedAt && minuteOf(body.repliedAt),
          image: null,
          note: seen.note || null,
          profile: {
            isThere,
            name: name || null,
            operator: operator || null,
            certified,
            followers,
          },
        },
        now: nowOf(deps),
      });
      return reply.code(204).send(null);
    },
  );
}

function registerWithdrawal(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/observations/:id/withdrawal',
    {
      config: { access: 'observation.enter' },
      schema: {
        tags: TAGS,
        summary: '撤回一条有误的人工观察',
        description: `观察仍然保留并注明撤回，不再作为依据；没有冻结的批次随即重新判定。${refusals(
          ...['observation.unknown', 'observation.withdrawn', 'observation.frozen'],
        )}`,
        params: IdParams,
        querystring: Nothing,
        body: Withdraw,
        response: { 200: Withdrawn, ...REFUSALS_OF_ONE },
      },
    },
    async ({ params, body, actor }) => ({
      judgedAgain: [
        ...(await withdrawObservation(deps, actor, {
          ...{ observationId: params.id, reason: body.reason, at: nowOf(deps) },
        })),
      ],
    }),
  );
}

/** People write minutes: the same one is the same, whatever seconds a clock added. */
const minuteOf = (at: string): string => `${new Date(at).toISOString().slice(0, 16)}:00.000Z`;

function registerPicture(app: HttpServer, deps: InspectionRouteDeps): void {
  app.get(
    '/api/v1/accounts/:id/pictures/:sha256',
    {
      config: { access: 'evidence.read' },
      schema: {
        tags: TAGS,
        summary: '人工观察的一张图片',
        description: refusals('account.unknown', 'picture.unknown'),
        params: IdParams.extend({ sha256: Sha256 }),
        querystring: Nothing,
        response: {
          200: z.unknown().meta({ description: '图片的字节', example: 'PNG…' }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ params, actor }, reply) => {
      const { bytes, mediaType } = await readPicture(deps, actor, {
        accountId: params.id,
        sha256: params.sha256,
      });
      return reply
        .headers({
          'content-type': mediaType,
          // Whatever the bytes may hold beside a picture, nothing of it runs.
          'content-security-policy': "default-src 'none'; sandbox",
          'cache-control': 'private, max-age=31536000, immutable',
        })
        .send(Buffer.from(bytes) as never);
    },
  );
}

function registerUpload(app: HttpServer, deps: InspectionRouteDeps): void {
  app.post(
    '/api/v1/accounts/:id/pictures',
    {
      config: { access: 'observation.enter' },
      // The body is a stream of files: its schema is for readers only.
      validatorCompiler: (part) =>
        part.httpPart === 'body' ? () => true : validatorCompiler(part as never),
      schema: {
        tags: TAGS,
        summary: '上传一张图片，登记观察时写明它',
        description: `multipart/form-data，一段，PNG、JPEG 或 WebP，不超过 4 MB；一天内没有写进观察的会删去。${refusals(
          ...['account.unknown', 'picture.type', 'picture.too-large', 'picture.many'],
        )}`,
        consumes: ['multipart/form-data'],
        params: IdParams,
        querystring: Nothing,
        body: z
          .object({ files: z.array(z.string().meta({ format: 'binary' })).max(1) })
          .meta({ example: { files: ['截图.png'] } }),
        response: { 201: KeptPictureView, ...REFUSALS_OF_ONE, 413: Problem },
      },
    },
    async (request, reply) => {
      const [file] = await receiveFiles(request, UPLOAD_LIMITS);
      if (!file) throw new UserError('http.bad-request', '请选一张图片。', { field: 'files' });
      const kept = await keepPicture(deps, request.actor, {
        accountId: request.params.id,
        bytes: file.bytes,
        at: nowOf(deps),
      });
      return reply.code(201).send(kept);
    },
  );
}
