import { describe, expect, it } from 'vitest';
import { TransientError, UserError } from '../lib/pure/errors.ts';
import { asOwner } from '../testing/as-actor.ts';
import { createServer, refusal } from './create-server.ts';

describe('who may ask', () => {
  it.each([
    ['127.0.0.1:8620', undefined, undefined, true],
    ['localhost:8620', 'http://localhost:8620', 'same-origin', true],
    ['evil.example', undefined, undefined, false],
    ['127.0.0.1.evil.example', undefined, undefined, false],
    ['127.0.0.1:8620', 'http://evil.example', undefined, false],
    ['127.0.0.1:8620', 'null', undefined, false],
    ['127.0.0.1:8620', undefined, 'cross-site', false],
    [undefined, undefined, undefined, false],
  ])('host %s, origin %s, fetch-site %s: allowed %s', (host, origin, site, allowed) => {
    expect(refusal({ host, origin, 'sec-fetch-site': site }, null) === null).toBe(allowed);
  });
});

describe('what a browser may open from another site', () => {
  it('is only a page made for it, opened as a page', async () => {
    const app = await createServer(asOwner);
    app.get('/own', { config: { access: 'public' } }, async () => 'own');
    app.get('/back', { config: { access: 'public', comesFromOutside: true } }, async () => 'back');
    const ask = async (url: string, mode: string, dest: string): Promise<number> => {
      const how = {
        'sec-fetch-site': 'cross-site',
        'sec-fetch-mode': mode,
        'sec-fetch-dest': dest,
      };
      return (await app.inject({ url, headers: { host: '127.0.0.1', ...how } })).statusCode;
    };
    expect(await ask('/back', 'navigate', 'document')).toBe(200);
    expect(await ask('/back', 'navigate', 'iframe')).toBe(403);
    expect(await ask('/back', 'no-cors', 'image')).toBe(403);
    expect(await ask('/own', 'navigate', 'document')).toBe(403);
    await app.close();
  });
});

describe('errors', () => {
  it('words a UserError with its code, and hides a defect', async () => {
    const app = await createServer(asOwner);
    app.get('/asked', { config: { access: 'public' } }, async () => {
      throw new UserError('round.unknown', '没有这个批次。');
    });
    app.get('/away', { config: { access: 'public' } }, async () => {
      throw new TransientError('store.lost', '数据库连接中断');
    });
    const headers = { host: '127.0.0.1' };
    const away = await app.inject({ url: '/away', headers });
    expect([away.statusCode, away.json().code]).toEqual([503, 'store.lost']);
    const response = await app.inject({ url: '/asked', headers });
    expect([response.statusCode, response.json()]).toEqual([
      404,
      {
        code: 'round.unknown',
        message: '没有这个批次。',
        details: [],
        requestId: response.headers['x-request-id'],
      },
    ]);
    expect(response.headers['x-content-type-options']).toBe('nosniff');
    expect((await app.inject({ url: '/nowhere', headers })).json().code).toBe('http.not-found');
    expect(
      (await app.inject({ url: '/asked', headers: { host: 'evil.example' } })).statusCode,
    ).toBe(403);
    await app.close();
  });
});
