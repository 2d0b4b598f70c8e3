import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { DONE, REFUSALS, REFUSALS_OF_ONE } from '../http/problem.ts';
import { IdParams, RowIdText } from '../http/row-id.ts';
import { allChannels, CHANNEL_KINDS, type NotifyDeps } from './channel.ts';
import { listDeliveries, resendDelivery, testChannel } from './manage/deliveries.ts';
import { ChannelInput, keepChannel, Preferences } from './manage/keep-channel.ts';
import { readPreferences, setPreferences } from './manage/preferences.ts';
import { DELIVERY_STATES, notifyDb } from './notify-db.ts';

const TAGS = ['通知'];
const READ = { access: 'system.read' } as const;
const MANAGE = { access: 'system.manage' } as const;
const now = (): string => new Date().toISOString();

const ChannelView = z.object({
  id: z.number(),
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  unitId: z.number().nullable().describe('哪个单位的群或系统；空为主管单位'),
  enabled: z.boolean(),
  kinds: z.array(z.string()).nullable().describe('哪几类通知走这个通道；空为全部'),
  host: z.string().nullable(),
  port: z.number().nullable(),
  secure: z.boolean().nullable().describe('从一开始就加密；空：按端口'),
  allowsPlain: z.boolean().nullable().describe('允许不加密'),
  user: z.string().nullable(),
  from: z.string().nullable(),
  hasSecret: z.boolean(),
  quietFrom: z.string(),
  quietTo: z.string(),
  workdaysOnly: z.boolean(),
  resendsUncertain: z.boolean(),
  pausedUntil: z.string().nullable(),
  pausedWhy: z.string().nullable(),
});
const ChannelList = z.object({ items: z.array(ChannelView) }).meta({
  id: 'NoticeChannelList',
  example: {
    items: [
      {
        ...{ id: 1, kind: 'email', name: '办公邮箱', unitId: null, enabled: true, kinds: null },
        ...{ host: 'smtp.example.gov.cn', port: 465, secure: null, allowsPlain: null, user: null },
        ...{ from: '巡鉴 <xunjian@example.gov.cn>', hasSecret: true },
        ...{ quietFrom: '20:00', quietTo: '08:00', workdaysOnly: true, resendsUncertain: false },
        ...{ pausedUntil: null, pausedWhy: null },
      },
    ],
  },
});
const CHANNEL_EXAMPLE = {
  ...{ kind: 'email' as const, name: '办公邮箱', host: 'smtp.example.gov.cn', port: 465 },
  from: '巡鉴 <xunjian@example.gov.cn>',
};
const Kept = z.object({ id: z.number() }).meta({ id: 'KeptNoticeChannel', example: { id: 1 } });
const REFUSED = describeRefusals({
  'channel.unknown': '没有这个发送通道',
  'channel.fields': '少填了一项',
  'channel.name': '已经有同名的通道',
});

/** The channels, their log, and one's own preferences. */
export function registerChannelRoutes(app: HttpServer, deps: NotifyDeps): void {
  registerChannels(app, deps);
  registerTest(app, deps);
  registerLog(app, deps);
  registerPreferences(app, deps);
}

