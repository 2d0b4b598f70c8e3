import process from 'node:process';
import { createInterface } from 'node:readline';
import { CrowdPlatforms } from '../../../src/testing/crowd/crowd-platforms.ts';
import { planCrowd } from '../../../src/testing/crowd/plan-crowd.ts';
import { startServer } from '../../../src/testing/servers/start-server.ts';

/** What the process says first. */
export interface CrowdReady {
  readonly port: number;
  readonly ticket: string;
  /** By AppID. */
  readonly refreshTokens: Readonly<Record<string, string>>;
}

/** What it answers to a line: `day` = the next day has come, `counts` = what was asked until now. */
export type CrowdAnswer =
  | { readonly ticket: string }
  | { readonly counts: Readonly<Record<string, number>> };

const DAY_MS = 86_400_000;

/** `serve-crowd.ts ACCOUNTS OFFSET`: the crowd's platforms, their clock `OFFSET` milliseconds beside the machine's. */
const [total, offset] = process.argv.slice(2).map(Number) as [number, number];
let shift = offset;
const platforms = new CrowdPlatforms(planCrowd(total), () => Date.now() + shift);
const say = (value: CrowdReady | CrowdAnswer): void => {
  process.stdout.write(`${JSON.stringify(value)}\n`);
};
const server = await startServer((request, response) => platforms.handle(request, response), {
  host: '0.0.0.0',
  keepsSeen: false,
});
const { ticket, refreshTokens } = platforms.authorised;
say({ port: server.port, ticket, refreshTokens: Object.fromEntries(refreshTokens) });
for await (const line of createInterface({ input: process.stdin })) {
  if (line === 'day') {
    shift += DAY_MS;
    say({ ticket: platforms.pushTicket() });
  } else say({ counts: Object.fromEntries(platforms.counts) });
}
await server[Symbol.asyncDispose]();
