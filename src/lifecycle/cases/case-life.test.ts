import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../domain/actor.ts';
import { auditAbout, auditDb } from '../../identity/index.ts';
import { listAccounts } from '../../registry/index.ts';
import { historyAsOf } from '../../registry/registry.repository.ts';
import { LifecycleOffice } from '../../testing/lifecycle/lifecycle-office.ts';
import { adoptAccount } from '../index.ts';
import { lifecycleDb } from '../lifecycle-db.ts';
import { amendCase, applyCase, submitCase } from './apply-case.ts';
import { attachFile, detachFile, openFile } from './attach-file.ts';
import type { CaseForm } from './case-form.ts';
import { decideCase, revokeApproval, takeBackReview, withdrawCase } from './decide-case.ts';
import { announceCase, completeCase } from './finish-case.ts';
import { countWaiting, listCases } from './list-cases.ts';
import { readCase, readChangeable, readNotice } from './read-case.ts';

let office: LifecycleOffice;
let sponsor: Actor;
let manager: Actor;
let supervisor: Actor;
let second: Actor;
let stranger: Actor;
beforeAll(async () => {
  office = await LifecycleOffice.open();
  sponsor = await office.person('sponsor', '岳阳市');
  manager = await office.person('manager', '岳阳市');
  supervisor = await office.person('supervisor', '湖南省');
  second = await office.person('supervisor', '湖南省');
  stranger = await office.person('manager', '长沙市');
});
afterAll(() => office?.remove());

const at = (day: string): string => `${day}T02:00:00.000Z`;
const DAY = '2026-03-02';
const OPEN: CaseForm = {
  ...{ kind: 'open', platform: '头条号', name: '岳阳政务', functions: ['信息发布'] },
  ...{ leader: '', responsible: '周晓岚', contact: '彭建军', phone: '0730-8880000' },
  ...{ homeLink: '', reason: '便民' },
};
const CLOSE: CaseForm = {
  ...{ kind: 'close', closesOn: '2026-04-01', followers: '请关注“岳阳发布”。' },
  ...{ announcement: '', reason: '整合' },
};

const account = async (name: string) =>
  (await listAccounts(office.store.db)).find((each) => each.name === name)!;

async function apply(form: CaseForm, accountName?: string, who = sponsor): Promise<number> {
  const target =
    accountName === undefined
      ? { unitId: office.unit('岳阳市'), accountId: null }
      : { unitId: null, accountId: (await account(accountName)).id };
  return (await applyCase(office, who, { ...target, dutyId: null, form, at: at(DAY) })).id;
}

const submit = (caseId: number, day = DAY): Promise<void> =>
  submitCase(office, sponsor, { caseId, at: at(day) });

async function decide(
  who: Actor,
  caseId: number,
  decision: 'approve' | 'return' | 'reject' = 'approve',
  more: { note?: string; version?: number; day?: string } = {},
): Promise<void> {
  const { given } = await readCase(office, supervisor, caseId, at(DAY));
  const { note = '', version = given.version, day = DAY } = more;
  await decideCase(office, who, { caseId, decision, note, version, at: at(day) });
}

const stateOf = async (caseId: number): Promise<string> =>
  (await readCase(office, supervisor, caseId, at(DAY))).given.state;

const refusal = (code: string) => expect.objectContaining({ code });

