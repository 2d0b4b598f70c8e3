import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../domain/actor.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { actorWith } from '../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { registerWordingRoutes } from './index.ts';

const actors: Readonly<Record<string, Actor>> = {
  zhang: actorWith({ userId: 1, name: '张三（zhangsan）' }),
  renamed: actorWith({ userId: 1, name: '张三丰（zhangsan）' }),
  li: actorWith({ userId: 2, name: '李四（lisi）' }),
  reader: actorWith({ userId: 3, abilities: ['ruleset.read'] }),
  city: actorWith({ userId: 4, scope: new Set([1]) }),
};

let opened: TemporaryStore;
let app: HttpServer;
beforeAll(async () => {
  opened = await temporaryStore();
  app = await createServer(async ({ headers }) => actors[String(headers['x-as'])] ?? null);
  registerWordingRoutes(app, { store: opened.store });
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await opened.remove();
});

async function ask(method: string, path: string, body?: object | FormData, as = 'zhang') {
  const { port } = app.server.address() as { port: number };
  const isForm = body instanceof FormData;
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1/${path}`, {
    method,
    headers: { 'x-as': as, ...(body && !isForm ? { 'content-type': 'application/json' } : {}) },
    ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
}

function file(text: string, name = '本省.csv'): FormData {
  const form = new FormData();
  form.append('files', new Blob([text]), name);
  return form;
}
const WRONG = '错误写法,正确写法,生效日期\n甲厅,乙厅,2018-10-01\n丙厅,,2018-02-30\n';
const RIGHT = '错误写法,正确写法,例外\n甲厅,乙厅,原甲厅\n丙局,丁局,\n';
const REASON = `reason=${encodeURIComponent('首次')}`;
const ACTIVE = `lexicons/${encodeURIComponent('本省')}/active`;

describe('lexicons', () => {
  it('show what is wrong with a file, and keep nothing of it', async () => {
    const preview = await ask('POST', 'lexicons/previews', file(WRONG));
    expect([preview.status, preview.body]).toMatchObject([
      200,
      { id: '本省', terms: 2, errors: [expect.stringContaining('第 3 行')], errorsLeftOut: 0 },
    ]);
    const refused = await ask('POST', `lexicons?${REASON}`, file(WRONG));
    expect([refused.status, refused.body.code]).toEqual([400, 'lexicon.rows']);
    expect((await ask('GET', 'lexicons')).body.items).toMatchObject([
      { id: 'seed', isShipped: true, isActive: true },
    ]);
  });

  it.each([
    ['no file', new FormData(), 'lexicon.file'],
    ['no table', file('甲,乙\n'), 'lexicon.empty'],
    [
      'a page that calls itself a table',
      file('<!doctype html><p>x', 'x.xlsx'),
      'registry.import.type',
    ],
    ['the name of the shipped one', file('{"id":"seed","words":["甲乙"]}', 'x.json'), 'lexicon.id'],
  ])('refuse %s', async (_what, form, code) => {
    const { status, body } = await ask('POST', `lexicons?${REASON}`, form);
    expect([status, body.code]).toEqual([400, code]);
  });

  it('keep versions, of which one counts or none', async () => {
    expect((await ask('POST', `lexicons?${REASON}`, file(RIGHT))).body).toMatchObject({
      ...{ id: '本省', version: 1, isKnown: false },
    });
    await ask('POST', `lexicons?${REASON}`, file('词语\n放管服\n'));
    const counting = async () =>
      (await ask('GET', 'lexicons')).body.items
        .filter((one: { isActive: boolean; isShipped: boolean }) => one.isActive && !one.isShipped)
        .map((one: { version: number }) => one.version);
    expect(await counting()).toEqual([2]);
    expect((await ask('PUT', ACTIVE, { version: 1 })).status).toBe(204);
    expect(await counting()).toEqual([1]);
    expect((await ask('PUT', ACTIVE, { version: 9 })).status).toBe(404);
    expect((await ask('DELETE', ACTIVE)).status).toBe(204);
    expect(await counting()).toEqual([]);
    expect((await ask('DELETE', ACTIVE)).status).toBe(404);
  });

  it('are looked through by kind and words', async () => {
    const entries = `lexicons/${encodeURIComponent('本省')}/entries?version=1`;
    const texts = async (query: string) =>
      (await ask('GET', `${entries}${query}`)).body.items.map((one: { text: string }) => one.text);
    expect(await texts('')).toEqual(['甲厅', '丙局']);
    expect(await texts(`&q=${encodeURIComponent('丁')}`)).toEqual(['丙局']);
    expect(await texts(`&q=${encodeURIComponent('原甲')}&kind=term`)).toEqual(['甲厅']);
    expect(await texts('&kind=name')).toEqual([]);
    expect((await ask('GET', 'lexicons/seed/entries?limit=1')).body.total).toBeGreaterThan(100);
    expect((await ask('GET', 'lexicons/nowhere/entries')).status).toBe(404);
  });
});

describe('ignores', () => {
  const VETO = {
    ...{ text: '共合', class: 'protectedName', urlPrefix: '', severity: 'veto' },
    ...{ reason: '人名', until: null },
  };

  it('of veto class need another person, whatever one calls oneself', async () => {
    expect((await ask('POST', 'text-ignores', VETO)).body).toEqual({ isInForce: false });
    expect((await ask('POST', 'text-ignores', VETO, 'renamed')).body).toEqual({ isInForce: false });
    expect((await ask('POST', 'text-ignores', VETO, 'li')).body).toEqual({ isInForce: true });
    const { items } = (await ask('GET', 'text-ignores')).body;
    expect(items).toMatchObject([
      { text: '共合', decidedBy: '张三（zhangsan）', confirmedBy: '李四（lisi）', isInForce: true },
    ]);
    expect((await ask('DELETE', `text-ignores/${items[0].id}`)).status).toBe(204);
    expect((await ask('DELETE', `text-ignores/${items[0].id}`)).status).toBe(404);
    expect((await ask('GET', 'text-ignores')).body.items).toEqual([]);
  });

  it('count until their last day', async () => {
    const past = { ...VETO, text: '贯切', severity: 'ordinary', until: '2020-01-31' };
    await ask('POST', 'text-ignores', past);
    expect((await ask('GET', 'text-ignores')).body.items).toMatchObject([
      { text: '贯切', until: '2020-01-31', isInForce: false },
    ]);
  });
});

it.each(['reader', 'city'])('%s changes nothing', async (as) => {
  const tries = [
    ask('POST', `lexicons?${REASON}`, file(RIGHT), as),
    ask('PUT', ACTIVE, { version: 1 }, as),
    ask('DELETE', ACTIVE, undefined, as),
    ask('DELETE', 'text-ignores/1', undefined, as),
  ];
  for (const { status, body } of await Promise.all(tries))
    expect([status, body.code]).toEqual([403, 'identity.forbidden']);
  expect((await ask('GET', 'lexicons', undefined, as)).status).toBe(200);
});
