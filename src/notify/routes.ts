import { z } from 'zod';
import type { HttpServer } from '../http/create-server.ts';
import { describeRefusals } from '../http/describe-refusals.ts';
import { REFUSALS_OF_ONE } from '../http/problem.ts';
import { RowId } from '../http/row-id.ts';
import type { StoreDeps } from '../store/store.ts';
import { countUnread, listInbox, markRead } from './inbox.ts';

const TAGS = ['通知'];
/** Notices marked at once: a page of the inbox. */
const MARK_MAX = 200;
const NOBODY = describeRefusals({ 'notice.nobody': '命令行没有收件箱' });

const Inbox = z
  .object({
    items: z.array(
      z.object({
        id: z.number(),
        kind: z.string(),
        kindName: z.string(),
        title: z.string(),
        text: z.string(),
        link: z.string().nullable().describe('控制台里的位置'),
        urgent: z.boolean(),
        madeAt: z.string(),
        readAt: z.string().nullable(),
      }),
    ),
    total: z.number(),
    totalIsExact: z.boolean(),
    unread: z.number(),
  })
  .meta({
    id: 'Inbox',
    example: {
      items: [
        {
          ...{ id: 7, kind: 'upkeep.chase', kindName: '每月维护确认', title: '每月维护确认' },
          ...{ text: '2026年11月的每月维护确认今天（2026-11-16）到期，还没有确认。' },
          ...{ link: '/upkeep?duty=3', urgent: false, madeAt: '2026-11-16T01:00:00.000Z' },
          readAt: null,
        },
      ],
      ...{ total: 1, totalIsExact: true, unread: 1 },
    },
  });
const Unread = z
  .object({ unread: z.number().describe('最多数到 1000') })
  .meta({ id: 'UnreadNotices', example: { unread: 3 } });
const Marked = z
  .object({ marked: z.number() })
  .meta({ id: 'MarkedNotices', example: { marked: 2 } });

/** One's own inbox. */
export function registerInboxRoutes(app: HttpServer, deps: StoreDeps): void {
  app.get(
    '/api/v1/inbox',
    {
      config: { access: 'signedIn' },
      schema: {
        tags: TAGS,
        summary: '本人的通知，新的在前',
        description: NOBODY,
        querystring: z.strictObject({
          limit: z.coerce.number().int().min(1).max(200).default(50).describe('每页条数，1–200'),
          offset: z.coerce.number().int().min(0).max(1_000_000).default(0).describe('跳过的条数'),
          state: z.enum(['unread']).optional(),
          kind: z.string().max(100).optional(),
        }),
        response: { 200: Inbox, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, query: { state, ...page } }) =>
      listInbox(deps, actor, { ...page, unreadOnly: state === 'unread' }),
  );
  app.get(
    '/api/v1/inbox/unread',
    {
      config: { access: 'signedIn' },
      schema: {
        tags: TAGS,
        summary: '本人还没有读的通知条数',
        description: NOBODY,
        querystring: z.strictObject({}),
        response: { 200: Unread, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor }) => ({ unread: await countUnread(deps, actor) }),
  );
  app.post(
    '/api/v1/inbox/read',
    {
      config: { access: 'signedIn' },
      schema: {
        tags: TAGS,
        summary: '标为已读：指定的几条，或到某一条为止的全部',
        description: NOBODY,
        body: z
          .union([
            z.strictObject({ ids: z.array(RowId).min(1).max(MARK_MAX) }),
            z.strictObject({ upTo: RowId }),
          ])
          .meta({ id: 'ReadNotices', example: { ids: [7] } }),
        response: { 200: Marked, ...REFUSALS_OF_ONE },
      },
    },
    async ({ actor, body }) => ({
      marked: await markRead(deps, actor, { ...body, at: new Date().toISOString() }),
    }),
  );
}
