import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { importRegistry } from '../registry/index.ts';
import {
  browser,
  cookieOf,
  signedIn,
  type TestBrowser,
  testIdentity,
} from '../testing/signed-in.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { identityDb } from './identity-db.ts';
import { identifyBy, registerIdentityRoutes } from './index.ts';
import { findUnitByName } from './user.repository.ts';

let opened: TemporaryStore;
let app: HttpServer;
let deps: ReturnType<typeof testIdentity>;
let yueyang: number;
const PASSWORD = '洞庭湖 春天 第 17 页';
const START = new Date('2026-11-24T01:00:00.000Z');

beforeAll(async () => {
  opened = await temporaryStore();
  const bytes = writeCsv([
    ['名称', '上级'],
    ['丙省', ''],
    ['岳阳市', '丙省'],
    ['华容县', '岳阳市'],
    ['长沙市', '丙省'],
  ]);
  await importRegistry(opened, '测试', {
    files: [{ name: '单位.csv', bytes }],
    dryRun: false,
    today: '2026-11-01',
  });
  yueyang = (await findUnitByName(identityDb(opened.store.db), '岳阳市'))!.id;
  deps = testIdentity(opened.store);
  app = await createServer(identifyBy(deps));
  registerIdentityRoutes(app, { ...deps, secureCookies: false, publicOrigin: null, oidc: null });
  app.get('/scope', { config: { access: 'signedIn' } }, async ({ actor }) => ({
    scope: actor.scope === 'all' ? 'all' : [...actor.scope].length,
  }));
  app.post('/freeze', { config: { access: 'round.freeze' } }, async () => ({ done: true }));
});
afterAll(async () => {
  await app.close();
  await opened.remove();
});
beforeEach(() => {
  deps.clock.now = START;
});

const later = (minutes: number): void => {
  deps.clock.now = new Date(deps.clock.now.getTime() + minutes * 60_000);
};

async function withPassword(person: TestBrowser, admin: TestBrowser): Promise<string> {
  const { link } = (await admin.call('POST', `/api/v1/users/${person.userId}/password-reset`))
    .body as { link: string };
  const token = link.split('token=')[1]!;
  const set = await admin.call('POST', '/api/v1/session/password-link', {
    token,
    password: PASSWORD,
  });
  expect(set.status).toBe(200);
  return (set.body as { login: string }).login;
}

let posts = 0;
const nextAddress = (): string => {
  posts += 1;
  return `10.2.0.${posts}`;
};
const post = (payload: object, remoteAddress = nextAddress()) =>
  app.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: { host: '127.0.0.1' },
    payload,
    remoteAddress,
  });

/** An administrator past his second factor. */
async function administrator(role: 'systemAdmin' | 'securityAdmin'): Promise<TestBrowser> {
  const person = await signedIn(app, deps, [role]);
  const { secret } = (await person.call('POST', '/api/v1/session/totp')).body as { secret: string };
  const code = codeOf(secret);
  expect((await person.call('POST', '/api/v1/session/totp/confirm', { code })).status).toBe(200);
  return person;
}
const codeOf = (secret: string): string =>
  generateSync({ secret, epoch: Math.floor(deps.clock.now.getTime() / 1000) });

