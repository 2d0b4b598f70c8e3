import type { InjectOptions } from 'fastify';
import type { Role } from '../domain/actor.ts';
import type { HttpServer } from '../http/create-server.ts';
import { addUser, DEFAULT_POLICY, type IdentityDeps, Keys, makeLink } from '../identity/index.ts';
import type { Store } from '../store/store.ts';

/** Identity over a test's store, with a clock that the test moves. */
export function testIdentity(store: Store): IdentityDeps & { clock: { now: Date } } {
  const clock = { now: new Date('2026-11-24T01:00:00.000Z') };
  return {
    store,
    keys: new Keys(Buffer.alloc(32, 7)),
    policy: DEFAULT_POLICY,
    now: () => clock.now,
    clock,
  };
}

/** A browser of somebody: its cookie and CSRF token go with every request. */
export interface TestBrowser {
  readonly userId: number;
  /** `name=value` of its session, for requests over the wire. */
  readonly cookie: string;
  call(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    url: string,
    payload?: object,
    headers?: Record<string, string>,
  ): Promise<{
    status: number;
    body: never;
    text: string;
    bytes: Buffer;
    headers: Record<string, unknown>;
  }>;
}

let count = 0;
/** Everybody has an address of his own, so that nobody uses up another's tries. */
const nextAddress = (): string => {
  count += 1;
  return `10.1.${count >> 8}.${count & 255}`;
};

/** A new user of these roles and unit, signed in by a link as the terminal would print it. */
export async function signedIn(
  app: HttpServer,
  deps: IdentityDeps,
  roles: readonly Role[],
  unitId: number | null = null,
): Promise<TestBrowser> {
  const remoteAddress = nextAddress();
  const login = `user${count}.${roles.join('-')}`.slice(0, 60);
  const user = await addUser(deps, '测试', { login, name: `用户${count}`, unitId, roles });
  const token = await makeLink(deps, 'sign-in', user.id);
  const linked = await app.inject({
    url: `/api/v1/session/link?token=${token}`,
    remoteAddress,
    headers: { host: '127.0.0.1' },
  });
  const cookie = cookieOf(linked.headers['set-cookie']);
  return browser(app, user.id, cookie);
}

export function cookieOf(header: string | string[] | undefined): string {
  return String(Array.isArray(header) ? header[0] : header).split(';')[0] ?? '';
}

export async function browser(
  app: HttpServer,
  userId: number,
  cookie: string,
): Promise<TestBrowser> {
  const host = { host: '127.0.0.1', cookie };
  const session = await app.inject({ url: '/api/v1/session', headers: host });
  const { csrf } = session.json() as { csrf: string | null };
  return {
    userId,
    cookie,
    call: async (method, url, payload, headers = {}) => {
      const answer = await app.inject({
        method,
        url,
        remoteAddress: nextAddress(),
        headers: { ...host, ...(csrf === null ? {} : { 'x-csrf-token': csrf }), ...headers },
        ...(payload === undefined ? {} : { payload }),
      } as InjectOptions);
      const isJson = String(answer.headers['content-type']).includes('json');
      return {
        status: answer.statusCode,
        body: (isJson ? answer.json() : null) as never,
        text: answer.payload,
        bytes: answer.rawPayload,
        headers: answer.headers,
      };
    },
  };
}
