import { randomBytes } from 'node:crypto';
import { generateSecret, generateURI, verifySync } from 'otplib';
import QRCode from 'qrcode';
import { UserError } from '../lib/pure/errors.ts';
import { recordAudit } from './audit/record-audit.ts';
import { type IdentityDb, type IdentityDeps, identityDb } from './identity-db.ts';
import { hashOf } from './keys.ts';
import { requireUser, updateUser } from './user.repository.ts';
import { signatureOf, type User } from './user.ts';

const ISSUER = '巡鉴';
const PURPOSE = 'totp';
/** RFC 6238: 30-second steps; one step of a slow clock is forgiven. */
const STEP_SECONDS = 30;
const RECOVERY_CODES = 10;

/** What is shown once to set up an authenticator. */
export interface SecondFactorOffer {
  readonly secret: string;
  readonly otpauth: string;
  readonly qrSvg: string;
}

/** Begins: a new secret waits until a code of it is shown. Throws `identity.totp-on` when there is one already. */
export async function offerSecondFactor(
  deps: IdentityDeps,
  user: User,
): Promise<SecondFactorOffer> {
  if (user.totpState === 'on')
    throw new UserError('identity.totp-on', '两步验证已经开启；换手机请先关闭再开。', {
      family: 'state',
    });
  const secret = generateSecret();
  const otpauth = generateURI({ issuer: ISSUER, label: user.login, secret });
  await deps.store.transaction(async (trx) => {
    await updateUser(identityDb(trx), user.id, {
      totp_state: 'pending',
      totp_secret: deps.keys.seal(PURPOSE, secret),
      totp_step: null,
    });
    await recordAudit(trx, {
      actor: signatureOf(user),
      action: 'identity.totp-offer',
      subject: `user:${user.id}`,
      detail: {},
      before: { secondFactor: user.totpState },
      after: { secondFactor: 'pending' },
    });
  });
  return { secret, otpauth, qrSvg: await QRCode.toString(otpauth, { type: 'svg', margin: 1 }) };
}

/** Seals every secret of a second factor by the present key; returns how many. Idempotent. */
export async function resealSecondFactors({ store, keys }: IdentityDeps): Promise<number> {
  return store.transaction(async (trx) => {
    const db = identityDb(trx);
    const users = await db
      .selectFrom('app_user')
      .select(['id', 'totp_secret'])
      .where('totp_secret', 'is not', null)
      .forUpdate()
      .execute();
    let sealed = 0;
    for (const { id, totp_secret } of users) {
      const secret = keys.unseal(PURPOSE, totp_secret ?? '');
      if (secret === null) continue;
      await updateUser(db, id, { totp_secret: keys.seal(PURPOSE, secret) });
      sealed += 1;
    }
    return sealed;
  });
}

/** Ends the set-up: the code proves that the authenticator works. Returns recovery codes, shown once. */
export async function confirmSecondFactorSetup(
  deps: IdentityDeps,
  user: User,
  code: string,
): Promise<readonly string[]> {
  if (user.totpState !== 'pending')
    throw new UserError('identity.totp-not-offered', '请先取得二维码，再输入验证码。', {
      family: 'state',
    });
  const step = stepOf(deps, user, code);
  if (step === null) throw wrongCode();
  const codes = Array.from({ length: RECOVERY_CODES }, () => randomBytes(5).toString('hex'));
  await deps.store.transaction(async (trx) => {
    await updateUser(identityDb(trx), user.id, {
      totp_state: 'on',
      totp_step: step,
      recovery_hashes: JSON.stringify(codes.map(hashOf)),
    });
    await recordAudit(trx, {
      actor: signatureOf(user),
      action: 'identity.totp-on',
      subject: `user:${user.id}`,
      detail: {},
      before: { secondFactor: user.totpState },
      after: { secondFactor: 'on' },
    });
  });
  return codes;
}

/** Spends a code or a recovery code within a transaction; false when it is wrong or was used before. */
export async function spendCode(
  deps: IdentityDeps,
  trx: IdentityDb,
  user: User,
  code: string,
): Promise<boolean> {
  const step = stepOf(deps, user, code);
  if (step !== null) {
    // The condition, not the value read before, decides between two requests with the same code.
    const [taken] = await trx
      .updateTable('app_user')
      .set({ totp_step: step })
      .where('id', '=', user.id)
      .where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
      .execute();
    return Number(taken?.numUpdatedRows ?? 0) === 1;
  }
  const hash = hashOf(code.trim().toLowerCase());
  if (!user.recoveryHashes.includes(hash)) return false;
  await updateUser(trx, user.id, {
    recovery_hashes: JSON.stringify(user.recoveryHashes.filter((known) => known !== hash)),
  });
  return true;
}

/** The 30-second step that a code belongs to, or null when it belongs to none of now. */
function stepOf(deps: IdentityDeps, user: User, code: string): number | null {
  const token = code.replace(/\s/gu, '');
  if (!/^\d{6}$/u.test(token) || user.totpSecret === null) return null;
  const secret = deps.keys.unseal(PURPOSE, user.totpSecret);
  if (secret === null) return null;
  const seconds = Math.floor(deps.now().getTime() / 1000);
  for (const offset of [0, -1, 1]) {
    const epoch = seconds + offset * STEP_SECONDS;
    if (verifySync({ secret, token, epoch, epochTolerance: 0 }).valid)
      return Math.floor(epoch / STEP_SECONDS);
  }
  return null;
}

/** Takes the second factor away: by its holder after his password, or by the security administrator. */
export async function removeSecondFactor(
  deps: IdentityDeps,
  actor: string,
  userId: number,
): Promise<void> {
  await deps.store.transaction(async (trx) => {
    const { totpState } = await requireUser(identityDb(trx), userId);
    await updateUser(identityDb(trx), userId, {
      totp_state: 'none',
      totp_secret: null,
      totp_step: null,
      recovery_hashes: '[]',
    });
    await recordAudit(trx, {
      actor,
      action: 'identity.totp-off',
      subject: `user:${userId}`,
      detail: {},
      before: { secondFactor: totpState },
      after: { secondFactor: 'none' },
    });
  });
}

export const wrongCode = (): UserError =>
  new UserError('identity.code', '验证码不对，或已经用过；请等下一个再输入。', { field: 'code' });
