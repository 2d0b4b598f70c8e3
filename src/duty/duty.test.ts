import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook, writeCsv, writeXlsx } from '../documents/workbook.ts';
import type { Actor } from '../domain/actor.ts';
import { changeRecord } from '../registry/index.ts';
import { LifecycleOffice } from '../testing/lifecycle/lifecycle-office.ts';
import { chaseDuty } from './chase-duty.ts';
import { exportChains } from './posts/export-chains.ts';
import { decideHandover, handOver } from './posts/hand-over.ts';
import { importChains } from './posts/import-chains.ts';
import { listChains } from './posts/list-chains.ts';
import type { Post } from './posts/post.ts';
import { readChain } from './posts/read-chain.ts';
import { setPost } from './posts/set-post.ts';

let office: LifecycleOffice;
let supervisor: Actor;
let manager: Actor;
let sponsor: Actor;
let leader: Actor;
let changsha: Actor;
let [siteId, accountId] = [0, 0];

/** Ten o'clock of a day in Shanghai. */
const on = (day: string): string => `${day}T02:00:00.000Z`;

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  supervisor = await office.person('supervisor', '湖南省');
  manager = await office.person('manager', '岳阳市');
  sponsor = await office.person('sponsor', '岳阳市');
  leader = await office.person('leader', '岳阳市');
  changsha = await office.person('sponsor', '长沙市');
  const { rows } = await sql<{ site: number; account: number }>`
    select (select id from site) as site, (select id from account where account_id = 'gh_yy') as account`.execute(
    office.store.db,
  );
  [siteId, accountId] = [rows[0]!.site, rows[0]!.account];
});
afterAll(() => office?.remove());

type Kind = 'site' | 'account';
const idOf = (kind: Kind): number => (kind === 'site' ? siteId : accountId);
const chain = (kind: Kind, who: Actor = sponsor, day = '2026-11-16') =>
  readChain(office, who, { kind, subjectId: idOf(kind), at: on(day) });
const postOf = async (kind: Kind, post: Post, who: Actor = sponsor, day = '2026-11-16') =>
  (await chain(kind, who, day)).posts.find((each) => each.post === post)!;
const set = async (
  kind: Kind,
  post: Post,
  holder: { name: string; from: string; to?: string; phone?: string },
  who: Actor = sponsor,
) => {
  const { name, from, to = null, phone = '' } = holder;
  const { holdingId } = await postOf(kind, post);
  await setPost(office, who, {
    ...{ kind, subjectId: idOf(kind), post, seenId: holdingId, at: on('2026-11-16') },
    holder: { name, office: '信息中心', phone, validFrom: from, validTo: to },
  });
};
const list = (who: Actor, more: object = {}, today = '2026-11-16') =>
  listChains(office, who, { limit: 50, offset: 0, today, ...more });
const names = async (who: Actor, more: object = {}, today?: string) =>
  (await list(who, more, today)).items.map(({ name }) => name);