describe('an opening', () => {
  it('goes from the unit through two people into the register, and runs under its id', async () => {
    const caseId = await apply(OPEN);
    await submit(caseId);
    expect((await readCase(office, sponsor, caseId, at(DAY))).given.dueOn).toBe('2026-03-09');
    await decide(manager, caseId);
    await decide(supervisor, caseId);
    expect(await account('岳阳政务')).toMatchObject({ status: 'applied', sponsorName: '岳阳市' });
    const given = { caseId, accountId: '', at: at('2026-03-10') };
    await expect(completeCase(office, sponsor, given)).rejects.toEqual(refusal('case.account-id'));
    await completeCase(office, sponsor, { ...given, accountId: 'tt_1' });
    expect(await account('岳阳政务')).toMatchObject({ status: 'running', accountId: 'tt_1' });
    expect(await stateOf(caseId)).toBe('done');
    const { id } = await account('岳阳政务');
    for (const [day, status] of [
      ['2026-03-01', undefined],
      ['2026-03-02', 'applied'],
      ['2026-03-09', 'applied'],
      ['2026-03-10', 'running'],
    ] as const)
      expect([day, (await historyAsOf(office.store.db, 'account', day)).get(id)?.status]).toEqual([
        day,
        status,
      ]);
  });

  it('under the id of another account is refused, without naming it', async () => {
    const caseId = await apply({ ...OPEN, platform: '微信公众号', name: '岳阳第二' });
    await submit(caseId);
    await decide(manager, caseId);
    await decide(supervisor, caseId);
    const given = { caseId, accountId: 'gh_cs', at: at(DAY) };
    await expect(completeCase(office, sponsor, given)).rejects.toSatisfy(
      ({ code, message }) => code === 'account.taken' && !message.includes('长沙'),
    );
  });

  it('keeps its warnings as they were, and says what is registered already', async () => {
    const caseId = await apply({ ...OPEN, platform: '抖音号', name: '长沙发布' });
    await submit(caseId);
    const { warnings } = await readCase(office, supervisor, caseId, at(DAY));
    expect(warnings).toEqual([expect.stringContaining('已有账号（岳阳抖音）')]);
    await decide(manager, caseId, 'reject', { note: '请并入已有账号' });
    expect((await readCase(office, supervisor, caseId, at(DAY))).warnings).toEqual(warnings);
  });
});

describe('a closing', () => {
  it('is announced before it may end; the register shows it closing, closed, then gone', async () => {
    const caseId = await apply(CLOSE, '岳阳抖音');
    await submit(caseId);
    await decide(manager, caseId);
    await decide(supervisor, caseId);
    expect((await account('岳阳抖音')).status).toBe('closing');
    const end = (day: string, note = '') =>
      completeCase(office, sponsor, { caseId, accountId: '', note, at: at(day) });
    await expect(end('2026-04-01')).rejects.toEqual(refusal('case.announcement'));
    const announce = (url: string, publishedOn: string) =>
      announceCase(office, sponsor, { caseId, url, publishedOn, at: at('2026-03-20') });
    await expect(announce('javascript:alert(1)', '2026-03-20')).rejects.toEqual(
      refusal('case.announcement'),
    );
    await expect(announce('http://yy.test/gg', '2026-03-21')).rejects.toEqual(
      refusal('case.announcement'),
    );
    await announce('http://yy.test/gg', '2026-03-20');
    await expect(end('2026-03-29')).rejects.toEqual(refusal('case.early'));
    await end('2026-03-30');
    expect((await account('岳阳抖音')).status).toBe('closed');

    const gone = await apply(
      { kind: 'deregister', deregisteredOn: '2026-04-02', reason: '已注销' },
      '岳阳抖音',
    );
    await expect(submit(gone, '2026-04-03')).rejects.toEqual(refusal('case.proof'));
    await attachFile(office, sponsor, {
      ...{ caseId: gone, purpose: 'proof', at: at('2026-04-03') },
      file: { name: '回执.pdf', bytes: Buffer.from('%PDF-1.4 %%EOF') },
    });
    await submit(gone, '2026-04-03');
    await decide(manager, gone);
    await decide(second, gone);
    expect((await account('岳阳抖音')).status).toBe('deregistered');
  });

  it('that was approved by mistake is revoked, and the account is what it was', async () => {
    const caseId = await apply({ ...CLOSE, closesOn: '2026-05-01' }, '岳阳发布');
    await submit(caseId);
    await decide(manager, caseId);
    await decide(supervisor, caseId);
    expect((await account('岳阳发布')).status).toBe('closing');
    const revoke = (who: Actor, note: string) =>
      revokeApproval(office, who, { caseId, note, at: at('2026-03-04') });
    await expect(revoke(manager, '误批')).rejects.toEqual(refusal('identity.forbidden'));
    await expect(revoke(second, ' ')).rejects.toEqual(refusal('case.note'));
    await revoke(second, '误批');
    expect((await account('岳阳发布')).status).toBe('running');
    expect(await stateOf(caseId)).toBe('rejected');
  });

  it('has a notice by the template, or in the unit’s own words', async () => {
    const caseId = await apply(CLOSE, '岳阳发布');
    const { title, text, unit } = await readNotice(office, sponsor, caseId, at(DAY));
    expect([title, unit]).toEqual(['关于关停微信公众号账号“岳阳发布”的公告', '岳阳市']);
    expect(text[0]).toContain('自2026年4月1日起停止更新');
    expect(text[1]).toBe('请关注“岳阳发布”。');
    const own = { ...CLOSE, announcement: '第一段。\n\n第二段。' };
    await amendCase(office, sponsor, { caseId, form: own, at: at(DAY) });
    expect((await readNotice(office, sponsor, caseId, at(DAY))).text).toEqual([
      ...['第一段。', '第二段。'],
    ]);
    await withdrawCase(office, sponsor, { caseId, note: '不关了', at: at(DAY) });
  });
});

