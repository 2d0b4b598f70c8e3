import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../documents/workbook.ts';
import type { Actor } from '../../domain/actor.ts';
import { addDays } from '../../lib/pure/dates.ts';
import { notifyDb } from '../../notify/notify-db.ts';
import { changeAccount, enterAccount, findAccount, listAccounts } from '../../registry/index.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { applyCase, submitCase } from '../cases/apply-case.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import { runUpkeep } from '../run-upkeep.ts';
import { confirmDuty } from './confirm-duty.ts';
import { countByUnit } from './count-by-unit.ts';
import { exportDuties } from './export-duties.ts';
import { countOpenDuties, listDuties, listNotices } from './list-duties.ts';
import { readDuty } from './read-duty.ts';

// A year on a clock of its own: every day at nine the calendar is asked what it wants, as the serving process asks it by the hour.

let office: LifecycleOffice;
let sponsor: Actor;
let manager: Actor;
let supervisor: Actor;
let stranger: Actor;
beforeAll(async () => {
  office = await LifecycleOffice.open('2025-12-20');
  sponsor = await office.person('sponsor', '岳阳市');
  manager = await office.person('manager', '岳阳市');
  supervisor = await office.person('supervisor', '湖南省');
  stranger = await office.person('sponsor', '长沙市');
});
afterAll(() => office?.remove());

const nine = (day: string): string => `${day}T01:00:00.000Z`;
const PAGE = { limit: 200, offset: 0 };
const db = () => lifecycleDb(office.store.db);

/** Every day up to and with `last`; what the calendar made, by day. */
async function live(first: string, last: string): Promise<Record<string, string>> {
  const made: Record<string, string> = {};
  for (let day = first; day <= last; day = addDays(day, 1)) {
    const { months } = await runUpkeep(office, { at: nine(day) });
    for (const { month, duties } of months) made[day] = `${month}: ${duties}`;
  }
  return made;
}

const dutiesOf = async (month: string) =>
  (await listDuties(db(), supervisor, { month }, PAGE)).items;
const dutyOf = async (month: string, unit: string) =>
  (await dutiesOf(month)).find(({ unitName }) => unitName === unit)!;
const accountNamed = async (name: string) =>
  (await listAccounts(office.store.db)).find((each) => each.name === name)!;

async function confirm(
  who: Actor,
  dutyId: number,
  day: string,
  answers: Record<string, { answer: 'corrected' | 'reported'; note: string }> = {},
): Promise<void> {
  const { seen, items } = await readDuty(office, supervisor, dutyId);
  await confirmDuty(office, who, {
    ...{ dutyId, seen, note: '', at: nine(day) },
    items: items
      .filter(({ isLive }) => isLive)
      .map(({ kind, subjectId, name }) => ({
        ...{ kind, subjectId },
        ...(answers[name] ?? { answer: 'unchanged' as const, note: '' }),
      })),
  });
}

const refusal = (code: string) => expect.objectContaining({ code });

