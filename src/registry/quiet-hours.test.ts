import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { importRegistry } from './import-registry.ts';
import { listQuietHours, parseWindow, quietHoursOf, setQuietHours } from './quiet-hours.ts';
import { registryDb } from './registry.repository.ts';

let opened: TemporaryStore;
const AT = '2020-09-17T04:00:00.000Z';
const CODE = '4301000001';

beforeAll(async () => {
  opened = await temporaryStore();
  const files = [
    {
      name: 'units.csv',
      bytes: writeCsv([
        ['单位名称', '上级单位', '通报行'],
        ['长沙市', '', '长沙市'],
      ]),
    },
    {
      name: 'sites.csv',
      bytes: writeCsv([
        ['网站名称', '网站标识码', '主办单位', '首页网址'],
        ['长沙一', CODE, '长沙市', 'http://a.test/'],
      ]),
    },
  ];
  await importRegistry(opened, '张三', { files, dryRun: false, today: '2020-09-17' });
});
afterAll(() => opened.remove());

const set = (
  hours: readonly string[],
  { siteCode = CODE, ...more }: { siteCode?: string; reason?: string } = {},
) =>
  setQuietHours(opened.store, '张三', {
    site: { siteCode },
    reason: '白天办件高峰',
    at: AT,
    windows: hours.map(parseWindow),
    ...more,
  });

describe('hours in which a site is left alone', () => {
  it('are set, replaced, and taken away', async () => {
    await set(['08:30-12:00', '22:00-02:00']);
    await set(['08:30-18:00']);
    const [only, ...more] = await listQuietHours(registryDb(opened.store.db));
    expect(more).toEqual([]);
    expect(only).toMatchObject({
      siteCode: CODE,
      windows: [{ from: '08:30', to: '18:00' }],
      setBy: '张三',
      setAt: AT,
    });
    expect([...(await quietHoursOf(opened.store.db, [only!.siteId])).values()]).toEqual([
      [{ from: '08:30', to: '18:00' }],
    ]);
    await set([]);
    expect(await listQuietHours(registryDb(opened.store.db))).toEqual([]);
  });

  it.each<[string, readonly string[], object, string]>([
    ['a window of nothing', ['08:00-08:00'], {}, 'quiet-hours.window'],
    ['no clock', ['8点-18点'], {}, 'quiet-hours.window'],
    ['25 hours', ['08:00-25:00'], {}, 'quiet-hours.window'],
    ['nearly all day', ['00:00-20:01'], {}, 'quiet-hours.long'],
    ['all day in two halves', ['00:00-12:00', '12:00-00:00'], {}, 'quiet-hours.long'],
    ['too many', Array(7).fill('01:00-02:00'), {}, 'quiet-hours.many'],
    ['no reason', ['01:00-02:00'], { reason: ' ' }, 'quiet-hours.reason'],
    ['no such site', ['01:00-02:00'], { siteCode: '1' }, 'site.unknown'],
  ])('refuses %s', async (_name, hours, more, code) => {
    await expect((async () => set(hours, more))()).rejects.toMatchObject({ code });
  });
});
