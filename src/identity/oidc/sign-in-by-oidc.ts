import { UserError } from '../../lib/pure/errors.ts';
import { recordAudit } from '../audit/record-audit.ts';
import { type IdentityDeps, identityDb } from '../identity-db.ts';
import { assertAddressMayTry, type Caller, locked, openSession, requireCode } from '../sign-in.ts';
import { findUser } from '../user.repository.ts';
import { isLocked, signatureOf, type User } from '../user.ts';
import {
  type Attempt,
  deleteAttempt,
  findOwed,
  insertAttempt,
  takeAttempt,
} from './attempt.repository.ts';
import { findIdentity, touchIdentity } from './external-identity.repository.ts';
import type { ExternalPerson, IdentityProvider } from './identity-provider.ts';
import { audited, linkIdentity } from './link-identity.ts';
import { refuseOidc } from './refuse-oidc.ts';

export interface OidcDeps extends IdentityDeps {
  /** Null: not switched on. */
  readonly oidc: IdentityProvider | null;
}

/** How the way back from the provider ends: signed in, a second factor owed, or linked. */
export type Outcome =
  | { readonly kind: 'signed-in'; readonly session: string; readonly returnTo: string }
  | { readonly kind: 'code'; readonly owed: string; readonly returnTo: string }
  | { readonly kind: 'linked' };

const requireProvider = ({ oidc }: OidcDeps): IdentityProvider => {
  if (oidc === null) throw refuseOidc('oidc.off');
  return oidc;
};

/** Where to send the browser, and the secret that it must bring back. `linking`: the session that wants its user linked. */
export async function startOidc(
  deps: OidcDeps,
  given: {
    readonly address: string;
    readonly redirectUri: string;
    readonly returnTo: string;
    readonly linking: { readonly userId: number; readonly id: number } | null;
  },
): Promise<{ url: URL; secret: string }> {
  const provider = requireProvider(deps);
  const db = identityDb(deps.store.db);
  await assertAddressMayTry(deps, db, given.address, deps.now());
  const { url, secrets } = await provider.begin(given.redirectUri);
  const secret = await deps.store.transaction((trx) =>
    insertAttempt(identityDb(trx), deps, {
      purpose: given.linking === null ? 'sign-in' : 'link',
      userId: given.linking?.userId ?? null,
      sessionId: given.linking?.id ?? null,
      returnTo: given.returnTo,
      secrets,
    }),
  );
  return { url, secret };
}

/**
 * The provider's answer: `callback` is our address with its query, `secret` what the browser brought. Uses the attempt up
 * whatever comes of it. Throws UserError `oidc.…` and `identity.locked`.
 */
export async function finishOidc(
  deps: OidcDeps,
  given: { readonly callback: URL; readonly secret: string; readonly caller: Caller },
): Promise<Outcome> {
  const provider = requireProvider(deps);
  const db = identityDb(deps.store.db);
  await assertAddressMayTry(deps, db, given.caller.address, deps.now());
  const [state, ...more] = given.callback.searchParams.getAll('state');
  const attempt =
    state === undefined || more.length > 0
      ? null
      : await takeAttempt(db, deps, given.secret, state);
  if (attempt === null || attempt.secrets === null) throw refuseOidc('oidc.state');
  const isLink = attempt.purpose === 'link';
  let person: ExternalPerson | null = null;
  try {
    person = await provider.finish(given.callback, attempt.secrets, isLink);
    if (!isLink) return await enter(deps, attempt, person, given.caller);
    await linkIdentity(deps, attempt.userId ?? 0, person);
    return { kind: 'linked' };
  } catch (error) {
    await recordRefusal(deps, error, attempt, person);
    throw error;
  }
}

async function enter(
  deps: OidcDeps,
  attempt: Attempt,
  person: ExternalPerson,
  caller: Caller,
): Promise<Outcome> {
  const db = identityDb(deps.store.db);
  const identity = await findIdentity(db, person);
  const user = identity === null ? null : await findUser(db, identity.userId);
  if (user === null) throw refuseOidc('oidc.unlinked');
  assertMayEnter(deps, user);
  const { returnTo } = attempt;
  if (user.totpState === 'on') {
    const owed = await deps.store.transaction((trx) =>
      insertAttempt(identityDb(trx), deps, {
        ...{ purpose: 'code', userId: user.id, sessionId: null, returnTo, secrets: null },
      }),
    );
    return { kind: 'code', owed, returnTo };
  }
  return { kind: 'signed-in', session: await open(deps, user, caller, false), returnTo };
}

function assertMayEnter({ now }: OidcDeps, user: User): void {
  if (user.state !== 'active') throw refuseOidc('oidc.disabled');
  if (isLocked(user, now().toISOString())) throw locked(user.lockedUntil!, now());
}

/** The second factor after the provider; returns the session's secret. Throws `oidc.state`, `identity.code`, `identity.locked`. */
export async function finishByCode(
  deps: OidcDeps,
  given: { readonly secret: string; readonly code: string; readonly caller: Caller },
): Promise<string> {
  const db = identityDb(deps.store.db);
  await assertAddressMayTry(deps, db, given.caller.address, deps.now());
  const userId = await findOwed(db, deps, given.secret);
  const user = userId === null ? null : await findUser(db, userId);
  if (user === null) throw refuseOidc('oidc.state');
  assertMayEnter(deps, user);
  const { address } = given.caller;
  await requireCode(deps, user, { code: given.code, address, login: user.login });
  await deleteAttempt(db, given.secret);
  return open(deps, user, given.caller, true);
}

async function open(
  deps: OidcDeps,
  user: User,
  caller: Caller,
  secondFactor: boolean,
): Promise<string> {
  await touchIdentity(identityDb(deps.store.db), user.id, deps.now().toISOString());
  return openSession(deps, user, caller, { secondFactor, by: 'oidc' });
}

/** Into the trail goes who was refused, or that somebody was whose answer did not pass; each has spent an attempt. */
async function recordRefusal(
  { store }: OidcDeps,
  error: unknown,
  { purpose, userId }: Attempt,
  person: ExternalPerson | null,
): Promise<void> {
  if (!(error instanceof UserError)) return;
  await store.transaction(async (trx) => {
    const db = identityDb(trx);
    const id = userId ?? (person && (await findIdentity(db, person))?.userId) ?? null;
    const user = id === null ? null : await findUser(db, id);
    await recordAudit(trx, {
      actor: user === null ? '统一身份登录' : signatureOf(user),
      action: purpose === 'link' ? 'identity.oidc-link-failed' : 'identity.sign-in-failed',
      ...(user === null ? {} : { subject: `user:${user.id}` }),
      detail: { by: 'oidc', code: error.code, ...(person && { external: audited(person) }) },
    });
  });
}
