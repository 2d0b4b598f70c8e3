import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { writeCsv } from '../../documents/workbook.ts';
import type { Actor } from '../../domain/actor.ts';
import { createServer as createApp, type HttpServer } from '../../http/create-server.ts';
import type { Identify } from '../../http/gate.ts';
import {
  type InspectionDeps,
  ProgressHub,
  RoundRunner,
  registerInspectionRoutes,
} from '../../inspection/index.ts';
import { LazyQueue } from '../../jobs/lazy-queue.ts';
import { contestDesk, readPolicy } from '../../rectification/index.ts';
import { importRegistry, listUnits } from '../../registry/index.ts';
import { Archive } from '../../store/archive/archive.ts';
import { LocalSegments } from '../../store/archive/segment-store.ts';
import { type TemporaryStore, temporaryStore } from '../temporary-store.ts';
import { testRuleset } from '../test-ruleset.ts';
import { TEST_SEALING } from '../test-sealing.ts';

/** Sites by host: what their home page says. `old` has nothing new, `new` was updated the day before, `gone` is a bare page. */
const SITES = [
  ['4301000001', '长沙一', '长沙市', 'old'],
  ['4301000002', '长沙二', '长沙市', 'new'],
  ['4306000001', '岳阳一', '岳阳市', 'old'],
  ['4306000002', '岳阳二', '岳阳县', 'old'],
] as const;
const ACCOUNTS = [
  ['头条号', '长沙发布', 'cs', '长沙市', '2020-08-01'],
  ['头条号', '岳阳发布', 'yy', '岳阳市', '2020-09-16'],
] as const;

/** A small register on a web of its own, and the API over it. */
export interface SmallProvince {
  readonly deps: InspectionDeps;
  readonly app: HttpServer;
  readonly runner: RoundRunner;
  readonly web: SmallWeb;
  /** Ids of units by name. */
  readonly units: ReadonlyMap<string, number>;
  /** A runner as a server that starts anew has it. */
  restart(): RoundRunner;
  remove(): Promise<void>;
}

/** The body of POST /rounds for this province. */
export const newRound = (web: SmallWeb, period = '2020Q3') => ({
  period,
  window: ['2020-07-07', '2020-09-17'],
  at: '2020-09-17',
  ruleset: 'hunan-2020',
  coverage: { sites: { mode: 'census' }, accounts: { mode: 'census' } },
  clock: 'replay',
  resolve: [`*=127.0.0.1:${web.port}`],
});

/** `actorOf` tells who asks by the header `x-actor`; nobody of that name is signed in: 401. */
export async function smallProvince(
  actorOf: (name: string, units: ReadonlyMap<string, number>) => Actor | undefined,
): Promise<SmallProvince> {
  const opened = await temporaryStore();
  const { store } = opened;
  const web = await serveWeb();
  await register(opened);
  const units = new Map((await listUnits(store.db)).map(({ id, name }) => [name, id]));
  const archive = await Archive.open({
    store,
    segments: new LocalSegments(join(opened.folder, 'evidence')),
    now: () => new Date().toISOString(),
  });
  const jobs = new LazyQueue(store);
  const deps: InspectionDeps = {
    ...{ store, archive, jobs, sealing: TEST_SEALING, progress: new ProgressHub() },
    userAgent: 'Xunjian test',
    loadRuleset: async (id) => testRuleset(id as 'hunan-2020'),
  };
  const identify: Identify = async ({ headers }) =>
    actorOf(decodeURIComponent(String(headers['x-actor'] ?? '')), units) ?? null;
  const app = await createApp(identify);
  const runners = [new RoundRunner(deps)];
  registerInspectionRoutes(app, {
    ...deps,
    runner: runners[0]!,
    contestDesk: contestDesk(await readPolicy('policies/rectification.json')),
  });
  return {
    ...{ deps, app, web, units, runner: runners[0]! },
    restart: () => {
      const runner = new RoundRunner(deps);
      runners.push(runner);
      return runner;
    },
    remove: async () => {
      await web.open();
      await Promise.all(runners.map((runner) => runner.stop()));
      await app.close();
      await jobs.close();
      await archive.close();
      web.close();
      await opened.remove();
    },
  };
}

