import { z } from 'zod';
import type { HttpServer } from '../../http/create-server.ts';
import type { RoundProgress } from '../progress.ts';
import type { InspectionRouteDeps } from './route-deps.ts';

/** Events waiting for a slow reader; beyond that the newest replaces the oldest, for progress is only ever about now. */
const WAITING_EVENTS_MAX = 1;

/** Live progress of the rounds that this server runs, as server-sent events `ready` and `progress`. */
export function registerProgressRoute(app: HttpServer, deps: InspectionRouteDeps): void {
  const open = new Set<() => void>();
  // A stream never ends by itself: a server that stops ends it, and browsers come back to the next one.
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });
  app.get(
    '/api/v1/progress',
    {
      config: { access: 'round.read' },
      sse: 'only',
      schema: {
        tags: ['批次'],
        summary: '进度（服务器推送事件 ready、progress）',
        response: {
          200: z.string().meta({
            description: 'text/event-stream',
            example: 'event: progress\ndata: {"period":"2020Q3","stage":"采集网站"}\n\n',
          }),
        },
      },
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
