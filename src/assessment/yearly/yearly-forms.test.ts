import { join } from 'node:path';
import { sql } from 'kysely';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../tools/source-files.ts';
import { readWorkbook } from '../../documents/workbook.ts';
import type { Actor } from '../../domain/actor.ts';
import { takeMessages } from '../../finderror/take-messages.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { chaseForms, isChaserDay } from './chase-forms.ts';
import { exportForm } from './export-form.ts';
import { fieldsOf, parseForm, problemsOf, readForms, type YearlyForm } from './form.ts';
import { countOffice, openForms } from './open-forms.ts';
import { listForms, readFields, readForm } from './read-forms.ts';
import {
  fillForm,
  publishForm,
  recountForm,
  returnForm,
  signForm,
  submitForm,
} from './step-form.ts';
import type { YearlyDeps } from './yearly-db.ts';

/** 5 January 2027, 10:00 in Shanghai: the year is over. */
const AT = '2027-01-05T02:00:00.000Z';
const PAGE = { limit: 50, offset: 0, at: AT };
let office: LifecycleOffice;
let deps: YearlyDeps;
let supervisor: Actor;
let sponsor: Actor;
let leader: Actor;
let other: Actor;
let siteForm: number;

beforeAll(async () => {
  office = await LifecycleOffice.open('2026-01-01');
  deps = { store: office.store, yearlyForms: await readForms(join(ROOT, 'assessments')) };
  supervisor = await office.person('supervisor', '湖南省');
  sponsor = await office.person('sponsor', '岳阳市');
  leader = await office.person('leader', '岳阳市');
  other = await office.person('sponsor', '长沙市');
  await takeMessages(office, supervisor, {
    items: [
      {
        ...{ number: '1', siteCode: '4306000001', siteName: '', pageUrl: '', problemType: '' },
        ...{ content: '首页打不开', leftAt: '2026-12-30T02:00:00.000Z' },
        receivedAt: '2026-12-30T02:00:00.000Z',
      },
    ],
    at: '2026-12-30T03:00:00.000Z',
  });
}, 180_000);
afterAll(() => office?.remove());

const refused = (code: string) => expect.objectContaining({ code });
const read = (who: Actor, id = siteForm) => readForm(deps, who, { id, at: AT });
const seen = async (id = siteForm) => ({
  ...{ id, at: AT },
  version: (await read(supervisor, id)).head.version,
});
const fieldOf = async (fieldId: string, id = siteForm) =>
  readFields(await read(supervisor, id)).find(({ field }) => field.id === fieldId)!;
const fill = async (fields: Readonly<Record<string, string>>, note = '') =>
  fillForm(deps, sponsor, {
    ...(await seen()),
    fields: Object.entries(fields).map(([fieldId, value]) => ({ fieldId, value, note })),
  });

/** A value of each kind that may stand. */
const GOOD = { text: '有', count: '1', decimal: '1.5', yesNo: '是', date: '2027-01-05' } as const;
const whole = (form: YearlyForm, known: object): Record<string, string> =>
  Object.fromEntries(
    fieldsOf(form)
      .filter(({ id }) => !(id in known))
      .map(({ id, kind }) => [id, kind === 'url' ? 'http://a.gov.cn/' : GOOD[kind]]),
  );

describe('a form as data', () => {
  const form = (...fields: object[]) =>
    parseForm({
      ...{ id: 'x', version: 1, kind: 'site', name: '表', source: '', dueOn: '01-31' },
      sections: [
        {
          ...{ title: '部分', confidence: 'memory' },
          fields: fields.map((field, at) => ({
            ...{ id: `f${at}`, title: `栏${at}`, kind: 'count', confidence: 'memory', ...field },
          })),
        },
      ],
    });
  const wrong = (fields: object[], written: Record<string, string>, known = {}) =>
    problemsOf(
      form(...fields),
      {
        known,
        written: Object.fromEntries(
          Object.entries(written).map(([id, value]) => [id, { value, note: '' }]),
        ),
      },
      true,
    ).map(({ fieldId, words }) => `${fieldId} ${words}`);

  it.each<[string, object[], Record<string, string>, string[]]>([
    ['nothing written', [{}], {}, ['f0 还没有填']],
    ['what need not be', [{ required: false }], {}, []],
    ['a count that is none', [{}], { f0: '-1' }, ['f0 要写 0 以上的整数']],
    ['a decimal', [{ kind: 'decimal' }], { f0: '2.345' }, ['f0 要写 0 以上的数，最多两位小数']],
    ['neither yes nor no', [{ kind: 'yesNo' }], { f0: '有' }, ['f0 要选“是”或“否”']],
    [
      'a day that is in no calendar',
      [{ kind: 'date' }],
      { f0: '2027-02-30' },
      ['f0 要写日期，如 2027-01-15'],
    ],
    ['half an address', [{ kind: 'url' }], { f0: 'www.a.gov.cn' }, ['f0 要写完整的网址']],
    [
      'a part above its whole',
      [{}, { notAbove: 'f0' }],
      { f0: '2', f1: '3' },
      ['f1 不能大于“栏0”（2）'],
    ],
    ['a part as large as its whole', [{}, { notAbove: 'f0' }], { f0: '3', f1: '3' }, []],
    ['a field of another form', [{ required: false }], { g: '1' }, ['g 表里没有这一栏']],
  ])('%s', (_name, fields, written, problems) => {
    expect(wrong(fields, written)).toEqual(problems);
  });

  it('a figure that differs from the platform’s wants a reason', () => {
    const known = { f0: { value: '3', origin: { words: '名录', link: null } } };
    expect(wrong([{}], {}, known)).toEqual([]);
    expect(wrong([{}], { f0: '4' }, known)).toEqual(['f0 与平台数的 3 不同，请写明为什么']);
  });

  it('a field twice, and a whole that is not there, are refused', () => {
    expect(() => form({ id: 'a' }, { id: 'a' })).toThrowError(refused('yearly.form'));
    expect(() => form({ notAbove: 'x' })).toThrowError(refused('yearly.form'));
  });
});

