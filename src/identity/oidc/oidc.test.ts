import { generateSync } from 'otplib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Door, openDoor } from '../../testing/oidc/open-door.ts';
import { startProvider, type TestProvider } from '../../testing/oidc/start-provider.ts';
import { signInAtProvider, Walk } from '../../testing/oidc/walk.ts';
import type { TestBrowser } from '../../testing/signed-in.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { auditDb } from '../audit/audit-tables.ts';
import { identityDb } from '../identity-db.ts';
import { changeOwnPassword } from '../manage-users.ts';
import { hashPassword } from '../password.ts';
import { updateUser } from '../user.repository.ts';

const PASSWORD = '洞庭湖 春天 第 17 页';
let opened: TemporaryStore;
let provider: TestProvider;
let door: Door;
beforeAll(async () => {
  opened = await temporaryStore();
  provider = await startProvider();
  door = await openDoor(opened.store, provider);
});
afterAll(async () => {
  await door.app.close();
  await provider.close();
  await opened.remove();
});

const session = async (
  walk: Walk,
): Promise<{ user: { id: number; secondFactor: string } | null }> =>
  JSON.parse((await walk.open(`${door.url}/api/v1/session`)).text);

/** The newest rows of the trail about a user, newest first. */
async function trail(
  userId: number,
): Promise<{ action: string; detail: object; before: unknown }[]> {
  return auditDb(opened.store.db)
    .selectFrom('audit')
    .select(['action', 'detail', 'before', 'after'])
    .where('subject', '=', `user:${userId}`)
    .orderBy('id', 'desc')
    .execute() as never;
}

async function withPassword({ userId }: TestBrowser): Promise<void> {
  const password_hash = await hashPassword(PASSWORD);
  await updateUser(identityDb(opened.store.db), userId, { password_hash });
}

const codeOf = (secret: string): string =>
  generateSync({ secret, epoch: Math.floor(door.deps.clock.now.getTime() / 1000) });

