import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../domain/actor.ts';
import { createServer, type HttpServer } from '../http/create-server.ts';
import { listUnits } from '../registry/index.ts';
import { actorWith } from '../testing/as-actor.ts';
import {
  confirmEverything,
  freezeReviewed,
  registerTwoCities,
  reviewingRound,
} from '../testing/rounds/reviewing-round.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { buildBulletin } from './build-bulletin.ts';
import { registerBulletinRoutes } from './index.ts';
import { remakeBulletin } from './remake-bulletin.ts';
import { sha256Of } from './write-bulletin-files.ts';

/** A program that prints nothing: builds here are about files and signatures, not about Chromium. */
const NO_BROWSER = '/bin/false';
const TEMPLATES = new URL('../../templates', import.meta.url).pathname;
const SIGNED = '2020Q3';
const ISSUE = {
  documentNumber: '湘政务函〔2020〕25号',
  issuer: '湖南省政务管理服务局',
  issuedOn: '2020-09-29',
  rectificationDeadline: '2020-10-23',
  contact: '郑锵',
};

let opened: TemporaryStore;
let app: HttpServer;
const actors: Record<string, Actor> = {};

beforeAll(async () => {
  opened = await temporaryStore();
  const { store, folder } = opened;
  await registerTwoCities(store);
  const units = await listUnits(store.db);
  const unit = (name: string): number => units.find((each) => each.name === name)!.id;
  Object.assign(actors, {
    zhang: actorWith({ userId: 1, name: '张三（zhangsan）' }),
    li: actorWith({ userId: 2, name: '李四（lisi）' }),
    reader: actorWith({ userId: 3, abilities: ['bulletin.read'] }),
    yueyang: actorWith({ userId: 4, scope: new Set([unit('岳阳市')]) }),
    machine: actorWith({ userId: 5, how: 'token' }),
    local: actorWith({ userId: null, how: 'command' }),
  });
  app = await createServer(async ({ headers }) => actors[String(headers['x-as'])] ?? null);
  registerBulletinRoutes(app, {
    store,
    chromiumPath: NO_BROWSER,
    bulletinsDir: join(folder, 'bulletins'),
    templateDirs: [TEMPLATES],
  });
});
afterAll(async () => {
  await app.close();
  await opened.remove();
});

interface Asked {
  readonly as?: string;
  readonly body?: unknown;
}

async function ask(method: 'GET' | 'POST' | 'DELETE', path: string, asked: Asked = {}) {
  const response = await app.inject({
    method,
    url: `/api/v1/bulletins${path}`,
    headers: { host: '127.0.0.1', 'x-as': asked.as ?? 'zhang' },
    ...(asked.body === undefined ? {} : { payload: asked.body as object }),
  });
  const isJson = String(response.headers['content-type']).startsWith('application/json');
  const json = isJson ? response.json() : null;
  return { status: response.statusCode, code: json?.code as string | undefined, json, response };
}

const send = (method: 'GET' | 'PATCH', path: string, payload?: object) =>
  app.inject({
    method,
    url: path.startsWith('/..') ? `/api/v1${path.slice(3)}` : `/api/v1/bulletins${path}`,
    headers: { host: '127.0.0.1', 'x-as': 'zhang' },
    ...(payload === undefined ? {} : { payload }),
  });
const build = (period: string, body: unknown = ISSUE) => ask('POST', `/${period}/build`, { body });
const sign = (period: string, sha256: string, as = 'zhang') =>
  ask('POST', `/${period}/signatures`, { as, body: { sha256 } });
const refused = async (work: ReturnType<typeof ask>) => {
  const { status, code } = await work;
  return [status, code];
};

/** A frozen, built round that could be signed, unless something is done to it first. */
async function builtRound(period: string): Promise<string> {
  await reviewingRound(opened.store, period);
  await confirmEverything(opened.store, period);
  await freezeReviewed(opened.store, period);
  return (await build(period)).json.sha256 as string;
}

