import { TransientError } from '../lib/pure/errors.ts';

/** A database error with PostgreSQL's SQLSTATE in `code`: the same shape from both databases. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  readonly code: string | null;
  readonly detail: string | null;
  constructor(message: string, code: string | null, detail: string | null, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.detail = detail;
  }
}

/**
 * The connection is gone, or the server is going, coming or full. SQLSTATE of PostgreSQL's appendix A; class 08 is matched
 * by its prefix.
 */
const LOST_STATES = new Set(['57P01', '57P02', '57P03', '53300']);
/** The network's own names (Node's `error.code`); ENOENT is a local socket whose server is stopped. */
const LOST_CODES = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'ENOENT'],
  ...['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'EAI_AGAIN'],
]);
/** What the driver says without any code when the socket ends under it, or no connection can be had in time. */
const LOST_WORDS =
  /^Connection terminated|^Client has encountered a connection error|^timeout (exceeded when trying to connect|expired)|^Client was closed/;
/** Two transactions in each other's way: the one that was ended may simply run again. */
const CONFLICT_STATES = new Set(['40001', '40P01', '55P03']);
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * What a PostgreSQL driver threw, in our families: {@link TransientError} `store.lost` (connection) or `store.conflict`
 * (another transaction), {@link DatabaseError} for what the statement itself did wrong. Anything else comes back as it is.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof TransientError) return error;
  const { code, detail } = error as Error & { code?: unknown; detail?: unknown };
  const name = typeof code === 'string' ? code : '';
  if (isLost(name, error.message)) {
    return new TransientError('store.lost', `数据库连接中断（${name || error.message}）`, {
      cause: error,
    });
  }
  if (CONFLICT_STATES.has(name)) {
    return new TransientError('store.conflict', `与另一个数据库事务冲突（${name}）`, {
      cause: error,
    });
  }
  if (!SQLSTATE.test(name)) return error;
  return new DatabaseError(error.message, name, typeof detail === 'string' ? detail : null, error);
}

function isLost(code: string, message: string): boolean {
  return (
    LOST_STATES.has(code) ||
    (code.startsWith('08') && SQLSTATE.test(code)) ||
    LOST_CODES.has(code) ||
    LOST_WORDS.test(message)
  );
}
