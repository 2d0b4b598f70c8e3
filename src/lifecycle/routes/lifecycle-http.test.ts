import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { registerLifecycleRoutes, runUpkeep } from '../index.ts';

// Who may take which step over the interface: roles and units, as the gate and the operations hold them.

let office: LifecycleOffice;
let app: HttpServer;
const people = new Map<string, Actor>();
beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-05');
  for (const [name, role, unit] of [
    ['sponsor', 'sponsor', '岳阳市'],
    ['colleague', 'sponsor', '岳阳市'],
    ['manager', 'manager', '岳阳市'],
    ['office', 'supervisor', '湖南省'],
    ['cityOffice', 'supervisor', '岳阳市'],
    ['inspector', 'inspector', '湖南省'],
    ['auditor', 'auditor', '湖南省'],
  ] as const)
    people.set(name, await office.person(role, unit));
  app = await createServer(async ({ headers }) => people.get(String(headers['x-as'])) ?? null);
  registerLifecycleRoutes(app, office);
  await app.ready();
});
afterAll(async () => {
  await app?.close();
  await office?.remove();
});

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

async function ask(
  who: string,
  method: Method,
  path: string,
  payload?: object,
  headers: Record<string, string> = {},
) {
  const answer = await app.inject({
    ...{ method, url: `/api/v1/${path}` },
    headers: { host: '127.0.0.1', 'x-as': who, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
  const isJson = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    body: (isJson ? answer.json() : {}) as Record<string, never> & { code?: string; id?: number },
    headers: answer.headers,
    bytes: answer.rawPayload,
  };
}

const FORM = {
  ...{ kind: 'open', platform: '头条号', name: '岳阳政务', functions: ['信息发布'] },
  ...{ leader: '', responsible: '周晓岚', contact: '彭建军', phone: '0730-8880000' },
  ...{ homeLink: '', reason: '便民' },
};

async function draft(who = 'sponsor'): Promise<number> {
  const made = await ask(who, 'POST', 'account-cases', {
    ...{ unitId: office.unit('岳阳市'), accountId: null, dutyId: null, form: FORM },
  });
  expect(made.status).toBe(201);
  return made.body.id!;
}

interface Detail {
  readonly version: number;
  readonly state: string;
  readonly maySteps: readonly { readonly step: string; readonly whyNot: string | null }[];
  readonly steps: readonly { readonly words: string; readonly note: string }[];
}
const read = async (who: string, id: number): Promise<Detail> =>
  (await ask(who, 'GET', `account-cases/${id}`)).body as unknown as Detail;

async function decide(who: string, id: number, decision = 'approve'): Promise<number> {
  const { version } = await read('office', id);
  const body = { decision, note: '见材料', version };
  return (await ask(who, 'POST', `account-cases/${id}/decisions`, body)).status;
}

it('each step is the right person’s, and nobody’s twice', async () => {
  for (const who of ['inspector', 'auditor'])
    expect((await ask(who, 'POST', 'account-cases', {})).status).toBe(403);
  const id = await draft();
  expect((await ask('office', 'POST', `account-cases/${id}/submission`)).status).toBe(403);
  expect((await ask('colleague', 'POST', `account-cases/${id}/submission`)).status).toBe(204);
  for (const [who, status] of [
    ['sponsor', 403],
    ['inspector', 403],
    ['auditor', 403],
    ['manager', 204],
    // The second approval is the whole province's.
    ['manager', 403],
    ['cityOffice', 403],
    ['office', 204],
    ['office', 409],
  ] as const)
    expect([who, await decide(who, id)]).toEqual([who, status]);
  for (const [who, status] of [
    ['manager', 403],
    ['cityOffice', 403],
  ] as const)
    expect([
      who,
      (await ask(who, 'POST', `account-cases/${id}/revocation`, { note: 'x' })).status,
    ]).toEqual([who, status]);
});

it('a city’s own supervising office may give the first approval', async () => {
  const id = await draft();
  await ask('sponsor', 'POST', `account-cases/${id}/submission`);
  expect(await decide('cityOffice', id)).toBe(204);
  expect(await decide('office', id)).toBe(204);
});

it('what is returned says why, may be mended, and shows each what he can do', async () => {
  const id = await draft();
  await ask('sponsor', 'POST', `account-cases/${id}/submission`);
  const possible = async (who: string) =>
    (await read(who, id)).maySteps.filter(({ whyNot }) => whyNot === null).map(({ step }) => step);
  expect(await possible('sponsor')).toEqual(['withdraw']);
  expect(await possible('manager')).toEqual(['withdraw', 'review', 'return', 'reject']);
  expect(await decide('manager', id, 'return')).toBe(204);
  expect(await possible('sponsor')).toEqual(['amend', 'submit', 'withdraw']);
  const { steps, state } = await read('sponsor', id);
  expect([state, steps.at(-1)]).toMatchObject(['returned', { words: '退回补正', note: '见材料' }]);
  const mended = { form: { ...FORM, name: '岳阳政务服务' } };
  expect((await ask('sponsor', 'PUT', `account-cases/${id}/form`, mended)).status).toBe(204);
  const other = { form: { kind: 'resume', reason: 'x' } };
  expect((await ask('sponsor', 'PUT', `account-cases/${id}/form`, other)).body.code).toBe(
    'case.kind',
  );
});

/** One file as a form. */
function form(name: string, bytes: Uint8Array): readonly [Buffer, Record<string, string>] {
  const head = `--edge\r\ncontent-disposition: form-data; name="files"; filename="${name}"\r\ncontent-type: application/pdf\r\n\r\n`;
  const payload = Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--edge--\r\n')]);
  return [payload, { 'content-type': 'multipart/form-data; boundary=edge' }];
}

it('files are what their bytes are, and come back as files only', async () => {
  const id = await draft();
  const path = `account-cases/${id}/files`;
  const send = (bytes: Uint8Array) => ask('sponsor', 'POST', path, ...form('../申请表.pdf', bytes));
  const page = await send(Buffer.from('<script>alert(1)</script>'));
  expect([page.status, page.body.code]).toEqual([400, 'case.file-type']);
  const large = await send(Buffer.alloc(9 * 1024 * 1024));
  expect([large.status, large.body.code]).toEqual([413, 'http.too-large']);
  const kept = await send(Buffer.from('%PDF-1.4 %%EOF'));
  expect(kept).toMatchObject({ status: 201, body: { name: '申请表.pdf', bytes: 14 } });
  const back = await ask('manager', 'GET', `${path}/${kept.body.id}`);
  expect(back.headers).toMatchObject({
    'content-type': 'application/pdf',
    'content-disposition': expect.stringMatching(/^attachment;/),
    'content-security-policy': expect.stringContaining('sandbox'),
    'x-content-type-options': 'nosniff',
  });
  expect((await ask('sponsor', 'GET', `account-cases/${id}/notice.docx`)).body.code).toBe(
    'case.no-notice',
  );
});

it('a duty is confirmed by its unit or its manager, read by those above', async () => {
  await runUpkeep(office, { at: '2026-02-01T00:00:00.000Z' });
  const { items } = (await ask('office', 'GET', 'upkeep/duties?month=2026-02')).body as unknown as {
    items: { id: number; unit: { name: string } }[];
  };
  const own = items.find(({ unit }) => unit.name === '岳阳市')!.id;
  const body = { seen: 'x', items: [], note: '' };
  for (const [who, status] of [
    ['office', 403],
    ['inspector', 403],
    ['auditor', 403],
    ['sponsor', 409],
    ['manager', 409],
  ] as const)
    expect([
      who,
      (await ask(who, 'POST', `upkeep/duties/${own}/confirmation`, body)).status,
    ]).toEqual([who, status]);
  expect((await ask('inspector', 'GET', 'upkeep/duties')).status).toBe(403);
  expect((await ask('auditor', 'GET', 'upkeep/duties')).status).toBe(200);
});
