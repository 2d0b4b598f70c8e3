import type { z } from 'zod';

/** What a running job may look at. */
export interface JobContext {
  /** Aborted when the worker stops: the job ends soon and is handed back. */
  readonly signal: AbortSignal;
}

/** A kind of job: its payload (ids only), how many one process runs at once, and what to do. Safe to run twice. */
export interface JobDefinition<P extends object = object> {
  /** Lower-case words joined by hyphens: the queue's name. */
  readonly name: string;
  readonly payload: z.ZodType<P>;
  readonly atOnce: number;
  /** A job that runs longer counts as lost and is given to another worker; at most a day. */
  readonly expireSeconds: number;
  /** Throws: `TransientError` = try again later, `UserError` = no use, anything else = a few more tries. */
  run(payload: P, context: JobContext): Promise<void>;
  /** The job will not be tried again; `reason` is Chinese where the error was. */
  gaveUp(payload: P, reason: string): Promise<void>;
}

/** A job to be put into the queue; while one of the same key is there or running, it is not put in twice. */
export interface NewJob<P extends object> {
  readonly key: string;
  readonly payload: P;
  /** Not before this instant. */
  readonly startAfter?: string;
}