describe('a round under review', () => {
  beforeAll(() => reviewingRound(opened.store, SIGNED));

  it('takes words of the office between the computed parts, in versions; computed parts stay', async () => {
    const path = `/${SIGNED}/blocks`;
    const said = { kind: 'text', after: 'overview', text: '长沙市做法 3 条。' };
    const added = await ask('POST', path, { body: said });
    expect([added.status, added.json.block, added.json.version]).toEqual([201, 1, 1]);
    const change = (body: object) => send('PATCH', `${path}/1`, body);
    expect((await change({ version: 1, text: '长沙市做法 4 条。' })).json().version).toBe(2);
    expect((await change({ version: 1, text: '晚了一步' })).json().code).toBe(
      'bulletin.block.changed',
    );
    const note = { kind: 'annotation', after: 'problems', text: '有一个网站已关停' };
    expect(await refused(ask('POST', path, { body: note }))).toEqual([
      400,
      'bulletin.block.reason',
    ]);
    await ask('POST', path, { body: { ...note, reason: '主办单位来函' } });
    expect(await refused(ask('POST', path, { body: { ...said, after: 'nowhere' } }))).toEqual([
      400,
      'bulletin.block.place',
    ]);
    expect(await refused(ask('POST', path, { as: 'yueyang', body: said }))).toEqual([
      404,
      'bulletin.unknown',
    ]);
    const { json } = await ask('GET', `/${SIGNED}/preview`);
    const paragraphs = json.sections.flatMap((each: { paragraphs: unknown[] }) => each.paragraphs);
    const own = paragraphs.filter((each: { blockId: number | null }) => each.blockId !== null);
    expect(own.map((each: { runs: { text: string }[] }) => each.runs[0]!.text)).toEqual([
      '长沙市做法 4 条。',
      '（注：有一个网站已关停）',
    ]);
    expect(json.reconciled).toBe(true);
    const versions = await ask('GET', `${path}/1/versions`);
    expect(
      versions.json.items.map((each: { text: string; by: string }) => [each.text, each.by]),
    ).toEqual([
      ['长沙市做法 4 条。', '张三（zhangsan）'],
      ['长沙市做法 3 条。', '张三（zhangsan）'],
    ]);
    const removed = await send('PATCH', `${path}/2`, { version: 1, removed: true });
    expect(removed.json()).toMatchObject({ version: 2, removed: true });
    await change({ version: 2, text: '长沙市做法很好。' });
  });

  it('is previewed by another template; templates are listed', async () => {
    const listed = await send('GET', '/../bulletin-templates');
    expect(listed.json().items.map(({ id }: { id: string }) => id)).toContain('henan');
    const { json } = await ask('GET', `/${SIGNED}/preview?template=henan`);
    expect([json.template.id, json.annexes, json.reconciled]).toEqual(['henan', [], false]);
    expect(json.problems).toEqual([expect.stringContaining('“overview”不在这个模板里')]);
  });

  it('is previewed as a draft that says why; figures and annexes open their rows', async () => {
    const { status, json } = await ask('GET', `/${SIGNED}/preview`);
    expect([status, json.isDraft, json.isSigned, json.reconciled]).toEqual([
      200,
      true,
      false,
      true,
    ]);
    expect(json.whyDraft).toContain('还在审核');
    const headings = json.sections.map(({ heading }: { heading: string }) => heading);
    expect(headings).toEqual(['', '一、总体情况', '二、发现的主要问题', '三、下一步工作要求']);
    const runs = json.sections[1].paragraphs[0].runs as { text: string; ref?: object }[];
    const figures = runs.filter(({ ref }) => ref !== undefined);
    expect(figures.map(({ text }) => text)).toEqual([
      '3',
      '2',
      '33.33%',
      '2',
      '1',
      '50.00%',
      '100%',
    ]);
    for (const { text, ref } of figures.filter((figure) => /^\d+$/.test(figure.text))) {
      const { json: rows } = await ask(
        'GET',
        `/${SIGNED}/rows?${new URLSearchParams(ref as never)}`,
      );
      expect(rows.subjects, text).toBe(Number(text));
    }
    const [, sites, , accounts] = json.annexes;
    expect(sites.rows.map((row: { cells: string[] }) => row.cells[2])).toEqual([
      '长沙市门户',
      '岳阳市门户',
    ]);
    const ids = [...sites.rows, ...accounts.rows].flatMap(
      (row: { findingIds: number[] }) => row.findingIds,
    );
    expect(new Set(ids).size).toBe(3);
    const { json: rows } = await ask('GET', `/${SIGNED}/rows?rows=failing-sites&printRow=岳阳市`);
    expect(rows.items).toMatchObject([
      { kind: 'site', name: '岳阳市门户', identity: '4306000001', label: '首页不更新' },
    ]);
    expect(ids).toContain(rows.items[0].findingId);
    expect((await ask('GET', `/${SIGNED}/rows?rows=undetermined`)).json.items).toMatchObject([
      { name: '长沙市政务', reason: '没有看全', findingId: expect.any(Number) },
    ]);
  });

  it('is listed without a build, and neither built nor signed', async () => {
    const { json } = await ask('GET', '');
    expect(json.items).toMatchObject([{ period: SIGNED, state: 'none', signatures: [] }]);
    expect(await refused(build(SIGNED))).toEqual([409, 'round.not-frozen']);
    expect(await refused(sign(SIGNED, '0'.repeat(64)))).toEqual([404, 'bulletin.unknown']);
    expect((await ask('GET', `/${SIGNED}/signing`)).json).toMatchObject({
      state: 'none',
      build: null,
      maySign: '还没有生成通报。',
    });
  });
});

