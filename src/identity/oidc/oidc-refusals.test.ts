import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../lib/pure/secret.ts';
import { type Door, openDoor } from '../../testing/oidc/open-door.ts';
import { startProvider, type TestProvider } from '../../testing/oidc/start-provider.ts';
import { signInAtProvider, Walk } from '../../testing/oidc/walk.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { auditDb } from '../audit/audit-tables.ts';
import { identityDb } from '../identity-db.ts';
import type { OidcSettings } from './oidc-settings.ts';

let opened: TemporaryStore;
const toClose: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  opened = await temporaryStore();
});
afterAll(async () => {
  for (const close of toClose) await close();
  await opened.remove();
});

/** A provider and a door of their own: nothing known, no tries used up. */
async function fresh(settings: Partial<OidcSettings> = {}): Promise<[Door, TestProvider]> {
  const provider = await startProvider();
  const door = await openDoor(opened.store, provider, settings);
  toClose.push(() => door.app.close(), provider.close);
  return [door, provider];
}

const start = ({ url }: Door): string => `${url}/api/v1/session/oidc/start`;
const refusals = async (): Promise<{ code: string }[]> => {
  const rows = await auditDb(opened.store.db)
    .selectFrom('audit')
    .select('detail')
    .where('action', '=', 'identity.sign-in-failed')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(({ detail }) => detail as unknown as { code: string });
};

describe('an answer that is not this browser’s, not now, or not for the first time', () => {
  let door: Door;
  let provider: TestProvider;
  beforeAll(async () => {
    [door, provider] = await fresh();
    await door.linked(['supervisor'], 'answer');
  });

  /** The address that the provider would send the browser to, without going there. */
  async function caught(walk: Walk): Promise<URL> {
    walk.stopsAt = `${door.url}/api/v1/session/oidc/callback`;
    const { url } = await signInAtProvider(walk, await walk.open(start(door)), 'answer');
    walk.stopsAt = null;
    return url;
  }
  const back = async (walk: Walk, url: URL): Promise<string | null> =>
    (await walk.open(url, { from: provider.issuer })).next;

  it('a replayed one, in whatever browser', async () => {
    const walk = new Walk();
    const url = await caught(walk);
    const cookie = walk.cookie(door.url, 'xunjian_oidc')!;
    expect(await back(walk, url)).toBe('/');
    walk.setCookie(door.url, 'xunjian_oidc', cookie, '/api/v1/session/oidc', 'lax');
    expect(await back(walk, url)).toBe('/login?problem=oidc.state');
  });

  it.each([
    ['another state', (url: URL) => url.searchParams.set('state', 'x'.repeat(43))],
    ['no state', (url: URL) => url.searchParams.delete('state')],
    ['two states', (url: URL) => url.searchParams.append('state', 'x')],
    ['nothing at all', (url: URL) => Object.assign(url, { search: '' })],
  ])('%s; what is under way goes on', async (_name, change) => {
    const walk = new Walk();
    const url = await caught(walk);
    const changed = new URL(url);
    change(changed);
    expect(await back(walk, changed)).toBe('/login?problem=oidc.state');
    expect(await back(walk, url)).toBe('/');
  });

  it('of another browser; what is under way goes on', async () => {
    const [mine, other] = [new Walk(), new Walk()];
    const url = await caught(mine);
    await caught(other);
    expect(await back(other, url)).toBe('/login?problem=oidc.state');
    expect(await back(new Walk(), url)).toBe('/login?problem=oidc.state');
    expect(await back(mine, url)).toBe('/');
  });

  it('a code of another sign-in', async () => {
    const [mine, other] = [new Walk(), new Walk()];
    const url = await caught(mine);
    url.searchParams.set('code', (await caught(other)).searchParams.get('code')!);
    expect(await back(mine, url)).toBe('/login?problem=oidc.refused');
  });

  it('from another issuer than asked (RFC 9207)', async () => {
    const walk = new Walk();
    const url = await caught(walk);
    url.searchParams.set('iss', 'https://evil.example');
    expect(await back(walk, url)).toBe('/login?problem=oidc.token');
  });

  it('after ten minutes; what is old is swept', async () => {
    const walk = new Walk();
    const at = await walk.open(start(door));
    door.deps.clock.now = new Date(door.deps.clock.now.getTime() + 10 * 60_000);
    const late = await signInAtProvider(walk, at, 'answer');
    expect(late.next).toBe('/login?problem=oidc.state');
    await walk.open(start(door));
    const rows = await identityDb(opened.store.db)
      .selectFrom('oidc_attempt')
      .select('expires_at')
      .execute();
    const now = door.deps.clock.now.getTime();
    expect(rows.every(({ expires_at }) => new Date(expires_at).getTime() > now)).toBe(true);
  });

  it('is no script’s, no frame’s and no form’s of another site', async () => {
    const ask = (headers: Record<string, string>, method: 'GET' | 'POST' = 'GET') =>
      door.app.inject({
        ...{ method, url: '/api/v1/session/oidc/callback?state=x' },
        headers: { host: '127.0.0.1', 'sec-fetch-site': 'cross-site', ...headers },
      });
    const page = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await ask(page)).statusCode).toBe(200);
    expect((await ask({ ...page, 'sec-fetch-dest': 'iframe' })).statusCode).toBe(403);
    expect((await ask({ ...page, 'sec-fetch-mode': 'no-cors' })).statusCode).toBe(403);
    expect((await ask({ ...page, origin: provider.issuer })).statusCode).toBe(403);
    expect((await ask(page, 'POST')).statusCode).toBe(403);
  });
});

