import { z } from 'zod';

/** Every refusal in one shape; `code` is stable, `message` is for people and says what to do next. */
export const Problem = z
  .object({
    code: z.string(),
    message: z.string(),
    details: z.array(z.string()),
    field: z.string().optional(),
    requestId: z.string(),
  })
  .meta({
    id: 'Problem',
    description: '请求没有成功：code 不变，message 给人看，requestId 用来查日志',
    example: {
      code: 'round.unknown',
      message: '没有 2020Q5 这个批次。',
      details: [],
      requestId: '0f8f6a5e-6f55-4f0e-9a52-2b1b6b0a4a11',
    },
  });

/** The refusals that any route behind the gate may give; a route spreads it into its `response`. */
export const REFUSALS = { 400: Problem, 401: Problem, 403: Problem, 429: Problem } as const;
/** A browser is sent on: to the address in `location`. */
export const SENT_ON = { 303: z.null().describe('转到 location 里的地址') } as const;
/** What was asked is done, and there is nothing to tell. */
export const DONE = { 204: z.null().describe('做好了，没有内容') } as const;

/** …and those of a route about one thing that may not exist or not be in the right state. */
export const REFUSALS_OF_ONE = { ...REFUSALS, 404: Problem, 409: Problem } as const;