describe('from the first build to the second signature', () => {
  const hashes: string[] = [];
  beforeAll(async () => {
    await confirmEverything(opened.store, SIGNED);
    await freezeReviewed(opened.store, SIGNED);
  });

  it('builds into a folder of its own, keeps earlier ones, and serves each by its checksum', async () => {
    for (const body of [{ documentNumber: '草拟第1号' }, ISSUE]) {
      const { status, json } = await build(SIGNED, body);
      expect([status, json.files, json.isDraft]).toEqual([
        201,
        ['bulletin.json', 'bulletin.docx', 'bulletin.html', 'annexes.xlsx'],
        false,
      ]);
      expect(json.pdfSkipped).toContain('Chromium');
      hashes.push(json.sha256);
    }
    const { json } = await ask('GET', `/${SIGNED}/archive`);
    expect(json.items).toMatchObject([
      {
        sha256: hashes[1],
        isNewest: true,
        builtBy: '张三（zhangsan）',
        number: ISSUE.documentNumber,
      },
      { sha256: hashes[0], isNewest: false, number: '草拟第1号' },
    ]);
    for (const each of json.items)
      for (const { name, sha256 } of each.files) {
        const path = `/${SIGNED}/files/${name}?sha256=${each.sha256}`;
        const { status, response } = await ask('GET', path);
        expect([status, sha256Of(response.rawPayload)]).toEqual([200, sha256]);
        expect(response.headers['content-disposition']).toContain(name);
      }
    expect(await refused(ask('GET', `/${SIGNED}/files/bulletin.pdf`))).toEqual([
      404,
      'bulletin.file.unknown',
    ]);
    const unknown = `/${SIGNED}/files/bulletin.docx?sha256=${'0'.repeat(64)}`;
    expect(await refused(ask('GET', unknown))).toEqual([404, 'bulletin.build.unknown']);
    const preview = (await ask('GET', `/${SIGNED}/preview`)).json;
    expect([preview.isDraft, preview.whyDraft, preview.number]).toEqual([
      false,
      null,
      ISSUE.documentNumber,
    ]);
  });

  it('is not to be seen before it is signed by who sees only a part of the register', async () => {
    const paths = [
      '',
      '/preview',
      '/rows?rows=sites',
      '/archive',
      '/signing',
      '/files/bulletin.docx',
    ];
    for (const path of paths) {
      const [drafted, never] = [
        await ask('GET', `/${SIGNED}${path}`, { as: 'yueyang' }),
        await ask('GET', `/2019Q1${path}`, { as: 'yueyang' }),
      ];
      expect([drafted.status, drafted.code], path).toEqual([404, 'bulletin.unknown']);
      expect(drafted.json.message.replace(SIGNED, '2019Q1'), path).toBe(never.json.message);
    }
    const post = { as: 'yueyang', body: ISSUE };
    expect(await refused(ask('POST', `/${SIGNED}/build`, post))).toEqual([404, 'bulletin.unknown']);
    expect(await refused(sign(SIGNED, hashes[1]!, 'yueyang'))).toEqual([404, 'bulletin.unknown']);
    expect((await ask('GET', '', { as: 'yueyang' })).json).toMatchObject({ items: [], total: 0 });
  });

  it.each([
    ['an older build', () => sign(SIGNED, hashes[0]!), 409, 'bulletin.sign.not-newest'],
    ['a build of nobody', () => sign(SIGNED, '0'.repeat(64)), 404, 'bulletin.build.unknown'],
    ['a machine', () => sign(SIGNED, hashes[1]!, 'machine'), 403, 'identity.forbidden'],
    ['the command line', () => sign(SIGNED, hashes[1]!, 'local'), 403, 'identity.forbidden'],
    ['a reader', () => sign(SIGNED, hashes[1]!, 'reader'), 403, 'identity.forbidden'],
    ['a stranger', () => sign(SIGNED, hashes[1]!, 'nobody'), 401, 'identity.signed-out'],
    [
      'a withdrawal of nothing',
      () => ask('DELETE', `/${SIGNED}/signatures`),
      404,
      'bulletin.signature.unknown',
    ],
  ])('does not take the signature of %s', async (_, work, status, code) => {
    expect(await refused(work())).toEqual([status, code]);
  });

  it('is signed, withdrawn, signed again, and by another; then it is final', async () => {
    const newest = hashes[1]!;
    const first = await sign(SIGNED, newest);
    expect(first.json).toMatchObject({
      state: 'awaitingSecond',
      signatures: [{ by: '张三（zhangsan）', isOwn: true }],
      notes: ['有 1 个指标无法判定（留待下期），没有写进通报。'],
      blockers: [],
      mayWithdraw: null,
    });
    expect(await refused(sign(SIGNED, newest))).toEqual([409, 'bulletin.sign.same-person']);
    const other = await ask('DELETE', `/${SIGNED}/signatures`, { as: 'li' });
    expect([other.status, other.code]).toEqual([404, 'bulletin.signature.unknown']);
    const withdrawn = await ask('DELETE', `/${SIGNED}/signatures`);
    expect(withdrawn.json).toMatchObject({ state: 'draft', signatures: [], maySign: null });
    await sign(SIGNED, newest);
    const second = await sign(SIGNED, newest, 'li');
    expect(second.json).toMatchObject({ state: 'signed', maySign: '已由两人签发，不能再改。' });
    const { rows: rounds } = await sql<{ state: string }>`select state from round`.execute(
      opened.store.db,
    );
    expect(rounds).toEqual([{ state: 'issued' }]);
    for (const work of [
      () => sign(SIGNED, newest, 'li'),
      () => ask('DELETE', `/${SIGNED}/signatures`),
      () => build(SIGNED),
    ])
      expect(await refused(work())).toEqual([409, 'bulletin.final']);
    const again = buildBulletin(
      { store: opened.store, chromiumPath: NO_BROWSER, templateDirs: [TEMPLATES] },
      '本机',
      {
        period: SIGNED,
        outDir: join(opened.folder, 'again'),
        issue: {},
        at: '2020-09-30T00:00:00Z',
      },
    );
    await expect(again).rejects.toMatchObject({ code: 'bulletin.final' });
    expect(existsSync(join(opened.folder, 'again'))).toBe(false);
    const { rows } = await sql<{ actor: string; action: string }>`
      select actor, action from audit
       where action in ('bulletin.build', 'bulletin.sign', 'bulletin.withdraw', 'round.issue') order by id
    `.execute(opened.store.db);
    expect(rows.map(({ actor, action }) => `${action} ${actor.slice(0, 2)}`)).toEqual([
      'bulletin.build 张三',
      'bulletin.build 张三',
      'bulletin.sign 张三',
      'bulletin.withdraw 张三',
      'bulletin.sign 张三',
      'bulletin.sign 李四',
      'round.issue 李四',
    ]);
  });

  it('is read whole by everybody then; what is not published stays with its own', async () => {
    const as = 'yueyang';
    expect((await ask('GET', '', { as })).json.items).toMatchObject([
      { state: 'signed', files: ['bulletin.docx', 'bulletin.html', 'annexes.xlsx'] },
    ]);
    const { json } = await ask('GET', `/${SIGNED}/preview`, { as });
    const rows = json.annexes[1].rows as { cells: string[]; findingIds: number[] }[];
    expect(rows.map(({ cells, findingIds }) => [cells[1], findingIds.length])).toEqual([
      ['长沙市', 0],
      ['岳阳市', 1],
    ]);
    expect(json.isSigned).toBe(true);
    const subjects = async (query: string) =>
      (await ask('GET', `/${SIGNED}/rows?${query}`, { as })).json.subjects;
    expect(await subjects('rows=failing-sites')).toBe(2);
    expect(await subjects('rows=sites')).toBe(1);
    expect(await subjects('rows=undetermined')).toBe(0);
    expect((await ask('GET', `/${SIGNED}`, { as })).json.undetermined).toEqual([]);
    expect((await ask('GET', `/${SIGNED}/archive`, { as })).json.items).toHaveLength(1);
    expect((await ask('GET', `/${SIGNED}/files/bulletin.docx`, { as })).status).toBe(200);
    for (const path of ['files/bulletin.json', `files/bulletin.docx?sha256=${hashes[0]}`])
      expect((await ask('GET', `/${SIGNED}/${path}`, { as })).status).toBe(404);
  });
});