it('too many sign-ins under way: the oldest gives way to the newest, and nobody is shut out', async () => {
  const [door] = await fresh();
  const db = identityDb(opened.store.db);
  const end = door.deps.clock.now.getTime() + 9 * 60_000;
  const rows = Array.from({ length: 5_000 }, (_, at) => ({
    ...{ hash: `many ${at}`, purpose: 'sign-in' as const, state_hash: 'x', sealed: '' },
    ...{ user_id: null, session_id: null, return_to: '/' },
    expires_at: new Date(end + at).toISOString(),
  }));
  for (let at = 0; at < rows.length; at += 500)
    await db
      .insertInto('oidc_attempt')
      .values(rows.slice(at, at + 500))
      .execute();
  const walk = new Walk();
  expect((await door.enter('nobody', '', walk)).next).toBe('/login?problem=oidc.unlinked');
  const left = await db
    .selectFrom('oidc_attempt')
    .select('hash')
    .where('hash', 'like', 'many %')
    .execute();
  expect([left.length < 5_000, left.some(({ hash }) => hash === 'many 0')]).toEqual([true, false]);
  expect(left.some(({ hash }) => hash === 'many 4999')).toBe(true);
  await db.deleteFrom('oidc_attempt').where('hash', 'like', 'many %').execute();
});