describe('a year of monthly upkeep', () => {
  it('each first of a month makes one duty a unit that has something, and only once', async () => {
    const made = await live('2026-01-01', '2026-01-31');
    expect(made).toEqual({ '2026-01-01': '2026-01: 3' });
    expect(
      (await dutiesOf('2026-01')).map(({ unitName, sites, accounts, dueOn }) => [
        ...[unitName, sites, accounts, dueOn],
      ]),
    ).toEqual([
      ['岳阳市', 1, 2, '2026-01-15'],
      ['长沙市', 0, 1, '2026-01-15'],
      ['平江县', 0, 1, '2026-01-15'],
    ]);
  });

  it('who confirmed hears nothing more; who did not is chased, and his manager hears of it', async () => {
    await confirm(sponsor, (await dutyOf('2026-01', '岳阳市')).id, '2026-01-31');
    const seen = (who: Actor) => listNotices(db(), who, 50);
    expect((await seen(sponsor)).map(({ text }) => text).reverse()).toEqual([
      ...Array(2).fill(expect.stringContaining('已开始')),
      ...Array(2).fill(expect.stringContaining('将在 2026-01-15 到期')),
      ...Array(2).fill(expect.stringContaining('今天（2026-01-15）到期')),
      ...[1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6].map((nth) =>
        expect.stringContaining(`第 ${nth} 次催办`),
      ),
    ]);
    expect(new Set((await seen(manager)).map(({ unitName }) => unitName))).toEqual(
      new Set(['岳阳市', '平江县']),
    );
    expect((await seen(stranger)).every(({ unitName }) => unitName === '长沙市')).toBe(true);
    const queued = await notifyDb(office.store.db).selectFrom('notice').selectAll().execute();
    const reminders = await db().selectFrom('upkeep_notice').select('id').execute();
    expect(queued.length).toBe(reminders.length);
    expect(new Set(queued.map(({ key }) => key)).size).toBe(reminders.length);
  });

  it('what opens inside a month is asked for in the next; what closes inside one no more', async () => {
    await live('2026-02-01', '2026-02-09');
    await office.store.transaction((trx) =>
      enterAccount(
        trx,
        {
          ...{ platform: '头条号', name: '岳阳头条', accountId: 'tt_yy' },
          ...{ sponsorId: office.unit('岳阳市'), status: 'running' },
        },
        '2026-02-10',
      ),
    );
    const { id } = await accountNamed('岳阳抖音');
    await office.store.transaction((trx) =>
      changeAccount(trx, id, { status: 'closed' }, '2026-02-10'),
    );
    const { items } = await readDuty(office, sponsor, (await dutyOf('2026-02', '岳阳市')).id);
    expect(items.map(({ name, isLive }) => [name, isLive])).toEqual([
      ['岳阳市门户', true],
      ['岳阳发布', true],
      ['岳阳抖音', false],
    ]);
    expect(await live('2026-02-10', '2026-03-01')).toEqual({ '2026-03-01': '2026-03: 3' });
    const march = await readDuty(office, sponsor, (await dutyOf('2026-03', '岳阳市')).id);
    expect(march.items.map(({ name }) => name)).toEqual(['岳阳市门户', '岳阳发布', '岳阳头条']);
  });

  it('a unit whose last account goes has nothing to confirm, and none in the next month', async () => {
    const { id } = await accountNamed('平江发布');
    await office.store.transaction((trx) =>
      changeAccount(trx, id, { sponsorId: office.unit('岳阳市') }, '2026-03-05'),
    );
    const made = await live('2026-03-05', '2026-04-01');
    expect(made).toEqual({ '2026-04-01': '2026-04: 2' });
    expect((await dutyOf('2026-03', '平江县')).state).toBe('void');
    const april = await readDuty(office, sponsor, (await dutyOf('2026-04', '岳阳市')).id);
    expect(april.items.map(({ name }) => name)).toContain('平江发布');
    const { id: dutyId } = await dutyOf('2026-03', '平江县');
    await expect(confirm(manager, dutyId, '2026-04-01')).rejects.toEqual(refusal('upkeep.state'));
  });

  it('after a standstill the months missed are made up for, as the register was then, with time to answer', async () => {
    await office.store.transaction((trx) =>
      enterAccount(
        trx,
        {
          ...{ platform: '抖音号', name: '平江抖音', accountId: 'dy_pj' },
          ...{ sponsorId: office.unit('平江县'), status: 'running' },
        },
        '2026-06-10',
      ),
    );
    const run = await runUpkeep(office, { at: nine('2026-07-20') });
    expect(run.months).toEqual([
      { month: '2026-05', duties: 2 },
      { month: '2026-06', duties: 2 },
      { month: '2026-07', duties: 3 },
    ]);
    for (const month of ['2026-05', '2026-06', '2026-07'])
      for (const { dueOn } of await dutiesOf(month))
        expect([month, dueOn]).toEqual([month, '2026-07-27']);
    // One reminder a duty, not those of three months.
    const { told } = await runUpkeep(office, { at: nine('2026-07-20') });
    expect(told).toBe(0);
  });

  it('runs through to the new year, a duty on each first', async () => {
    expect(await live('2026-08-01', '2027-01-02')).toEqual({
      ...{ '2026-08-01': '2026-08: 3', '2026-09-01': '2026-09: 3', '2026-10-01': '2026-10: 3' },
      ...{ '2026-11-01': '2026-11: 3', '2026-12-01': '2026-12: 3', '2027-01-01': '2027-01: 3' },
    });
  });
});

