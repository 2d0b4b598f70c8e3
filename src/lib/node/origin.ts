import { AsyncLocalStorage } from 'node:async_hooks';

/** Where a change came from: what the audit trail tells besides the actor's name. */
export interface Origin {
  readonly userId: number | null;
  /** Address of the caller; null for the command line. */
  readonly address: string | null;
  readonly requestId: string | null;
}

const LOCAL: Origin = { userId: null, address: null, requestId: null };
const current = new AsyncLocalStorage<Origin>();

/** Runs `work`; everything that it changes, however deep, is recorded as coming from `origin`. */
export function withOrigin<T>(origin: Origin, work: () => T): T {
  return current.run(origin, work);
}

/** The origin of what runs now; the command line's when nothing else was said. */
export function originNow(): Origin {
  return current.getStore() ?? LOCAL;
}