async function register({ store }: TemporaryStore): Promise<void> {
  const tables: [string, string[][]][] = [
    [
      '单位.csv',
      [
        ['名称', '上级', '通报行'],
        ['甲省', '', ''],
        ['长沙市', '甲省', '长沙市'],
        ['岳阳市', '甲省', '岳阳市'],
        ['岳阳县', '岳阳市', ''],
      ],
    ],
    [
      '网站.csv',
      [
        ['网站标识码', '网站名称', '主办单位', '首页网址'],
        ...SITES.map(([code, name, unit]) => [code, name, unit, `http://s${code}.gov.cn/`]),
      ],
    ],
    [
      '新媒体.csv',
      [
        ['平台', '账号名称', '账号ID', '主办单位', '信源种类', '信源地址'],
        ...ACCOUNTS.map(([platform, name, id, unit]) => [
          ...[platform, name, id, unit, 'RSS', `http://feed-${id}.gov.cn/feed.xml`],
        ]),
      ],
    ],
  ];
  await importRegistry({ store, sealing: TEST_SEALING }, '测试', {
    files: tables.map(([name, rows]) => ({ name, bytes: writeCsv(rows) })),
    dryRun: false,
    today: '2020-07-01',
  });
}

/** The web of the province on loopback. Shut, it leaves what it is asked unanswered. */
export interface SmallWeb {
  readonly port: number;
  /** Requests answered so far, of hosts whose name begins so. */
  answered(host?: string): number;
  /** Shuts at the request after `count` more answers; resolves when that has come. */
  shutAfter(count: number): Promise<void>;
  /** Open again; resolves when what was on the wire from before has arrived: its askers are gone, but it is counted. */
  open(): Promise<void>;
  /** From now on this site's home page was updated yesterday. */
  renew(siteCode: string): void;
  close(): void;
}

async function serveWeb(): Promise<SmallWeb> {
  const asked: string[] = [];
  const renewed = new Set<string>();
  let left = Number.POSITIVE_INFINITY;
  let onShut: () => void = () => undefined;
  const server = createServer((incoming, answer) => {
    const host = (incoming.headers.host ?? '').replace(/:\d+$/, '');
    if (left <= 0) return onShut();
    left -= 1;
    asked.push(host);
    if (host.startsWith('feed-')) return sendFeed(answer, host);
    const code = host.replace(/^s|\.gov\.cn$/g, '');
    const site = SITES.find(([each]) => each === code);
    const isNew = renewed.has(code) || site?.[3] === 'new';
    sendHome(answer, incoming.url ?? '/', site?.[1] ?? '', isNew ? '2020-09-16' : '2020-08-01');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    port,
    answered: (host = '') => asked.filter((each) => each.startsWith(host)).length,
    shutAfter: (count) => {
      left = count;
      return new Promise((resolve) => {
        onShut = resolve;
      });
    },
    open: async () => {
      left = Number.POSITIVE_INFINITY;
      for (let time = 0; time < ROUND_TRIPS; time += 1)
        await fetch(`http://127.0.0.1:${port}/`).then((answer) => answer.text());
    },
    renew: (code) => void renewed.add(code),
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** A request that comes after others on other connections is answered after them, at the latest the second time. */
const ROUND_TRIPS = 2;

const ITEMS = 6;

function sendHome(answer: ServerResponse, path: string, name: string, date: string): void {
  answer.setHeader('content-type', 'text/html; charset=utf-8');
  const items = Array.from(
    { length: ITEMS },
    (_, index) =>
      `<li><a href="/a/${index}.html">关于开展第${index + 1}次检查工作的通知</a><span>${date}</span></li>`,
  );
  const article = `<h1>关于开展检查工作的通知</h1><p>发布时间：${date}</p><p>${'各单位要认真组织实施。'.repeat(20)}</p>`;
  const list = `<div class="list"><h2><a href="/tzgg/">通知公告</a></h2><ul>${items.join('')}</ul></div>`;
  answer.end(
    `<!doctype html><html><head><title>${name}</title></head><body>${path.startsWith('/a/') ? article : list}</body></html>`,
  );
}

function sendFeed(answer: ServerResponse, host: string): void {
  const account = ACCOUNTS.find(([, , id]) => host === `feed-${id}.gov.cn`);
  answer.setHeader('content-type', 'application/rss+xml; charset=utf-8');
  answer.end(
    `<?xml version="1.0"?><rss version="2.0"><channel><title>${account?.[1]}</title><link>http://${host}/</link><description>x</description><item><title>消息</title><link>http://${host}/1</link><pubDate>${new Date(`${account?.[4]}T02:00:00Z`).toUTCString()}</pubDate></item></channel></rss>`,
  );
}