describe('somebody linked', () => {
  it('signs in by the provider, on another site, and goes where he wanted', async () => {
    const person = await door.linked(['supervisor'], 'zhang');
    const walk = new Walk();
    const back = await door.enter('zhang', '?to=%2Ffindings%3Fkind%3Dsite', walk);
    expect([back.status, back.next]).toEqual([200, '/findings?kind=site']);
    expect(back.url.href.startsWith(`${door.url}/api/v1/session/oidc/callback?code=`)).toBe(true);
    expect((await session(walk)).user).toMatchObject({ id: person.userId, secondFactor: 'none' });
    const [newest] = await trail(person.userId);
    expect(newest).toMatchObject({ action: 'identity.sign-in', detail: { by: 'oidc' } });
    // The one who was signed in before has a session of his own; both end alone.
    const { body } = await person.call('GET', '/api/v1/sessions');
    expect((body as { items: object[] }).items).toHaveLength(2);
  });

  it('leaves nothing behind: no attempt, no cookie of it, and every session is new', async () => {
    await door.linked(['supervisor'], 'li');
    const walk = new Walk();
    await door.enter('li', '', walk);
    const first = walk.cookie(door.url, 'xunjian_session');
    await door.enter('li', '', walk);
    expect(walk.cookie(door.url, 'xunjian_session')).not.toBe(first);
    expect(walk.cookie(door.url, 'xunjian_oidc')).toBeUndefined();
    const left = identityDb(opened.store.db).selectFrom('oidc_attempt').select('hash');
    expect(await left.execute()).toEqual([]);
  });

  it('a second factor that is on is asked for after the provider; a wrong code counts', async () => {
    const admin = await door.linked(['systemAdmin'], 'admin');
    const { secret } = (await admin.call('POST', '/api/v1/session/totp')).body as {
      secret: string;
    };
    const confirmed = await admin.call('POST', '/api/v1/session/totp/confirm', {
      code: codeOf(secret),
    });
    expect(confirmed.status).toBe(200);
    const walk = new Walk();
    const back = await door.enter('admin', '?to=/system/users', walk);
    expect(back.next).toBe('/login?step=code&to=%2Fsystem%2Fusers');
    expect((await session(walk)).user).toBeNull();
    const cookie = `xunjian_oidc=${walk.cookie(door.url, 'xunjian_oidc')}`;
    const give = (code: string) =>
      door.app.inject({
        method: 'POST',
        url: '/api/v1/session/oidc/code',
        headers: { host: '127.0.0.1', cookie },
        payload: { code },
      });
    expect((await give('000000')).json().code).toBe('identity.code');
    expect((await trail(admin.userId))[0]?.action).toBe('identity.sign-in-failed');
    door.deps.clock.now = new Date(door.deps.clock.now.getTime() + 60_000);
    const right = await give(codeOf(secret));
    expect(right.json().user).toMatchObject({ id: admin.userId, secondFactor: 'on' });
    expect((await trail(admin.userId))[0]).toMatchObject({
      detail: { by: 'oidc', secondFactor: true },
    });
    // Used up: the same browser cannot come again without the provider.
    door.deps.clock.now = new Date(door.deps.clock.now.getTime() + 60_000);
    expect((await give(codeOf(secret))).json().code).toBe('oidc.state');
  });

  it('an administrator without a second factor must set one up first, as after a password', async () => {
    await door.linked(['securityAdmin'], 'secure');
    const walk = new Walk();
    await door.enter('secure', '', walk);
    expect((await session(walk)).user).toMatchObject({ secondFactor: 'required' });
    const users = await walk.open(`${door.url}/api/v1/users`);
    expect(JSON.parse(users.text).code).toBe('identity.second-factor');
  });

  it('five wrong codes lock the account, at this door too', async () => {
    const person = await door.linked(['supervisor'], 'locked');
    const { secret } = (await person.call('POST', '/api/v1/session/totp')).body as {
      secret: string;
    };
    await person.call('POST', '/api/v1/session/totp/confirm', { code: codeOf(secret) });
    const walk = new Walk();
    await door.enter('locked', '', walk);
    const cookie = `xunjian_oidc=${walk.cookie(door.url, 'xunjian_oidc')}`;
    let last = '';
    for (let tried = 0; tried <= door.deps.policy.failuresMax; tried += 1) {
      const answer = await door.app.inject({
        ...{ method: 'POST', url: '/api/v1/session/oidc/code', payload: { code: '000000' } },
        headers: { host: '127.0.0.1', cookie },
      });
      last = answer.json().code as string;
    }
    expect(last).toBe('identity.locked');
    expect((await door.enter('locked', '', new Walk())).next).toBe(
      '/login?problem=identity.locked',
    );
  });

  it('disabled, is refused, and it is written down', async () => {
    const person = await door.linked(['supervisor'], 'gone');
    await updateUser(identityDb(opened.store.db), person.userId, { state: 'disabled' });
    const walk = new Walk();
    expect((await door.enter('gone', '', walk)).next).toBe('/login?problem=oidc.disabled');
    expect(walk.cookie(door.url, 'xunjian_session')).toBeUndefined();
    expect((await trail(person.userId))[0]).toMatchObject({
      action: 'identity.sign-in-failed',
      detail: { by: 'oidc', code: 'oidc.disabled', external: { subject: 'gone' } },
    });
  });
});

