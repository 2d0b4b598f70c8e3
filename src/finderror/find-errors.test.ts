import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv, writeXlsx } from '../documents/workbook.ts';
import type { Actor } from '../domain/actor.ts';
import { LifecycleOffice } from '../testing/lifecycle/lifecycle-office.ts';
import { chaseMessages } from './chase-messages.ts';
import { clearReporters } from './clear-reporters.ts';
import { clockOf } from './find-error.ts';
import { countFindError } from './index.ts';
import { leaveMessage } from './leave-message.ts';
import { listMessages } from './list-messages.ts';
import { listPublished, publishMessage, withdrawMessage } from './publish-message.ts';
import { readMessage } from './read-message.ts';
import { readMessages } from './read-messages.ts';
import { acceptMessage, answerMessage, assignMessage, extendMessage } from './step-message.ts';
import { importMessages, takeMessages } from './take-messages.ts';

let office: LifecycleOffice;
let supervisor: Actor;
let yueyang: Actor;
let changsha: Actor;
const HEAD = ['留言编号', '网站标识码', '网站名称', '问题网址', '问题类型', '留言内容', '留言时间'];
const row = (number: string, code: string, url = '', at = '2026-11-16 09:30') => [
  ...[number, code, '某网站', url, '内容无法访问', '首页打不开', at],
];
const ROWS = [
  ['我为政府网站找错留言'],
  HEAD,
  row('1', '4306000001'),
  row('2', '', 'http://YY.test/a.html'),
  row('3', '9999999999'),
];
/** Monday, 16 November 2026, 10:00 in Shanghai. */
const AT = '2026-11-16T02:00:00.000Z';
const day = (date: string): string => `${date}T02:00:00.000Z`;

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  supervisor = await office.person('supervisor', '湖南省');
  yueyang = await office.person('sponsor', '岳阳市');
  changsha = await office.person('sponsor', '长沙市');
});
afterAll(() => office?.remove());

const read = (who: Actor, today = '2026-11-16') =>
  listMessages(office, who, { limit: 50, offset: 0, today });
const numbered = async (number: string) =>
  (await read(supervisor)).items.find((item) => item.number === number)!;
const seen = async (number: string, at: string) => {
  const { id, version } = await numbered(number);
  return { id, version, at };
};
const noticed = async () =>
  (
    await sql<{ key: string; audience: string }>`
      select key, audience from notice where key like 'finderror:%' order by id`.execute(
      office.store.db,
    )
  ).rows.length;

describe('taking in', () => {
  it('an export: each number once, the operator of the site has it at once', async () => {
    const bytes = await writeXlsx([{ name: '导出', rows: ROWS }]);
    const file = { name: '导出.xlsx', bytes, at: AT };
    expect(await importMessages(office, supervisor, file)).toEqual({
      ...{ received: 3, assigned: 2, known: 0 },
    });
    expect(await importMessages(office, supervisor, file)).toEqual({
      ...{ received: 0, assigned: 0, known: 3 },
    });
    expect(await noticed()).toBe(3);
    expect(await numbered('2')).toMatchObject({ unitName: '岳阳市', siteName: '岳阳市门户' });
    expect(await numbered('3')).toMatchObject({ unitName: null, state: 'received' });
  });

  it.each([
    ['no head', [['a', 'b']], 'finderror.columns', []],
    [
      'faulty rows, all of them named',
      [HEAD, row('', '1'), row('5', '1', '', '昨天')],
      'finderror.rows',
      [
        '第 2 行：留言编号是空的，或太长',
        '第 3 行：留言时间“昨天”无法识别，请写成 2026-11-16 09:30',
      ],
    ],
  ])('refuses %s', async (_case, rows, code, details) => {
    await expect(readMessages(writeCsv(rows), '导出.csv')).rejects.toMatchObject({ code, details });
  });

  it('another program may not bring messages of the future', async () => {
    const item = {
      ...{ number: '9', siteCode: '', siteName: '', pageUrl: '', problemType: '', content: '错' },
      ...{ leftAt: AT, receivedAt: day('2026-11-17') },
    };
    await expect(takeMessages(office, supervisor, { items: [item], at: AT })).rejects.toMatchObject(
      {
        code: 'finderror.rows',
      },
    );
  });

  it.each([
    ['a Monday', '2026-11-16', '2026-11-17', '2026-11-19', false],
    ['a Thursday: the weekend does not count', '2026-11-19', '2026-11-20', '2026-11-24', false],
    ['before the National Day week', '2026-09-30', '2026-10-08', '2026-10-10', false],
    ['into a year without a calendar', '2026-12-30', '2026-12-31', '2027-01-04', true],
  ])('the clock from %s', (_case, receivedOn, handOnBy, dueOn, isProvisional) => {
    expect(clockOf(receivedOn)).toEqual({ handOnBy, dueOn, isProvisional });
  });
});