describe('a change', () => {
  const rename = (name: string): CaseForm => ({
    ...{ kind: 'change', changes: { name }, reason: '更名' },
  });

  it('is shown field by field and enters the register with its history', async () => {
    const caseId = await apply(rename('平江融媒'), '平江发布', manager);
    await submitCase(office, manager, { caseId, at: at(DAY) });
    expect((await readCase(office, supervisor, caseId, at(DAY))).differences).toEqual([
      { field: '账号名称', from: '平江发布', to: '平江融媒' },
    ]);
    // The manager applied himself: nobody of the two approvals is his.
    await expect(decide(manager, caseId)).rejects.toEqual(refusal('case.same-person'));
    await decide(supervisor, caseId);
    await expect(decide(supervisor, caseId)).rejects.toEqual(refusal('case.same-person'));
    await decide(second, caseId);
    expect(await account('平江融媒')).toMatchObject({ status: 'running', accountId: 'gh_pj' });
  });

  it('of who answers for it: the register says so, its history only that it changed', async () => {
    const changes = { responsible: '王小明', phone: '0730-8880001', functions: ['办事服务'] };
    const form = { kind: 'change', changes, reason: '换人' } as CaseForm;
    const caseId = await apply(form, '岳阳政务');
    expect((await readCase(office, sponsor, caseId, at(DAY))).differences).toEqual([
      { field: '功能定位', from: '信息发布', to: '办事服务' },
      { field: '责任人', from: '周晓岚', to: '王小明' },
      { field: '联系电话', from: '0730-8880000', to: '0730-8880001' },
    ]);
    await submit(caseId);
    await decide(manager, caseId);
    await decide(supervisor, caseId, 'approve', { day: '2026-03-12' });
    const { id } = await account('岳阳政务');
    const { record } = await readChangeable(office, sponsor, id);
    expect(record).toMatchObject({
      ...{ responsible: '王小明', phone: '0730-8880001', functions: '办事服务' },
      ...{ contact: '彭建军', openedOn: '2026-03-10' },
    });
    const told = (await historyAsOf(office.store.db, 'account', '2026-03-12')).get(id);
    expect(JSON.stringify(told)).not.toMatch(/王小明|0730-8880001/);
    await expect(readChangeable(office, stranger, id)).rejects.toEqual(refusal('account.unknown'));
  });

  it('of what is no longer so is not carried out', async () => {
    const caseId = await apply(rename('岳阳政事'), '岳阳发布');
    await submit(caseId);
    await decide(manager, caseId);
    await lifecycleDb(office.store.db)
      .updateTable('account' as never)
      .set({ name: '岳阳日报' } as never)
      .where('name' as never, '=', '岳阳发布' as never)
      .execute();
    await expect(decide(supervisor, caseId)).rejects.toEqual(refusal('case.stale'));
    expect(await stateOf(caseId)).toBe('reviewed');
    await decide(supervisor, caseId, 'return', { note: '名录已变' });
    await submit(caseId);
    expect((await readCase(office, supervisor, caseId, at(DAY))).differences[0]?.from).toBe(
      '岳阳日报',
    );
    await expect(
      submitCase(office, sponsor, { caseId: await apply(CLOSE, '岳阳日报'), at: at(DAY) }),
    ).rejects.toEqual(refusal('case.under-way'));
    await withdrawCase(office, sponsor, { caseId, note: '不改了', at: at(DAY) });
  });
});

