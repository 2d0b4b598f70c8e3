import { sql } from 'kysely';
import { writeCsv } from '../../src/documents/workbook.ts';
import { ISSUED, issuedRound } from '../interface/rectification-steps.ts';
import { FORMER, PERIOD } from './fill.ts';
import type { Office } from './office.ts';
import type { Person } from './person.ts';

/** What the pages of rectification and find-error can be asked for. */
export interface KnownCases {
  /** A case of the sponsor's own account, noticed and acknowledged. */
  readonly rectified: number;
  readonly notice: number;
  /** A letter that shows the sponsor's unit its findings. */
  readonly letter: number;
  /** A message that waits for the sponsor's answer, and one that was answered. */
  readonly message: number;
  readonly answered: number;
  /** The year's assessment of the sponsor's unit and another, which is being reported. */
  readonly assessment: number;
  readonly assessedUnit: number;
  /** Yearly forms of a site of the sponsor's and of the office at the top. */
  readonly yearlyForm: number;
  readonly officeForm: number;
  /** A measure of accountability that waits for a second person. */
  readonly measure: number;
  /** A regulation of the sponsor's unit that is to be read, and a draft of the province's. */
  readonly regulation: number;
  readonly draftRegulation: number;
  /** A training of the sponsor's unit, with somebody who passed. */
  readonly training: number;
  /** A self-check that the unit handed in, after which it imported another draft. */
  readonly selfCheck: string;
}

/** An issued round with a case of the account, and messages about the sponsor's site. */
export async function caseWork(
  office: Office,
  people: { readonly supervisor: Person; readonly sponsor: Person },
  accountId: number,
): Promise<KnownCases> {
  const { supervisor, sponsor } = people;
  await issuedRound(office, { kind: 'account', id: accountId });
  const opening = { deadlineOn: null };
  await supervisor.send('post', `rectification/issued-rounds/${ISSUED}`, opening);
  const { items } = (await sponsor.ask(`rectification/cases?kind=account&subjectId=${accountId}`))
    .body as { items: { id: number; noticeId: number; version: number }[] };
  const [own] = items;
  const acknowledged = { step: 'acknowledge', note: '', version: own!.version };
  await sponsor.send('post', `rectification/cases/${own!.id}/steps`, acknowledged);
  // How two people review is told by its own tests: a letter lists what they confirmed.
  await sql`update finding set review = 'confirmed' where id = (
    select max(f.id) from finding f join round r on r.id = f.round_id
      join round_subject s on s.round_id = r.id and s.kind = f.kind and s.subject_id = f.subject_id
     where r.period = ${PERIOD} and f.status = 'breached' and f.review = 'open' and s.subject->>'printRow' = '岳阳市'
       and not exists (select 1 from contest c where c.finding_id = f.id))`.execute(
    office.deps.store.db,
  );
  await supervisor.send('post', `contest-letters/rounds/${PERIOD}`);
  const letters = (await sponsor.ask('contest-letters')).body as { items: { id: number }[] };
  const { user } = (await sponsor.ask('session')).body as { user: { unit: { id: number } } };
  const measure = (await supervisor.send('post', 'duty/measures', {
    ...{ unitId: user.unit.id, kind: 'interview', reason: '连续两期同一问题没有改正' },
    ...{ demand: '查明原因，明确责任人。', people: 1, dueOn: null, caseIds: [own!.id] },
  })) as { id: number };
  return {
    ...{ rectified: own!.id, notice: own!.noticeId, letter: letters.items[0]!.id },
    measure: measure.id,
    ...(await regulations(supervisor, sponsor, user.unit.id)),
    training: await training(sponsor, user.unit.id),
    ...(await messages(supervisor, sponsor)),
    ...(await assessed(supervisor)),
    ...(await yearlyForms(supervisor, sponsor)),
    selfCheck: await selfCheck(supervisor),
  };
}

async function training(sponsor: Person, unitId: number): Promise<number> {
  const part = { unitId, person: '周晓岚', people: 1, score: '92', passed: true };
  const recorded = await sponsor.send('post', 'duty/trainings', {
    ...{ organiserId: unitId, subject: '检查指标解读', heldOn: '2020-08-01', teacher: '张三' },
    ...{
      hours: 2.5,
      kind: 'onsite',
      parts: [part, { ...part, person: '', people: 12, score: '', passed: null }],
    },
  });
  return (recorded as { id: number }).id;
}

