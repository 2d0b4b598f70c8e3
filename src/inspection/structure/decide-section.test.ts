import { afterAll, beforeAll, expect, it } from 'vitest';
import { writeCsv } from '../../documents/workbook.ts';
import { auditAbout, auditDb } from '../../identity/index.ts';
import { importRegistry } from '../../registry/index.ts';
import { actorWith } from '../../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { inspectionDb } from '../inspection-db.ts';
import { decideSection, readKind, type SectionDecision } from './decide-section.ts';
import { decidedSections, sectionOverrides } from './section-kind.repository.ts';

const CODE = '4301000001';
let opened: TemporaryStore;
beforeAll(async () => {
  opened = await temporaryStore();
  const csv = (name: string, rows: readonly (readonly string[])[]) => ({
    name: `${name}.csv`,
    bytes: writeCsv(rows),
  });
  await importRegistry(opened, '测试', {
    files: [
      csv('单位', [
        ['名称', '上级', '通报行'],
        ['甲市', '', '甲市'],
      ]),
      csv('网站', [
        ['网站标识码', '网站名称', '主办单位', '首页网址', '状态'],
        [CODE, '甲市门户', '甲市', 'http://www.jia.gov.cn/', '正常'],
      ]),
    ],
    dryRun: false,
    today: '2026-01-01',
  });
});
afterAll(() => opened.remove());

const decide = (change: Partial<SectionDecision> = {}, acting = actorWith({ name: '张三' })) =>
  decideSection({ store: opened.store }, acting, {
    site: { siteCode: CODE },
    url: 'http://www.jia.gov.cn/zwgk/index.html',
    kind: 'leaders',
    reason: '页面是领导名单',
    at: '2026-01-02T00:00:00.000Z',
    ...change,
  });

it('a decision is remembered by the address, changed, audited, and taken back', async () => {
  const db = inspectionDb(opened.store);
  await decide();
  await decide({ kind: 'functions', url: 'https://jia.gov.cn/zwgk/', reason: '看错了' });
  expect(await sectionOverrides(db, CODE)).toEqual(new Map([['jia.gov.cn/zwgk', 'functions']]));
  expect(await decidedSections(db, CODE)).toMatchObject([
    { decidedBy: '张三', reason: '看错了', decidedAt: '2026-01-02T00:00:00.000Z' },
  ]);
  await decide({ kind: null, reason: '栏目已经改名' });
  expect((await sectionOverrides(db, CODE)).size).toBe(0);
  const trail = await auditAbout(auditDb(opened.store.db), [`site:${CODE}`]);
  expect(trail.map(({ action }) => action)).toEqual([
    'section.decide',
    'section.decide',
    'section.forget',
  ]);
});

it.each<[string, Partial<SectionDecision>, string]>([
  ['without a reason', { reason: ' ' }, 'section.reason'],
  ['an address that is none', { url: 'javascript:alert(1)' }, 'section.url'],
  ['a site that is not registered', { site: { siteCode: '1' } }, 'site.unknown'],
  ['nothing to take back', { kind: null, url: 'http://www.jia.gov.cn/x/' }, 'section.unknown'],
])('%s is refused', async (_name, change, code) => {
  await expect(decide(change)).rejects.toMatchObject({ code });
});

it('who may not review, or does not see the site, decides nothing', async () => {
  await expect(decide({}, actorWith({ abilities: [] }))).rejects.toMatchObject({
    code: 'identity.forbidden',
  });
  await expect(decide({}, actorWith({ scope: new Set([9_999]) }))).rejects.toMatchObject({
    code: 'site.unknown',
  });
});

it('a kind by its id or its Chinese name', () => {
  expect([readKind('leaders'), readKind(' 政策文件 ')]).toEqual(['leaders', 'policy']);
  expect(() => readKind('别的')).toThrow('领导信息');
});
