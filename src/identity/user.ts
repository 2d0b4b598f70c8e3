import type { Role } from '../domain/actor.ts';
import type { Instant } from '../lib/pure/dates.ts';

/** A person who signs in, as stored. Instants are ISO text. */
export interface User {
  readonly id: number;
  readonly login: string;
  readonly name: string;
  readonly unitId: number | null;
  readonly unitName: string | null;
  /** Whether that unit has none above it. */
  readonly unitIsRoot: boolean;
  readonly roles: readonly Role[];
  readonly state: 'active' | 'disabled';
  readonly passwordHash: string | null;
  readonly formerHashes: readonly string[];
  readonly failures: number;
  readonly lockedUntil: Instant | null;
  readonly totpState: 'none' | 'pending' | 'on';
  readonly totpSecret: string | null;
  /** The last 30-second step whose code was used: no code counts twice. */
  readonly totpStep: number | null;
  readonly recoveryHashes: readonly string[];
  /** Whether an identity of the provider is linked to him. */
  readonly isLinked: boolean;
  readonly lastSignInAt: Instant | null;
  readonly createdAt: Instant;
}

/** As the audit trail and every review write him. */
export const signatureOf = (user: Pick<User, 'name' | 'login'>): string =>
  `${user.name}（${user.login}）`;

export const isLocked = (user: Pick<User, 'lockedUntil'>, now: Instant): boolean =>
  user.lockedUntil !== null && user.lockedUntil > now;

/** Limits of signing in, from the settings. */
export interface SignInPolicy {
  readonly passwordMin: number;
  /** Former passwords that may not come back. */
  readonly passwordsRemembered: number;
  readonly failuresMax: number;
  readonly lockMinutes: number;
  readonly idleMinutes: number;
  readonly sessionHours: number;
}

export const DEFAULT_POLICY: SignInPolicy = {
  passwordMin: 12,
  passwordsRemembered: 5,
  failuresMax: 5,
  lockMinutes: 15,
  idleMinutes: 30,
  sessionHours: 12,
};