describe('confirming', () => {
  const MONTH = '2027-01';
  it('says of every item what was looked at, and nothing of what is another’s', async () => {
    const { id: dutyId } = await dutyOf(MONTH, '岳阳市');
    const { seen, items } = await readDuty(office, sponsor, dutyId);
    const all = items.map(({ kind, subjectId }) => ({
      ...{ kind, subjectId, answer: 'unchanged' as const, note: '' },
    }));
    const given = { dutyId, seen, note: '', at: nine('2027-01-03') };
    await expect(
      confirmDuty(office, sponsor, { ...given, items: all.slice(1) }),
    ).rejects.toMatchObject({ code: 'upkeep.items', message: '“岳阳市门户”还没有核对。' });
    const foreign = { ...all[0]!, kind: 'account' as const, subjectId: 999 };
    await expect(
      confirmDuty(office, sponsor, { ...given, items: [...all, foreign] }),
    ).rejects.toEqual(refusal('upkeep.items'));
    const silent = [{ ...all[0]!, answer: 'reported' as const }, ...all.slice(1)];
    await expect(confirmDuty(office, sponsor, { ...given, items: silent })).rejects.toMatchObject({
      message: '“岳阳市门户”要写明哪里不对。',
    });
    await expect(confirmDuty(office, stranger, { ...given, items: all })).rejects.toEqual(
      refusal('upkeep.unknown'),
    );
    await expect(confirmDuty(office, supervisor, { ...given, items: all })).rejects.toEqual(
      refusal('identity.forbidden'),
    );
    const { id } = await accountNamed('岳阳头条');
    await office.store.transaction((trx) =>
      changeAccount(trx, id, { name: '岳阳头条号' }, '2027-01-03'),
    );
    await expect(confirmDuty(office, sponsor, { ...given, items: all })).rejects.toEqual(
      refusal('upkeep.changed'),
    );
  });

  it('a correction is a case that was submitted', async () => {
    const { id: dutyId } = await dutyOf(MONTH, '岳阳市');
    const { id: accountId } = await accountNamed('岳阳发布');
    const said = { 岳阳发布: { answer: 'corrected' as const, note: '' } };
    await expect(confirm(sponsor, dutyId, '2027-01-04', said)).rejects.toEqual(
      refusal('upkeep.items'),
    );
    const form = { kind: 'change', changes: { name: '岳阳' }, reason: '更名' } as const;
    const of = { unitId: null, accountId, form, at: nine('2027-01-04') };
    const { id: caseId } = await applyCase(office, sponsor, { ...of, dutyId });
    await expect(confirm(sponsor, dutyId, '2027-01-04', said)).rejects.toEqual(
      refusal('upkeep.items'),
    );
    await submitCase(office, sponsor, { caseId, at: nine('2027-01-04') });
    await confirm(sponsor, dutyId, '2027-01-04', {
      ...said,
      岳阳市门户: { answer: 'reported', note: '首页网址已改' },
    });
    const { duty, items } = await readDuty(office, sponsor, dutyId);
    expect([duty.state, duty.confirmedBy]).toEqual(['confirmed', sponsor.name]);
    expect(items.map(({ name, answer, caseId: of, note }) => [name, answer, of, note])).toEqual([
      ['岳阳市门户', 'reported', null, '首页网址已改'],
      ['岳阳发布', 'corrected', caseId, ''],
      ['平江发布', 'unchanged', null, ''],
      ['岳阳头条', 'unchanged', null, ''],
    ]);
    const looked = await findAccount(office.store.db, accountId);
    expect(looked?.record.checkedOn).toBe('2027-01-04');
    await expect(confirm(manager, dutyId, '2027-01-04')).rejects.toMatchObject({
      ...{ code: 'upkeep.state', message: `${sponsor.name} 已经确认过了，不用再确认。` },
    });
  });

  it('how it stands: by unit, overdue, as a workbook', async () => {
    const standing = await countByUnit(db(), supervisor, MONTH, '2027-02-01');
    expect(standing.map(({ name, confirmed, overdue }) => [name, confirmed, overdue])).toEqual([
      ['岳阳市', 1, 1],
      ['长沙市', 0, 1],
    ]);
    expect(await countByUnit(db(), stranger, MONTH, '2027-02-01')).toHaveLength(1);
    const late = await listDuties(
      ...([db(), manager, { month: MONTH, overdueOn: '2027-01-16' }, PAGE] as const),
    );
    expect(late.items.map(({ unitName }) => unitName)).toEqual(['平江县']);
    expect(await countOpenDuties(db(), stranger, '2027-01-16')).toMatchObject({ own: 13 });
    const bytes = await exportDuties(office, manager, { month: MONTH }, nine('2027-01-16'));
    const [summary, list] = await readWorkbook(bytes, '维护.xlsx');
    expect(summary?.rows[1]).toEqual(['岳阳市', '1', '0', '0', '0']);
    expect(list?.rows.slice(1).map(([month, unit, , , , state]) => [month, unit, state])).toEqual([
      ['2027-01', '平江县', '逾期未确认'],
      ['2027-01', '岳阳市', '已确认'],
    ]);
  });
});