function registerChannels(app: HttpServer, deps: NotifyDeps): void {
  app.get(
    '/api/v1/notice-channels',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '通知的发送通道；密钥只说有没有',
        querystring: z.strictObject({}),
        response: { 200: ChannelList, ...REFUSALS },
      },
    },
    async () => ({
      items: (await allChannels(notifyDb(deps.store.db))).map(
        ({ settings, secret, quiet, kinds, ...channel }) => ({
          ...channel,
          ...{ kinds: kinds && [...kinds], hasSecret: secret !== null },
          ...{ host: settings.host ?? null, port: settings.port ?? null },
          ...{ secure: settings.secure ?? null, allowsPlain: settings.allowsPlain ?? null },
          ...{ user: settings.user ?? null, from: settings.from ?? null },
          ...{ quietFrom: quiet.from, quietTo: quiet.to },
        }),
      ),
    }),
  );
  const body = ChannelInput.meta({ id: 'NoticeChannelInput', example: CHANNEL_EXAMPLE });
  app.post(
    '/api/v1/notice-channels',
    {
      config: MANAGE,
      schema: {
        ...{ tags: TAGS, summary: '添加一个发送通道', description: REFUSED, body },
        response: { 201: Kept, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, body: channel }, reply) => {
      const id = await keepChannel(deps, actor, { id: null, channel, at: now() });
      return reply.code(201).send({ id });
    },
  );
  app.put(
    '/api/v1/notice-channels/:id',
    {
      config: MANAGE,
      schema: {
        ...{ tags: TAGS, summary: '改一个发送通道；没有给的密钥不变', description: REFUSED, body },
        ...{ params: IdParams, response: { ...DONE, ...REFUSALS_OF_ONE } },
      },
    },
    async ({ actor, params: { id }, body: channel }, reply) => {
      await keepChannel(deps, actor, { id, channel, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerTest(app: HttpServer, deps: NotifyDeps): void {
  app.post(
    '/api/v1/notice-channels/:id/test',
    {
      config: MANAGE,
      schema: {
        ...{ tags: TAGS, summary: '马上发一条测试消息', description: REFUSED, params: IdParams },
        body: z
          .strictObject({ email: z.email().max(200).nullable() })
          .meta({ id: 'TestNoticeChannel', example: { email: 'wang@example.gov.cn' } }),
        response: {
          200: z.object({ ok: z.boolean(), code: z.string(), words: z.string() }).meta({
            id: 'TestedNoticeChannel',
            example: { ok: true, code: '250', words: '250 OK' },
          }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor, params: { id }, body: { email } }) =>
      testChannel(deps, actor, { id, email, at: now() }),
  );
}

const DeliveryList = z
  .object({
    items: z.array(
      z.object({
        id: z.number(),
        channel: z.string(),
        receiver: z.string(),
        title: z.string(),
        state: z.enum(DELIVERY_STATES),
        tries: z.number(),
        madeAt: z.string(),
        nextAt: z.string().nullable(),
        endedAt: z.string().nullable(),
        words: z.string().describe('最后一次尝试说了什么'),
      }),
    ),
    total: z.number(),
    totalIsExact: z.boolean(),
  })
  .meta({
    id: 'NoticeDeliveryList',
    example: {
      items: [
        {
          ...{ id: 3, channel: '办公邮箱', receiver: '王敏', title: '【巡鉴】每月维护确认' },
          ...{ state: 'sent', tries: 1, madeAt: '2026-11-16T01:05:00.000Z', nextAt: null },
          ...{ endedAt: '2026-11-16T01:06:00.000Z', words: '250 OK' },
        },
      ],
      ...{ total: 1, totalIsExact: true },
    },
  });

function registerLog(app: HttpServer, deps: NotifyDeps): void {
  app.get(
    '/api/v1/notice-deliveries',
    {
      config: READ,
      schema: {
        tags: TAGS,
        summary: '发送记录，新的在前',
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
          offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
          state: z.enum(DELIVERY_STATES).optional(),
          channelId: RowIdText.optional(),
        }),
        response: { 200: DeliveryList, ...REFUSALS },
      },
    },
    async ({ actor, query }) => listDeliveries(deps, actor, query),
  );
  app.post(
    '/api/v1/notice-deliveries/:id/resend',
    {
      config: MANAGE,
      schema: {
        tags: TAGS,
        summary: '重发一条没送到或不确定的；不确定的要确认可能收到两次',
        description: describeRefusals({
          'delivery.unknown': '没有这条发送记录',
          'delivery.state': '已送到，或还在发',
          'delivery.unconfirmed': '没有确认可能收到两次',
        }),
        params: IdParams,
        body: z
          .strictObject({ mayDouble: z.boolean() })
          .meta({ id: 'ResendDelivery', example: { mayDouble: false } }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, params: { id }, body: { mayDouble } }, reply) => {
      await resendDelivery(deps, actor, { id, mayDouble, at: now() });
      return reply.code(204).send(null);
    },
  );
}

function registerPreferences(app: HttpServer, deps: NotifyDeps): void {
  const description = describeRefusals({ 'notice.nobody': '命令行没有收件箱' });
  const example = { email: 'wang@example.gov.cn', withoutKinds: [] };
  app.get(
    '/api/v1/inbox/preferences',
    {
      config: { access: 'signedIn' },
      schema: {
        ...{ tags: TAGS, summary: '本人的邮箱、不要邮件的通知种类', description },
        querystring: z.strictObject({}),
        response: {
          200: z
            .object({
              email: z.string().nullable(),
              withoutKinds: z.array(z.string()),
              kinds: z.array(z.object({ kind: z.string(), name: z.string() })),
            })
            .meta({
              id: 'NoticePreferences',
              example: { ...example, kinds: [{ kind: 'upkeep.chase', name: '每月维护确认' }] },
            }),
          ...REFUSALS_OF_ONE,
        },
      },
    },
    async ({ actor }) => {
      const { withoutKinds, ...rest } = await readPreferences(deps, actor);
      return { ...rest, withoutKinds: [...withoutKinds] };
    },
  );
  app.put(
    '/api/v1/inbox/preferences',
    {
      config: { access: 'signedIn' },
      schema: {
        ...{ tags: TAGS, summary: '设定本人的邮箱、不要邮件的通知种类', description },
        body: Preferences.meta({ id: 'NewNoticePreferences', example }),
        response: { ...DONE, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, body }, reply) => {
      await setPreferences(deps, actor, { ...body, at: now() });
      return reply.code(204).send(null);
    },
  );
}
