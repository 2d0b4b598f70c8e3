import { existsSync } from 'node:fs';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import { inspectionDb, inTransaction } from '../../inspection/inspection-db.ts';
import { listSites } from '../../registry/index.ts';
import { sha256 } from '../../store/archive/warc-record.ts';
import {
  type ArchivedRound,
  archivedRound,
  ROWS,
  STALE_PAGE,
} from '../../testing/archived-round.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { hostilePages } from '../../testing/pages/hostile-pages.ts';
import { receivedResponse } from '../../testing/received-response.ts';
import { unzipPack } from '../pack/pack-format.ts';
import { verifyPack } from '../pack/verify-pack.ts';
import { registerEvidenceRoutes } from '../routes.ts';

const CHROMIUM = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path !== undefined && existsSync(path));

let round: ArchivedRound;
let app: HttpServer;
let bait: Server;
let hits: string[];
let base: string;
let page: string;
let scope: 'all' | ReadonlySet<number> = 'all';

beforeAll(async () => {
  round = await archivedRound();
  hits = [];
  bait = createHttpServer((request, response) => {
    hits.push(request.url ?? '');
    response.end('');
  });
  await new Promise<void>((resolve) => bait.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(bait.address() as AddressInfo).port}`;
  const hostile = Object.values(hostilePages(base));
  const framed = await Promise.all(hostile.map(keep));
  page = await keep(`<html><body><p>开头的<b>摘录</b></p>${hostile.join('<p>间隔</p>')}`);
  app = await createServer(async () => actorWith({ scope }));
  registerEvidenceRoutes(app, {
    ...{ store: round.opened.store, archive: round.archive },
    ...{ audit: round.opened.audit, dataDir: round.opened.folder },
  });
  app.get('/frame', { config: { access: 'public' } }, async (_request, reply) =>
    reply
      .headers({ 'content-type': 'text/html', 'content-security-policy': "frame-src 'self'" })
      .send(
        [...framed, page]
          .map((each) => `<iframe sandbox="" src="/api/v1/evidence/records/${each}/view"></iframe>`)
          .join(''),
      ),
  );
  await app.listen({ host: '127.0.0.1', port: 0 });
});
afterAll(async () => {
  await app.close();
  await new Promise((resolve) => bait.close(resolve));
  await round.remove();
});

/** Archives a body that no subject's page names. */
async function keep(body: string | Uint8Array): Promise<string> {
  const intake = round.archive.begin(round.round.id);
  const payload = intake.add(receivedResponse({ url: 'http://hostile.example/', body }));
  await intake.settle();
  await inTransaction(round.opened.store, (trx) => intake.index(trx));
  return payload;
}

const get = (url: string) => app.inject({ url, headers: { host: '127.0.0.1' } });
const stale = sha256(Buffer.from(STALE_PAGE));

describe('looking at an archived answer', () => {
  it('meta tells what it was', async () => {
    const answer = await get(`/api/v1/evidence/records/${stale}/meta`);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      200,
      { status: 200, kind: 'html', charset: 'utf-8', bytes: Buffer.byteLength(STALE_PAGE) },
    ]);
  });

  it('view may do nothing, and only we may frame it', async () => {
    const answer = await get(
      `/api/v1/evidence/records/${stale}/view?mark=${encodeURIComponent('最新 2020-08-01')}`,
    );
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('<mark id="excerpt">最新 2020-08-01</mark>');
    expect(answer.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'cross-origin-resource-policy': 'same-origin',
    });
    const policy = answer.headers['content-security-policy'];
    for (const part of [
      'sandbox;',
      "default-src 'none'",
      'img-src data:',
      "frame-ancestors 'self'",
    ])
      expect(policy).toContain(part);
    expect(policy).not.toMatch(/allow-|script-src|http/);
    const other = await get(`/api/v1/evidence/records/${stale}/meta`);
    expect(other.headers['x-frame-options']).toBe('DENY');
  });

  it.each([
    [`/api/v1/evidence/records/${'0'.repeat(64)}/view`, 404, 'evidence.record.unknown'],
    [`/api/v1/evidence/records/${'0'.repeat(64)}/meta`, 404, 'evidence.record.unknown'],
    ['/api/v1/evidence/records/xyz/view', 400, 'http.bad-request'],
    [`/api/v1/evidence/records/${'0'.repeat(64)}/view?run=1`, 400, /^http\./],
    ['/api/v1/findings/999999/chain', 404, 'finding.unknown'],
    ['/api/v1/findings/x/chain', 400, 'http.bad-request'],
    ['/api/v1/findings/999999/chain.zip', 404, 'finding.unknown'],
  ])('%s gives %i', async (url, status, code) => {
    const answer = await get(url);
    expect([answer.statusCode, answer.json().code]).toEqual([status, expect.stringMatching(code)]);
  });

  it('outside the scope nothing is there, inside it is', async () => {
    const [site] = await listSites(round.opened.store.db);
    const finding = await findingId();
    const urls = [
      `/api/v1/evidence/records/${stale}`,
      `/api/v1/evidence/records/${stale}/meta`,
      `/api/v1/evidence/records/${stale}/view`,
      `/api/v1/evidence/rows/${ROWS.stale}`,
      `/api/v1/findings/${finding}/chain`,
      `/api/v1/findings/${finding}/chain.zip`,
    ];
    const statuses = async () => Promise.all(urls.map(async (url) => (await get(url)).statusCode));
    try {
      scope = new Set([site!.sponsorId]);
      expect(await statuses()).toEqual(urls.map(() => 200));
      expect((await get(`/api/v1/evidence/records/${page}/view`)).statusCode).toBe(404);
      scope = new Set([site!.sponsorId + 1000]);
      expect(await statuses()).toEqual(urls.map(() => 404));
      const [there, none] = await Promise.all([
        get(`/api/v1/evidence/rows/${ROWS.stale}`),
        get('/api/v1/evidence/rows/4399999999'),
      ]);
      expect(there.json().message).toBe(none.json().message);
    } finally {
      scope = 'all';
    }
  });
});

async function findingId(): Promise<number> {
  const row = await inspectionDb(round.opened.store)
    .selectFrom('finding')
    .select('id')
    .where('status', '=', 'breached')
    .orderBy('id')
    .limit(1)
    .executeTakeFirstOrThrow();
  return row.id;
}

describe('the chain of a finding', () => {
  it('is given whole: facts, parameters, evidence with hashes, audit rows with hashes', async () => {
    const answer = await get(`/api/v1/findings/${await findingId()}/chain`);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      subject: { siteCode: expect.any(String) },
      ruleset: { id: 'hunan-2020', hash: round.round.ruleset.hash },
      finding: { status: 'breached', parameters: expect.any(Object), reviews: [] },
      audit: expect.arrayContaining([
        expect.objectContaining({ action: 'round.plan', actionWords: '计划批次', position: 2 }),
      ]),
    });
    expect(answer.json().facts.length).toBeGreaterThan(0);
  });

  it('as a pack it verifies offline, holds the audit rows, and is itself recorded', async () => {
    const id = await findingId();
    const answer = await get(`/api/v1/findings/${id}/chain.zip`);
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'application/zip']);
    expect(verifyPack(answer.rawPayload, null)).toMatchObject({ ok: true });
    const zip = unzipPack(answer.rawPayload);
    const audit = zip.ok ? Buffer.from(zip.entries.get('audit.json')!).toString() : '';
    expect(JSON.parse(audit)[0]).toMatchObject({ action: 'round.plan', position: 2 });
    const after = await get(`/api/v1/findings/${id}/chain`);
    expect(after.json().audit.at(-1)).toMatchObject({ action: 'finding.export-chain' });
  });
});

describe('in a real browser', () => {
  it('nothing of a hostile page runs, nothing is asked for, in a frame and on its own', async () => {
    expect(CHROMIUM, 'Chromium 不在：npm test 的准备步骤会装它').toBeDefined();
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath: CHROMIUM!, args });
    try {
      const tab = await browser.newPage();
      const asked: string[] = [];
      const ran: string[] = [];
      tab.on('request', (request) => asked.push(request.url()));
      tab.on('dialog', (dialog) => {
        ran.push(dialog.message());
        void dialog.dismiss();
      });
      const own = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
      await tab.goto(`${own}/frame`, { waitUntil: 'networkidle' });
      expect(tab.frames().length).toBe(Object.keys(hostilePages(base)).length + 2);
      const frame = tab.frames().at(-1)!;
      expect(await frame.locator('mark').count()).toBe(0);
      expect(await frame.locator('body').innerText()).toContain('开头的摘录');
      await tab.goto(
        `${own}/api/v1/evidence/records/${page}/view?mark=${encodeURIComponent('开头的摘录')}`,
        {
          waitUntil: 'networkidle',
        },
      );
      expect(await tab.locator('#excerpt').innerText()).toBe('开头的');
      expect(await tab.locator('script,img,iframe,form,a,input,[onclick],[onerror]').count()).toBe(
        0,
      );
      expect(asked.filter((url) => !url.startsWith(own))).toEqual([]);
      expect(hits).toEqual([]);
      expect(ran).toEqual([]);
    } finally {
      await browser.close();
    }
  });

  it('the bait works: an unsafe page would have been noticed', async () => {
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await chromium.launch({ executablePath: CHROMIUM!, args });
    try {
      const tab = await browser.newPage();
      await tab.setContent(hostilePages(base).image!, { waitUntil: 'networkidle' });
      expect(hits.length).toBeGreaterThan(0);
    } finally {
      await browser.close();
      hits.length = 0;
    }
  });
});
