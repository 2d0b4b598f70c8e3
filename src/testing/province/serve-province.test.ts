import { once } from 'node:events';
import type { Server } from 'node:http';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFetcher, type Fetcher } from '../../lib/node/http/create-fetcher.ts';
import { parseResolveRule } from '../../lib/node/http/resolve-rule.ts';
import { judgeAccount } from './judge-account.ts';
import { planProvince } from './plan/plan-province.ts';
import type { PlannedAccount, ProvincePlan } from './plan/province-plan.ts';
import { serveProvince } from './serve-province.ts';
import { CASE_NAMES, type CaseName, caseOf } from './test-cases.ts';

class Served {
  readonly plan: ProvincePlan;
  readonly fetcher: Fetcher;
  readonly port: number;
  readonly #server: Server;

  private constructor(plan: ProvincePlan, server: Server) {
    this.plan = plan;
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    const resolve = [parseResolveRule(`*.province.test=127.0.0.1:${this.port}`)];
    const now = () => new Date().toISOString();
    this.fetcher = createFetcher({ userAgent: 'test', resolve, pacePerAddressMs: 0, now });
  }

  static async open(name: CaseName): Promise<Served> {
    const plan = planProvince(caseOf(name));
    const server = serveProvince(plan);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Served(plan, server);
  }

  /** Asks plainly, as anyone might. */
  ask(host: string, path: string, method = 'GET'): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const call = request({
        port: this.port,
        host: '127.0.0.1',
        path,
        method,
        headers: { host },
        agent: false,
      });
      call.on('error', reject).on('response', (answer) => {
        let body = '';
        answer.setEncoding('latin1').on('data', (text: string) => (body += text));
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }));
      });
      call.end();
    });
  }

  async close(): Promise<void> {
    await this.fetcher.close();
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** Judges many accounts, some at a time. */
async function judgeAll(
  { plan, fetcher }: Served,
  accounts: readonly PlannedAccount[],
): Promise<string[]> {
  const queue = [...accounts];
  const wrong: string[] = [];
  const work = async (): Promise<void> => {
    for (let account = queue.shift(); account; account = queue.shift()) {
      const { breached, undetermined } = await judgeAccount(account, plan.monitoredOn, fetcher);
      const isRight = account.trapped
        ? undetermined.length > 0
        : undetermined.length === 0 &&
          [...breached].sort().join() === [...account.rules].sort().join();
      if (!isRight)
        wrong.push(`${account.row} ${account.name} ${breached.join()} ${undetermined.join()}`);
    }
  };
  await Promise.all(Array.from({ length: 16 }, work));
  return wrong;
}

describe.each(CASE_NAMES)('accounts of %s, served and inspected', (name) => {
  let served: Served;
  beforeAll(async () => {
    served = await Served.open(name);
  });
  afterAll(() => served.close());

  it('are judged as the case says, healthy ones met, traps undetermined', async () => {
    const checked = served.plan.accounts.filter((account) => account.checked);
    // Of the large province every failing account, and every fourth of the others.
    const some = checked.filter(
      (each, at) => checked.length < 100 || each.rules.length > 0 || each.trapped || at % 4 === 0,
    );
    expect(await judgeAll(served, some)).toEqual([]);
  });

  it('show exactly the last update that the case gives', async () => {
    const source = caseOf(name);
    const failing = served.plan.accounts.filter((account) => account.rules.length > 0);
    const shown = await Promise.all(
      failing.map((each) => judgeAccount(each, served.plan.monitoredOn, served.fetcher)),
    );
    expect(shown.map((each) => each.lastUpdated)).toEqual(
      source.failingAccounts.map((each) => each.lastUpdated),
    );
  });
});

describe('hosts on one port', () => {
  let served: Served;
  beforeAll(async () => {
    served = await Served.open('rules');
  });
  afterAll(() => served.close());

  it('each site answers under its own name, whatever the port beside it', async () => {
    const site = served.plan.sites.find((each) => each.isPortal)!;
    const { host } = new URL(site.homeUrl);
    const [plain, withPort] = [
      await served.ask(host, '/'),
      await served.ask(`${host.toUpperCase()}:${served.port}`, '/'),
    ];
    expect([plain.status, withPort.status].every((status) => status < 400)).toBe(true);
  });

  it('a dead site fails by refusal, reset or a server error', async () => {
    const dead = served.plan.sites.find((site) => site.rules.includes('site.veto.unreachable'))!;
    const { host } = new URL(dead.homeUrl);
    const outcomes: (number | string)[] = [];
    for (let visit = 0; visit < 8; visit += 1) {
      outcomes.push(
        await served.ask(host, '/').then(
          ({ status }) => status,
          () => 'reset',
        ),
      );
    }
    expect(outcomes.some((outcome) => outcome === 'reset' || Number(outcome) >= 500)).toBe(true);
  });

  it.each([
    ['an unknown host', 'nobody.province.test', '/'],
    ['an unknown feed', 'feeds.province.test', '/nothing.xml'],
    ['an unknown guide', 'zwfw.province.test', '/site/1/'],
  ])('%s is not found', async (_name, host, path) => {
    expect((await served.ask(host, path)).status).toBe(404);
  });

  it('HEAD has no body', async () => {
    expect(await served.ask('zwfw.province.test', '/', 'HEAD')).toEqual({ status: 200, body: '' });
  });

  it('a suspended or closed site is served by nobody', async () => {
    const closed = served.plan.sites.filter((site) => site.status !== '正常');
    const answers = await Promise.all(
      closed.map((site) => served.ask(new URL(site.homeUrl).host, '/')),
    );
    expect(new Set(answers.map((answer) => answer.status))).toEqual(
      new Set(closed.length > 0 ? [404] : []),
    );
  });
});
