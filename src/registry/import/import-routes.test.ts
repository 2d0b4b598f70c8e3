import { zipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import type { Actor } from '../../domain/actor.ts';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { importRegistry } from '../import-registry.ts';
import { listSites, listUnits, registryDb } from '../registry.repository.ts';
import { DEFAULT_REGISTRY_POLICY } from '../registry-policy.ts';
import { registerRegistryRoutes } from '../routes.ts';
import { sweepDrafts } from './import-draft.repository.ts';
import { previewImport, readImport } from './import-draft.ts';
import { whyReview } from './why-review.ts';

const UNITS = [
  ['名称', '上级', '通报行'],
  ['甲省', '', '省直部门'],
  ['乙市', '甲省', '乙市'],
  ['丙市', '甲省', '丙市'],
];
const HEADER = ['网站标识码', '网站名称', '主办单位', '首页网址'];
const SITES = [
  HEADER,
  ['4301000001', '乙市门户', '乙市', 'http://yi.gov.cn/'],
  ['4302000001', '丙市门户', '丙市', 'http://bing.gov.cn/'],
];
const csv = (rows: readonly (readonly string[])[]) => Buffer.from(writeCsv(rows));

let opened: TemporaryStore;
let app: HttpServer;
let actor: Actor;
const owner = actorWith({ userId: 1, login: 'wang', name: '王（wang）' });
beforeAll(async () => {
  opened = await temporaryStore();
  app = await createServer(async () => actor);
  registerRegistryRoutes(app, { ...opened, registry: DEFAULT_REGISTRY_POLICY });
  const files = [
    { name: '单位.csv', bytes: csv(UNITS) },
    { name: '网站.csv', bytes: csv(SITES) },
  ];
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2020-07-01' });
  await app.listen({ host: '127.0.0.1', port: 0 });
  actor = owner;
});
afterAll(async () => {
  await app.close();
  await opened.remove();
});
afterEach(() => {
  actor = owner;
});

const URL_OF_IMPORTS = '/api/v1/registry/imports';
async function upload(files: readonly (readonly [string, Uint8Array])[]) {
  const form = new FormData();
  for (const [name, bytes] of files) form.append('files', new Blob([new Uint8Array(bytes)]), name);
  const address = app.server.address() as { port: number };
  const answer = await fetch(`http://127.0.0.1:${address.port}${URL_OF_IMPORTS}`, {
    method: 'POST',
    body: form,
  });
  return { status: answer.status, body: (await answer.json()) as never as Record<string, never> };
}
async function ask(method: 'GET' | 'POST' | 'DELETE', url: string) {
  const answer = await app.inject({ method, url, headers: { host: '127.0.0.1' } });
  const isJson = String(answer.headers['content-type']).startsWith('application/json');
  return { status: answer.statusCode, body: isJson ? answer.json() : null, answer };
}
const changed = (name: string) => csv([HEADER, ['4301000001', name, '乙市', 'http://yi.gov.cn/']]);
const siteNames = async () => (await listSites(opened.store.db)).map(({ name }) => name);
async function rowsOf(table: 'import_draft' | 'import_draft_file'): Promise<number> {
  const db = opened.store.db;
  const found = await db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll().as('n'))
    .executeTakeFirst();
  return Number(found?.n);
}