describe('signing in', () => {
  it('by password; wrong name and wrong password answer alike; the lock opens by time', async () => {
    const admin = await administrator('systemAdmin');
    const login = await withPassword(await signedIn(app, deps, ['supervisor']), admin);
    const right = await post({ login, password: PASSWORD });
    expect(right.statusCode).toBe(200);
    expect(String(right.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/);
    expect(right.json().user).toMatchObject({ login, roles: ['supervisor'], scopeIsAll: true });
    const nobody = (await post({ login: 'nobody', password: PASSWORD })).json();
    for (let tried = 1; tried <= deps.policy.failuresMax; tried += 1) {
      const wrong = await post({ login, password: `wrong ${tried}` });
      expect([wrong.statusCode, wrong.json().code]).toEqual([400, 'identity.wrong']);
      expect(wrong.json().message).toBe(nobody.message);
    }
    const locked = await post({ login, password: PASSWORD });
    expect([locked.statusCode, locked.json().code]).toEqual([409, 'identity.locked']);
    later(deps.policy.lockMinutes + 1);
    expect((await post({ login, password: PASSWORD })).statusCode).toBe(200);
  });

  it('one address that tries many names is stopped', async () => {
    const tries = deps.policy.failuresMax * 10;
    let last = '';
    for (let tried = 0; tried <= tries; tried += 1) {
      // Beyond the limit of requests a minute the address waits; what is counted here are failures.
      const answer = await post({ login: `name${tried}`, password: 'x' }, '10.0.0.9');
      last = answer.json().code as string;
      if (answer.statusCode === 429) break;
    }
    expect(['identity.locked', 'http.too-many']).toContain(last);
    expect((await post({ login: 'other', password: 'x' }, '10.0.0.10')).json().code).toBe(
      'identity.wrong',
    );
  });

  it('a link works once, and its session ends idle, by age, and at sign-out', async () => {
    const person = await signedIn(app, deps, ['supervisor']);
    expect((await person.call('GET', '/scope')).body).toEqual({ scope: 'all' });
    later(deps.policy.idleMinutes - 1);
    expect((await person.call('GET', '/scope')).status).toBe(200);
    later(deps.policy.idleMinutes + 1);
    expect((await person.call('GET', '/scope')).status).toBe(401);

    const other = await signedIn(app, deps, ['supervisor']);
    for (let minute = 0; minute < deps.policy.sessionHours * 60; minute += 20) {
      expect((await other.call('GET', '/scope')).status).toBe(200);
      later(20);
    }
    expect((await other.call('GET', '/scope')).status).toBe(401);

    const third = await signedIn(app, deps, ['supervisor']);
    expect((await third.call('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await third.call('GET', '/scope')).status).toBe(401);
  });
});

describe('what a session may do', () => {
  it('changes nothing without its CSRF token', async () => {
    const person = await signedIn(app, deps, ['supervisor']);
    expect((await person.call('POST', '/freeze')).status).toBe(200);
    const forged = await person.call('POST', '/freeze', undefined, { 'x-csrf-token': 'x' });
    expect([forged.status, (forged.body as { code: string }).code]).toEqual([403, 'identity.csrf']);
  });

  it.each([
    ['supervisor', 'all', 'all'],
    ['inspector', 'all', 'all'],
    ['manager', 2, 0],
    ['sponsor', 2, 0],
  ] as const)('%s of a city sees %s, without a unit %s', async (role, _city, without) => {
    const inCity = await signedIn(app, deps, [role], yueyang);
    expect((await inCity.call('GET', '/scope')).body).toEqual({ scope: 2 });
    const free = await signedIn(app, deps, [role]);
    expect((await free.call('GET', '/scope')).body).toEqual({ scope: without });
  });

  it('ends when the user is disabled or gets other roles', async () => {
    const [admin, security] = [
      await administrator('systemAdmin'),
      await administrator('securityAdmin'),
    ];
    const one = await signedIn(app, deps, ['inspector']);
    const disabled = await admin.call('PATCH', `/api/v1/users/${one.userId}`, {
      state: 'disabled',
    });
    expect(disabled.body).toMatchObject({ state: 'disabled' });
    expect((await one.call('GET', '/scope')).status).toBe(401);
    const two = await signedIn(app, deps, ['inspector']);
    const granted = await security.call('PUT', `/api/v1/users/${two.userId}/roles`, {
      roles: ['manager'],
    });
    expect(granted.body).toMatchObject({ roles: ['manager'] });
    expect((await two.call('GET', '/scope')).status).toBe(401);
  });
});

describe('the three administrators', () => {
  it('must have a second factor before anything else, and a code counts once', async () => {
    const admin = await signedIn(app, deps, ['systemAdmin']);
    const early = await admin.call('GET', '/api/v1/users');
    expect([early.status, (early.body as { code: string }).code]).toEqual([
      403,
      'identity.second-factor',
    ]);
    const offer = (await admin.call('POST', '/api/v1/session/totp')).body as {
      secret: string;
      qrSvg: string;
    };
    expect(offer.qrSvg).toContain('<svg');
    const wrong = await admin.call('POST', '/api/v1/session/totp/confirm', { code: '000000' });
    expect((wrong.body as { code: string }).code).toBe('identity.code');
    const code = codeOf(offer.secret);
    const on = (await admin.call('POST', '/api/v1/session/totp/confirm', { code })).body as {
      recoveryCodes: string[];
    };
    expect(on.recoveryCodes).toHaveLength(10);
    expect((await admin.call('GET', '/api/v1/users')).status).toBe(200);

    const login = await withPassword(admin, admin);
    const without = await post({ login, password: PASSWORD });
    expect([without.statusCode, without.json().code]).toEqual([403, 'identity.second-factor']);
    expect((await post({ login, password: PASSWORD, code })).json().code).toBe('identity.code');
    later(1);
    const fresh = codeOf(offer.secret);
    const signed = await post({ login, password: PASSWORD, code: fresh });
    expect(signed.json().user).toMatchObject({ secondFactor: 'on' });
    expect((await post({ login, password: PASSWORD, code: fresh })).json().code).toBe(
      'identity.code',
    );
    const recovery = on.recoveryCodes[0]!;
    expect((await post({ login, password: PASSWORD, code: recovery })).statusCode).toBe(200);
    expect((await post({ login, password: PASSWORD, code: recovery })).json().code).toBe(
      'identity.code',
    );
  });

  it('are three persons, and none of them works on findings', async () => {
    const security = await administrator('securityAdmin');
    const other = await signedIn(app, deps, ['inspector']);
    const both = await security.call('PUT', `/api/v1/users/${other.userId}/roles`, {
      roles: ['systemAdmin', 'auditor'],
    });
    expect((both.body as { code: string }).code).toBe('user.roles');
    const own = await security.call('PUT', `/api/v1/users/${security.userId}/roles`, {
      roles: ['supervisor'],
    });
    expect((own.body as { code: string }).code).toBe('user.self');
    expect((await security.call('POST', '/freeze')).status).toBe(403);
    expect((await security.call('POST', '/api/v1/users', {})).status).toBe(403);
    const admin = await administrator('systemAdmin');
    expect(
      (await admin.call('PUT', `/api/v1/users/${other.userId}/roles`, { roles: [] })).status,
    ).toBe(403);
  });
});

describe('passwords', () => {
  it.each([
    ['short', 'password.weak'],
    ['aaaaaaaaaaaaaaaa', 'password.weak'],
    ['abcdefghijklmnop', 'password.weak'],
    ['password-password', 'password.weak'],
    [PASSWORD, 'password.reused'],
    ['岳麓山 秋天 第 18 页', null],
  ])('%s: %s', async (password, code) => {
    const admin = await administrator('systemAdmin');
    const person = await signedIn(app, deps, ['supervisor']);
    await withPassword(person, admin);
    const { link } = (await admin.call('POST', `/api/v1/users/${person.userId}/password-reset`))
      .body as { link: string };
    const set = await admin.call('POST', '/api/v1/session/password-link', {
      token: link.split('token=')[1],
      password,
    });
    expect((set.body as { code?: string }).code ?? null).toBe(code);
    // What was refused did not use the link up.
    const again = await admin.call('POST', '/api/v1/session/password-link', {
      token: link.split('token=')[1],
      password: '橘子洲 冬天 第 19 页',
    });
    expect(again.status).toBe(code === null ? 409 : 200);
  });

  it('changing one’s own ends the other sessions', async () => {
    const admin = await administrator('systemAdmin');
    const login = await withPassword(await signedIn(app, deps, ['supervisor']), admin);
    const [one, two] = await Promise.all([0, 1].map(() => post({ login, password: PASSWORD })));
    const first = await browser(app, 0, cookieOf(one!.headers['set-cookie']));
    const second = await browser(app, 0, cookieOf(two!.headers['set-cookie']));
    const changed = await first.call('POST', '/api/v1/session/password', {
      old: PASSWORD,
      new: '岳麓山 秋天 第 18 页',
    });
    expect(changed.status).toBe(204);
    expect((await first.call('GET', '/scope')).status).toBe(200);
    expect((await second.call('GET', '/scope')).status).toBe(401);
  });
});

describe('machines', () => {
  it('a token does what its list and its owner allow, until it is revoked or ends', async () => {
    const person = await signedIn(app, deps, ['supervisor']);
    const beyond = await person.call('POST', '/api/v1/tokens', {
      name: '报送',
      abilities: ['user.manage'],
      expiresOn: '2026-12-01',
    });
    expect((beyond.body as { code: string }).code).toBe('token.abilities');
    const made = (
      await person.call('POST', '/api/v1/tokens', {
        name: '报送',
        abilities: ['round.freeze'],
        expiresOn: '2026-12-01',
      })
    ).body as { id: number; token: string };
    const as = (method: 'GET' | 'POST', url: string) =>
      app.inject({
        method,
        url,
        headers: { host: '127.0.0.1', authorization: `Bearer ${made.token}` },
      });
    expect((await as('POST', '/freeze')).statusCode).toBe(200);
    expect((await as('GET', '/api/v1/tokens')).statusCode).toBe(403);
    expect((await person.call('DELETE', `/api/v1/tokens/${made.id}`)).status).toBe(204);
    expect((await as('POST', '/freeze')).statusCode).toBe(401);
  });
});

describe('first set-up', () => {
  it('makes the three administrators, once', async () => {
    const { makeLink } = await import('./links.ts');
    const token = await makeLink(deps, 'setup', null);
    const setup = () =>
      app.inject({
        method: 'POST',
        url: '/api/v1/setup',
        headers: { host: '127.0.0.1' },
        remoteAddress: '10.3.0.1',
        payload: { token, login: 'xitong', name: '王五', password: PASSWORD },
      });
    const opened = await app.inject({
      url: `/api/v1/session/link?token=${token}`,
      headers: { host: '127.0.0.1' },
      remoteAddress: '10.3.0.2',
    });
    expect(opened.headers.location).toBe(`/setup?token=${token}`);
    const done = await setup();
    expect(done.json().links.map(({ login }: { login: string }) => login)).toEqual([
      'anquan',
      'shenji',
    ]);
    expect(done.json().session.user).toMatchObject({ secondFactor: 'required', abilities: [] });
    expect((await setup()).json().code).toBe('identity.link');
  });
});

describe('requests that do not fit', () => {
  it.each([
    [{ login: 'a', password: 'b', admin: true }, 400, 'http.unknown-field', 'admin'],
    [{ login: 7, password: 'b' }, 400, 'http.bad-request', 'login'],
    [{ login: 'a', password: 'b'.repeat(2_000_000) }, 413, 'http.too-large', undefined],
  ])('%#', async (payload, status, code, field) => {
    const answer = await post(payload, '10.0.0.20');
    expect([answer.statusCode, answer.json().code, answer.json().field]).toEqual([
      status,
      code,
      field,
    ]);
  });
});
