import { sql } from 'kysely';
import mammoth from 'mammoth';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWorkbook } from '../../documents/workbook.ts';
import { writeOfficialDocx } from '../../documents/write-official-docx.ts';
import type { Actor } from '../../domain/actor.ts';
import { unobserved } from '../../domain/fact.ts';
import { permissionsOf } from '../../identity/abilities.ts';
import { auditAbout, auditDb } from '../../identity/index.ts';
import { recordFact } from '../../inspection/record-facts.ts';
import { listUnits } from '../../registry/index.ts';
import { actorWith } from '../../testing/as-actor.ts';
import {
  confirmEverything,
  freezeReviewed,
  registerTwoCities,
  reviewingRound,
} from '../../testing/rounds/reviewing-round.ts';
import { type TemporaryStore, temporaryStore } from '../../testing/temporary-store.ts';
import { checkNow } from '../checks/ask-check.ts';
import { runChecks } from '../checks/run-checks.ts';
import { passClock } from '../clock/pass-clock.ts';
import { countRectification, readPolicy } from '../index.ts';
import { rectificationDb } from '../rectification-db.ts';
import type { RectificationDeps } from '../rectification-deps.ts';
import { acknowledgeCase, answerCase, approveAnswer } from './answer-case.ts';
import { closeCase, returnCase } from './decide-case.ts';
import { exportCases } from './export-cases.ts';
import { addFile, openFile, removeFile } from './files.ts';
import { countByState, listCases } from './list-cases.ts';
import { noticeDocument, readNotice } from './notice-document.ts';
import { openCases } from './open-cases.ts';
import { previewOpening } from './preview-opening.ts';
import { readCase } from './read-case.ts';
import { familyOf } from './similar-findings.ts';

const PERIOD = '2020Q3';
const at = (day: string, hour = 2): string => `${day}T${String(hour).padStart(2, '0')}:00:00.000Z`;
const PDF = { name: '整改情况.pdf', bytes: Buffer.from('%PDF-1.4 %%EOF') };

let opened: TemporaryStore;
let deps: RectificationDeps;
const people = new Map<string, Actor>();
const who = (name: string): Actor => people.get(name)!;
let yueyang: number[] = [];

beforeAll(async () => {
  opened = await temporaryStore();
  const { store } = opened;
  deps = {
    store,
    rectification: await readPolicy('policies/rectification.json'),
    notify: { publicOrigin: null },
    look: async ({ subject, at: seenAt }) => ({
      facts: [
        recordFact('account.observations', unobserved('没有看到'), {
          ...{ subjectId: subject.id, gatherer: 'test', gatheredAt: seenAt },
        }),
      ],
      index: async () => undefined,
    }),
  };
  await registerTwoCities(store);
  await reviewingRound(store, PERIOD);
  const units = new Map((await listUnits(store.db)).map(({ id, name }) => [name, id]));
  const person = (name: string, role: Actor['roles'][number], unit: string): void => {
    const unitId = units.get(unit)!;
    const seesAll = role === 'supervisor';
    const actor = {
      ...{ userId: people.size + 1, name, roles: [role], unitId, unitName: unit },
      ...{ can: permissionsOf([role], { seesAll }), scope: seesAll ? 'all' : new Set([unitId]) },
    };
    people.set(name, actorWith(actor as never));
  };
  person('经办', 'sponsor', '岳阳市');
  person('负责人', 'leader', '岳阳市');
  person('管理员', 'manager', '岳阳市');
  person('外人', 'sponsor', '长沙市');
  person('省甲', 'supervisor', '湖南省');
  person('省乙', 'supervisor', '湖南省');
});
afterAll(() => opened?.remove());

const list = (actor: Actor) =>
  listCases(rectificationDb(deps.store.db), actor, {}, { limit: 50, offset: 0 });
const versionOf = async (caseId: number): Promise<number> =>
  (await readCase(deps, who('省甲'), caseId)).given.version;
const look = (day: string) =>
  runChecks(deps, { now: () => at(day, 5), signal: new AbortController().signal });