describe('deciding', () => {
  it('two at once: the second is told what the first did', async () => {
    const caseId = await apply(OPEN);
    await submit(caseId);
    const { version } = (await readCase(office, supervisor, caseId, at(DAY))).given;
    const results = await Promise.allSettled([
      decide(manager, caseId, 'approve', { version }),
      decide(supervisor, caseId, 'return', { version, note: '补材料' }),
    ]);
    const lost = results.filter((each) => each.status === 'rejected');
    expect([results.length, lost.length]).toEqual([2, 1]);
    expect(lost[0]!.reason).toMatchObject({
      ...{ code: 'case.changed', family: 'state' },
      message: expect.stringMatching(
        /(manager|supervisor)\d 已在 2026-03-02 10:00 (初审通过|退回补正)/,
      ),
    });
    expect(await stateOf(caseId)).toBeOneOf(['reviewed', 'returned']);
  });

  it('needs a reason to send back, and can be taken back before the second approval', async () => {
    const caseId = await apply(OPEN);
    await submit(caseId);
    await expect(decide(manager, caseId, 'return')).rejects.toEqual(refusal('case.note'));
    await decide(manager, caseId);
    const back = { caseId, at: at(DAY) };
    await expect(takeBackReview(office, supervisor, back)).rejects.toEqual(
      refusal('identity.forbidden'),
    );
    await takeBackReview(office, manager, back);
    expect(await stateOf(caseId)).toBe('submitted');
    const trail = await auditAbout(auditDb(office.store.db), [`case:${caseId}`]);
    expect(trail.map(({ action, actor }) => [action, actor])).toEqual([
      ['case.draft', sponsor.name],
      ['case.submit', sponsor.name],
      ['case.review', manager.name],
      ['case.takeBack', manager.name],
    ]);
  });

  it('late approvals are listed; each sees what waits for him', async () => {
    const caseId = await apply(OPEN);
    await submit(caseId);
    const db = lifecycleDb(office.store.db);
    const page = { limit: 50, offset: 0 };
    const late = async (day: string): Promise<number[]> =>
      (await listCases(db, supervisor, { overdueOn: day }, page)).items.map(({ id }) => id);
    expect(await late('2026-03-09')).not.toContain(caseId);
    expect(await late('2026-03-10')).toContain(caseId);
    const waits = async (who: Actor): Promise<boolean> =>
      (await listCases(db, who, { isWaiting: true }, page)).items.some(({ id }) => id === caseId);
    const all = [sponsor, manager, supervisor, stranger];
    expect(await Promise.all(all.map(waits))).toEqual([false, true, true, false]);
    await decide(manager, caseId);
    expect(await Promise.all(all.map(waits))).toEqual([false, false, true, false]);
    await decide(supervisor, caseId, 'return', { note: '补材料' });
    expect(await Promise.all(all.map(waits))).toEqual([true, true, false, false]);
    expect(await countWaiting(db, stranger)).toBe(0);
  });
});

