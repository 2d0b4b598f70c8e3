import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../documents/workbook.ts';
import type { Actor, Role } from '../../domain/actor.ts';
import { ABILITIES_OF } from '../../identity/abilities.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { confirmReading } from './confirm-reading.ts';
import { attachDraftFile, detachDraftFile, openRegulationFile } from './draft-file.ts';
import { addRegulation, draftRegulation } from './draft-regulation.ts';
import { exportRegulations } from './export-regulations.ts';
import { listReaders } from './list-readers.ts';
import { listRegulations } from './list-regulations.ts';
import { decideDraft } from './publish-regulation.ts';
import { readRegulation } from './read-regulation.ts';
import type { RegulationFields } from './regulation.ts';
import { remindReaders } from './remind-readers.ts';
import { repealRegulation } from './repeal-regulation.ts';
import { READER_ROLES } from './sight.ts';

let office: LifecycleOffice;
let supervisor: Actor;
let second: Actor;
let manager: Actor;
let sponsor: Actor;
let county: Actor;
let changsha: Actor;
/** Ten o'clock of a day in Shanghai. */
const on = (day: string): string => `${day}T02:00:00.000Z`;
const AT = on('2026-11-30');

/** Somebody who can sign in, and so can be asked. */
async function person(role: Role, unitName: string): Promise<Actor> {
  const actor = await office.person(role, unitName);
  await sql`
    insert into app_user (id, login, name, unit_id, roles, created_at) overriding system value
    values (${actor.userId}, ${actor.login}, ${actor.name}, ${actor.unitId}, ${JSON.stringify([role])}::jsonb, ${AT}::timestamptz)`.execute(
    office.store.db,
  );
  return actor;
}

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  supervisor = await person('supervisor', '湖南省');
  second = await person('supervisor', '湖南省');
  manager = await person('manager', '岳阳市');
  sponsor = await person('sponsor', '岳阳市');
  county = await person('sponsor', '平江县');
  changsha = await person('manager', '长沙市');
  await person('inspector', '湖南省');
});
afterAll(() => office?.remove());

const FIELDS: RegulationFields = {
  ...{ title: '信息发布审核制度', kind: 'norm', documentNumber: '湘政务函〔2026〕12号' },
  ...{ body: '第一条 先审后发。', changeNote: '', addresseeId: null },
  ...{ effectiveOn: '2026-12-01', readBy: '2026-12-10' },
};
const add = (who: Actor, more: Partial<RegulationFields> = {}) =>
  addRegulation(office, who, { ...FIELDS, ...more, at: AT });
const redraft = (who: Actor, id: number, revision: number | null, more: object = {}) =>
  draftRegulation(office, who, { id, revision, fields: { ...FIELDS, ...more }, at: AT });
const publish = (who: Actor, id: number, revision = 1, at = AT) =>
  decideDraft(office, who, { id, revision, outcome: 'published', at });
const view = (who: Actor, id: number, versionId?: number) =>
  readRegulation(office, who, { id, versionId });
const confirm = async (who: Actor, id: number, at = AT) =>
  confirmReading(office, who, { id, versionId: (await view(who, id)).currentId!, at });
const titles = async (who: Actor, more: object = {}) =>
  (await listRegulations(office, who, { limit: 50, offset: 0, ...more })).items.map(
    ({ title, number, asked, read, isToRead }) => [title, number, asked, read, isToRead],
  );
const unread = async (who: Actor, id: number) =>
  (await listReaders(office, who, { id, read: 'no', limit: 50, offset: 0 })).items.map(
    ({ name }) => name,
  );
const notices = async () =>
  (
    await sql<{ title: string; user_id: number }>`
      select title, user_id from notice where kind = 'duty.regulation' order by id`.execute(
      office.store.db,
    )
  ).rows;
const PDF = Buffer.from('%PDF-1.4 制度全文 %%EOF');

it('whoever is asked to read may open the library', () => {
  for (const role of READER_ROLES) expect(ABILITIES_OF[role]).toContain('duty.read');
});

