import { createHmac } from 'node:crypto';
import type { Fetcher } from '../lib/node/http/create-fetcher.ts';
import type { Secret } from '../lib/pure/secret.ts';
import { type OutgoingMessage, quoted, type SendOutcome } from './send-outcome.ts';
import { failureOf, POST_LIMITS } from './send-webhook.ts';

export const ROBOT_KINDS = ['wecom', 'dingtalk', 'feishu'] as const;
export type RobotKind = (typeof ROBOT_KINDS)[number];

/** A robot of a chat group: its address is its secret; DingTalk and Feishu may also want a signature. */
export interface Robot {
  readonly kind: RobotKind;
  readonly url: Secret;
  readonly signing: Secret | null;
}

interface RobotRules {
  /** UTF-8 bytes of one text. */
  readonly bytesMax: number;
  /** How long it takes nothing after too many. */
  readonly pauseMs: number;
  request(robot: Robot, text: string, now: Date): { url: string; body: object };
  /** The code inside an answer of HTTP 200; 0 = taken; undefined = unreadable. */
  code(answer: Record<string, unknown>): unknown;
  readonly tooFast: readonly number[];
  /** Wrong address, key or rule of the group: a person has to mend it. */
  readonly misconfigured: readonly number[];
}

const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;
const textBody = (content: string): object => ({ msgtype: 'text', text: { content } });

/** Sources: developer.work.weixin.qq.com/document/path/91770, open.dingtalk.com (custom robot), open.feishu.cn (custom bot); as of 2026. */
const RULES: Readonly<Record<RobotKind, RobotRules>> = {
  wecom: {
    ...{ bytesMax: 2_048, pauseMs: 60_000, tooFast: [45_009], misconfigured: [93_000, 93_008] },
    request: ({ url }, text) => ({ url: url.reveal(), body: textBody(text) }),
    code: ({ errcode }) => errcode,
  },
  dingtalk: {
    ...{ bytesMax: 18_000, pauseMs: 600_000, tooFast: [130_101] },
    misconfigured: [310_000, 300_001, 400_101, 400_102, 400_013],
    request: ({ url, signing }, text, now) => {
      const address = new URL(url.reveal());
      if (signing !== null) {
        const timestamp = String(now.getTime());
        address.searchParams.set('timestamp', timestamp);
        address.searchParams.set('sign', dingtalkSign(signing, timestamp));
      }
      return { url: address.href, body: textBody(text) };
    },
    code: ({ errcode }) => errcode,
  },
  feishu: {
    ...{ bytesMax: 18_000, pauseMs: 60_000, tooFast: [11_232] },
    misconfigured: [19_001, 19_021, 19_022, 19_024],
    request: ({ url, signing }, text, now) => {
      const timestamp = String(Math.floor(now.getTime() / 1000));
      const signed = signing && { timestamp, sign: feishuSign(signing, timestamp) };
      return { url: url.reveal(), body: { ...signed, msg_type: 'text', content: { text } } };
    },
    code: ({ code, StatusCode }) => code ?? StatusCode,
  },
};

/** Base64 of HMAC-SHA256 over `<milliseconds>\n<secret>` with the secret as key. */
export const dingtalkSign = (secret: Secret, timestamp: string): string =>
  createHmac('sha256', secret.reveal()).update(`${timestamp}\n${secret.reveal()}`).digest('base64');

/** Base64 of HMAC-SHA256 over nothing, with `<seconds>\n<secret>` as key. */
export const feishuSign = (secret: Secret, timestamp: string): string =>
  createHmac('sha256', `${timestamp}\n${secret.reveal()}`).digest('base64');

/** Says one message in a group. Never throws for what the platform does; it refuses inside of HTTP 200. */
export async function sendRobot(
  fetcher: Fetcher,
  robot: Robot,
  { title, text }: OutgoingMessage,
  now: Date,
): Promise<SendOutcome> {
  const rules = RULES[robot.kind];
  const { url, body } = rules.request(robot, cutBytes(`${title}\n${text}`, rules.bytesMax), now);
  const result = await fetcher.fetch(url, {
    ...POST_LIMITS,
    ...{ method: 'POST', body: Buffer.from(JSON.stringify(body)) },
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
  const failed = failureOf(result);
  if (failed !== null || result.kind === 'error') return failed!;
  const answer = Buffer.from(result.body).toString('utf8');
  const code = numberOf(rules.code(recordOf(answer)));
  const words = quoted(answer);
  if (code === undefined) return { kind: 'uncertain', code: 'unreadable', words };
  if (code === 0) return { kind: 'sent', code: '0', words };
  if (rules.tooFast.includes(code))
    return { ...retry(code, words), scope: 'channel', afterMs: rules.pauseMs };
  if (code === -1) return { ...retry(code, words), scope: 'message' };
  if (rules.misconfigured.includes(code)) return { ...retry(code, words), scope: 'channel' };
  return { kind: 'refused', code: String(code), words };
}

const retry = (code: number, words: string) =>
  ({ kind: 'retry', code: String(code), words }) as const;

function recordOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const MORE = '……';

/** At most so many bytes of UTF-8, never half a character. */
export function cutBytes(text: string, max: number): string {
  const bytes = Buffer.from(text);
  if (bytes.byteLength <= max) return text;
  const kept = bytes.subarray(0, max - Buffer.byteLength(MORE)).toString('utf8');
  return `${kept.replace(/\ufffd$/, '')}${MORE}`;
}
