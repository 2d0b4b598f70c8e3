import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readWorkbook } from '../../documents/workbook.ts';
import type { Actor } from '../../domain/actor.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { proposeMeasure } from '../measures/propose-measure.ts';
import { decideMeasure } from '../measures/step-measure.ts';
import { setPost } from '../posts/set-post.ts';
import { recordTraining } from '../trainings/record-training.ts';
import { exportLoad } from './export-load.ts';
import { type FigureName, subjectsPerPerson, sumLoad } from './load.ts';
import { type LoadFilter, readLoad } from './read-load.ts';

let office: LifecycleOffice;
let supervisor: Actor;
let second: Actor;
let manager: Actor;
const AT = '2026-11-30T02:00:00.000Z';

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  supervisor = await office.person('supervisor', '湖南省');
  second = await office.person('supervisor', '湖南省');
  manager = await office.person('manager', '岳阳市');
});
afterAll(() => office?.remove());

const load = (who: Actor, more: Partial<LoadFilter> = {}) =>
  readLoad(office, who, { year: 2026, quarter: null, at: AT, ...more });
const column = async (who: Actor, name: FigureName | 'subjectsPerPerson', more = {}) =>
  (await load(who, more)).items.map((row) => [row.unitName, row[name]]);

it('what nobody knows is not nought, alone or in a sum', () => {
  const own = new Map([
    [1, { subjects: 3 }],
    [2, { subjects: 2, people: 2, personHours: 5 }],
  ]);
  const known = new Set<FigureName>(['subjects', 'measures']);
  expect(sumLoad(new Set([1]), own, known)).toMatchObject({
    ...{ subjects: 3, measures: 0, people: null, personHours: null, cases: null },
  });
  expect(sumLoad(new Set([1, 2, 3]), own, known)).toMatchObject({
    ...{ subjects: 5, people: 2, personHours: 5, late: null },
  });
  expect(sumLoad(new Set([3]), own, new Set<FigureName>(['cases']))).toMatchObject({ cases: 0 });
  expect(subjectsPerPerson({ subjects: 5, people: 2 })).toBe(2.5);
  expect(subjectsPerPerson({ subjects: 5, people: null })).toBeNull();
});

it('counts each unit with all below it, and the unit itself apart; nothing is known yet of people', async () => {
  expect(await column(supervisor, 'subjects')).toEqual([
    ...[
      ['湖南省', 0],
      ['岳阳市', 4],
    ],
    ['长沙市', 1],
  ]);
  expect(await column(manager, 'subjects')).toEqual([
    ['岳阳市', 3],
    ['平江县', 1],
  ]);
  const { whole, parentId } = await load(manager);
  expect(parentId).toBeNull();
  expect(whole).toMatchObject({
    ...{ subjects: 4, people: null, subjectsPerPerson: null, findings: null, cases: null },
    ...{ measures: 0, asked: null, read: null, personHours: null },
  });
});

it('shows a unit to whoever looks after it only', async () => {
  const unitId = office.unit('长沙市');
  await expect(load(manager, { unitId })).rejects.toMatchObject({ code: 'load.unit' });
  await expect(load(manager, { unitId: office.unit('湖南省') })).rejects.toMatchObject({
    code: 'load.unit',
  });
  expect((await load(supervisor, { unitId })).unitName).toBe('长沙市');
});

it('counts people once a unit, rounds and cases of the period, measures, training', async () => {
  const { rows } = await sql<{ id: number }>`select id from account order by id`.execute(
    office.store.db,
  );
  const subjectIds = rows.map(({ id }) => id);
  for (const [at, post] of [
    [0, 'leader'],
    [0, 'onDuty'],
    [1, 'leader'],
    [1, 'operator'],
  ] as const)
    await setPost(office, manager, {
      ...{ kind: 'account', subjectId: subjectIds[at]!, post, seenId: null, at: AT },
      holder: {
        ...{ name: post === 'onDuty' ? '彭建军' : '刘建国', office: '', phone: '' },
        ...{ validFrom: '2026-01-01', validTo: null },
      },
    });
  const parts = [{ unitId: office.unit('平江县'), person: '', people: 4, score: '', passed: null }];
  await recordTraining(office, manager, {
    ...{ organiserId: office.unit('岳阳市'), parts, at: AT },
    fields: { subject: '值班', heldOn: '2026-08-01', teacher: '', hours: 1.5, kind: 'onsite' },
  });
  const { id } = await proposeMeasure(office, supervisor, {
    ...{ unitId: office.unit('岳阳市'), kind: 'remind', reason: '逾期', demand: '', people: 0 },
    ...{ dueOn: null, caseIds: [], at: AT },
  });
  await decideMeasure(office, second, { id, version: 1, outcome: 'decided', note: '', at: AT });
  await casesOf(subjectIds[0]!);
  const [own, county] = (await load(manager)).items;
  expect(own).toMatchObject({
    ...{ subjects: 3, people: 2, subjectsPerPerson: 1.5, findings: 2, cases: 3, mendedInTime: 1 },
    ...{ late: 1, repeated: 1, measures: 1, personHours: null },
  });
  expect(county).toMatchObject({ people: null, findings: 0, cases: 0, late: 0, personHours: 6 });
  const third = await load(manager, { quarter: 3 });
  expect([third.from, third.to]).toEqual(['2026-07-01', '2026-09-30']);
  expect(third.whole).toMatchObject({ findings: null, cases: null, measures: 0, personHours: 6 });
});