describe('an upload', () => {
  it('is previewed without touching the register, then confirmed, once', async () => {
    const { status, body } = await upload([['改名.csv', changed('乙市新名')]]);
    expect([status, body]).toMatchObject([
      201,
      {
        files: [{ name: '改名.csv', kind: 'csv', rows: 1 }],
        counts: { sites: { added: 0, changed: 1, unchanged: 0 } },
        errors: [],
        state: 'drafted',
      },
    ]);
    expect(await siteNames()).not.toContain('乙市新名');
    const url = `${URL_OF_IMPORTS}/${body.id}`;
    expect((await ask('GET', url)).body).toEqual(body);
    const [one, two] = await Promise.all([
      ask('POST', `${url}/confirmation`),
      ask('POST', `${url}/confirmation`),
    ]);
    expect([one!.status, two!.status].sort()).toEqual([200, 409]);
    expect(await siteNames()).toContain('乙市新名');
    expect((await ask('GET', url)).body.state).toBe('applied');
    expect(await rowsOf('import_draft_file')).toBe(0);
  });

  it('tells the trail every changed value, before and after', async () => {
    const files = [{ name: '改.csv', bytes: changed('乙市再改名') }];
    await importRegistry(opened, '测试', { files, dryRun: false, today: '2020-07-02' });
    const row = await opened.store.db
      .selectFrom('audit')
      .selectAll()
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    expect(row).toMatchObject({
      action: 'registry.import',
      before: { 'site:4301000001': { name: '乙市新名' } },
      after: { 'site:4301000001': { name: '乙市再改名' } },
      detail: { changes: { count: 1, notListed: 0 }, files: [{ name: '改.csv', rows: 1 }] },
    });
  });

  it('with faulty cells names each, keeps no bytes, and cannot be confirmed', async () => {
    const faulty = csv([
      HEADER,
      ['1', '', '丁市', 'ftp://x/'],
      ['4301000009', '好', '乙市', 'yi.gov.cn'],
    ]);
    const { status, body } = await upload([['坏.csv', faulty]]);
    expect([status, body]).toMatchObject([201, { state: 'faulty' }]);
    expect(body.errors).toEqual(
      expect.arrayContaining([
        {
          file: '坏.csv',
          sheet: '坏',
          row: 2,
          column: '网站标识码',
          message: expect.stringMatching(/10 位数字/),
        },
        { file: '坏.csv', sheet: '坏', row: 2, column: '主办单位', message: '单位表里没有“丁市”' },
      ]),
    );
    expect(await rowsOf('import_draft_file')).toBe(0);
    expect((await ask('POST', `${URL_OF_IMPORTS}/${body.id}/confirmation`)).body.code).toBe(
      'registry.import.state',
    );
  });

  it('whose headers nobody knows is faulty as a whole', async () => {
    const { status, body } = await upload([
      [
        '别的.csv',
        csv([
          ['甲', '乙'],
          ['1', '2'],
        ]),
      ],
    ]);
    expect([status, body.state, body.errors]).toMatchObject([201, 'faulty', [{ row: 0 }]]);
  });

  it('whose register changed meanwhile is refused, and stays what it was', async () => {
    const { body } = await upload([['改名.csv', changed('第三个名')]]);
    const files = [{ name: '别人.csv', bytes: changed('第三个名') }];
    await importRegistry(opened, '别人', { files, dryRun: false, today: '2020-07-03' });
    const refused = await ask('POST', `${URL_OF_IMPORTS}/${body.id}/confirmation`);
    expect([refused.status, refused.body.code]).toEqual([409, 'registry.import.changed']);
    expect((await ask('GET', `${URL_OF_IMPORTS}/${body.id}`)).body.state).toBe('drafted');
  });

  it('is its owner’s alone, and can be thrown away', async () => {
    const { body } = await upload([['改名.csv', changed('不会有')]]);
    const url = `${URL_OF_IMPORTS}/${body.id}`;
    actor = actorWith({ userId: 2, login: 'li' });
    for (const [method, path] of [
      ['GET', url],
      ['POST', `${url}/confirmation`],
      ['DELETE', url],
    ] as const) {
      const { status, body: problem } = await ask(method, path);
      expect([status, problem.code]).toEqual([404, 'registry.import.unknown']);
    }
    actor = owner;
    expect((await ask('DELETE', url)).status).toBe(204);
    expect((await ask('GET', url)).status).toBe(404);
    expect(await rowsOf('import_draft_file')).toBe(1);
  });

  it('is refused to who sees a part of the register, or may not import', async () => {
    actor = actorWith({ scope: new Set([1]) });
    expect((await upload([['a.csv', changed('x')]])).status).toBe(403);
    actor = actorWith({ abilities: ['registry.read'] });
    expect((await upload([['a.csv', changed('x')]])).status).toBe(403);
  });

  it('waits an hour; its bytes go then, and a day later all of it', async () => {
    const at = (hours: number) => new Date(Date.UTC(2030, 0, 1, hours)).toISOString();
    const files = [{ name: '改.csv', bytes: changed('迟到') }];
    const { id } = await previewImport({ ...opened, registry: DEFAULT_REGISTRY_POLICY }, owner, {
      files,
      now: at(0),
    });
    expect((await readImport(opened, owner, id, at(0))).state).toBe('drafted');
    expect((await readImport(opened, owner, id, at(2))).state).toBe('expired');
    await sweepDrafts(registryDb(opened.store.db), at(2));
    expect(await rowsOf('import_draft_file')).toBe(0);
    await sweepDrafts(registryDb(opened.store.db), at(26));
    await expect(readImport(opened, owner, id, at(26))).rejects.toMatchObject({
      code: 'registry.import.unknown',
    });
  });

  it('one person’s drafts do not pile up', async () => {
    for (let count = 0; count < 7; count += 1) await upload([['改名.csv', changed(`名${count}`)]]);
    expect(await rowsOf('import_draft')).toBe(5);
  });
});