/** Through the unit, its leader and the machine, to whoever of the supervisor decides. */
async function rechecked(caseId: number, day: string): Promise<void> {
  await answerCase(deps, who('经办'), { caseId, note: '已恢复更新', at: at(day) });
  await approveAnswer(deps, who('负责人'), { caseId, at: at(day, 3) });
  await look(day);
}

describe('notices of an issued round', () => {
  it('are not made before its bulletin is out', async () => {
    const open = openCases(deps, who('省甲'), {
      period: PERIOD,
      deadlineOn: null,
      at: at('2020-09-28'),
    });
    await expect(open).rejects.toMatchObject({ code: 'rectification.round' });
    await confirmEverything(deps.store, PERIOD);
    await freezeReviewed(deps.store, PERIOD);
    await sql`update round set state = 'issued'`.execute(deps.store.db);
  });

  it('are shown beforehand to whoever makes them, and nothing is made by looking', async () => {
    const input = { period: PERIOD, deadlineOn: null, at: at('2020-09-28') };
    await expect(previewOpening(deps, who('管理员'), input)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    const preview = await previewOpening(deps, who('省甲'), input);
    expect(preview).toMatchObject({ deadlineOn: '2020-10-26', provisional: false });
    expect(
      preview.units.map(({ unitName, cases, continued }) => [unitName, cases, continued]),
    ).toEqual([
      ['长沙市', 1, 0],
      ['岳阳市', 2, 0],
    ]);
    expect((await list(who('省甲'))).total).toBe(0);
    const past = { ...input, deadlineOn: '2020-09-28' };
    await expect(previewOpening(deps, who('省甲'), past)).rejects.toMatchObject({
      code: 'rectification.deadline',
    });
  });

  it('tell each unit once, whoever makes them and how often', async () => {
    const input = { period: PERIOD, deadlineOn: null, at: at('2020-09-28') };
    await expect(openCases(deps, who('管理员'), input)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    const both = await Promise.all([
      openCases(deps, who('省甲'), input),
      openCases(deps, who('省乙'), input),
    ]);
    // The fifteenth working day, over the national holidays and their make-up days.
    expect(both.map(({ cases }) => cases).sort()).toEqual([0, 3]);
    expect(both[0]).toMatchObject({ deadlineOn: '2020-10-26', provisional: false });
    const { rows } = await sql<{ kind: string }>`
      select kind from notice where kind like 'rectify.%' order by id`.execute(deps.store.db);
    expect(rows.map(({ kind }) => kind)).toEqual(['rectify.notice', 'rectify.notice']);
  });

  it('show everybody what is below his unit, and no more', async () => {
    expect((await list(who('省甲'))).total).toBe(3);
    const own = await list(who('经办'));
    expect(own.items.map(({ unitName }) => unitName)).toEqual(['岳阳市', '岳阳市']);
    yueyang = own.items.map(({ id }) => id).sort((a, b) => a - b);
    for (const act of [
      () => readCase(deps, who('外人'), yueyang[0]!),
      () => acknowledgeCase(deps, who('外人'), { caseId: yueyang[0]!, at: at('2020-09-29') }),
    ])
      await expect(act()).rejects.toMatchObject({ code: 'rectification.unknown' });
    const [board] = await countByState(
      rectificationDb(deps.store.db),
      who('外人'),
      {},
      '2020-10-27',
    );
    expect(board).toMatchObject({ state: 'noticed', cases: 1, overdue: 1 });
  });

  it('are official documents with a table of the problems', async () => {
    const [first] = (await list(who('经办'))).items;
    const notice = await readNotice(deps, who('经办'), first!.noticeId);
    const docx = await writeOfficialDocx(noticeDocument(notice));
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(docx) });
    expect(value).toMatch(/整改通知〔2020〕\d号/);
    for (const words of [
      '岳阳市：',
      '2020年10月26日以前',
      '4306000001',
      'gh_yy',
      '监测时间点前2周内无更新',
    ])
      expect(value).toContain(words);
    await expect(readNotice(deps, who('外人'), first!.noticeId)).rejects.toMatchObject({
      code: 'rectification.notice-unknown',
    });
  });
});