describe('opening', () => {
  it('one form for each running site and for the office at the top, filled with what is known, with its origin', async () => {
    await expect(openForms(deps, sponsor, { year: 2026, at: AT })).rejects.toThrowError(
      refused('identity.forbidden'),
    );
    await expect(openForms(deps, supervisor, { year: 2028, at: AT })).rejects.toThrowError(
      refused('assessment.year'),
    );
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from site where status = 'running'`.execute(deps.store.db);
    const opened = await openForms(deps, supervisor, { year: 2026, at: AT });
    expect(opened).toEqual({ sites: rows[0]!.count, offices: 1 });
    // What is open stays.
    expect(await openForms(deps, supervisor, { year: 2026, at: AT })).toEqual({
      ...{ sites: 0, offices: 0 },
    });
    const { items } = await listForms(deps, sponsor, {}, PAGE);
    siteForm = items.find(({ name }) => name === '岳阳市门户')!.id;
    expect(new Set(items.map(({ unitId }) => unitId))).not.toContain(office.unit('长沙市'));
    expect((await fieldOf('siteCode')).known).toEqual({
      ...{
        value: '4306000001',
        origin: { words: '名录', link: expect.stringMatching(/^\/sites\//) },
      },
    });
    // Nobody knows it: it is asked.
    expect(await fieldOf('visits')).toMatchObject({ known: null, value: '', problem: '还没有填' });
  });

  it('an office has its messages counted; a quarter that nobody inspected is asked, not nought', async () => {
    const { items } = await listForms(deps, supervisor, { kind: 'office' }, PAGE);
    const { id } = items[0]!;
    expect((await fieldOf('errors.received', id)).value).toBe('1');
    expect((await fieldOf('errors.open', id)).known?.origin).toEqual({
      ...{ words: '2026-01-01 至 2026-12-31 收到的找错留言', link: '/find-errors' },
    });
    expect((await fieldOf('q1.checked', id)).known).toBeNull();
    // No case was ever opened here, and in the year before no message had come.
    expect((await fieldOf('rectify.late', id)).known).toBeNull();
    const before = await countOffice(
      deps,
      { unitId: office.unit('湖南省'), name: '湖南省', form: deps.yearlyForms.office },
      ...([2025, '2026-01-05T02:00:00.000Z'] as const),
    );
    expect(before).not.toHaveProperty(['errors.received']);
    await expect(read(sponsor, id)).rejects.toThrowError(refused('yearly.unknown'));
  });
});

describe('filling and signing', () => {
  it('is kept in parts; what is wrong in itself is refused and nothing of it kept', async () => {
    await fill({ visits: '120000' });
    await expect(fill({ visitors: '9', 'talk.days': '很快' })).rejects.toThrowError(
      refused('yearly.fields'),
    );
    expect([(await fieldOf('visits')).value, (await fieldOf('visitors')).value]).toEqual([
      ...['120000', ''],
    ]);
    await fill({ visits: '' });
    expect((await fieldOf('visits')).written).toBeNull();
    const old = { ...(await seen()), version: 1, fields: [] };
    await expect(fillForm(deps, sponsor, old)).rejects.toThrowError(refused('yearly.changed'));
    await expect(fillForm(deps, other, { ...(await seen()), fields: [] })).rejects.toThrowError(
      refused('yearly.unknown'),
    );
  });

  it('is handed on when whole, and says what is missing before', async () => {
    await expect(submitForm(deps, sponsor, await seen())).rejects.toThrowError(
      expect.objectContaining({
        ...{ code: 'yearly.fields' },
        details: expect.arrayContaining(['网站总访问量：还没有填']),
      }),
    );
    const known = Object.fromEntries(
      readFields(await read(supervisor)).flatMap((each) =>
        each.known === null ? [] : [[each.field.id, each.known]],
      ),
    );
    await fill(whole(deps.yearlyForms.site, known));
    await fill({ name: '岳阳市政府门户网站' });
    await expect(submitForm(deps, sponsor, await seen())).rejects.toThrowError(
      refused('yearly.fields'),
    );
    await fill({ name: '岳阳市政府门户网站' }, '名录里的是简称');
    await recountForm(deps, sponsor, await seen());
    expect((await fieldOf('name')).value).toBe('岳阳市政府门户网站');
    await submitForm(deps, sponsor, await seen());
    await expect(fill({ visits: '1' })).rejects.toThrowError(refused('yearly.state'));
  });

  it('is signed by another, given back with a reason, and published with its address', async () => {
    await expect(signForm(deps, sponsor, await seen())).rejects.toThrowError(
      refused('identity.forbidden'),
    );
    const manager = await office.person('manager', '岳阳市');
    await returnForm(deps, leader, { ...(await seen()), reason: '访问量请核对' });
    expect((await read(sponsor)).head).toMatchObject({
      ...{ state: 'filling', returnReason: '访问量请核对' },
    });
    await submitForm(deps, manager, await seen());
    await expect(signForm(deps, manager, await seen())).rejects.toThrowError(
      refused('yearly.same-person'),
    );
    expect((await read(manager)).may.sign).toContain('另一位负责人');
    await signForm(deps, leader, await seen());
    const address = { ...(await seen()), url: 'www.yueyang.gov.cn' };
    await expect(publishForm(deps, sponsor, address)).rejects.toThrowError(refused('yearly.url'));
    await publishForm(deps, sponsor, { ...address, url: 'http://www.yueyang.gov.cn/nb.html' });
    expect((await read(sponsor)).head.state).toBe('published');
    await expect(
      returnForm(deps, leader, { ...(await seen()), reason: '再改' }),
    ).rejects.toThrowError(refused('yearly.state'));
  });

  it('goes out as a document and as a table; what nobody signed says so', async () => {
    const textOf = async (id: number) => {
      const { content } = await exportForm(deps, supervisor, { id, format: 'docx', at: AT });
      return (await mammoth.extractRawText({ buffer: Buffer.from(content) })).value;
    };
    const signed = await textOf(siteForm);
    expect(signed).toMatch(/政府网站工作年度报表\s+（2026年度）/);
    expect(signed).toMatch(/网站名称\s+岳阳市政府门户网站/);
    expect(signed).not.toContain('草稿');
    const [draft] = (await listForms(deps, supervisor, { kind: 'office' }, PAGE)).items;
    expect(await textOf(draft!.id)).toContain('草稿：还没有签发');
    const { content, name } = await exportForm(deps, leader, {
      ...{ id: siteForm, format: 'xlsx', at: AT },
    });
    expect(name).toBe('岳阳市门户政府网站工作年度报表（2026年度）.xlsx');
    const [sheet] = await readWorkbook(content, name);
    expect(sheet!.rows.find((row) => row[1] === '网站名称')).toEqual([
      ...['基本情况', '网站名称', '岳阳市政府门户网站', '', '岳阳市门户', '名录', '名录里的是简称'],
    ]);
  });
});

describe('what is due', () => {
  it.each([
    ['2027-01-15', false],
    ['2027-01-18', true],
    ['2027-01-25', true],
    ['2027-01-29', true],
    ['2027-01-30', false],
    ['2027-01-31', true],
    ['2027-02-01', true],
    ['2027-02-02', false],
    ['2027-02-10', true],
    ['2027-02-11', false],
  ])('31 January 2027, a Sunday: %s is a day of reminders: %s', (today, is) => {
    expect(isChaserDay('2027-01-31', today)).toBe(is);
  });

  it('units with forms that are not published are told, once a day; what is late is listed', async () => {
    const chase = (day: string) => chaseForms(deps, { at: `${day}T01:00:00.000Z` });
    expect(await chase('2027-01-15')).toBe(0);
    // The site's form is published: only the office's is left.
    expect(await chase('2027-01-25')).toBe(1);
    expect(await chase('2027-01-25')).toBe(0);
    const overdue = async (at: string) =>
      (await listForms(deps, supervisor, { state: 'overdue' }, { ...PAGE, at })).items;
    expect(await overdue('2027-01-31T01:00:00.000Z')).toEqual([]);
    // In Shanghai it is the first of February.
    const late = await overdue('2027-01-31T16:30:00.000Z');
    expect(late.map(({ kind, isOverdue }) => [kind, isOverdue])).toEqual([['office', true]]);
  });
});