describe('an ID token that does not pass', () => {
  let door: Door;
  let provider: TestProvider;
  beforeAll(async () => {
    [door, provider] = await fresh();
    await door.linked(['supervisor'], 'token');
  });
  afterEach(() => provider.forge(null));

  const seconds = Math.floor(Date.now() / 1000);
  it.each<[string, (claims: Record<string, unknown>) => void, string, boolean?]>([
    ['another nonce', (claims) => Object.assign(claims, { nonce: 'x' }), 'oidc.token'],
    ['no nonce', (claims) => delete claims.nonce, 'oidc.token'],
    [
      'a foreign issuer',
      (claims) => Object.assign(claims, { iss: 'https://evil.example' }),
      'oidc.token',
    ],
    ['another audience', (claims) => Object.assign(claims, { aud: 'other' }), 'oidc.token'],
    ['signed by another key', () => undefined, 'oidc.token', true],
    ['ended an hour ago', (claims) => Object.assign(claims, { exp: seconds - 3600 }), 'oidc.clock'],
    ['made in an hour', (claims) => Object.assign(claims, { nbf: seconds + 3600 }), 'oidc.clock'],
    [
      'another person than asked',
      (claims) => Object.assign(claims, { sub: 'stranger' }),
      'oidc.unlinked',
    ],
    ['nobody', (claims) => Object.assign(claims, { sub: '' }), 'oidc.claim'],
  ])('%s', async (_name, change, code, withOtherKey = false) => {
    provider.forge(change, withOtherKey);
    const walk = new Walk();
    expect((await door.enter('token', '', walk)).next).toBe(`/login?problem=${code}`);
    expect(walk.cookie(door.url, 'xunjian_session')).toBeUndefined();
    expect((await refusals())[0]?.code).toBe(code);
  });

  it('a clock that is half a minute off is forgiven', async () => {
    provider.forge((claims) => Object.assign(claims, { exp: Math.floor(Date.now() / 1000) - 30 }));
    expect((await door.enter('token')).next).toBe('/');
  });
});

describe('a provider that says no', () => {
  it.each([
    ['access_denied', 'oidc.denied'],
    ['server_error', 'oidc.refused'],
    ['<script>alert(1)</script>', 'oidc.refused'],
  ])('%s', async (error, code) => {
    const [door, provider] = await fresh();
    const walk = new Walk();
    let state = '';
    provider.listen((url) => {
      state = url.searchParams.get('state') ?? state;
    });
    await walk.open(start(door));
    const back = new URL(`${door.url}/api/v1/session/oidc/callback`);
    back.search = String(new URLSearchParams({ error, state, iss: provider.issuer }));
    const { next, text } = await walk.open(back, { from: provider.issuer });
    expect(next).toBe(`/login?problem=${code}`);
    expect(text).not.toContain('script');
  });
});

describe('a provider that does not answer', () => {
  it.each<[string, (provider: TestProvider) => unknown, string]>([
    ['is down', (provider) => provider.close(), 'oidc.unavailable'],
    [
      'answers 500',
      ({ replace }) => replace((_, answer) => answer.writeHead(500).end()),
      'oidc.unavailable',
    ],
    [
      'answers a page',
      ({ replace }) => replace((_, answer) => answer.end('<html>')),
      'oidc.unavailable',
    ],
    [
      'never ends',
      ({ replace }) =>
        replace((_, answer) => {
          answer.writeHead(200, { 'content-type': 'application/json' });
          const write = (): void => {
            if (!answer.destroyed) answer.write(' '.repeat(100_000), write);
          };
          write();
        }),
      'oidc.unavailable',
    ],
    ['says nothing', ({ replace }) => replace(() => undefined), 'oidc.unavailable'],
    [
      'is another issuer',
      ({ replace }) =>
        replace((_, answer) => {
          answer.setHeader('content-type', 'application/json');
          answer.end(JSON.stringify({ issuer: 'https://evil.example' }));
        }),
      'oidc.metadata',
    ],
    [
      'describes no door',
      ({ replace, issuer }) =>
        replace((_, answer) => {
          answer.setHeader('content-type', 'application/json');
          answer.end(JSON.stringify({ issuer }));
        }),
      'oidc.metadata',
    ],
  ])('%s', async (_name, spoil, code) => {
    const [door, provider] = await fresh();
    await spoil(provider);
    const { url } = await new Walk().open(start(door));
    expect(url.href).toBe(`${door.url}/login?problem=${code}`);
    // The other door stays open, and says that this one is there.
    const session = await door.app.inject({
      url: '/api/v1/session',
      headers: { host: '127.0.0.1' },
    });
    expect(session.json().oidc).toEqual({ name: '省统一身份认证' });
    const wrong = await door.app.inject({
      ...{ method: 'POST', url: '/api/v1/session', headers: { host: '127.0.0.1' } },
      payload: { login: 'nobody', password: 'x' },
    });
    expect(wrong.json().code).toBe('identity.wrong');
  });

  it('breaks down between the two questions', async () => {
    const [door, provider] = await fresh();
    const walk = new Walk();
    const at = await walk.open(start(door));
    provider.listen((url) => {
      if (url.pathname === '/token') provider.replace((_, answer) => answer.writeHead(503).end());
    });
    const { next } = await signInAtProvider(walk, at, 'token');
    expect(next).toBe('/login?problem=oidc.unavailable');
  });

  it('is asked once for many, then not again for a while, and found when it is back', async () => {
    const [door, provider] = await fresh();
    const go = () => new Walk().open(start(door));
    const arrivals = await Promise.all([go(), go(), go()]);
    expect(arrivals.every(({ url }) => url.origin === provider.issuer)).toBe(true);
    expect(provider.descriptions()).toBe(1);
    const later = (minutes: number): void => {
      door.deps.clock.now = new Date(door.deps.clock.now.getTime() + minutes * 60_000);
    };
    later(61);
    provider.replace((_, answer) => answer.writeHead(500).end());
    const fail = async () => (await go()).url.search;
    expect([await fail(), await fail()]).toEqual(Array(2).fill('?problem=oidc.unavailable'));
    expect(provider.descriptions()).toBe(2);
    provider.replace(null);
    expect(await fail()).toBe('?problem=oidc.unavailable');
    later(1);
    expect((await go()).url.origin).toBe(provider.issuer);
    expect(provider.descriptions()).toBe(3);
  });
});