describe('similar findings', () => {
  it('of the same company are shown where they are seen, and only what people confirmed is called one', async () => {
    const { db } = deps.store;
    await sql`
      insert into duty_holding (kind, subject_id, post, name, office, phone, valid_from, origin, set_by, set_at)
      select 'site', id, 'operator', '甲公司', '', '', '2020-01-01', 'import', '测试', now() from site`.execute(
      db,
    );
    const rename = (from: string, to: string) =>
      sql`update finding set rule_id = ${to} where rule_id = ${from} and status = 'undetermined'`.execute(
        db,
      );
    await rename('site.veto.service.none', 'site.veto.home-stale');
    const { rows } = await sql<{ id: number }>`
      select id from rectification_case where kind = 'site' and id = any(${`{${yueyang.join(',')}}`}::int[])`.execute(
      db,
    );
    const of = async (name: string) =>
      (await readCase(deps, who(name), rows[0]!.id)).similarFindings;
    const { items, ...counts } = await of('省甲');
    expect(items.map((each) => [each.name, each.confirmed, each.company])).toEqual([
      ['长沙市门户', true, '甲公司'],
      ['长沙市政务', false, '甲公司'],
    ]);
    expect(counts).toEqual({ total: 2, elsewhere: 0 });
    // The unit's own people see no row of another unit, only that there is one that people confirmed.
    expect(await of('经办')).toEqual({ items: [], total: 0, elsewhere: 1 });
    await rename('site.veto.home-stale', 'site.veto.service.none');
    expect((await of('省甲')).total).toBe(1);
    // Another company’s are not alike.
    await sql`update duty_holding set name = '乙公司' where subject_id <> (
      select subject_id from rectification_case where id = ${rows[0]!.id})`.execute(db);
    expect(await of('省甲')).toEqual({ items: [], total: 0, elsewhere: 0 });
    expect([familyOf('site.veto.security.secret'), familyOf('site.veto.home-stale')]).toEqual([
      ...['site.veto.security.', null],
    ]);
  });
});

