import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createOutput } from '../../src/cli/output.ts';
import type { AppDeps } from '../../src/main/app-deps.ts';
import { executeInServer } from '../../src/main/execute-call.ts';
import { planProvince } from '../../src/testing/province/plan/plan-province.ts';
import { readCase } from '../../src/testing/province/read-case.ts';
import { serveProvince } from '../../src/testing/province/serve-province.ts';
import { writeFiles } from '../../src/testing/province/write-files.ts';
import {
  confirmEverything,
  freezeReviewed,
  registerTwoCities,
  reviewingRound,
} from '../../src/testing/rounds/reviewing-round.ts';
import { surveyedSites } from '../../src/testing/rounds/surveyed-sites.ts';
import { ROOT } from '../../tools/source-files.ts';

/** Puts something into an office before it opens. `folder` is its data folder. */
export type Fill = (deps: AppDeps, folder: string) => Promise<void>;

export const PERIOD = '2020Q3';
/** A round that was done on time, reviewed by two and frozen: its bulletin can be signed. */
export const FORMER = '2020Q1';

/** An office on its first day. */
export const nothing: Fill = async () => undefined;

/** A handful of subjects of two cities under review, judged without being gathered. */
export const twoCities: Fill = async ({ store }) => {
  await registerTwoCities(store);
  await reviewingRound(store, PERIOD);
};

/** The simulated web of test/cases/console-2020q3.json, and the files that its office holds. */
export class SmallWeb {
  readonly folder: string;
  readonly #server: Server;

  private constructor(folder: string, server: Server) {
    this.folder = folder;
    this.#server = server;
  }

  static async serve(folder: string): Promise<SmallWeb> {
    const text = readFileSync(join(ROOT, 'test/cases/console-2020q3.json'), 'utf8');
    const plan = planProvince(readCase(text));
    await writeFiles(plan, folder);
    const server = serveProvince(plan).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new SmallWeb(folder, server);
  }

  /** What the rounds of a simulated web are told, so that they ask nobody else. */
  get resolve(): string {
    return `*.province.test=127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }
}

/** A register, a round gathered from the simulated web and under review, and an earlier one that was frozen. */
export const inspectedProvince: Fill = async (deps, folder) => {
  const web = await SmallWeb.serve(join(folder, 'files'));
  const [window, at] = ['2020-07-07..2020-09-17', '2020-09-17'];
  try {
    await command(deps, web.folder, 'registry import registry.xlsx');
    await command(deps, web.folder, 'observation import observations.csv');
    await command(deps, web.folder, 'round import-history history.json');
    await reviewingRound(deps.store, FORMER, {
      window: ['2020-01-06', '2020-03-16'],
      monitoredAt: '2020-03-16T15:59:59.999Z',
    });
    await confirmEverything(deps.store, FORMER);
    await freezeReviewed(deps.store, FORMER);
    await command(
      deps,
      web.folder,
      `round run --period ${PERIOD} --window ${window} --at ${at} --ruleset hunan-2020 --clock replay --resolve ${web.resolve}`,
    );
    // A round of a past period walks no site whole.
    await surveyedSites(deps.store, PERIOD);
  } finally {
    web.close();
  }
};

/** Runs a command of the contract as the machine's owner would; throws with what it said when it fails. */
export async function command(deps: AppDeps, cwd: string, line: string): Promise<void> {
  let said = '';
  const say = (text: string): void => {
    said += text;
  };
  const out = createOutput({ out: say, err: say, json: false, terminal: false });
  const call = { argv: line.split(' '), cwd, json: false, terminal: false };
  const exit = await executeInServer(deps, cwd, call, out, new AbortController().signal);
  if (exit !== 0) throw new Error(`xunjian ${line}\n${said}`);
}