describe('settings', () => {
  it('another claim than sub is read from the provider’s description of the person', async () => {
    const [door] = await fresh({ claim: 'employee' });
    const person = await door.linked(['supervisor'], 'clerk');
    expect((await door.enter('clerk')).next).toBe('/');
    const row = await identityDb(opened.store.db)
      .selectFrom('external_identity')
      .select(['claim', 'subject'])
      .where('user_id', '=', person.userId)
      .executeTakeFirst();
    expect(row).toEqual({ claim: 'employee', subject: 'E-clerk' });
    const [without] = await fresh({ claim: 'unheard_of' });
    expect((await without.enter('clerk')).next).toBe('/login?problem=oidc.claim');
  });

  it('behind a reverse proxy the provider is told the public address, and cookies are for https', async () => {
    const provider = await startProvider();
    const door = await openDoor(opened.store, provider, {}, 'https://xunjian.example.gov.cn');
    toClose.push(() => door.app.close(), provider.close);
    const answer = await door.app.inject({
      url: '/api/v1/session/oidc/start',
      headers: { host: 'xunjian.example.gov.cn' },
    });
    const asked = new URL(String(answer.headers.location)).searchParams;
    expect(Object.fromEntries(asked)).toMatchObject({
      redirect_uri: 'https://xunjian.example.gov.cn/api/v1/session/oidc/callback',
      response_type: 'code',
      scope: 'openid profile',
      code_challenge_method: 'S256',
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(String(answer.headers['set-cookie'])).toMatch(/HttpOnly; Secure; SameSite=Lax/);
    const strange = await door.app.inject({
      url: '/api/v1/session/oidc/start',
      headers: { host: 'evil.example' },
    });
    expect(strange.statusCode).toBe(403);
  });

  it('a wrong client secret is the provider’s refusal', async () => {
    const [door] = await fresh({ clientSecret: new Secret('wrong') });
    expect((await door.enter('clerk')).next).toBe('/login?problem=oidc.refused');
  });
});

it('one address that tries too often waits', async () => {
  const [door] = await fresh();
  let last = 0;
  for (let tried = 0; tried <= 30; tried += 1)
    last = (
      await door.app.inject({
        url: start(door).slice(door.url.length),
        headers: { host: '127.0.0.1' },
      })
    ).statusCode;
  expect(last).toBe(429);
});
