import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import { Secret } from '../../lib/pure/secret.ts';

export interface TestProvider {
  /** On `localhost`, which for a browser is another site than 127.0.0.1. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  /** Begins to answer, for a client that is served at these origins. */
  serve(origins: readonly string[]): void;
  /** Changes the claims of the next ID tokens; they are signed again, by the provider's own key or another. */
  forge(change: ((claims: Record<string, unknown>) => void) | null, withOtherKey?: boolean): void;
  /** Answers everything in place of the provider; null = the provider again. */
  replace(listener: RequestListener | null): void;
  /** Is told of every request before it is answered. */
  listen(listener: (url: URL) => void): void;
  /** Requests to the description so far. */
  descriptions(): number;
  close(): Promise<void>;
}

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signed(claims: object, key: KeyObject): string {
  const text = `${encode({ alg: 'RS256', typ: 'JWT', kid: 'test' })}.${encode(claims)}`;
  return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;

/** A real `oidc-provider` on loopback; whoever gives a name in its form is that person. */
export async function startProvider(): Promise<TestProvider> {
  const [key, otherKey] = [newKey(), newKey()];
  const client = { id: 'xunjian', secret: 'a secret that is long enough for this' };
  let answer: RequestListener | null = null;
  let replaced: RequestListener | null = null;
  let forgery: ((claims: Record<string, unknown>) => void) | null = null;
  let forger = key;
  let descriptions = 0;
  let told: (url: URL) => void = () => undefined;
  const server = createServer((request, response) => {
    if (request.url?.includes('/.well-known/')) descriptions += 1;
    told(new URL(request.url ?? '/', issuer));
    (replaced ?? answer)?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const serve = (origins: readonly string[]): void => {
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: client.id,
          client_secret: client.secret,
          redirect_uris: origins.map((origin) => `${origin}/api/v1/session/oidc/callback`),
        },
      ],
      jwks: { keys: [{ ...key.export({ format: 'jwk' }), kid: 'test', alg: 'RS256', use: 'sig' }] },
      cookies: { keys: ['of a test'] },
      claims: { openid: ['sub'], profile: ['preferred_username', 'employee'] },
      findAccount: async (_context: unknown, id: string) => ({
        accountId: id,
        claims: async () => ({ sub: id, preferred_username: `${id}@office`, employee: `E-${id}` }),
      }),
    });
    provider.use(async (context, next) => {
      await next();
      const body = context.body as { id_token?: string } | undefined;
      if (context.path !== '/token' || forgery === null || body?.id_token === undefined) return;
      const text = Buffer.from(body.id_token.split('.')[1]!, 'base64url').toString('utf8');
      const claims = JSON.parse(text) as Record<string, unknown>;
      forgery(claims);
      body.id_token = signed(claims, forger);
    });
    answer = provider.callback();
  };
  return {
    issuer,
    clientId: client.id,
    clientSecret: new Secret(client.secret),
    serve,
    forge: (change, withOtherKey = false) => {
      forgery = change;
      forger = withOtherKey ? otherKey : key;
    },
    replace: (listener) => {
      replaced = listener;
    },
    listen: (listener) => {
      told = listener;
    },
    descriptions: () => descriptions,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
