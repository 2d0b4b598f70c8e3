import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeCsv, writeXlsx } from '../documents/workbook.ts';
import type { Actor } from '../domain/actor.ts';
import { LifecycleOffice } from '../testing/lifecycle/lifecycle-office.ts';
import { chaseMessages } from './chase-messages.ts';
import { clockOf } from './find-error.ts';
import { countFindError } from './index.ts';
import { listMessages } from './list-messages.ts';
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
        ...{ open: 1, overdue: 1, found: 1 },
      },
      {
        ...{ unitId: office.unit('长沙市'), received: 1, inTime: 1, late: 0 },
        ...{ open: 0, overdue: 0, found: 0 },
      },
    ]);
    const none = await countFindError(office.store, {
      ...{ from: '2027-01-01', to: '2027-03-31', today: '2027-04-01' },
    });
    expect(none).toMatchObject({ received: 0, byUnit: [] });
  });
});