describe('the unit’s border', () => {
  it('nobody of another city reads, decides, or applies for what is not his', async () => {
    const caseId = await apply(OPEN);
    const of = { caseId, at: at(DAY) };
    const unknown = refusal('case.unknown');
    await expect(readCase(office, stranger, caseId, at(DAY))).rejects.toEqual(unknown);
    await expect(submitCase(office, stranger, of)).rejects.toEqual(unknown);
    await expect(
      decideCase(office, stranger, { ...of, decision: 'approve', note: '', version: 1 }),
    ).rejects.toEqual(unknown);
    await expect(apply(OPEN, undefined, stranger)).rejects.toEqual(refusal('unit.unknown'));
    await expect(apply(CLOSE, '岳阳日报', stranger)).rejects.toEqual(refusal('account.unknown'));
    const away = { kind: 'change', changes: { sponsorId: office.unit('长沙市') }, reason: '划转' };
    await expect(apply(away as CaseForm, '岳阳日报')).rejects.toEqual(refusal('unit.unknown'));
    const inspector = await office.person('inspector', '湖南省');
    await expect(apply(OPEN, undefined, inspector)).rejects.toEqual(refusal('identity.forbidden'));
  });

  it.each<[string, CaseForm, string | undefined, string]>([
    ['a closing without an account', CLOSE, undefined, 'case.subject'],
    ['an opening of an account', OPEN, '岳阳日报', 'case.subject'],
    [
      'a resumption of what runs',
      { kind: 'resume', reason: 'x' },
      '岳阳日报',
      'case.account-status',
    ],
  ])('%s is no case', async (_name, form, name, code) => {
    await expect(apply(form, name)).rejects.toEqual(refusal(code));
  });
});

describe('files', () => {
  const pdf = { name: '申请表.pdf', bytes: Buffer.from('%PDF-1.4 岳阳 %%EOF') };
  it('are kept, opened, taken off, and stay once the case is submitted', async () => {
    const caseId = await apply(OPEN);
    const given = { caseId, purpose: 'material', file: pdf, at: at(DAY) } as const;
    const { id: fileId } = await attachFile(office, sponsor, given);
    const other = await attachFile(office, sponsor, given);
    await detachFile(office, sponsor, { caseId, fileId: other.id });
    await submit(caseId);
    await expect(detachFile(office, sponsor, { caseId, fileId })).rejects.toEqual(
      refusal('case.state'),
    );
    await expect(attachFile(office, sponsor, given)).rejects.toEqual(refusal('case.state'));
    const opened = await openFile(office, manager, { caseId, fileId });
    expect(Buffer.from(opened.content).equals(pdf.bytes)).toBe(true);
    await expect(openFile(office, stranger, { caseId, fileId })).rejects.toEqual(
      refusal('case.unknown'),
    );
  });

  it('are ten at the most', async () => {
    const caseId = await apply(OPEN);
    const given = { caseId, purpose: 'material', file: pdf, at: at(DAY) } as const;
    for (let count = 0; count < 10; count += 1) await attachFile(office, sponsor, given);
    await expect(attachFile(office, sponsor, given)).rejects.toEqual(refusal('case.files'));
  });
});

describe('an account found outside of the register', () => {
  it('becomes a draft of its unit once, and is entered when the unit has filled it in', async () => {
    const input = {
      ...{ unitId: office.unit('岳阳市'), platform: '快手号', name: '岳阳快手' },
      ...{ accountId: 'ks_1', homeLink: '', originRef: 'candidate:17' },
      ...{ reason: '岳阳市门户首页有它的二维码', at: at(DAY) },
    };
    const adopt = (who: Actor) =>
      office.store.transaction((trx) => adoptAccount(trx, office.lifecycle, who, input));
    const { caseId } = await adopt(supervisor);
    expect((await adopt(supervisor)).caseId).toBe(caseId);
    await expect(adopt(stranger)).rejects.toEqual(refusal('unit.unknown'));
    await expect(submit(caseId)).rejects.toMatchObject({
      ...{ code: 'case.incomplete' },
      details: ['functions', 'responsible', 'contact', 'phone'],
    });
    const { given } = await readCase(office, sponsor, caseId, at(DAY));
    const form = { ...given.form, ...OPEN, kind: 'enrol', name: '岳阳快手', platform: '快手号' };
    await amendCase(office, sponsor, { caseId, form: form as CaseForm, at: at(DAY) });
    await submit(caseId);
    await decide(manager, caseId);
    await decide(supervisor, caseId);
    expect(await account('岳阳快手')).toMatchObject({ status: 'running', accountId: 'ks_1' });
  });
});
