import { addDays, type Instant, shanghaiDate, startOfDay } from '../../lib/pure/dates.ts';
import type { SourceStanding } from './source-gathered.ts';

/** A platform's refusal, or no answer at all; `message` is the platform's without our secrets, or Chinese words of ours. */
export interface PlatformRefusal {
  readonly ok: false;
  readonly errcode: number;
  readonly message: string;
}

/** An answer that never came (network, time limit, no JSON) is given this code: no platform's own is negative. */
export const NO_ANSWER = -1000;
/** We did not ask: the calls that one visit may make were used up. */
export const NOT_ASKED = -1001;

/**
 * What a refusal means for the next steps:
 * `retry` at once, a few times · `refresh-token` a new token once, and the call once more · `reauthorise` the owner has to authorise
 * anew · `stop-owner` `stop-operations` of no use until one or the other mended it · `drop-capability` the interface is not granted ·
 * `park-hour` `park-day` not before the next hour or day (the platforms count by Beijing time) · `back-off` not for a minute ·
 * `defect` our request was wrong: never again unchanged.
 */
export type PlatformAction =
  | 'retry'
  | 'refresh-token'
  | 'reauthorise'
  | 'stop-owner'
  | 'stop-operations'
  | 'drop-capability'
  | 'park-hour'
  | 'park-day'
  | 'back-off'
  | 'defect';

export interface ErrorRule {
  readonly codes: readonly number[];
  readonly action: PlatformAction;
  /** Chinese: what it means, and who does what next. */
  readonly means: string;
  readonly next: string;
}

const HOUR_MS = 3_600_000;
const BACK_OFF_MS = 60_000;
/** A code that nobody knows yet may be anything: the source rests for a while, and operations are told. */
const UNKNOWN: ErrorRule = {
  codes: [],
  action: 'back-off',
  means: '平台返回了没有登记的错误码',
  next: '请运维人员查平台文档后补充处理办法',
};

export function ruleOf(rules: readonly ErrorRule[], errcode: number): ErrorRule {
  return rules.find(({ codes }) => codes.includes(errcode)) ?? UNKNOWN;
}

/** `微博接口拒绝（21327 expired_token）：授权已过期。请账号管理员重新授权。` */
export function wordRefusal(
  source: string,
  rules: readonly ErrorRule[],
  { errcode, message }: PlatformRefusal,
): string {
  const { means, next } = ruleOf(rules, errcode);
  const said = errcode <= NO_ANSWER ? message : `${errcode} ${message}`.trim();
  return `${source}没有给出数据（${said}）：${means}。${next}。`;
}

/** How the source stands after a refusal at `at`. */
export function standingOf(
  source: string,
  rules: readonly ErrorRule[],
  refusal: PlatformRefusal,
  at: Instant,
): SourceStanding {
  const { errcode } = refusal;
  const rule = ruleOf(rules, errcode);
  const alarm = (audience: 'owner' | 'operations') => ({
    errcode,
    audience,
    message: wordRefusal(source, rules, refusal),
  });
  switch (rule.action) {
    case 'refresh-token':
    case 'reauthorise':
      return { state: 'expired', parkUntil: null, alarm: alarm('owner') };
    case 'stop-owner':
      return { state: 'stopped', parkUntil: null, alarm: alarm('owner') };
    case 'stop-operations':
    case 'defect':
      return { state: 'stopped', parkUntil: null, alarm: alarm('operations') };
    case 'drop-capability':
      return { state: 'lacking', parkUntil: null, alarm: alarm('owner') };
    default: {
      const parkUntil = parkEnd(rule.action, at);
      return { state: 'waiting', parkUntil, alarm: rule === UNKNOWN ? alarm('operations') : null };
    }
  }
}

function parkEnd(action: PlatformAction, at: Instant): Instant {
  if (action === 'park-day') return startOfDay(addDays(shanghaiDate(at), 1));
  // Whole hours of Beijing time are whole hours of UTC.
  if (action === 'park-hour')
    return new Date((Math.floor(Date.parse(at) / HOUR_MS) + 1) * HOUR_MS).toISOString();
  return new Date(Date.parse(at) + BACK_OFF_MS).toISOString();
}