describe('who answers for what', () => {
  it('an account’s register is where it begins; nothing is known of a site', async () => {
    await office.store.transaction((trx) =>
      changeRecord(trx, {
        ...{ accountId, today: '2026-11-01', source: '测试' },
        changes: [
          { field: 'responsible', value: '周晓岚' },
          { field: 'phone', value: '13970001234' },
        ],
      }),
    );
    expect(await postOf('account', 'responsible')).toMatchObject({
      ...{ name: '周晓岚', holdingId: null, isLacking: false },
    });
    expect((await chain('site')).posts.map(({ post, isLacking }) => [post, isLacking])).toEqual([
      ...[
        ['leader', true],
        ['responsible', true],
      ],
      ...[
        ['onDuty', true],
        ['operator', false],
      ],
    ]);
  });

  it('what is set stands in both, and a correction leaves what was', async () => {
    await set('account', 'onDuty', { name: '彭建军', from: '2026-03-01', phone: '13970001234' });
    await set('account', 'leader', { name: '刘建国', from: '2026-03-01' });
    await set('account', 'leader', { name: '刘建华', from: '2026-03-01' });
    await set('account', 'leader', { name: '陈立', from: '2026-06-01' });
    const { former } = await chain('account');
    expect(former.map((each) => [each.name, each.validTo, each.isCorrected])).toEqual([
      ...[
        ['刘建华', '2026-05-31', false],
        ['刘建国', '2026-02-28', true],
      ],
    ]);
    const { rows } = await sql`
      select leader, contact, phone from account_record where account_id = ${accountId}`.execute(
      office.store.db,
    );
    expect(rows).toEqual([{ leader: '陈立', contact: '彭建军', phone: '13970001234' }]);
  });

  it.each([
    ['no name', 'site', { name: ' ', from: '2026-03-01' }, 'duty.text'],
    [
      'words for a number',
      'site',
      { name: '甲', from: '2026-03-01', phone: '见墙上' },
      'duty.text',
    ],
    [
      'an end before its beginning',
      'site',
      { name: '甲', from: '2026-03-01', to: '2026-02-01' },
      'duty.dates',
    ],
    [
      'a day before the present one’s first',
      'account',
      { name: '甲', from: '2026-01-01' },
      'duty.dates',
    ],
  ] as const)('refuses %s', async (_case, kind, holder, code) => {
    await expect(set(kind, 'leader', holder)).rejects.toMatchObject({ code });
  });

  it('two at once cannot both set it; another unit finds nothing; a leader reads only', async () => {
    const input = {
      ...{ kind: 'account' as const, subjectId: accountId, post: 'leader' as const, seenId: null },
      holder: { name: '甲', office: '', phone: '', validFrom: '2026-11-16', validTo: null },
      at: on('2026-11-16'),
    };
    await expect(setPost(office, sponsor, input)).rejects.toMatchObject({ code: 'duty.changed' });
    await expect(setPost(office, changsha, input)).rejects.toMatchObject({ code: 'duty.unknown' });
    await expect(setPost(office, leader, input)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    await expect(chain('site', changsha)).rejects.toMatchObject({ code: 'duty.unknown' });
    expect(await names(changsha)).toEqual(['长沙发布']);
  });

  it('telephones are whole for who may see them, and nowhere in the trail', async () => {
    expect(await postOf('account', 'onDuty', leader)).toMatchObject({ phone: '139****34' });
    expect(await postOf('account', 'onDuty', manager)).toMatchObject({ phone: '13970001234' });
    const { rows } = await sql<{ text: string }>`
      select coalesce(string_agg(concat(detail, before, after), ''), '') as text from audit where action like 'duty.%'`.execute(
      office.store.db,
    );
    expect(rows[0]!.text).toContain('139****34');
    expect(rows[0]!.text).not.toMatch(/13970001234|彭建军/);
  });

  it('lists what lacks somebody, what is over, and what the register says otherwise', async () => {
    expect(await names(sponsor, { stands: 'lacking', kind: 'account' })).toEqual([
      ...['岳阳抖音', '平江发布'],
    ]);
    await set('account', 'operator', { name: '某科技公司', from: '2026-01-01', to: '2026-11-20' });
    await set('account', 'leader', { name: '陈立', from: '2026-06-02', to: '2026-11-30' });
    expect(await names(manager, { stands: 'lacking' }, '2026-12-01')).toContain('岳阳发布');
    await office.store.transaction((trx) =>
      changeRecord(trx, {
        ...{ accountId, today: '2026-11-16', source: '测试' },
        changes: [{ field: 'leader', value: '王立' }],
      }),
    );
    expect(await names(supervisor, { stands: 'differs' })).toEqual(['岳阳发布']);
    expect(await postOf('account', 'leader')).toMatchObject({ registerSays: '王立' });
    expect(await names(supervisor, { q: '陈立' })).toEqual(['岳阳发布']);
  });

  it('what is over needs nobody, and who answered for it is still read', async () => {
    const become = (status: string) =>
      sql`update account set status = ${status} where id = ${accountId}`.execute(office.store.db);
    expect(await chain('account')).toMatchObject({ isEnded: false });
    await become('closed');
    expect(await chain('account')).toMatchObject({ isEnded: true, name: '岳阳发布' });
    expect((await postOf('account', 'leader')).name).toBe('陈立');
    expect(await names(supervisor, {})).not.toContain('岳阳发布');
    await expect(
      set('account', 'leader', { name: '王立', from: '2026-11-16' }),
    ).rejects.toMatchObject({ code: 'duty.unknown' });
    await become('running');
  });
});

describe('a hand-over', () => {
  const TO = { name: '李志远', office: '信息中心', phone: '0730-8880002' };
  const give = (post: Post, who: Actor = sponsor, items = ['后台管理员账号', '']) =>
    handOver(office, who, {
      ...{ kind: 'account', subjectId: accountId, post, to: TO, takesOn: '2026-11-17' },
      ...{ items, note: '', at: on('2026-11-16') },
    });
  const decide = (id: number, outcome: 'taken' | 'declined' | 'takenBack', who: Actor, note = '') =>
    decideHandover(office, who, { id, outcome, note, at: on('2026-11-17') });

  it('is needed where somebody holds the post, and needs a list', async () => {
    await expect(
      set('account', 'onDuty', { name: '李志远', from: '2026-11-17' }),
    ).rejects.toMatchObject({
      code: 'duty.hands',
    });
    await expect(give('responsible')).rejects.toMatchObject({ code: 'duty.vacant' });
    await expect(give('onDuty', sponsor, ['', ' '])).rejects.toMatchObject({ code: 'duty.items' });
  });

  it('takes two people; what is declined or taken back changes nothing', async () => {
    const first = await give('onDuty');
    await expect(give('onDuty', manager)).rejects.toMatchObject({ code: 'duty.handover-open' });
    await expect(decide(first.id, 'taken', sponsor)).rejects.toMatchObject({
      code: 'duty.same-person',
    });
    await expect(decide(first.id, 'takenBack', manager)).rejects.toMatchObject({
      code: 'duty.same-person',
    });
    await expect(decide(first.id, 'declined', manager)).rejects.toMatchObject({
      code: 'duty.text',
    });
    await expect(decide(first.id, 'taken', changsha)).rejects.toMatchObject({
      code: 'duty.handover-unknown',
    });
    await decide(first.id, 'declined', manager, '少了介质');
    await decide((await give('onDuty')).id, 'takenBack', sponsor);
    expect(await postOf('account', 'onDuty')).toMatchObject({ name: '彭建军' });
    const { id } = await give('onDuty');
    await decide(id, 'taken', manager);
    await expect(decide(id, 'taken', manager)).rejects.toMatchObject({
      code: 'duty.handover-closed',
    });
    expect(await postOf('account', 'onDuty')).toMatchObject({
      ...{ name: '李志远', validFrom: '2026-11-17', registerSays: null },
    });
    const { handovers, former } = await chain('account');
    expect(handovers.map(({ state, items }) => [state, items])).toEqual(
      ['taken', 'takenBack', 'declined'].map((state) => [state, ['后台管理员账号']]),
    );
    expect(former[0]).toMatchObject({ name: '彭建军', validTo: '2026-11-16' });
  });

  it('that nobody takes is late after three working days, and chased once a week', async () => {
    await give('onDuty', manager);
    // Tuesday the 17th and three working days.
    expect(await names(supervisor, { stands: 'late' }, '2026-11-20')).toEqual([]);
    expect(await names(supervisor, { stands: 'late' }, '2026-11-21')).toEqual(['岳阳发布']);
    // One at a time: what was told before does not stand in the way of the rest.
    const chased = async (day: string) => chaseDuty(office, { at: on(day), atOnce: 1 });
    // The company's days are over on the 20th, the leader's on the 30th; the hand-over was due on the 20th.
    expect([await chased('2026-11-21'), await chased('2026-11-23')]).toEqual([3, 0]);
    expect(await chased('2026-11-28')).toBe(2);
  });
});

describe('as a table', () => {
  const HEAD = ['网站标识码', '平台', '账号ID', '岗位', '姓名或单位', '电话', '起始日期'];
  const take = (rows: readonly (readonly string[])[], who: Actor = manager) =>
    importChains(office, who, {
      ...{ name: '责任人员.csv', bytes: writeCsv([HEAD, ...rows]), at: on('2026-11-16') },
    });

  it('takes all rows or none, and names the faulty ones', async () => {
    const good = ['4306000001', '', '', '责任人', '周晓岚', '0730-8880000', '2026/3/1'];
    const faulty = [
      ['9999999999', '', '', '责任人', '甲', '', ''],
      ['', '微信公众号', 'gh_cs', '责任人', '甲', '', ''],
      ['', '微信公众号', 'gh_yy', '管理员', '另一个人', '', '2026-11-20'],
    ];
    await expect(take([good, ...faulty])).rejects.toMatchObject({
      code: 'duty.rows',
      details: [
        '第 3 行：没有这个网站。',
        '第 4 行：没有这个账号。',
        expect.stringContaining('第 5 行：管理员已有人担任'),
      ],
    });
    await expect(take([['4306000001', '', '', '站长', '甲', '', '昨天']])).rejects.toMatchObject({
      code: 'duty.rows',
    });
    await expect(take([good], leader)).rejects.toMatchObject({ code: 'identity.forbidden' });
    expect(await take([good, ['4306000001', '', '', '管理员', '', '', '']])).toEqual({
      ...{ set: 1, same: 0 },
    });
    expect(await take([good])).toEqual({ set: 0, same: 1 });
    expect(await postOf('site', 'responsible')).toMatchObject({ validFrom: '2026-03-01' });
  });

  it('what is exported can be imported again; a reader gets no telephones', async () => {
    const bytes = await exportChains(office, manager, {}, on('2026-11-16'));
    const [sheet] = await readWorkbook(bytes, '责任人员.xlsx');
    const own = sheet!.rows.filter(([code]) => code === '4306000001');
    expect(own.map((cells) => [cells[5], cells[6], cells[8]])).toEqual([
      ...[
        ['分管领导', '', ''],
        ['责任人', '周晓岚', '0730-8880000'],
      ],
      ...[
        ['管理员', '', ''],
        ['运维单位', '', ''],
      ],
    ]);
    const again = await writeXlsx([sheet!]);
    const file = { name: '责任人员.xlsx', bytes: again, at: on('2026-11-16') };
    expect(await importChains(office, manager, file)).toMatchObject({ set: 1 });
    const [masked] = await readWorkbook(
      await exportChains(office, leader, {}, on('2026-11-16')),
      '责任人员.xlsx',
    );
    expect(JSON.stringify(masked)).not.toMatch(/8880000|13970001234/);
  });
});