async function regulations(
  supervisor: Person,
  sponsor: Person,
  unitId: number,
): Promise<Pick<KnownCases, 'regulation' | 'draftRegulation'>> {
  const fields = {
    ...{ kind: 'norm', documentNumber: '', changeNote: '', effectiveOn: '2026-12-01' },
    ...{ title: '网站信息发布审核制度', body: '第一条 先审后发。\n第二条 谁发布谁负责。' },
    readBy: null,
  };
  const add = async (person: Person, addresseeId: number | null): Promise<number> =>
    ((await person.send('post', 'duty/regulations', { ...fields, addresseeId })) as { id: number })
      .id;
  const regulation = await add(sponsor, unitId);
  await supervisor.send('post', `duty/regulations/${regulation}/draft/decision`, {
    ...{ revision: 1, outcome: 'published' },
  });
  return { regulation, draftRegulation: await add(supervisor, null) };
}

/** 岳阳市 handed in for the frozen round, and imported a correction that it has not submitted yet. */
async function selfCheck(supervisor: Person): Promise<string> {
  const units = (await supervisor.ask('units')).body as { items: { id: number; name: string }[] };
  const city = units.items.find(({ name }) => name === '岳阳市')!.id;
  const sites = (await supervisor.ask(`sites?unitId=${city}&limit=3`)).body as {
    items: { name: string; siteCode: string }[];
  };
  const { id } = (await supervisor.send('post', 'self-checks', {
    ...{ period: FORMER, workdays: 10, note: '请同时核对联系方式。' },
  })) as { id: number };
  const place = `self-checks/${id}/units/${city}`;
  const rows = [
    ['名称', '网站标识码', '检查日期', '检查结果', '指标', '问题描述'],
    ...sites.items.map(({ name, siteCode }, index) => [
      ...[name, siteCode, '2020-03-10', index === 0 ? '有问题' : '正常'],
      ...['', index === 0 ? '首页的“办事大厅”打不开' : ''],
    ]),
    ['没有登记的网站', '', '2020-03-11', '有问题', '首页不更新', ''],
  ];
  await supervisor.upload(`${place}/draft`, '自查结果.csv', writeCsv(rows));
  await supervisor.send('post', `${place}/submission`, { revision: 1 });
  await supervisor.upload(`${place}/draft`, '自查结果（更正）.csv', writeCsv(rows));
  return place;
}

async function messages(
  supervisor: Person,
  sponsor: Person,
): Promise<Pick<KnownCases, 'message' | 'answered'>> {
  const sites = (await sponsor.ask('sites?limit=1')).body as { items: { siteCode: string }[] };
  const leftAt = new Date(Date.now() - 60_000).toISOString();
  const item = { siteCode: sites.items[0]!.siteCode, problemType: '内容无法访问', leftAt };
  await supervisor.send('post', 'find-errors', {
    items: [
      { ...item, number: '202611160001', content: '首页的“办事大厅”打不开。' },
      { ...item, number: '202611160002', content: '我叫王小明，电话13970001234，链接打不开。' },
    ],
  });
  const { items } = (await sponsor.ask('find-errors')).body as {
    items: { id: number; number: string; version: number }[];
  };
  const [message, answered] = ['202611160001', '202611160002'].map(
    (number) => items.find((each) => each.number === number)!,
  );
  await sponsor.send('post', `find-errors/${answered!.id}/answer`, {
    ...{ version: answered!.version, isTrue: true, answer: '已恢复。' },
  });
  return { message: message!.id, answered: answered!.id };
}

/** An assessment with a unit that the office has decided on without its report, and one that is to report. */
async function assessed(
  supervisor: Person,
): Promise<Pick<KnownCases, 'assessment' | 'assessedUnit'>> {
  const { items } = (await supervisor.ask('units')).body as {
    items: { id: number; name: string }[];
  };
  const unitOf = (wanted: string): number => items.find(({ name }) => name === wanted)!.id;
  const [own, other] = [unitOf('岳阳市'), unitOf('长沙市')];
  const today = new Date().toISOString();
  const { id } = (await supervisor.send('post', 'assessments', {
    ...{ year: Number(today.slice(0, 4)), unitIds: [own, other] },
    reportBy: `${Number(today.slice(0, 4)) + 1}-01-20`,
  })) as { id: number };
  await supervisor.send('post', `assessments/${id}/units/${other}/decision`, {
    ...{ version: 1, ruleId: 'assess.bonus.intensive', value: 500, note: '省平台上查得到' },
  });
  return { assessment: id, assessedUnit: own };
}

async function yearlyForms(
  supervisor: Person,
  sponsor: Person,
): Promise<Pick<KnownCases, 'yearlyForm' | 'officeForm'>> {
  await supervisor.send('post', 'yearly-forms', { year: new Date().getFullYear() });
  const firstOf = async (person: Person, kind: string): Promise<number> => {
    const { body } = await person.ask(`yearly-forms?kind=${kind}&limit=1`);
    return (body as { items: { id: number }[] }).items[0]!.id;
  };
  return {
    yearlyForm: await firstOf(sponsor, 'site'),
    officeForm: await firstOf(supervisor, 'office'),
  };
}
