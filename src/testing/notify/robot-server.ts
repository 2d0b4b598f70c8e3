import { createHmac } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { startServer, type TestServer } from '../servers/start-server.ts';

export type RobotName = 'wecom' | 'dingtalk' | 'feishu';

/** What the platforms publish of their group robots, refusing as they do: in HTTP 200, with their codes. */
export interface RobotServer extends AsyncDisposable {
  readonly url: string;
  /** Texts that reached the group, by robot. */
  readonly said: readonly { readonly robot: RobotName; readonly text: string }[];
  /** Calls that were refused as too fast. */
  readonly tooFast: () => number;
}

const PER_MINUTE = 20;
const MINUTE_MS = 60_000;
/** DingTalk is deaf for ten minutes after too many. */
const DEAF_MS = 600_000;
const HOUR_MS = 3_600_000;
export const ROBOT_SECRET = 'SEC-of-the-robot';

/** Starts the three robots under one address: `/wecom?key=k`, `/dingtalk?access_token=t`, `/feishu/hook`. `now`: their clock, in milliseconds. */
export async function startRobots(now: () => number): Promise<RobotServer> {
  const said: { robot: RobotName; text: string }[] = [];
  const taken = new Map<RobotName, number[]>();
  let [deafUntil, refused] = [0, 0];
  const isTooFast = (robot: RobotName): boolean => {
    const calls = (taken.get(robot) ?? []).filter((at) => at > now() - MINUTE_MS);
    taken.set(robot, [...calls, now()]);
    const tooFast = calls.length >= PER_MINUTE || (robot === 'dingtalk' && now() < deafUntil);
    if (!tooFast) return false;
    refused += 1;
    if (robot === 'dingtalk') deafUntil = now() + DEAF_MS;
    return true;
  };
  const robots: Record<RobotName, (url: URL, body: Record<string, unknown>) => object> = {
    wecom: (url, body) => {
      if (url.searchParams.get('key') !== 'k')
        return { errcode: 93000, errmsg: 'invalid webhook url' };
      if (isTooFast('wecom')) return { errcode: 45009, errmsg: 'api freq out of limit' };
      const text = textOf(body.text, 'content');
      if (Buffer.byteLength(text) > 2048) return { errcode: 40058, errmsg: 'content too long' };
      said.push({ robot: 'wecom', text });
      return { errcode: 0, errmsg: 'ok' };
    },
    dingtalk: (url, body) => {
      if (url.searchParams.get('access_token') !== 't')
        return { errcode: 300001, errmsg: 'token is not exist' };
      const timestamp = url.searchParams.get('timestamp') ?? '';
      const sign = createHmac('sha256', ROBOT_SECRET).update(`${timestamp}\n${ROBOT_SECRET}`);
      const isLate = Math.abs(now() - Number(timestamp)) > HOUR_MS;
      if (isLate || url.searchParams.get('sign') !== sign.digest('base64'))
        return { errcode: 310000, errmsg: 'sign not match' };
      if (isTooFast('dingtalk'))
        return { errcode: 130101, errmsg: 'send too fast, exceed 20 times per minute' };
      said.push({ robot: 'dingtalk', text: textOf(body.text, 'content') });
      return { errcode: 0, errmsg: 'ok' };
    },
    feishu: (_url, body) => {
      const timestamp = String(body.timestamp ?? '');
      const sign = createHmac('sha256', `${timestamp}\n${ROBOT_SECRET}`).digest('base64');
      const isLate = Math.abs(now() / 1000 - Number(timestamp)) > 3_600;
      if (isLate || body.sign !== sign)
        return { code: 19021, msg: 'sign match fail or timestamp is not within one hour' };
      if (isTooFast('feishu')) return { code: 11232, msg: 'frequency limited' };
      said.push({ robot: 'feishu', text: textOf(body.content, 'text') });
      return { StatusCode: 0, StatusMessage: 'success', code: 0, data: {}, msg: 'success' };
    },
  };
  const server: TestServer = await startServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://robots.test');
      const answer = robots[url.pathname.split('/')[1] as RobotName];
      const body = JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>;
      answerJson(response, answer(url, body));
    });
  });
  return {
    ...{ url: server.url, said, tooFast: () => refused },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

function answerJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

const textOf = (holder: unknown, name: string): string =>
  String((holder as Record<string, unknown> | undefined)?.[name] ?? '');
