import { hash, verify } from '@node-rs/argon2';
import { UserError } from '../lib/pure/errors.ts';
import type { SignInPolicy, User } from './user.ts';

const PASSWORD_MAX = 200;
/** Hash of nothing anybody can type: compared with when there is no such user, so that both answers take as long. */
let nobody: Promise<string> | null = null;

/** argon2id with the library's defaults (19 MiB, two passes: OWASP's first choice), as a PHC text. */
export const hashPassword = (password: string): Promise<string> => hash(password);

/** Whether the password is right; takes as long when there is none to compare with. */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  nobody ??= hash('\u0000nobody\u0000');
  const known = stored ?? (await nobody);
  const isRight = await verify(known, password.slice(0, PASSWORD_MAX)).catch(() => false);
  return stored !== null && isRight;
}

/** Throws {@link UserError} `password.weak` or `password.reused`, saying what is missing. */
export async function assertNewPassword(
  user: Pick<User, 'login' | 'name' | 'passwordHash' | 'formerHashes'>,
  password: string,
  policy: SignInPolicy,
): Promise<void> {
  const weak = weakness(user, password, policy.passwordMin);
  if (weak !== null) throw new UserError('password.weak', weak, { field: 'password' });
  const former = [user.passwordHash, ...user.formerHashes].slice(0, policy.passwordsRemembered);
  for (const stored of former)
    if (stored !== null && (await checkPassword(stored, password)))
      throw new UserError(
        'password.reused',
        `不能再用最近 ${policy.passwordsRemembered} 次用过的密码。`,
        { field: 'password' },
      );
}

/** Length decides; what is only one character, a run, or the person's own name is no password at any length. */
function weakness(
  user: Pick<User, 'login' | 'name'>,
  password: string,
  min: number,
): string | null {
  if ([...password].length < min) return `密码至少要 ${min} 个字符；可以用几个不相干的词连起来。`;
  if (password.length > PASSWORD_MAX) return `密码不能超过 ${PASSWORD_MAX} 个字符。`;
  if (new Set(password).size < 5) return '密码里不同的字符太少，请换一个。';
  const plain = password.toLowerCase();
  if (plain.includes(user.login.toLowerCase()) && user.login.length >= 4)
    return '密码里不要包含登录名。';
  if (/^(?:password|qwerty|12345|admin|xunjian)/iu.test(plain) || isRun(plain))
    return '这个密码太容易猜到，请换一个。';
  return null;
}

/** `abcdefghijkl`, `987654321098`: every character next to the one before. */
function isRun(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0);
  return [1, -1].some((step) =>
    codes.every(
      (code, index) => index === 0 || Math.abs(code - codes[index - 1]! - step) % 9 === 0,
    ),
  );
}
