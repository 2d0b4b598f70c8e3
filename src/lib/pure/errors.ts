/**
 * The three families of thrown errors (DESIGN §3). What the outside world does is data, never one of these.
 */

/** The caller can put it right: bad input, not found, conflict. `message` is Chinese and says what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly field: string | undefined;
  /** Several complaints about one input (for example one per faulty row), in input order. */
  readonly details: readonly string[];
  constructor(code: string, message: string, more: { field?: string; details?: readonly string[]; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.field = more.field;
    this.details = more.details ?? [];
  }
}

/** A retry may help: throttled, lock lost, upstream down. The type is the retry policy. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  constructor(code: string, message: string, more: { retryAfterMs?: number; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.retryAfterMs = more.retryAfterMs;
  }
}

/** A broken invariant of our own. Made only by {@link invariant}. */
export class Defect extends Error {
  override readonly name = 'Defect';
}

/** Throws a {@link Defect} naming `why` unless `condition` holds. */
export function invariant(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Defect(why);
}
