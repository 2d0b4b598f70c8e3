import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv } from '../documents/workbook.ts';
import type { Role } from '../domain/actor.ts';
import { importRegistry, listUnits } from '../registry/index.ts';
import { actorWith } from '../testing/as-actor.ts';
import { type TemporaryStore, temporaryStore } from '../testing/temporary-store.ts';
import { giveWaiting } from './give-copies.ts';
import { countUnread, listInbox, markRead } from './inbox.ts';
import { defineNoticeKinds, type NoticeDraft } from './notice.ts';
import { queueNotices } from './queue-notices.ts';

defineNoticeKinds({ 'test.told': { name: '测试通知' } });

const AT = '2026-11-16T01:00:00.000Z';
let opened: TemporaryStore;
let units: ReadonlyMap<string, number>;
const people = new Map<string, number>();

beforeAll(async () => {
  opened = await temporaryStore();
  const rows = [
    ['名称', '上级'],
    ['湖南省', ''],
    ['岳阳市', '湖南省'],
    ['平江县', '岳阳市'],
    ['平江县教育局', '平江县'],
  ];
  const files = [{ name: '单位.csv', bytes: writeCsv(rows) }];
  await importRegistry(opened, '测试', { files, dryRun: false, today: '2026-01-01' });
  units = new Map((await listUnits(opened.store.db)).map(({ name, id }) => [name, id]));
  await person('省主管', '湖南省', 'supervisor');
  await person('市管理员', '岳阳市', 'manager');
  await person('市主办', '岳阳市', 'sponsor');
  await person('县主办', '平江县', 'sponsor');
  await person('检查员', '湖南省', 'inspector');
});
afterAll(() => opened?.remove());

async function person(name: string, unit: string, role: Role): Promise<void> {
  const { rows } = await sql<{ id: number }>`
    insert into app_user (login, name, unit_id, roles, created_at)
    values (${name}, ${name}, ${units.get(unit)}, ${JSON.stringify([role])}::jsonb, now()) returning id`.execute(
    opened.store.db,
  );
  people.set(name, rows[0]!.id);
}

let keys = 0;
const draft = (to: NoticeDraft['to'], change: Partial<NoticeDraft> = {}): NoticeDraft => {
  keys += 1;
  return {
    ...{ key: `test:${keys}`, kind: 'test.told', to, title: '有事', text: '请看。' },
    ...{ link: '/sites', urgent: false, ...change },
  };
};
const queue = (...drafts: NoticeDraft[]) =>
  opened.store.transaction((trx) => queueNotices(trx, drafts, AT));
const actor = (name: string) => actorWith({ userId: people.get(name)!, abilities: [] });
const PAGE = { limit: 50, offset: 0 };
async function whoHas(key: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select p.name from notice n join notice_copy c on c.notice_id = n.id join app_user p on p.id = c.user_id
     where n.key = ${key} order by p.id`.execute(opened.store.db);
  return rows.map(({ name }) => name);
}

describe('whom a notice reaches', () => {
  it.each<[string, string, 'sponsor' | 'manager' | undefined, string[]]>([
    ['all who look after a unit', '岳阳市', undefined, ['市管理员', '市主办']],
    ['its operators only', '岳阳市', 'sponsor', ['市主办']],
    ['its managers only', '岳阳市', 'manager', ['市管理员']],
    ['the manager above, where a unit has none', '平江县', 'manager', ['市管理员']],
    ['nobody is there: the nearest manager above', '平江县教育局', undefined, ['市管理员']],
    ['and at the top the supervisor', '湖南省', undefined, ['省主管']],
  ])('%s', async (_case, unit, only, names) => {
    const to = { unitId: units.get(unit)!, ...(only && { only }) };
    const notice = draft(to);
    expect(await queue(notice)).toBe(1);
    expect(await whoHas(notice.key)).toEqual(names);
  });

  it('one person, or the supervisors', async () => {
    const own = draft({ userId: people.get('县主办')! });
    const above = draft({ role: 'supervisor' });
    expect(await queue(own, above)).toBe(2);
    expect(await whoHas(own.key)).toEqual(['县主办']);
    expect(await whoHas(above.key)).toEqual(['省主管']);
  });

  it('a key is one notice for ever, also twice in one queue', async () => {
    const notice = draft({ userId: people.get('检查员')! });
    expect(await queue(notice, { ...notice, text: '改了' })).toBe(1);
    expect(await queue(notice)).toBe(0);
    expect((await listInbox(opened, actor('检查员'), PAGE)).items).toMatchObject([
      { text: '请看。', kindName: '测试通知', readAt: null },
    ]);
  });

  it('what finds nobody waits for somebody', async () => {
    await sql`update app_user set state = 'disabled' where name = '检查员'`.execute(
      opened.store.db,
    );
    const notice = draft({ userId: people.get('检查员')! });
    await queue(notice);
    expect(await whoHas(notice.key)).toEqual([]);
    await sql`update app_user set state = 'active' where name = '检查员'`.execute(opened.store.db);
    await opened.store.transaction((trx) => giveWaiting(trx, AT));
    expect(await whoHas(notice.key)).toEqual(['检查员']);
  });

  it('rolled back with what it tells of', async () => {
    const notice = draft({ role: 'supervisor' });
    const broken = opened.store.transaction(async (trx) => {
      await queueNotices(trx, [notice], AT);
      throw new Error('later');
    });
    await expect(broken).rejects.toThrow('later');
    expect(await whoHas(notice.key)).toEqual([]);
  });

  it.each([
    ['an unnamed kind', { kind: 'test.unknown' }],
    ['a link that leads outside', { link: '//evil.test/' }],
    ['no key', { key: '' }],
  ])('%s is a mistake of ours', async (_case, change) => {
    await expect(queue(draft({ role: 'supervisor' }, change))).rejects.toThrow(/^notice /);
  });

  it('cuts what is too long, and says so', async () => {
    const notice = draft(
      { userId: people.get('省主管')! },
      { text: '长'.repeat(5_000), title: '题\n'.repeat(200) },
    );
    await queue(notice);
    const [item] = (await listInbox(opened, actor('省主管'), PAGE)).items;
    expect(item?.text.length).toBe(2_000);
    expect(item?.text.endsWith('（全文请在平台上看）')).toBe(true);
    expect(item?.title.length).toBe(100);
    expect(item?.title).not.toContain('\n');
  });
});

describe('an inbox', () => {
  it('is read by its owner only', async () => {
    const mine = actor('县主办');
    const { items, unread } = await listInbox(opened, mine, PAGE);
    expect(unread).toBe(items.length);
    const ids = items.map(({ id }) => id);
    expect(await markRead(opened, actor('市主办'), { ids, at: AT })).toBe(0);
    expect(await countUnread(opened, mine)).toBe(ids.length);
    expect(await markRead(opened, mine, { ids, at: AT })).toBe(ids.length);
    expect(await markRead(opened, mine, { ids, at: AT })).toBe(0);
    expect((await listInbox(opened, mine, { ...PAGE, unreadOnly: true })).items).toEqual([]);
  });

  it('all up to what was seen, not what came since', async () => {
    const mine = actor('市管理员');
    const [newest] = (await listInbox(opened, mine, PAGE)).items;
    await queue(draft({ userId: people.get('市管理员')! }));
    await markRead(opened, mine, { upTo: newest!.id, at: AT });
    expect(await countUnread(opened, mine)).toBe(1);
  });

  it('the command line has none', async () => {
    await expect(listInbox(opened, actorWith(), PAGE)).rejects.toMatchObject({
      code: 'notice.nobody',
    });
  });
});
