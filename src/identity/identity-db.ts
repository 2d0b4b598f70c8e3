import type { GeneratedAlways, Kysely } from 'kysely';
import type { Store } from '../store/store.ts';
import type { Keys } from './keys.ts';
import type { SignInPolicy } from './user.ts';

/** The identity feature's tables (migrations 0200, 0250); jsonb goes in as text and comes back parsed. */
export interface IdentityTables {
  app_user: {
    id: GeneratedAlways<number>;
    login: string;
    name: string;
    unit_id: number | null;
    roles: string;
    state: 'active' | 'disabled';
    password_hash: string | null;
    former_hashes: string;
    failures: number;
    locked_until: string | null;
    totp_state: 'none' | 'pending' | 'on';
    totp_secret: string | null;
    totp_step: number | null;
    recovery_hashes: string;
    last_sign_in_at: string | null;
    created_at: string;
  };
  session: {
    id: GeneratedAlways<number>;
    hash: string;
    user_id: number;
    csrf: string;
    second_factor: boolean;
    address: string;
    agent: string;
    created_at: string;
    seen_at: string;
    ends_at: string;
  };
  api_token: {
    id: GeneratedAlways<number>;
    user_id: number;
    name: string;
    prefix: string;
    hash: string;
    abilities: string;
    expires_at: string;
    used_at: string | null;
    created_at: string;
  };
  one_time_link: {
    hash: string;
    purpose: 'setup' | 'sign-in' | 'password';
    user_id: number | null;
    expires_at: string;
    used_at: string | null;
  };
  external_identity: {
    id: GeneratedAlways<number>;
    user_id: number;
    issuer: string;
    claim: string;
    subject: string;
    label: string;
    linked_at: string;
    used_at: string | null;
  };
  oidc_attempt: {
    hash: string;
    purpose: 'sign-in' | 'link' | 'code';
    state_hash: string | null;
    sealed: string;
    user_id: number | null;
    session_id: number | null;
    return_to: string;
    expires_at: string;
  };
  sign_in_failure: { address: string; failures: number; since: string };
  unit: { id: number; name: string; parent_id: number | null };
}

export type IdentityDb = Kysely<IdentityTables>;

/** Any handle of the store seen through identity's tables. */
export function identityDb<Tables>(db: Kysely<Tables>): IdentityDb {
  return db as unknown as IdentityDb;
}

/** What identity needs from the process. */
export interface IdentityDeps {
  readonly store: Store;
  readonly keys: Keys;
  readonly policy: SignInPolicy;
  readonly now: () => Date;
}