describe('linking', () => {
  it('is of one’s own account, shown, and undone with the password', async () => {
    const walk = new Walk();
    const person = await door.person(['supervisor'], walk);
    const own = () => person.call('GET', '/api/v1/session/oidc');
    expect((await own()).body).toEqual({ name: '省统一身份认证', identity: null });
    expect((await door.enter('wang', '?link=1', walk)).next).toBe('/me?linked=1');
    const { issuer } = provider;
    expect((await own()).body).toMatchObject({ identity: { issuer, label: 'wang@office' } });
    const external = { issuer, claim: 'sub', subject: 'wang', label: 'wang@office' };
    expect((await trail(person.userId))[0]).toMatchObject({
      ...{ action: 'identity.oidc-link', before: { external: null }, after: { external } },
    });
    // Linked again: it is so already.
    expect((await door.enter('wang', '?link=1', walk)).next).toBe('/me?linked=1');

    const unlink = (password: string) =>
      person.call('DELETE', '/api/v1/session/oidc', { password });
    expect(((await unlink(PASSWORD)).body as { code: string }).code).toBe('oidc.no-password');
    await withPassword(person);
    expect(((await unlink('wrong')).body as { code: string }).code).toBe('identity.wrong');
    expect((await unlink(PASSWORD)).status).toBe(204);
    expect((await unlink(PASSWORD)).status).toBe(404);
    expect((await trail(person.userId))[0]).toMatchObject({
      ...{ action: 'identity.oidc-unlink', before: { external }, after: { external: null } },
    });
    expect((await door.enter('wang')).next).toBe('/login?problem=oidc.unlinked');
  });

  it('an identity has one account, an account one identity', async () => {
    await door.linked(['supervisor'], 'first');
    const walk = new Walk();
    await door.person(['supervisor'], walk);
    expect((await door.enter('first', '?link=1', walk)).next).toBe('/login?problem=oidc.taken');
    const other = new Walk();
    const person = await door.person(['supervisor'], other);
    await door.enter('second', '?link=1', other);
    const again = new Walk();
    again.setCookie(door.url, 'xunjian_session', person.cookie.split('=')[1]!);
    expect((await door.enter('third', '?link=1', again)).next).toBe(
      '/login?problem=oidc.linked-already',
    );
  });

  it('the system administrator unlinks; nobody else does', async () => {
    const person = await door.linked(['supervisor'], 'chen');
    const admin = await door.person(['systemAdmin']);
    const { secret } = (await admin.call('POST', '/api/v1/session/totp')).body as {
      secret: string;
    };
    await admin.call('POST', '/api/v1/session/totp/confirm', { code: codeOf(secret) });
    const url = `/api/v1/users/${person.userId}/oidc`;
    expect((await person.call('DELETE', url)).status).toBe(403);
    const listed = await admin.call('GET', `/api/v1/users?limit=200`);
    const { items } = listed.body as { items: { id: number; isLinked: boolean }[] };
    expect(items.find(({ id }) => id === person.userId)?.isLinked).toBe(true);
    expect((await admin.call('DELETE', url)).body).toMatchObject({ isLinked: false });
    expect((await admin.call('DELETE', url)).status).toBe(404);
    expect((await trail(person.userId))[0]?.action).toBe('identity.oidc-unlink');
    expect((await door.enter('chen')).next).toBe('/login?problem=oidc.unlinked');
  });

  it('needs a session, a page of ours that asks, and that the session still stands', async () => {
    expect(
      (await new Walk().open(`${door.url}/api/v1/session/oidc/start?link=1`, {})).url.href,
    ).toBe(`${door.url}/login?problem=identity.signed-out`);
    const walk = new Walk();
    const person = await door.person(['supervisor'], walk);
    const url = `${door.url}/api/v1/session/oidc/start?link=1`;
    const foreign = await walk.open(url, { from: 'http://evil.example' });
    expect([foreign.status, foreign.url.href]).toEqual([403, url]);

    const atProvider = await walk.open(url);
    expect((await person.call('DELETE', '/api/v1/session')).status).toBe(204);
    const late = await signInAtProvider(walk, atProvider, 'late');
    expect(late.next).toBe('/login?problem=oidc.state');
    expect((await door.enter('late')).next).toBe('/login?problem=oidc.unlinked');
  });
});

it('the password still works beside it, and its change keeps the link', async () => {
  const person = await door.linked(['supervisor'], 'both');
  await withPassword(person);
  await changeOwnPassword(door.deps, person.userId, {
    ...{ old: PASSWORD, password: '岳麓山 秋天 第 18 页', sessionHash: '' },
  });
  expect((await door.enter('both')).next).toBe('/');
});