describe('handling', () => {
  it('a unit sees its own only', async () => {
    expect((await read(yueyang)).items.map(({ number }) => number)).toEqual(['2', '1']);
    expect((await read(changsha)).items).toEqual([]);
    await expect(
      answerMessage(office, changsha, { ...(await seen('1', AT)), isTrue: true, answer: '好' }),
    ).rejects.toMatchObject({ code: 'finderror.unknown' });
  });

  it('is assigned, accepted, answered; two at once cannot both decide', async () => {
    const first = await seen('3', day('2026-11-17'));
    const unitId = office.unit('长沙市');
    await assignMessage(office, supervisor, { ...first, unitId, note: '' });
    await expect(
      assignMessage(office, supervisor, { ...first, unitId: office.unit('岳阳市'), note: '错了' }),
    ).rejects.toMatchObject({ code: 'finderror.changed' });
    await acceptMessage(office, changsha, await seen('3', day('2026-11-17')));
    const answer = { isTrue: false, answer: '页面正常。' };
    await answerMessage(office, changsha, { ...(await seen('3', day('2026-11-19'))), ...answer });
    await expect(
      answerMessage(office, changsha, { ...(await seen('3', day('2026-11-20'))), ...answer }),
    ).rejects.toMatchObject({ code: 'finderror.state' });
    expect(await numbered('3')).toMatchObject({ state: 'answered', isLate: false });
  });

  it('handing on needs a reason, an extension a day within the month', async () => {
    const extend = async (until: string, at = AT) =>
      extendMessage(office, supervisor, {
        ...(await seen('2', at)),
        until,
        reason: '涉及多个部门',
      });
    await expect(
      assignMessage(office, supervisor, {
        ...(await seen('2', AT)),
        ...{ unitId: office.unit('长沙市'), note: ' ' },
      }),
    ).rejects.toMatchObject({ code: 'finderror.text' });
    await expect(extend('2026-12-17')).rejects.toMatchObject({ code: 'finderror.until' });
    await expect(extend('2026-11-25', day('2026-11-20'))).rejects.toMatchObject({
      code: 'finderror.until',
    });
    await extend('2026-11-25');
    expect(await numbered('2')).toMatchObject({ dueOn: '2026-11-25', isExtended: true });
  });
});

describe('the clock', () => {
  it('reminds on the last day and after it, once a day, the manager from then on', async () => {
    const before = await noticed();
    expect(await chaseMessages(office, { at: day('2026-11-18') })).toBe(0);
    expect(await chaseMessages(office, { at: day('2026-11-19') })).toBe(1);
    expect(await chaseMessages(office, { at: day('2026-11-19') })).toBe(0);
    expect(await chaseMessages(office, { at: day('2026-11-20') })).toBe(2);
    expect(await noticed()).toBe(before + 3);
  });

  it('counts what was in time, late and open, by unit', async () => {
    await answerMessage(office, yueyang, {
      ...(await seen('1', day('2026-11-20'))),
      ...{ isTrue: true, answer: '已修复。' },
    });
    const counted = await countFindError(office.store, {
      ...{ from: '2026-10-01', to: '2026-12-31', today: '2026-11-26' },
    });
    expect(counted).toMatchObject({
      ...{ received: 3, inTime: 1, late: 1, open: 1, overdue: 1, found: 1 },
    });
    expect(counted.byUnit).toEqual([
      {
        ...{ unitId: office.unit('岳阳市'), received: 2, inTime: 0, late: 1 },
        ...{ open: 1, overdue: 1, found: 1, overMonth: 0 },
      },
      {
        ...{ unitId: office.unit('长沙市'), received: 1, inTime: 1, late: 0 },
        ...{ open: 0, overdue: 0, found: 0, overMonth: 0 },
      },
    ]);
    const none = await countFindError(office.store, {
      ...{ from: '2027-01-01', to: '2027-03-31', today: '2027-04-01' },
    });
    expect(none).toMatchObject({ received: 0, byUnit: [] });
  });
});