describe('a version', () => {
  it('is refused without a name, to whom one does not look after, or with a day that is over', async () => {
    for (const [who, more, code] of [
      [supervisor, { title: ' ' }, 'regulation.text'],
      [supervisor, { body: '文'.repeat(50_001) }, 'regulation.text'],
      [supervisor, { readBy: '2026-11-29' }, 'regulation.dates'],
      [supervisor, { addresseeId: 999 }, 'regulation.unit'],
      [manager, {}, 'regulation.unit'],
      [manager, { addresseeId: office.unit('长沙市') }, 'regulation.unit'],
    ] as const)
      await expect(add(who, more)).rejects.toMatchObject({ code });
    expect(await titles(supervisor)).toEqual([]);
  });

  it('is published by another person than who wrote or changed it last; before that no unit sees it', async () => {
    const { id } = await add(supervisor, { body: '' });
    expect([await titles(supervisor), await titles(manager)]).toEqual([
      [['信息发布审核制度', null, 0, 0, false]],
      [],
    ]);
    await expect(view(manager, id)).rejects.toMatchObject({ code: 'regulation.unknown' });
    await expect(publish(supervisor, id)).rejects.toMatchObject({ code: 'regulation.same-person' });
    await expect(publish(second, id)).rejects.toMatchObject({ code: 'regulation.empty' });
    await expect(publish(second, id, 2)).rejects.toMatchObject({ code: 'regulation.changed' });
    await expect(publish(manager, id)).rejects.toMatchObject({ code: 'regulation.unknown' });
    const file = { name: '全文.pdf', bytes: PDF };
    await attachDraftFile(office, second, { id, file, at: AT });
    // The file is part of what is published: who attached it is no longer a second person.
    await expect(publish(second, id, 2)).rejects.toMatchObject({ code: 'regulation.same-person' });
    const [draft] = (await view(supervisor, id)).versions;
    await expect(
      openRegulationFile(office, manager, { id, versionId: draft!.versionId }),
    ).rejects.toMatchObject({ code: 'regulation.unknown' });
    await publish(supervisor, id, 2);
    expect(await titles(manager)).toEqual([['信息发布审核制度', 1, 2 + 1, 0, true]]);
    const shown = await view(changsha, id);
    const opened = await openRegulationFile(office, changsha, { id, versionId: shown.currentId! });
    expect([opened.name, Buffer.from(opened.content).equals(PDF)]).toEqual(['全文.pdf', true]);
    await expect(publish(second, id, 2)).rejects.toMatchObject({ code: 'regulation.no-draft' });
    await expect(detachDraftFile(office, second, { id, at: AT })).rejects.toMatchObject({
      code: 'regulation.no-draft',
    });
    await expect(
      attachDraftFile(office, second, {
        id,
        file: { name: 'x.pdf', bytes: Buffer.from('MZ') },
        at: AT,
      }),
    ).rejects.toMatchObject({ code: 'case.file-type' });
  });

  it('asks everybody whom it is addressed to, once, and nobody else', async () => {
    const told = await notices();
    expect(told.map(({ user_id }) => user_id).sort()).toEqual(
      [supervisor, second, manager, sponsor, county, changsha].map(({ userId }) => userId),
    );
    expect(await remindReaders(office, { at: AT })).toBe(0);
    await confirm(manager, 1);
    await confirm(manager, 1, on('2026-12-01'));
    expect((await view(manager, 1)).readAt).toBe(AT);
    expect(await titles(manager)).toEqual([['信息发布审核制度', 1, 3, 1, false]]);
    expect(await unread(manager, 1)).toEqual([sponsor.name, county.name]);
    expect(await unread(changsha, 1)).toEqual([changsha.name]);
    const inspector = await office.person('inspector', '湖南省');
    await expect(confirm(inspector, 1)).rejects.toMatchObject({ code: 'identity.forbidden' });
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from audit where action = 'regulation.read'`.execute(
      office.store.db,
    );
    expect(rows).toEqual([{ count: 1 }]);
  });

  it('once again from the last day on, who came later is asked, and the gone are not counted', async () => {
    const late = await person('sponsor', '长沙市');
    expect(await remindReaders(office, { at: on('2026-12-09') })).toBe(1);
    await sql`update app_user set state = 'disabled' where id = ${county.userId}`.execute(
      office.store.db,
    );
    // Asked before and not read: the two of the province, the sponsor, 长沙市's two.
    expect(await remindReaders(office, { at: on('2026-12-10') })).toBe(5);
    expect(await remindReaders(office, { at: on('2026-12-20') })).toBe(0);
    expect(await unread(changsha, 1)).toEqual([changsha.name, late.name]);
    await sql`update app_user set state = 'active' where id = ${county.userId}`.execute(
      office.store.db,
    );
  });

  it('that is new asks anew, is shorter in its reach, and leaves the former as it was', async () => {
    const yueyang = { addresseeId: office.unit('岳阳市'), title: '审核制度（修订）' };
    await expect(redraft(manager, 1, null)).rejects.toMatchObject({ code: 'regulation.unknown' });
    await redraft(second, 1, null, { body: '第一条 三审三校。' });
    await expect(redraft(supervisor, 1, null)).rejects.toMatchObject({
      code: 'regulation.changed',
    });
    const discard = { id: 1, revision: 1, outcome: 'discarded', at: AT } as const;
    await decideDraft(office, second, discard);
    await redraft(second, 1, null, { ...yueyang, body: '第一条 三审三校。' });
    const former = (await view(manager, 1)).currentId!;
    await publish(supervisor, 1);
    const now = await view(manager, 1);
    expect(now.versions.map(({ number }) => number)).toEqual([2, 1]);
    expect([now.shown.body, now.readAt]).toEqual(['第一条 三审三校。', null]);
    expect((await view(manager, 1, former)).shown).toMatchObject({ title: FIELDS.title, body: '' });
    await expect(
      confirmReading(office, manager, { id: 1, versionId: former, at: AT }),
    ).rejects.toMatchObject({ code: 'regulation.old-version' });
    expect(await titles(county)).toEqual([['审核制度（修订）', 2, 1, 0, true]]);
    // 长沙市 read the first version; it is no longer addressed to it.
    expect(await titles(changsha)).toEqual([]);
    await expect(view(changsha, 1)).rejects.toMatchObject({ code: 'regulation.unknown' });
    await expect(
      confirmReading(office, supervisor, { id: 1, versionId: now.currentId!, at: AT }),
    ).rejects.toMatchObject({ code: 'regulation.not-asked' });
  });
});

it('a city writes for its own; what it wrote is found, exported, and ends', async () => {
  const own = { addresseeId: office.unit('岳阳市'), title: '岳阳值班制度', readBy: null };
  const { id } = await add(manager, own);
  expect(await titles(sponsor, { stands: 'draft' })).toEqual([['岳阳值班制度', null, 0, 0, false]]);
  await publish(sponsor, id);
  expect(await titles(county, { q: '先审' })).toEqual([['岳阳值班制度', 1, 1, 0, true]]);
  expect(await titles(county, { kind: 'plan' })).toEqual([]);
  expect(await titles(changsha, { q: '值班' })).toEqual([]);
  await confirm(county, id);
  expect((await titles(county, { stands: 'toRead' })).map(([title]) => title)).toEqual([
    '审核制度（修订）',
  ]);
  const [sheet, people] = await readWorkbook(
    await exportRegulations(office, manager, {}),
    '制度.xlsx',
  );
  expect(sheet!.rows.slice(1).map((row) => [row[0], row[4], row[10], row[11]])).toEqual([
    ['岳阳值班制度', '岳阳市', '3', '1'],
    ['审核制度（修订）', '岳阳市', '3', '0'],
  ]);
  expect(people!.rows.slice(1)).toContainEqual(['岳阳值班制度', '岳阳市', sponsor.name]);
  const repeal = (who: Actor, reason: string) =>
    repealRegulation(office, who, { id, reason, at: AT });
  await expect(repeal(changsha, '并入')).rejects.toMatchObject({ code: 'regulation.unknown' });
  await expect(repeal(manager, ' ')).rejects.toMatchObject({ code: 'regulation.text' });
  await repeal(manager, '并入新制度');
  await expect(redraft(manager, id, null, own)).rejects.toMatchObject({
    code: 'regulation.repealed',
  });
  expect(await titles(county, { stands: 'repealed' })).toEqual([['岳阳值班制度', 1, 0, 0, false]]);
  expect((await view(county, id)).isAsked).toBe(false);
  await expect(
    confirmReading(office, county, {
      id,
      versionId: (await view(county, id)).shown.versionId,
      at: AT,
    }),
  ).rejects.toMatchObject({ code: 'regulation.unknown' });
});