/** A frozen round with breaches that stand and that do not, and cases that ended differently. */
async function casesOf(accountId: number): Promise<void> {
  const { db } = office.store;
  const unitId = office.unit('岳阳市');
  await sql`
    insert into round (period, label, window_from, window_to, monitored_at, ruleset_id, ruleset_hash, ruleset, clock, coverage,
      resolve_rules, state, created_at)
    values ('2026Q4', '第四季度', '2026-10-01', '2026-12-31', ${AT}::timestamptz, 'r', 'h', '{}', 'live', '{}', '[]', 'frozen', ${AT}::timestamptz)`.execute(
    db,
  );
  await sql`
    insert into round_subject (round_id, kind, subject_id, checked, subject, print_row, registry_order, monitored_at, stage)
    select id, 'account', ${accountId}, true, jsonb_build_object('sponsorId', ${unitId}::int), '', 1, monitored_at, 'judged' from round`.execute(
    db,
  );
  await sql`
    insert into finding (round_id, kind, subject_id, rule_id, status, judgement, source, review)
    select r.id, 'account', ${accountId}, f.rule, f.status, '{}', 'machine', f.review from round r,
      (values ('a', 'breached', 'confirmed'), ('b', 'breached', 'waived'), ('c', 'breached', 'rejected'), ('d', 'met', 'open')) f (rule, status, review)`.execute(
    db,
  );
  await sql`insert into rectification_policy (hash, content) values ('h', '{}')`.execute(db);
  await sql`
    insert into rectification_notice (round_id, unit_id, policy_id, year, serial, number, issuer, noticed_on, deadline_on,
      provisional, made_by, made_at)
    select r.id, ${unitId}, p.id, 2026, 1, '1号', '省', '2026-11-01', '2026-11-20', false, '甲', ${AT}::timestamptz
      from round r, rectification_policy p`.execute(db);
  await sql`
    insert into rectification_case (notice_id, round_id, unit_id, policy_id, kind, subject_id, subject, rule_id, rule, finding_id,
      state, noticed_on, deadline_on, deadline_set_on, provisional, first_late_days, mended, marks, changed_at)
    select n.id, n.round_id, n.unit_id, n.policy_id, 'account', ${accountId}, '{}', c.rule, '{}', 1, c.state, '2026-11-01',
           '2026-11-20', '2026-11-01', false, c.late, c.mended, c.marks::jsonb, ${AT}::timestamptz
      from rectification_notice n, (values
        ('a', 'closed', 0, true, '{"consecutive": 1}'), ('b', 'closed', 2, true, '{"consecutive": 2}'),
        ('c', 'submitted', 0, null::boolean, '{}'), ('d', 'merged', 0, null, '{}')) c (rule, state, late, mended, marks)`.execute(
    db,
  );
}

it('sorts with what is unknown last either way, and goes out as a table with empty cells', async () => {
  const by = (isDescending: boolean) => ({ sort: { by: 'personHours' as const, isDescending } });
  const names = async (isDescending: boolean) =>
    (await column(supervisor, 'personHours', by(isDescending))).map(([name]) => name);
  expect([(await names(true))[0], (await names(false))[0]]).toEqual(['岳阳市', '岳阳市']);
  expect(
    (await column(supervisor, 'subjects', { sort: { by: 'subjects', isDescending: true } }))[0],
  ).toEqual(['岳阳市', 4]);
  const bytes = await exportLoad(office, manager, { year: 2026, quarter: null, at: AT });
  const [sheet] = await readWorkbook(bytes, '负担.xlsx');
  expect(sheet!.rows[1]!.slice(0, 4)).toEqual(['单位', '网站和账号', '岗位上的人', '人均']);
  expect(sheet!.rows[2]!.slice(0, 4)).toEqual(['岳阳市（本级）', '3', '2', '1.5']);
  expect(sheet!.rows[3]![2]).toBe('');
  expect(JSON.stringify(sheet)).not.toContain('长沙');
});
