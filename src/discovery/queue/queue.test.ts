import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../../documents/workbook.ts';
import { auditDb } from '../../identity/index.ts';
import { DEFAULT_LIFECYCLE_POLICY } from '../../lifecycle/index.ts';
import { listUnits } from '../../registry/index.ts';
import { Archive } from '../../store/archive/archive.ts';
import { LocalSegments } from '../../store/archive/segment-store.ts';
import { showHomePage } from '../../testing/accounts/show-home-page.ts';
import { SHOWN_CODE, SHOWN_HOME, serveShownCode } from '../../testing/accounts/shown-site.ts';
import { registerTwoCities, reviewingRound } from '../../testing/rounds/reviewing-round.ts';
import type { TestServer } from '../../testing/servers/start-server.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { collectAccounts } from './collect-accounts.ts';
import { adoptDiscovered, dismissDiscovered, reopenDiscovered } from './decide-discovered.ts';
import { discoveryDb } from './discovery-db.ts';
import { exportDiscovered } from './export-discovered.ts';
import { listDiscovered, readDiscovered } from './list-discovered.ts';
import { openPicture } from './open-picture.ts';

const DAYS = [1, 2, 3, 4, 5].map((day) => `2020-09-0${day}T04:00:00.000Z`);
const HOME = 'http://yy1.gov.cn/';

let opened: TemporaryStore;
let archive: Archive;
let server: TestServer;
beforeAll(async () => {
  server = await serveShownCode();
  opened = await temporaryStore();
  const segments = new LocalSegments(join(opened.folder, 'evidence'));
  archive = await Archive.open({ store: opened.store, segments, now: () => DAYS[0]! });
  await registerTwoCities(opened.store);
  await reviewingRound(opened.store, '2020Q3');
});
afterAll(async () => {
  await archive.close();
  await opened.remove();
  await server[Symbol.asyncDispose]();
});

const deps = () => ({
  ...{ store: opened.store, archive, userAgent: 'Xunjian/test' },
  lifecycle: DEFAULT_LIFECYCLE_POLICY,
});
const show = (html: string, day: number) =>
  showHomePage(deps(), {
    ...{ siteCode: '4306000001', url: HOME, html, at: DAYS[day]! },
    resolve: `*=127.0.0.1:${server.port}`,
  });
const collect = (day: number) =>
  collectAccounts(deps(), {
    ...{ actor: '测试', now: () => DAYS[day]!, signal: new AbortController().signal },
  });
const list = async (filter = {}) =>
  (await listDiscovered(discoveryDb(opened.store.db), 'all', filter, { limit: 50, offset: 0 }))
    .items;
const named = async (name: string) => (await list()).find((each) => each.name === name)!;

it('a home page that a round gathered is looked at once, and what it shows is queued with its evidence', async () => {
  await show(SHOWN_HOME, 0);
  expect(await collect(1)).toMatchObject({ sites: 1, added: 2, gone: 0 });
  expect(await collect(2)).toMatchObject({ sites: 0, added: 0 });
  const found = await list();
  expect(found.map(({ platform, name, match, state }) => [platform, name, match, state])).toEqual([
    ['weibo', '岳阳微播', 'unknown', 'open'],
    ['wechat', '岳阳政务', 'nameOnly', 'open'],
  ]);
  const one = await readDiscovered(
    discoveryDb(opened.store.db),
    'all',
    (await named('岳阳政务')).id,
  );
  const [seen] = one.sightings;
  expect(seen).toMatchObject({ pageUrl: HOME, via: 'qr', address: SHOWN_CODE, words: '岳阳政务' });
  const picture = await openPicture(deps(), '测试', {
    id: one.id,
    sha256: seen!.pictureSnapshot!,
  });
  expect(picture.type).toBe('image/png');
  const kept = await archive.get(seen!.pageSnapshot!);
  expect(Buffer.from(kept ?? []).toString()).toBe(SHOWN_HOME);
});

it('is seen by those of its unit and above, and by nobody else', async () => {
  const units = await listUnits(opened.store.db);
  const ofUnit = async (name: string) => {
    const scope = new Set([units.find((unit) => unit.name === name)!.id]);
    const page = { limit: 50, offset: 0 };
    return listDiscovered(discoveryDb(opened.store.db), scope, {}, page);
  };
  expect((await ofUnit('岳阳市')).total).toBe(2);
  expect((await ofUnit('长沙市')).total).toBe(0);
});

it('is adopted as a case of its unit, and taken back with it', async () => {
  const { id, unit } = await named('岳阳微播');
  const { caseId } = await adoptDiscovered(deps(), '李明华', { id, at: DAYS[2]! });
  const after = await named('岳阳微播');
  expect(after).toMatchObject({ state: 'adopted', caseId, decidedBy: '李明华', unit });
  await expect(adoptDiscovered(deps(), '王建国', { id, at: DAYS[2]! })).rejects.toMatchObject({
    code: 'discovered.decided',
  });
  await reopenDiscovered(deps(), '李明华', { id, at: DAYS[3]! });
  expect(await named('岳阳微播')).toMatchObject({ state: 'open', caseId: null, decidedBy: null });
  await expect(reopenDiscovered(deps(), '李明华', { id, at: DAYS[3]! })).rejects.toMatchObject({
    code: 'discovered.open',
  });
});

it('once dismissed does not come back, until it has another name', async () => {
  const { id } = await named('岳阳政务');
  await dismissDiscovered(deps(), '李明华', { id, reason: '已停用', at: DAYS[2]! });
  await show(`${SHOWN_HOME}<!-- again -->`, 3);
  expect(await collect(3)).toMatchObject({ sites: 1, added: 0, seenAgain: 2, reopened: 0 });
  expect(await named('岳阳政务')).toMatchObject({ state: 'dismissed', reason: '已停用' });
  await show(SHOWN_HOME.replace('岳阳政务', '岳阳政务新风'), 4);
  expect(await collect(4)).toMatchObject({ sites: 1, added: 0, reopened: 1 });
  expect(await named('岳阳政务新风')).toMatchObject({ id, state: 'open' });
});

it('what is decided and looked at stands in the trail, and the list is a file', async () => {
  const bytes = await exportDiscovered(deps(), '李明华', { state: 'open' });
  const [sheet] = await readWorkbook(bytes, 'x.xlsx');
  expect(sheet!.rows.length).toBe(3);
  const actions = await auditDb(opened.store.db).selectFrom('audit').select('action').execute();
  expect(
    new Set(actions.map(({ action }) => action).filter((each) => /^discovery/.test(each))),
  ).toEqual(
    new Set(['collect', 'adopt', 'dismiss', 'reopen', 'export'].map((each) => `discovery.${each}`)),
  );
});