describe('after it is issued', () => {
  it('is made again from its round to the byte, whatever the register says by now', async () => {
    const { store, folder } = opened;
    await sql`update unit set name = '岳阳新市' where name = '岳阳市'`.execute(store.db);
    const remade = await remakeBulletin(
      { store, chromiumPath: NO_BROWSER },
      { period: SIGNED, outDir: join(folder, '重做') },
    );
    await sql`update unit set name = '岳阳市' where name = '岳阳新市'`.execute(store.db);
    expect(remade.files).toEqual(
      ['bulletin.json', 'bulletin.docx', 'bulletin.html', 'annexes.xlsx'].map((name) => ({
        ...{ name, isSame: true },
      })),
    );
    const json = await readFile(join(folder, '重做/bulletin.json'), 'utf8');
    expect(json).toContain('长沙市做法很好。');
  });

  const path = `/${SIGNED}/corrections`;
  const words = {
    ...{ documentNumber: '湘政务函〔2020〕27号', issuedOn: '2020-10-12' },
    ...{ wrong: '岳阳市 岳阳市门户', correct: '', reason: '主办单位来函，已核实' },
  };

  it.each([
    ['what it does not print', { wrong: '没有印过的话' }, 400, 'bulletin.correction.nowhere'],
    ['the same words', { correct: words.wrong }, 400, 'bulletin.correction.same'],
    ['an earlier day', { issuedOn: '2020-09-01' }, 400, 'bulletin.correction.dates'],
    ['no reason', { reason: ' ' }, 400, 'http.bad-request'],
  ])('is not corrected by %s', async (_, change, status, code) => {
    expect(await refused(ask('POST', path, { body: { ...words, ...change } }))).toEqual([
      status,
      code,
    ]);
  });

  it('is corrected by a notice that two people sign; others see it then, and the bulletin stays', async () => {
    const as = 'yueyang';
    expect(await refused(ask('POST', path, { as, body: words }))).toEqual([
      404,
      'bulletin.unknown',
    ]);
    const withdrawn = (await ask('POST', path, { body: words })).json;
    expect((await ask('DELETE', `${path}/${withdrawn.id}`)).json.maySign).toBe('草稿已撤下。');
    const { json: draft } = await ask('POST', path, { body: words });
    const one = `${path}/${draft.id}`;
    const signs = (who: string, sha256 = draft.sha256) =>
      ask('POST', `${one}/signatures`, { as: who, body: { sha256 } });
    expect(await refused(signs('zhang', '0'.repeat(64)))).toEqual([
      404,
      'bulletin.correction.unknown',
    ]);
    expect(await refused(signs('machine'))).toEqual([403, 'identity.forbidden']);
    expect((await signs('zhang')).json).toMatchObject({ issuedAt: null, mayWithdraw: null });
    expect(await refused(signs('zhang'))).toEqual([409, 'bulletin.sign.same-person']);
    expect((await ask('GET', path, { as })).json).toMatchObject({ items: [] });
    expect((await ask('GET', `${one}/files/correction.docx`, { as })).status).toBe(404);
    const draftPage = (await ask('GET', `${one}/files/correction.html`)).response.payload;
    expect(draftPage).toContain('两人签发之前不能印发');
    const { json: issued } = await signs('li');
    expect(issued.signatures.map(({ by }: { by: string }) => by)).toEqual([
      '张三（zhangsan）',
      '李四（lisi）',
    ]);
    for (const work of [() => signs('li'), () => ask('DELETE', one)])
      expect(await refused(work())).toEqual([409, 'bulletin.correction.final']);
    const seen = (await ask('GET', path, { as })).json.items;
    expect(seen.map(({ id }: { id: number }) => id)).toEqual([draft.id]);
    const page = (await ask('GET', `${one}/files/correction.html`, { as })).response.payload;
    for (const printed of ['原文：“岳阳市 岳阳市门户”', '删去上述文字', ISSUE.documentNumber])
      expect(page).toContain(printed);
    expect(page).not.toContain('两人签发之前');
    const docx = await ask('GET', `${one}/files/correction.docx`, { as });
    expect(docx.response.rawPayload.subarray(0, 2).toString()).toBe('PK');
    const archived = (await ask('GET', `/${SIGNED}/archive`, { as })).json.items[0];
    expect(archived.corrections).toEqual([
      { id: draft.id, documentNumber: words.documentNumber, issuedOn: words.issuedOn },
    ]);
    expect((await ask('GET', '', { as })).json.items[0].isCorrected).toBe(true);
    expect((await ask('GET', `/${SIGNED}/preview`)).json.reconciled).toBe(true);
  });
});

