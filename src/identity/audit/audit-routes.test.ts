import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { createServer, type HttpServer } from '../../http/create-server.ts';
import { withOrigin } from '../../lib/node/origin.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { recordAudit } from './record-audit.ts';
import { registerAuditRoutes } from './routes.ts';

let opened: TemporaryStore;
let app: HttpServer;
let actor: Actor;
const auditor = actorWith({ abilities: ['audit.read'], userId: 9, name: '审（shen）' });

beforeAll(async () => {
  opened = await temporaryStore();
  app = await createServer(async () => actor);
  registerAuditRoutes(app, { audit: opened.audit });
  actor = auditor;
  const write = (who: string, action: string, subject: string, detail: Record<string, unknown>) =>
    withOrigin({ userId: 3, address: '10.0.0.8', requestId: `r-${who}` }, () =>
      opened.store.transaction((trx) => recordAudit(trx, { actor: who, action, subject, detail })),
    );
  await write('张三（zhang）', 'finding.reject', 'finding:17', { note: '栏目已更新 50%' });
  await write('李四（li）', 'round.freeze', 'round:2020Q3', { breached: 38 });
  await write('=HYPERLINK("http://x")', 'identity.sign-in-failed', 'user:9', {
    note: '"引号",\n换行',
  });
});
afterAll(async () => {
  await app.close();
  await opened.remove();
});

const get = (query: string) =>
  app.inject({ url: `/api/v1/audit${query}`, headers: { host: '127.0.0.1' } });

describe('the list', () => {
  it('is newest first, with who, when, from where, what', async () => {
    const { items, total, totalIsExact } = (await get('')).json();
    expect([
      total,
      totalIsExact,
      items.map(({ position }: { position: number }) => position),
    ]).toEqual([3, true, [3, 2, 1]]);
    expect(items[2]).toMatchObject({
      actor: '张三（zhang）',
      userId: 3,
      address: '10.0.0.8',
      requestId: 'r-张三（zhang）',
      action: 'finding.reject',
      actionWords: '驳回问题',
      subjectWords: '问题 17',
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      detail: { note: '栏目已更新 50%' },
    });
  });

  it.each([
    ['?sort=at&limit=1', [1]],
    ['?sort=-at&limit=1&offset=1', [2]],
    ['?actor=李', [2]],
    ['?action=round.freeze', [2]],
    ['?subject=finding:17', [1]],
    ['?q=栏目', [1]],
    ['?q=50%25', [1]],
    ['?q=R-', [3, 2, 1]],
    ['?q=没有', []],
    ['?to=2020-01-01', []],
    ['?from=2020-01-01&actor=%E5%BC%A0', [1]],
  ])('%s', async (query, positions) => {
    const answer = await get(encodeURI(query).replaceAll('%25', '%'));
    expect(answer.statusCode).toBe(200);
    expect(answer.json().items.map((item: { position: number }) => item.position)).toEqual(
      positions,
    );
  });

  it.each([
    '?limit=201',
    '?limit=0',
    '?offset=-1',
    '?sort=actor',
    '?from=2020-13-01',
    '?x=1',
    '?q=',
  ])('%s is a bad request', async (query) => {
    const answer = await get(query);
    expect([answer.statusCode, answer.json().code]).toEqual([
      400,
      expect.stringMatching(/^http\./),
    ]);
  });
});

it('the actions to choose from are grouped, in words', async () => {
  const { groups } = (await get('/actions')).json();
  expect(groups).toContainEqual({
    title: '通报',
    actions: expect.arrayContaining([
      { action: 'bulletin.build', words: '生成通报' },
      { action: 'bulletin.sign', words: '签发通报' },
    ]),
  });
});

describe('who may see it', () => {
  it.each([
    ['nobody else', actorWith({ abilities: ['system.manage', 'user.manage'] })],
    ['an auditor of a part', actorWith({ abilities: ['audit.read'], scope: new Set([1]) })],
  ])('%s', async (_name, other) => {
    try {
      actor = other;
      for (const path of ['', '/actions', '/verification', '/export']) {
        const answer = await get(path);
        expect([answer.statusCode, answer.json().code]).toEqual([403, 'identity.forbidden']);
      }
    } finally {
      actor = auditor;
    }
  });
});

describe('proof and export', () => {
  it('the chain is proved, together for all who ask at once', async () => {
    const answers = await Promise.all([get('/verification'), get('/verification')]);
    expect(answers.map((answer) => answer.json())).toMatchObject([
      { rows: 3, ok: true, firstBroken: null },
      { rows: 3, ok: true },
    ]);
  });

  it('CSV: Chinese headers, nothing that a spreadsheet would run, and the export is recorded', async () => {
    const answer = await get('/export?action=identity.sign-in-failed');
    expect(answer.headers['content-type']).toContain('text/csv');
    const text = answer.body;
    expect(text.startsWith('\ufeff链上位置,编号,时间（北京）,操作人')).toBe(true);
    expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
    expect(text).toContain('登录失败');
    expect(text).not.toContain('驳回问题');
    const { items } = (await get('?limit=1')).json();
    expect(items[0]).toMatchObject({
      action: 'audit.export',
      actor: '审（shen）',
      userId: 9,
      detail: { filter: { action: 'identity.sign-in-failed' } },
    });
  });
});
