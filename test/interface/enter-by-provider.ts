import { generateSync } from 'otplib';
import { linkIdentity } from '../../src/identity/oidc/link-identity.ts';
import type { TestProvider } from '../../src/testing/oidc/start-provider.ts';
import { signInAtProvider, Walk } from '../../src/testing/oidc/walk.ts';
import type { Installation } from './city-offices.ts';

const NEXT_STEP_MS = 30_000;

/** Somebody linked and with a second factor signs in at the provider; gives back what his code, the last step, is answered. */
export async function enterByProvider(
  installation: Installation,
  { issuer, serve }: TestProvider,
): Promise<{ status: number; text: string }> {
  const { app, deps } = installation;
  const person = await installation.enter('supervisor', null);
  const subject = 'zhao';
  await linkIdentity(deps.identity, person.userId, {
    ...{ issuer, claim: 'sub', subject, label: subject },
  });
  const { secret } = (await person.call('POST', '/api/v1/session/totp')).body as { secret: string };
  const code = (ahead: number): string =>
    generateSync({ secret, epoch: Math.floor((Date.now() + ahead) / 1000) });
  await person.call('POST', '/api/v1/session/totp/confirm', { code: code(0) });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  serve([url]);
  const walk = new Walk();
  await signInAtProvider(walk, await walk.open(`${url}/api/v1/session/oidc/start`), subject);
  const answer = await app.inject({
    ...{ method: 'POST', url: '/api/v1/session/oidc/code', payload: { code: code(NEXT_STEP_MS) } },
    headers: { host: '127.0.0.1', cookie: `xunjian_oidc=${walk.cookie(url, 'xunjian_oidc')}` },
  });
  return { status: answer.statusCode, text: answer.payload };
}
