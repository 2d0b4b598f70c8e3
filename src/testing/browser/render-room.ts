import type { BrowserLimits } from '../../gather/browser/browser-limits.ts';
import type { RenderRequest, RenderResult } from '../../gather/browser/render-page.ts';
import { RenderPool } from '../../gather/browser/render-pool.ts';
import { findChromium } from '../../lib/node/chromium.ts';
import type { Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { type Handler, startServer, type TestServer } from '../servers/start-server.ts';
import { TEST_NOW, testFetcher } from '../servers/test-fetcher.ts';

export const SITE = 'http://www.x.gov.cn';

/** A site on loopback under a name of its own, and browsers that may look at it and at nothing else. */
export interface RenderRoom extends AsyncDisposable {
  readonly server: TestServer;
  readonly pool: RenderPool;
  readonly fetcher: Fetcher;
  render(path: string, more?: Partial<RenderRequest>): Promise<RenderResult>;
}

/** Short enough for tests, long enough for a machine that does other things as well. */
const TEST_LIMITS: Partial<BrowserLimits> = { hangMs: 4_000, stillMs: 2_500, quietMs: 600 };

/** Throws when there is no Chromium: what a browser must show is not skipped. */
export async function openRenderRoom(
  handler: Handler,
  limits: Partial<BrowserLimits> = {},
): Promise<RenderRoom> {
  const chromiumPath = findChromium(process.env.CHROMIUM_PATH);
  if (chromiumPath === null)
    throw new Error('没有 Chromium：请安装 chromium，或用 CHROMIUM_PATH 指明它的位置。');
  const server = await startServer(handler);
  const rule = { address: '127.0.0.1', port: server.port };
  const fetcher = testFetcher({
    allowAddresses: [],
    resolve: ['*.x.gov.cn', '*.other.gov.cn'].map((pattern) => ({ pattern, ...rule })),
  });
  const pool = new RenderPool({
    chromiumPath,
    userAgent: 'Xunjian/test',
    limits: { ...TEST_LIMITS, ...limits },
    now: () => TEST_NOW,
  });
  return {
    server,
    pool,
    fetcher,
    render: (path, more = {}) =>
      pool.render({
        url: new URL(path, SITE).href,
        fetcher,
        signal: new AbortController().signal,
        ...more,
      }),
    [Symbol.asyncDispose]: async () => {
      await pool.close();
      await fetcher.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The HTML after scripts; throws what was said instead. */
export function htmlOf(result: RenderResult): string {
  if (result.state !== 'rendered') throw new Error(result.reason);
  return new TextDecoder().decode(result.html);
}
