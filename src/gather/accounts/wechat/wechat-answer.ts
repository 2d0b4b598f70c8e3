import type { PlatformAnswer } from '../json-exchange.ts';
import type { PlatformRefusal } from '../platform-errors.ts';

export { NO_ANSWER, NOT_ASKED } from '../platform-errors.ts';

/** What an interface said: data, a refusal with the platform's errcode, or no answer. */
export type WechatAnswer = PlatformAnswer;
export type WechatRefusal = PlatformRefusal;

export const refusal = (errcode: number, message: string): WechatRefusal => ({
  ok: false,
  errcode,
  message,
});
