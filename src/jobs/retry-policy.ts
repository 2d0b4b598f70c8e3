import { TransientError, UserError } from '../lib/pure/errors.ts';

/** Tries of a job whose errors may pass; with growing pauses that is about ten minutes. */
const TRANSIENT_TRIES = 20;
/** Tries of a job that fails for a reason nobody foresaw: once more, in case it was the moment. */
const DEFECT_TRIES = 2;

export type Decision = 'retry' | 'give-up';

/** Whether a failed job is tried again: the type of its error is the policy (DESIGN §3). `tried` counts from 1. */
export function decideRetry(error: unknown, tried: number): Decision {
  if (error instanceof UserError) return 'give-up';
  const limit = error instanceof TransientError ? TRANSIENT_TRIES : DEFECT_TRIES;
  return tried < limit ? 'retry' : 'give-up';
}