describe('what is no register', () => {
  const EXE = Buffer.from('MZ\u0090\u0000\u0003', 'latin1');
  const OTHER_ZIP = Buffer.from(zipSync({ 'word/document.xml': new Uint8Array(3) }));
  it.each([
    ['a program', 'a.csv', EXE],
    ['a program called workbook', 'a.xlsx', EXE],
    ['another zip', 'a.xlsx', OTHER_ZIP],
    ['a zip called csv', 'a.csv', OTHER_ZIP],
    ['an old workbook', 'a.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['an old workbook called new', 'a.xlsx', Buffer.from('d0cf11e0a1b11ae1', 'hex')],
    ['a page', 'a.csv', Buffer.from('\ufeff <html><script>')],
    ['a page called json', 'a.json', Buffer.from('<!doctype html>')],
    ['a list called json', 'a.json', Buffer.from('[1]')],
    ['a picture', 'a.csv', Buffer.from('89504e470d0a', 'hex')],
    ['another ending', 'a.html', Buffer.from('x')],
    ['no ending', '../../etc/passwd', Buffer.from('x')],
    ['an empty file', 'a.csv', Buffer.alloc(0)],
  ])('%s is refused', async (_name, file, bytes) => {
    const { status, body } = await upload([[file, bytes]]);
    expect([status, body.code]).toEqual([400, 'registry.import.type']);
    expect(body.message).toMatch(/[一-龥]/);
  });

  it('nothing, twice the same, and too much are refused', async () => {
    expect((await upload([])).status).toBe(400);
    const twice = await upload([
      ['a.csv', changed('a')],
      ['a.csv', changed('b')],
    ]);
    expect([twice.status, twice.body.code]).toEqual([400, 'registry.import.files']);
    const large = await upload([['a.csv', Buffer.alloc(17 * 1024 * 1024, 0x61)]]);
    expect([large.status, large.body.code]).toEqual([413, 'http.too-large']);
    const many = await upload(
      Array.from({ length: 11 }, (_, number) => [`${number}.csv`, changed('a')] as const),
    );
    expect([many.status, many.body.code]).toEqual([413, 'http.too-large']);
    const address = app.server.address() as { port: number };
    const json = await fetch(`http://127.0.0.1:${address.port}${URL_OF_IMPORTS}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(json.status).toBe(400);
  });

  it.each(['/x', '/00000000-0000-4000-8000-000000000000?a=1'])(
    '%s is a bad request',
    async (id) => {
      expect((await ask('GET', `${URL_OF_IMPORTS}${id}`)).status).toBe(400);
    },
  );
});

it('is described as a form of files', () => {
  const { paths } = app.swagger() as unknown as {
    paths: Record<string, Record<string, { requestBody?: object }>>;
  };
  expect(paths[URL_OF_IMPORTS]!.post!.requestBody).toMatchObject({
    content: { 'multipart/form-data': { schema: expect.any(Object) } },
  });
});

describe('the export', () => {
  const get = (query: string) => ask('GET', `/api/v1/registry/export?${query}`);
  it('can be uploaded again and changes nothing', async () => {
    const xlsx = (await get('format=xlsx')).answer;
    const { body } = await upload([['名录.xlsx', xlsx.rawPayload]]);
    expect(body).toMatchObject({
      state: 'drafted',
      files: [{ kind: 'xlsx', rows: 5 }],
      counts: { units: { added: 0, changed: 0, unchanged: 3 }, sites: { unchanged: 2 } },
    });
  });

  it('holds one’s own units only', async () => {
    const yi = (await listUnits(opened.store.db)).find(({ name }) => name === '乙市')!;
    actor = actorWith({ scope: new Set([yi.id]) });
    const all = (await get('format=json')).answer.body;
    expect(all).toContain('4301000001');
    expect(all).not.toMatch(/丙市|4302000001|甲省/);
    const sites = (await get('kind=sites&format=csv')).answer;
    expect(sites.body.trim().split('\r\n')).toHaveLength(2);
  });

  it.each(['format=csv', 'format=exe', 'kind=secrets', 'format=csv&kind=sites&x=1'])(
    '%s is a bad request',
    async (query) => {
      expect((await get(query)).status).toBe(400);
    },
  );
});

/** Every row of every table as text, bytes as hexadecimal digits. */
async function everything(): Promise<string> {
  const { db } = opened.store;
  const tables = await sql<{ name: string }>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{
      text: string;
    }>`select x::text as text from ${sql.raw(name)} x`.execute(db);
    texts.push(...rows.map(({ text }) => text));
  }
  return texts.join('\n');
}

describe('a secret in an upload', () => {
  const SECRET = 'hush-0123456789abcdef0123456789';
  const HEAD = ['平台', '账号名称', '账号ID', '主办单位', '信源种类', 'AppID', 'AppSecret'];
  const accounts = (sponsor: string) =>
    csv([HEAD, ['微信公众号', '乙市发布', 'gh_yi', sponsor, 'wechat', 'wx01', SECRET]]);
  const shows = async (text: string): Promise<boolean> => {
    const all = await everything();
    return all.includes(text) || all.includes(Buffer.from(text).toString('hex'));
  };

  it('stands in no table: not while the draft waits, not when it is faulty, not when it is done', async () => {
    await upload([['错误.csv', accounts('没有这个单位')]]);
    expect(await shows(SECRET)).toBe(false);
    const { body } = await upload([['新媒体.csv', accounts('乙市')]]);
    expect([body.errors, body.state]).toEqual([[], 'drafted']);
    expect([await shows('新媒体.csv'), await shows(SECRET)]).toEqual([true, false]);
    expect((await ask('POST', `${URL_OF_IMPORTS}/${body.id}/confirmation`)).status).toBe(200);
    expect([await shows('wx01'), await shows(SECRET)]).toEqual([true, false]);
  });

  it('sealed under a key that was changed since is to be uploaded again', async () => {
    const { body } = await upload([['新媒体.csv', accounts('丙市')]]);
    await sql`update import_draft_file set bytes = set_byte(bytes, 1, 255 - get_byte(bytes, 1))`.execute(
      opened.store.db,
    );
    const { status, body: refusal } = await ask(
      'POST',
      `${URL_OF_IMPORTS}/${body.id}/confirmation`,
    );
    expect([status, refusal.code, refusal.message]).toEqual([
      409,
      'registry.import.state',
      '预览之后本安装换了密钥，请重新上传。',
    ]);
  });
});

describe('an import that takes something away', () => {
  const second = actorWith({ userId: 2, login: 'li', name: '李（li）' });
  const third = actorWith({ userId: 3, login: 'zhao', name: '赵（zhao）' });
  const CLOSED = [...HEADER, '状态', '没人认识的列'];
  const closing = (status: string) =>
    csv([CLOSED, ['4302000001', '丙市门户', '丙市', 'http://bing.gov.cn/', status, 'x']]);
  const statusOf = async () =>
    (await listSites(opened.store.db)).find(({ siteCode }) => siteCode === '4302000001')?.status;

  it('shows every changed field, and waits for a second person: of two who approve at once one does', async () => {
    const { body } = await upload([['关停.csv', closing('已关停')]]);
    expect(body).toMatchObject({
      ...{ state: 'drafted', changed: 1, whyReview: [expect.stringContaining('关停、注销')] },
      sheets: [{ of: '网站', unknown: ['没人认识的列'] }],
    });
    const url = `${URL_OF_IMPORTS}/${body.id}`;
    expect((await ask('GET', `${url}/changes?q=bing`)).body.total).toBe(0);
    expect((await ask('GET', `${url}/changes`)).body.items).toEqual([
      {
        ...{ number: 1, kind: 'site', subject: '4302000001' },
        fields: [{ title: '状态', before: '正常', after: '已关停' }],
      },
    ]);
    // Nobody else finds what was only drafted; its owner cannot go around the second person.
    actor = second;
    expect((await ask('GET', url)).status).toBe(404);
    actor = owner;
    expect((await ask('POST', `${url}/confirmation`)).body.code).toBe('registry.import.review');
    expect((await ask('POST', `${url}/approval`)).body.code).toBe('registry.import.state');
    expect((await ask('POST', `${url}/submission`)).body.state).toBe('waiting');
    expect((await ask('POST', `${url}/approval`)).body.code).toBe('registry.import.own');
    const [one, two] = await Promise.all(
      [second, third].map((person) => {
        actor = person;
        return ask('POST', `${url}/approval`);
      }),
    );
    expect([one!.status, two!.status].sort()).toEqual([200, 409]);
    expect(await statusOf()).toBe('closed');
    actor = owner;
    expect((await ask('GET', url)).body).toMatchObject({
      state: 'applied',
      decidedBy: expect.stringMatching(/李|赵/),
    });
    const { detail } = await opened.store.db
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'registry.import')
      .orderBy('id', 'desc')
      .executeTakeFirstOrThrow();
    expect(detail).toMatchObject({ draft: body.id, sentBy: owner.name });
  });

  it('can be refused with a reason, and waits a week at the most', async () => {
    const { body } = await upload([['恢复.csv', closing('已注销')]]);
    const url = `${URL_OF_IMPORTS}/${body.id}`;
    expect(body.whyReview).toEqual([]);
    await ask('POST', `${url}/submission`);
    actor = second;
    const refusal = await app.inject({
      ...{ method: 'POST', url: `${url}/refusal`, headers: { host: '127.0.0.1' } },
      payload: { reason: '网站还在' },
    });
    expect(refusal.json()).toMatchObject({ state: 'refused', reason: '网站还在' });
    expect((await ask('POST', `${url}/approval`)).body.code).toBe('registry.import.state');
    expect(await statusOf()).toBe('closed');
    actor = owner;
    const { body: later } = await upload([['再来.csv', closing('暂停')]]);
    await ask('POST', `${URL_OF_IMPORTS}/${later.id}/submission`);
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
    const id = String(later.id);
    expect((await readImport(opened, owner, id, day(6))).state).toBe('waiting');
    await sweepDrafts(registryDb(opened.store.db), day(7.5));
    expect((await readImport(opened, second, id, day(0))).state).toBe('expired');
    expect((await ask('POST', `${URL_OF_IMPORTS}/${id}/approval`)).body.code).toBe(
      'registry.import.state',
    );
  });

  type Size = { touched: number; removals: number; isFirst?: boolean; never?: boolean };
  it.each<[Size, number]>([
    [{ touched: 49, removals: 0 }, 0],
    [{ touched: 50, removals: 0 }, 1],
    [{ touched: 1, removals: 1 }, 1],
    [{ touched: 60, removals: 2 }, 2],
    [{ touched: 60, removals: 2, isFirst: true }, 0],
    [{ touched: 60, removals: 2, never: true }, 0],
  ])('%j needs a second person for %i reasons', (given, reasons) => {
    const { touched, removals, isFirst = false, never = false } = given;
    const none = { added: 0, changed: 0, unchanged: 9 };
    const replaced = { field: 'id.gh', before: 'gh_1', after: 'gh_2' };
    const found = { field: 'id.gh', before: '', after: 'gh_2' };
    const row = (field: object) => ({ subject: 'account:x', fields: [field] }) as never;
    const why = whyReview(
      never ? { diffDays: 1, reviewChanges: 0, reviewRemovals: 0 } : DEFAULT_REGISTRY_POLICY,
      {
        counts: { units: none, sites: none, accounts: { ...none, added: 1, changed: touched - 1 } },
        changed: [row(found), ...Array.from({ length: removals }, () => row(replaced))],
        isFirst,
      },
    );
    expect(why).toHaveLength(reasons);
  });
});
