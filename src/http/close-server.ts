import { log } from '../lib/node/log.ts';
import type { HttpServer } from './create-server.ts';

/** Takes nothing new and lets answers under way end; what is left after `limitMs` is cut, and the log says so. */
export async function closeServer(app: HttpServer, limitMs: number): Promise<void> {
  const cut = setTimeout(() => {
    log.warn('还有请求没有答完，已切断', { limitMs });
    app.server.closeAllConnections();
  }, limitMs);
  try {
    await app.close();
  } finally {
    clearTimeout(cut);
  }
}
