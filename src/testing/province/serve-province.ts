import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { writeArticle } from '../platforms/article/write-article.ts';
import { DouyinSimulator } from '../platforms/douyin/simulate-douyin.ts';
import { servePlatform } from '../platforms/platform-call.ts';
import { wechatHandler } from '../platforms/wechat/serve-wechat.ts';
import { WechatSimulator } from '../platforms/wechat/simulate-wechat.ts';
import { WeiboSimulator } from '../platforms/weibo/simulate-weibo.ts';
import { type FeedAnswer, writeFeed } from './feeds/write-feed.ts';
import { ARTICLE_HOST } from './plan/plan-articles.ts';
import { DOUYIN_HOST, WEIBO_HOST } from './plan/plan-own-list.ts';
import type { ProvincePlan } from './plan/province-plan.ts';
import { createServicePlatform } from './sites/service-platform.ts';
import { createSite } from './sites/site.ts';
import type { SimulatedSite, SiteAnswer } from './sites/site-plan.ts';

const PLATFORM_SEED = 7;
const CHUNK_BYTES = 4096;
/** Longer than a round pauses between two visits, so that connections live on. */
const KEEP_ALIVE_MS = 30_000;

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** One HTTP server for the whole province; what it is depends on the Host header. Not yet listening. */
export function serveProvince(plan: ProvincePlan): Server {
  const handlers = new Map<string, Handler>([
    ...siteHandlers(plan),
    ...pageHandlers(plan),
    ...wechatHandlers(plan),
    ...platformHandlers(plan),
  ]);
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    const host = (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
    const handler = handlers.get(host);
    if (handler) handler(request, response);
    else send(request, response, textAnswer(404, '404 Not Found'));
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  return server;
}

function siteHandlers(plan: ProvincePlan): [string, Handler][] {
  const sites: SimulatedSite[] = [createServicePlatform(plan.platformHost, PLATFORM_SEED)];
  for (const { web } of plan.sites) if (web) sites.push(createSite(web));
  return sites.map((site) => [
    site.host,
    (request, response) => {
      const { method = 'GET', url: path = '/', headers } = request;
      sendSite(request, response, site.handle({ method, path, headers }));
    },
  ]);
}

function sendSite(request: IncomingMessage, response: ServerResponse, answer: SiteAnswer): void {
  if (answer === 'reset') request.socket.resetAndDestroy();
  if (typeof answer === 'string') return;
  response.writeHead(answer.status, answer.headers);
  if (request.method === 'HEAD') response.end();
  else if (!answer.chunked) response.end(answer.body);
  else {
    for (let start = 0; start < answer.body.length; start += CHUNK_BYTES) {
      response.write(answer.body.subarray(start, start + CHUNK_BYTES));
    }
    response.end();
  }
}

/** Feeds and articles by host and path. Each is written whenever it is asked for. */
function pageHandlers(plan: ProvincePlan): [string, Handler][] {
  const byHost = new Map<string, Map<string, () => FeedAnswer>>();
  const serve = (url: string, write: () => FeedAnswer): void => {
    const { host, pathname } = new URL(url);
    byHost.set(host, (byHost.get(host) ?? new Map()).set(pathname, write));
  };
  for (const source of plan.accounts.flatMap((account) => account.sources)) {
    if (source.kind === 'feed') serve(source.feed.url, () => writeFeed(source.feed));
    if (source.kind === 'article') {
      const { article } = source;
      serve(`http://${ARTICLE_HOST}${article.path}`, () => pageAnswer(writeArticle(article)));
    }
  }
  return [...byHost].map(([host, paths]) => [
    host,
    (request, response) => {
      const path = (request.url ?? '/').split('?', 1)[0]!;
      send(request, response, paths.get(path)?.() ?? textAnswer(404, '404 Not Found'));
    },
  ]);
}

/** Weibo's and Douyin's interfaces, each on its own host. */
function platformHandlers(plan: ProvincePlan): [string, Handler][] {
  const sources = plan.accounts.flatMap((account) => account.sources);
  const weibo = sources.flatMap((source) => (source.kind === 'weibo' ? [source.weibo] : []));
  const douyin = sources.flatMap((source) => (source.kind === 'douyin' ? [source.douyin] : []));
  return [
    [WEIBO_HOST, servePlatform(new WeiboSimulator(weibo))],
    [DOUYIN_HOST, servePlatform(new DouyinSimulator(douyin))],
  ];
}

function wechatHandlers(plan: ProvincePlan): [string, Handler][] {
  const plans = plan.accounts.flatMap(({ sources }) =>
    sources.flatMap((source) => (source.kind === 'wechat' ? [source.wechat] : [])),
  );
  const simulator = new WechatSimulator(plans);
  const hosts = new Set(plans.map(({ baseUrl }) => new URL(baseUrl).host));
  const handler = wechatHandler(simulator);
  return [...hosts].map((host) => [host, handler]);
}

function send(request: IncomingMessage, response: ServerResponse, answer: FeedAnswer): void {
  const { status, contentType, body } = answer;
  response.writeHead(status, { 'content-type': contentType, 'content-length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}

const pageAnswer = (html: string): FeedAnswer => ({
  status: 200,
  contentType: 'text/html; charset=UTF-8',
  body: Buffer.from(html),
});

const textAnswer = (status: number, text: string): FeedAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body: Buffer.from(text),
});
