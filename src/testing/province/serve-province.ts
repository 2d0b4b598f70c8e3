import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type FeedAnswer, writeFeed } from './accounts/write-feed.ts';
import { WechatSimulator } from './accounts/wechat-simulator.ts';
import type { AccountEntry, ProvincePlan } from './plan/province-plan.ts';
import { createServicePlatform } from './sites/service-platform.ts';
import { createSite } from './sites/site.ts';
import type { SimulatedSite, SiteAnswer } from './sites/site-plan.ts';
import { FEED_HOST, feedPath, WECHAT_HOST } from './write-office-files.ts';

const BODY_BYTES_MAX = 256 * 1024;
const PLATFORM_SEED = 7;
/** A chunked page goes out in pieces of this size. */
const CHUNK_BYTES = 4096;

/** One HTTP server for the whole province, told apart by the Host header. */
export function serveProvince(plan: ProvincePlan): Server {
  const sites = new Map<string, SimulatedSite>();
  for (const { plan: site } of plan.sites) if (site) sites.set(site.host, createSite(site));
  sites.set(plan.platformHost, createServicePlatform(plan.platformHost, PLATFORM_SEED));
  const feeds = new Map(plan.accounts.filter((account) => !account.sourceKey.startsWith('gone-')).map((account) => [feedPath(account), account]));
  const wechat = new WechatSimulator(plan.accounts);
  const server = createServer({ keepAliveTimeout: 20_000 }, (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const site = sites.get(host);
    if (site) sendSite(request, response, site.handle({ method: request.method ?? 'GET', path: request.url ?? '/', headers: request.headers }));
    else if (host === FEED_HOST) sendFeed(response, feeds.get(request.url ?? ''));
    else if (host === WECHAT_HOST) void answerWechat(request, response, wechat);
    else sendText(response, 404, 'Not Found');
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

function sendSite(request: IncomingMessage, response: ServerResponse, answer: SiteAnswer): void {
  if (answer === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  if (answer === 'hang') return;
  response.writeHead(answer.status, answer.headers);
  if (request.method === 'HEAD' || !answer.chunked) {
    response.end(request.method === 'HEAD' ? undefined : answer.body);
    return;
  }
  for (let start = 0; start < answer.body.length; start += CHUNK_BYTES) response.write(answer.body.subarray(start, start + CHUNK_BYTES));
  response.end();
}

function sendFeed(response: ServerResponse, account: AccountEntry | undefined): void {
  if (!account) {
    sendText(response, 404, 'Not Found');
    return;
  }
  const { contentType, body }: FeedAnswer = writeFeed(account);
  response.writeHead(200, { 'content-type': contentType, 'content-length': body.length });
  response.end(body);
}

async function answerWechat(request: IncomingMessage, response: ServerResponse, simulator: WechatSimulator): Promise<void> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) {
      request.destroy();
      return;
    }
    chunks.push(chunk);
  }
  const url = new URL(request.url ?? '/', `http://${WECHAT_HOST}`);
  const answer = simulator.answer({ method: request.method ?? 'GET', path: url.pathname, query: url.searchParams, body: Buffer.concat(chunks).toString('utf8') });
  const text = Buffer.from(JSON.stringify(answer));
  response.writeHead(200, { 'content-type': 'application/json; encoding=utf-8', 'content-length': text.length });
  response.end(text);
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
