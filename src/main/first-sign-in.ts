import type { CommandOutput } from '../cli/command.ts';
import { addUser, countUsers, findUserByLogin, makeLink } from '../identity/index.ts';
import type { AppDeps } from './app-deps.ts';

/** Who looks at the sample; there is none in an installation that never loaded it. */
const SAMPLE_LOGIN = 'sample';

/**
 * How the person at this machine gets in. Nobody has a default password: with no user yet the terminal prints a link that
 * sets up the first; on the sample, which stays on loopback, a link that signs its onlooker in. Both work once.
 */
export async function printSignInLink(
  { identity, store }: AppDeps,
  at: { readonly url: string; readonly isSample: boolean; readonly isPublic: boolean },
  out: CommandOutput,
): Promise<void> {
  const print = (purpose: string, secret: string): void => {
    const link = `${at.url}api/v1/session/link?token=${secret}`;
    out.result({ link }, `${purpose}（只能用一次）：${link}`);
  };
  const known = await findUserByLogin(identity, SAMPLE_LOGIN);
  const users = await countUsers(store.db);
  if (users === 0 && !at.isSample)
    return print('首次设置', await makeLink(identity, 'setup', null));
  if (at.isPublic || (known === null && users > 0)) return;
  const user =
    known ??
    (await addUser(identity, '样例', {
      login: SAMPLE_LOGIN,
      name: '样例主管',
      unitId: null,
      roles: ['supervisor'],
    }));
  if (user.state === 'active') print('登录', await makeLink(identity, 'sign-in', user.id));
}