describe('the public form', () => {
  const KEY = Buffer.alloc(32, 7);
  const form = (formPerDay: number) => ({
    store: office.store,
    findError: { formPerDay, keepDays: 180, writerKey: () => KEY },
  });
  const message = (content: string) => ({
    ...{ siteName: '', pageUrl: 'http://yy.test/b.html', problemType: '其他', content },
    ...{ name: '王小明', contact: '13970001234' },
  });
  const leave = (content: string, address: string, perDay = 7, date = '2026-12-01') =>
    leaveMessage(form(perDay), { message: message(content), address, at: day(date) });
  const code = (wanted: string) => ({ code: `finderror.${wanted}` });

  it('takes so many of an address and of all, the same once, and counts what it refuses', async () => {
    await expect(leave('没有开', '10.0.0.1', 0)).rejects.toMatchObject(code('form-closed'));
    for (let at = 1; at <= 5; at += 1) await leave(`第${at}处错`, '10.0.0.1');
    await expect(leave('第1处错', '10.0.0.2')).rejects.toMatchObject(code('repeated'));
    await expect(leave('第6处错', '10.0.0.1')).rejects.toMatchObject(code('writer'));
    // The same address as a mapped one; and one household of IPv6 is one writer.
    await expect(leave('第6处错', '::ffff:10.0.0.1')).rejects.toMatchObject(code('writer'));
    await leave('第7处错', '2001:db8:0:1::5');
    await leave('第8处错', '2001:db8:0:1:ffff::6');
    await expect(leave('第9处错', '10.0.0.3')).rejects.toMatchObject(code('full'));
    const { rows } = await sql<{ messages: number; refused: number; writer: string }>`
      select messages, refused, writer from find_error_writer order by messages desc, refused desc`.execute(
      office.store.db,
    );
    expect(rows.map(({ messages, refused }) => [messages, refused])).toEqual([
      ...[
        [5, 2],
        [2, 0],
        [0, 1],
        [0, 1],
      ],
    ]);
    expect(rows.some(({ writer }) => writer.includes('10.0'))).toBe(false);
    // Another day, another count.
    await leave('第9处错', '10.0.0.1', 7, '2026-12-02');
  });

  it('gives a message to the operator of the page’s site; who wrote it is told to those who handle it', async () => {
    const { items } = await listMessages(office, yueyang, {
      ...{ limit: 50, offset: 0, today: '2026-12-02', q: '第9处错' },
    });
    expect(items).toMatchObject([{ origin: 'form', unitName: '岳阳市', state: 'assigned' }]);
    expect(JSON.stringify(items)).not.toContain('13970001234');
    const one = { id: items[0]!.id, at: day('2026-12-02') };
    expect(await readMessage(office, yueyang, one)).toMatchObject({
      ...{ reporterName: '王小明', reporterContact: '13970001234', publishedAt: null },
      forPublic: { name: '王**' },
    });
    await expect(readMessage(office, changsha, one)).rejects.toMatchObject(code('unknown'));
    // An auditor sees that it was handled, not who wrote it.
    const auditor = await office.person('auditor', '湖南省');
    expect(await readMessage(office, auditor, one)).toMatchObject({
      ...{ reporterName: '', reporterContact: '', content: '第9处错' },
    });
  });

  it('publishes an answered one in words without anybody’s data, and takes it back', async () => {
    const { id } = await leave(
      '我叫王小明，电话13970001234，首页打不开',
      '10.0.0.4',
      50,
      '2026-12-03',
    );
    const at = day('2026-12-03');
    const version = async () => (await readMessage(office, supervisor, { id, at })).version;
    const seenNow = async () => ({ id, at, version: await version() });
    const words = { content: '首页打不开', answer: '已恢复，13970001234', name: '王**' };
    await expect(
      publishMessage(office, supervisor, { ...(await seenNow()), ...words, answer: '已恢复。' }),
    ).rejects.toMatchObject(code('state'));
    await answerMessage(office, yueyang, {
      ...(await seenNow()),
      isTrue: true,
      answer: '已恢复。',
    });
    const { forPublic } = await readMessage(office, supervisor, { id, at });
    expect(forPublic).toEqual({
      ...{ content: '我叫王****，电话1****，首页打不开', answer: '已恢复。', name: '王**' },
    });
    await expect(
      publishMessage(office, supervisor, { ...(await seenNow()), ...words }),
    ).rejects.toMatchObject({ ...code('private'), field: 'answer', details: ['13970001234'] });
    await expect(
      publishMessage(office, yueyang, { ...(await seenNow()), ...forPublic }),
    ).rejects.toMatchObject({ code: 'identity.forbidden' });
    await publishMessage(office, supervisor, { ...(await seenNow()), ...forPublic });
    const page = { limit: 20, offset: 0 };
    const published = await listPublished(form(50), page);
    expect(published).toMatchObject([{ id, content: '我叫王****，电话1****，首页打不开' }]);
    expect(JSON.stringify(published)).not.toMatch(/王小明|13970001234/);
    expect(await listPublished(form(0), page)).toEqual([]);
    await withdrawMessage(office, supervisor, { ...(await seenNow()), reason: '网民要求' });
    expect(await listPublished(form(50), page)).toEqual([]);
  });

  it('keeps who wrote an answered message so long after the answer, then clears it and nothing else', async () => {
    const open = async (content: string) => {
      const { id } = await leave(content, '10.0.0.8', 50, '2026-12-04');
      return { id, at: day('2026-12-04') };
    };
    const close = async (one: { id: number; at: string }) => {
      const { version } = await readMessage(office, supervisor, one);
      await answerMessage(office, yueyang, { ...one, version, isTrue: true, answer: '已恢复。' });
    };
    const [first, second, waiting] = [
      await open('甲处错'),
      await open('乙处错'),
      await open('丙处错'),
    ];
    await close(first);
    await close(second);
    const clear = (date: string, limit?: number) =>
      clearReporters(form(50), { at: day(date), ...(limit !== undefined && { limit }) });
    const look = (one: { id: number }) =>
      readMessage(office, supervisor, { id: one.id, at: day('2027-07-01') });
    const before = await look(first);
    const trail = async () =>
      (
        await sql<{ after: unknown }>`
          select after from audit where action = 'finderror.clear' order by id`.execute(
          office.store.db,
        )
      ).rows.map(({ after }) => after);

    // 2 June 2027 is the 180th day after the answer of 4 December; the message of an earlier test was answered the day before.
    expect(await clear('2027-06-01')).toEqual({ cleared: 0, left: 0 });
    expect(await clear('2027-06-02')).toEqual({ cleared: 1, left: 0 });
    expect(await look(first)).toEqual(before);
    expect(await clear('2027-06-03', 1)).toEqual({ cleared: 1, left: 1 });
    expect(await clear('2027-06-03', 1)).toEqual({ cleared: 1, left: 0 });
    expect(await clear('2027-06-03')).toEqual({ cleared: 0, left: 0 });
    expect(await look(second)).toMatchObject({ reporterName: '', reporterClearedOn: '2027-06-03' });
    const cleared = { reporterName: '', reporterContact: '', reporterClearedOn: '2027-06-03' };
    const { forPublic } = await look(first);
    expect(await look(first)).toEqual({ ...before, ...cleared, forPublic });
    expect(forPublic).toMatchObject({ content: '甲处错', answer: '已恢复。' });
    // What is open keeps its writer, however old it is.
    expect(await clear('2036-01-01')).toEqual({ cleared: 0, left: 0 });
    expect(await look(waiting)).toMatchObject({ reporterName: '王小明', reporterClearedOn: null });
    expect(await trail()).toEqual([
      { cleared: 1, left: 0 },
      { cleared: 1, left: 1 },
      { cleared: 1, left: 0 },
    ]);
  });
});
