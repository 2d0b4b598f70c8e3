import type { IncomingMessage, ServerResponse } from 'node:http';
import { servePlatform } from '../platform-call.ts';
import type { WechatSimulator } from './simulate-wechat.ts';

/** The simulator as the platform's web server: HTTP 200 whatever it says, and a Content-Type of its own spelling. */
export const wechatHandler = (
  simulator: Pick<WechatSimulator, 'answer'>,
): ((request: IncomingMessage, response: ServerResponse) => void) =>
  servePlatform({
    answer: (call) => ({
      status: 200,
      type: 'application/json; encoding=utf-8',
      body: simulator.answer({ ...call, address: call.address ?? '' }),
    }),
  });