describe('a case', () => {
  it('takes files while an answer may be given, and keeps those of an answer', async () => {
    const [caseId] = yueyang as [number];
    const kept = await addFile(deps, who('经办'), { caseId, file: PDF, at: at('2020-10-12') });
    const other = await addFile(deps, who('经办'), { caseId, file: PDF, at: at('2020-10-12') });
    await removeFile(deps, who('经办'), { caseId, fileId: other.id });
    await expect(
      addFile(deps, who('外人'), { caseId, file: PDF, at: at('2020-10-12') }),
    ).rejects.toMatchObject({ code: 'rectification.unknown' });
    await answerCase(deps, who('经办'), { caseId, note: '已恢复更新', at: at('2020-10-12', 3) });
    await expect(
      addFile(deps, who('经办'), { caseId, file: PDF, at: at('2020-10-12', 4) }),
    ).rejects.toMatchObject({ code: 'rectification.state' });
    await expect(removeFile(deps, who('经办'), { caseId, fileId: kept.id })).rejects.toMatchObject({
      code: 'rectification.state',
    });
    const { steps, files } = await readCase(deps, who('负责人'), caseId);
    expect(files.map(({ stepId }) => stepId)).toEqual([steps.at(-1)!.id]);
    expect((await openFile(deps, who('负责人'), { caseId, fileId: kept.id })).name).toBe(PDF.name);
  });

  it('is submitted by another person than the one who answered', async () => {
    const [caseId] = yueyang as [number];
    const input = { caseId, at: at('2020-10-13') };
    await expect(approveAnswer(deps, who('经办'), input)).rejects.toMatchObject({
      code: 'identity.forbidden',
    });
    await approveAnswer(deps, who('负责人'), input);
    await look('2020-10-13');
    const { given, checks } = await readCase(deps, who('省甲'), caseId);
    expect(given).toMatchObject({ state: 'rechecked', outcome: 'undetermined', lateDays: 0 });
    expect(checks).toMatchObject([{ purpose: 'submitted', outcome: 'undetermined' }]);
  });

  it('is decided once: the second of two is told who decided what and when', async () => {
    const [caseId] = yueyang as [number];
    const version = await versionOf(caseId);
    const input = { caseId, version, note: '已人工核对', at: at('2020-10-14') };
    const both = await Promise.allSettled([
      closeCase(deps, who('省甲'), { ...input, mended: true }),
      returnCase(deps, who('省乙'), input),
    ]);
    const refused = both.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toMatchObject([{ code: 'rectification.changed' }]);
    const first =
      both[0]!.status === 'fulfilled'
        ? '省甲 已在 2020-10-14 10:00 办结'
        : '省乙 已在 2020-10-14 10:00 退回重改';
    expect(refused[0].message).toContain(first);
    if (both[0]!.status === 'rejected') {
      await rechecked(caseId, '2020-10-15');
      await closeCase(deps, who('省甲'), {
        caseId,
        mended: true,
        note: '已人工核对',
        at: at('2020-10-16'),
      });
    }
  });

  it('takes nothing after its end, says so, and keeps nothing', async () => {
    const [caseId] = yueyang as [number];
    const late = { caseId, note: '补充', at: at('2020-10-20') };
    for (const act of [
      // One after the other: one that is refused before it is waited for would be nobody's.
      () => answerCase(deps, who('经办'), late),
      () => checkNow(deps, who('经办'), late),
      () => addFile(deps, who('经办'), { caseId, file: PDF, at: late.at }),
    ])
      await expect(act()).rejects.toMatchObject({
        code: expect.stringMatching(/^rectification\.closed$/),
        message: expect.stringContaining('不再接收反馈'),
      });
    expect((await readCase(deps, who('经办'), caseId)).files).toHaveLength(1);
  });

  it('is reminded of once, also when the clock is put back', async () => {
    const passes = [];
    for (const day of ['2020-10-19', '2020-10-19', '2020-10-28', '2020-10-20', '2020-10-28'])
      passes.push((await passClock(deps, '系统', { at: at(day) })).chasers);
    // Two cases are open: five days before, and one after; what was missed between is not made up for.
    expect(passes).toEqual([2, 0, 2, 0, 0]);
    const { chasers } = await readCase(deps, who('经办'), yueyang[1]!);
    expect(chasers.map(({ what }) => what)).toEqual(['before:5', 'after:1']);
  });

  it('leaves its trail, and is counted', async () => {
    const [caseId] = yueyang as [number];
    const trail = await auditAbout(auditDb(deps.store.db), [`rectification:${caseId}`]);
    expect(trail.map(({ action }) => action)).toEqual(
      expect.arrayContaining([
        'rectification.attach',
        'rectification.approve',
        'rectification.close',
      ]),
    );
    const bytes = await exportCases(deps, who('经办'), { kind: 'site' }, at('2020-10-28'));
    const [sheet] = await readWorkbook(bytes, '整改.xlsx');
    expect(sheet!.rows.map(([, , unit, name]) => [unit, name])).toEqual([
      ['单位', '网站或账号'],
      ['岳阳市', '岳阳市门户'],
      ...[expect.anything()],
    ]);
    const { rows: exported } = await sql`
      select actor from audit where action = 'rectification.export'`.execute(deps.store.db);
    expect(exported).toEqual([{ actor: '经办' }]);
    const { all, units } = await countRectification(deps.store, PERIOD, '2020-10-28');
    expect(all).toMatchObject({ noticed: 3, closed: 1, mended: 1, overdue: 2, submittedInTime: 1 });
    expect(units.map(({ unitName, noticed }) => [unitName, noticed])).toEqual([
      ['长沙市', 1],
      ['岳阳市', 2],
    ]);
  });
});