describe('what nobody signs', () => {
  const { clock } = { clock: 'replay' as const };

  it('is a replayed round, and one whose review was waived', async () => {
    await reviewingRound(opened.store, '2021Q1', { clock });
    await confirmEverything(opened.store, '2021Q1');
    await freezeReviewed(opened.store, '2021Q1');
    const replayed = (await build('2021Q1')).json;
    expect(replayed.isDraft).toBe(true);
    expect(await refused(sign('2021Q1', replayed.sha256))).toEqual([409, 'bulletin.sign.replay']);
    await reviewingRound(opened.store, '2021Q2');
    await freezeReviewed(opened.store, '2021Q2', '样例');
    const waived = (await build('2021Q2')).json;
    expect(await refused(sign('2021Q2', waived.sha256))).toEqual([
      409,
      'bulletin.sign.review-waived',
    ]);
    const { json } = await ask('GET', '/2021Q2/signing');
    const codes = json.blockers.map(({ code }: { code: string }) => code);
    expect(codes).toEqual(['bulletin.sign.review-waived', 'bulletin.sign.unconfirmed']);
    expect(json.maySign).toContain('样例');
  });

  it('has a veto that fewer than two people confirmed, whatever its state says', async () => {
    const sha256 = await builtRound('2021Q3');
    await sql`delete from finding_review where id = (select max(id) from finding_review)`.execute(
      opened.store.db,
    );
    const { status, code, json } = await sign('2021Q3', sha256);
    expect([status, code]).toEqual([409, 'bulletin.sign.unconfirmed']);
    expect(json.details).toEqual([expect.stringMatching(/岳阳市“岳阳发布”.*1 人确认/)]);
  });

  const folderOf = async (sha256: string): Promise<string> => {
    const { rows } = await sql<{
      folder: string;
    }>`select folder from bulletin where sha256 = ${sha256}`.execute(opened.store.db);
    return rows[0]!.folder;
  };

  it('is not on disk what was built', async () => {
    const sha256 = await builtRound('2021Q4');
    await writeFile(join(await folderOf(sha256), 'bulletin.docx'), '改过');
    const { status, code, json } = await sign('2021Q4', sha256);
    expect([status, code]).toEqual([409, 'bulletin.sign.file-changed']);
    expect(json.details.join()).toContain('bulletin.docx');
    expect(await refused(ask('GET', '/2021Q4/files/bulletin.docx'))).toEqual([
      409,
      'bulletin.file.changed',
    ]);
    // A new build mends it; what was signed of the former is not carried over.
    const again = (await build('2021Q4', { ...ISSUE, contact: '王五' })).json.sha256;
    expect((await sign('2021Q4', again)).json.state).toBe('awaitingSecond');
  });

  it('says in its text what its annexes do not say', async () => {
    const sha256 = await builtRound('2022Q1');
    const path = join(await folderOf(sha256), 'bulletin.json');
    const changed = (await readFile(path, 'utf8')).replace('发现2家存在问题', '发现1家存在问题');
    await writeFile(path, changed);
    const now = sha256Of(Buffer.from(changed));
    await sql`update bulletin set sha256 = ${now},
      file_hashes = file_hashes || jsonb_build_object('bulletin.json', ${now}::text)
      where sha256 = ${sha256}`.execute(opened.store.db);
    const { status, code, json } = await sign('2022Q1', now);
    expect([status, code]).toEqual([409, 'bulletin.sign.mismatch']);
    expect(json.details.join()).toContain('政府网站问题数');
  });

  it('is a build of before: a first signature does not pass to the next build', async () => {
    const sha256 = await builtRound('2022Q2');
    await sign('2022Q2', sha256);
    const next = (await build('2022Q2', { ...ISSUE, contact: '王五' })).json.sha256;
    expect((await ask('GET', '/2022Q2/signing')).json.state).toBe('draft');
    expect((await sign('2022Q2', next, 'li')).json.state).toBe('awaitingSecond');
  });

  it('is built again from the round, whatever the register says by now', async () => {
    const sha256 = await builtRound('2022Q4');
    const { db } = opened.store;
    for (const table of ['unit', 'site', 'account'])
      await sql`update ${sql.table(table)} set name = name || '（新）'`.execute(db);
    await sql`update unit set print_row = print_row || '（新）', print_order = -print_order`.execute(
      db,
    );
    expect((await build('2022Q4')).json.sha256).toBe(sha256);
    await sql`update unit set print_row = replace(print_row, '（新）', ''), print_order = -print_order`.execute(
      db,
    );
    for (const table of ['unit', 'site', 'account'])
      await sql`update ${sql.table(table)} set name = replace(name, '（新）', '')`.execute(db);
  });

  it('two who sign at once: one after the other, and only once each', async () => {
    const sha256 = await builtRound('2022Q3');
    const answers = await Promise.all(
      ['zhang', 'zhang', 'li', 'li'].map((as) => sign('2022Q3', sha256, as)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(2);
    for (const { status, code } of answers)
      if (status !== 200) expect(['bulletin.sign.same-person', 'bulletin.final']).toContain(code);
    expect((await ask('GET', '/2022Q3/signing')).json.state).toBe('signed');
  });
});

describe('what is asked wrongly', () => {
  it.each([
    ['an unknown field', () => build('2021Q1', { ...ISSUE, issuedAt: 'x' }), 400],
    ['a wrong type', () => build('2021Q1', { issuer: 5 }), 400],
    ['a day that is none', () => build('2021Q1', { issuedOn: '2020-02-30' }), 400],
    ['an unknown query', () => ask('GET', '/2021Q1/rows?rows=sites&secret=1'), 400],
    ['rows of nothing', () => ask('GET', '/2021Q1/rows?rows=units'), 400],
    ['too many', () => ask('GET', '?limit=1000'), 400],
    ['a checksum that is none', () => sign('2021Q1', 'x'), 400],
    ['a round that is not there', () => ask('GET', '/1999Q1/preview'), 404],
    ['a build by a reader', () => ask('POST', '/2021Q1/build', { as: 'reader', body: ISSUE }), 403],
  ])('%s', async (_, work, status) => {
    const answer = await work();
    expect(answer.status).toBe(status);
    expect(answer.json).toMatchObject({
      code: expect.stringMatching(/^[a-z]+\.[a-z.-]+$/),
      requestId: expect.any(String),
    });
  });
});
