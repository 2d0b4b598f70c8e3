/**
 * The three families of thrown errors (DESIGN §3). What the outside world does is data, never one of these.
 */

export interface UserErrorDetails {
  readonly field?: string;
  readonly family?: 'input' | 'state';
  readonly details?: readonly string[];
  readonly cause?: unknown;
}

/** The caller can put it right: bad input, not found, conflict. `message` is Chinese and says what to do next. */
export class UserError extends Error {
  override readonly name = 'UserError';
  readonly code: string;
  readonly field: string | undefined;
  /** `input`: what was given is wrong (exit 2); `state`: it is right, but not possible now (exit 1, HTTP 409). */
  readonly family: 'input' | 'state';
  /** Several complaints about one input (for example one per faulty row), in input order. */
  readonly details: readonly string[];
  constructor(code: string, message: string, more: UserErrorDetails = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.code = code;
    this.family = more.family ?? 'input';
    this.field = more.field;
    this.details = more.details ?? [];
  }
}

/** A retry may help: throttled, lock lost, upstream down. The type is the retry policy. */
export class TransientError extends Error {
  override readonly name = 'TransientError';
  readonly code: string;
  readonly retryAfterMs: number | undefined;
  constructor(
    code: string,
    message: string,
    more: { retryAfterMs?: number; cause?: unknown } = {},
  ) {
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
