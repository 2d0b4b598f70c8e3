import { expect, it } from 'vitest';
import { originNow } from '../lib/node/origin.ts';
import { actorWith, asOwner } from '../testing/as-actor.ts';
import { createServer } from './create-server.ts';

const headers = { host: '127.0.0.1' };

it('does not start with a route that does not say who may call it', async () => {
  const app = await createServer(asOwner);
  expect(() => app.get('/open', async () => 'hello')).toThrow('does not say who may call it');
  await app.close();
});

it.each([
  ['public', null, 200, undefined],
  ['signedIn', null, 401, 'identity.signed-out'],
  ['round.run', null, 401, 'identity.signed-out'],
  ['signedIn', actorWith({ abilities: [] }), 200, undefined],
  ['round.run', actorWith({ abilities: ['round.read'] }), 403, 'identity.forbidden'],
  ['round.run', actorWith({ abilities: ['round.run'] }), 200, undefined],
] as const)('access %s: %#', async (access, visitor, status, code) => {
  const app = await createServer(async () => visitor);
  app.get('/thing', { config: { access } }, async () => ({ done: true }));
  const answer = await app.inject({ url: '/thing', headers });
  expect([answer.statusCode, answer.json().code]).toEqual([status, code]);
  // What does not exist tells nothing to anybody.
  expect((await app.inject({ url: '/other', headers })).statusCode).toBe(404);
  await app.close();
});

it('puts what a handler changes under its caller', async () => {
  const app = await createServer(async () => actorWith({ userId: 7 }));
  app.get('/origin', { config: { access: 'signedIn' } }, async (request) => {
    await new Promise((resolve) => setImmediate(resolve));
    return { ...originNow(), name: request.actor.name };
  });
  const answer = await app.inject({ url: '/origin', headers });
  expect(answer.json()).toEqual({
    userId: 7,
    address: '127.0.0.1',
    requestId: answer.headers['x-request-id'],
    name: '本机',
  });
  expect(originNow()).toEqual({ userId: null, address: null, requestId: null });
  await app.close();
});
