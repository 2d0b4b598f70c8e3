import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { UserError } from '../lib/pure/errors.ts';

/** Nobody is given more than a year of working days. */
const WORKDAYS_MAX = 250;
/** Reminders of one deadline: a unit that is told more often reads none of them. */
const CHASERS_MAX = 10;

const Workdays = z.int().min(1).max(WORKDAYS_MAX);
const ChaserDays = z
  .array(Workdays)
  .max(CHASERS_MAX)
  .refine((days) => new Set(days).size === days.length, '同一天写了两次');

/** How long units may object to what they are shown before publication (申辩), and the office has to answer. Days are working days. */
const ContestPolicy = z
  .strictObject({
    /** Before 〔2026〕1号. */
    numberPrefix: z.string().min(1).max(20),
    workdays: Workdays,
    chaseBefore: ChaserDays,
    answerWorkdays: Workdays,
    chaseAnswerBefore: ChaserDays,
    chaseAnswerAfter: ChaserDays,
  })
  .readonly();

/** What holds where an office's file says nothing of contests. */
const CONTEST = {
  ...{ numberPrefix: '申辩告知', workdays: 5, chaseBefore: [2] },
  ...{ answerWorkdays: 5, chaseAnswerBefore: [1], chaseAnswerAfter: [1, 3] },
};

/** How a province lets its units mend: data, versioned, kept with every case that was opened under it. Days are working days. */
const Policy = z
  .strictObject({
    id: z.string().min(1).max(100),
    version: z.int().min(1).max(1_000_000),
    /** Before 〔2026〕1号. */
    numberPrefix: z.string().min(1).max(20),
    /** Who signs the notices; empty = the unit at the top of the register. */
    issuer: z.string().max(60),
    deadlineWorkdays: Workdays,
    /** Reminders so many days before and after a deadline. */
    chaseBefore: ChaserDays,
    chaseAfter: ChaserDays,
    escalateAfter: Workdays,
    returnWorkdays: Workdays,
    /** Granted in the life of one case. */
    maxExtensions: z.int().min(0).max(20),
    maxExtensionWorkdays: Workdays,
    acknowledgeWorkdays: Workdays,
    /** Looks that a unit may ask for, a case and Shanghai day. */
    recheckOnDemandPerDay: z.int().min(0).max(50),
    /** Calendar days. */
    repeatWithinDays: z.int().min(1).max(3_660),
    /** Reminders after a deadline that were ignored in a row. */
    remindersIgnored: z.int().min(1).max(100),
    contest: ContestPolicy.default(CONTEST),
  })
  .readonly();
export type RectificationPolicy = z.infer<typeof Policy>;

/** Throws {@link UserError} `rectification.policy` naming what is wrong. */
export function parsePolicy(content: unknown): RectificationPolicy {
  const parsed = Policy.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new UserError('rectification.policy', '整改办法文件写法不对。', {
    details: parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`),
  });
}

/** Reads a policy file. Throws {@link UserError} `rectification.policy`. */
export async function readPolicy(file: string): Promise<RectificationPolicy> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new UserError('rectification.policy', `读不出整改办法文件 ${file}；请检查路径和写法。`, {
      cause: error,
    });
  }
  return parsePolicy(content);
}
